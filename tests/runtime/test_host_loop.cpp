// The host loop with a clock and channels of the test's own: nothing waits.
#include "cnv/runtime/host_loop.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "runtime/host_fixture.hpp"

namespace cnv {
namespace {

using test::FakeViewer;
using test::HostLoopTest;
using test::ToySession;
using testing::HasSubstr;

TEST_F(HostLoopTest, model_time_waits_for_the_first_picture_and_then_keeps_the_default_pace) {
  start();
  run_for(1);
  EXPECT_TRUE(viewer->welcomed);
  EXPECT_TRUE(viewer->store.has_scene());
  EXPECT_EQ(model_ms(), 0);
  viewer->say(FirstFrame{});
  run_for(2);
  EXPECT_NEAR(model_ms(), 40, 2);
}

TEST_F(HostLoopTest, counters_keep_up_while_batches_flow) {
  start_shown();
  int told = 0;
  for (int i = 0; i < 300; ++i) {
    const auto before = viewer->counters.batches;
    turn(0.01);
    if (viewer->counters.batches == before) continue;
    ++told;
    EXPECT_NEAR(static_cast<double>(viewer->counters.batches), viewer->batches, 1) << "of the moment, not of some past";
    EXPECT_EQ(viewer->counters.store_bytes, loop->store().memory_bytes());
  }
  EXPECT_GE(viewer->batches, 60);
  EXPECT_GE(told, 5) << "twice per second";
}

TEST_F(HostLoopTest, model_time_starts_after_a_while_without_any_picture) {
  start();
  run_for(6.0);
  EXPECT_NEAR(model_ms(), 20, 2);
}

TEST_F(HostLoopTest, pause_step_run_and_speed_hold_for_every_session) {
  start_shown();
  viewer->say(RunControl{"pause"});
  run_for(1);
  EXPECT_EQ(model_ms(), 0);
  EXPECT_FALSE(viewer->run.running);
  viewer->say(RunControl{"step"});
  run_for(0.5);
  EXPECT_EQ(model_ms(), 0.5) << "one step of the solver";
  viewer->say(RunControl{"advance"});
  run_for(0.5);
  EXPECT_EQ(model_ms(), 1.5) << "one display batch";
  viewer->say(RunControl{"speed", 100});
  viewer->say(RunControl{"run"});
  run_for(1);
  EXPECT_NEAR(model_ms(), 101.5, 3);
}

TEST_F(HostLoopTest, a_run_until_a_time_pauses_at_that_step_and_not_at_the_end_of_a_batch) {
  start_shown();
  viewer->say(RunControl{"pause"});
  viewer->say(RunControl{"speed", 0});
  for (const double target : {3.5, 4.0, 20.0}) {
    viewer->say(RunControl{"until", target});
    run_for(1);
    EXPECT_EQ(model_ms(), target);
    EXPECT_FALSE(viewer->run.running);
    EXPECT_FALSE(viewer->run.until_ms);
  }
  viewer->say(RunControl{"until", 5});
  run_for(0.2);
  EXPECT_EQ(model_ms(), 20) << "that is over";
  EXPECT_THAT(viewer->statuses.back(), HasSubstr("needs a Reset first"));
  viewer->say(RunControl{"speed", 10});
  viewer->say(RunControl{"until", 40});
  run_for(0.5);
  EXPECT_TRUE(viewer->run.running);
  EXPECT_EQ(viewer->run.until_ms, 40);
  EXPECT_EQ(viewer->run.dt_ms, 0.5);
  viewer->say(RunControl{"until", std::nan("")});
  run_for(4);
  EXPECT_GT(model_ms(), 50) << "taken back";
}

TEST_F(HostLoopTest, a_model_that_fell_behind_does_not_race_to_catch_up) {
  start_shown();
  turn();
  clock.advance(100);
  run_for(1);
  EXPECT_LT(model_ms(), 30);
}

TEST_F(HostLoopTest, the_viewer_ends_with_the_values_of_the_session) {
  start_shown();
  run_for(1);
  viewer->say(RunControl{"pause"});
  run_for(0.2);
  EXPECT_EQ(viewer->store.snapshot(), loop->store().snapshot());
  EXPECT_EQ(viewer->store.find_field("segment_display")->values().number_at(1), 2 * model_ms());
}

TEST_F(HostLoopTest, a_viewer_that_does_not_acknowledge_gets_two_batches_and_the_rest_later_at_once) {
  start_shown();
  turn();
  viewer->acknowledge = false;
  const int before = viewer->batches;
  run_for(2);
  EXPECT_LE(viewer->batches - before, 2);
  EXPECT_GT(model_ms(), 30) << "the model does not wait";
  viewer->acknowledge = true;
  viewer->say(Ack{1000});
  viewer->say(RunControl{"pause"});
  run_for(0.2);
  EXPECT_EQ(viewer->store.snapshot(), loop->store().snapshot());
}

TEST_F(HostLoopTest, a_viewer_that_rests_gets_the_next_batch_when_it_has_use_for_it_with_all_samples) {
  start_shown();
  viewer->say(RunControl{"speed", 1000});
  turn();
  viewer->rest_s = 0.1;
  run_for(0.2);
  const int before = viewer->batches;
  run_for(2);
  EXPECT_NEAR(viewer->batches - before, 2 / 0.11, 2);
  viewer->rest_s = 0;
  run_for(0.3);
  const int between = viewer->batches;
  run_for(2);
  EXPECT_NEAR(viewer->batches - between, 2 / 0.02, 2) << "the least interval and a turn";
  viewer->say(RunControl{"pause"});
  run_for(0.2);
  EXPECT_EQ(viewer->store.snapshot(), loop->store().snapshot());
}

TEST_F(HostLoopTest, what_the_user_does_is_answered_at_once_whatever_the_viewer_rests) {
  start_shown();
  viewer->say(RunControl{"speed", 1000});
  turn();
  for (const double rest : {0.4, 1e9, std::nan("")}) {
    viewer->rest_s = rest;
    run_for(1);
    const int before = viewer->batches;
    const double amplitude = 1 + before % 9;
    viewer->say(ControlEvent{"amplitude", amplitude});
    turn(0.003);
    EXPECT_EQ(viewer->batches, before + 1) << rest;
    EXPECT_EQ(viewer->store.find_field("segment_display")->values().number_at(0), amplitude * model_ms()) << rest;
    const int after = viewer->batches;
    run_for(2);
    EXPECT_GE(viewer->batches - after, 3) << "half a second is the longest rest";
  }
}

TEST_F(HostLoopTest, a_slider_acts_and_of_a_run_of_its_changes_only_the_last_reaches_the_session) {
  struct Counting : ToySession {
    bool apply_control(std::string_view id, const Value& v) override {
      emit(Status{"set " + v.repr(), {}});
      return ToySession::apply_control(id, v);
    }
  };
  start<Counting>();
  turn();
  for (double v : {2.0, 3.0, 4.0}) viewer->say(ControlEvent{"amplitude", v});
  turn();
  EXPECT_THAT(viewer->statuses, testing::ElementsAre("set 4.0"));
  EXPECT_EQ(*loop->store().state().find("amplitude"), Value(4.0));
}

TEST_F(HostLoopTest, a_refused_control_goes_back_to_the_last_accepted_value) {
  start();
  turn();
  viewer->say(ControlEvent{"amplitude", 5.0});
  turn();
  viewer->say(ControlEvent{"amplitude", 500.0});
  turn();
  EXPECT_EQ(*viewer->store.state().find("amplitude"), Value(5.0));
  ASSERT_FALSE(viewer->statuses.empty());
  EXPECT_THAT(viewer->statuses.back(), HasSubstr("Amplitude stays at 5.0"));
}

struct Failing : ToySession {
  void advance() override {
    ToySession::advance();
    if (value(0) >= 3) throw std::runtime_error("singular matrix");
  }
};

TEST_F(HostLoopTest, an_exception_while_stepping_pauses_and_reset_goes_on) {
  start_shown<Failing>();
  run_for(2);
  ASSERT_EQ(viewer->failures.size(), 1u);
  EXPECT_EQ(viewer->failures[0].where, "advance");
  EXPECT_THAT(viewer->failures[0].message, HasSubstr("singular matrix"));
  EXPECT_TRUE(viewer->run.stopped);
  EXPECT_EQ(model_ms(), 3);
  viewer->say(RunControl{"reset"});
  run_for(0.1);
  EXPECT_FALSE(viewer->run.stopped);
  EXPECT_NEAR(model_ms(), 2, 1.1);
  EXPECT_EQ(loop->exit_status(), 1);
}

TEST_F(HostLoopTest, without_a_window_an_exception_ends_the_run) {
  settings.windowless = true;
  start_shown<Failing>();
  run_for(0.5);
  ASSERT_TRUE(viewer->finish);
  viewer->say(Finished{});
  turn();
  EXPECT_FALSE(loop->tick());
  EXPECT_EQ(loop->end(), HostLoop::End::failed);
  EXPECT_EQ(loop->exit_status(), 1);
}

TEST_F(HostLoopTest, an_exception_while_building_is_shown_and_can_be_tried_again) {
  static bool broken;
  broken = true;
  struct Fragile : ToySession {
    Fragile() {
      if (broken) throw std::runtime_error("no mechanism nax");
    }
  };
  start<Fragile>();
  turn();
  ASSERT_EQ(viewer->failures.size(), 1u);
  EXPECT_EQ(viewer->failures[0].where, "constructor");
  EXPECT_TRUE(viewer->failures[0].can_retry);
  EXPECT_FALSE(loop->session());
  broken = false;
  viewer->say(RunControl{"retry"});
  turn();
  turn();
  EXPECT_TRUE(loop->session());
  EXPECT_TRUE(viewer->store.has_scene());
}

TEST_F(HostLoopTest, messages_and_progress_of_a_long_start_go_out_before_it_is_over) {
  static FakeViewer* watcher;
  struct Slow : ToySession {
    Built build() override {
      link()->progress("Read morphology", "cell.swc");
      emit(Status{"still reading", {}});
      watcher->read();
      EXPECT_THAT(watcher->statuses, testing::ElementsAre("still reading"));
      EXPECT_EQ(watcher->progress.back().steps.back().name, "Read morphology");
      return ToySession::build();
    }
  };
  settings.log = [](const std::string&) {};
  loop = std::make_unique<HostLoop>([] { return std::make_unique<Slow>(); }, settings, clock);
  attach();
  watcher = viewer.get();
  turn();
  EXPECT_EQ(viewer->progress.back().steps.back().state, "done");
}

TEST_F(HostLoopTest, a_message_of_a_long_reaction_goes_out_before_it_is_over) {
  static FakeViewer* watcher;
  struct Slow : ToySession {
    bool apply_action(std::string_view, const Dict&) override {
      emit(Status{"compiling", {}});
      watcher->read();
      EXPECT_THAT(watcher->statuses, testing::ElementsAre("compiling"));
      return true;
    }
    std::vector<ActionSpec> action_specs() override { return {{.id = "compile", .label = "Compile"}}; }
  };
  start<Slow>();
  turn();
  watcher = viewer.get();
  viewer->say(FirstFrame{});
  turn();
  viewer->say(ActionEvent{"compile"});
  turn();
  EXPECT_EQ(viewer->statuses.size(), 1u);
}

TEST_F(HostLoopTest, a_session_learns_how_far_ahead_it_will_be_asked) {
  settings.quantum_s = 0;  // at full speed one batch per turn: this clock stands still meanwhile
  start_shown();
  turn();
  EXPECT_DOUBLE_EQ(loop->horizon_ms(), 20 * 0.02);
  viewer->say(RunControl{"speed", 500});
  turn();
  EXPECT_DOUBLE_EQ(loop->horizon_ms(), 10);
  viewer->say(RunControl{"speed", 0});
  turn();
  EXPECT_TRUE(std::isinf(loop->horizon_ms()));
  viewer->say(RunControl{"pause"});
  turn();
  EXPECT_EQ(loop->horizon_ms(), 0);
}

TEST_F(HostLoopTest, problems_are_reported_once_per_cause_and_only_errors_count) {
  struct Careless : ToySession {
    void advance() override {
      ToySession::advance();
      emit(FieldReplace{"gating", Array::scalar(1), {}, {}});
    }
  };
  start_shown<Careless>();
  run_for(1);
  EXPECT_EQ(loop->exit_status(), 0);
  EXPECT_EQ(std::count_if(log.begin(), log.end(), [](const auto& t) { return t.find("gating") != std::string::npos; }),
            1);
  EXPECT_GT(loop->problems().find("unknown field gating")->count, 5u);
  loop->emit(FieldReplace{"segment_display", Array::scalar(1), {}, {}});
  EXPECT_EQ(loop->exit_status(), 1);
}

TEST_F(HostLoopTest, a_session_with_a_pace_of_its_own_keeps_it) {
  struct Ticking : BufferedSession {
    int ticks = 0;
    std::optional<Scene> initialize() override { return Scene{}; }
    void advance() override { ++ticks; }
    void handle(const Command&) override {}
    std::optional<double> own_pace_s() override { return 0.1; }
  };
  start_shown<Ticking>();
  run_for(2);
  EXPECT_NEAR(static_cast<Ticking*>(loop->session())->ticks, 20, 2);
}

// Shows twice the value when asked for "double".
struct ChoiceSession : ToySession {
  std::vector<DisplayVariable> display_variables() override {
    return {{"v", "mV", "", Limits{-80, 50}}, {"double", "mV", "", {}}};
  }
  std::string initial_display_variable() override { return "v"; }
  VariableReader variable_reader(const std::string& name, bool) override {
    if (name != "double") return {};
    return [this](float* out) {
      for (std::int64_t i = 0; i < entities; ++i) out[i] = static_cast<float>(2 * value(i));
    };
  }
};

TEST_F(HostLoopTest, a_variable_chosen_in_the_viewer_is_shown_also_while_paused) {
  start_shown<ChoiceSession>();
  for (int i = 0; i < 20; ++i) turn();
  viewer->say(RunControl{"pause", 0});
  for (int i = 0; i < 3; ++i) turn();
  const double v = viewer->store.find_field("segment_display")->values().number_at(1);
  EXPECT_GT(v, 0);
  viewer->say(StateEvent{Dict{{"display_variable", "double"}, {"something_else", 1}}});
  for (int i = 0; i < 3; ++i) turn();
  const auto* shown = viewer->store.find_field("segment_display");
  EXPECT_EQ(shown->values().number_at(1), 2 * v);
  EXPECT_EQ(*shown->attrs().find("variable"), Value("double"));
  viewer->say(StateEvent{Dict{{"display_variable", "nothing of the kind"}}});
  for (int i = 0; i < 3; ++i) turn();
  EXPECT_EQ(*viewer->store.state().find("display_variable"), Value("double"));
  ASSERT_FALSE(viewer->statuses.empty());
  EXPECT_THAT(viewer->statuses.back(), HasSubstr("nothing of the kind"));
}

}  // namespace
}  // namespace cnv
