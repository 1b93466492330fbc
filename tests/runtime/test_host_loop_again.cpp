// The program starts anew: what viewers are told of that, and how a host leaves them to the next process.
#include "runtime/host_fixture.hpp"

namespace cnv {
namespace {

using test::ToySession;
using testing::ElementsAre;
using testing::HasSubstr;

struct AgainTest : test::HostLoopTest {
  Restart restart{.files = {"/home/ada/cell.py"}, .command = {"/usr/bin/python3", "cell.py"}};
  std::string problem;
  static inline std::vector<std::string> calls;

  AgainTest() {
    calls.clear();
    settings.restart = [this] { return restart; };
    settings.restart_problem = [this] { return problem; };
  }
};

class Leaving : public ToySession {
 public:
  void shutdown() override { AgainTest::calls.push_back("shutdown"); }
};

TEST_F(AgainTest, a_viewer_is_told_how_the_program_starts_and_again_when_it_has_loaded_more) {
  start();
  turn();
  EXPECT_EQ(viewer->restarts, (std::vector{restart})) << "once: nothing changed while it was built";
  restart.files.push_back("/home/ada/channels.py");
  loop.reset();
  start();
  restart.files.push_back("/home/ada/synapses.py");
  turn();
  ASSERT_EQ(viewer->restarts.size(), 2u);
  EXPECT_THAT(viewer->restarts[0].files, ElementsAre("/home/ada/cell.py", "/home/ada/channels.py"));
  EXPECT_EQ(viewer->restarts[1], restart);
}

TEST_F(AgainTest, the_session_ends_and_the_window_stays) {
  settings.report = "r.json";
  start_shown<Leaving>();
  run_for(0.3);
  viewer->say(RunControl{"again"});
  turn();
  EXPECT_FALSE(loop->tick());
  EXPECT_EQ(loop->end(), HostLoop::End::again);
  EXPECT_THAT(calls, ElementsAre("shutdown"));
  viewer->read();
  EXPECT_EQ(viewer->channel->end(), transport::End::closed_by_peer);
  EXPECT_FALSE(viewer->closed) << "no Close: the window waits for the next process";
  EXPECT_FALSE(viewer->finish) << "files are written by the last run";
}

TEST_F(AgainTest, the_connection_ends_before_the_session_takes_its_time_to_end) {
  static test::FakeViewer* watcher;
  static bool open_at_shutdown;
  struct Saving : ToySession {
    void shutdown() override {
      watcher->read();
      open_at_shutdown = watcher->channel->end() == transport::End::open;
    }
  };
  start_shown<Saving>();
  watcher = viewer.get();
  viewer->say(RunControl{"again"});
  turn();
  EXPECT_FALSE(open_at_shutdown);
}

TEST_F(AgainTest, after_a_failed_build_too) {
  struct Broken : ToySession {
    Broken() { throw std::runtime_error("no mechanism nax"); }
  };
  start<Broken>();
  turn();
  ASSERT_EQ(viewer->failures.size(), 1u);
  viewer->say(RunControl{"again"});
  turn();
  EXPECT_EQ(loop->end(), HostLoop::End::again);
}

TEST_F(AgainTest, what_is_in_the_way_now_is_said_and_the_model_goes_on) {
  start_shown();
  problem = "It cannot be started again now: /opt/cell: No such file or directory.";
  viewer->say(RunControl{"again"});
  run_for(0.5);
  EXPECT_EQ(loop->end(), HostLoop::End::running);
  EXPECT_THAT(viewer->errors, ElementsAre(problem));
  EXPECT_GT(model_ms(), 5);
  problem.clear();
  viewer->say(RunControl{"again"});
  turn();
  EXPECT_EQ(loop->end(), HostLoop::End::again);
}

TEST_F(AgainTest, a_program_that_cannot_be_started_again_goes_on) {
  restart = {.why_not = "The model runs in a notebook."};
  start_shown();
  viewer->say(RunControl{"again"});
  run_for(0.3);
  EXPECT_EQ(loop->end(), HostLoop::End::running);
  EXPECT_THAT(viewer->restarts, ElementsAre(restart));
  EXPECT_THAT(viewer->errors, testing::IsEmpty());
}

TEST_F(AgainTest, all_windows_are_left_to_the_next_process) {
  start_shown();
  auto first = std::move(viewer);
  attach();
  turn();
  first->say(RunControl{"again"});
  turn();
  first->read();
  for (auto* one : {first.get(), viewer.get()}) {
    EXPECT_EQ(one->channel->end(), transport::End::closed_by_peer);
    EXPECT_FALSE(one->closed);
  }
}

}  // namespace
}  // namespace cnv
