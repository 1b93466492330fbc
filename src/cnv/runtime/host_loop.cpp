#include "cnv/runtime/host_loop.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "cnv/base/exceptions.hpp"

namespace cnv {
namespace {
constexpr std::size_t most_report_messages = 200;
constexpr double longest_wait_s = 0.1;  // signals that only set a flag are seen within this
constexpr double state_interval_s = 0.1;
constexpr double counters_interval_s = 0.5;
constexpr double horizon_s = 0.02;  // a session that computes ahead prepares this much
constexpr double most_wait_without_files_s = 0.5, most_close_s = 0.3;
constexpr std::size_t most_failure_text = 64 * 1024;

void keep(std::vector<std::string>& list, std::string text) {
  if (list.size() < most_report_messages) list.push_back(std::move(text));
}

std::string command_name(const Command& command) {
  static constexpr std::string_view names[] = {"Reset", "SetControl", "InvokeAction", "KeyPressed", "EntityClicked", "StopSession"};
  return std::string(names[command.index()]);
}
}  // namespace

HostLoop::HostLoop(SessionFactory factory, HostSettings settings, Clock& clock, std::optional<Scene> first_scene, InteractionTarget* target)
    : factory_(std::move(factory)), settings_(std::move(settings)), clock_(clock), first_scene_(std::move(first_scene)), target_(target),
      target_context_(store(), {[this](Update update) { emit(std::move(update)); }, [this](const Command& command) { dispatch(command); },
                                [this](std::string_view id, const Value& value) { dispatch_control({std::string(id), value}, {}); }}),
      router_(store(), target) {
  if (target_) target_->attach(&target_context_);
  created_s_ = clock_.now_s();
  const double speed = settings_.speed.value_or(settings_.windowless ? 0.0 : 20.0);
  pacer_.set_speed(speed, created_s_, std::nullopt);
}

HostLoop::~HostLoop() {
  drop_session();
  if (target_) target_->attach(nullptr);
  viewers_.clear();  // their threads may still call wake()
}

void HostLoop::add_viewer(std::unique_ptr<transport::Channel> channel, std::string name) {
  viewers_.push_back(make_link(std::move(channel), name.empty() ? "attached-" + std::to_string(++viewer_count_) : std::move(name)));
}

std::unique_ptr<ViewerLink> HostLoop::make_link(std::unique_ptr<transport::Channel> channel, std::string name) {
  channel->on_wake([this] { wake(); });
  auto link = std::make_unique<ViewerLink>(std::move(name), std::move(channel));
  link->send(Welcome{.title = settings_.title, .program = settings_.program, .theme = settings_.theme});
  if (!progress_.empty() && phase_ == Phase::starting) link->send(Progress{progress_});
  if (failure_ && (phase_ == Phase::failed || stopped_)) link->send(*failure_);
  urgent_ = true;
  return link;
}

void HostLoop::wake() {
  woken_.store(true, std::memory_order_release);
  { std::lock_guard lock(wake_mutex_); }
  wake_signal_.notify_one();
}

void HostLoop::run() {
  while (tick()) {
    const double wait = wait_s();
    if (wait <= 0 || woken_.load(std::memory_order_acquire)) continue;
    std::unique_lock lock(wake_mutex_);
    wake_signal_.wait_for(lock, std::chrono::duration<double>(std::min(wait, longest_wait_s)), [this] { return woken_.load(std::memory_order_acquire); });
  }
}

// ---- one turn ---------------------------------------------------------------------------------------------------------

bool HostLoop::tick() {
  if (phase_ == Phase::over) return false;
  woken_.store(false, std::memory_order_release);
  if (settings_.interrupted && settings_.interrupted()) interrupted_ = true;
  if (interrupted_ && phase_ != Phase::flushing && phase_ != Phase::finishing) begin_end(End::interrupted);
  if (phase_ == Phase::starting) start_session();
  receive();
  check_viewers();
  if (phase_ == Phase::running) advance_while_due();
  send_batches();
  if (phase_ == Phase::flushing || phase_ == Phase::finishing) flush_or_finish();
  return phase_ != Phase::over;
}

double HostLoop::wait_s() const {
  const double now = clock_.now_s();
  double wait = longest_wait_s;
  if (phase_ == Phase::running && model_may_run() && session_) wait = std::min(wait, pacer_.wait_s(now, model_time(), session_->own_pace_s()));
  for (const auto& viewer : viewers_)
    if (viewer->outbox().has_news(const_cast<HostLoop*>(this)->store()) && viewer->ready(now, -1e300)) wait = std::min(wait, viewer->next_batch_s(settings_.min_send_interval_s) - now);
  return wait;
}

double HostLoop::horizon_ms() const {
  if (paused_ || stopped_) return 0;
  const auto own_pace = session_ ? session_->own_pace_s() : std::nullopt;
  if (pacer_.speed() <= 0 || (own_pace && *own_pace <= 0)) return SessionLink::horizon_ms();
  return own_pace ? 0 : pacer_.speed() * horizon_s;
}

bool HostLoop::model_may_run() const { return session_ && live_ && !paused_ && !stopped_ && started_; }

std::optional<double> HostLoop::model_time() const {
  if (!session_) return std::nullopt;
  if (const auto t = session_->model_time_ms()) return t;
  return newest_time_coordinate();
}

std::optional<double> HostLoop::newest_time_coordinate() const {
  std::optional<double> newest;
  for (const auto& [id, field] : const_cast<HostLoop*>(this)->store().fields()) {
    const int axis = field->find_axis("time");
    if (axis < 0 || axis != field->append_axis() || field->extent(axis) == 0) continue;
    const double t = field->coord_number(axis, field->extent(axis) - 1);
    if (std::isfinite(t) && (!newest || t > *newest)) newest = t;
  }
  return newest;
}

void HostLoop::advance_while_due() {
  if (!started_) {
    const double now = clock_.now_s();
    const bool someone_sees = std::any_of(viewers_.begin(), viewers_.end(), [](const auto& v) { return v->first_frame; });
    if (!viewers_.empty() && !someone_sees && now - created_s_ < settings_.first_frame_timeout_s && store().has_scene()) return;
    started_ = true;
    started_s_ = now;
    pacer_.restart(now, model_time());
  }
  if (!session_) {
    if (settings_.wall_s && clock_.now_s() - started_s_ >= *settings_.wall_s) begin_end(End::until_reached);
    return;
  }
  live_ = session_->is_live();
  if (step_wanted_ && live_ && !stopped_) {
    step_wanted_ = false;
    advance_once();
    return;
  }
  const double start = clock_.now_s();
  if (settings_.wall_s && start - started_s_ >= *settings_.wall_s) return begin_end(End::until_reached);
  if (!model_may_run()) return measure(start);
  double now = start;
  const bool at_max = pacer_.speed() <= 0;  // then nothing is asked of the session but to advance
  while (at_max || pacer_.wait_s(now, model_time(), session_->own_pace_s()) <= 0) {
    if (!advance_once()) return;
    now = clock_.now_s();
    if (!at_max) pacer_.advanced(now, model_time());
    if (settings_.until_ms && model_time().value_or(0) >= *settings_.until_ms * (1 - 1e-12)) return begin_end(End::until_reached);
    if (now - start >= settings_.quantum_s || woken_.load(std::memory_order_relaxed)) break;
    if (!session_->is_live()) break;
  }
  measure(now);
}

bool HostLoop::advance_once() {
  const bool good = guarded("advance", true, [&] { session_->advance(); });
  ++advances_;
  steps_ = session_->step_count().value_or(advances_);
  take_updates();
  return good && phase_ == Phase::running;
}

void HostLoop::take_updates() {
  if (!session_) return;
  guarded("read_updates", true, [&] {
    for (auto& update : session_->read_updates()) emit(std::move(update));
  });
}

void HostLoop::measure(double now) {
  const double t = model_time().value_or(0);
  if (!measuring_ || t < measure_model_) {
    measuring_ = true;
    measure_s_ = now, measure_model_ = t, measure_steps_ = steps_;
    return;
  }
  const double elapsed = now - measure_s_;
  if (elapsed < 0.5) return;
  achieved_ = (t - measure_model_) / elapsed;
  steps_per_s_ = static_cast<double>(steps_ - measure_steps_) / elapsed;
  measure_s_ = now, measure_model_ = t, measure_steps_ = steps_;
}

// ---- session start and failures -----------------------------------------------------------------------------------------

template <class Fn>
bool HostLoop::guarded(const std::string& where, bool stops, Fn&& fn) {
  try {
    fn();
    return true;
  } catch (const Interrupted&) {
    interrupted_ = true;
  } catch (const SessionException& e) {
    fail({.where = e.where.empty() ? where : e.where, .message = e.what(), .traceback = e.traceback, .stops = stops});
  } catch (const std::exception& e) {
    fail({.where = where, .message = e.what(), .stops = stops});
  } catch (...) {
    fail({.where = where, .message = "an exception that is no std::exception", .stops = stops});
  }
  return false;
}

void HostLoop::fail(SessionFailure failure) {
  count_error();
  const std::string text = failure.where + ": " + failure.message;
  auto& times = failure_counts_[text.substr(0, most_failure_text)];
  ++times;
  if (failure.stops) stopped_ = true;
  // A hook that fails the same way at each tick of a slider is told once and counted.
  if (times > 1 && !failure.stops) return;
  if (times == 1) {
    keep(errors_, text);
    say(failure.traceback.empty() ? "Error in " + text : failure.traceback);
  } else {
    say("Again (" + std::to_string(times) + " times) in " + text);
  }
  failure.can_retry = phase_ == Phase::starting;
  // The end of a traceback tells where it happened; a message has room for this much.
  if (failure.message.size() > most_failure_text) failure.message.resize(most_failure_text);
  if (failure.traceback.size() > most_failure_text) failure.traceback.erase(0, failure.traceback.size() - most_failure_text);
  for (auto& viewer : viewers_) viewer->send(failure);
  failure_ = std::move(failure);
  urgent_ = true;
  if (settings_.windowless && failure_->stops) begin_end(End::failed, text);
}

void HostLoop::start_session() {
  if (first_scene_) {
    set_scene(*first_scene_);
    first_scene_.reset();
  }
  if (!factory_) {
    phase_ = Phase::running;
    return;
  }
  progress_.clear();
  progress("Build model", "");
  std::optional<Scene> scene;
  const bool good = guarded("constructor", true, [&] { session_ = factory_(); }) &&
                    guarded("initialize", true, [&] {
                      if (!session_) throw TypeError("the session factory returned nothing");
                      session_->attach(this);
                      scene = session_->initialize();
                      if (scene) set_scene(std::move(*scene));
                    });
  if (!progress_.empty()) {
    progress_.back().state = good ? "done" : "failed";
    progress_.back().seconds = clock_.now_s() - progress_since_;
    for (auto& viewer : viewers_) viewer->send(Progress{progress_});
  }
  if (phase_ != Phase::starting) return;
  if (!good) {
    drop_session();
    phase_ = Phase::failed;
    return;
  }
  phase_ = Phase::running;
  stopped_ = false;
  created_s_ = clock_.now_s();
  take_updates();
  if (!store().has_scene())
    on_new_problem({Severity::warning, "no scene yet", "initialize() returned no scene and the app has none: the window stays empty until SceneReady is emitted."});
  send_run_state();
}

void HostLoop::drop_session() {
  if (!session_) return;
  guarded("shutdown", false, [&] { session_->shutdown(); });
  session_->attach(nullptr);
  session_.reset();
}

void HostLoop::progress(std::string name, std::string detail) {
  const double now = clock_.now_s();
  if (!progress_.empty() && progress_.back().name == name) {
    progress_.back().detail = std::move(detail);
    progress_.back().seconds = now - progress_since_;
  } else {
    if (!progress_.empty()) {
      progress_.back().state = "done";
      progress_.back().seconds = now - progress_since_;
    }
    progress_.push_back({std::move(name), std::move(detail), "current", 0});
    progress_since_ = now;
  }
  for (auto& viewer : viewers_) viewer->send(Progress{progress_});
}

// ---- messages from user code --------------------------------------------------------------------------------------------

void HostLoop::emit(Update update) {
  const bool is_scene = std::holds_alternative<SceneReady>(update);
  StoreHost::emit(std::move(update));
  if (is_scene) router_.scene_changed();
}

void HostLoop::on_message(const Update& update) {
  if (const auto* status = std::get_if<Status>(&update)) {
    if (!status->message.empty()) keep(messages_, status->message);
    for (auto& viewer : viewers_) viewer->outbox().add_message(*status);
  } else {
    const auto& error = std::get<ErrorReport>(update);
    count_error();
    keep(errors_, error.message);
    say("Error: " + error.message);
    for (auto& viewer : viewers_) viewer->outbox().add_message(error);
  }
  // While user code runs for long nothing else would send: a message is worth a batch of its own.
  const double now = clock_.now_s();
  for (auto& viewer : viewers_)
    if (phase_ == Phase::starting || (phase_ == Phase::running && viewer->ready(now, settings_.min_send_interval_s))) viewer->send_batch(store(), run_state(), now);
  urgent_ = true;
}

void HostLoop::on_new_problem(const Problem& problem) {
  const bool warning = problem.severity == Severity::warning;
  say((warning ? "Warning: " : "Error: ") + problem.message);
  if (!warning) keep(errors_, problem.message);
  for (auto& viewer : viewers_) {
    if (warning) viewer->outbox().add_message(Status{"Warning: " + problem.message, 10000});
    else viewer->outbox().add_message(ErrorReport{problem.message});
  }
  urgent_ = true;
}

// ---- from viewers -------------------------------------------------------------------------------------------------------

void HostLoop::receive() {
  for (std::size_t i = 0; i < viewers_.size(); ++i) {
    auto& viewer = *viewers_[i];
    transport::Received received;
    std::optional<ControlEvent> waiting;  // of a run of changes of one control only the last counts
    const auto flush = [&] {
      if (waiting) dispatch_control(*std::exchange(waiting, std::nullopt), viewer.name());
    };
    while (viewer.channel().receive(received)) {
      if (static_cast<protocol::Kind>(received.kind) == protocol::Kind::command) {
        flush();
        receive_command(viewer, received);
        continue;
      }
      auto message = protocol::decode_viewer({received.data.get(), received.size}, received.data);
      if (!message || static_cast<protocol::Kind>(received.kind) != protocol::Kind::viewer) {
        report({Severity::error, "bad message of viewer", "a message of the viewer could not be read and was left out: " + (message ? std::string("it is of another kind") : message.error())});
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
  if (!command) return report({Severity::error, "bad command", "a command could not be read and was left out: " + command.error()});
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
      begin_end(End::viewer_lost, "the viewer speaks version " + std::to_string(hello->version) + " of the protocol, this program version " + std::to_string(protocol_version) + ": install matching versions");
  } else if (const auto* ack = std::get_if<Ack>(&message)) {
    viewer.acknowledged(ack->batch);
  } else if (std::get_if<FirstFrame>(&message)) {
    viewer.first_frame = true;
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
    viewer.finished = true;
    viewer.finish_problem = finished->problem;
  }
}

void HostLoop::control(const RunControl& wanted) {
  const double now = clock_.now_s();
  urgent_ = true;
  if (wanted.action == "run") {
    paused_ = stopped_ = false;
    if (phase_ == Phase::running) failure_.reset();
    pacer_.restart(now, model_time());
  } else if (wanted.action == "pause") {
    paused_ = true;
  } else if (wanted.action == "step") {
    paused_ = true;
    step_wanted_ = true;
  } else if (wanted.action == "reset") {
    dispatch(Reset{});
  } else if (wanted.action == "seek" && std::isfinite(wanted.value)) {
    if (session_ && phase_ == Phase::running) guarded("seek", false, [&] { session_->seek(static_cast<std::int64_t>(std::clamp(wanted.value, 0.0, 9e15))); });
    take_updates();
  } else if (wanted.action == "speed" && std::isfinite(wanted.value)) {
    pacer_.set_speed(std::max(0.0, wanted.value), now, model_time());
  } else if (wanted.action == "retry" && phase_ == Phase::failed) {
    failure_.reset();
    stopped_ = false;
    phase_ = Phase::starting;
  }
  send_run_state();
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
  if (!command || !session_ || phase_ != Phase::running) return;
  bool refused = false;
  const bool good = guarded("apply_control(" + event.control_id + ")", false, [&] {
    try {
      session_->handle(*command);
    } catch (const ControlRefused&) {
      refused = true;
    }
  });
  if (refused) refuse("the session refused the value");
  else if (!good) refuse("the session raised an exception");
  take_updates();
}

// ---- to viewers ---------------------------------------------------------------------------------------------------------

RunState HostLoop::run_state() const {
  const FramePlace place = session_ && phase_ != Phase::starting ? session_->frame_place() : FramePlace{};
  const auto t = model_time();
  return {.running = phase_ == Phase::running && !paused_ && !stopped_ && live_,
          .live = live_,
          .stopped = stopped_,
          .ended = phase_ == Phase::over || phase_ == Phase::failed,
          .has_model_time = t.has_value(),
          .model_time = t.value_or(0),
          .speed = pacer_.speed(),
          .achieved = paused_ || stopped_ ? 0 : achieved_,
          .steps = steps_,
          .steps_per_s = paused_ || stopped_ ? 0 : steps_per_s_,
          .frame_count = place.count,
          .frame = place.frame,
          .sent_s = clock_.now_s()};
}

void HostLoop::send_batches() {
  const double now = clock_.now_s();
  const double interval = urgent_ ? 0 : settings_.min_send_interval_s;
  const bool wanted = std::any_of(viewers_.begin(), viewers_.end(), [&](const auto& v) { return v->ready(now, interval); });
  if (!wanted) return;
  if (session_) guarded("publish", true, [&] { session_->publish(); });
  bool sent = false;
  for (auto& viewer : viewers_)
    if (viewer->ready(now, interval)) sent |= viewer->send_batch(store(), run_state(), now);
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

void HostLoop::send_counters() {
  last_counters_s_ = clock_.now_s();
  for (auto& viewer : viewers_) {
    if (viewer->clogged()) continue;
    Counters counters{.batches = viewer->batches(), .superseded = viewer->outbox().superseded(), .trimmed = viewer->outbox().trimmed(), .bytes = viewer->channel().counters().bytes_sent};
    counters.store_bytes = store().memory_bytes();
    for (const auto& [cause, problem] : problems()) counters.problems.set(cause, static_cast<std::int64_t>(problem.count));
    viewer->send(counters);
  }
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

// ---- the end ------------------------------------------------------------------------------------------------------------

void HostLoop::begin_end(End end, std::string text) {
  if (phase_ == Phase::flushing || phase_ == Phase::finishing || phase_ == Phase::over) return;
  end_ = end;
  end_text_ = std::move(text);
  end_s_ = clock_.now_s();
  urgent_ = true;
  phase_ = Phase::flushing;
}

void HostLoop::flush_or_finish() {
  const double now = clock_.now_s();
  // Nobody waits long for a viewer that has nothing to write, or after Ctrl-C.
  const bool files = (!settings_.screenshot.empty() || !settings_.report.empty() || !settings_.dump.empty()) && end_ != End::interrupted;
  const double patience_s = files ? settings_.finish_timeout_s : most_wait_without_files_s;
  if (phase_ == Phase::flushing) {
    const bool told = std::all_of(viewers_.begin(), viewers_.end(), [&](const auto& v) { return v->idle() && !v->outbox().has_news(store()); });
    // A viewer that takes batches is waited for; one that is silent is given up.
    const bool silent = std::all_of(viewers_.begin(), viewers_.end(), [&](const auto& v) { return now - std::max(end_s_, v->heard_s) > std::min(patience_s, settings_.silence_timeout_s); });
    if (!told && !silent && now - end_s_ <= patience_s) return;
    if (!told && silent && files) {
      count_error();
      say("The viewer has not answered for " + std::to_string(static_cast<int>(now - end_s_)) + " s, so nothing was written. Is it stopped, or does its machine lack memory?");
      return finish_all();
    }
    for (std::size_t i = 0; i < viewers_.size(); ++i) viewers_[i]->send(finish_for(i));
    finish_sent_s_ = now;
    phase_ = Phase::finishing;
  }
  const bool done = std::all_of(viewers_.begin(), viewers_.end(), [](const auto& v) { return v->finished; });
  if (!done && now - finish_sent_s_ <= patience_s) return;
  for (auto& viewer : viewers_) {
    if (files && (!viewer->finished || !viewer->finish_problem.empty())) {
      count_error();
      say("the viewer could not write everything: " + (viewer->finished ? viewer->finish_problem : std::string("it did not answer in time")));
    } else if (!viewer->said_hello && end_ != End::interrupted) {
      count_error();
      say("The viewer never answered: nothing was shown. Does the program at COMPNEUROVIS_VIEWER, if that is set, fit this version?");
    }
  }
  finish_all();
}

// The first viewer writes the files as they were named, the second report-2.json.
Finish HostLoop::finish_for(std::size_t viewer) const {
  const auto named = [&](const std::string& path) {
    if (path.empty() || viewer == 0) return path;
    const std::filesystem::path whole(path);
    return (whole.parent_path() / (whole.stem().string() + "-" + std::to_string(viewer + 1) + whole.extension().string())).string();
  };
  return {named(settings_.screenshot), named(settings_.report), named(settings_.dump), session_report(), true};
}

void HostLoop::finish_all() {
  for (auto& viewer : viewers_) {
    viewer->send(Close{});
    viewer->channel().close(most_close_s);
  }
  viewers_.clear();
  drop_session();
  phase_ = Phase::over;
}

Dict HostLoop::session_report() const {
  const double wall = (end_s_ > 0 ? end_s_ : clock_.now_s()) - (started_ ? started_s_ : clock_.now_s());
  Dict report{{"steps", static_cast<std::int64_t>(steps_)}, {"wall_s", wall}, {"steps_per_s", wall > 0 ? static_cast<double>(steps_) / wall : 0.0}};
  if (const auto t = model_time()) report.set("model_time_ms", *t);
  List errors, warnings, messages;
  for (const auto& text : errors_) errors.emplace_back(text);
  for (const auto& [cause, problem] : problems())
    if (problem.severity == Severity::warning) warnings.emplace_back(problem.message);
  for (const auto& text : messages_) messages.emplace_back(text);
  Dict counts;
  for (const auto& [cause, problem] : problems()) counts.set(cause, static_cast<std::int64_t>(problem.count));
  for (const auto& [text, times] : failure_counts_) counts.set(text, static_cast<std::int64_t>(times));
  report.set("errors", std::move(errors));
  report.set("warnings", std::move(warnings));
  report.set("status_messages", std::move(messages));
  report.set("problem_counts", std::move(counts));
  List outboxes;
  for (const auto& viewer : viewers_)
    outboxes.emplace_back(Dict{{"batches", static_cast<std::int64_t>(viewer->batches())}, {"bytes", static_cast<std::int64_t>(viewer->channel().counters().bytes_sent)},
                               {"superseded", static_cast<std::int64_t>(viewer->outbox().superseded())}, {"trimmed", static_cast<std::int64_t>(viewer->outbox().trimmed())}});
  report.set("viewers", std::move(outboxes));
  return report;
}

}  // namespace cnv
