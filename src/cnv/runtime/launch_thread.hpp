// run_app inside one process: the window on the calling thread, the session on another. Used by launch.
#pragma once

#include "cnv/runtime/app_spec.hpp"
#include "cnv/runtime/host_settings.hpp"
#include "cnv/runtime/launch_hooks.hpp"
#include "cnv/runtime/run_options.hpp"

namespace cnv {

// `settings` without replace_viewer; its `interrupted` is asked on the calling thread. Throws ViewerError.
RunResult run_in_this_process(const AppSpec& app, const RunOptions& options, HostSettings settings,
                              const LaunchHooks& hooks);

}  // namespace cnv
