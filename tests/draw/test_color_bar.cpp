#include "cnv/draw/color_bar.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace cnv {
namespace {

std::vector<std::string> labels(const std::vector<ColorBarTick>& ticks) {
  std::vector<std::string> out;
  for (const auto& tick : ticks) out.push_back(tick.label);
  return out;
}

TEST(ColorBar, voltage_limits_get_round_ticks_with_a_true_minus) {
  const auto ticks = color_bar_ticks(-80, 50, 5);
  EXPECT_EQ(labels(ticks), (std::vector<std::string>{"−50", "0", "50"}));
  EXPECT_FLOAT_EQ(ticks.back().position, 1);
  EXPECT_EQ(labels(color_bar_ticks(-80, 40, 4)), (std::vector<std::string>{"−50", "0"}));
  EXPECT_EQ(labels(color_bar_ticks(-80, 40, 7)),
            (std::vector<std::string>{"−80", "−60", "−40", "−20", "0", "20", "40"}));
}

TEST(ColorBar, decimals_follow_the_step) {
  EXPECT_EQ(labels(color_bar_ticks(0, 1, 5)), (std::vector<std::string>{"0.0", "0.5", "1.0"}));
  EXPECT_EQ(labels(color_bar_ticks(0, 0.001, 3)), (std::vector<std::string>{"0.0000", "0.0005", "0.0010"}));
}

TEST(ColorBar, reversed_limits_keep_their_ends) {
  const auto ticks = color_bar_ticks(10, 0, 3);
  EXPECT_FLOAT_EQ(ticks.front().position, 1);
  EXPECT_EQ(ticks.front().value, 0);
}

TEST(ColorBar, limits_without_extent_or_sense_are_no_error) {
  EXPECT_EQ(color_bar_ticks(3, 3).size(), 1u);
  EXPECT_TRUE(color_bar_ticks(0, std::numeric_limits<double>::infinity()).empty());
  EXPECT_TRUE(color_bar_ticks(std::nan(""), 1).empty());
  EXPECT_LE(color_bar_ticks(1e15, 1e15 + 1).size(), 65u);
}

}  // namespace
}  // namespace cnv
