// run_app inside one process: the system lets no process start, or COMPNEUROVIS_TRANSPORT asks for it.
#include "cnv/runtime/launch.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "runtime/toy_session.hpp"

namespace cnv {
namespace {

using testing::HasSubstr;

constexpr auto patience = std::chrono::seconds(60);  // a bound on failure, not a wait

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

std::thread::id session_thread;
class Toy : public test::ToySession {
 protected:
  Built build() override {
    session_thread = std::this_thread::get_id();
    return ToySession::build();
  }
};

class Failing : public test::ToySession {
 protected:
  void step() override { throw std::runtime_error("the solver diverged"); }
};

// One step that lasts until it is broken off.
struct Gate {
  std::mutex mutex;
  std::condition_variable signal;
  bool in_step = false, open = false;

  void set(bool& flag) {
    std::lock_guard lock(mutex);
    flag = true;
    signal.notify_all();
  }
  bool wait(const bool& flag) {
    std::unique_lock lock(mutex);
    return signal.wait_for(lock, patience, [&] { return flag; });
  }
  bool is(const bool& flag) {
    std::lock_guard lock(mutex);
    return flag;
  }
};
Gate* gate = nullptr;
class Long : public test::ToySession {
 public:
  void shutdown() override { ended = true; }
  static inline bool ended = false;

 protected:
  void step() override {
    gate->set(gate->in_step);
    gate->wait(gate->open);
    throw Interrupted();
  }
};

struct LaunchTest : testing::Test {
  std::vector<std::string> log;
  std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / ("launch-" + std::to_string(::getpid()));
  RunOptions options{.headless = true, .until_ms = 20, .wall_s = 50, .report = (folder / "report.json").string()};
  LaunchHooks hooks{
      .log = [this](const std::string& text) { log.push_back(text); },
      .spawn = [](const transport::SpawnRequest&) { return transport::SpawnError{EPERM, "Operation not permitted"}; }};

  LaunchTest() { std::filesystem::create_directories(folder); }
  ~LaunchTest() override {
    ::unsetenv("COMPNEUROVIS_TRANSPORT");
    std::filesystem::remove_all(folder);
  }
  template <class S>
  RunResult run() {
    return run_app(AppSpec{.session = make_session<S>()}, options, "test", hooks);
  }
};

TEST_F(LaunchTest, without_processes_the_viewer_runs_here_and_the_session_on_a_thread) {
  bool hooked = false;
  hooks.session_thread = [&](const std::function<void()>& body) {
    hooked = std::this_thread::get_id() != std::thread::id();
    body();
  };
  const auto main_thread = std::this_thread::get_id();
  const auto result = run<Toy>();
  EXPECT_EQ(result.exit_status, 0);
  EXPECT_EQ(result.end, HostLoop::End::until_reached);
  EXPECT_TRUE(hooked);
  EXPECT_NE(session_thread, main_thread);
  EXPECT_THAT(log, testing::Contains(HasSubstr("Operation not permitted")));
  EXPECT_THAT(log, testing::Contains(HasSubstr("the session on a thread")));
  EXPECT_THAT(text_of(options.report), HasSubstr("\"steps\": 40")) << "the viewer in this process wrote the report";
}

TEST_F(LaunchTest, the_same_is_had_by_asking_for_it) {
  ::setenv("COMPNEUROVIS_TRANSPORT", "thread", 1);
  hooks.spawn = [](const transport::SpawnRequest&) -> transport::Spawned {
    throw std::logic_error("a process was started");
  };
  EXPECT_EQ(run<Toy>().exit_status, 0);
  ::setenv("COMPNEUROVIS_TRANSPORT", "pigeon", 1);
  EXPECT_THROW(run<Toy>(), ViewerError);
}

TEST_F(LaunchTest, one_process_has_one_window_and_says_so) {
  options.viewers = 2;
  EXPECT_EQ(run<Toy>().exit_status, 0);
  EXPECT_THAT(log, testing::Contains(HasSubstr("one window, not 2")));
}

TEST_F(LaunchTest, several_viewers_are_started_and_each_writes_its_files) {
  options.viewers = 2;
  hooks.spawn = nullptr;
  EXPECT_EQ(run<Toy>().exit_status, 0);
  for (const char* name : {"report.json", "report-2.json"})
    EXPECT_THAT(text_of(folder / name), HasSubstr("\"steps\": 40")) << name;
}

TEST_F(LaunchTest, an_exception_of_the_session_ends_the_run_with_a_failure) {
  const auto result = run<Failing>();
  EXPECT_EQ(result.exit_status, 1);
  EXPECT_EQ(result.end, HostLoop::End::failed);
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->message, "the solver diverged");
  EXPECT_THAT(log, testing::Contains(HasSubstr("the solver diverged")));
}

TEST_F(LaunchTest, ctrl_c_in_a_long_step_is_passed_on_until_the_step_gives_way) {
  Gate here;
  gate = &here;
  Long::ended = false;
  int times = 0;
  hooks.interrupted = [&] { return here.is(here.in_step); };
  hooks.break_off = [&] {
    if (++times == 2) here.set(here.open);  // the first was not heard
  };
  const auto result = run<Long>();
  EXPECT_EQ(result.end, HostLoop::End::interrupted);
  EXPECT_EQ(times, 2);
  EXPECT_TRUE(Long::ended);
  gate = nullptr;
}

TEST_F(LaunchTest, a_viewer_that_is_missing_or_not_executable_is_an_error_and_no_refusal) {
  options.viewer = (folder / "compneurovis-viewer").string();
  try {
    run<Toy>();
    FAIL() << "a viewer that is not there was started";
  } catch (const ViewerError& e) {
    EXPECT_THAT(e.what(), HasSubstr(options.viewer));
  }
  std::ofstream(options.viewer) << "no program";
  hooks.spawn = [](const transport::SpawnRequest&) { return transport::SpawnError{EACCES, "Permission denied"}; };
  try {
    run<Toy>();
    FAIL() << "a file that is no program was started";
  } catch (const ViewerError& e) {
    EXPECT_THAT(e.what(), HasSubstr("chmod +x"));
  }
  ::chmod(options.viewer.c_str(), 0755);
  try {
    run<Toy>();
    FAIL() << "a folder without the viewer's library was taken";
  } catch (const ViewerError& e) {
    EXPECT_THAT(e.what(), HasSubstr("libcompneurovis-viewer.so"));
  }
}

}  // namespace
}  // namespace cnv
