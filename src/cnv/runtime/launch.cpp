#include "cnv/runtime/launch.hpp"

#include <dlfcn.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv {
namespace {

namespace fs = std::filesystem;

// Set by the handler below; there is one run at a time that catches SIGINT.
volatile sig_atomic_t interrupt_seen = 0;
void on_interrupt(int) { interrupt_seen = 1; }

// Catches SIGINT while it lives.
class InterruptScope {
 public:
  InterruptScope() {
    interrupt_seen = 0;
    struct sigaction action{};
    action.sa_handler = on_interrupt;
    ::sigaction(SIGINT, &action, &before_);
  }
  ~InterruptScope() { ::sigaction(SIGINT, &before_, nullptr); }

 private:
  struct sigaction before_{};
};

fs::path folder_of_this_library() {
  Dl_info info{};
  if (!::dladdr(reinterpret_cast<const void*>(&on_interrupt), &info) || !info.dli_fname) return {};
  std::error_code ignored;
  return fs::weakly_canonical(info.dli_fname, ignored).parent_path();
}

std::string no_viewer_text(const std::vector<std::string>& tried) {
  std::string text = "the viewer executable compneurovis-viewer was not found. Looked at:";
  for (const auto& place : tried) text += "\n  " + place;
  return text + "\nBuild it (./run build), or name it with --viewer or COMPNEUROVIS_VIEWER.";
}

// The running viewer of one run_app call.
class ViewerProcess {
 public:
  ViewerProcess(const RunOptions& options) : options_(options) {}
  ~ViewerProcess() { stop(0.5); }

  std::unique_ptr<transport::Channel> start() {
    try {
      return start_process();
    } catch (const ViewerError&) {
      throw;
    } catch (const std::exception& e) {
      throw ViewerError(std::string("the viewer could not be started: ") + e.what());
    }
  }

  // How the last viewer ended; empty when none was started.
  std::string stop(double seconds) {
    if (!child_) return {};
    const std::string text = child_->stop(seconds);
    child_.reset();
    return text;
  }

 private:
  std::unique_ptr<transport::Channel> start_process() {
    std::vector<std::string> tried;
    const std::string path = find_viewer(options_.viewer, &tried);
    if (path.empty()) throw ViewerError(no_viewer_text(tried));
    auto ends = transport::make_socket_pair();
    transport::SpawnRequest request{path, {}, transport::viewer_environment(transport::current_environment()), ends.theirs};
    if (options_.headless) request.arguments.push_back("--headless");
    auto spawned = transport::spawn(request);
    ::close(ends.theirs);
    if (const auto* error = std::get_if<transport::SpawnError>(&spawned)) {
      ::close(ends.ours);
      throw ViewerError("the viewer " + path + " could not be started: " + error->text + (error->number == EACCES ? ". Is it executable (chmod +x)?" : ""));
    }
    child_ = std::get<transport::ChildProcess>(spawned);
    return transport::make_pipe_channel(ends.ours);
  }

  const RunOptions& options_;
  std::optional<transport::ChildProcess> child_;
};

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
          .dump = options.dump};
}

void print_error(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

}  // namespace

std::string find_viewer(const std::string& given, std::vector<std::string>* tried) {
  std::vector<fs::path> places;
  const char* named = std::getenv("COMPNEUROVIS_VIEWER");
  if (!given.empty()) places = {given};
  else if (named && *named) places = {named};
  else {
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    const fs::path library = folder_of_this_library();
    for (const auto& base : {library, program})
      for (const char* near : {"", "bin", "../bin", "../../bin", "../libexec"}) places.push_back((base / near / "compneurovis-viewer").lexically_normal());
#ifdef CNV_BUILT_VIEWER
    places.emplace_back(CNV_BUILT_VIEWER);
#endif
  }
  for (const auto& place : places) {
    std::error_code ignored;
    if (tried) tried->push_back(place.string());
    if (fs::is_regular_file(place, ignored)) return place.string();
  }
  return {};
}

RunResult run_app(const AppSpec& app, const RunOptions& options, const std::string& program, const LaunchHooks& hooks) {
  SteadyClock clock;
  HostSettings settings = settings_from(app, options, program);
  ViewerProcess viewer(options);
  const auto start = [&] { return hooks.start_viewer ? hooks.start_viewer(options) : viewer.start(); };
  bool replaced = false;
  settings.log = hooks.log ? hooks.log : print_error;
  std::optional<InterruptScope> interrupts;
  settings.interrupted = hooks.interrupted;
  if (!hooks.interrupted) {
    interrupts.emplace();
    settings.interrupted = [] { return interrupt_seen != 0; };
  }
  settings.replace_viewer = [&](const std::string& reason) -> std::unique_ptr<transport::Channel> {
    const std::string status = viewer.stop(1.0);
    const std::string how = status.empty() ? reason : status;
    if (replaced) {
      settings.log("The viewer ended again (" + how + ").");
      return nullptr;
    }
    replaced = true;
    settings.log("The viewer ended (" + how + "); it is started once more.");
    try {
      return start();
    } catch (const ViewerError& e) {
      settings.log(e.what());
      return nullptr;
    }
  };
  // Before the session: the window shows how the model is built.
  auto channel = start();
  HostLoop loop(app.session, settings, clock, app.scene, app.interaction_target.get());
  loop.add_viewer(std::move(channel));
  loop.run();
  viewer.stop(1.5);
  if (loop.end() == HostLoop::End::viewer_lost) throw ViewerError(loop.end_text());
  return {loop.exit_status(), loop.end(), loop.failure()};
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
  try {
    const auto result = run_app(app, *options, fs::path(argc > 0 ? argv[0] : "app").filename().string());
    return result.end == HostLoop::End::interrupted ? 130 : result.exit_status;
  } catch (const ViewerError& e) {
    print_error(e.what());
    return 1;
  }
}

}  // namespace cnv
