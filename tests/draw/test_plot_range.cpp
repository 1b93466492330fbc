#include "cnv/draw/plot_range.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "cnv/draw/ticks.hpp"

namespace cnv {
namespace {

TEST(YRange, a_flat_trace_lies_in_the_middle_of_a_round_range) {
  const AxisRange range = y_range(-64.973675, -64.973675);
  EXPECT_GE(range.span(), 1.2);
  EXPECT_LE(range.span(), 3);
  EXPECT_NEAR(range.low + range.span() / 2, -64.97, 0.2);
  for (const auto& tick : make_ticks(range.low, range.high, 300).ticks)
    EXPECT_LE(tick.label.size(), std::string("−65.0").size());
  EXPECT_LT(y_range(0, 0).low, 0);
  EXPECT_GT(y_range(0, 0).high, 0);
}

TEST(YRange, noise_below_the_minimum_span_does_not_zoom_in) {
  EXPECT_EQ(y_range(-65.00001, -64.99999), y_range(-65, -65));
  YRangeOptions options;
  options.min_span = 10;
  EXPECT_GE(y_range(-65, -64.5, options).span(), 10);
}

TEST(YRange, holds_the_data_with_a_margin_and_ends_on_half_a_tick_step) {
  std::mt19937 random(9);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 2000; ++i) {
    const double span = std::pow(10, unit(random) * 10 - 5), low = (unit(random) - 0.7) * span, high = low + span;
    const AxisRange range = y_range(low, high);
    EXPECT_LT(range.low, low);
    EXPECT_GT(range.high, high);
    EXPECT_LT(range.span(), 1.5 * span);
    const double unit_step = nice_step(span * 1.08 / 7) / 2;
    EXPECT_NEAR(range.low / unit_step, std::round(range.low / unit_step), 1e-6);
    EXPECT_NEAR(range.high / unit_step, std::round(range.high / unit_step), 1e-6);
  }
}

TEST(YRange, limits_from_the_script_are_exact) {
  YRangeOptions both;
  both.y_min = -80;
  both.y_max = 43.21;
  EXPECT_EQ(y_range(-200, 200, both), (AxisRange{-80, 43.21}));
  std::swap(both.y_min, both.y_max);
  EXPECT_EQ(y_range(-200, 200, both), (AxisRange{-80, 43.21}));
  YRangeOptions low;
  low.y_min = -80.5;
  EXPECT_EQ(y_range(-70, 30, low).low, -80.5);
  EXPECT_GT(y_range(-70, 30, low).high, 30);
  EXPECT_GT(y_range(-70, 95, low).high, 95);  // the other side follows the data
  EXPECT_GT(y_range(-200, -100, low).high, -80.5);
  YRangeOptions high;
  high.y_max = 1;
  EXPECT_EQ(y_range(0.2, 0.4, high).high, 1);
  EXPECT_LT(y_range(0.2, 0.4, high).low, 0.2);
  EXPECT_LT(y_range(5, 6, high).low, 1);
}

TEST(YRange, without_data_is_still_a_range) {
  EXPECT_GT(y_range(INFINITY, -INFINITY).span(), 0);
  EXPECT_TRUE(std::isfinite(y_range(NAN, NAN).span()));
  YRangeOptions low;
  low.y_min = 7;
  EXPECT_EQ(y_range(INFINITY, -INFINITY, low).low, 7);
  YRangeOptions broken;
  broken.y_min = NAN;
  EXPECT_EQ(y_range(0, 5, broken), y_range(0, 5));
}

TEST(XRange, shows_all_data_exactly) {
  EXPECT_EQ(full_x_range(2, 9), (AxisRange{2, 9}));
  EXPECT_EQ(full_x_range(2, 2), (AxisRange{2, 3}));
}

TEST(XRange, a_rolling_window_is_not_padded_with_empty_space) {
  EXPECT_EQ(rolling_x_range(0, 30, 100), (AxisRange{0, 100})) << "it stands still until it is full";
  EXPECT_EQ(rolling_x_range(0, 250, 100), (AxisRange{150, 250}));
  EXPECT_EQ(rolling_x_range(5, 5, 100), (AxisRange{5, 105}));
}

}  // namespace
}  // namespace cnv
