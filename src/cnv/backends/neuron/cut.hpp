// Cuts the path of one section at the borders of its compartments. Used by morphology.cpp.
#pragma once

#include <vector>

#include "cnv/backends/neuron/layout.hpp"
#include "cnv/backends/neuron/morphology.hpp"

namespace cnv::nrn {

// In the order of the points. `entity` is the pair of points, `compartment` counts along the points. The lateral areas of
// the pieces of a compartment sum up to its area in NEURON.
std::vector<Piece> cut_at_compartments(const std::vector<Point3d>& points, int nseg);

// For a computed path: one piece for each compartment, as wide as that (`diams`, µm).
std::vector<Piece> cut_cylinders(const std::vector<Point3d>& points, const std::vector<double>& diams);

}  // namespace cnv::nrn
