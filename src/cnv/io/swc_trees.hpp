// The points of an SWC file as trees: what tracers leave odd is mended and said, what makes no tree is an error. Used
// by every reader of morphologies; any thread.
#pragma once

#include <string>
#include <vector>

#include "cnv/io/swc.hpp"

namespace cnv::io {

struct SwcTrees {
  std::vector<SwcNode> nodes;         // each parent exists, or is negative; no id twice, no loop
  std::vector<std::string> warnings;  // "<path>:<line>: <what is odd, and how it is taken>"
};

// As read_swc, in the order of the file. A parent that does not exist, and a point that is its own parent, make a root;
// a radius of 0 stays. Each is a warning that names the first line and counts the others. Fails with
// "<path>:<line>: <what is wrong>" for an id that is used twice, a negative radius and points that hang on themselves,
// with "<path>: …" for a file without points.
Result<SwcTrees> read_swc_trees(const std::string& path);

// The nodes by ascending id, as NEURON's importer takes them; where a parent would still follow its child, parents
// first. A warning where that changes the order of the file.
void put_in_order(SwcTrees& trees, const std::string& path);

// A warning for each root after the first, which readers of one cell hang on the first point.
void warn_of_further_roots(SwcTrees& trees, const std::string& path, const std::string& advice);

}  // namespace cnv::io
