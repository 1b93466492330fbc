#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <thread>

#include "cnv/base/numbers.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv::transport {
namespace {

using Clock = std::chrono::steady_clock;

std::string end_of(int status) {
  if (WIFEXITED(status)) return "exit status " + plain_text(WEXITSTATUS(status));
  if (WIFSIGNALED(status))
    return "killed by signal " + plain_text(WTERMSIG(status)) + " (" + ::strsignal(WTERMSIG(status)) + ")";
  return "ended in an unknown way";
}

// A descriptor that becomes readable when the process ends; -1 where the system has none.
int watch(int pid) {
#ifdef SYS_pidfd_open
  return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
#else
  (void)pid;
  return -1;
#endif
}

}  // namespace

struct ChildProcess::State {
  explicit State(int pid) : pid(pid), watcher(watch(pid)) {}
  ~State() {
    if (!let_go && !look()) terminate(0.2);
    if (watcher >= 0) ::close(watcher);
  }

  // Takes the status of an ended process; true when it has ended.
  bool look() {
    if (end) return true;
    int status = 0;
    const int got = ::waitpid(pid, &status, WNOHANG);
    if (got == pid) end = end_of(status);
    else if (got < 0 && errno == ECHILD) end = "ended (its status was taken by other code of this program)";
    return end.has_value();
  }

  bool wait(double seconds) {
    const auto until = Clock::now() + std::chrono::duration<double>(std::clamp(seconds, 0.0, 1e6));
    while (!look()) {
      const double left_ms = std::chrono::duration<double, std::milli>(until - Clock::now()).count();
      if (left_ms <= 0) return false;
      pollfd wanted{watcher, POLLIN, 0};
      if (watcher >= 0) ::poll(&wanted, 1, static_cast<int>(std::ceil(left_ms)));
      else std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(std::min(left_ms, 5.0)));
    }
    return true;
  }

  const std::string& terminate(double grace_s) {
    if (look()) return *end;
    ::kill(pid, SIGTERM);
    ::kill(pid, SIGCONT);  // a stopped process could not obey
    if (wait(grace_s)) return *end;
    ::kill(pid, SIGKILL);
    // Only a process that hangs inside the system outlives this; it is given up rather than waited for.
    if (!wait(2.0)) end = "does not end, even by SIGKILL";
    return *end;
  }

  const int pid, watcher;
  bool let_go = false;
  std::optional<std::string> end;
};

ChildProcess::ChildProcess(int pid) : state_(std::make_shared<State>(pid)) {}
int ChildProcess::pid() const { return state_->pid; }

std::optional<std::string> ChildProcess::poll() {
  state_->look();
  return state_->end;
}

std::optional<std::string> ChildProcess::wait(double seconds) {
  state_->wait(seconds);
  return state_->end;
}

std::string ChildProcess::terminate(double grace_s) { return state_->terminate(grace_s); }

void ChildProcess::let_go() { state_->let_go = true; }

std::string ChildProcess::stop(double seconds) { return state_->wait(seconds) ? *state_->end : terminate(1.0); }

}  // namespace cnv::transport
