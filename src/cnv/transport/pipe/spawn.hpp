// Starting another process: the viewer, or the model's program anew, with sockets as fixed descriptors. Used by launch
// and by the viewer; any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cnv::transport {

// Exit status of a viewer that could not open a window: starting it again would not help.
inline constexpr int no_display_status = 12;

// The descriptors under which a started program finds its connection, and the socket over which it gets or gives
// another one (handover.hpp).
inline constexpr int child_socket = 3, child_control = 4;

// Whether this process was started with it.
bool is_socket(int descriptor);

struct SpawnRequest {
  std::string executable;                // a path; PATH is not searched
  std::vector<std::string> arguments;    // without the program name
  std::vector<std::string> environment;  // "NAME=value"
  int socket = -1;                       // becomes child_socket, stays open here; -1: none
  int control = -1;                      // becomes child_control, stays open here; -1: none
  std::string folder;                    // working directory; empty, or gone: that of this process
  bool interruptible = false;            // Ctrl-C in the terminal is for the child too
};

// A started process. Copies are handles to the same process; when the last one goes, a process that still runs is
// ended. One thread at a time.
class ChildProcess {
 public:
  explicit ChildProcess(int pid);
  int pid() const;
  // How it ended: "exit status 3", "killed by signal 11 (Segmentation fault)"; none while it runs.
  std::optional<std::string> poll();
  // The same after waiting for the end, at most `seconds`.
  std::optional<std::string> wait(double seconds);
  // SIGTERM, after at most `grace_s` SIGKILL. Returns how it ended.
  std::string terminate(double grace_s);
  // Waits at most `seconds`, then terminate(1.0).
  std::string stop(double seconds);
  // From now on it may outlive this handle.
  void let_go();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// Why there was no start: the error number of the system (ENOENT, EACCES, EPERM, EAGAIN, ENOSYS …) and its text.
struct SpawnError {
  int number = 0;
  std::string text;
};
using Spawned = std::variant<ChildProcess, SpawnError>;
// For callers that take the start as a parameter, so that tests can refuse it.
using SpawnFunction = std::function<Spawned(const SpawnRequest&)>;

// Returns when the executable has been loaded, or could not be. The child gets descriptors 0, 1, 2, child_socket and
// child_control and nothing else; all signals at their defaults but SIGINT, which it ignores unless it is to be
// interruptible: Ctrl-C in the terminal is for the program that started it. The child stays in the terminal's process
// group, so that stopping or hanging up the terminal's job covers both. PR_SET_PDEATHSIG is deliberately not used: it
// fires when the *thread* that spawned ends, not the process. A child notices the end of its parent at its socket.
Spawned spawn(const SpawnRequest& request);

// From now on an exec closes all descriptors but 0, 1 and 2: those of the user's program and its libraries are no
// business of the next one. One call of the system; best effort on old kernels.
void close_by_exec();

// True when the system does not let processes start at all (a sandbox, a process limit), rather than this executable
// being missing or unfit.
bool refused_by_system(const SpawnError& error, const std::string& executable);

std::vector<std::string> current_environment();
// Edits of "NAME=value" lists.
std::vector<std::string> with_variable(std::vector<std::string> environment, const std::string& name,
                                       const std::string& value);
std::vector<std::string> without_variable(std::vector<std::string> environment, const std::string& name);
// `environment` without what Python packages set for their own Qt and libraries: Qt's plugin, font and QML paths, and
// entries of LD_LIBRARY_PATH inside site-packages or dist-packages.
std::vector<std::string> viewer_environment(const std::vector<std::string>& environment);

}  // namespace cnv::transport
