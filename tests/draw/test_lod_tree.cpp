#include "cnv/draw/lod_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <glm/geometric.hpp>

#include "draw/random_tree.hpp"

namespace cnv {
namespace {

std::vector<Cone> line_of_cones(int n) {
  std::vector<Cone> cones;
  for (int i = 0; i < n; ++i) cones.push_back({{float(i), 0, 0}, 0.5f, {float(i + 1), 0, 0}, 0.5f});
  return cones;
}

TEST(Chains, the_heaviest_child_continues_the_chain) {
  std::vector<Cone> cones = line_of_cones(5);
  cones.push_back({{2, 0, 0}, 0.5f, {2, 9, 0}, 0.5f});  // heavier than the rest of the line
  const std::vector<std::int32_t> parents{-1, 0, 1, 2, 3, 1};
  const Chains chains = make_chains(cones, parents);
  EXPECT_EQ(chains.order, (std::vector<std::int32_t>{0, 1, 5, 2, 3, 4}));
  EXPECT_EQ(chains.first, (std::vector<std::int32_t>{0, 3, 6}));
}

TEST(Chains, a_child_apart_from_its_parents_end_begins_a_chain) {
  std::vector<Cone> cones = line_of_cones(3);
  cones[2].start.y = cones[2].end.y = 4;
  const Chains chains = make_chains(cones, std::vector<std::int32_t>{-1, 0, 1});
  EXPECT_EQ(chains.first, (std::vector<std::int32_t>{0, 2, 3}));
}

TEST(Chains, children_may_come_before_their_parents) {
  std::vector<Cone> cones = line_of_cones(4);
  std::reverse(cones.begin(), cones.end());
  const Chains chains = make_chains(cones, std::vector<std::int32_t>{1, 2, 3, -1});
  EXPECT_EQ(chains.order, (std::vector<std::int32_t>{3, 2, 1, 0}));
}

bool is_above_chains(const LodNode& node) { return std::isinf(node.deviation); }

class RandomTree : public ::testing::Test {
 protected:
  std::shared_ptr<const Pieces> pieces = test::random_tree(3000, 3);
  LodTree tree{pieces};
};

TEST_F(RandomTree, every_piece_has_one_place_in_the_order) {
  std::vector<std::int32_t> seen(tree.order().begin(), tree.order().end());
  std::sort(seen.begin(), seen.end());
  for (std::size_t i = 0; i < seen.size(); ++i) ASSERT_EQ(seen[i], static_cast<std::int32_t>(i));
  EXPECT_EQ(seen.size(), pieces->size());
}

TEST_F(RandomTree, children_split_their_parents_range_and_skip_leads_past_them) {
  const auto nodes = tree.nodes();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const StandIn& whole = tree.stand_in(i);
    if (tree.is_leaf(i)) {
      EXPECT_EQ(whole.last, whole.first + 1);
      EXPECT_EQ(tree.leaf(whole.first), static_cast<std::int32_t>(i));
      continue;
    }
    std::int32_t at = whole.first;
    std::size_t child = i + 1;
    for (; child < static_cast<std::size_t>(nodes[i].skip); child = static_cast<std::size_t>(nodes[child].skip)) {
      EXPECT_EQ(tree.stand_in(child).first, at);
      EXPECT_GT(nodes[child].skip, static_cast<std::int32_t>(child));
      at = tree.stand_in(child).last;
    }
    EXPECT_EQ(at, whole.last);
    EXPECT_EQ(child, static_cast<std::size_t>(nodes[i].skip));
  }
}

TEST_F(RandomTree, the_bounding_sphere_and_the_deviation_hold_for_every_piece_of_a_node) {
  for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
    const LodNode& node = tree.nodes()[i];
    const StandIn& range = tree.stand_in(i);
    double length = 0, area = 0;
    for (std::int32_t k = range.first; k < range.last; ++k) {
      const Cone& c = tree.cone(tree.order()[static_cast<std::size_t>(k)]);
      EXPECT_LE(glm::distance(c.start, node.center) + c.start_radius, node.radius + 1e-3f);
      EXPECT_LE(glm::distance(c.end, node.center) + c.end_radius, node.radius + 1e-3f);
      const double l = glm::distance(c.start, c.end);
      length += l;
      area += l * 0.5 * (c.start_radius + c.end_radius);
    }
    EXPECT_NEAR(node.length, length, 1e-3 * length + 1e-4);
    EXPECT_TRUE(tree.is_leaf(i) || is_above_chains(node) || std::abs(range.cone.start_radius - area / length) < 1e-3);
  }
}

TEST_F(RandomTree, means_agree_with_brute_force_and_leave_nan_out) {
  std::mt19937 random(7);
  std::vector<float> values(pieces->size());
  for (float& v : values) v = static_cast<float>(random() % 1000) - 500;
  for (std::size_t i = 0; i < values.size(); i += 11) values[i] = std::numeric_limits<float>::quiet_NaN();
  std::vector<std::pair<std::int32_t, std::int32_t>> ranges;
  for (std::size_t i = 0; i < tree.nodes().size(); ++i)
    ranges.push_back({tree.stand_in(i).first, tree.stand_in(i).last});
  std::vector<float> means;
  tree.means(ranges, values, means);
  for (std::size_t r = 0; r < ranges.size(); ++r) {
    double sum = 0;
    int n = 0;
    for (std::int32_t k = ranges[r].first; k < ranges[r].second; ++k) {
      const auto piece = static_cast<std::size_t>(tree.order()[static_cast<std::size_t>(k)]);
      const float v = values[static_cast<std::size_t>(pieces->value[piece])];
      if (!std::isnan(v)) sum += static_cast<double>(v), ++n;
    }
    if (n == 0) {
      EXPECT_TRUE(std::isnan(means[r]));
    } else {
      EXPECT_NEAR(means[r], sum / n, 1e-3);
    }
  }
}

TEST(LodTree, pieces_without_a_value_or_beyond_the_values_are_nan) {
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{0, 0, 0}, 1, {5, 0, 0}, 1}, 0, -1);
  pieces->add({{50, 0, 0}, 1, {55, 0, 0}, 1}, 1, 7);
  pieces->add({{90, 0, 0}, 1, {95, 0, 0}, 1}, 2, 1);
  const LodTree tree(pieces);
  std::vector<float> means;
  const std::vector<std::pair<std::int32_t, std::int32_t>> ranges{{0, 1}, {1, 2}, {2, 3}};
  tree.means(ranges, std::vector<float>{4, 5}, means);
  EXPECT_TRUE(std::isnan(means[0]));
  EXPECT_TRUE(std::isnan(means[1]));
  EXPECT_EQ(means[2], 5);
}

TEST(LodTree, geometry_without_topology_is_joined_by_its_end_points) {
  Pieces plain = *test::random_tree(400, 9);
  const LodTree with(std::make_shared<const Pieces>(plain));
  plain.parent.clear();
  const LodTree without(std::make_shared<const Pieces>(plain));
  EXPECT_EQ(with.nodes().size(), without.nodes().size());
}

TEST(LodTree, sections_and_entities_are_found) {
  const LodTree tree(test::random_tree(50));
  const auto positions = tree.positions_of_section(2);
  EXPECT_EQ(positions.size(), 7u);
  for (const auto k : positions) EXPECT_EQ(tree.order()[static_cast<std::size_t>(k)] / 7, 2);
  EXPECT_EQ(tree.positions_of_entity(13).size(), 1u);
  EXPECT_TRUE(tree.positions_of_section(-1).empty());
}

TEST(LodTree, nothing_to_draw_is_no_error) {
  const LodTree tree(std::make_shared<const Pieces>());
  EXPECT_TRUE(tree.nodes().empty());
  EXPECT_TRUE(tree.bounds().empty());
}

}  // namespace
}  // namespace cnv
