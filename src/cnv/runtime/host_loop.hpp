// HostLoop: drives one session: commands, pace, batches to viewers, failures, the end. Clock and channels are injected,
// so tests call tick() and never sleep. Everything runs on the thread that calls run() or tick().
#pragma once

#include <map>
#include <set>

#include "cnv/base/clock.hpp"
#include "cnv/runtime/event_router.hpp"
#include "cnv/runtime/host_settings.hpp"
#include "cnv/runtime/pacer.hpp"
#include "cnv/runtime/store_host.hpp"
#include "cnv/runtime/viewer_link.hpp"
#include "cnv/runtime/wake_signal.hpp"

namespace cnv {

class HostLoop : public StoreHost {
 public:
  // `first_scene` is shown at once; the session's own replaces it. The factory may be empty: then only the scene is
  // shown.
  HostLoop(SessionFactory factory, HostSettings settings, Clock& clock, std::optional<Scene> first_scene = {},
           InteractionTarget* target = nullptr);
  ~HostLoop() override;

  // Any number, at any time: each gets the whole present state, and what one user does is seen by all. The last one
  // that takes leave ends the run. `name` is for replace_viewer; empty: a new one.
  void add_viewer(std::unique_ptr<transport::Channel> channel, std::string name = {});
  // Ticks and waits until the end. Always calls shutdown() of a constructed session.
  void run();
  // One turn without waiting; false when everything is over.
  bool tick();
  // How long run() may wait before the next tick, seconds.
  double wait_s() const;
  // Any thread: something arrived.
  void wake() { woken_.set(); }

  // `again`: somebody wants the program to start anew; the viewers are not closed but left to that start.
  enum class End { running, closed, until_reached, interrupted, failed, viewer_lost, again };
  End end() const { return end_; }
  // What a caller should tell: the failure or the lost viewer; empty when all went well.
  const std::string& end_text() const { return end_text_; }
  // The last exception of user code, if any.
  const std::optional<SessionFailure>& failure() const { return failure_; }
  // 0 only without errors.
  int exit_status() const { return error_count() > 0 || end_ == End::failed || end_ == End::viewer_lost ? 1 : 0; }
  Session* session() { return session_.get(); }
  RunState run_state() const;
  std::uint64_t steps() const { return session_ ? session_->step_count().value_or(advances_) : steps_at_end_; }
  // What each attached viewer got and did not get to see, in the order in which they came.
  std::vector<Counters> viewer_counters();

  std::optional<Problem> offer(Update update) override;
  void progress(std::string name, std::string detail) override;
  double horizon_ms() const override;

 private:
  enum class Phase { starting, running, failed, flushing, finishing, over };
  void on_message(const Update& update) override;
  void on_new_problem(const Problem& problem) override;
  void start_session();
  void drop_session();
  void wait();
  void receive();
  void receive(ViewerLink& viewer, const ViewerMessage& message);
  void control(const RunControl& control);
  void remark_on_idle_control(const ControlSpec& control);
  void start_again();
  void seek(std::int64_t frame);
  void dispatch(const Command& command);
  void receive_command(ViewerLink& viewer, const transport::Received& received);
  void dispatch_control(const ControlEvent& event, const std::string& viewer);
  void advance_while_due();
  enum class Advance { batch, step };
  bool advance_once(Advance how);
  bool before_pause() const;
  double pause_tolerance_ms() const;
  void resume();
  void run_until(double time_ms);
  void take_updates();
  void send_batches();
  void send_run_state();
  void send_counters();
  void send_restart();
  Counters counters_of(ViewerLink& viewer);
  void check_viewers();
  void begin_end(End end, std::string text = {});
  void flush_or_finish();
  void tell_figures(bool now = false);
  void finish_all();
  bool wants_files() const {
    return !settings_.screenshot.empty() || !settings_.report.empty() || !settings_.dump.empty();
  }
  void ask_for_files(bool last);
  void take_finished(ViewerLink& viewer, const Finished& finished);
  Finish finish_for(std::size_t viewer) const;
  std::unique_ptr<ViewerLink> make_link(std::unique_ptr<transport::Channel> channel, std::string name);
  bool model_may_run() const;
  std::optional<double> model_time() const;
  void measure(double now_s);
  Dict session_report() const;
  void say(const std::string& text) const {
    if (settings_.log) settings_.log(text);
  }
  // For the report, which has room for so many.
  static void keep(std::vector<std::string>& list, std::string text);
  // Runs user code; false when it threw (reported as a failure of `where`). Around each step: it costs nothing that
  // does not throw.
  template <class Function>
  bool guarded(std::string_view where, bool stops, Function&& fn) {
    try {
      fn();
      return true;
    } catch (...) {
      return caught(where, stops);
    }
  }
  bool caught(std::string_view where, bool stops);
  void fail(SessionFailure failure);

  SessionFactory factory_;
  HostSettings settings_;
  Clock& clock_;
  std::optional<Scene> first_scene_;
  InteractionTarget* target_;
  TargetContext target_context_;
  EventRouter router_;
  std::unique_ptr<Session> session_;
  std::vector<std::unique_ptr<ViewerLink>> viewers_;
  std::vector<ProgressStep> progress_;
  double progress_since_ = 0;
  Pacer pacer_;
  Phase phase_ = Phase::starting;
  End end_ = End::running;
  std::string end_text_;
  std::optional<SessionFailure> failure_;
  Restart restart_;  // as the viewers know it
  bool paused_ = false, stopped_ = false, started_ = false, urgent_ = false, live_ = true, interrupted_ = false;
  std::optional<double> first_picture_s_;  // since the scene was there
  double created_s_ = 0, started_s_ = 0, end_s_ = 0, finish_sent_s_ = 0, last_state_s_ = -1e300,
         last_counters_s_ = -1e300, figures_told_s_ = -1e300;
  std::uint64_t steps_at_end_ = 0, advances_ = 0;
  double advance_s_ = 0;              // how long the last one took
  int advances_per_look_ = 1;         // at the clock, at full speed
  std::optional<double> own_pace_s_;  // asked of the session at each turn
  FramePlace frame_place_;            // of a recording, after the last call into the session
  // Achieved speed, over about half a second.
  double measure_s_ = 0, measure_model_ = 0, achieved_ = 0, steps_per_s_ = 0;
  std::uint64_t measure_steps_ = 0;
  bool measuring_ = false;
  std::optional<Advance> step_wanted_;
  std::optional<double> pause_at_ms_;
  double batch_ms_ = 0;                  // that the last display batch took; known while the run is to pause at a time
  std::set<std::string> idle_controls_;  // remarked on already
  std::vector<std::string> messages_;    // of Status, for the report
  std::vector<std::string> errors_;
  std::map<std::string, std::uint64_t> failure_counts_;  // "where: message" → times
  std::uint64_t viewer_count_ = 0;
  std::optional<double> newest_time_coordinate() const;

  WakeSignal woken_;
};

}  // namespace cnv
