#include "cnv/transport/pipe/spawn.hpp"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace cnv::transport {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

SpawnError error_of(int number) { return {number, ::strerror(number)}; }

// A descriptor that is closed on exec and here.
struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

// A copy above the numbers that the child gives a meaning; dup2 onto itself would keep close-on-exec.
int copy_above(int descriptor) { return ::fcntl(descriptor, F_DUPFD_CLOEXEC, child_control + 1); }

struct ChildPlan {
  const char* executable;
  char** argv;
  char** envp;
  const char* folder;   // empty: none
  int socket, control;  // -1 or above child_control
  int problem;          // error numbers are written here; above child_control
  bool interruptible;
};

// A handler of the parent's must not run in the child, which shares its memory until exec.
void default_signals(bool interruptible) {
  struct sigaction action{};
  for (int number = 1; number < NSIG; ++number) {
    action.sa_handler = number == SIGINT && !interruptible ? SIG_IGN : SIG_DFL;
    ::sigaction(number, &action, nullptr);
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Runs in the child between vfork and exec: calls of the system only, nothing that allocates or locks.
[[noreturn]] void become(const ChildPlan& plan) {
  default_signals(plan.interruptible);
  close_by_exec();
  bool ready = true;
  if (plan.socket >= 0) ready = ::dup2(plan.socket, child_socket) >= 0;
  if (plan.control >= 0) ready = ::dup2(plan.control, child_control) >= 0 && ready;
  // Another folder is better than no start.
  if (*plan.folder) [[maybe_unused]]
    const int changed = ::chdir(plan.folder);
  if (ready) ::execve(plan.executable, plan.argv, plan.envp);
  const int number = errno;
  while (::write(plan.problem, &number, sizeof number) < 0 && errno == EINTR) {}
  ::_exit(127);
}

// vfork: nothing is copied, however large the model is, and the parent goes on when exec has succeeded or failed.
// Not inlined, so that no variable of the caller lives across the two returns.
[[gnu::noinline]] int start(const ChildPlan& plan) {
  const int pid = ::vfork();
  if (pid == 0) become(plan);
  return pid;
}

int start_with_signals_blocked(const ChildPlan& plan) {
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const int pid = start(plan);
  const int number = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = number;
  return pid;
}

// The error number that the child reported, 0 when its end of the pipe closed on exec.
int reported(int pipe_end) {
  int number = 0;
  ssize_t got = 0;
  while ((got = ::read(pipe_end, &number, sizeof number)) < 0 && errno == EINTR) {}
  return got == sizeof number ? number : 0;
}

}  // namespace

bool is_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

void close_by_exec() {
#ifdef SYS_close_range
  constexpr unsigned close_on_exec = 4;
  ::syscall(SYS_close_range, static_cast<unsigned>(child_socket), ~0U, close_on_exec);
#endif
}

Spawned spawn(const SpawnRequest& request) {
  std::vector<std::string> arguments{request.executable};
  arguments.insert(arguments.end(), request.arguments.begin(), request.arguments.end());
  std::vector<std::string> environment = request.environment;
  auto argv = pointers(arguments), envp = pointers(environment);

  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return error_of(errno);
  Descriptor read_end{ends[0]}, write_end{ends[1]};
  Descriptor problem{copy_above(write_end.number)}, socket{request.socket >= 0 ? copy_above(request.socket) : -1},
      control{request.control >= 0 ? copy_above(request.control) : -1};
  if (problem.number < 0 || (request.socket >= 0 && socket.number < 0) || (request.control >= 0 && control.number < 0))
    return error_of(errno);

  const int pid = start_with_signals_blocked({.executable = request.executable.c_str(),
                                              .argv = argv.data(),
                                              .envp = envp.data(),
                                              .folder = request.folder.c_str(),
                                              .socket = socket.number,
                                              .control = control.number,
                                              .problem = problem.number,
                                              .interruptible = request.interruptible});
  if (pid < 0) return error_of(errno);
  ::close(std::exchange(problem.number, -1));
  ::close(std::exchange(write_end.number, -1));
  ChildProcess child(pid);
  if (const int number = reported(read_end.number)) {
    child.wait(1.0);
    return error_of(number);
  }
  return child;
}

bool refused_by_system(const SpawnError& error, const std::string& executable) {
  if (error.number == EPERM || error.number == ENOSYS || error.number == EAGAIN) return true;
  return error.number == EACCES && ::access(executable.c_str(), X_OK) == 0;
}

}  // namespace cnv::transport
