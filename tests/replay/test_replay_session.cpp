// Recordings through a host: pace, pause, step, seek, the end, and what does not fit.
#include "cnv/replay.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "runtime/host_fixture.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Array pair_of(double a, double b) { return Array::copy_of(std::vector{a, b}); }

// Frame k holds (k, 10 k).
Recording recording(int frames, bool loop = true, bool live = true) {
  Recording out{.field_id = "v", .live = live, .loop = loop};
  out.scene.fields.set("v", {"v", pair_of(-1, -1), {"x"}, {{"x", pair_of(0, 1)}}, "mV", {}});
  out.scene.views.set("plot", LinePlotViewSpec{.id = "plot", .title = "Potential", .field_id = "v"});
  out.scene.layout.title = "Recording";
  for (int k = 0; k < frames; ++k) out.frames.push_back({pair_of(k, 10.0 * k), {}});
  return out;
}

struct Replay : test::HostLoopTest {
  void play(Recording recording) {
    settings.log = [this](const std::string& text) { log.push_back(text); };
    AppSpec app = build_replay_app(std::move(recording));
    loop = std::make_unique<HostLoop>(app.session, settings, clock, app.scene);
    attach();
    viewer->say(FirstFrame{});
    loop->tick();
    loop->tick();
    viewer->read();
  }
  void say(const char* action, double value = 0) {
    viewer->say(RunControl{action, value});
    turn(0);
    turn(0);
  }
  double shown() { return viewer->store.find_field("v")->values().as<double>()[0]; }
  // What is shown after each of `count` periods of the pace at speed 1.
  std::vector<double> frames(int count, double period_s = ReplaySession::frame_s) {
    std::vector<double> out;
    for (int k = 0; k < count; ++k) {
      turn(period_s + 1e-6);
      turn(0);
      out.push_back(shown());
    }
    return out;
  }
};

TEST_F(Replay, plays_twenty_frames_per_second_and_begins_again) {
  play(recording(3));
  EXPECT_EQ(viewer->run.frame_count, 3);
  const double first = shown();
  EXPECT_THAT(frames(6), ElementsAre(first + 1, 2, 0, 1, 2, 0));
  const auto steps = loop->steps();
  run_for(1);
  EXPECT_NEAR(static_cast<double>(loop->steps() - steps), 20, 1);
}

TEST_F(Replay, the_field_says_the_range_of_all_its_frames) {
  auto with_gap = recording(4);
  with_gap.frames[1].values = pair_of(std::nan(""), -3);
  play(std::move(with_gap));
  const auto* range = viewer->store.find_field("v")->attrs().find(value_range_attr);
  ASSERT_NE(range, nullptr);
  EXPECT_EQ(*range, Value(List{-3.0, 30.0}));
}

TEST_F(Replay, speed_scales_the_pace) {
  play(recording(1000));
  say("speed", 60);
  const auto steps = loop->steps();
  for (int k = 0; k < 1200; ++k) turn(1.0 / 1200);
  EXPECT_NEAR(static_cast<double>(loop->steps() - steps), 60, 2);
  say("speed", 5);
  const auto slow = loop->steps();
  run_for(2);
  EXPECT_NEAR(static_cast<double>(loop->steps() - slow), 10, 1);
}

TEST_F(Replay, paused_it_stands_steps_and_seeks) {
  play(recording(10));
  say("pause");
  say("seek", 4);
  EXPECT_EQ(shown(), 4);
  EXPECT_EQ(viewer->run.frame, 4);
  EXPECT_THAT(frames(3), ElementsAre(4, 4, 4));
  say("step");
  EXPECT_EQ(shown(), 5);
  say("seek", 9);
  say("step");
  EXPECT_EQ(shown(), 0) << "after the last frame comes the first";
  say("run");
  EXPECT_THAT(frames(2), ElementsAre(testing::AnyOf(1.0, 2.0), testing::AnyOf(2.0, 3.0)));
}

TEST_F(Replay, seek_out_of_range_goes_to_the_nearest_and_nonsense_nowhere) {
  play(recording(10));
  say("pause");
  say("seek", 1e300);
  EXPECT_EQ(shown(), 9);
  say("seek", -5);
  EXPECT_EQ(shown(), 0);
  say("seek", 3.9);
  EXPECT_EQ(shown(), 3);
  say("seek", std::nan(""));
  EXPECT_EQ(shown(), 3);
  EXPECT_THAT(log, IsEmpty());
}

TEST_F(Replay, reset_shows_the_first_frame_at_once) {
  play(recording(10));
  say("pause");
  say("seek", 7);
  say("reset");
  EXPECT_EQ(shown(), 0);
  say("step");
  EXPECT_EQ(shown(), 0) << "the next advance shows it again";
  say("step");
  EXPECT_EQ(shown(), 1);
}

TEST_F(Replay, without_loop_it_stops_at_the_last_frame_and_run_begins_again) {
  play(recording(3, false));
  frames(5);
  EXPECT_EQ(shown(), 2);
  EXPECT_FALSE(viewer->run.running);
  EXPECT_FALSE(viewer->run.live);
  say("step");
  EXPECT_EQ(shown(), 2) << "there is no next frame";
  say("seek", 0);
  EXPECT_EQ(shown(), 0);
  say("run");
  frames(5);
  EXPECT_EQ(shown(), 2);
  say("run");
  EXPECT_LT(shown(), 2);
  EXPECT_TRUE(viewer->run.running);
}

TEST_F(Replay, a_recording_that_rests_is_stepped_and_sought) {
  play(recording(5, true, false));
  EXPECT_THAT(frames(3), ElementsAre(-1, -1, -1)) << "the scene's own values";
  say("step");
  EXPECT_EQ(shown(), 1);
  say("seek", 3);
  EXPECT_EQ(shown(), 3);
  say("step");
  say("step");
  EXPECT_EQ(shown(), 4);
}

TEST_F(Replay, coordinates_of_a_frame_come_with_it) {
  Recording wanted = recording(1);
  wanted.frames.push_back({pair_of(5, 6), Coords{{"x", pair_of(100, 200)}}});
  play(std::move(wanted));
  say("pause");
  say("seek", 1);
  EXPECT_EQ(viewer->store.find_field("v")->snapshot().coord("x").as<double>()[1], 200);
  say("seek", 0);
  EXPECT_EQ(viewer->store.find_field("v")->snapshot().coord("x").as<double>()[1], 200)
      << "a frame without coordinates keeps them";
}

TEST_F(Replay, without_frames_it_shows_the_scene) {
  play(recording(0));
  EXPECT_THAT(frames(2), ElementsAre(-1, -1));
  say("seek", 3);
  say("step");
  say("reset");
  EXPECT_EQ(shown(), -1);
  EXPECT_EQ(viewer->run.frame_count, 0);
  EXPECT_THAT(log, IsEmpty());
}

TEST_F(Replay, a_frame_of_another_shape_is_told_and_the_others_play) {
  Recording wanted = recording(2);
  wanted.frames.push_back({Array::copy_of(std::vector{1.0, 2.0, 3.0}), {}});
  play(std::move(wanted));
  frames(6);
  EXPECT_THAT(viewer->errors, testing::Contains(HasSubstr("'v'")));
  EXPECT_LT(shown(), 2);
}

TEST(Recording, what_cannot_be_played_is_refused_with_its_place) {
  Recording unknown = recording(2);
  unknown.field_id = "u";
  EXPECT_THROW(build_replay_app(unknown), KeyError);
  Recording flat = recording(2);
  flat.frames.push_back({Array::copy_of(std::vector{1.0, 2.0}, {1, 2}), {}});
  try {
    build_replay_app(flat);
    FAIL() << "frame 2 has two dimensions";
  } catch (const ValueError& e) {
    EXPECT_THAT(e.what(), HasSubstr("frame 2 of field 'v'"));
  }
}

TEST(Recording, the_app_has_a_reset_action_once_and_makes_new_sessions) {
  Recording own = recording(2);
  own.scene.actions.set("reset", ActionSpec{.id = "reset", .label = "From the start"});
  EXPECT_EQ(build_replay_app(own).scene->actions.find("reset")->label, "From the start");
  const AppSpec app = build_replay_app(recording(2));
  EXPECT_THAT(app.scene->actions.find("reset")->shortcuts, ElementsAre("Space"));
  EXPECT_EQ(app.title, "Recording");
  EXPECT_NE(app.session(), app.session());
}

}  // namespace
}  // namespace cnv
