#include "cnv/draw/pick.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include <glm/geometric.hpp>

#include "draw/random_tree.hpp"

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
    EXPECT_NEAR(hit->point.x, -30, 0.3f);
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

TEST(Pick, the_tree_finds_what_a_search_of_all_pieces_finds) {
  const auto pieces = test::random_tree(1500, 21);
  const LodTree tree(pieces);
  const Camera camera = best_initial_view(fit_points(tree.cones()), size_px);
  const Projection p = make_projection(camera, size_px, tree.bounds());
  std::mt19937 random(4);
  int hits = 0;
  for (int k = 0; k < 300; ++k) {
    const auto& cone = tree.cone(static_cast<std::int32_t>(random() % pieces->size()));
    const glm::vec3 at = project(p, glm::mix(cone.start, cone.end, 0.5f));
    const glm::vec2 pixel(at.x + static_cast<float>(random() % 9) - 4, at.y + static_cast<float>(random() % 9) - 4);
    // Each piece as a tree of its own: no pruning, the same measure.
    std::int32_t best = -1;
    float depth = 1e30f, beside = 1e30f;
    bool direct = false;
    for (std::size_t i = 0; i < pieces->size(); ++i) {
      const Cone& c = tree.cone(static_cast<std::int32_t>(i));
      const glm::vec3 a = project(p, c.start), b = project(p, c.end);
      const glm::vec2 ba = glm::vec2(b) - glm::vec2(a);
      const float l2 = glm::dot(ba, ba);
      const float h = l2 > 0 ? glm::clamp(glm::dot(pixel - glm::vec2(a), ba) / l2, 0.0f, 1.0f) : 0;
      const float w = std::max(glm::mix(c.start_radius * p.focal_px / a.z, c.end_radius * p.focal_px / b.z, h), 0.5f);
      const float d = glm::distance(pixel, glm::vec2(a) + ba * h), t = h * a.z / (h * a.z + (1 - h) * b.z);
      const float e = std::min(d / w, 1.0f);
      const float z = glm::mix(a.z, b.z, t) - glm::mix(c.start_radius, c.end_radius, t) * std::sqrt(1 - e * e);
      if (d <= w && (!direct || z < depth)) {
        best = static_cast<std::int32_t>(i), depth = z, direct = true;
      } else if (!direct && d - w <= 4 && d - w < beside) {
        best = static_cast<std::int32_t>(i), beside = d - w;
      }
    }
    const auto hit = pick(tree, p, pixel);
    ASSERT_EQ(hit.has_value(), best >= 0);
    if (!hit || hit->piece == best) {
      hits += hit.has_value();
      continue;
    }
    // Neighbours share their joint; there both are right.
    const auto other = static_cast<std::size_t>(best), mine = static_cast<std::size_t>(hit->piece);
    EXPECT_TRUE(glm::distance(pieces->start[mine], pieces->end[other]) < 1e-3f ||
                glm::distance(pieces->start[other], pieces->end[mine]) < 1e-3f ||
                glm::distance(pieces->start[other], pieces->start[mine]) < 1e-3f);
  }
  EXPECT_GT(hits, 200);
}

}  // namespace
}  // namespace cnv
