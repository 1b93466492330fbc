#include "cnv/view/panel_camera.hpp"

#include <algorithm>
#include <cmath>

#include <glm/common.hpp>
#include <glm/trigonometric.hpp>

namespace cnv {
namespace {

// Of panels that the builders make for surfaces.
constexpr double builder_surface_distance = 30;
constexpr float cell_margin = 0.08f;
// What is drawn over a cell: the colour bar with its numbers and its title, from the right and the lower edge of the
// picture; the longest scale bar with its length, from the left and the lower edge; the sign of the axes, from the
// right and the upper edge.
constexpr float bar_left_px = 80, bar_top_px = 256, bar_bottom_px = 46, scale_right_px = 174, scale_top_px = 48,
                sign_px = 92;
// Numbers and names of a surface's axes at the left, and below it.
constexpr float axes_left_px = 56, axes_bottom_px = 40;
// What a panel's distance is meant for, in degrees.
constexpr float panel_fov_deg = 60;
// Near and far edges of a box differ little.
constexpr float box_fov_deg = 32;

void set_angles(Camera& camera, const PanelSpec& panel) {
  camera.elevation_deg = static_cast<float>(panel.camera_elevation);
  camera.azimuth_deg = static_cast<float>(panel.camera_azimuth);
}

Camera placed(Camera camera, const FitPoints& points, double distance) {
  Bounds box;
  for (const auto& point : points.points) box.add(point);
  camera.center = box.center();
  // As large as from that distance through a wide lens.
  camera.distance = static_cast<float>(distance) * std::tan(glm::radians(0.5f * panel_fov_deg)) /
                    std::tan(glm::radians(0.5f * camera.fov_deg));
  return camera;
}

// Something lies between the two corners of a rectangle of the picture.
bool reaches(const Camera& camera, const FitPoints& points, glm::vec2 size_px, glm::vec2 low, glm::vec2 high) {
  for (std::size_t i = 0; i < points.points.size(); ++i) {
    const glm::vec3 p = project(camera, size_px, points.points[i]);
    const float r = points.radii.empty() || p.z <= 0 ? 0 : points.radii[i] * camera.pixels_per_um(size_px);
    if (p.z > 0 && p.x + r > low.x && p.x - r < high.x && p.y + r > low.y && p.y - r < high.y) return true;
  }
  return false;
}

// The model beside a strip at the right and above one at the bottom.
Camera beside(Camera camera, const FitPoints& points, glm::vec2 size_px, glm::vec2 strips_px, float margin) {
  camera = fitted(camera, points, size_px - strips_px, margin);
  camera.distance *= size_px.y / (size_px.y - strips_px.y);  // the scale goes with the height of the picture
  camera.pan(-0.5f * strips_px, size_px);
  return camera;
}

// At most a part of the smaller picture.
OverlayStrips possible_strips(glm::vec2 shown_px, glm::vec2 size_px, OverlayStrips strips) {
  constexpr float most_part = 0.4f, most_left = 0.2f;
  const glm::vec2 smaller = glm::min(shown_px, size_px);
  return {std::min(strips.right_px, most_part * smaller.x), std::min(strips.bottom_px, most_part * smaller.y),
          std::min(strips.left_px, most_left * smaller.x)};
}

bool has_own_distance(const PanelSpec& panel) {
  return panel.camera_distance && panel.camera_distance != PanelSpec{}.camera_distance && *panel.camera_distance > 0;
}

}  // namespace

OverlayStrips cell_strips(bool has_bar) { return {has_bar ? bar_left_px : 0, scale_top_px}; }
OverlayStrips surface_strips(SurfaceRoom room, bool has_axes) {
  return has_axes ? OverlayStrips{room.right_px, axes_bottom_px, axes_left_px} : OverlayStrips{room.right_px};
}

float figure_scale(glm::vec2 shown_px, glm::vec2 size_px, OverlayStrips strips) {
  // Smaller: what is free fits into what is free; larger: what lies below the strips must not leave the picture.
  const auto along = [](float shown, float size, float before, float behind) {
    const float both = before + behind, more = std::abs(behind - before);
    return size < shown ? (size - both) / (shown - both) : (size + more) / (shown + more);
  };
  const OverlayStrips strip = possible_strips(shown_px, size_px, strips);
  return std::min(along(shown_px.x, size_px.x, strip.left_px, strip.right_px),
                  along(shown_px.y, size_px.y, 0, strip.bottom_px));
}

Camera figure_camera(Camera camera, glm::vec2 shown_px, glm::vec2 size_px, OverlayStrips strips, float scale) {
  const float slope = std::tan(glm::radians(0.5f * camera.fov_deg)) * size_px.y / (scale * shown_px.y);
  camera.fov_deg = 2 * glm::degrees(std::atan(slope));  // the eye stays where it is
  const OverlayStrips strip = possible_strips(shown_px, size_px, strips);
  camera.pan((scale - 1) * 0.5f * glm::vec2(strip.right_px - strip.left_px, strip.bottom_px), size_px);
  return camera;
}

Camera fitted_cell(Camera camera, const FitPoints& points, glm::vec2 size_px, bool has_bar) {
  glm::vec2 strips_px{0};
  const auto fit = [&] { return beside(camera, points, size_px, strips_px, cell_margin); };
  const bool has_room = size_px.x > 3 * bar_left_px && size_px.y >= bar_top_px;
  if (has_bar && has_room &&
      reaches(fit(), points, size_px, {size_px.x - bar_left_px, size_px.y - bar_top_px},
              {size_px.x, size_px.y - bar_bottom_px}))
    strips_px.x = bar_left_px;
  if (has_room && reaches(fit(), points, size_px, {size_px.x - sign_px, 0}, {size_px.x, sign_px}))
    strips_px.x = sign_px;
  if (has_room && reaches(fit(), points, size_px, {0, size_px.y - scale_top_px}, {scale_right_px, size_px.y}))
    strips_px.y = scale_top_px;
  return fit();
}

Camera initial_camera(const PanelSpec& panel, const FitPoints& points, glm::vec2 size_px, bool has_bar) {
  const PanelSpec plain;
  const bool own_angles =
      panel.camera_elevation != plain.camera_elevation || panel.camera_azimuth != plain.camera_azimuth;
  Camera camera = own_angles ? Camera{} : best_initial_view(points, size_px);
  if (own_angles) set_angles(camera, panel);
  return has_own_distance(panel) ? placed(camera, points, *panel.camera_distance)
                                 : fitted_cell(camera, points, size_px, has_bar);
}

Camera initial_surface_camera(const PanelSpec& panel, const Bounds& bounds, glm::vec2 size_px, SurfaceRoom room) {
  Camera camera;
  set_angles(camera, panel);
  camera.fov_deg = box_fov_deg;
  if (has_own_distance(panel) && *panel.camera_distance != builder_surface_distance)
    return placed(camera, fit_points(bounds), *panel.camera_distance);
  return fitted_surface(camera, bounds, size_px, room);
}

Camera fitted_surface(Camera camera, const Bounds& bounds, glm::vec2 size_px, SurfaceRoom room) {
  const float right = std::min(room.right_px, 0.3f * size_px.x);
  return beside(camera, fit_points(bounds), size_px, {right, 0}, room.margin);
}

}  // namespace cnv
