// Cuts the path of a section or branch at the borders of its compartments. Used by the geometry of each simulator.
#pragma once

#include <span>
#include <vector>

#include "cnv/backends/shape/piece.hpp"

namespace cnv::shape {

// One point of a path, µm. `arc` is the path length from the first point.
struct PathPoint {
  Vector3 position{};
  double radius = 0;
  double arc = 0;
};

// Into `count` compartments of equal arc length, in the order of the points (2 or more). `entity` is the pair of
// points, `compartment` counts along the points. A point at a border belongs to the compartment before it.
std::vector<Piece> cut_at_compartments(std::span<const PathPoint> points, int count);

// Only the ends of the path count: one cylinder for each compartment, of equal length and as wide as given (µm).
std::vector<Piece> cut_cylinders(std::span<const PathPoint> points, std::span<const double> radii);

// The pieces of one compartment, `first` to `last` without a gap; both null for a compartment without pieces.
struct CompartmentPart {
  const Piece* first = nullptr;
  const Piece* last = nullptr;
  double length = 0;               // µm
  double radius_times_length = 0;  // µm²; divided by the length: the mean radius
};

// One part per compartment, 0 … count - 1, of pieces that lie in the order of a path. Points into `pieces`.
std::vector<CompartmentPart> compartment_parts(std::span<const Piece> pieces, int count);

}  // namespace cnv::shape
