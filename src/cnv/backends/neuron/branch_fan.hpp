// Directions of branches around a stem. Used by the two layouts of this folder.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>

#include "cnv/backends/neuron/vector3.hpp"

namespace cnv::nrn {

inline double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// A unit vector at `angle` (radians) from the unit vector `axis`, `turn` around it.
inline Vector3 on_cone(const Vector3& axis, double angle, double turn) {
  const Vector3 least = std::abs(axis[0]) < 0.9 ? Vector3{1, 0, 0} : Vector3{0, 1, 0};
  const Vector3 u = normalized(cross(axis, least), {0, 1, 0});
  const Vector3 w = cross(axis, u);
  return std::cos(angle) * axis + (std::sin(angle) * std::cos(turn)) * u + (std::sin(angle) * std::sin(turn)) * w;
}

// The turn of branch k of `count` on a parent: even, and different for each parent, so that neighbouring fans do not
// coincide.
inline double fan_turn(std::size_t k, std::size_t count, std::size_t parent) {
  const double golden_turn = radians(137.508) * static_cast<double>(parent);
  return 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(count) + golden_turn;
}

}  // namespace cnv::nrn
