#include "cnv/base/findings.hpp"

#include <gtest/gtest.h>

namespace cnv {
namespace {

TEST(findings, one_line_for_each_with_what_is_wrong_below) {
  const std::vector<Finding> findings{{"viewer", "here", ""}, {"fonts", "none", "Install one."}};
  EXPECT_EQ(findings_text(findings),
            "viewer  here\nfonts   none\n  ! Install one.\nOne thing is wrong, see the lines with !\n");
  EXPECT_FALSE(is_well(findings));
  EXPECT_EQ(findings_text(std::vector<Finding>{{"a", "b", ""}}), "a  b\nNothing is wrong.\n");
  EXPECT_TRUE(is_well(std::vector<Finding>{{"a", "b", ""}}));
  EXPECT_NE(findings_text(std::vector<Finding>{{"a", "b", "c"}, {"d", "e", "f"}}).find("2 things are wrong"),
            std::string::npos);
}

TEST(findings, come_back_from_their_lines) {
  const std::vector<Finding> findings{{"viewer", "", ""}, {"Qt", "6.4, µ", "a\tb\nc"}};
  auto back = findings;
  back[1].problem = "a b c";
  EXPECT_EQ(findings_from_lines(findings_lines(findings)), back);
}

TEST(findings, of_other_bytes_are_those_that_are_whole_lines) {
  EXPECT_TRUE(findings_from_lines("").empty());
  EXPECT_TRUE(findings_from_lines("\n\nno tabs\none\ttab\n").empty());
  EXPECT_EQ(findings_from_lines("a\tb\tc\td\nx\ty\t"), (std::vector<Finding>{{"a", "b", "c\td"}, {"x", "y", ""}}));
}

}  // namespace
}  // namespace cnv
