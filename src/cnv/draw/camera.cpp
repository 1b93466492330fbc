#include "cnv/draw/camera.hpp"

#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>
#include <glm/gtc/matrix_access.hpp>
#include <glm/trigonometric.hpp>

namespace cnv {
namespace {

constexpr float min_distance_um = 1e-2f;
constexpr float max_distance_um = 1e7f;

float half_fov_tan(const Camera& camera) { return std::tan(glm::radians(camera.fov_deg) * 0.5f); }

}  // namespace

glm::mat3 Camera::axes() const {
  const float az = glm::radians(azimuth_deg), el = glm::radians(elevation_deg);
  const float sa = std::sin(az), ca = std::cos(az), se = std::sin(el), ce = std::cos(el);
  return {glm::vec3(ca, sa, 0), glm::vec3(-sa * se, ca * se, ce), glm::vec3(sa * ce, -ca * ce, se)};
}

glm::vec3 Camera::eye() const { return center + axes()[2] * distance; }

glm::mat4 Camera::view_matrix() const {
  const glm::mat3 turn = glm::transpose(axes());
  glm::mat4 view(turn);
  view[3] = glm::vec4(-(turn * center) - glm::vec3(0, 0, distance), 1);
  return view;
}

float Camera::pixels_per_um(glm::vec2 size_px) const { return 0.5f * size_px.y / (half_fov_tan(*this) * distance); }

void Camera::orbit(glm::vec2 drag_px) {
  azimuth_deg = std::remainder(azimuth_deg - 0.5f * drag_px.x, 360.0f);
  elevation_deg = std::clamp(elevation_deg + 0.5f * drag_px.y, -90.0f, 90.0f);
}

void Camera::pan(glm::vec2 drag_px, glm::vec2 size_px) {
  const glm::mat3 a = axes();
  center += (a[1] * drag_px.y - a[0] * drag_px.x) / pixels_per_um(size_px);
}

void Camera::dolly(float notches) {
  distance = std::clamp(distance * std::pow(1.1f, -notches), min_distance_um, max_distance_um);
}

void Camera::zoom_at(float notches, glm::vec2 cursor_px, glm::vec2 size_px) {
  const glm::vec3 kept = unproject_at_center(*this, size_px, cursor_px);
  const float before = distance;
  dolly(notches);
  center = kept + (center - kept) * (distance / before);
}

void Camera::change_fov(float degrees) { fov_deg = std::clamp(fov_deg + degrees, 1.0f, 170.0f); }

void Camera::look_along(int axis) {
  constexpr float azimuths[][2] = {{90, -90}, {180, 0}, {0, 0}}, elevations[][2] = {{0, 0}, {0, 0}, {90, -90}};
  if (axis < 0 || axis > 2) return;
  const bool there = axes()[2][axis] > 0.9999f;
  azimuth_deg = azimuths[axis][there];
  elevation_deg = elevations[axis][there];
}

Projection make_projection(const Camera& camera, glm::vec2 size_px, const Bounds& bounds) {
  Projection out;
  out.view = camera.view_matrix();
  out.size_px = size_px;
  out.orthographic = camera.orthographic;
  out.focal_px = camera.orthographic ? camera.pixels_per_um(size_px) : 0.5f * size_px.y / half_fov_tan(camera);
  const float middle = -(out.view * glm::vec4(bounds.center(), 1)).z;
  // A little more than the box, so that round ends and the camera's own rounding stay inside.
  const float reach = bounds.radius() * 1.01f + 1e-3f * camera.distance;
  out.near_um = middle - reach;
  out.far_um = middle + reach;
  if (!camera.orthographic) {
    out.near_um = std::max(out.near_um, 1e-3f * camera.distance);
    out.far_um = std::max(out.far_um, out.near_um * 2);
  }
  return out;
}

glm::vec3 project(const Projection& projection, glm::vec3 point) {
  const glm::vec3 p = projection.view * glm::vec4(point, 1);
  const float scale = projection.pixels_per_um(-p.z);
  return {0.5f * projection.size_px.x + p.x * scale, 0.5f * projection.size_px.y - p.y * scale, -p.z};
}

glm::vec3 project(const Camera& camera, glm::vec2 size_px, glm::vec3 point) {
  return project(make_projection(camera, size_px, Bounds{}), point);
}

glm::vec3 unproject(const Projection& projection, glm::vec2 pixel, float depth_um) {
  const float scale = projection.pixels_per_um(depth_um);
  const glm::vec3 p((pixel.x - 0.5f * projection.size_px.x) / scale, (0.5f * projection.size_px.y - pixel.y) / scale,
                    -depth_um);
  const glm::mat3 turn(projection.view);
  return glm::transpose(turn) * (p - glm::vec3(projection.view[3]));
}

glm::vec3 unproject_at_center(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel) {
  return unproject(make_projection(camera, size_px, Bounds{}), pixel, camera.distance);
}

std::array<glm::vec3, 3> axis_directions(const Camera& camera) {
  const glm::mat3 turn = glm::transpose(camera.axes());
  return {turn[0], turn[1], turn[2]};
}

}  // namespace cnv
