// The truth about a picture of cells: each body is found along each sight by its definition, in double precision, with
// many sights per pixel. Slow, and shares nothing with the renderers.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <glm/geometric.hpp>
#include <glm/trigonometric.hpp>
#include <glm/vec3.hpp>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/pieces.hpp"

namespace cnv::test {

struct Sight {
  glm::dvec3 eye, ray;
};

// Through a place of the picture, px from its upper left corner.
inline Sight sight_through(const Camera& camera, glm::dvec2 size, glm::dvec2 pixel) {
  glm::dmat3 axes(camera.axes());
  for (int k = 0; k < 3; ++k) axes[k] = glm::normalize(axes[k]);
  const double half = std::tan(glm::radians(static_cast<double>(camera.fov_deg)) / 2);
  const glm::dvec2 at = glm::dvec2(pixel.x - 0.5 * size.x, 0.5 * size.y - pixel.y) * (2 * half / size.y);
  const glm::dvec3 eye = glm::dvec3(camera.center) + axes[2] * static_cast<double>(camera.distance);
  if (!camera.orthographic) return {eye, glm::normalize(axes * glm::dvec3(at, -1))};
  // From far behind the eye: what lies beside or behind it is seen too.
  const double far = 1e4;
  return {eye + axes * glm::dvec3(at * static_cast<double>(camera.distance), far), -axes[2]};
}

struct Seen {
  double distance = 0;
  glm::dvec3 normal{0};  // towards the eye's side
};

// A truncated cone with flat ends. Every surface is cut, and the nearest cut that belongs to the body counts.
inline std::optional<Seen> seen_cone(const Sight& s, glm::dvec3 a, double ra, glm::dvec3 b, double rb) {
  const double length = glm::distance(a, b);
  if (!(length > 0)) return std::nullopt;
  const glm::dvec3 axis = (b - a) / length;
  std::optional<Seen> nearest;
  const auto offer = [&](double t, glm::dvec3 normal) {
    if (t > 0 && glm::dot(normal, s.ray) < 0 && (!nearest || t < nearest->distance)) nearest = Seen{t, normal};
  };
  for (const bool end : {false, true}) {  // the discs
    const glm::dvec3 centre = end ? b : a, outwards = end ? axis : -axis;
    const double along = glm::dot(s.ray, outwards);
    if (along == 0) continue;
    const double t = glm::dot(centre - s.eye, outwards) / along;
    if (glm::distance(s.eye + t * s.ray, centre) <= (end ? rb : ra)) offer(t, outwards);
  }
  // The side: |q - (q.axis) axis|^2 = r(q.axis)^2 with q = eye + t ray - a, a quadratic in t.
  const glm::dvec3 o = s.eye - a, o_across = o - glm::dot(o, axis) * axis,
                   r_across = s.ray - glm::dot(s.ray, axis) * axis;
  const double slope = (rb - ra) / length, r0 = ra + slope * glm::dot(o, axis), r1 = slope * glm::dot(s.ray, axis);
  const double qa = glm::dot(r_across, r_across) - r1 * r1, qb = 2 * (glm::dot(o_across, r_across) - r0 * r1),
               qc = glm::dot(o_across, o_across) - r0 * r0, h = qb * qb - 4 * qa * qc;
  if (h >= 0 && qa != 0) {
    for (const double sign : {-1.0, 1.0}) {
      const double t = (-qb + sign * std::sqrt(h)) / (2 * qa), y = glm::dot(o + t * s.ray, axis);
      if (y < 0 || y > length) continue;
      const glm::dvec3 across = o_across + t * r_across;
      offer(t, glm::normalize(glm::normalize(across) - slope * axis));
    }
  }
  return nearest;
}

// The part of a ball that lies beyond two planes through its centre, whose normals are given.
inline std::optional<Seen> seen_wedge(const Sight& s, glm::dvec3 centre, double radius, glm::dvec3 beyond,
                                      glm::dvec3 also_beyond) {
  const glm::dvec3 o = s.eye - centre;
  const double b = glm::dot(o, s.ray), h = b * b - glm::dot(o, o) + radius * radius;
  if (h < 0) return std::nullopt;
  const double t = -b - std::sqrt(h);
  const glm::dvec3 place = o + t * s.ray;
  if (t <= 0 || glm::dot(place, beyond) < 0 || glm::dot(place, also_beyond) < 0) return std::nullopt;
  return Seen{t, place / radius};
}

struct TruePicture {
  int width = 0, height = 0;
  std::vector<double> covered;      // 0..1
  std::vector<glm::dvec3> normals;  // camera space; the mean over what is covered
  std::vector<double> roughness;    // largest distance of a normal from that mean
};

// The cones of a picture, and between each and its parent, where they meet, the joint.
class RayCaster {
 public:
  explicit RayCaster(const Pieces& pieces) : p_(pieces) {}

  std::optional<Seen> seen(const Sight& s) const {
    std::optional<Seen> nearest;
    const auto offer = [&](const std::optional<Seen>& one) {
      if (one && (!nearest || one->distance < nearest->distance)) nearest = one;
    };
    for (std::size_t i = 0; i < p_.size(); ++i) {
      if (inside(s.eye, i) || beside(s, i)) continue;  // a body round the eye is not seen
      offer(seen_cone(s, p_.start[i], p_.start_radius[i], p_.end[i], p_.end_radius[i]));
      if (p_.parent[i] < 0) continue;
      const auto k = static_cast<std::size_t>(p_.parent[i]);
      if (p_.end[k] != p_.start[i]) continue;
      offer(seen_wedge(s, p_.start[i], std::min(p_.start_radius[i], p_.end_radius[k]), direction(k), -direction(i)));
    }
    return nearest;
  }

  TruePicture picture(const Camera& camera, glm::ivec2 size, int per_side = 5) const {
    const glm::dmat3 axes(camera.axes());
    TruePicture out{size.x, size.y, {}, {}, {}};
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x) {
        std::vector<glm::dvec3> normals;
        for (int k = 0; k < per_side * per_side; ++k) {
          const double px = x + (k % per_side + 0.5) / per_side, py = y + (k / per_side + 0.5) / per_side;
          if (const auto one = seen(sight_through(camera, size, {px, py})))
            normals.push_back(glm::transpose(axes) * one->normal);
        }
        glm::dvec3 mean(0);
        for (const auto& n : normals) mean += n;
        if (!normals.empty()) mean /= static_cast<double>(normals.size());
        double rough = 0;
        for (const auto& n : normals) rough = std::max(rough, glm::distance(n, mean));
        out.covered.push_back(static_cast<double>(normals.size()) / (per_side * per_side));
        out.normals.push_back(mean);
        out.roughness.push_back(rough);
      }
    }
    return out;
  }

 private:
  glm::dvec3 direction(std::size_t i) const { return glm::normalize(glm::dvec3(p_.end[i]) - glm::dvec3(p_.start[i])); }
  bool beside(const Sight& s, std::size_t i) const {
    const glm::dvec3 a = p_.start[i], b = p_.end[i], o = 0.5 * (a + b) - s.eye;
    const double along = glm::dot(o, s.ray),
                 r = 0.5 * glm::distance(a, b) + static_cast<double>(std::max(p_.start_radius[i], p_.end_radius[i]));
    return glm::dot(o, o) - along * along > r * r;
  }
  bool inside(glm::dvec3 at, std::size_t i) const {
    const double length = glm::distance(glm::dvec3(p_.start[i]), glm::dvec3(p_.end[i]));
    const glm::dvec3 axis = direction(i), o = at - glm::dvec3(p_.start[i]);
    const double y = glm::dot(o, axis);
    if (y < 0 || y > length) return false;
    const double r = p_.start_radius[i] + (p_.end_radius[i] - p_.start_radius[i]) * y / length;
    return glm::distance(o, y * axis) < r;
  }

  const Pieces& p_;
};

}  // namespace cnv::test
