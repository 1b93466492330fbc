// What tracers leave odd is mended and said with its line; what makes no tree is an error.
#include "cnv/io/swc_trees.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cnv::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string file(const std::string& rows) {
  const std::string path = testing::TempDir() + "trees.swc";
  std::ofstream(path) << rows;
  return path;
}

std::string error_of(const std::string& rows) {
  const auto trees = read_swc_trees(file(rows));
  return trees ? "" : trees.error();
}

std::vector<std::int64_t> parents(const SwcTrees& trees) {
  std::vector<std::int64_t> out;
  for (const SwcNode& node : trees.nodes) out.push_back(node.parent);
  return out;
}
std::vector<std::int64_t> ids(const SwcTrees& trees) {
  std::vector<std::int64_t> out;
  for (const SwcNode& node : trees.nodes) out.push_back(node.id);
  return out;
}

TEST(SwcTrees, a_sound_file_is_taken_as_it_is) {
  auto trees = read_swc_trees(file("1 1 0 0 0 5 -1\n2 3 9 0 0 1 1\n"));
  ASSERT_TRUE(trees.ok());
  put_in_order(*trees, "f");
  EXPECT_THAT(trees->warnings, IsEmpty());
  EXPECT_THAT(parents(*trees), ElementsAre(-1, 1));
}

TEST(SwcTrees, what_is_odd_is_mended_and_named_with_its_line) {
  const auto trees = read_swc_trees(file("# traced\n1 1 0 0 0 5 1\n2 3 9 0 0 0 1\n3 3 9 9 0 1 77\n4 3 9 9 9 0 3\n"));
  ASSERT_TRUE(trees.ok());
  EXPECT_THAT(parents(*trees), ElementsAre(-1, 1, -1, 3));
  EXPECT_THAT(trees->warnings,
              ElementsAre(HasSubstr("trees.swc:4: parent 77 does not exist: point 3 is taken as a root"),
                          HasSubstr("trees.swc:2: point 1 is its own parent"),
                          HasSubstr("trees.swc:3: the radius is 0: a section as thin there conducts nothing (and 1 "
                                    "other line)")));
}

TEST(SwcTrees, what_makes_no_tree_is_an_error_at_its_line) {
  EXPECT_THAT(error_of("3 1 0 0 0 1 -1\n3 1 0 0 0 1 -1\n"), HasSubstr(":2: id 3 is used already on line 1"));
  EXPECT_THAT(error_of("1 1 0 0 0 -2.5 -1\n"), HasSubstr(":1: the radius -2.5 is negative"));
  EXPECT_THAT(error_of("-1 1 0 0 0 1 -1\n"), HasSubstr(":1: id -1 is negative"));
  EXPECT_THAT(error_of("1 1 0 0 0 1 -1\n2 1 0 0 0 1 3\n3 1 0 0 0 1 2\n"), HasSubstr(":2: point 2 is its own ancestor"));
  EXPECT_THAT(error_of("1 1 0 0 0 1 2\n2 1 0 0 0 1 1\n"), HasSubstr(":1: point 1 is its own ancestor"));
  EXPECT_THAT(error_of("# nothing\n"), HasSubstr("holds no points"));
}

TEST(SwcTrees, rows_are_put_in_the_order_of_their_ids_and_parents_first) {
  auto rows = read_swc_trees(file("3 3 9 9 0 1 2\n1 1 0 0 0 5 -1\n2 3 9 0 0 1 1\n"));
  ASSERT_TRUE(rows.ok());
  put_in_order(*rows, "f.swc");
  EXPECT_THAT(ids(*rows), ElementsAre(1, 2, 3));
  EXPECT_THAT(rows->warnings, ElementsAre(HasSubstr("f.swc:2: id 1 follows 3")));

  auto outwards = read_swc_trees(file("1 3 9 0 0 1 3\n2 3 9 9 0 1 1\n3 1 0 0 0 5 -1\n"));
  ASSERT_TRUE(outwards.ok());
  put_in_order(*outwards, "f.swc");
  EXPECT_THAT(ids(*outwards), ElementsAre(3, 1, 2));
  EXPECT_THAT(outwards->warnings, ElementsAre(HasSubstr("f.swc:1: point 1 comes before its parent 3")));
}

TEST(SwcTrees, further_roots_are_one_warning) {
  auto trees = read_swc_trees(file("1 1 0 0 0 5 -1\n2 1 90 0 0 5 -1\n3 1 180 0 0 5 -1\n"));
  ASSERT_TRUE(trees.ok());
  EXPECT_THAT(trees->warnings, IsEmpty());
  warn_of_further_roots(*trees, "f.swc", "it is read too");
  EXPECT_THAT(trees->warnings, ElementsAre("f.swc:2: starts a further tree: it is read too (and 1 other line)"));
}

}  // namespace
}  // namespace cnv::io
