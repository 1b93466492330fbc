// Session: the model side of an app, as the protocol sees it. Implemented by users, driven by the HostLoop; every call
// comes from the loop's owner thread.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cnv/core/scene_store.hpp"
#include "cnv/protocol/commands.hpp"
#include "cnv/protocol/host_messages.hpp"

namespace cnv {

// What a host offers to its session while the session is attached.
class SessionLink {
 public:
  virtual ~SessionLink() = default;
  // The truth about the scene; sessions that sample in place write into its fields.
  virtual SceneStore& store() = 0;
  // Checked and applied at once (before a scene exists: queued behind it). Status and ErrorReport go out at once.
  void emit(Update update) {
    if (auto problem = offer(std::move(update))) report(std::move(*problem));
  }
  // The same, but what does not fit the scene is returned instead of reported.
  virtual std::optional<Problem> offer(Update update) = 0;
  // A problem of the session's own, handled as the store's problems are.
  virtual void report(Problem problem) = 0;
  // Steps of a long start, shown while loading. `name` begins a step; the one before is done.
  virtual void progress(std::string name, std::string detail) = 0;
  // Model time in ms that is likely to be asked for within a few tens of milliseconds from now: how far a session that
  // computes ahead should go. Infinite: as far as it likes.
  virtual double horizon_ms() const { return std::numeric_limits<double>::infinity(); }
};

// An exception of user code with the place it came from. Hosts turn it into a SessionFailure.
struct SessionException : std::runtime_error {
  // Name of the hook, what(), and the traceback for people (empty: none).
  SessionException(std::string where, const std::string& message, std::string traceback)
      : std::runtime_error(message), where(std::move(where)), traceback(std::move(traceback)) {}
  std::string where, traceback;  // the hook; lines for people
};
// apply_control() returned false: the host puts the control back to the last accepted value.
struct ControlRefused : std::runtime_error {
  // With the text "control '<id>' was refused". `reason`: what the person at the window reads.
  explicit ControlRefused(const std::string& control_id, std::string reason = "the session refused the value")
      : std::runtime_error("control '" + control_id + "' was refused"),
        control_id(control_id),
        reason(std::move(reason)) {}
  std::string control_id;  // of the control that goes back
  std::string reason;      // what the person at the window reads
};
// Ctrl-C arrived in user code.
struct Interrupted : std::runtime_error {
  Interrupted() : std::runtime_error("interrupted") {}
};

// Runs a user's hook so that what it throws names the hook: a std::exception becomes a SessionException.
template <class Fn>
decltype(auto) in_hook(const char* name, Fn&& fn) {
  try {
    return fn();
  } catch (const SessionException&) {
    throw;
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception& e) {
    throw SessionException(name, e.what(), "");
  }
}

// Where a session stands in a recording.
struct FramePlace {
  std::int64_t count = 0;  // 0: there is nothing to seek in
  std::int64_t frame = 0;  // shown, 0 … count − 1
};

// Model time that one solver step and one display batch take.
struct StepTimes {
  double step_ms = 0;   // of one solver step; 0: not known
  double batch_ms = 0;  // of one display batch; 0: not known
};

// One model: made, initialised, advanced and told commands by a host.
class Session {
 public:
  virtual ~Session() = default;
  // Once, first. The scene to show, or none when it is emitted later.
  virtual std::optional<Scene> initialize() = 0;
  // One display batch.
  virtual void advance() = 0;
  // One solver step, where the session knows such; shown at once.
  virtual void advance_step() { advance(); }
  // What steps take; also while they are changed.
  virtual StepTimes step_times() { return {}; }
  // What a person did at a viewer; Reset and StopSession too. May emit.
  virtual void handle(const Command& command) = 0;
  // Somebody at a viewer set a key of the state other than by a control; the store has it already.
  virtual void state_changed(std::string_view /*key*/, const Value& /*value*/) {}
  // The pending updates; forgets them.
  virtual std::vector<Update> read_updates() = 0;
  // False stops advance(); commands are still handled.
  virtual bool is_live() { return true; }
  // A pace of the session's own: least seconds per tick. None: the host paces by model time.
  virtual std::optional<double> own_pace_s() { return std::nullopt; }
  // Model time in ms, if the session has one.
  virtual std::optional<double> model_time_ms() { return std::nullopt; }
  // Solver steps since the start; counts advances when not known.
  virtual std::optional<std::uint64_t> step_count() { return std::nullopt; }
  // Display values may be written late: the host calls this before it looks at the store to send.
  virtual void publish() {}
  // For sessions that play a recording: the time bar shows the place and leads to another.
  virtual FramePlace frame_place() { return {}; }
  // Shows that frame; out of range: the nearest.
  virtual void seek(std::int64_t /*frame*/) {}
  // Once at the end, also after an error.
  virtual void shutdown() {}

  // The host sets a link before initialize() and clears it at the end.
  virtual void attach(SessionLink* link) { link_ = link; }

 protected:
  // Null while no host is attached.
  SessionLink* link() const { return link_; }

 private:
  SessionLink* link_ = nullptr;
};

// Queues updates; with a host attached they take effect when they are emitted.
class BufferedSession : public Session {
 public:
  // Takes the values as they are now. A host reports what does not fit the scene, with the ids.
  void emit(Update update) {
    if (link()) link()->emit(std::move(update));
    else pending_.push_back(std::move(update));
  }
  std::vector<Update> read_updates() override { return std::exchange(pending_, {}); }

 private:
  std::vector<Update> pending_;
};

// Makes a session inside run_app; an existing session does not convert to it.
using SessionFactory = std::function<std::unique_ptr<Session>()>;

}  // namespace cnv
