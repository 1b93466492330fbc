// HostLoop: what viewers say, what they are sent, and viewers that are lost.
#include <algorithm>
#include <cmath>

#include "cnv/base/numbers.hpp"
#include "cnv/runtime/find_viewer.hpp"
#include "cnv/runtime/host_loop.hpp"

namespace cnv {
namespace {
constexpr double state_interval_s = 0.1;
constexpr double counters_interval_s = 0.5;
constexpr double most_early_s = 0.02;  // before a viewer has use for a batch

std::string command_name(const Command& command) {
  static constexpr std::string_view names[] = {"Reset",      "SetControl",    "InvokeAction",
                                               "KeyPressed", "EntityClicked", "StopSession"};
  return std::string(names[command.index()]);
}
// Of our own viewer; another program that drives a session has none.
std::string_view version_of(std::string_view viewer) {
  return viewer.starts_with(viewer_name) ? viewer.substr(viewer_name.size()) : std::string_view(CNV_VERSION);
}
}  // namespace

// ---- from viewers ------------------------------------------------------------------------------------------------

void HostLoop::receive() {
  for (std::size_t i = 0; i < viewers_.size(); ++i) {
    auto& viewer = *viewers_[i];
    transport::Received received;
    std::optional<ControlEvent> waiting;  // of a run of changes of one control only the last counts
    const auto flush = [&] {
      if (waiting) dispatch_control(*std::exchange(waiting, std::nullopt), viewer.name());
    };
    viewer.channel().serve();
    while (viewer.channel().receive(received)) {
      if (static_cast<protocol::Kind>(received.kind) == protocol::Kind::command) {
        flush();
        receive_command(viewer, received);
        continue;
      }
      auto message = protocol::decode_viewer({received.data.get(), received.size}, received.data);
      if (!message || static_cast<protocol::Kind>(received.kind) != protocol::Kind::viewer) {
        report({Severity::error, "bad message of viewer",
                "a message of the viewer could not be read and was left out: " +
                    (message ? std::string("it is of another kind") : message.error())});
        continue;
      }
      if (const auto* event = std::get_if<ControlEvent>(&*message)) {
        if (waiting && waiting->control_id != event->control_id) flush();
        waiting = *event;
        continue;
      }
      flush();
      receive(viewer, *message);
    }
    flush();
  }
}

// From a program that drives the session itself: no target, no shortcuts.
void HostLoop::receive_command(ViewerLink& viewer, const transport::Received& received) {
  viewer.heard_s = clock_.now_s();
  const auto command = protocol::decode_command({received.data.get(), received.size}, received.data);
  if (!command)
    return report({Severity::error, "bad command", "a command could not be read and was left out: " + command.error()});
  if (std::holds_alternative<StopSession>(*command)) return begin_end(End::closed);
  const auto* control = std::get_if<SetControl>(&*command);
  const auto* spec = control ? store().scene().controls.find(control->control_id) : nullptr;
  if (spec && spec->send_to_session) dispatch_control({control->control_id, control->value}, viewer.name());
  else dispatch(*command);
}

void HostLoop::receive(ViewerLink& viewer, const ViewerMessage& message) {
  const auto run = [&](std::optional<Command> command) {
    urgent_ = true;
    if (auto status = router_.take_status()) on_message(*status);
    if (command) dispatch(*command);
  };
  viewer.heard_s = clock_.now_s();
  if (const auto* hello = std::get_if<Hello>(&message)) {
    viewer.said_hello = true;
    if (hello->version != protocol_version)
      begin_end(End::viewer_lost, "the viewer speaks version " + plain_text(hello->version) +
                                      " of the protocol, this program version " + plain_text(protocol_version) +
                                      ": install matching versions");
    else if (const std::string problem = other_version_problem(version_of(hello->viewer), {}); !problem.empty())
      begin_end(End::viewer_lost, problem);
  } else if (const auto* ack = std::get_if<Ack>(&message)) {
    viewer.acknowledged(ack->batch, ack->rest_s, viewer.heard_s);
  } else if (std::get_if<FirstFrame>(&message)) {
    viewer.first_frame = true;
    if (!first_picture_s_) first_picture_s_ = clock_.now_s() - created_s_;
  } else if (const auto* key = std::get_if<KeyEvent>(&message)) {
    guarded("interaction target", false, [&] { run(router_.route(*key)); });
  } else if (const auto* action = std::get_if<ActionEvent>(&message)) {
    guarded("interaction target", false, [&] { run(router_.route(*action)); });
  } else if (const auto* entity = std::get_if<EntityEvent>(&message)) {
    guarded("interaction target", false, [&] { run(router_.route(*entity)); });
  } else if (const auto* state = std::get_if<StateEvent>(&message)) {
    urgent_ = true;
    for (const auto& [name, value] : state->updates) {
      store().set_state(name, value, viewer.name());
      if (!session_ || phase_ != Phase::running) continue;
      guarded("state_changed(" + name + ")", false, [&] { session_->state_changed(name, value); });
      take_updates();
    }
  } else if (const auto* found = std::get_if<ViewProblem>(&message)) {
    report({found->is_error ? Severity::error : Severity::warning, found->cause, found->message});
  } else if (const auto* wanted = std::get_if<RunControl>(&message)) {
    control(*wanted);
  } else if (std::get_if<Bye>(&message)) {
    viewer.said_bye = true;
  } else if (const auto* finished = std::get_if<Finished>(&message)) {
    take_finished(viewer, *finished);
  }
}

// A control that changes nothing is taken for a broken one. Its value may be read by hooks, so this is a remark.
void HostLoop::remark_on_idle_control(const ControlSpec& control) {
  const std::string& key = control.resolved_state_key();
  if (control.send_to_session || binds(store().scene(), key) || !idle_controls_.insert(control.id).second) return;
  emit(Status{"'" + control.label + "' is kept as the state '" + key +
                  "', to which nothing in the scene is bound. A control that is to reach the session has "
                  "send_to_session=True.",
              10000});
}

void HostLoop::control(const RunControl& wanted) {
  const double now = clock_.now_s();
  urgent_ = true;
  if (wanted.action == "run") {
    resume();
  } else if (wanted.action == "pause") {
    paused_ = true;
  } else if (wanted.action == "step" || wanted.action == "advance") {
    paused_ = true;
    step_wanted_ = wanted.action == "step" ? Advance::step : Advance::batch;
  } else if (wanted.action == "until") {
    run_until(wanted.value);
  } else if (wanted.action == "reset") {
    dispatch(Reset{});
  } else if (wanted.action == "seek" && std::isfinite(wanted.value)) {
    seek(static_cast<std::int64_t>(std::clamp(wanted.value, 0.0, 9e15)));
  } else if (wanted.action == "speed" && std::isfinite(wanted.value)) {
    pacer_.set_speed(std::max(0.0, wanted.value), now, model_time());
  } else if (wanted.action == "retry" && phase_ == Phase::failed) {
    failure_.reset();
    stopped_ = false;
    phase_ = Phase::starting;
  } else if (wanted.action == "again") {
    start_again();
  }
  send_run_state();
}

// The program's own files are read by its next process. A start that would fail now leaves the model as it is.
void HostLoop::start_again() {
  if (!settings_.restart || !settings_.restart().why_not.empty()) return;
  const std::string problem = settings_.restart_problem ? settings_.restart_problem() : std::string();
  if (problem.empty()) begin_end(End::again);
  else on_message(ErrorReport{problem});
}

void HostLoop::resume() {
  paused_ = stopped_ = false;
  if (phase_ == Phase::running) failure_.reset();
  // A recording that has come to its end begins again.
  if (!live_ && frame_place_.count > 0 && frame_place_.frame == frame_place_.count - 1) seek(0);
  pacer_.restart(clock_.now_s(), model_time());
}

// A time that is no number takes the wish back.
void HostLoop::run_until(double time_ms) {
  pause_at_ms_.reset();
  const auto t = model_time();
  if (!t || !std::isfinite(time_ms)) return;
  if (time_ms <= *t + 1e-9)
    return emit(Status{"t is " + general_text(*t, 12) + " ms already: a run until " + general_text(time_ms, 12) +
                           " ms needs a Reset first",
                       6000});
  pause_at_ms_ = time_ms;
  batch_ms_ = 0;
  resume();
}

void HostLoop::seek(std::int64_t frame) {
  if (!session_ || phase_ != Phase::running) return;
  guarded("seek", false, [&] { session_->seek(frame); });
  take_updates();
}

void HostLoop::dispatch(const Command& command) {
  if (!session_ || phase_ != Phase::running) return;
  urgent_ = true;
  const bool good = guarded("handle(" + command_name(command) + ")", false, [&] { session_->handle(command); });
  if (good && std::holds_alternative<Reset>(command)) {
    stopped_ = false;
    measuring_ = false;
    failure_.reset();
    pacer_.restart(clock_.now_s(), model_time());
  }
  take_updates();
}

void HostLoop::dispatch_control(const ControlEvent& event, const std::string& viewer) {
  urgent_ = true;
  const auto* spec = store().scene().controls.find(event.control_id);
  if (!spec) return;
  const std::string key = spec->resolved_state_key(), label = spec->label;
  const auto* present = store().state().find(key);
  const Value before = present ? *present : spec->default_value();
  const auto refuse = [&](const std::string& why) {
    emit(StatePatch{Dict{{key, before}}});
    emit(Status{label + " stays at " + before.repr() + ": " + why, 5000});
  };
  if (const auto problem = spec->value_problem(event.value); !problem.empty()) return refuse(problem);
  auto command = router_.route(event, viewer);
  if (!command) remark_on_idle_control(*spec);
  if (!command || !session_ || phase_ != Phase::running) return;
  std::string refused;
  const bool good = guarded("apply_control(" + event.control_id + ")", false, [&] {
    try {
      session_->handle(*command);
    } catch (const ControlRefused& refusal) {
      refused = refusal.reason;
    }
  });
  if (!refused.empty()) refuse(refused);
  else if (!good) refuse("the session raised an exception");
  take_updates();
}

// ---- to viewers --------------------------------------------------------------------------------------------------

RunState HostLoop::run_state() const {
  const auto t = model_time();
  const bool live = live_ && factory_ != nullptr;
  const double dt_ms = session_ && phase_ == Phase::running ? session_->step_times().step_ms : 0;
  return {.has_session = factory_ != nullptr,
          .running = phase_ == Phase::running && !paused_ && !stopped_ && live,
          .live = live,
          .stopped = stopped_,
          .ended = phase_ == Phase::over || phase_ == Phase::failed,
          .has_model_time = t.has_value(),
          .model_time = t.value_or(0),
          .dt_ms = dt_ms,
          .until_ms = pause_at_ms_ ? pause_at_ms_ : settings_.until_ms,
          .speed = pacer_.speed(),
          .own_pace_s = own_pace_s_.value_or(0),
          .achieved = paused_ || stopped_ ? 0 : achieved_,
          .steps = steps(),
          .steps_per_s = paused_ || stopped_ ? 0 : steps_per_s_,
          .frame_count = frame_place_.count,
          .frame = frame_place_.frame,
          .sent_s = clock_.now_s()};
}

void HostLoop::send_batches() {
  const double now = clock_.now_s();
  const double interval = urgent_ || phase_ == Phase::flushing ? 0 : settings_.min_send_interval_s;
  // Between two long steps the nearer one: the next chance is a whole step later.
  const double early = std::min(advance_s_ / 2, most_early_s);
  const bool wanted =
      std::any_of(viewers_.begin(), viewers_.end(), [&](const auto& v) { return v->ready(now, interval, early); });
  if (!wanted) return;
  if (session_) guarded("publish", true, [&] { session_->publish(); });
  bool sent = false;
  for (auto& viewer : viewers_)
    if (viewer->ready(now, interval, early)) sent |= viewer->send_batch(store(), run_state(), now);
  urgent_ = false;
  if (sent) last_state_s_ = now;
  else if (now - last_state_s_ >= state_interval_s) send_run_state();
  if (now - last_counters_s_ >= counters_interval_s) send_counters();
}

void HostLoop::send_run_state() {
  last_state_s_ = clock_.now_s();
  for (auto& viewer : viewers_)
    if (!viewer->clogged()) viewer->send(run_state());
}

Counters HostLoop::counters_of(ViewerLink& viewer) {
  Counters counters{.batches = viewer.batches(),
                    .superseded = viewer.outbox().superseded(),
                    .trimmed = viewer.outbox().trimmed(),
                    .bytes = viewer.channel().counters().bytes_sent};
  counters.store_bytes = store().memory_bytes();
  for (const auto& [cause, problem] : problems())
    counters.problems.set(cause, static_cast<std::int64_t>(problem.count));
  return counters;
}

std::vector<Counters> HostLoop::viewer_counters() {
  std::vector<Counters> all;
  for (auto& viewer : viewers_) all.push_back(counters_of(*viewer));
  return all;
}

void HostLoop::send_counters() {
  last_counters_s_ = clock_.now_s();
  for (auto& viewer : viewers_)
    if (!viewer->clogged()) viewer->send(counters_of(*viewer));
}

void HostLoop::send_restart() {
  if (!settings_.restart) return;
  auto present = settings_.restart();
  if (present == restart_) return;
  restart_ = std::move(present);
  for (auto& viewer : viewers_) viewer->send(restart_);
}

void HostLoop::check_viewers() {
  for (auto it = viewers_.begin(); it != viewers_.end();) {
    auto& viewer = **it;
    const bool gone = viewer.channel().end() != transport::End::open;
    if (viewer.said_bye && viewers_.size() == 1) begin_end(End::closed);
    if (viewer.said_bye && (gone || viewers_.size() > 1)) {
      it = viewers_.erase(it);
      continue;
    }
    if (!gone) {
      ++it;
      continue;
    }
    const std::string reason = viewer.channel().end_text();
    const std::string name = viewer.name();
    const bool finished = viewer.finished;
    it = viewers_.erase(it);
    if (finished || phase_ == Phase::over) continue;
    count_error();
    const std::string text = "the viewer is gone: " + reason;
    keep(errors_, text);
    if (!settings_.replace_viewer) say(text);
    std::unique_ptr<transport::Channel> next;
    if (settings_.replace_viewer) next = settings_.replace_viewer(name, reason);
    if (next) {
      viewers_.insert(it, make_link(std::move(next), name));
      return;
    }
    if (viewers_.empty()) {
      end_ = End::viewer_lost;
      end_text_ = text;
      drop_session();
      phase_ = Phase::over;
    }
    return;
  }
}

}  // namespace cnv
