// The table of compartments grouped into branches. Used by geometry.cpp.
#pragma once

#include <optional>
#include <vector>

#include "cnv/backends/jaxley/geometry.hpp"
#include "cnv/backends/shape/cut.hpp"
#include "cnv/backends/shape/entities.hpp"

namespace cnv::jaxley {

using namespace shape;

constexpr double least_extent = 1e-6;  // µm: what has no length or radius is drawn this small

struct Compartment {
  std::int64_t comp = 0;   // within the network
  std::int64_t local = 0;  // within the branch
  double length = 0, radius = 0;
  std::optional<Vector3> centre;
};

struct Branch {
  std::int64_t index = 0;  // within the network
  std::int64_t cell = 0;
  std::int64_t local = 0;                 // within the cell
  std::vector<Compartment> compartments;  // those in the table, in order
  std::int64_t compartment_count = 0;     // of the whole branch
  std::vector<PathPoint> path;            // empty: not known
  bool traced = false;                    // the path has radii
  int parent = -1;                        // position in the list of branches

  bool has_extent() const { return path.size() > 1 && path.back().arc > 0; }
  double length() const;
};

// In the order of their compartments; each parent is one of the list, and following parents ends at a root.
std::vector<Branch> group_branches(const Compartments& compartments, const Polylines& polylines);

}  // namespace cnv::jaxley
