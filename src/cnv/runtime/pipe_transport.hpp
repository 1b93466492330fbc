// PipeTransport: runs a session in a worker for a program without a viewer: scripts, tests. One thread at a time.
#pragma once

#include <functional>
#include <memory>

#include "cnv/runtime/app_spec.hpp"

namespace cnv {

// How the worker runs.
struct PipeTransportOptions {
  double speed = 0;           // ms of model time per s, a factor of 20 on other paces; 0: as fast as it goes
  std::function<int()> fork;  // none: the system's; tests refuse it
};

class PipeTransport {
 public:
  // `make_session<T>()`, or a function that makes a session; it is called in the worker.
  explicit PipeTransport(SessionFactory source, PipeTransportOptions options = {});
  ~PipeTransport();  // stop()

  // The worker is a forked process: what the program has at this moment exists in both, and of its threads only this
  // one. Where the system lets no process start, the worker is a thread. Throws std::system_error when neither is to be
  // had.
  void start();
  // What arrived since the last call, in order; waits at most `timeout_s` for something. An exception of user code
  // comes as an ErrorReport with its text; after the worker has gone by itself there is one ErrorReport that says so.
  std::vector<Update> poll_updates(double timeout_s = 0);
  // Does not wait for what it brings about.
  void send_command(const Command& command);
  // StopSession; a worker that has not ended after one second is ended by force (a thread is left to end its present
  // step).
  void stop();
  // Pid of the worker; 0: none, or a thread.
  int pid() const;

 private:
  struct Worker;
  SessionFactory source_;
  PipeTransportOptions options_;
  std::unique_ptr<Worker> worker_;
};

}  // namespace cnv
