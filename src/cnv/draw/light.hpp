// The light on round bodies: weak, so that a colour can be read from the colour bar. A surface that faces the eye has
// the bar's colour; others lie between `darkest` and `brightest` times it. Shared by the painter and the shaders.
#pragma once

#include <cmath>

#include <glm/geometric.hpp>
#include <glm/vec3.hpp>

namespace cnv {

// Towards the light, in camera space (x right, y up, z towards the eye).
inline constexpr glm::vec3 light_direction{-0.37f, 0.56f, 0.74f};
inline constexpr float relief = 0.25f;  // 0: everything has its plain colour
inline constexpr float darkest = 1 - relief * 1.42f, brightest = 1 + relief * 0.26f;

// The factor of a colour where the unit normal in camera space is `normal`; linear, so means are as easy.
inline float light_on(glm::vec3 normal, float strength = relief) {
  return 1 + strength * (glm::dot(normal, light_direction) - light_direction.z);
}

// How a straight body with the unit axis `axis` (camera space) lies towards an eye in the unit direction `towards_eye`.
struct Tilt {
  float along_sight;    // cosine between axis and sight, 0: seen from the side, 1: the axis points at the eye
  float from_side;      // sine, not below 0.02
  glm::vec3 facing{0};  // unit normal of its side that faces the eye most
};
inline Tilt tilt_of(glm::vec3 axis, glm::vec3 towards_eye) {
  constexpr float least = 0.02f;
  const float c = glm::dot(axis, towards_eye), s2 = 1 - c * c;
  const float s = s2 > least * least ? std::sqrt(s2) : least;
  return {c, s, (towards_eye - c * axis) / s};
}

// The mean over the visible half of a round body, seen from the side.
inline float mean_light(const Tilt& tilt, float strength = relief) {
  constexpr float quarter_pi = 0.7853982f;
  return light_on(quarter_pi * tilt.facing, strength);
}

}  // namespace cnv
