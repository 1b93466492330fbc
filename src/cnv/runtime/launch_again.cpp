#include "cnv/runtime/launch_again.hpp"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "cnv/base/file_stamp.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv {
namespace {

namespace fs = std::filesystem;
using transport::Handed;

constexpr int busy_tries = 100;  // a linker that still writes the executable
constexpr timespec busy_wait{0, 50'000'000};

// All that a start needs, ready for a handler of a signal, which must not allocate.
struct Plan {
  std::vector<std::string> arguments, environment;
  std::string folder;
  std::vector<char*> argv, envp;
  std::vector<int> controls;

  void point() {
    for (auto* list : {&arguments, &environment}) {
      auto& out = list == &arguments ? argv : envp;
      out.clear();
      for (auto& text : *list) out.push_back(text.data());
      out.push_back(nullptr);
    }
  }
};

std::atomic<const Plan*> armed{nullptr};

// Returns only on failure. Calls of the system only.
int become(const Plan& plan) {
  transport::close_by_exec();
  for (const int control : plan.controls) ::fcntl(control, F_SETFD, 0);
  if (!plan.folder.empty()) [[maybe_unused]]
    const int changed = ::chdir(plan.folder.c_str());
  sigset_t none, before;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, &before);
  ::execve(plan.argv[0], plan.argv.data(), plan.envp.data());
  const int number = errno;
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  for (const int control : plan.controls) ::fcntl(control, F_SETFD, FD_CLOEXEC);
  return number;
}

void on_signal(int) {
  const int number = errno;
  if (const Plan* plan = armed.load()) become(*plan);
  errno = number;
}

void take_signal() {
  struct sigaction present{}, action{};
  ::sigaction(transport::again_signal, nullptr, &present);
  if ((present.sa_flags & SA_SIGINFO) || (present.sa_handler != SIG_DFL && present.sa_handler != on_signal)) return;
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  ::sigaction(transport::again_signal, &action, nullptr);
}

// Both stay as long as the process: the handler may be at work with the one before.
void arm(std::unique_ptr<Plan> plan) {
  static auto& kept = *new std::vector<std::unique_ptr<Plan>>;
  plan->point();
  kept.push_back(std::move(plan));
  armed = kept.back().get();
}

// /proc/self/cmdline.
std::vector<std::string> own_arguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> out;
  for (std::string one; std::getline(file, one, '\0');) out.push_back(one);
  return out;
}

std::string own_executable() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).string();
}

// How the process began. Windows that were left to it are held, also while the program still loads: a viewer can have
// the start repeated from here on.
struct Start {
  std::vector<std::string> environment =
      transport::without_variable(transport::current_environment(), transport::handed_variable);
  std::string folder, executable = own_executable();
  std::vector<std::int64_t> stamp = file_stamp(executable).numbers();
  std::vector<Handed> windows;

  Start() {
    std::error_code ignored;
    folder = fs::current_path(ignored).string();
    const char* left = std::getenv(transport::handed_variable);
    if (!left) return;
    windows = transport::handed_from(left);
    auto plan = std::make_unique<Plan>(
        Plan{.arguments = own_arguments(), .environment = transport::current_environment(), .folder = folder});
    ::unsetenv(transport::handed_variable);
    std::erase_if(windows, [](const Handed& window) { return ::fcntl(window.control, F_SETFD, FD_CLOEXEC) != 0; });
    for (const auto& window : windows) plan->controls.push_back(window.control);
    // The command of a start begins with the path of the executable.
    if (windows.empty() || plan->arguments.empty()) return;
    arm(std::move(plan));
    take_signal();
    for (const auto& window : windows) transport::tell_started(window.control);
  }
};

Start& start() {
  static Start it;
  return it;
}
[[maybe_unused]] const Start& at_load = start();

// As a shell finds it: a name with a "/" by the folder, any other one as the system did.
std::string path_of(const std::string& name) {
  return name.find('/') == name.npos ? start().executable
                                     : (fs::path(start().folder) / name).lexically_normal().string();
}

}  // namespace

Restart started_with(std::string program, std::span<const std::string> arguments, std::vector<std::string> files,
                     std::vector<std::int64_t> stamps) {
  Restart out{.files = std::move(files),
              .stamps = std::move(stamps),
              .environment = start().environment,
              .folder = start().folder};
  out.command.push_back(program.empty() ? start().executable : std::move(program));
  out.command.insert(out.command.end(), arguments.begin(), arguments.end());
  if (out.command.front().empty()) out.why_not = "The system does not tell where this program's file is.";
  return out;
}

Restart started_with(int argc, char** argv) {
  if (argc < 1) return {.why_not = "The program was started without a name."};
  const std::string path = path_of(argv[0]);
  return started_with(path, std::vector<std::string>(argv + 1, argv + argc), {path}, start().stamp);
}

std::string restart_problem(const Restart& restart) {
  if (!restart.why_not.empty()) return restart.why_not;
  const std::string& path = restart.command.front();
  if (::access(path.c_str(), X_OK) == 0) return {};
  return "It cannot be started again now: " + path + ": " + ::strerror(errno) + ". The model goes on as it is.";
}

std::vector<Handed> take_handed() { return std::exchange(start().windows, {}); }

bool has_handed_windows() { return !start().windows.empty(); }

void arm_restart(const Restart& restart, const std::vector<Handed>& windows) {
  auto plan =
      std::make_unique<Plan>(Plan{.arguments = restart.command,
                                  .environment = transport::with_variable(
                                      restart.environment, transport::handed_variable, transport::handed_text(windows)),
                                  .folder = restart.folder});
  for (const auto& window : windows) plan->controls.push_back(window.control);
  arm(std::move(plan));
  take_signal();
}

void disarm_restart() { armed = nullptr; }

std::string start_again() {
  const Plan* plan = armed;
  if (!plan) return "The program cannot be started again: nobody has said how.";
  std::fflush(nullptr);
  int number = become(*plan);
  for (int i = 0; number == ETXTBSY && i < busy_tries; ++i) {
    ::nanosleep(&busy_wait, nullptr);
    number = become(*plan);
  }
  return "The program cannot be started again: " + plan->arguments.front() + ": " + ::strerror(number);
}

void start_again_at_exit() {
  [[maybe_unused]] static const int registered =
      std::atexit([] { std::fprintf(stderr, "%s\n", start_again().c_str()); });
}

}  // namespace cnv
