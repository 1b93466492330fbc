#include "cnv/runtime/launch_thread.hpp"

#include <dlfcn.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <mutex>
#include <thread>

#include "cnv/base/bundled_library.hpp"
#include "cnv/runtime/find_viewer.hpp"
#include "cnv/runtime/launch_process.hpp"
#include "cnv/runtime/viewer_library.hpp"
#include "cnv/transport/thread/thread_channel.hpp"

namespace cnv {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double break_off_after_s = 1.0;
constexpr double turn_s = 0.05;

// Stays open until the process ends: Qt keeps threads and tables of its own.
const ViewerLibrary& open_viewer_library(const std::string& viewer) {
  const fs::path executable = require_viewer(viewer);
  std::error_code ignored;
  const std::string path = (fs::weakly_canonical(executable, ignored).parent_path() / viewer_library_file).string();
  void* library = open_bundled(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library)
    throw ViewerError("the viewer's library, which would show the window in this process, cannot be opened: " +
                      std::string(::dlerror()));
  const auto function = reinterpret_cast<ViewerLibraryFunction>(::dlsym(library, viewer_library_symbol));
  if (!function) throw ViewerError(path + " is not the viewer's library: it has no " + viewer_library_symbol);
  const auto& found = *function();
  if (const std::string problem = other_version_problem(found.version, path); !problem.empty())
    throw ViewerError(problem);
  return found;
}

// The host loop on a thread of its own.
class SessionThread {
 public:
  SessionThread(const AppSpec& app, HostSettings settings, const LaunchHooks& hooks,
                std::unique_ptr<transport::Channel> channel)
      : hooks_(hooks), asked_(std::move(settings.interrupted)) {
    settings.interrupted = [this] { return interrupted_.load(); };
    thread_ = std::thread([this, &app, settings = std::move(settings), channel = std::move(channel)]() mutable {
      body(app, std::move(settings), std::move(channel));
    });
  }
  ~SessionThread() {
    if (thread_.joinable()) thread_.join();
  }

  // On the calling thread, often: passes Ctrl-C on.
  void turn() {
    const auto now = Clock::now();
    if (!interrupted_ && asked_ && asked_()) {
      interrupted_ = true;
      break_off_at_ = now + std::chrono::duration_cast<Clock::duration>(Seconds(break_off_after_s));
    }
    if (!interrupted_ || now < break_off_at_ || over_ || !hooks_.break_off) return;
    break_off_at_ = now + std::chrono::duration_cast<Clock::duration>(Seconds(break_off_after_s));
    hooks_.break_off();
  }

  // Waits for the end of the session, which may be in a long step.
  RunResult join() {
    while (!over_) {
      turn();
      std::unique_lock lock(mutex_);
      ended_.wait_for(lock, Seconds(turn_s), [this] { return over_.load(); });
    }
    thread_.join();
    if (problem_) std::rethrow_exception(problem_);
    return result_;
  }
  const std::string& end_text() const { return end_text_; }

 private:
  void body(const AppSpec& app, HostSettings settings, std::unique_ptr<transport::Channel> channel) {
    const auto drive = [&] {
      SteadyClock clock;
      HostLoop loop(app.session, std::move(settings), clock, app.scene, app.interaction_target.get());
      loop.add_viewer(std::move(channel));
      loop.run();
      result_ = {loop.exit_status(), loop.end(), loop.failure()};
      end_text_ = loop.end_text();
    };
    try {
      if (hooks_.session_thread) hooks_.session_thread(drive);
      else drive();
    } catch (...) {
      problem_ = std::current_exception();
    }
    channel.reset();
    std::lock_guard lock(mutex_);
    over_ = true;
    ended_.notify_all();
  }

  const LaunchHooks& hooks_;
  std::function<bool()> asked_;
  std::atomic<bool> interrupted_{false}, over_{false};
  Clock::time_point break_off_at_;
  RunResult result_;
  std::string end_text_;
  std::exception_ptr problem_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::thread thread_;
};

}  // namespace

RunResult run_in_this_process(const AppSpec& app, const RunOptions& options, HostSettings settings,
                              const LaunchHooks& hooks) {
  const auto& viewer = open_viewer_library(options.viewer);
  if (viewer.prepare(options.headless) != 0) throw ViewerError(no_display_text());
  auto [ours, theirs] = transport::make_thread_channels();
  SessionThread session(app, std::move(settings), hooks, std::move(ours));
  ViewerRun run{.channel = std::move(theirs), .headless = options.headless, .own_process = false, .turn = [&] {
                  session.turn();
                }};
  viewer.run(run);
  run.channel.reset();
  const RunResult result = session.join();
  if (result.end == HostLoop::End::viewer_lost) throw ViewerError(session.end_text());
  return result;
}

}  // namespace cnv
