#include "cnv/io/swc.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace cnv::io {
namespace {

namespace fs = std::filesystem;
using ::testing::EndsWith;
using ::testing::HasSubstr;

class Swc : public ::testing::Test {
 protected:
  void TearDown() override { fs::remove(path_); }
  Result<std::vector<SwcNode>> read(const std::string& text, SwcColumns columns = SwcColumns::first_seven) {
    std::ofstream(path_, std::ios::binary) << text;
    return read_swc(path_, columns);
  }
  const std::string path_ = (fs::temp_directory_path() / ("cnv_io_" + std::to_string(getpid()) + ".swc")).string();
};

TEST_F(Swc, rows_keep_their_order_and_know_their_line) {
  const auto nodes = read("# c\n\n 7 3 1.5 -2 3e1 +0.25 -1\n2\t1 0 0 0 1 7");
  ASSERT_TRUE(nodes.ok()) << nodes.error();
  ASSERT_EQ(nodes->size(), 2u);
  const SwcNode& first = (*nodes)[0];
  EXPECT_EQ(first.id, 7);
  EXPECT_EQ(first.type, 3);
  EXPECT_EQ(first.x, 1.5);
  EXPECT_EQ(first.y, -2);
  EXPECT_EQ(first.z, 30);
  EXPECT_EQ(first.radius, 0.25);
  EXPECT_EQ(first.parent, -1);
  EXPECT_EQ(first.line, 3);
  EXPECT_EQ((*nodes)[1].parent, 7);
  EXPECT_EQ((*nodes)[1].line, 4);
}

TEST_F(Swc, line_ends_of_windows_and_comments_behind_the_columns_are_read) {
  EXPECT_EQ(read("# c\r\n  # d\r\n\r\n1 1 0 0 0 5 -1\r\n2 3 9 0 0 1 1 # note\r\n")->size(), 2u);
  EXPECT_TRUE(read("")->empty());
}

TEST_F(Swc, exactly_seven_columns_on_request) {
  EXPECT_TRUE(read("1 1 0 0 0 5 -1\r\n", SwcColumns::seven).ok());
  EXPECT_THAT(read("1 1 0 0 0 5 -1 # soma\n", SwcColumns::seven).error(),
              EndsWith(":1: has 9 columns instead of 7 (id type x y z radius parent)"));
}

TEST_F(Swc, errors_name_line_and_column) {
  EXPECT_THAT(read("\n1 1 0 0 0 5\n").error(), HasSubstr(path_ + ":2: has 6 columns"));
  EXPECT_THAT(read("1.5 1 0 0 0 5 -1\n").error(), EndsWith(":1: id '1.5' is not a whole number"));
  EXPECT_THAT(read("1 1e10 0 0 0 5 -1\n").error(), EndsWith("type '1e10' is not a whole number"));
  EXPECT_THAT(read("1 1 0 inf 0 5 -1\n").error(), EndsWith("y 'inf' is not a number"));
  EXPECT_THAT(read("1 1 0 0 0 5x -1\n").error(), EndsWith("radius '5x' is not a number"));
  EXPECT_THAT(read("1 1 0 0 0 5 1e99\n").error(), EndsWith("parent '1e99' is not a whole number"));
  EXPECT_THAT(read_swc("/no/such.swc").error(), HasSubstr("/no/such.swc: cannot be read: No such file"));
}

}  // namespace
}  // namespace cnv::io
