#include "cnv/draw/pick.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include <glm/geometric.hpp>

#include "draw/random_tree.hpp"
#include "draw/ray_caster.hpp"

namespace cnv {
namespace {

constexpr glm::vec2 size_px(1000, 600);

std::shared_ptr<Pieces> two_bars() {
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{-50, 0, 0}, 2, {50, 0, 0}, 2}, 0, 0, 0, -1);
  pieces->add({{0, -20, -40}, 3, {0, -20, 40}, 3}, 1, 1, 1, -1);  // nearer to the eye
  return pieces;
}

Camera front() { return {.azimuth_deg = 0, .elevation_deg = 0, .distance = 150}; }

TEST(Pick, the_piece_in_front_is_hit) {
  const LodTree tree(two_bars());
  for (const bool orthographic : {false, true}) {
    Camera camera = front();
    camera.orthographic = orthographic;
    const Projection p = make_projection(camera, size_px, tree.bounds());
    EXPECT_EQ(pick(tree, p, {500, 300})->piece, 1);
    const glm::vec3 left = project(p, {-30, 0, 0});
    const auto hit = pick(tree, p, {left.x, left.y});
    ASSERT_TRUE(hit);
    EXPECT_EQ(hit->piece, 0);
    EXPECT_NEAR(hit->position, 0.2f, 0.01f);
    EXPECT_NEAR(hit->point.x, orthographic ? -30 : -30 * 148.0f / 150, 0.05f) << "where the surface is seen";
    EXPECT_EQ(hit->distance_px, 0);
    EXPECT_FALSE(pick(tree, p, {900, 50}));
  }
}

TEST(Pick, a_thin_neurite_is_found_within_the_tolerance) {
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{-50, 0, 0}, 0.01f, {50, 0, 0}, 0.01f}, 0, 0);
  const LodTree tree(pieces);
  const Projection p = make_projection(front(), size_px, tree.bounds());
  EXPECT_TRUE(pick(tree, p, {500, 304}));
  EXPECT_FALSE(pick(tree, p, {500, 306}));
  EXPECT_FALSE(pick(tree, p, {500, 302}, {.tolerance_px = 1}));
}

TEST(Pick, a_direct_hit_behind_wins_over_a_near_miss_in_front) {
  auto pieces = two_bars();
  const LodTree tree(pieces);
  const Projection p = make_projection(front(), size_px, tree.bounds());
  const glm::vec3 edge = project(p, {3, -20, 0});
  const auto hit = pick(tree, p, {edge.x + 2, 300});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->piece, 0);
}

TEST(Pick, a_piece_that_passes_beside_the_eye_can_be_hit) {
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{3, -400, 0}, 1, {3, 400, 0}, 1}, 0, 0);
  const LodTree tree(pieces);
  const Projection p = make_projection(front(), size_px, tree.bounds());
  const glm::vec3 at = project(p, {3, 0, 0});
  const auto hit = pick(tree, p, {at.x, at.y});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->piece, 0);
}

TEST(Pick, finds_what_a_search_of_all_pieces_finds) {
  const auto pieces = test::random_tree(1500, 21);
  const LodTree tree(pieces);
  std::mt19937 random(4);
  int rays = 0, lines = 0, misses = 0;
  for (int k = 0; k < 600; ++k) {
    Camera camera = best_initial_view(fit_points(tree.cones()), size_px);
    camera.orthographic = k % 2 == 1;
    if (k % 3 == 0) camera.distance *= 0.2f;
    const Projection p = make_projection(camera, size_px, tree.bounds());
    const auto& cone = tree.cone(static_cast<std::int32_t>(random() % pieces->size()));
    const glm::vec3 at = project(p, glm::mix(cone.start, cone.end, 0.5f));
    const int off_px = k % 4 == 3 ? 40 : 8;
    const auto shift = [&] { return static_cast<float>(static_cast<int>(random() % (2U * off_px + 1)) - off_px); };
    const float right = shift(), down = shift();
    const glm::vec2 pixel(at.x + right, at.y + down);
    if (at.z < p.near_um || pixel.x < 0 || pixel.y < 0 || pixel.x > size_px.x || pixel.y > size_px.y) continue;
    const test::Sight sight = test::sight_through(camera, size_px, pixel);
    const glm::dvec3 back = camera.axes()[2];
    double surface = 1e30, line_px = 1e30, nearest_px = 1e30;
    std::size_t seen = 0;
    // How far a piece is on the screen from the pixel, as a line as wide as it is thick.
    const auto off = [&](std::size_t i) {
      const glm::vec3 a = project(p, pieces->start[i]), b = project(p, pieces->end[i]);
      if (std::min(a.z, b.z) < p.near_um) return 1e30;
      const glm::vec2 ba = glm::vec2(b) - glm::vec2(a);
      const float h = glm::clamp(glm::dot(pixel - glm::vec2(a), ba) / std::max(glm::dot(ba, ba), 1e-9f), 0.0f, 1.0f);
      const float radius =
          glm::mix(pieces->start_radius[i] * p.pixels_per_um(a.z), pieces->end_radius[i] * p.pixels_per_um(b.z), h);
      return static_cast<double>(glm::distance(pixel, glm::vec2(a) + ba * h) - std::max(radius, 0.5f));
    };
    for (std::size_t i = 0; i < pieces->size(); ++i) {
      nearest_px = std::min(nearest_px, off(i));
      if (pieces->start_radius[i] * p.pixels_per_um(at.z) < 1.5f) line_px = std::min(line_px, off(i));
      const auto one =
          test::seen_cone(sight, pieces->start[i], pieces->start_radius[i], pieces->end[i], pieces->end_radius[i]);
      if (!one) continue;
      const double depth =
          camera.distance - glm::dot(sight.eye + sight.ray * one->distance - glm::dvec3(camera.center), back);
      if (depth > p.near_um && depth < surface) surface = depth, seen = i;
    }
    const auto hit = pick(tree, p, pixel);
    if (surface < 1e29) {
      ++rays;
      ASSERT_TRUE(hit) << k;
      const auto mine = static_cast<std::size_t>(hit->piece);
      EXPECT_LE(hit->depth_um, surface + 2.5) << "behind what is seen, in picture " << k;
      EXPECT_TRUE(mine == seen || off(mine) < 1.5) << "picture " << k << ": " << off(mine) << " px from the piece";
      EXPECT_EQ(hit->distance_px, 0);
    } else if (line_px < 3) {
      ++lines;
      ASSERT_TRUE(hit) << k;
      EXPECT_LE(off(static_cast<std::size_t>(hit->piece)), std::max(line_px, 0.0) + 1.5) << k;
    } else if (nearest_px > 7) {
      ++misses;
      EXPECT_FALSE(hit) << k;
    }
  }
  EXPECT_GT(rays, 100);
  EXPECT_GT(lines, 50);
  EXPECT_GT(misses, 20);
}

TEST(Pick, a_section_ends_where_it_is_drawn_to_end) {
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{-5, 0, 0}, 10, {5, 0, 0}, 10}, 0, 0);
  const LodTree tree(pieces);
  for (const bool orthographic : {false, true}) {
    Camera camera = front();
    camera.orthographic = orthographic;
    const Projection p = make_projection(camera, size_px, tree.bounds());
    const float scale = camera.pixels_per_um(size_px);
    const PickOptions exact{.tolerance_px = 0};
    EXPECT_TRUE(pick(tree, p, {500 + 4.8f * scale, 300}, exact));
    EXPECT_FALSE(pick(tree, p, {500 + 5.8f * scale, 300}, exact)) << "a round end would be here";
    EXPECT_TRUE(pick(tree, p, {500, 300 - 9.5f * scale}, exact));
    EXPECT_NEAR(pick(tree, p, {500 - 2.5f * scale, 300}, exact)->position, 0.25f, 0.03f);
  }
}

}  // namespace
}  // namespace cnv
