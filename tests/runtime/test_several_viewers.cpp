// Several viewers of one session: each has a cursor of its own, what one user does is seen by all.
#include "runtime/host_fixture.hpp"

namespace cnv::test {
namespace {

struct SeveralViewersTest : HostLoopTest {
  std::unique_ptr<FakeViewer> second;

  void start_both() {
    start();
    viewer->say(FirstFrame{});
    attach_second();
  }
  void attach_second(std::string name = {}) {
    auto [ours, theirs] = transport::make_thread_channels();
    second = std::make_unique<FakeViewer>();
    second->channel = std::move(theirs);
    loop->add_viewer(std::move(ours), std::move(name));
    second->say(Hello{});
  }
  void run_both(double seconds) {
    for (double t = 0; t < seconds - 1e-9; t += 0.02) {
      turn();
      second->read();
    }
  }
  const StoredField& history(const FakeViewer& of) const { return *of.store.find_field("segment_history"); }
};

void expect_equal_scenes(const FakeViewer& a, const FakeViewer& b) {
  const Scene one = a.store.snapshot(), other = b.store.snapshot();
  EXPECT_EQ(one, other);
  EXPECT_EQ(a.store.state(), b.store.state());
}

TEST_F(SeveralViewersTest, one_that_comes_late_gets_the_scene_with_the_whole_history) {
  start();
  viewer->say(FirstFrame{});
  run_for(1.0);
  const auto samples = history(*viewer).extent(1);
  ASSERT_GT(samples, 20);
  attach_second();
  run_both(0.02);
  EXPECT_TRUE(second->welcomed);
  EXPECT_GE(history(*second).extent(1), samples);
  EXPECT_FLOAT_EQ(static_cast<float>(history(*second).coord_number(1, 0)), 0.0f) << "from the first sample on";
  viewer->say(RunControl{"pause"});
  run_both(0.06);
  expect_equal_scenes(*viewer, *second);
}

TEST_F(SeveralViewersTest, one_that_takes_nothing_does_not_hold_back_the_other_or_the_model) {
  start_both();
  run_both(0.2);
  second->acknowledge = false;
  run_both(0.1);  // two batches may still be on their way
  const int first_before = viewer->batches, second_before = second->batches;
  const double model_before = model_ms();
  run_both(1.0);
  EXPECT_NEAR(model_ms() - model_before, 20.0, 2.0) << "20 ms of model time per second";
  EXPECT_GT(viewer->batches - first_before, 10);
  EXPECT_LE(second->batches - second_before, 2);
  EXPECT_EQ(history(*viewer).extent(1), static_cast<std::int64_t>(model_ms() / 0.5 + 1.5))
      << "the first one has every sample";
  second->acknowledge = true;
  second->say(Ack{static_cast<std::uint64_t>(second->batches)});
  viewer->say(RunControl{"pause"});
  run_both(0.2);
  expect_equal_scenes(*viewer, *second);
}

TEST_F(SeveralViewersTest, what_one_user_does_is_seen_in_the_other_window) {
  start_both();
  run_both(0.1);
  second->say(ControlEvent{"amplitude", 2.5});
  second->say(EntityEvent{"s1@0.50000"});
  run_both(0.1);
  EXPECT_EQ(*viewer->store.state().find("amplitude"), Value(2.5));
  EXPECT_EQ(*viewer->store.state().find(selected_entity_key), Value("s1@0.50000"));
  EXPECT_EQ(dynamic_cast<ToySession*>(loop->session())->amplitude, 2.5);
  viewer->say(RunControl{"pause"});
  run_both(0.3);
  EXPECT_FALSE(second->run.running) << "the time bar of the other window shows it";
}

TEST_F(SeveralViewersTest, each_keeps_counters_of_its_own) {
  start_both();
  second->acknowledge = false;
  run_both(2.0);
  EXPECT_GT(viewer->counters.batches, 2u);
  EXPECT_LE(second->counters.batches, 2u);
  EXPECT_EQ(viewer->counters.superseded, 0u);
  EXPECT_EQ(viewer->counters.store_bytes, second->counters.store_bytes);
}

TEST_F(SeveralViewersTest, the_last_window_that_is_closed_ends_the_session) {
  start_both();
  run_both(0.1);
  second->say(Bye{});
  run_both(0.1);
  EXPECT_EQ(loop->end(), HostLoop::End::running);
  const double before = model_ms();
  run_for(0.5);
  EXPECT_GT(model_ms(), before);
  viewer->say(Bye{});
  while (loop->tick()) clock.advance(0.1);
  EXPECT_EQ(loop->end(), HostLoop::End::closed);
  EXPECT_EQ(loop->exit_status(), 0);
}

TEST_F(SeveralViewersTest, one_that_is_lost_is_started_again_beside_the_other) {
  std::unique_ptr<FakeViewer> again;
  std::vector<std::string> asked;
  settings.replace_viewer = [&](const std::string& name, const std::string&) {
    asked.push_back(name);
    auto [ours, theirs] = transport::make_thread_channels();
    again = std::make_unique<FakeViewer>();
    again->channel = std::move(theirs);
    return std::move(ours);
  };
  start();
  viewer->say(FirstFrame{});
  attach_second("viewer-2");
  run_both(0.5);
  second->channel.reset();
  for (int i = 0; i < 5; ++i) {
    turn();
    if (again) again->read();
  }
  EXPECT_EQ(asked, std::vector<std::string>{"viewer-2"});
  ASSERT_TRUE(again);
  EXPECT_EQ(history(*again).extent(1), history(*viewer).extent(1));
  EXPECT_EQ(loop->end(), HostLoop::End::running);
}

TEST_F(SeveralViewersTest, one_that_is_lost_for_good_leaves_the_other_alone) {
  settings.replace_viewer = [](const std::string&, const std::string&) { return nullptr; };
  start();
  viewer->say(FirstFrame{});
  attach_second("viewer-2");
  run_both(0.1);
  second->channel.reset();
  const double before = model_ms();
  run_for(0.5);
  EXPECT_EQ(loop->end(), HostLoop::End::running);
  EXPECT_GT(model_ms(), before);
  EXPECT_EQ(loop->exit_status(), 1) << "a lost viewer is an error all the same";
}

TEST_F(SeveralViewersTest, each_writes_files_of_its_own_name) {
  settings.until_ms = 4;
  settings.report = "/somewhere/report.json";
  settings.dump = "/somewhere/dump";
  start_both();
  for (int i = 0; i < 200 && !(viewer->finish && second->finish); ++i) run_both(0.02);
  ASSERT_TRUE(viewer->finish && second->finish);
  EXPECT_EQ(viewer->finish->report, "/somewhere/report.json");
  EXPECT_EQ(second->finish->report, "/somewhere/report-2.json");
  EXPECT_EQ(second->finish->dump, "/somewhere/dump-2");
  EXPECT_EQ(second->finish->screenshot, "");
}

struct Names {
  std::string screenshot, report, dump;
};

struct FileNamesTest : SeveralViewersTest, testing::WithParamInterface<std::pair<Names, Names>> {};

TEST_P(FileNamesTest, a_second_viewers_files_stand_beside_the_firsts) {
  const auto& [given, wanted] = GetParam();
  settings.until_ms = 4;
  settings.screenshot = given.screenshot;
  settings.report = given.report;
  settings.dump = given.dump;
  start_both();
  for (int i = 0; i < 200 && !(viewer->finish && second->finish); ++i) run_both(0.02);
  ASSERT_TRUE(viewer->finish && second->finish);
  EXPECT_EQ(viewer->finish->dump, given.dump);
  EXPECT_EQ(second->finish->screenshot, wanted.screenshot);
  EXPECT_EQ(second->finish->report, wanted.report);
  EXPECT_EQ(second->finish->dump, wanted.dump);
}

INSTANTIATE_TEST_SUITE_P(All, FileNamesTest,
                         testing::Values(std::pair{Names{"cell.png", "a/report.json", "out/"},
                                                   Names{"cell-2.png", "a/report-2.json", "out-2"}},
                                         std::pair{Names{"cell", "report/", "a/out//"},
                                                   Names{"cell-2", "report-2", "a/out-2"}},
                                         std::pair{Names{"a.b/cell.x.png", ".report", "run.1.5"},
                                                   Names{"a.b/cell.x-2.png", ".report-2", "run.1.5-2"}},
                                         std::pair{Names{"", "", "."}, Names{"", "", "./viewer-2"}},
                                         std::pair{Names{"", "", "../"}, Names{"", "", "../viewer-2"}},
                                         std::pair{Names{"", "", "/"}, Names{"", "", "/viewer-2"}}));

}  // namespace
}  // namespace cnv::test
