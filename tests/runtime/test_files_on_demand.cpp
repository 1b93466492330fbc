// Files of a run while it goes on, and the end of an app that has a scene and no session.
#include "runtime/host_fixture.hpp"

namespace cnv::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

struct FilesOnDemandTest : HostLoopTest {
  int wanted = 0;

  void start_with_report() {
    settings.report = "r.json";
    settings.files_wanted = [this] { return wanted > 0 && wanted-- > 0; };
    start();
    viewer->say(FirstFrame{});
    run_for(0.2);
  }
  // What the viewer was asked for since the last call.
  std::optional<Finish> asked() { return std::exchange(viewer->finish, std::nullopt); }
};

TEST_F(FilesOnDemandTest, are_asked_for_without_an_end_of_the_run) {
  start_with_report();
  EXPECT_FALSE(asked());
  wanted = 1;
  turn();
  const auto first = asked();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->report, "r.json");
  EXPECT_FALSE(first->close);
  EXPECT_EQ(*first->session.find("running"), Value(true));
  EXPECT_EQ(*first->session.find("speed"), Value(20.0));
  const double before = model_ms();
  viewer->say(Finished{});
  run_for(0.2);
  EXPECT_GT(model_ms(), before) << "the model goes on";
  EXPECT_FALSE(asked()) << "once for each request";

  viewer->say(Bye{});
  for (int i = 0; i < 5 && !viewer->finish; ++i) turn();
  ASSERT_TRUE(viewer->finish);
  EXPECT_TRUE(viewer->finish->close);
  viewer->say(Finished{});
  turn();
  EXPECT_FALSE(loop->tick());
  EXPECT_EQ(loop->exit_status(), 0);
}

TEST_F(FilesOnDemandTest, an_answer_on_its_way_is_not_taken_for_the_last_one) {
  start_with_report();
  wanted = 1;
  turn();
  viewer->say(Bye{});
  for (int i = 0; i < 5 && !(viewer->finish && viewer->finish->close); ++i) turn();
  viewer->say(Finished{});  // of the first request
  turn();
  EXPECT_TRUE(loop->tick());
  EXPECT_FALSE(viewer->closed);
  viewer->say(Finished{});
  turn();
  EXPECT_FALSE(loop->tick());
}

TEST_F(FilesOnDemandTest, what_cannot_be_written_is_told_once_and_the_model_goes_on) {
  start_with_report();
  for (int i = 0; i < 2; ++i) {
    wanted = 1;
    turn();
    viewer->say(Finished{"cannot write r.json: no room"});
    turn();
  }
  EXPECT_THAT(log, Contains(HasSubstr("no room")).Times(1));
  EXPECT_EQ(loop->end(), HostLoop::End::running);
  EXPECT_EQ(loop->exit_status(), 1);
}

TEST_F(FilesOnDemandTest, without_names_of_files_nothing_is_asked_for) {
  settings.files_wanted = [] { return true; };
  start();
  run_for(0.1);
  EXPECT_FALSE(asked());
}

struct SceneAloneTest : HostLoopTest {
  void start_scene() {
    loop = std::make_unique<HostLoop>(SessionFactory(), settings, clock, Scene{});
    attach();
  }
};

TEST_F(SceneAloneTest, ends_without_a_window_once_its_picture_is_painted) {
  settings.windowless = true;
  settings.report = "r.json";
  start_scene();
  run_for(1.0);
  EXPECT_FALSE(viewer->finish) << "nothing was painted yet";
  viewer->say(FirstFrame{});
  for (int i = 0; i < 5 && !viewer->finish; ++i) turn();
  ASSERT_TRUE(viewer->finish);
  viewer->say(Finished{});
  turn();
  EXPECT_FALSE(loop->tick());
  EXPECT_EQ(loop->end(), HostLoop::End::until_reached);
  EXPECT_EQ(loop->exit_status(), 0);
}

TEST_F(SceneAloneTest, ends_even_if_it_has_nothing_to_paint) {
  settings.windowless = true;
  start_scene();
  run_for(settings.first_frame_timeout_s + 0.1);
  EXPECT_TRUE(viewer->finish);
}

TEST_F(SceneAloneTest, stays_in_a_window_until_that_is_closed) {
  start_scene();
  viewer->say(FirstFrame{});
  run_for(10);
  EXPECT_EQ(loop->end(), HostLoop::End::running);
  EXPECT_FALSE(viewer->run.live || viewer->run.running) << "there is no model";
  viewer->say(Bye{});
  for (int i = 0; i < 5 && !viewer->finish; ++i) turn();
  EXPECT_EQ(loop->end(), HostLoop::End::closed);
}

}  // namespace
}  // namespace cnv::test
