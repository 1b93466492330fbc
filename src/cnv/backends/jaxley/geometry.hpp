// The shape of a Jaxley network as a scene carries it, from plain columns. Called once when a session starts; pure
// functions, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "cnv/core/geometry.hpp"

namespace cnv::jaxley {

// The table of compartments: columns of n rows in any order. NaN stands for what is not known.
struct Compartments {
  std::span<const double> length, radius;                  // µm
  std::span<const double> x, y, z;                         // µm: centres
  std::span<const std::int64_t> cell, branch, comp;        // indices within the network
  std::span<const std::int64_t> local_branch, local_comp;  // within the cell, within the branch; empty: counted

  std::size_t size() const { return comp.size(); }
};

// Branch polylines by the index of the branch in the network.
struct Polylines {
  std::span<const double> points;         // (m, 4): x, y, z, radius in µm, one branch after the other
  std::span<const std::int64_t> ends;     // of each branch: the row after its last point; branches beyond have none
  std::span<const std::int64_t> parents;  // branch that each one continues, -1: root; empty: found by equal end points
};

// One entity per compartment, by ascending `comp`, named "<cell>_branch_<local branch>@<x>"; pieces follow the
// polylines. Cells without a name (or beyond the names) are called cell_<i>; equal ids carry "#2", "#3", ….
//
// Radii and lengths are those of the polyline, at least 1e-6 µm; where its radii are unknown those of the table.
// Straight branches with unknown radii are Jaxley's own layout: they are drawn as long as their compartments are.
// Branches without extent are centred on their point, as long as their compartments and, at a root, along z. Cells
// without a traced branch that start at the same point are set beside each other.
//
// Throws ValueError when there are no compartments, or columns differ in length.
MorphologyGeometry build_geometry(const Compartments& compartments, const Polylines& polylines,
                                  std::span<const std::string> cell_names);

}  // namespace cnv::jaxley
