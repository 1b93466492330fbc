// Traced cells cut into unbranched pieces of one type, ready to become sections. Plain data, no simulator; any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "cnv/io/swc.hpp"

namespace cnv::io {

struct SwcBranch {
  struct Point {
    std::array<double, 3> position{};  // µm
    double diam = 0;                   // µm, twice the radius of the file
  };
  std::string name;           // "soma[0]", "dendrite[3]"; see swc_branches
  std::int64_t root_id = 0;   // of its tree
  int parent = -1;            // index of the branch that this one's start hangs on, always smaller; -1: none
  double parent_x = 1;        // where on it: 0, 0.5 or 1
  std::vector<Point> points;  // at least 2, outwards from the parent
  // Where on the parent it begins, if its own points start at a distance: then the gap has no membrane.
  std::optional<std::array<double, 3>> start_on_parent;
};

// Cuts the trees of a file where they branch and where the type changes; each child of a root starts a branch of its
// own. Trees stand in the order of their roots in the file, a parent before its children. Every edge of the file is an
// edge of exactly one branch, and branches are joined where the file joins them: at the far end of the parent, or, at a
// root, at the near end of the root's first branch.
// - A root of type soma without further soma points is a sphere: a branch of three points, two radii long, along x.
//   So is a root without children, of any type.
// - A dendrite or axon that leaves a sphere, or the inside of a soma, starts with its own first point.
// - Where it leaves the end of a soma it starts at the soma's point, but with its own diameter.
// - A branch whose points all coincide becomes a stub, two radii long, along +x.
// Names are <label>[<n>], n counting over the whole file; labels soma, axon, dendrite, apical, else sec; "<basename>_"
// comes in front unless basename is empty. Ids may stand in any order. The points are those of trees, as read_swc_trees
// gives them.
std::vector<SwcBranch> swc_branches(const std::vector<SwcNode>& nodes, const std::string& basename = {});

}  // namespace cnv::io
