// One branch cut into what is drawn of its compartments. Used by geometry.cpp.
#pragma once

#include "cnv/backends/jaxley/branch.hpp"

namespace cnv::jaxley {

struct BranchShape {
  std::vector<Piece> pieces;        // `entity` counts the branch's compartments in the table
  std::vector<Cylinder> cylinders;  // one per compartment in the table

  Vector3 start() const { return pieces.front().start; }
  Vector3 end() const { return pieces.back().end; }
};

// Along the path, in parts of equal arc length. The branch has extent.
BranchShape cut_path(const Branch& branch);
// Straight from `start` along the unit vector `axis`, each compartment as long and wide as in the table.
BranchShape cut_straight(const Branch& branch, const Vector3& start, const Vector3& axis);
// Through the centres in the table, which every compartment has.
BranchShape cut_through_centres(const Branch& branch);

}  // namespace cnv::jaxley
