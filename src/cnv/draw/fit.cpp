// Fitting a camera to points, and the direction that shows them best.
#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>

#include "cnv/draw/camera.hpp"

namespace cnv {
namespace {

constexpr float min_fit_distance_um = 0.1f;

float radius_of(const FitPoints& points, std::size_t i) { return points.radii.empty() ? 0 : points.radii[i]; }

// Largest extents of the points in the axes of the camera, each direction with a share of the depth added: with
// slope (tan x, tan y) the planes through the eye that bound the view, with (0, 0) plain extents.
struct Extents {
  float right = -1e30f, left = -1e30f, up = -1e30f, down = -1e30f, front = -1e30f, back = 1e30f;
};

Extents extents(const FitPoints& points, const glm::mat3& axes, glm::vec3 origin, glm::vec2 slope) {
  Extents e;
  const glm::vec2 reach(std::sqrt(1 + slope.x * slope.x), std::sqrt(1 + slope.y * slope.y));
  for (std::size_t i = 0; i < points.points.size(); ++i) {
    const glm::vec3 p = (points.points[i] - origin) * axes;
    const float r = radius_of(points, i);
    e.right = std::max(e.right, p.x + slope.x * p.z + r * reach.x);
    e.left = std::max(e.left, -p.x + slope.x * p.z + r * reach.x);
    e.up = std::max(e.up, p.y + slope.y * p.z + r * reach.y);
    e.down = std::max(e.down, -p.y + slope.y * p.z + r * reach.y);
    e.front = std::max(e.front, p.z + r);
    e.back = std::min(e.back, p.z - r);
  }
  return e;
}

glm::dmat3 covariance(const FitPoints& points) {
  glm::dvec3 mean(0);
  for (const glm::vec3& p : points.points) mean += glm::dvec3(p);
  mean /= static_cast<double>(points.points.size());
  glm::dmat3 c(0);
  for (const glm::vec3& p : points.points) {
    const glm::dvec3 d = glm::dvec3(p) - mean;
    c += glm::outerProduct(d, d);
  }
  return c / static_cast<double>(points.points.size());
}

// d·A·d with A the adjugate of a covariance is the squared area of the ellipse of the points seen along d.
glm::dmat3 area_form(const glm::dmat3& c) {
  return {glm::cross(c[1], c[2]), glm::cross(c[2], c[0]), glm::cross(c[0], c[1])};
}

double area(const glm::dmat3& form, glm::dvec3 direction) {
  return std::sqrt(std::max(0.0, glm::dot(direction, form * direction)));
}

// Direction of the largest area, by power iteration; with two equally good ones any mixture is as good.
glm::dvec3 best_direction(const glm::dmat3& form) {
  glm::dvec3 d = glm::normalize(glm::dvec3(0.3, -0.4, 0.87));
  for (int i = 0; i < 200; ++i) {
    const glm::dvec3 next = form * d;
    const double length = glm::length(next);
    if (!(length > 0)) break;
    d = next / length;
  }
  return d.z < -1e-9 || (std::fabs(d.z) <= 1e-9 && d.y > 0) ? -d : d;
}

}  // namespace

FitPoints fit_points(std::span<const Cone> cones) {
  FitPoints out;
  out.points.reserve(2 * cones.size());
  out.radii.reserve(2 * cones.size());
  for (const Cone& cone : cones) {
    out.points.insert(out.points.end(), {cone.start, cone.end});
    out.radii.insert(out.radii.end(), {cone.start_radius, cone.end_radius});
  }
  return out;
}

FitPoints fit_points(const Bounds& bounds) {
  FitPoints out;
  if (bounds.empty()) return out;
  for (int k = 0; k < 8; ++k)
    out.points.push_back({(k & 1) ? bounds.high.x : bounds.low.x, (k & 2) ? bounds.high.y : bounds.low.y,
                          (k & 4) ? bounds.high.z : bounds.low.z});
  return out;
}

Camera fitted(Camera camera, const FitPoints& points, glm::vec2 size_px, float margin) {
  if (points.points.empty() || !(size_px.x > 0) || !(size_px.y > 0)) return camera;
  const float tan_y = std::tan(glm::radians(camera.fov_deg) * 0.5f);
  const glm::vec2 used = (1 - margin) * tan_y * glm::vec2(size_px.x / size_px.y, 1);
  const glm::mat3 axes = camera.axes();
  const Extents e = extents(points, axes, camera.center, camera.orthographic ? glm::vec2(0) : used);
  const float needed = std::max((e.right + e.left) / (2 * used.x), (e.up + e.down) / (2 * used.y));
  const float middle = 0.5f * (e.front + e.back);
  // Perspective: `needed` is the height of the eye above the old centre; orthographic: the distance itself.
  camera.distance = std::max(camera.orthographic ? needed : needed - middle, min_fit_distance_um);
  camera.center += axes * glm::vec3(0.5f * (e.right - e.left), 0.5f * (e.up - e.down), middle);
  return camera;
}

Camera best_initial_view(const FitPoints& points, glm::vec2 size_px, float margin) {
  Camera camera;
  if (points.points.empty()) return camera;
  glm::dmat3 c = covariance(points);
  const double floor = 1e-4 * (c[0][0] + c[1][1] + c[2][2]) + 1e-12;  // a straight line still has a direction
  for (int k = 0; k < 3; ++k) c[k][k] += floor;
  const glm::dmat3 form = area_form(c);
  const glm::dvec3 best = best_direction(form);
  camera.elevation_deg = static_cast<float>(glm::degrees(std::asin(std::clamp(best.z, -1.0, 1.0))));
  camera.azimuth_deg = static_cast<float>(glm::degrees(std::atan2(best.x, -best.y)));
  const struct {
    glm::dvec3 direction;
    float azimuth_deg, elevation_deg;
  } along_axes[] = {{{0, 0, 1}, 0, 90}, {{0, -1, 0}, 0, 0}, {{1, 0, 0}, 90, 0}};
  for (const auto& axis : along_axes) {
    if (area(form, axis.direction) < 0.85 * area(form, best)) continue;
    camera.azimuth_deg = axis.azimuth_deg;
    camera.elevation_deg = axis.elevation_deg;
    break;
  }
  return fitted(camera, points, size_px, margin);
}

}  // namespace cnv
