// The tables of the commands and of the messages between host and viewer: name, member, documentation. Codec, reference
// page and Python classes are derived from them. Used by codec.cpp.
#pragma once

#include "cnv/core/record.hpp"
#include "cnv/protocol/commands.hpp"
#include "cnv/protocol/host_messages.hpp"

// A row per line.
// clang-format off
namespace cnv {

// For records without properties.
#define CNV_EMPTY_TABLE(type, text)                    \
  template <>                                          \
  struct Table<type> {                                 \
    static constexpr std::string_view name = #type;    \
    static constexpr std::string_view doc = text;      \
    template <class = void>                              \
    static constexpr auto rows() {                       \
      return rows_of();                                  \
    }                                                    \
  };

// ---- commands -----------------------------------------------------------------------------------------------------

CNV_EMPTY_TABLE(Reset, "Back to the start of the simulation.")
CNV_TABLE(SetControl, "The user set a control.")
  row("control_id", &R::control_id, "The control."),
  row("value", &R::value, "Its new value.")
CNV_END
CNV_TABLE(InvokeAction, "The user fired an action.")
  row("action_id", &R::action_id, "The action."),
  row("payload", &R::payload, "The action's payload, bindings resolved.")
CNV_END
CNV_TABLE(KeyPressed, "A key that nothing else took.")
  row("key", &R::key, "Key text, such as \"A\" or \"Shift+Left\".")
CNV_END
CNV_TABLE(EntityClicked, "An entity was clicked and nothing else took the click.")
  row("entity_id", &R::entity_id, "The entity.")
CNV_END
CNV_EMPTY_TABLE(StopSession, "The run ends.")

// ---- viewer → model -----------------------------------------------------------------------------------------------

CNV_TABLE(Hello, "First message of a viewer.")
  row("version", &R::version, "Protocol version."),
  row("viewer", &R::viewer, "Program and version."),
  row("pid", &R::pid, "Process id of the viewer.")
CNV_END
CNV_TABLE(Ack, "The window has applied a batch.")
  row("batch", &R::batch, "Number of the batch."),
  row("rest_s", &R::rest_s,
      "For so long the window has no use for another batch, because none of its views would be painted, s.")
CNV_END
CNV_EMPTY_TABLE(FirstFrame, "The first picture of a scene is on the screen.")
CNV_TABLE(KeyEvent, "A key was pressed.")
  row("key", &R::key, "Key text.")
CNV_END
CNV_TABLE(ActionEvent, "A button, or a shortcut that the viewer resolved itself.")
  row("action_id", &R::action_id, "The action.")
CNV_END
CNV_TABLE(EntityEvent, "An entity was clicked.")
  row("entity_id", &R::entity_id, "The entity."),
  row("add", &R::add, "Add to the selection.")
CNV_END
CNV_TABLE(ControlEvent, "A control has a new value.")
  row("control_id", &R::control_id, "The control."),
  row("value", &R::value, "Its value.")
CNV_END
CNV_TABLE(ViewProblem, "Something that only the viewer can find; the host reports it as its own.")
  row("is_error", &R::is_error, "False: a warning."),
  row("cause", &R::cause, "Reported once per cause."),
  row("message", &R::message, "What happened, where, what to do.")
CNV_END
CNV_TABLE(StateEvent, "State set in the viewer by something other than a control.")
  row("updates", &R::updates, "Key → value.")
CNV_END
CNV_TABLE(RunControl, "The user steers the run.")
  row("action", &R::action, "\"run\", \"pause\", \"step\" (one solver step), \"advance\" (one display batch), \"until\", \"reset\", \"speed\", \"seek\", "
      "\"retry\" (build again) or \"again\" (the program starts anew)."),
  row("value", &R::value,
      "For \"speed\": ms of model time per s, or a factor for sessions without model time; 0: max. For \"seek\": the "
      "frame of a recording.")
CNV_END
CNV_EMPTY_TABLE(Bye, "The user closed the window.")
CNV_TABLE(Finished, "Everything that Finish asked for is written.")
  row("problem", &R::problem, "Empty, or what could not be written.")
CNV_END

// ---- model → viewer -----------------------------------------------------------------------------------------------

CNV_TABLE(Welcome, "First message of the model.")
  row("version", &R::version, "Protocol version."),
  row("title", &R::title, "Title of the app; empty: the scene's."),
  row("program", &R::program, "Script or executable, for people."),
  row("theme", &R::theme, "\"light\", \"dark\" or \"system\"."),
  row("window", &R::window, "Number of this window among several, from 1; 0: it is the only one.")
CNV_END
CNV_TABLE(Restart, "How the program can be started anew, from its files as they are then.")
  row("why_not", &R::why_not, "Empty: it can be; otherwise why not, for people."),
  row("files", &R::files, "Paths: script or executable, then the modules of its own that it has loaded."),
  row("stamps", &R::stamps, "Of each file when this process read it: size, time of change in ns, inode."),
  row("command", &R::command, "Path of the executable, and its arguments."),
  row("environment", &R::environment, "\"NAME=value\", as it was at the start."),
  row("folder", &R::folder, "Working directory at the start.")
CNV_END
CNV_TABLE(RunState, "How the run stands.")
  row("has_session", &R::has_session, "False: the app only shows a scene; nothing can run, step or be reset."),
  row("running", &R::running, "Neither paused nor stopped."),
  row("live", &R::live, "The session wants to advance."),
  row("stopped", &R::stopped, "Stopped by an error: needs Run or Reset."),
  row("ended", &R::ended, "The session is gone."),
  row("has_model_time", &R::has_model_time, "model_time has a meaning."),
  row("model_time", &R::model_time, "ms."),
  row("dt_ms", &R::dt_ms, "Of one solver step; 0: not known."),
  row("until_ms", &R::until_ms, "The run pauses, or ends, at this model time."),
  row("speed", &R::speed, "Wanted: ms of model time per wall second, or a factor; 0: max."),
  row("own_pace_s", &R::own_pace_s,
      "Seconds between two advances of a session with a pace of its own, which it has at a speed of 20; 0: none."),
  row("achieved", &R::achieved, "ms of model time per wall second."),
  row("steps", &R::steps, "Batches advanced since the start."),
  row("steps_per_s", &R::steps_per_s, "Per wall second."),
  row("frame_count", &R::frame_count, "Frames of a recording; 0: nothing to seek in."),
  row("frame", &R::frame, "Frame that is shown."),
  row("sent_s", &R::sent_s, "CLOCK_MONOTONIC of the model process when the message was made, s.")
CNV_END
CNV_TABLE(Batch, "Updates that belong together: applied between two paints, acknowledged by number.")
  row("number", &R::number, "Counts from 1."),
  row("updates", &R::updates, "In order."),
  row("run", &R::run, "How the run stood.")
CNV_END
CNV_TABLE(ProgressStep, "One step of the start.")
  row("name", &R::name, "Shown to people."),
  row("detail", &R::detail, "Such as counts."),
  row("state", &R::state, "\"pending\", \"current\", \"done\" or \"failed\"."),
  row("seconds", &R::seconds, "Time taken so far.")
CNV_END
CNV_TABLE(Progress, "How far the start has come.")
  row("steps", &R::steps, "All steps, in order.")
CNV_END
CNV_TABLE(SessionFailure, "User code raised.")
  row("where", &R::where, "Hook that raised, such as \"setup_model\"."),
  row("message", &R::message, "One line: type and text."),
  row("traceback", &R::traceback, "Full text; may be empty."),
  row("stops", &R::stops, "The model does not go on by itself."),
  row("can_retry", &R::can_retry, "\"retry\" builds the session again.")
CNV_END
CNV_TABLE(Counters, "Counters for the status bar and the report.")
  row("batches", &R::batches, "Sent to this viewer."),
  row("superseded", &R::superseded, "Frames of display values that this viewer did not get to see."),
  row("trimmed", &R::trimmed, "Samples that left the history before this viewer got them."),
  row("bytes", &R::bytes, "Sent to this viewer."),
  row("store_bytes", &R::store_bytes, "Memory of the model's store."),
  row("problems", &R::problems, "Cause → count.")
CNV_END
CNV_TABLE(Finish, "Paint everything, write what is asked for, answer Finished.")
  row("screenshot", &R::screenshot, "Path; empty: not asked for."),
  row("report", &R::report, "Path; empty: not asked for."),
  row("dump", &R::dump, "Path; empty: not asked for."),
  row("session", &R::session, "The model side's part of the report."),
  row("close", &R::close, "Close the window afterwards."),
  row("figure", &R::figure, "Size of the pictures in the dump, as `85x60mm,8pt,600dpi`; empty: as in the window.")
CNV_END
CNV_TABLE(Close, "Close the window; nothing more follows.")
  row("reason", &R::reason, "For people.")
CNV_END

}  // namespace cnv
