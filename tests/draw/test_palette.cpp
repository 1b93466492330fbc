#include "cnv/draw/palette.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cnv {
namespace {

// Contrast of two colours by WCAG 2.
double luminance(std::uint32_t rgb) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear((rgb >> 16) / 255.0) + 0.7152 * linear((rgb >> 8 & 255) / 255.0) +
         0.0722 * linear((rgb & 255) / 255.0);
}

double contrast(std::uint32_t a, std::uint32_t b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

TEST(Palette, text_and_outlines_have_enough_contrast_in_both_themes) {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const Tokens& t = tokens(theme);
    for (const auto text : {t.text1, t.text2, t.text3, t.accent, t.warning, t.error, t.done}) {
      EXPECT_GE(contrast(text, t.panel), 4.5);
      EXPECT_GE(contrast(text, t.window), 4.5);
    }
    EXPECT_GE(contrast(t.edge, t.panel), 3.0);
    EXPECT_GE(contrast(t.edge, t.window), 3.0);
    EXPECT_GE(contrast(t.on_accent, t.accent), 4.5);
    EXPECT_GE(contrast(t.tip_text, t.tip), 4.5);
    for (const auto background : {t.hover, t.accent_soft, t.error_soft}) EXPECT_GE(contrast(t.text1, background), 4.5);
  }
}

TEST(Palette, every_trace_stands_out_from_the_panel) {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    for (std::size_t i = 0; i < trace_hues; ++i)
      EXPECT_GE(contrast(trace_look(theme, i).rgb, tokens(theme).panel), 3.0) << i;
  }
}

TEST(Palette, series_eleven_to_twenty_repeat_the_colours_dashed) {
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_FALSE(trace_look(Theme::light, i).dashed);
    EXPECT_TRUE(trace_look(Theme::light, i + 10).dashed);
    EXPECT_EQ(trace_look(Theme::light, i).rgb, trace_look(Theme::light, i + 10).rgb);
  }
  EXPECT_FALSE(trace_look(Theme::dark, 20).dashed);
}

}  // namespace
}  // namespace cnv
