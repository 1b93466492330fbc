// The grid of a surface as plain data: where samples lie and how data become places in the picture. Made by `view`,
// read by picking, axes and the renderer; any thread. Heights are rows × columns, row-major: rows lie along y, columns
// along x.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <glm/vec3.hpp>

#include "cnv/draw/pieces.hpp"

namespace cnv {

// Data to places: (data − origin) · scale for each axis. Scale 1 on all axes: data units.
struct SurfaceSpace {
  glm::dvec3 origin{0};
  glm::dvec3 scale{1};

  glm::vec3 drawn(glm::dvec3 data) const { return glm::vec3((data - origin) * scale); }
  glm::dvec3 data(glm::vec3 drawn) const { return glm::dvec3(drawn) / scale + origin; }
  friend bool operator==(const SurfaceSpace&, const SurfaceSpace&) = default;
};

struct SurfaceGrid {
  std::vector<double> x, y;  // data units, one per column and per row; any order
  SurfaceSpace space;

  std::int64_t columns() const { return static_cast<std::int64_t>(x.size()); }
  std::int64_t rows() const { return static_cast<std::int64_t>(y.size()); }
  std::size_t index(std::int64_t column, std::int64_t row) const {
    return static_cast<std::size_t>(row * columns() + column);
  }
  // Place of a sample; the height in data units.
  glm::vec3 place(std::int64_t column, std::int64_t row, double height) const {
    return space.drawn({x[static_cast<std::size_t>(column)], y[static_cast<std::size_t>(row)], height});
  }
};

// Smallest and largest finite value; low > high when there is none.
struct ValueRange {
  double low = 1, high = 0;
  bool empty() const { return low > high; }
  double span() const { return empty() ? 0 : high - low; }
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};
ValueRange finite_range(std::span<const double> values);
ValueRange finite_range(std::span<const float> values);
ValueRange joined(ValueRange a, ValueRange b);

// A data box, and its image in the picture.
struct SurfaceBox {
  ValueRange x, y, z;
  friend bool operator==(const SurfaceBox&, const SurfaceBox&) = default;
};
Bounds drawn_bounds(const SurfaceBox& box, const SurfaceSpace& space);

// How the three axes are scaled against each other.
enum class Proportions : std::uint8_t {
  automatic,  // data units while the picture stays readable in them, else a box
  data,       // one data unit is as long on every axis
  box,        // ground 1 : 1, height 0.5
};

// The space for data in `box`: its middle becomes (0, 0, 0), the longer side of the ground keeps its length, and
// heights are stretched by `stretch` on top. Axes without extent keep scale 1.
SurfaceSpace surface_space(const SurfaceBox& box, Proportions proportions, double stretch = 1);

}  // namespace cnv
