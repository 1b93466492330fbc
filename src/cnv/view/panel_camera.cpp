#include "cnv/view/panel_camera.hpp"

#include <algorithm>

namespace cnv {
namespace {

// Of panels that the builders make for surfaces.
constexpr double builder_surface_distance = 30;
// The colour bar of a cell with its numbers and its title: from the right and the lower edge of the picture.
constexpr float cell_margin = 0.08f, bar_left_px = 80, bar_top_px = 256, bar_bottom_px = 46;
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
  camera.distance = static_cast<float>(distance);
  return camera;
}

bool reaches_bar(const Camera& camera, const FitPoints& points, glm::vec2 size_px) {
  for (std::size_t i = 0; i < points.points.size(); ++i) {
    const glm::vec3 p = project(camera, size_px, points.points[i]);
    const float r = points.radii.empty() || p.z <= 0 ? 0 : points.radii[i] * camera.pixels_per_um(size_px);
    if (p.z > 0 && p.x + r > size_px.x - bar_left_px && p.y + r > size_px.y - bar_top_px && p.y - r < size_px.y - bar_bottom_px) return true;
  }
  return false;
}

// The model in the left part of the picture.
Camera left_of(Camera camera, const FitPoints& points, glm::vec2 size_px, float right_px, float margin) {
  camera = fitted(camera, points, size_px - glm::vec2(right_px, 0), margin);
  camera.pan({-0.5f * right_px, 0}, size_px);
  return camera;
}

bool has_own_distance(const PanelSpec& panel) { return panel.camera_distance && panel.camera_distance != PanelSpec{}.camera_distance && *panel.camera_distance > 0; }

}  // namespace

Camera fitted_cell(Camera camera, const FitPoints& points, glm::vec2 size_px, bool has_bar) {
  camera = fitted(camera, points, size_px);
  const bool has_room = size_px.x > 3 * bar_left_px && size_px.y >= bar_top_px;
  return has_bar && has_room && reaches_bar(camera, points, size_px) ? left_of(camera, points, size_px, bar_left_px, cell_margin) : camera;
}

Camera initial_camera(const PanelSpec& panel, const FitPoints& points, glm::vec2 size_px, bool has_bar) {
  const PanelSpec plain;
  const bool own_angles = panel.camera_elevation != plain.camera_elevation || panel.camera_azimuth != plain.camera_azimuth;
  Camera camera = own_angles ? Camera{} : best_initial_view(points, size_px);
  if (own_angles) set_angles(camera, panel);
  return has_own_distance(panel) ? placed(camera, points, *panel.camera_distance) : fitted_cell(camera, points, size_px, has_bar);
}

Camera initial_surface_camera(const PanelSpec& panel, const Bounds& bounds, glm::vec2 size_px, SurfaceRoom room) {
  Camera camera;
  set_angles(camera, panel);
  if (has_own_distance(panel) && *panel.camera_distance != builder_surface_distance) return placed(camera, fit_points(bounds), *panel.camera_distance);
  camera.fov_deg = box_fov_deg;
  return fitted_surface(camera, bounds, size_px, room);
}

Camera fitted_surface(Camera camera, const Bounds& bounds, glm::vec2 size_px, SurfaceRoom room) {
  const float right = std::min(room.right_px, 0.3f * size_px.x);
  return left_of(camera, fit_points(bounds), size_px, right, room.margin);
}

}  // namespace cnv
