// Where branches lie. Used by geometry.cpp.
#pragma once

#include "cnv/backends/jaxley/branch_cut.hpp"

namespace cnv::jaxley {

// One shape per branch. Those without coordinates continue their parents: an only child straight on, several in a fan.
std::vector<BranchShape> place_branches(const std::vector<Branch>& branches);

// Cells without a traced branch that start at the same point are set beside each other in the xy plane, the first
// stays.
void separate_cells(const std::vector<Branch>& branches, std::vector<BranchShape>& shapes);

}  // namespace cnv::jaxley
