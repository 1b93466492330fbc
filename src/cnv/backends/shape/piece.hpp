// Pieces: what is drawn of a cell. Made by the geometry of each simulator; plain data, any thread.
#pragma once

#include <cstdint>
#include <span>

#include "cnv/backends/shape/vector3.hpp"
#include "cnv/core/geometry.hpp"

namespace cnv::shape {

// A truncated cone, µm: an entity cut at the borders of compartments. Pieces run away from the root.
struct Piece {
  Vector3 start{}, end{};
  double start_radius = 0, end_radius = 0;
  double length = 0;  // along the path, as the simulator counts it; differs from the distance of the ends by rounding
  std::int32_t entity = 0;
  std::int32_t compartment = 0;
  std::int32_t section = 0;  // index into the sections (or branches) given
  std::int32_t parent = -1;  // piece that this one continues or leaves, or -1
};

// Row-major rotation that turns +z into `axis` (a unit vector) the shortest way; around x for -z.
std::array<double, 9> rotation_from_z(const Vector3& axis);

// Lateral area of a piece, µm².
double lateral_area(const Piece& piece);

// The columns that a scene carries, one row per piece.
PieceTable piece_table(std::span<const Piece> pieces);

}  // namespace cnv::shape
