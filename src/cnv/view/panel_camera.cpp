#include "cnv/view/panel_camera.hpp"

#include <algorithm>

namespace cnv {
namespace {

// Of panels that the builders make for surfaces.
constexpr double builder_surface_distance = 30;
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

bool has_own_distance(const PanelSpec& panel) { return panel.camera_distance && panel.camera_distance != PanelSpec{}.camera_distance && *panel.camera_distance > 0; }

}  // namespace

Camera initial_camera(const PanelSpec& panel, const FitPoints& points, glm::vec2 size_px) {
  const PanelSpec plain;
  const bool own_angles = panel.camera_elevation != plain.camera_elevation || panel.camera_azimuth != plain.camera_azimuth;
  Camera camera = own_angles ? Camera{} : best_initial_view(points, size_px);
  if (own_angles) set_angles(camera, panel);
  return has_own_distance(panel) ? placed(camera, points, *panel.camera_distance) : fitted(camera, points, size_px);
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
  camera = fitted(camera, fit_points(bounds), size_px - glm::vec2(right, 0), room.margin);
  camera.pan({-0.5f * right, 0}, size_px);
  return camera;
}

}  // namespace cnv
