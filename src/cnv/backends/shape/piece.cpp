#include "cnv/backends/shape/piece.hpp"

#include <numbers>
#include <vector>

namespace cnv::shape {

std::array<double, 9> rotation_from_z(const Vector3& axis) {
  const auto [x, y, z] = axis;
  if (1 + z < 1e-12) return {1, 0, 0, 0, -1, 0, 0, 0, -1};
  const double k = 1 / (1 + z);
  return {1 - k * x * x, -k * x * y, x, -k * x * y, 1 - k * y * y, y, -x, -y, z};
}

double lateral_area(const Piece& piece) {
  const double taper = piece.end_radius - piece.start_radius;
  return std::numbers::pi * (piece.start_radius + piece.end_radius) * std::hypot(piece.length, taper);
}

PieceTable piece_table(std::span<const Piece> pieces) {
  const auto n = pieces.size();
  const auto count = static_cast<std::int64_t>(n);
  std::vector<float> start(3 * n), end(3 * n), start_radius(n), end_radius(n);
  std::vector<std::int32_t> entity(n), compartment(n), section(n), parent(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Piece& piece = pieces[i];
    for (std::size_t k = 0; k < 3; ++k) {
      start[3 * i + k] = static_cast<float>(piece.start[k]);
      end[3 * i + k] = static_cast<float>(piece.end[k]);
    }
    start_radius[i] = static_cast<float>(piece.start_radius);
    end_radius[i] = static_cast<float>(piece.end_radius);
    entity[i] = piece.entity;
    compartment[i] = piece.compartment;
    section[i] = piece.section;
    parent[i] = piece.parent;
  }
  return {Array::copy_of(start, {count, 3}), Array::copy_of(end, {count, 3}), Array::copy_of(start_radius),
          Array::copy_of(end_radius),        Array::copy_of(entity),          Array::copy_of(compartment),
          Array::copy_of(section),           Array::copy_of(parent)};
}

}  // namespace cnv::shape
