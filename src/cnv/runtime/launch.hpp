// run_app: starts the viewer, runs the session until the end, leaves no process behind.
#pragma once

#include "cnv/runtime/app_spec.hpp"
#include "cnv/runtime/host_loop.hpp"
#include "cnv/runtime/run_options.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv {

// The viewer could not be started, or was lost twice.
struct ViewerError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What a launch uses of its surroundings; tests and other languages replace parts of it.
struct LaunchHooks {
  std::function<bool()> interrupted;                     // Ctrl-C was pressed; none: SIGINT is caught while running
  std::function<void(const std::string&)> log;           // none: stderr
  transport::SpawnFunction spawn;                        // none: transport::spawn
  // Only where the session runs on a thread of its own. Called on that thread, must call `body` once; none: body alone.
  std::function<void(const std::function<void()>& body)> session_thread;
  // The same case: the session's thread still runs one second after Ctrl-C. Called on the main thread, perhaps repeatedly.
  std::function<void()> break_off;
};

struct RunResult {
  int exit_status = 0;
  HostLoop::End end = HostLoop::End::closed;
  std::optional<SessionFailure> failure;
};

// The session runs on the calling thread, the viewer in a process of its own. Where the system lets no process start, or
// COMPNEUROVIS_TRANSPORT is "thread", the window runs on the calling thread (it should be the main thread) and the session on
// another. Throws ViewerError; otherwise the exit status is 0 only without errors.
RunResult run_app(const AppSpec& app, const RunOptions& options, const std::string& program, const LaunchHooks& hooks = {});
// For main(): reads the options of `compneurovis run`, prints errors, returns the exit status.
int run_app(const AppSpec& app, int argc, char** argv);

// Path of the viewer executable: `given`, the environment's COMPNEUROVIS_VIEWER, beside or near this library or program.
// Empty when there is none; `tried` lists the places.
std::string find_viewer(const std::string& given, std::vector<std::string>* tried = nullptr);

}  // namespace cnv
