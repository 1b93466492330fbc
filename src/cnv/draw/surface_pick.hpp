// What of a surface lies under the pointer: on the CPU, with all samples. Used by 3-D views for hover and for dragging
// slices; any thread.
#pragma once

#include <optional>
#include <span>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/surface_grid.hpp"

namespace cnv {

// Points start + t · direction; t >= 0 lies in front of the eye for perspective cameras.
struct Ray {
  glm::vec3 start{0}, direction{0, 0, -1};
};
Ray ray_under(const Projection& projection, glm::vec2 pixel);

struct SurfaceHit {
  std::int64_t column = 0, row = 0;  // the sample nearest to the point
  glm::vec3 point{0};                // in the picture's units
};

// The front-most point of the surface under the ray; none beside it and in holes. Heights are rows × columns, NaN is a
// hole.
std::optional<SurfaceHit> pick_surface(const SurfaceGrid& grid, std::span<const float> heights, const Ray& ray);

// The place along the line start + s · direction that comes nearest to the ray; none when both are parallel.
std::optional<float> nearest_along(glm::vec3 start, glm::vec3 direction, const Ray& ray);

}  // namespace cnv
