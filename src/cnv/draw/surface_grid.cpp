#include "cnv/draw/surface_grid.hpp"

#include <algorithm>
#include <cmath>

namespace cnv {
namespace {

// Automatic proportions keep data units inside these: longer to shorter side of the ground, height to longer side.
constexpr double longest_ground = 8, flattest = 0.04, steepest = 2;
// Sides of the box, as shares of the longer side of the ground.
constexpr double box_height = 0.5, box_height_data_ground = 0.4;

template <class T>
ValueRange range_of(std::span<const T> values) {
  ValueRange out{INFINITY, -INFINITY};
  for (const T v : values) {
    if (!std::isfinite(v)) continue;
    out.low = std::min(out.low, static_cast<double>(v));
    out.high = std::max(out.high, static_cast<double>(v));
  }
  return out.empty() ? ValueRange{} : out;
}

double middle(ValueRange range) { return range.empty() ? 0 : range.low + 0.5 * range.span(); }

}  // namespace

ValueRange finite_range(std::span<const double> values) { return range_of(values); }
ValueRange finite_range(std::span<const float> values) { return range_of(values); }

ValueRange joined(ValueRange a, ValueRange b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

Bounds drawn_bounds(const SurfaceBox& box, const SurfaceSpace& space) {
  Bounds out;
  if (box.x.empty() || box.y.empty()) return out;
  const ValueRange z = box.z.empty() ? ValueRange{space.origin.z, space.origin.z} : box.z;
  out.add(space.drawn({box.x.low, box.y.low, z.low}));
  out.add(space.drawn({box.x.high, box.y.high, z.high}));
  return out;
}

SurfaceSpace surface_space(const SurfaceBox& box, Proportions proportions, double stretch) {
  SurfaceSpace out;
  out.origin = {middle(box.x), middle(box.y), middle(box.z)};
  const double x = box.x.span(), y = box.y.span(), z = box.z.span(), longer = std::max(x, y), shorter = std::min(x, y);
  if (longer > 0 && proportions != Proportions::data) {
    const bool whole_box = proportions == Proportions::box || (shorter > 0 && longer > longest_ground * shorter);
    if (whole_box && shorter > 0) out.scale.x = longer / x, out.scale.y = longer / y;
    const bool readable = z >= flattest * longer && z <= steepest * longer;
    if (z > 0 && (whole_box || !readable)) out.scale.z = (whole_box ? box_height : box_height_data_ground) * longer / z;
  }
  out.scale.z *= stretch;
  return out;
}

}  // namespace cnv
