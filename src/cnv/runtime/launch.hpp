// run_app: starts the viewer, runs the session until the end, leaves no process behind.
#pragma once

#include "cnv/runtime/app_spec.hpp"
#include "cnv/runtime/find_viewer.hpp"
#include "cnv/runtime/launch_hooks.hpp"
#include "cnv/runtime/run_options.hpp"

namespace cnv {

// The session runs on the calling thread, the viewer in a process of its own. Where the system lets no process start,
// or COMPNEUROVIS_TRANSPORT is "thread", the window runs on the calling thread (it should be the main thread) and the
// session on another. Throws ViewerError; otherwise the exit status is 0 only without errors.
RunResult run_app(const AppSpec& app, const RunOptions& options, const std::string& program,
                  const LaunchHooks& hooks = {});
// For main(): reads the options of `compneurovis run`, prints errors, returns the exit status.
int run_app(const AppSpec& app, int argc, char** argv);

}  // namespace cnv
