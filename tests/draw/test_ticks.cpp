#include "cnv/draw/ticks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "cnv/draw/number_format.hpp"

namespace cnv {
namespace {

std::vector<std::string> labels(const TickSet& set) {
  std::vector<std::string> result;
  for (const auto& tick : set.ticks) {
    if (tick.major) result.push_back(tick.label);
  }
  return result;
}

using Labels = std::vector<std::string>;

TEST(Ticks, are_round_and_have_as_many_digits_as_the_step_needs) {
  EXPECT_EQ(labels(make_ticks(-80, 50, 300)), (Labels{"−80", "−60", "−40", "−20", "0", "20", "40"}));
  EXPECT_EQ(labels(make_ticks(0, 1, 300)), (Labels{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}));
  EXPECT_EQ(labels(make_ticks(73.45, 123.45, 300)), (Labels{"80", "90", "100", "110", "120"}));
  EXPECT_EQ(labels(make_ticks(2000, 3000, 400)), (Labels{"2000", "2200", "2400", "2600", "2800", "3000"}));
  EXPECT_EQ(labels(make_ticks(-66, -64, 300)), (Labels{"−66.0", "−65.5", "−65.0", "−64.5", "−64.0"}));
}

TEST(Ticks, long_numbers_are_powers_of_ten) {
  EXPECT_EQ(tick_label(1.5e-7, 5e-8, 2e-7), "1.5×10⁻⁷");
  EXPECT_EQ(tick_label(1.5e-4, 5e-5, 2e-4), "0.00015");
  EXPECT_EQ(tick_label(1.5e-8, 5e-9, 2e-8), "1.5×10⁻⁸");
  EXPECT_EQ(tick_label(-2e12, 5e11, 2e12), "−2.0×10¹²");
  EXPECT_EQ(tick_label(0, 5e-9, 2e-8), "0");
  EXPECT_EQ(tick_label(100000000, 5e7, 1e8), "100000000");
}

TEST(Ticks, steps_are_one_two_five) {
  EXPECT_DOUBLE_EQ(nice_step(0.9), 1);
  EXPECT_DOUBLE_EQ(nice_step(1), 1);
  EXPECT_DOUBLE_EQ(nice_step(1.1), 2);
  EXPECT_DOUBLE_EQ(nice_step(3), 5);
  EXPECT_DOUBLE_EQ(nice_step(0.06), 0.1);
  EXPECT_EQ(step_decimals(0.25), 2);
  EXPECT_EQ(step_decimals(50), 0);
  EXPECT_EQ(step_decimals(0.1), 1);
  EXPECT_EQ(step_decimals(2.5), 1);
  EXPECT_EQ(step_decimals(1e-3), 3);
}

TEST(Ticks, for_random_ranges_lie_inside_are_even_and_four_to_seven_where_a_step_allows_it) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 3000; ++i) {
    const double span = std::pow(10, unit(random) * 8 - 4), low = (unit(random) - 0.5) * span * 20, high = low + span;
    const TickSet set = make_ticks(low, high, 4000);
    const auto count = set.ticks.size();
    EXPECT_GE(count, 3U);
    EXPECT_LE(count, 8U);
    if (count < 4 || count > 7) {
      // No 1-2-5 step does better for this range.
      for (double step = nice_step(span / 20); step < span; step = nice_step(step * 1.5)) {
        const double n = std::floor(high / step) - std::ceil(low / step) + 1;
        EXPECT_FALSE(n >= 4 && n <= 7) << low << " " << high << " step " << step;
      }
    }
    for (std::size_t k = 0; k < count; ++k) {
      const auto& tick = set.ticks[k];
      EXPECT_GE(tick.value, low);
      EXPECT_LE(tick.value, high);
      if (k > 0) {
        EXPECT_NEAR(tick.value - set.ticks[k - 1].value, set.step, 1e-5 * set.step);
        EXPECT_NE(tick.label, set.ticks[k - 1].label);
      }
      if (tick.label.find("×") != std::string::npos) continue;
      std::string ascii = tick.label;
      const auto minus = ascii.find(minus_sign);
      if (minus == 0) ascii.replace(0, minus_sign.size(), "-");
      EXPECT_NEAR(std::stod(ascii), tick.value, 1e-5 * set.step) << tick.label;
      EXPECT_FALSE(tick.label.starts_with("-"));
      if (std::stod(ascii) == 0) {
        EXPECT_EQ(minus, std::string::npos) << tick.label;
      }
    }
  }
}

TEST(Ticks, labels_do_not_collide_however_short_the_axis) {
  for (double length = 5; length < 600; length += 7) {
    TickOptions options;
    options.label_extent_px = [](std::string_view text) { return 6.5 * static_cast<double>(text.size()); };
    const TickSet set = make_ticks(1000, 1100.5, length, options);
    for (std::size_t i = 1; i < set.ticks.size(); ++i) {
      const double distance = (set.ticks[i].value - set.ticks[i - 1].value) / 100.5 * length;
      EXPECT_GE(distance, 6.5 * 4 + options.gap_px - 1e-9) << length;
    }
    if (length > 300) {
      EXPECT_GE(set.ticks.size(), 4U);
    }
    EXPECT_GE(set.ticks.size(), 1U);
  }
}

TEST(Ticks, explicit_spacing_is_used_and_minor_ticks_have_no_label) {
  TickOptions options;
  options.major_spacing = 0.25;
  EXPECT_EQ(labels(make_ticks(0, 1, 400, options)), (Labels{"0.00", "0.25", "0.50", "0.75", "1.00"}));
  options.major_spacing = 20;
  options.minor_spacing = 5;
  const TickSet set = make_ticks(11, 62, 400, options);
  EXPECT_EQ(labels(set), (Labels{"20", "40", "60"}));
  std::vector<double> minors;
  for (const auto& tick : set.ticks) {
    if (!tick.major) minors.push_back(tick.value);
  }
  EXPECT_EQ(minors, (std::vector<double>{15, 25, 30, 35, 45, 50, 55}));
}

TEST(Ticks, explicit_spacing_that_is_too_dense_is_widened) {
  TickOptions options;
  options.major_spacing = 1;
  options.minor_spacing = 1e-9;
  const TickSet set = make_ticks(0, 1e6, 300, options);
  EXPECT_GE(set.ticks.size(), 3U);
  EXPECT_LE(set.ticks.size(), 12U);
  options.major_spacing = -3;
  options.minor_spacing = NAN;
  EXPECT_EQ(labels(make_ticks(0, 1, 300, options)).size(), 6U);
}

TEST(Ticks, a_moving_range_keeps_its_step) {
  std::optional<double> step;
  for (int i = 0; i < 500; ++i) {
    TickOptions options;
    options.previous_step = step;
    const TickSet set = make_ticks(i * 0.37, i * 0.37 + 75, 700, options);
    if (step) {
      EXPECT_EQ(set.step, *step);
    }
    step = set.step;
  }
}

TEST(Ticks, ranges_without_extent_have_none) {
  EXPECT_TRUE(make_ticks(1, 1, 100).ticks.empty());
  EXPECT_TRUE(make_ticks(2, 1, 100).ticks.empty());
  EXPECT_TRUE(make_ticks(0, NAN, 100).ticks.empty());
  EXPECT_TRUE(make_ticks(0, INFINITY, 100).ticks.empty());
  EXPECT_TRUE(make_ticks(0, 1, 0).ticks.empty());
  EXPECT_TRUE(make_ticks(1e15, std::nextafter(1e15, 2e15), 100).ticks.empty());
}

}  // namespace
}  // namespace cnv
