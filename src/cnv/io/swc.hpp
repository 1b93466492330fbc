// The rows of SWC files, without any simulator. Used by the backends and by readers of morphologies; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cnv/base/result.hpp"

namespace cnv::io {

// One point of a traced cell, µm. `line` counts from 1.
struct SwcNode {
  std::int64_t id = 0;                     // of the point in its file
  int type = 0;                            // 1 soma, 2 axon, 3 dendrite, 4 apical dendrite
  double x = 0, y = 0, z = 0, radius = 0;  // µm
  std::int64_t parent = -1;                // negative: a root
  int line = 0;                            // of the file
};

// How many columns a line may have.
enum class SwcColumns {
  seven,        // exactly seven
  first_seven,  // what follows the seventh, such as a comment, is ignored
};

// The points in the order of the file. Empty lines and lines that start with # are skipped. Fails with "<path>:<line>:
// <what is wrong>" for columns that are missing or not numbers; whether the points form trees is not checked here.
Result<std::vector<SwcNode>> read_swc(const std::string& path, SwcColumns columns = SwcColumns::first_seven);

// "<path>:<line>: <what>".
Error swc_error(const std::string& path, int line, const std::string& what);

}  // namespace cnv::io
