#include "cnv/draw/surface_pick.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

constexpr glm::vec2 size_px(640, 480);

struct Terrain {
  SurfaceGrid grid;
  std::vector<float> heights;
};

// Hills over uneven coordinates, with some holes.
Terrain terrain(int columns, int rows, unsigned seed, bool reversed_y, bool shuffled_x) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> step(0.2, 3.0), height(-6, 6);
  Terrain out;
  double at = -20;
  for (int i = 0; i < columns; ++i) out.grid.x.push_back(at += step(random));
  at = 100;
  for (int i = 0; i < rows; ++i) out.grid.y.push_back(at += step(random));
  if (reversed_y) std::reverse(out.grid.y.begin(), out.grid.y.end());
  if (shuffled_x) std::swap(out.grid.x[2], out.grid.x[columns - 2]);
  for (int i = 0; i < columns * rows; ++i)
    out.heights.push_back(random() % 12 == 0 ? NAN : static_cast<float>(height(random)));
  const SurfaceBox box{finite_range(std::span<const double>(out.grid.x)),
                       finite_range(std::span<const double>(out.grid.y)),
                       finite_range(std::span<const float>(out.heights))};
  out.grid.space = surface_space(box, Proportions::box);
  return out;
}

// Nearest crossing of the ray with any triangle, by solving for the plane and checking three sides.
std::optional<float> brute_force(const Terrain& t, const Ray& ray) {
  std::optional<float> best;
  const auto at = [&](std::int64_t c, std::int64_t r) {
    return glm::dvec3(t.grid.place(c, r, t.heights[t.grid.index(c, r)]));
  };
  const auto test = [&](glm::dvec3 a, glm::dvec3 b, glm::dvec3 c) {
    if (std::isnan(a.z + b.z + c.z)) return;
    const glm::dvec3 n = glm::cross(b - a, c - a), d(ray.direction), s(ray.start);
    if (std::fabs(glm::dot(n, d)) < 1e-12) return;
    const double along = glm::dot(n, a - s) / glm::dot(n, d);
    const glm::dvec3 p = s + along * d;
    const double slack = -1e-6 * glm::dot(n, n);
    for (const auto& [from, to] : {std::pair(a, b), {b, c}, {c, a}})
      if (glm::dot(glm::cross(to - from, p - from), n) < slack) return;
    if (along >= 0 && (!best || along < *best)) best = static_cast<float>(along);
  };
  for (std::int64_t r = 0; r + 1 < t.grid.rows(); ++r)
    for (std::int64_t c = 0; c + 1 < t.grid.columns(); ++c) {
      const auto a = at(c, r), b = at(c + 1, r), d = at(c, r + 1), e = at(c + 1, r + 1);
      if (std::isnan(b.z) || std::isnan(d.z)) test(a, b, e), test(a, e, d);
      else test(a, b, d), test(d, b, e);
    }
  return best;
}

TEST(SurfacePick, equals_brute_force) {
  std::mt19937 random(11);
  int hits = 0, differences = 0, rays = 0;
  for (unsigned seed = 0; seed < 12; ++seed) {
    const Terrain t = terrain(14 + static_cast<int>(seed), 9, seed, seed % 2 == 1, seed % 3 == 2);
    Bounds bounds;
    for (std::int64_t r = 0; r < t.grid.rows(); ++r)
      for (std::int64_t c = 0; c < t.grid.columns(); ++c)
        if (const auto p = t.grid.place(c, r, t.heights[t.grid.index(c, r)]); !std::isnan(p.z)) bounds.add(p);
    Camera camera{.azimuth_deg = static_cast<float>(random() % 360),
                  .elevation_deg = static_cast<float>(random() % 170) - 85,
                  .orthographic = seed % 4 == 3};
    camera = fitted(camera, fit_points(bounds), size_px);
    const Projection projection = make_projection(camera, size_px, bounds);
    for (int k = 0; k < 200; ++k, ++rays) {
      const Ray ray = ray_under(projection, {static_cast<float>(random() % 640), static_cast<float>(random() % 480)});
      const auto expected = brute_force(t, ray);
      const auto found = pick_surface(t.grid, t.heights, ray);
      hits += expected.has_value();
      const bool same = expected.has_value() == found.has_value() &&
                        (!found || glm::distance(found->point, ray.start + *expected * ray.direction) < 0.02f);
      differences += !same;
      if (found) {
        EXPECT_FALSE(std::isnan(t.heights[t.grid.index(found->column, found->row)]));
      }
    }
  }
  EXPECT_GT(hits, rays / 6);
  EXPECT_LE(differences, rays / 400) << "only rays along an edge may differ";
}

TEST(SurfacePick, names_the_nearest_sample) {
  Terrain t;
  t.grid.x = {0, 1, 10};
  t.grid.y = {0, 5};
  t.heights.assign(6, 0.0f);
  const auto hit = pick_surface(t.grid, t.heights, {{8, 4, 10}, {0, 0, -1}});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->column, 2);
  EXPECT_EQ(hit->row, 1);
  EXPECT_NEAR(hit->point.z, 0, 1e-5);
  EXPECT_FALSE(pick_surface(t.grid, t.heights, {{-1, 4, 10}, {0, 0, -1}}));
  EXPECT_FALSE(pick_surface(t.grid, t.heights, {{8, 4, 10}, {0, 0, 1}})) << "behind the eye";
  t.heights.assign(6, NAN);
  EXPECT_FALSE(pick_surface(t.grid, t.heights, {{8, 4, 10}, {0, 0, -1}}));
  EXPECT_FALSE(pick_surface(t.grid, std::vector<float>(5), {{8, 4, 10}, {0, 0, -1}})) << "heights of another shape";
}

TEST(NearestAlong, is_the_foot_of_the_common_perpendicular) {
  const auto along = nearest_along({0, 0, 0}, {4, 0, 0}, {{3, 5, 2}, {0, -1, 0}});
  ASSERT_TRUE(along);
  EXPECT_NEAR(*along, 0.75f, 1e-6);
  EXPECT_FALSE(nearest_along({0, 0, 0}, {4, 0, 0}, {{3, 5, 2}, {1, 0, 0}})) << "parallel";
}

}  // namespace
}  // namespace cnv
