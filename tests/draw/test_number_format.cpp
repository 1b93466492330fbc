#include "cnv/draw/number_format.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>

namespace cnv {
namespace {

TEST(NumberFormat, has_a_true_minus_and_fixed_decimals) {
  EXPECT_EQ(format_fixed(-32, 2), "−32.00");
  EXPECT_EQ(format_fixed(0.601, 3), "0.601");
  EXPECT_EQ(format_fixed(1234567.5, 1), "1234567.5");
  EXPECT_EQ(format_fixed(12.6, 0), "13");
}

TEST(NumberFormat, never_shows_a_minus_before_zero) {
  EXPECT_EQ(format_fixed(-0.0, 3), "0.000");
  EXPECT_EQ(format_fixed(-0.0004, 3), "0.000");
  EXPECT_EQ(format_fixed(-0.0006, 3), "−0.001");
  EXPECT_EQ(format_fixed(-0.4, 0), "0");
}

TEST(NumberFormat, shows_a_dash_where_there_is_no_value) {
  EXPECT_EQ(format_fixed(NAN, 2), "–");
  EXPECT_EQ(format_fixed(-INFINITY, 2), "–");
  EXPECT_EQ(format_with_unit(NAN, 2, "mV"), "–\u2009mV");
}

TEST(NumberFormat, puts_a_thin_space_before_the_unit) {
  EXPECT_EQ(format_with_unit(-55.32, 2, "mV"), "−55.32\u2009mV");
  EXPECT_EQ(format_with_unit(3, 0, ""), "3");
  EXPECT_EQ(format_with_unit(45, 0, "%"), "45%");
}

TEST(NumberFormat, does_not_follow_the_locale) {
  for (const char* name : {"de_DE.UTF-8", "C"}) {
    if (std::setlocale(LC_ALL, name) == nullptr) continue;
    EXPECT_EQ(format_fixed(-1.5, 2), "−1.50");
  }
}

TEST(NumberFormat, chooses_decimals_from_the_range_of_a_quantity) {
  EXPECT_EQ(decimals_for_range(-80, 50), 2);
  EXPECT_EQ(decimals_for_range(-1, 1), 3);
  EXPECT_EQ(decimals_for_range(0, 1e6), 0);
  EXPECT_EQ(decimals_for_range(5, 5), 3);
  EXPECT_EQ(decimals_for_range(0, 0), 2);
  EXPECT_EQ(decimals_for_range(NAN, 1), 2);
}

TEST(NumberFormat, names_a_place_on_an_axis) {
  EXPECT_EQ(format_coordinate("tau", 7.4083, 2, 50), "tau = 7.41");
  EXPECT_EQ(format_coordinate("τ (ms)", 7.4083, 2, 50), "τ = 7.41\u2009ms");
  EXPECT_EQ(format_coordinate("x", -3, -10, 10), "x = \u22123.00");
  EXPECT_EQ(format_coordinate("r", 2e-7, 0, 1e-6), "r = 2.000×10⁻⁷");
}

TEST(NumberFormat, writes_powers_of_ten) {
  EXPECT_EQ(format_power(1.5e-7, 1), "1.5×10⁻⁷");
  EXPECT_EQ(format_power(-9.99e11, 1), "−1.0×10¹²");
  EXPECT_EQ(format_power(0, 3), "0");
  EXPECT_EQ(format_fixed(-2e300, 2), "−2.00×10³⁰⁰");
}

TEST(NumberFormat, writes_quantity_and_unit_as_given) {
  EXPECT_EQ(label_with_unit("v", "mV"), "v (mV)");
  EXPECT_EQ(label_with_unit("n", ""), "n");
  EXPECT_EQ(label_with_unit("", "ms"), "(ms)");
  EXPECT_EQ(label_with_unit("", ""), "");
}

TEST(NumberFormat, two_significant_figures_need_so_many_decimals) {
  EXPECT_EQ(decimals_for_two_digits(0.057), 3);
  EXPECT_EQ(decimals_for_two_digits(-1.5), 1);
  EXPECT_EQ(decimals_for_two_digits(12), 0);
  EXPECT_EQ(decimals_for_two_digits(340), -1);
}

}  // namespace
}  // namespace cnv
