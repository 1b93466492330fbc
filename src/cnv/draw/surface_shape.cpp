#include "cnv/draw/surface_shape.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cnv {
namespace {

std::vector<float> places(std::span<const double> values, std::span<const std::int32_t> picked, double origin,
                          double scale) {
  std::vector<float> out;
  out.reserve(picked.size());
  for (const auto i : picked) out.push_back(static_cast<float>((values[static_cast<std::size_t>(i)] - origin) * scale));
  return out;
}

std::int32_t nearest(std::span<const float> places, float at) {
  const auto closer = [&](float a, float b) { return std::fabs(a - at) < std::fabs(b - at); };
  return static_cast<std::int32_t>(std::min_element(places.begin(), places.end(), closer) - places.begin());
}

bool same_holes(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](float x, float y) { return std::isnan(x) == std::isnan(y); });
}

}  // namespace

void SurfaceShape::set_grid(const SurfaceGrid& grid) {
  if (grid.columns() != grid_.columns() || grid.rows() != grid_.rows()) {
    thinning_ = SurfaceThinning(grid.columns(), grid.rows(), most_points_);
    heights_.clear();
    stale_.triangles = true;
  }
  grid_ = grid;
  std::vector<float> x = places(grid_.x, thinning_.columns(), grid_.space.origin.x, grid_.space.scale.x);
  std::vector<float> y = places(grid_.y, thinning_.rows(), grid_.space.origin.y, grid_.space.scale.y);
  stale_.normals = true;
  if (x == x_ && y == y_) return;
  x_ = std::move(x);
  y_ = std::move(y);
  stale_.ground = true;
}

void SurfaceShape::set_heights(std::span<const float> heights) {
  if (heights.size() != grid_.x.size() * grid_.y.size()) return;
  std::swap(before_, heights_);
  thinning_.apply(heights, heights_);
  if (!same_holes(before_, heights_)) stale_.triangles = true;
  stale_.heights = stale_.normals = true;
}

void SurfaceShape::set_color_map(const ColorTable& table, ColorScale scale) {
  if (table != table_) stale_.colors = true;
  table_ = table;
  scale_ = scale;
}

// Translucent cells blend from far to near. Of opaque ones the near come first, from the corner on that the eye is at:
// what they hide is then not coloured, and turning seldom changes the order.
FarFirst SurfaceShape::order_for(const SurfaceFrame& frame) const {
  glm::vec3 eye = frame.camera.eye();
  // An eye at infinity is a very far one.
  if (frame.camera.orthographic)
    eye = frame.camera.center + frame.camera.axes()[2] * 1e3f * std::max(frame.bounds.radius(), 1e-3f);
  if (frame.opacity < 1) return {nearest(x_, eye.x), nearest(y_, eye.y)};
  const auto far_end = [](std::span<const float> places, float at) {
    return std::fabs(places.front() - at) < std::fabs(places.back() - at) ? static_cast<std::int32_t>(places.size())
                                                                          : 0;
  };
  return {far_end(x_, eye.x), far_end(y_, eye.y)};
}

SurfaceShape::Changes SurfaceShape::update(const SurfaceFrame& frame) {
  Changes out{.ground = std::exchange(stale_.ground, false), .heights = std::exchange(stale_.heights, false)};
  if (frame.shading == SurfaceShading::smooth && std::exchange(stale_.normals, false)) {
    surface_normals(x_, y_, heights_, lift().y, normals_);
    out.normals = true;
  }
  const FarFirst order = order_for(frame);
  if (std::exchange(stale_.triangles, false) || !(order == order_)) {
    order_ = order;
    surface_triangles(static_cast<std::int32_t>(x_.size()), static_cast<std::int32_t>(y_.size()), heights_, order_,
                      triangles_);
    out.triangles = true;
  }
  out.colors = std::exchange(stale_.colors, false);
  return out;
}

}  // namespace cnv
