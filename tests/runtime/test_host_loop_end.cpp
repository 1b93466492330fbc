// How a run ends: at its time, by the user, by a lost viewer.
#include <gmock/gmock.h>

#include "cnv/runtime/host_loop.hpp"
#include "runtime/host_fixture.hpp"

namespace cnv {
namespace {

using test::FakeViewer;
using test::HostLoopTest;
using test::ToySession;

TEST_F(HostLoopTest, a_run_to_a_time_stops_there_flushes_and_asks_for_the_files) {
  settings.windowless = true;
  settings.until_ms = 25;
  settings.report = "r.json";
  start_shown();
  for (int i = 0; i < 50 && !viewer->finish; ++i) turn();
  ASSERT_TRUE(viewer->finish);
  EXPECT_EQ(viewer->finish->report, "r.json");
  EXPECT_EQ(*viewer->finish->session.find("model_time_ms"), Value(25.0));
  EXPECT_EQ(viewer->store.snapshot(), loop->store().snapshot()) << "everything was sent before";
  viewer->say(Finished{});
  turn();
  EXPECT_TRUE(viewer->closed);
  EXPECT_FALSE(loop->tick());
  EXPECT_EQ(loop->exit_status(), 0);
}

TEST_F(HostLoopTest, a_viewer_of_another_version_ends_the_run_with_what_helps) {
  for (const Hello& hello : {Hello{.version = protocol_version + 1}, Hello{.viewer = "compneurovis-viewer 99.9"}}) {
    start();
    turn();
    viewer->say(hello);
    for (int i = 0; i < 5; ++i) turn();
    EXPECT_EQ(loop->end(), HostLoop::End::viewer_lost);
    EXPECT_THAT(loop->end_text(), testing::AllOf(testing::HasSubstr("version"), testing::HasSubstr("install")));
  }
  start();
  turn();
  viewer->say(Hello{.viewer = "another program 3"});
  turn();
  EXPECT_EQ(loop->end(), HostLoop::End::running) << "what is no viewer of ours has no version of ours";
}

TEST_F(HostLoopTest, closing_the_window_ends_the_session_with_shutdown) {
  static bool shut;
  shut = false;
  struct Closing : ToySession {
    void shutdown() override { shut = true; }
  };
  start<Closing>();
  turn();
  viewer->say(Bye{});
  turn();
  turn();
  ASSERT_TRUE(viewer->finish) << "a window that was closed still writes what was asked for";
  viewer->say(Finished{});
  turn();
  EXPECT_FALSE(loop->tick());
  EXPECT_TRUE(shut);
  EXPECT_EQ(loop->end(), HostLoop::End::closed);
  EXPECT_EQ(loop->exit_status(), 0);
}

TEST_F(HostLoopTest, a_lost_viewer_is_replaced_once_with_the_present_scene) {
  std::unique_ptr<FakeViewer> second;
  int asked = 0;
  settings.replace_viewer = [&](const std::string&, const std::string&) -> std::unique_ptr<transport::Channel> {
    if (++asked > 1) return nullptr;
    auto [a, b] = transport::make_thread_channels();
    second = std::make_unique<FakeViewer>();
    second->channel = std::move(b);
    return std::move(a);
  };
  start_shown();
  run_for(0.5);
  viewer->channel->close(0);
  turn();
  ASSERT_TRUE(second);
  viewer = std::move(second);
  run_for(0.5);
  EXPECT_TRUE(viewer->store.has_scene());
  EXPECT_GT(viewer->store.find_field("segment_history")->extent(1), 5);
  viewer->channel->close(0);
  turn();
  EXPECT_FALSE(loop->tick());
  EXPECT_EQ(loop->end(), HostLoop::End::viewer_lost);
}

TEST_F(HostLoopTest, bytes_that_are_no_message_are_reported_and_change_nothing) {
  start();
  turn();
  auto bytes = std::make_shared<std::string>("not a message");
  viewer->channel->send({4, {{bytes, reinterpret_cast<const std::byte*>(bytes->data()), bytes->size()}}});
  turn();
  EXPECT_TRUE(loop->session());
  EXPECT_EQ(loop->problems().find("bad message of viewer")->count, 1u);
}

TEST_F(HostLoopTest, ctrl_c_stops_between_batches) {
  bool pressed = false;
  settings.interrupted = [&] { return pressed; };
  start();
  turn();
  pressed = true;
  turn();
  viewer->say(Finished{});
  turn();
  EXPECT_FALSE(loop->tick());
  EXPECT_EQ(loop->end(), HostLoop::End::interrupted);
}

}  // namespace
}  // namespace cnv
