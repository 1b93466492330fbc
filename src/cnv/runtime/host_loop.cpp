#include "cnv/runtime/host_loop.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {
constexpr std::size_t most_report_messages = 200;
constexpr double longest_wait_s = 0.1;     // signals that only set a flag are seen within this
constexpr double horizon_s = 0.02;         // a session that computes ahead prepares this much
constexpr double between_looks_s = 50e-6;  // at the clock, at full speed
constexpr int most_unseen = 16;
constexpr std::size_t most_failure_text = 64 * 1024;
}  // namespace

HostLoop::HostLoop(SessionFactory factory, HostSettings settings, Clock& clock, std::optional<Scene> first_scene,
                   InteractionTarget* target)
    : factory_(std::move(factory)),
      settings_(std::move(settings)),
      clock_(clock),
      first_scene_(std::move(first_scene)),
      target_(target),
      target_context_(
          store(),
          {[this](Update update) { emit(std::move(update)); }, [this](const Command& command) { dispatch(command); },
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
  viewers_.push_back(
      make_link(std::move(channel), name.empty() ? "attached-" + plain_text(++viewer_count_) : std::move(name)));
}

std::unique_ptr<ViewerLink> HostLoop::make_link(std::unique_ptr<transport::Channel> channel, std::string name) {
  channel->on_wake([this] { wake(); });
  auto link = std::make_unique<ViewerLink>(std::move(name), std::move(channel));
  const auto& windows = settings_.windows;
  const auto known = std::find(windows.begin(), windows.end(), link->name());
  link->send(Welcome{.title = settings_.title,
                     .program = settings_.program,
                     .theme = settings_.theme,
                     .window = known == windows.end() ? 0 : known - windows.begin() + 1});
  if (settings_.restart) link->send(restart_ = settings_.restart());
  if (!progress_.empty() && phase_ == Phase::starting) link->send(Progress{progress_});
  if (failure_ && (phase_ == Phase::failed || stopped_)) link->send(*failure_);
  urgent_ = true;
  return link;
}

void HostLoop::run() {
  while (tick()) wait();
}

void HostLoop::wait() {
  const double wait = wait_s();
  if (wait <= 0 || woken_.is_set()) return;
  std::vector<int> descriptors;
  for (const auto& viewer : viewers_) descriptors.push_back(viewer->channel().descriptor());
  woken_.wait(std::min(wait, longest_wait_s), descriptors);
}

// ---- one turn ----------------------------------------------------------------------------------------------------

bool HostLoop::tick() {
  if (phase_ == Phase::over) return false;
  woken_.clear();
  if (settings_.interrupted && settings_.interrupted()) interrupted_ = true;
  if (interrupted_ && phase_ != Phase::flushing && phase_ != Phase::finishing) begin_end(End::interrupted);
  if (phase_ == Phase::starting) start_session();
  const bool ending = phase_ == Phase::flushing || phase_ == Phase::finishing;
  if (settings_.files_wanted && settings_.files_wanted() && !ending && wants_files()) ask_for_files(false);
  receive();
  check_viewers();
  if (phase_ == Phase::running) advance_while_due();
  send_batches();
  tell_figures();
  if (phase_ == Phase::flushing || phase_ == Phase::finishing) flush_or_finish();
  return phase_ != Phase::over;
}

double HostLoop::wait_s() const {
  const double now = clock_.now_s();
  double wait = longest_wait_s;
  if (phase_ == Phase::running && model_may_run() && session_)
    wait = std::min(wait, pacer_.wait_s(now, model_time(), own_pace_s_));
  for (const auto& viewer : viewers_)
    if (viewer->outbox().has_news(store()) && viewer->takes_batches())
      wait = std::min(wait, viewer->next_batch_s(settings_.min_send_interval_s) - now);
  return wait;
}

double HostLoop::horizon_ms() const {
  if (paused_ || stopped_) return 0;
  if (pacer_.speed() <= 0 || (own_pace_s_ && *own_pace_s_ <= 0)) return SessionLink::horizon_ms();
  return own_pace_s_ ? 0 : pacer_.speed() * horizon_s;
}

bool HostLoop::model_may_run() const { return session_ && live_ && !paused_ && !stopped_ && started_; }

std::optional<double> HostLoop::model_time() const {
  if (!session_) return std::nullopt;
  if (const auto t = session_->model_time_ms()) return t;
  return newest_time_coordinate();
}

std::optional<double> HostLoop::newest_time_coordinate() const {
  std::optional<double> newest;
  for (const auto& [id, field] : store().fields()) {
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
    const bool someone_sees =
        std::any_of(viewers_.begin(), viewers_.end(), [](const auto& v) { return v->first_frame; });
    if (!viewers_.empty() && !someone_sees && now - created_s_ < settings_.first_frame_timeout_s && store().has_scene())
      return;
    started_ = true;
    started_s_ = now;
    pacer_.restart(now, model_time());
  }
  if (!session_) {
    // Without a window nobody can change anything any more.
    if (settings_.windowless || (settings_.wall_s && clock_.now_s() - started_s_ >= *settings_.wall_s))
      begin_end(End::until_reached);
    return;
  }
  guarded("is_live", true, [&] { live_ = session_->is_live(); });
  guarded("idle_sleep", true, [&] { own_pace_s_ = session_->own_pace_s(); });
  if (const auto wanted = std::exchange(step_wanted_, std::nullopt); wanted && !stopped_) {
    if (live_) advance_once(*wanted);
    else if (frame_place_.count > 0) seek(frame_place_.frame + 1);  // one more frame of a recording that rests
    return;
  }
  const double start = clock_.now_s();
  if (settings_.wall_s && start - started_s_ >= *settings_.wall_s) return begin_end(End::until_reached);
  if (!model_may_run()) return measure(start);
  double now = start;
  const bool at_max = pacer_.speed() <= 0;  // then nothing is asked of the session but to advance
  int unseen = 0;  // advances since the clock was read, which takes as long as a part of a quick step
  while (at_max || pacer_.wait_s(now, model_time(), own_pace_s_) <= 0) {
    if (!advance_once(before_pause() ? Advance::step : Advance::batch)) return;
    ++unseen;
    const bool look = !at_max || unseen >= advances_per_look_;
    if (look) {
      const double before = std::exchange(now, clock_.now_s());
      advance_s_ = (now - before) / std::exchange(unseen, 0);
      advances_per_look_ =
          std::clamp(static_cast<int>(std::min(between_looks_s, settings_.quantum_s) / std::max(advance_s_, 1e-9)), 1,
                     most_unseen);
    }
    if (!at_max) pacer_.advanced(now, model_time());
    if (settings_.until_ms && model_time().value_or(0) >= *settings_.until_ms * (1 - 1e-12))
      return begin_end(End::until_reached);
    if (paused_) break;
    if ((look && now - start >= settings_.quantum_s) || woken_.is_set()) break;
    if (!session_->is_live()) break;
  }
  measure(now);
}

// A display batch may reach beyond the time at which the run pauses; steps do not.
bool HostLoop::before_pause() const {
  if (!pause_at_ms_) return false;
  const StepTimes times = session_->step_times();
  return model_time().value_or(0) + std::max(times.batch_ms, batch_ms_) > *pause_at_ms_ + pause_tolerance_ms();
}

// Times of a solver drift; half a step is nobody's pause.
double HostLoop::pause_tolerance_ms() const { return std::max(1e-9, session_->step_times().step_ms / 2); }

bool HostLoop::advance_once(Advance how) {
  const double before = pause_at_ms_ ? model_time().value_or(0) : 0;
  const bool good = guarded("advance", true, [&] {
    if (how == Advance::step) session_->advance_step();
    else session_->advance();
  });
  if (pause_at_ms_ && session_) {
    const double t = model_time().value_or(0);
    if (how == Advance::batch) batch_ms_ = std::max(0.0, t - before);
    if (t >= *pause_at_ms_ - pause_tolerance_ms()) {
      pause_at_ms_.reset();
      paused_ = urgent_ = true;
      emit(Status{"Paused at t = " + general_text(t, 9) + " ms", 6000});
    }
  }
  ++advances_;
  take_updates();
  return good && phase_ == Phase::running;
}

void HostLoop::take_updates() {
  if (!session_) return;
  guarded("read_updates", true, [&] {
    for (auto& update : session_->read_updates()) emit(std::move(update));
  });
  guarded("frame_place", false, [&] { frame_place_ = session_->frame_place(); });
}

void HostLoop::measure(double now) {
  const double t = model_time().value_or(0);
  if (!measuring_ || t < measure_model_) {
    measuring_ = true;
    measure_s_ = now, measure_model_ = t, measure_steps_ = steps();
    return;
  }
  const double elapsed = now - measure_s_;
  if (elapsed < 0.5) return;
  achieved_ = (t - measure_model_) / elapsed;
  steps_per_s_ = static_cast<double>(steps() - measure_steps_) / elapsed;
  measure_s_ = now, measure_model_ = t, measure_steps_ = steps();
}

// ---- session start and failures ----------------------------------------------------------------------------------

bool HostLoop::caught(std::string_view where, bool stops) {
  try {
    throw;
  } catch (const Interrupted&) {
    interrupted_ = true;
  } catch (const SessionException& e) {
    fail({.where = e.where.empty() ? std::string(where) : e.where,
          .message = e.what(),
          .traceback = e.traceback,
          .stops = stops});
  } catch (const std::exception& e) {
    fail({.where = std::string(where), .message = e.what(), .stops = stops});
  } catch (...) {
    fail({.where = std::string(where), .message = "an exception that is no std::exception", .stops = stops});
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
    say("Again (" + plain_text(times) + " times) in " + text);
  }
  failure.can_retry = phase_ == Phase::starting;
  // The end of a traceback tells where it happened; a message has room for this much.
  if (failure.message.size() > most_failure_text) failure.message.resize(most_failure_text);
  if (failure.traceback.size() > most_failure_text)
    failure.traceback.erase(0, failure.traceback.size() - most_failure_text);
  for (auto& viewer : viewers_) viewer->send(failure);
  failure_ = std::move(failure);
  urgent_ = true;
  send_restart();
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
  const bool good = guarded("constructor", true, [&] { session_ = factory_(); }) && guarded("initialize", true, [&] {
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
  send_restart();  // the build may have loaded more of the program's files
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
    on_new_problem(
        {Severity::warning, "no scene yet",
         "initialize() returned no scene and the app has none: the window stays empty until SceneReady is emitted."});
  send_run_state();
}

void HostLoop::drop_session() {
  if (!session_) return;
  guarded("shutdown", false, [&] { session_->shutdown(); });
  steps_at_end_ = steps();
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

// ---- messages from user code -------------------------------------------------------------------------------------

std::optional<Problem> HostLoop::offer(Update update) {
  const bool is_scene = std::holds_alternative<SceneReady>(update);
  auto unfit = StoreHost::offer(std::move(update));
  if (is_scene) router_.scene_changed();
  return unfit;
}

void HostLoop::keep(std::vector<std::string>& list, std::string text) {
  if (list.size() < most_report_messages) list.push_back(std::move(text));
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
    if (phase_ == Phase::starting || (phase_ == Phase::running && viewer->ready(now, settings_.min_send_interval_s)))
      viewer->send_batch(store(), run_state(), now);
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

}  // namespace cnv
