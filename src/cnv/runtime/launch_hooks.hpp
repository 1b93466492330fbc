// What a launch uses of its surroundings, and what comes of it. Used by run_app and by each way to run; any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cnv/runtime/host_loop.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv {

// Parts of a launch that tests and other languages replace.
struct LaunchHooks {
  std::function<bool()> interrupted;                   // Ctrl-C was pressed; none: SIGINT is caught while running
  std::function<void(const std::string&)> log;         // none: stderr
  std::function<void(const Dict& report)> on_figures;  // see HostSettings; none: nobody asks
  transport::SpawnFunction spawn;                      // none: transport::spawn
  // How the program is started anew (see launch_again.hpp), asked now and then. None: it cannot be.
  std::function<Restart()> restart;
  // Only where the session runs on a thread of its own. Called on that thread, must call `body` once; none: body alone.
  std::function<void(const std::function<void()>& body)> session_thread;
  // The same case: the session's thread still runs one second after Ctrl-C. Called on the main thread, perhaps
  // repeatedly.
  std::function<void()> break_off;
};

// How a run ended. After End::again the caller starts the program anew, with start_again() or start_again_at_exit().
struct RunResult {
  int exit_status = 0;                        // 0 only without errors
  HostLoop::End end = HostLoop::End::closed;  // why
  std::optional<SessionFailure> failure;      // the last exception of user code
};

}  // namespace cnv
