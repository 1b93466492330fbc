#include "cnv/draw/pieces.hpp"

#include <gtest/gtest.h>

#include <limits>

#include <glm/geometric.hpp>

#include "draw/random_tree.hpp"

namespace cnv {
namespace {

TEST(Pieces, a_random_tree_passes_the_check) { EXPECT_TRUE(check(*test::random_tree(500)).ok()); }

TEST(Pieces, the_check_names_the_column_and_the_piece) {
  Pieces good = *test::random_tree(10);
  Pieces bad = good;
  bad.end[3].y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NE(check(bad).error().find("piece 3"), std::string::npos);
  bad = good;
  bad.start_radius[4] = -1;
  EXPECT_NE(check(bad).error().find("radius of piece 4"), std::string::npos);
  bad = good;
  bad.value.pop_back();
  EXPECT_NE(check(bad).error().find("value has 9 rows"), std::string::npos);
  bad = good;
  bad.parent[2] = 10;
  EXPECT_FALSE(check(bad).ok());
  bad = good;
  bad.entity_colors.resize(5);
  EXPECT_NE(check(bad).error().find("entity_colors"), std::string::npos);
}

TEST(Pieces, parents_in_a_circle_are_refused) {
  Pieces p = *test::random_tree(3);
  p.parent = {2, 0, 1};
  EXPECT_NE(check(p).error().find("circle"), std::string::npos);
}

TEST(Pieces, parents_are_found_by_equal_end_points_in_any_direction_of_rounding) {
  const auto tree = test::random_tree(2000, 5);
  Pieces p = *tree;
  for (std::size_t i = 0; i < p.size(); ++i) p.start[i] += glm::vec3(i % 2 ? 4e-4f : -4e-4f);
  const std::vector<std::int32_t> found = parents_by_end_points(p);
  EXPECT_EQ(found, tree->parent);
}

TEST(Pieces, bounds_hold_every_round_end) {
  Pieces p;
  p.add({{0, 0, 0}, 2, {10, 0, 0}, 1}, 0, 0);
  const Bounds box = bounds(p);
  EXPECT_EQ(box.low, glm::vec3(-2, -2, -2));
  EXPECT_EQ(box.high, glm::vec3(11, 2, 2));
  EXPECT_TRUE(bounds(Pieces{}).empty());
  EXPECT_EQ(bounds(Pieces{}).radius(), 0);
}

TEST(Pieces, what_is_drawn_is_as_long_as_it_is) {
  Pieces p;
  p.add({{-10, 0, 0}, 10, {10, 0, 0}, 10}, 0, 0, 0, -1);
  p.add({{10, 0, 0}, 0.5f, {60, 0, 0}, 0.5f}, 1, 1, 1, 0);
  const std::vector<Cone> drawn = drawn_cones(p, p.parent);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(drawn[i].start, p.start[i]);
    EXPECT_EQ(drawn[i].end, p.end[i]);
    EXPECT_EQ(drawn[i].start_radius, p.start_radius[i]);
  }
  EXPECT_TRUE(drawn[0].start_is_open());
  EXPECT_TRUE(drawn[0].end_is_open()) << "a neurite covers little of a soma's end";
  EXPECT_FALSE(drawn[1].start_is_open());
  EXPECT_TRUE(drawn[1].end_is_open());
}

TEST(Pieces, a_joint_knows_from_where_the_other_piece_comes) {
  Pieces p;
  p.add({{0, 0, 0}, 2, {10, 0, 0}, 2}, 0, 0, 0, -1);
  p.add({{10, 0, 0}, 3, {10, 10, 0}, 1}, 1, 1, 0, 0);     // continues, thicker
  p.add({{0, 0, 0}, 2, {0, 0, 10}, 2}, 2, 2, 1, 0);       // leaves its parent's start
  p.add({{5, 0, 0}, 0.5f, {5, 0, 9}, 0.5f}, 3, 3, 2, 0);  // begins inside its parent
  const std::vector<Cone> drawn = drawn_cones(p, p.parent);
  EXPECT_EQ(drawn[1].before, glm::vec3(1, 0, 0));
  EXPECT_EQ(drawn[1].start_joint, 2);
  EXPECT_TRUE(drawn[1].start_is_open()) << "it is thicker than what it continues";
  EXPECT_FALSE(drawn[0].end_is_open());
  EXPECT_EQ(drawn[2].before, glm::vec3(-1, 0, 0));
  EXPECT_FALSE(drawn[0].start_is_open());
  EXPECT_EQ(drawn[3].before, glm::vec3(0, 0, 0));
}

TEST(Pieces, a_step_of_the_diameter_is_no_body_and_what_follows_it_is_joined) {
  Pieces p;
  p.add({{0, 0, 0}, 5, {10, 0, 0}, 5}, 0, 0, 0, -1);
  p.add({{10, 0, 0}, 5, {10, 0, 0}, 1}, 1, 1, 0, 0);
  p.add({{10, 0, 0}, 1, {20, 0, 0}, 1}, 2, 2, 0, 1);
  std::vector<Cone> drawn = drawn_cones(p, p.parent);
  EXPECT_EQ(drawn[1].start_radius, 0);
  EXPECT_EQ(drawn[1].end_radius, 0);
  EXPECT_TRUE(drawn[0].end_is_open()) << "the ring round the thin one is seen";
  EXPECT_EQ(drawn[2].before, glm::vec3(1, 0, 0));
  Pieces ball;
  ball.add({{0, 0, 0}, 5, {0, 0, 0}, 5}, 0, 0, 0, -1);
  ball.add({{0, 0, 0}, 1, {20, 0, 0}, 1}, 1, 1, 0, 0);
  drawn = drawn_cones(ball, ball.parent);
  EXPECT_EQ(drawn[0].start_radius, 5) << "a soma given as a point";
}

TEST(Pieces, slices_that_are_too_thin_for_their_bend_are_joined_by_a_whole_ball) {
  Pieces p;
  p.add({{0, 0, 0}, 7, {0, 0.2f, 0}, 7}, 0, 0, 0, -1);
  p.add({{0, 0.2f, 0}, 7, {0.3f, 0.1f, 0}, 3}, 1, 1, 0, 0);
  p.add({{0.3f, 0.1f, 0}, 0.5f, {20, 0, 0}, 0.5f}, 2, 2, 1, 1);
  const std::vector<Cone> drawn = drawn_cones(p, p.parent);
  EXPECT_TRUE(drawn[1].has(Cone::round_start));
  EXPECT_FALSE(drawn[2].has(Cone::round_start)) << "a neurite that leaves it";
  Pieces curve;  // of short pieces that bend little
  for (int i = 0; i < 30; ++i) {
    const auto at = [](int k) {
      const float t = 0.05f * static_cast<float>(k);
      return glm::vec3(20 * std::cos(t), 20 * std::sin(t), 0);
    };
    curve.add({at(i), 5, at(i + 1), 5}, i, i, 0, i - 1);
  }
  for (const Cone& cone : drawn_cones(curve, curve.parent)) EXPECT_FALSE(cone.has(Cone::round_start));
}

TEST(Pieces, far_from_the_origin_ends_still_meet) {
  for (const float far : {1e3f, 1e5f, 3e5f}) {
    Pieces p;
    const glm::vec3 at(far + 0.1f, -far, far);
    p.add({at, 0.5f, at + glm::vec3(3, 0, 0), 0.5f}, 0, 0, 0, -1);
    p.add({p.end[0] + glm::vec3(far * 1e-7f), 0.5f, p.end[0] + glm::vec3(3, 3, 0), 0.5f}, 1, 1, 0, 0);
    EXPECT_GT(drawn_cones(p, p.parent)[1].start_joint, 0) << far;
  }
}

}  // namespace
}  // namespace cnv
