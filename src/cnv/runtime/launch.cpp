#include "cnv/runtime/launch.hpp"

#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "cnv/base/numbers.hpp"
#include "cnv/runtime/doctor.hpp"
#include "cnv/runtime/launch_again.hpp"
#include "cnv/runtime/launch_process.hpp"
#include "cnv/runtime/launch_thread.hpp"

namespace cnv {
namespace {

namespace fs = std::filesystem;

// Set by the handlers below; there is one run at a time that catches signals.
volatile sig_atomic_t interrupt_seen = 0, files_wanted = 0;
void on_interrupt(int) { interrupt_seen = 1; }
void on_files_wanted(int) { files_wanted = 1; }

// Catches a signal while it lives.
class SignalScope {
 public:
  SignalScope(int number, void (*handler)(int), int flags = 0) : number_(number) {
    struct sigaction action{};
    action.sa_handler = handler;
    action.sa_flags = flags;
    ::sigaction(number_, &action, &before_);
  }
  ~SignalScope() { ::sigaction(number_, &before_, nullptr); }
  SignalScope(const SignalScope&) = delete;
  SignalScope& operator=(const SignalScope&) = delete;

 private:
  int number_;
  struct sigaction before_{};
};

// A program that uses the signal itself keeps it.
bool signal_is_free(int number) {
  struct sigaction present{};
  return ::sigaction(number, nullptr, &present) == 0 && !(present.sa_flags & SA_SIGINFO) &&
         present.sa_handler == SIG_DFL;
}

bool take_files_wanted() {
  const bool wanted = files_wanted != 0;
  if (wanted) files_wanted = 0;
  return wanted;
}

HostSettings settings_from(const AppSpec& app, const RunOptions& options, const std::string& program) {
  return {.title = app.title,
          .program = program,
          .theme = options.theme,
          .speed = options.speed,
          .windowless = options.headless,
          .until_ms = options.until_ms,
          .wall_s = options.wall_s,
          .screenshot = options.screenshot,
          .report = options.report,
          .dump = options.dump,
          .figure = options.figure};
}

void print_error(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

bool thread_is_wanted() {
  const char* named = std::getenv("COMPNEUROVIS_TRANSPORT");
  const std::string wish = named ? named : "";
  if (!wish.empty() && wish != "process" && wish != "thread")
    throw ViewerError("COMPNEUROVIS_TRANSPORT is '" + wish + "': expected process or thread");
  return wish == "thread";
}

int viewer_count(const AppSpec& app, const RunOptions& options) { return options.viewers.value_or(app.viewers); }

std::string viewer_name(int number) { return "viewer-" + plain_text(number); }

// When a run is over no viewer can have the program started again, unless that is what ended it.
struct DisarmScope {
  bool keep = false;
  DisarmScope() = default;
  DisarmScope(const DisarmScope&) = delete;
  DisarmScope& operator=(const DisarmScope&) = delete;
  ~DisarmScope() {
    if (!keep) disarm_restart();
  }
};

// All viewers are started before the session, so that the windows show how the model is built. StartRefused: of the
// first one.
RunResult run_beside_processes(const AppSpec& app, const RunOptions& options, HostSettings settings,
                               const LaunchHooks& hooks) {
  ViewerProcesses viewers(options, hooks.spawn, settings.log, take_handed());
  const Restart restart = hooks.restart ? hooks.restart() : Restart{};
  if (hooks.restart && restart.why_not.empty()) {
    settings.restart_problem = [&] { return restart_problem(restart); };
    viewers.on_change = [&] { arm_restart(restart, viewers.windows()); };
  }
  DisarmScope disarm;
  settings.replace_viewer = [&](const std::string& name, const std::string& reason) {
    return viewers.replace(name, reason);
  };
  std::vector<std::unique_ptr<transport::Channel>> channels;
  for (int number = 1; number <= viewer_count(app, options); ++number)
    channels.push_back(viewers.start(viewer_name(number)));
  viewers.dismiss_others();
  SteadyClock clock;
  if (channels.size() > 1)
    for (std::size_t i = 0; i < channels.size(); ++i) settings.windows.push_back(viewer_name(static_cast<int>(i) + 1));
  HostLoop loop(app.session, settings, clock, app.scene, app.interaction_target.get());
  for (std::size_t i = 0; i < channels.size(); ++i)
    loop.add_viewer(std::move(channels[i]), viewer_name(static_cast<int>(i) + 1));
  loop.run();
  if (loop.end() == HostLoop::End::again) {
    disarm.keep = true;
    viewers.let_go();
    return {0, loop.end(), loop.failure()};
  }
  viewers.stop(1.5);
  if (loop.end() == HostLoop::End::viewer_lost)
    throw ViewerError(viewers.last_words().empty() ? loop.end_text() : viewers.last_words());
  return {loop.exit_status(), loop.end(), loop.failure()};
}

int say_findings(const AppSpec& app, const RunOptions& options) {
  std::vector<Finding> findings{{"compneurovis", "C++, version " CNV_VERSION, {}}};
  const auto add = [&](const std::vector<Finding>& more) { findings.insert(findings.end(), more.begin(), more.end()); };
  add(examine_system());
  if (app.examine) add(app.examine());
  add(examine_viewer(options.viewer));
  std::fputs(findings_text(findings).c_str(), stdout);
  return is_well(findings) ? 0 : 1;
}

}  // namespace

RunResult run_app(const AppSpec& app, const RunOptions& options, const std::string& program, const LaunchHooks& hooks) {
  HostSettings settings = settings_from(app, options, program);
  settings.log = hooks.log ? hooks.log : print_error;
  settings.on_figures = hooks.on_figures;
  std::optional<SignalScope> interrupts, file_requests;
  settings.interrupted = hooks.interrupted;
  settings.restart = hooks.restart;
  if (!hooks.restart)
    settings.restart = [] { return Restart{.why_not = "The program does not say how it was started."}; };
  if (!hooks.interrupted) {
    interrupt_seen = 0;
    interrupts.emplace(SIGINT, on_interrupt);
    settings.interrupted = [] { return interrupt_seen != 0; };
  }
  if (signal_is_free(SIGUSR1)) {
    files_wanted = 0;
    file_requests.emplace(SIGUSR1, on_files_wanted, SA_RESTART);
    settings.files_wanted = take_files_wanted;
  }
  const auto run_here = [&] {
    for (const auto& window : take_handed()) transport::dismiss(window);
    settings.restart = [] {
      return Restart{.why_not = "The window is inside the model's own process, which a new start would end."};
    };
    if (viewer_count(app, options) > 1)
      settings.log("Inside one process there is one window, not " + plain_text(viewer_count(app, options)) + ".");
    return run_in_this_process(app, options, std::move(settings), hooks);
  };
  if (thread_is_wanted()) return run_here();
  try {
    return run_beside_processes(app, options, settings, hooks);
  } catch (const WindowsClosed&) {
    return {};
  } catch (const StartRefused& refused) {
    settings.log(
        std::string(refused.what()) +
        ".\nThe system lets this program start no process: the window runs in this process, the session on a thread.");
    return run_here();
  }
}

int run_app(const AppSpec& app, int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  for (const auto& arg : args)
    if (arg == "--help" || arg == "-h") {
      std::printf("%s [options]\n%s", argc > 0 ? argv[0] : "app", run_options_help().c_str());
      return 0;
    }
  auto options = parse_run_options(args, false);
  if (!options) {
    print_error(options.error());
    return 2;
  }
  if (!options->rest.empty()) {
    print_error("unknown argument '" + options->rest.front() + "'; --help lists the options");
    return 2;
  }
  if (options->doctor) return say_findings(app, *options);
  try {
    const auto result = run_app(app, *options, fs::path(argc > 0 ? argv[0] : "app").filename().string(),
                                {.restart = [&] { return started_with(argc, argv); }});
    if (result.end == HostLoop::End::again) {
      print_error(start_again());
      return 1;
    }
    return result.end == HostLoop::End::interrupted ? 130 : result.exit_status;
  } catch (const ViewerError& e) {
    print_error(e.what());
    return 1;
  }
}

}  // namespace cnv
