#include "cnv/draw/highlight_cones.hpp"

#include <algorithm>

namespace cnv {
namespace {

constexpr float gap_px = 2, contour_px = 2;

// Grown by `grow_px` on the screen; the piece itself is drawn at least `min_half_width_px` wide.
Cone grown(Cone cone, const Projection& p, float min_half_width_px, float grow_px, float& largest_px) {
  const auto grow = [&](glm::vec3 point, float radius) {
    const float depth = -(p.view * glm::vec4(point, 1)).z;
    const float scale = p.pixels_per_um(p.orthographic ? depth : std::max(depth, p.near_um));
    const float px = std::max(radius * scale, min_half_width_px) + grow_px;
    largest_px = std::max(largest_px, px);
    return px / scale;
  };
  const glm::vec3 along = cone.end - cone.start;
  const float length = glm::length(along);
  const float start_radius = grow(cone.start, cone.start_radius), end_radius = grow(cone.end, cone.end_radius);
  if (length > 0) {
    const glm::vec3 unit = along / length;
    cone.start -= unit * (start_radius - cone.start_radius);
    cone.end += unit * (end_radius - cone.end_radius);
  }
  cone.start_joint += start_radius - cone.start_radius;
  cone.end_joint += end_radius - cone.end_radius;
  cone.start_radius = start_radius;
  cone.end_radius = end_radius;
  return cone;
}

bool behind_eye(const Cone& cone, const Projection& p) {
  if (p.orthographic) return false;
  const auto depth = [&](glm::vec3 point) { return -(p.view * glm::vec4(point, 1)).z; };
  return depth(cone.start) < p.near_um && depth(cone.end) < p.near_um;
}

}  // namespace

HighlightCones highlight_cones(const LodTree& tree, std::span<const HighlightedPositions> highlights,
                               const Projection& projection, const LodOptions& options, float device_pixel_ratio,
                               Rgba8 gap_color) {
  HighlightCones out;
  const float ratio = std::max(1.0f, device_pixel_ratio);
  for (const bool gap : {false, true}) {
    for (const HighlightedPositions& highlight : highlights) {
      for (const std::int32_t position : highlight.positions) {
        const Cone& cone = tree.cone(tree.order()[static_cast<std::size_t>(position)]);
        const bool is_step = cone.start == cone.end && cone.start_radius == 0 && cone.end_radius == 0;
        if (is_step || behind_eye(cone, projection)) continue;
        float px = 0;
        const float grow_px = (gap ? gap_px : gap_px + contour_px) * ratio;
        out.cones.push_back(grown(cone, projection, 0.5f * ratio, grow_px, px));
        out.colors.push_back(gap ? gap_color : highlight.color);
        const PieceStyle style = px > 2 * options.solid_radius_px ? PieceStyle::solid : PieceStyle::ribbon;
        if (out.runs.empty() || out.runs.back().style != style)
          out.runs.push_back({style, static_cast<std::int32_t>(out.cones.size()) - 1, 0});
        ++out.runs.back().count;
      }
    }
  }
  return out;
}

}  // namespace cnv
