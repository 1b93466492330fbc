// The options of `compneurovis run` and of every C++ app, read in one place.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <optional>

#include "cnv/base/result.hpp"

namespace cnv {

// What a person asked for; `run_options_help()` tells each.
struct RunOptions {
  bool headless = false;                 // no window: Qt offscreen, picture by EGL
  std::optional<double> speed;           // ms of model time per s; 0: max
  std::optional<double> until_ms;        // stop at this model time
  std::optional<double> wall_s;          // stop after this long since the model runs
  std::string screenshot, report, dump;  // files (dump: folder) that the viewer writes at the end; empty: none
  std::string figure;                    // size of the plots and 3-D views in the dump; empty: as in the window
  std::string theme = "system";          // "light", "dark", "system"
  std::string viewer;                    // path of the viewer executable; empty: found
  std::optional<int> viewers;            // windows onto the one session; none: what the app says
  bool doctor = false;                   // says what a run finds here instead of running
  std::vector<std::string> rest;         // what the options do not name: the program's own arguments
};

// Reads `args` (without the program name). Unknown options are left in `rest` for the program. The Result's error is
// the text to print.
Result<RunOptions> parse_run_options(std::span<const std::string> args, bool stop_at_first_positional);
// The text of --help.
std::string run_options_help();

}  // namespace cnv
