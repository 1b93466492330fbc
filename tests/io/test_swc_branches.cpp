#include "cnv/io/swc_branches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cnv::io {
namespace {

using ::testing::ElementsAre;

SwcNode node(std::int64_t id, int type, double x, double y, double radius, std::int64_t parent) {
  return {id, type, x, y, 0, radius, parent, static_cast<int>(id)};
}

std::vector<SwcBranch> cut(const std::vector<SwcNode>& nodes, const std::string& basename = {}) {
  return swc_branches(nodes, basename);
}

std::vector<double> xs(const SwcBranch& branch) {
  std::vector<double> out;
  for (const auto& point : branch.points) out.push_back(point.position[0]);
  return out;
}

TEST(SwcBranches, end_at_branch_points_and_type_changes) {
  const auto b = cut({node(1, 3, 0, 0, 1, -1), node(2, 3, 10, 0, 2, 1), node(3, 3, 20, 0, 3, 2),
                      node(4, 2, 30, 0, 4, 3), node(5, 2, 40, 0, 5, 4), node(6, 2, 40, 9, 5, 4)});
  ASSERT_EQ(b.size(), 4u);
  EXPECT_THAT(xs(b[0]), ElementsAre(0, 10, 20));
  EXPECT_THAT(xs(b[1]), ElementsAre(20, 30));
  EXPECT_EQ(b[1].points[0].diam, 6);
  EXPECT_EQ(b[1].points[1].diam, 8);
  EXPECT_EQ(b[1].parent, 0);
  EXPECT_EQ(b[1].parent_x, 1);
  EXPECT_EQ(b[3].parent, 1);
  EXPECT_EQ(b[0].name, "dendrite[0]");
  EXPECT_EQ(b[3].name, "axon[2]");
}

TEST(SwcBranches, the_parts_of_a_root_hang_on_the_start_of_the_one_that_continues_it) {
  const auto b =
      cut({node(1, 2, 0, 0, 1, -1), node(2, 3, -10, 0, 1, 1), node(3, 2, 10, 0, 1, 1), node(4, 7, 0, 10, 1, 1)}, "c");
  ASSERT_EQ(b.size(), 3u);
  EXPECT_EQ(b[0].name, "c_axon[0]");
  EXPECT_EQ(b[0].parent, -1);
  EXPECT_EQ(b[1].name, "c_dendrite[0]");
  EXPECT_EQ(b[2].name, "c_sec[0]");
  for (int i : {1, 2}) {
    EXPECT_EQ(b[i].parent, 0);
    EXPECT_EQ(b[i].parent_x, 0);
    EXPECT_EQ(b[i].points[0].position, b[0].points[0].position);
  }
}

TEST(SwcBranches, a_root_of_another_type_than_all_its_children_makes_no_stub) {
  const auto b = cut({node(1, 3, 0, 0, 1, -1), node(2, 2, 10, 0, 1, 1), node(3, 2, 20, 0, 1, 2)});
  ASSERT_EQ(b.size(), 1u);
  EXPECT_THAT(xs(b[0]), ElementsAre(0, 10, 20));
}

TEST(SwcBranches, a_soma_of_one_point_is_a_sphere_that_dendrites_leave_from_their_own_first_point) {
  const auto b =
      cut({node(1, 1, 5, 0, 4, -1), node(2, 3, 9, 0, 1, 1), node(3, 3, 19, 0, 1, 2), node(4, 3, -20, 0, 1, 1)});
  ASSERT_EQ(b.size(), 3u);
  EXPECT_THAT(xs(b[0]), ElementsAre(1, 5, 9));
  EXPECT_THAT(xs(b[1]), ElementsAre(9, 19));
  EXPECT_EQ(b[1].parent_x, 0.5);
  ASSERT_TRUE(b[1].start_on_parent);
  EXPECT_EQ((*b[1].start_on_parent)[0], 5);
  EXPECT_THAT(xs(b[2]), ElementsAre(5, -20));  // one point alone would have no length
  EXPECT_FALSE(b[2].start_on_parent);
  EXPECT_EQ(b[2].points[0].diam, 2);
}

TEST(SwcBranches, points_in_one_place_become_a_stub) {
  const auto b =
      cut({node(1, 3, 0, 0, 1, -1), node(2, 3, 10, 0, 1.5, 1), node(3, 3, 10, 0, 1.5, 2), node(4, 3, 20, 0, 1, 2)});
  ASSERT_EQ(b.size(), 3u);
  EXPECT_THAT(xs(b[1]), ElementsAre(10, 13));
}

TEST(SwcBranches, ids_stand_in_any_order_and_trees_in_the_order_of_their_roots) {
  const auto b = cut({node(9, 3, 10, 0, 1, 50), node(4, 1, 0, 0, 2, -1), node(50, 3, 0, 0, 1, -1)});
  ASSERT_EQ(b.size(), 2u);
  EXPECT_EQ(b[0].root_id, 4);
  EXPECT_EQ(b[1].root_id, 50);
  EXPECT_THAT(xs(b[1]), ElementsAre(0, 10));
}

TEST(SwcBranches, chains_of_a_million_points_need_no_recursion) {
  std::vector<SwcNode> nodes;
  for (int i = 1; i <= 1'000'000; ++i) nodes.push_back(node(i, 2 + i % 2, i, 0, 1, i > 1 ? i - 1 : -1));
  const auto b = cut(nodes);
  EXPECT_EQ(b.size(), nodes.size() - 1);
  EXPECT_EQ(b.back().parent, static_cast<int>(b.size()) - 2);
}

}  // namespace
}  // namespace cnv::io
