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

TEST(Pieces, a_soma_as_long_as_it_is_thick_is_drawn_as_a_ball) {
  Pieces p;
  p.add({{-10, 0, 0}, 10, {10, 0, 0}, 10}, 0, 0, 0, -1);
  p.add({{10, 0, 0}, 0.5f, {60, 0, 0}, 0.5f}, 1, 1, 1, 0);
  const std::vector<Cone> drawn = drawn_cones(p, p.parent);
  EXPECT_LT(glm::distance(drawn[0].start, drawn[0].end), 1e-4f);
  EXPECT_NEAR(drawn[0].start.x, 0, 1e-4f);
  EXPECT_EQ(drawn[0].start_radius, 10);
  EXPECT_EQ(drawn[1].start, p.start[1]) << "the neurite still begins at the pole of the ball";
  EXPECT_NEAR(drawn[1].end.x, 59.5f, 1e-4f) << "a tip ends where its last point lies";
}

TEST(Pieces, halves_of_a_soma_stay_distinct_bodies) {
  Pieces p;
  p.add({{-10, 0, 0}, 10, {0, 0, 0}, 10}, 0, 0, 0, -1);
  p.add({{0, 0, 0}, 10, {10, 0, 0}, 10}, 1, 1, 0, 0);
  const std::vector<Cone> drawn = drawn_cones(p, p.parent);
  EXPECT_NEAR(drawn[0].start.x, -1, 1e-4f);
  EXPECT_EQ(drawn[0].end, p.end[0]);
  EXPECT_NEAR(drawn[1].end.x, 1, 1e-4f);
}

TEST(Pieces, ends_that_continue_are_not_drawn_back) {
  Pieces p;
  p.add({{0, 0, 0}, 1, {10, 0, 0}, 1}, 0, 0, 0, -1);
  p.add({{10, 0, 0}, 0.8f, {20, 0, 0}, 0.8f}, 1, 1, 0, 0);
  const std::vector<Cone> drawn = drawn_cones(p, p.parent);
  EXPECT_EQ(drawn[0].end, p.end[0]);
  EXPECT_EQ(drawn[1].start, p.start[1]);
}

}  // namespace
}  // namespace cnv
