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
  Result<std::vector<SwcNode>> read(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    return read_swc(path_);
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

TEST_F(Swc, every_kind_of_line_end_is_read_and_counted_once) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const auto nodes =
        read("# made by a tracer" + end + end + "1 1 0 0 0 5 -1" + end + "2 3 9 0 0 1 1" + end + "3 3 20 0 0 1 2");
    ASSERT_TRUE(nodes) << nodes.error();
    ASSERT_EQ(nodes->size(), 3u);
    EXPECT_EQ((*nodes)[2].line, 5);
    EXPECT_EQ((*nodes)[2].x, 20);
    EXPECT_THAT(read("# c" + end + "1 1 0 0 0 5 -1" + end + "2 3 9 0 0 one 1" + end).error(),
                EndsWith(":3: radius 'one' is not a number"));
  }
  EXPECT_EQ(read("1 1 0 0 0 5 -1\r2 3 9 0 0 1 1\n3 3 20 0 0 1 2\r\n")->size(), 3u) << "mixed";
}

TEST_F(Swc, a_byte_order_mark_is_no_part_of_the_first_line) {
  EXPECT_EQ(read("\xef\xbb\xbf"
                 "1 1 0 0 0 5 -1\n")
                ->front()
                .id,
            1);
  EXPECT_EQ(read("\xef\xbb\xbf# comment\n1 1 0 0 0 5 -1\n")->size(), 1u);
}

TEST_F(Swc, a_file_that_is_not_plain_text_is_named) {
  const auto wide = [](const std::string& text, bool big) {
    std::string out;
    for (const char c : text) out += big ? std::string{'\0', c} : std::string{c, '\0'};
    return out;
  };
  for (const auto& text : {"\xff\xfe" + wide("1 1 0 0 0 5 -1\n", false), "\xfe\xff" + wide("1 1 0 0 0 5 -1\n", true),
                           wide("1 1 0 0 0 5 -1\n", false)}) {
    EXPECT_THAT(read(text).error(), HasSubstr(path_ + ": is"));
    EXPECT_THAT(read(text).error(), HasSubstr("UTF-16"));
  }
}

TEST_F(Swc, a_root_may_have_the_parent_0_where_no_point_has_that_id) {
  EXPECT_EQ(read("1 1 0 0 0 5 0\n2 3 9 0 0 1 1\n7 1 50 0 0 5 0\n")->back().parent, -1);
  EXPECT_EQ(read("0 1 0 0 0 5 -1\n1 3 9 0 0 1 0\n")->back().parent, 0);
}

TEST_F(Swc, ids_have_64_bits) {
  const auto nodes = read("720575940623940963 1 0 0 0 5 -1\n720575940623940964 3 9 0 0 1 720575940623940963\n");
  ASSERT_TRUE(nodes) << nodes.error();
  EXPECT_EQ((*nodes)[0].id, 720575940623940963);
  EXPECT_EQ((*nodes)[1].parent, (*nodes)[0].id);
  EXPECT_THAT(read("99999999999999999999 1 0 0 0 5 -1\n").error(),
              EndsWith("id '99999999999999999999' has more than 64 bits"));
  EXPECT_EQ(read("1e3 1 0 0 0 5 -1.0\n")->front().id, 1000);
}

TEST_F(Swc, errors_name_line_and_column) {
  EXPECT_THAT(read("\n1 1 0 0 0 5\n").error(), HasSubstr(path_ + ":2: has 6 columns"));
  EXPECT_THAT(read("1.5 1 0 0 0 5 -1\n").error(), EndsWith(":1: id '1.5' is not a whole number"));
  EXPECT_THAT(read("1 1e10 0 0 0 5 -1\n").error(), EndsWith("type '1e10' is no type"));
  EXPECT_THAT(read("1 1 0 inf 0 5 -1\n").error(), EndsWith("y 'inf' is not a number"));
  EXPECT_THAT(read("1 1 0 0 0 5x -1\n").error(), EndsWith("radius '5x' is not a number"));
  EXPECT_THAT(read("1 1 0 0 0 5 1e99\n").error(),
              EndsWith("parent '1e99' is too large to be written with a point or a power"));
  EXPECT_THAT(read_swc("/no/such.swc").error(), HasSubstr("/no/such.swc: cannot be read: No such file"));
}

}  // namespace
}  // namespace cnv::io
