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

// The points in the order of the file. A line ends with LF, CR LF or CR; a byte-order mark, empty lines, lines that
// start with #, and what follows the seventh column are skipped. Parent 0, where no point has the id 0, is that of a
// root, as some tracers write it. Fails with "<path>:<line>: <what is wrong>" for columns that are missing or not
// numbers, and with "<path>: …" for a file that is not text; whether the points form trees is not checked here.
Result<std::vector<SwcNode>> read_swc(const std::string& path);

// "<path>:<line>: <what>".
Error swc_error(const std::string& path, int line, const std::string& what);

}  // namespace cnv::io
