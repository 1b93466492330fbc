// Messages between the host loop and a viewer that a session never sees: handshake, flow control, run state, raw
// events, progress, failures, the end.
#pragma once

#include <optional>
#include <variant>

#include "cnv/core/one_of.hpp"
#include "cnv/core/updates.hpp"

namespace cnv {

inline constexpr std::int64_t protocol_version = 3;

// ---- viewer → model ----------------------------------------------------------------------------------------------

// First message of a viewer.
struct Hello {
  std::int64_t version = protocol_version;
  std::string viewer;  // program and version
  std::int64_t pid = 0;
  friend bool operator==(const Hello&, const Hello&) = default;
};
// The window has applied the batch with this number.
struct Ack {
  std::uint64_t batch = 0;
  double rest_s = 0;  // for so long it has no use for another one
  friend bool operator==(const Ack&, const Ack&) = default;
};
// The first picture of a scene is on the screen: model time may start.
struct FirstFrame {
  friend bool operator==(const FirstFrame&, const FirstFrame&) = default;
};
struct KeyEvent {
  std::string key;
  friend bool operator==(const KeyEvent&, const KeyEvent&) = default;
};
// A button, or a shortcut that the viewer resolved itself.
struct ActionEvent {
  std::string action_id;
  friend bool operator==(const ActionEvent&, const ActionEvent&) = default;
};
struct EntityEvent {
  std::string entity_id;
  bool add = false;  // Shift: add to the selection
  friend bool operator==(const EntityEvent&, const EntityEvent&) = default;
};
struct ControlEvent {
  std::string control_id;
  Value value;
  friend bool operator==(const ControlEvent&, const ControlEvent&) = default;
};
// State set in the viewer by something other than a control.
struct StateEvent {
  Dict updates;
  friend bool operator==(const StateEvent&, const StateEvent&) = default;
};
// Something that only the viewer can find, such as a colour map that does not exist. The host reports it as its own.
struct ViewProblem {
  bool is_error = false;  // false: a warning
  std::string cause;      // once per cause
  std::string message;
  friend bool operator==(const ViewProblem&, const ViewProblem&) = default;
};
// "run", "pause", "step", "reset", "speed" (value: ms of model time per s, or a factor for sessions without model time;
// 0: max), "seek" (value: frame of a recording), "retry" (build again after a failed start, from the code that is
// loaded), "again" (the whole program starts anew).
struct RunControl {
  std::string action;
  double value = 0;
  friend bool operator==(const RunControl&, const RunControl&) = default;
};
// The user closed the window.
struct Bye {
  friend bool operator==(const Bye&, const Bye&) = default;
};
// Everything that Finish asked for is written (or `problem` says what is not).
struct Finished {
  std::string problem;
  friend bool operator==(const Finished&, const Finished&) = default;
};

// ---- model → viewer ----------------------------------------------------------------------------------------------

struct Welcome {
  std::int64_t version = protocol_version;
  std::string title;        // of the app; empty: the scene's
  std::string program;      // script or executable, for people
  std::string theme;        // "light", "dark", "system"
  std::int64_t window = 0;  // number of this window among several from 1; 0: it is the only one
  friend bool operator==(const Welcome&, const Welcome&) = default;
};
// How the program can be started anew, from its files as they are then. After Welcome, and when something of it
// changes.
struct Restart {
  std::string why_not;                   // empty: it can be; otherwise a sentence for people
  std::vector<std::string> files;        // script or executable, then the modules of its own that it has loaded
  std::vector<std::int64_t> stamps;      // of each file when this process read it: size, time of change (ns), inode
  std::vector<std::string> command;      // path of the executable, and its arguments
  std::vector<std::string> environment;  // "NAME=value", as it was at the start
  std::string folder;                    // working directory at the start
  friend bool operator==(const Restart&, const Restart&) = default;
};
// Sent with each batch and when something of it changes.
struct RunState {
  bool has_session = true;  // false: the app only shows a scene
  bool running = false;
  bool live = true;      // is_live()
  bool stopped = false;  // after an error: needs Run or Reset
  bool ended = false;    // the session is gone
  bool has_model_time = false;
  double model_time = 0;           // ms
  double dt_ms = 0;                // of one solver step; 0: not known
  std::optional<double> until_ms;  // the run pauses, or ends, at this model time
  double speed = 20;               // wanted: ms per s, or factor; 0: max
  double own_pace_s = 0;  // between two advances of a session with a pace of its own, at a speed of 20; 0: none
  double achieved = 0;    // ms of model time per wall second
  std::uint64_t steps = 0;
  double steps_per_s = 0;
  std::int64_t frame_count = 0;  // of a recording; 0: nothing to seek in
  std::int64_t frame = 0;        // shown
  double sent_s = 0;             // clock of the model process when the batch was made (CLOCK_MONOTONIC)
  friend bool operator==(const RunState&, const RunState&) = default;
};
// Updates that belong together: applied between two paints, acknowledged by number.
struct Batch {
  std::uint64_t number = 0;
  std::vector<Update> updates;
  RunState run;
  friend bool operator==(const Batch&, const Batch&) = default;
};
struct ProgressStep {
  std::string name;
  std::string detail;
  std::string state;  // "pending", "current", "done", "failed"
  double seconds = 0;
  friend bool operator==(const ProgressStep&, const ProgressStep&) = default;
};
struct Progress {
  std::vector<ProgressStep> steps;
  friend bool operator==(const Progress&, const Progress&) = default;
};
// User code raised. The window shows it and stays.
struct SessionFailure {
  std::string where;       // "setup_model", "advance", …
  std::string message;     // one line: type and text
  std::string traceback;   // full text, may be empty
  bool stops = true;       // the model does not go on by itself
  bool can_retry = false;  // "retry" builds the session again
  friend bool operator==(const SessionFailure&, const SessionFailure&) = default;
};
// Counters for the status bar and the report.
struct Counters {
  std::uint64_t batches = 0;
  std::uint64_t superseded = 0;  // frames of display values that this viewer did not get to see
  std::uint64_t trimmed = 0;     // samples that left the history before this viewer got them
  std::uint64_t bytes = 0;
  std::uint64_t store_bytes = 0;
  Dict problems;  // cause → count
  friend bool operator==(const Counters&, const Counters&) = default;
};
// The run is over, or somebody wants a look at it: paint everything without caps, write what is asked for, answer
// Finished. Empty path: not asked for.
struct Finish {
  std::string screenshot;
  std::string report;
  std::string dump;
  Dict session;        // the model side's part of the report
  bool close = true;   // close the window afterwards
  std::string figure;  // size of the pictures in the dump
  friend bool operator==(const Finish&, const Finish&) = default;
};
// Close the window; nothing more follows.
struct Close {
  std::string reason;
  friend bool operator==(const Close&, const Close&) = default;
};

using ViewerMessage = OneOf<Hello, Ack, FirstFrame, KeyEvent, ActionEvent, EntityEvent, ControlEvent, StateEvent,
                            RunControl, Bye, Finished, ViewProblem>;
using HostMessage = OneOf<Welcome, Batch, RunState, Progress, SessionFailure, Counters, Finish, Close, Restart>;

}  // namespace cnv
