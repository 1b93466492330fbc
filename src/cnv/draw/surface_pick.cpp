#include "cnv/draw/surface_pick.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

constexpr float never = std::numeric_limits<float>::infinity();

// Where the ray meets a triangle from either side; `never` when it misses. (Möller and Trumbore.)
float meets(const Ray& ray, glm::vec3 a, glm::vec3 b, glm::vec3 c) {
  const glm::vec3 ab = b - a, ac = c - a, p = glm::cross(ray.direction, ac);
  const float det = glm::dot(ab, p);
  if (!(std::fabs(det) > 0)) return never;
  const glm::vec3 from = ray.start - a, q = glm::cross(from, ab);
  const float u = glm::dot(from, p) / det, v = glm::dot(ray.direction, q) / det, t = glm::dot(ac, q) / det;
  constexpr float slack = 1e-5f;  // no gap between neighbours
  return u >= -slack && v >= -slack && u + v <= 1 + slack && t >= 0 ? t : never;
}

// One side of the grid in ascending order.
struct Side {
  std::vector<float> at;
  bool reversed = false, monotone = true;

  std::int64_t cells() const { return static_cast<std::int64_t>(at.size()) - 1; }
  // Of the cell in ascending order, the lower of its two positions in the grid.
  std::int64_t cell(std::int64_t i) const { return reversed ? cells() - 1 - i : i; }
  std::int64_t find(float place) const {
    const auto above = std::upper_bound(at.begin(), at.end(), place) - at.begin();
    return std::clamp<std::int64_t>(above - 1, 0, cells() - 1);
  }
};

Side side_of(std::span<const double> values, double origin, double scale) {
  Side out;
  for (const double v : values) out.at.push_back(static_cast<float>((v - origin) * scale));
  out.reversed = out.at.size() > 1 && out.at.front() > out.at.back();
  if (out.reversed) std::reverse(out.at.begin(), out.at.end());
  out.monotone = std::is_sorted(out.at.begin(), out.at.end()) &&
                 std::all_of(out.at.begin(), out.at.end(), [](float v) { return std::isfinite(v); });
  return out;
}

class Search {
 public:
  Search(const SurfaceGrid& grid, std::span<const float> heights, const Ray& ray)
      : grid_(grid), heights_(heights), ray_(ray) {}

  void look_at(std::int64_t column, std::int64_t row) {
    const auto corner = [&](std::int64_t dc, std::int64_t dr) {
      return grid_.place(column + dc, row + dr, heights_[grid_.index(column + dc, row + dr)]);
    };
    const glm::vec3 a = corner(0, 0), b = corner(1, 0), c = corner(0, 1), d = corner(1, 1);
    // The same diagonal as in the picture.
    const bool other = std::isnan(b.z) || std::isnan(c.z);
    const float t =
        other ? std::min(triangle(a, b, d), triangle(a, d, c)) : std::min(triangle(a, b, c), triangle(c, b, d));
    if (t >= nearest_) return;
    nearest_ = t;
    const glm::vec3 point = ray_.start + t * ray_.direction;
    float least = never;
    for (std::int64_t dr = 0; dr < 2; ++dr)
      for (std::int64_t dc = 0; dc < 2; ++dc) {
        const glm::vec3 at = corner(dc, dr);
        const float distance = std::hypot(at.x - point.x, at.y - point.y);
        if (std::isnan(at.z) || distance >= least) continue;
        least = distance;
        hit_ = {column + dc, row + dr, point};
      }
  }
  bool found() const { return nearest_ < never; }
  const SurfaceHit& hit() const { return hit_; }

 private:
  float triangle(glm::vec3 a, glm::vec3 b, glm::vec3 c) const {
    return std::isnan(a.z + b.z + c.z) ? never : meets(ray_, a, b, c);
  }

  const SurfaceGrid& grid_;
  std::span<const float> heights_;
  const Ray& ray_;
  float nearest_ = never;
  SurfaceHit hit_;
};

// Part of the ray over the ground of the grid; false when there is none.
bool clip_to_ground(const Ray& ray, const Side& x, const Side& y, float& from, float& to) {
  from = 0;
  to = never;
  for (int axis = 0; axis < 2; ++axis) {
    const auto& at = axis == 0 ? x.at : y.at;
    const float start = ray.start[axis], direction = ray.direction[axis];
    if (std::fabs(direction) < 1e-12f) {
      if (start < at.front() || start > at.back()) return false;
      continue;
    }
    float enter = (at.front() - start) / direction, leave = (at.back() - start) / direction;
    if (enter > leave) std::swap(enter, leave);
    from = std::max(from, enter);
    to = std::min(to, leave);
  }
  return from <= to;
}

// Cells in the order in which the ray passes over them; the first hit is the front-most.
void walk(Search& search, const Ray& ray, const Side& x, const Side& y) {
  float t = 0, end = 0;
  if (!clip_to_ground(ray, x, y, t, end)) return;
  const glm::vec3 enter = ray.start + t * ray.direction;
  std::int64_t column = x.find(enter.x), row = y.find(enter.y);
  const int step_x = ray.direction.x >= 0 ? 1 : -1, step_y = ray.direction.y >= 0 ? 1 : -1;
  const auto crossing = [&](const Side& side, std::int64_t cell, int step, int axis) {
    const float direction = ray.direction[axis];
    return std::fabs(direction) < 1e-12f
               ? never
               : (side.at[static_cast<std::size_t>(step > 0 ? cell + 1 : cell)] - ray.start[axis]) / direction;
  };
  while (column >= 0 && row >= 0 && column < x.cells() && row < y.cells()) {
    search.look_at(x.cell(column), y.cell(row));
    if (search.found()) return;
    const float next_x = crossing(x, column, step_x, 0), next_y = crossing(y, row, step_y, 1);
    if (std::min(next_x, next_y) > end || std::isinf(std::min(next_x, next_y))) return;
    if (next_x <= next_y) column += step_x;
    else row += step_y;
  }
}

}  // namespace

Ray ray_under(const Projection& projection, glm::vec2 pixel) {
  const glm::vec3 near_point = unproject(projection, pixel, projection.near_um),
                  far_point = unproject(projection, pixel, projection.far_um);
  return {near_point, glm::normalize(far_point - near_point)};
}

std::optional<SurfaceHit> pick_surface(const SurfaceGrid& grid, std::span<const float> heights, const Ray& ray) {
  if (grid.columns() < 2 || grid.rows() < 2 || heights.size() != grid.x.size() * grid.y.size()) return std::nullopt;
  const Side x = side_of(grid.x, grid.space.origin.x, grid.space.scale.x),
             y = side_of(grid.y, grid.space.origin.y, grid.space.scale.y);
  Search search(grid, heights, ray);
  if (x.monotone && y.monotone) {
    walk(search, ray, x, y);
  } else {
    for (std::int64_t row = 0; row + 1 < grid.rows(); ++row)
      for (std::int64_t column = 0; column + 1 < grid.columns(); ++column) search.look_at(column, row);
  }
  return search.found() ? std::optional(search.hit()) : std::nullopt;
}

std::optional<float> nearest_along(glm::vec3 start, glm::vec3 direction, const Ray& ray) {
  const float aa = glm::dot(direction, direction), ab = glm::dot(direction, ray.direction),
              bb = glm::dot(ray.direction, ray.direction);
  const glm::vec3 between = start - ray.start;
  const float det = aa * bb - ab * ab;
  if (!(det > 1e-6f * aa * bb)) return std::nullopt;
  return (ab * glm::dot(ray.direction, between) - bb * glm::dot(direction, between)) / det;
}

}  // namespace cnv
