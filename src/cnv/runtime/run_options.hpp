// The options of `compneurovis run` and of every C++ app, read in one place.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <optional>

#include "cnv/base/result.hpp"

namespace cnv {

struct RunOptions {
  bool headless = false;             // no window: Qt offscreen, picture by EGL
  std::optional<double> speed;       // ms of model time per s; 0: max
  std::optional<double> until_ms;
  std::optional<double> wall_s;
  std::string screenshot, report, dump;
  std::string theme = "system";
  std::string viewer;                // path of the viewer executable; empty: found
  std::optional<int> viewers;        // windows onto the one session; none: what the app says
  std::vector<std::string> rest;     // what the options do not name: the program's own arguments
};

// Reads `args` (without the program name). Unknown options are left in `rest` for the program. The Result's error is the
// text to print.
Result<RunOptions> parse_run_options(std::span<const std::string> args, bool stop_at_first_positional);
std::string run_options_help();

}  // namespace cnv
