// Millimetres, points, logical pixels and dots of a figure, against closed forms.
#include "cnv/base/figure_size.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cnv {
namespace {

FigureSize mm(double width, double height, double font_pt = 8, double dpi = 300) {
  return {.width = width, .height = height, .unit = FigureUnit::mm, .font_pt = font_pt, .dpi = dpi};
}

TEST(FigureSize, text_of_eleven_pixels_has_the_points_asked_for) {
  for (const double font_pt : {5.0, 8.0, 12.5}) {
    const auto layout = figure_layout(mm(85, 60, font_pt));
    ASSERT_TRUE(layout.ok()) << layout.error();
    EXPECT_NEAR(11 * layout->pt_per_px, font_pt, 1e-12);
    EXPECT_NEAR(layout->width_px, 85 / 25.4 * 72 * 11 / font_pt, 1e-9);
    EXPECT_NEAR(layout->height_px, 60 / 25.4 * 72 * 11 / font_pt, 1e-9);
    EXPECT_NEAR(layout->width_mm(), 85, 1e-9);
    EXPECT_NEAR(layout->height_mm(), 60, 1e-9);
  }
}

TEST(FigureSize, dots_follow_from_size_and_resolution_alone) {
  const auto large = figure_layout(mm(174, 120, 8, 600));
  ASSERT_TRUE(large.ok()) << large.error();
  EXPECT_EQ(large->dots_across(), 4110);
  EXPECT_EQ(large->dots_down(), 2835);
  const auto larger_text = figure_layout(mm(174, 120, 16, 600));
  ASSERT_TRUE(larger_text.ok()) << larger_text.error();
  EXPECT_EQ(larger_text->dots_across(), 4110);
  EXPECT_NEAR(larger_text->width_px * 2, large->width_px, 1e-9);
}

TEST(FigureSize, units_are_of_one_size) {
  EXPECT_NEAR((FigureSize{.width = 8.5, .unit = FigureUnit::cm}.width_mm()), 85, 1e-12);
  EXPECT_NEAR((FigureSize{.width = 2, .unit = FigureUnit::inch}.width_mm()), 50.8, 1e-12);
  EXPECT_NEAR((FigureSize{.width = 600, .unit = FigureUnit::px, .dpi = 300}.width_mm()), 50.8, 1e-12);
  const FigureSize inches = in_unit(mm(127, 63.5), FigureUnit::inch);
  EXPECT_NEAR(inches.width, 5, 1e-12);
  EXPECT_NEAR(inches.height, 2.5, 1e-12);
  const auto pixels = figure_layout({.width = 1000, .height = 777, .unit = FigureUnit::px, .dpi = 220});
  ASSERT_TRUE(pixels.ok()) << pixels.error();
  EXPECT_EQ(pixels->dots_across(), 1000);
  EXPECT_EQ(pixels->dots_down(), 777);
}

TEST(FigureSize, on_the_screen_a_pixel_is_a_ninety_sixth_of_an_inch) {
  const FigureSize size = size_on_screen(480, 288);
  EXPECT_NEAR(size.width_mm(), 127, 1e-9);
  EXPECT_NEAR(size.height_mm(), 76.2, 1e-9);
  EXPECT_NEAR(size.font_pt, 8.25, 1e-12);
  const auto layout = figure_layout(size);
  ASSERT_TRUE(layout.ok()) << layout.error();
  EXPECT_NEAR(layout->width_px, 480, 1e-9);
  EXPECT_NEAR(layout->height_px, 288, 1e-9);
  EXPECT_EQ(layout_on_screen(480, 288).dots_across(), 1500);
}

TEST(FigureSize, a_preset_keeps_the_proportions) {
  for (const auto& preset : figure_presets) {
    const FigureSize size = of_preset(in_unit(mm(200, 150), FigureUnit::cm), preset);
    EXPECT_NEAR(size.width_mm(), preset.width_mm, 1e-9);
    EXPECT_NEAR(size.height_mm() / size.width_mm(), 0.75, 1e-12);
    EXPECT_EQ(size.unit, FigureUnit::cm);
  }
}

TEST(FigureSize, what_cannot_be_is_refused_with_what_can) {
  const auto why = [](const FigureSize& size) {
    const auto layout = figure_layout(size);
    return layout ? std::string("possible") : layout.error();
  };
  EXPECT_EQ(why(mm(85, 60)), "possible");
  EXPECT_EQ(why(mm(9.9, 60)), "The width must be 10 to 2000 mm.");
  EXPECT_EQ(why(mm(85, -1)), "The height must be 10 to 2000 mm.");
  EXPECT_EQ(why(mm(std::nan(""), 60)), "The width must be 10 to 2000 mm.");
  EXPECT_EQ(why({.width = 0.1, .height = 3, .unit = FigureUnit::inch}), "The width must be 0.4 to 78.7 in.");
  EXPECT_EQ(why(mm(85, 60, 2)), "The font size must be 3 to 72 pt.");
  EXPECT_EQ(why(mm(85, 60, 8, 20)), "The resolution must be 30 to 2400 dpi.");
}

// Each limit that is named is possible itself, and the next step beyond it is not.
TEST(FigureSize, the_limits_that_it_names_hold) {
  const auto text = figure_layout(mm(30, 20, 30));
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error(), "Text of 30 pt leaves no room for the data: at most 10.3 pt in this size.");
  EXPECT_TRUE(figure_layout(mm(30, 20, 10.3)).ok());
  EXPECT_FALSE(figure_layout(mm(30, 20, 10.5)).ok());
  const auto dots = figure_layout(mm(1000, 800, 8, 600));
  ASSERT_FALSE(dots.ok());
  EXPECT_EQ(dots.error(), "A picture of 23622 × 18898 px is too large: at most 200 dpi in this size.");
  EXPECT_TRUE(figure_layout(mm(1000, 800, 8, 200)).ok());
  EXPECT_FALSE(figure_layout(mm(1000, 800, 8, 201)).ok());
  const auto pixels = figure_layout({.width = 9000, .height = 8000, .unit = FigureUnit::px, .dpi = 300});
  ASSERT_FALSE(pixels.ok());
  EXPECT_NE(pixels.error().find("at most 50 million pixels"), std::string::npos) << pixels.error();
}

TEST(FigureSize, is_read_from_an_option) {
  const auto whole = parse_figure_size("85x60mm,7.5pt,600dpi");
  ASSERT_TRUE(whole.ok()) << whole.error();
  EXPECT_EQ(*whole, mm(85, 60, 7.5, 600));
  const auto size = parse_figure_size("600dpi,3x2in");
  ASSERT_TRUE(size.ok()) << size.error();
  EXPECT_NEAR(size->width_mm(), 76.2, 1e-12);
  EXPECT_EQ(size->font_pt, 8);
  EXPECT_EQ(size->dpi, 600);
  EXPECT_EQ(*parse_figure_size("85x60"), mm(85, 60));
  for (const char* wrong : {"", "85", "85mm", "x60mm", "85x60mm,8", "85x60mm,174x60mm", "85x60mm,,8pt", "8pt"}) {
    const auto read = parse_figure_size(wrong);
    ASSERT_FALSE(read.ok()) << wrong;
    EXPECT_NE(read.error().find("expected a size such as 85x60mm"), std::string::npos) << read.error();
  }
  EXPECT_EQ(parse_figure_size("5x60mm").error(), "The width must be 10 to 2000 mm.");
}

}  // namespace
}  // namespace cnv
