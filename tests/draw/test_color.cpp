#include "cnv/draw/color.hpp"

#include <gtest/gtest.h>

#include <array>

namespace cnv {
namespace {

Rgba8 parsed(std::string_view text) {
  const Result<Rgba> color = parse_color(text);
  EXPECT_TRUE(color.ok()) << text;
  return color.ok() ? to_rgba8(*color) : Rgba8{1, 2, 3, 4};
}

TEST(Color, names_letters_and_hex_are_read) {
  EXPECT_EQ(parsed("white"), (Rgba8{255, 255, 255, 255}));
  EXPECT_EQ(parsed(" Orange "), (Rgba8{255, 165, 0, 255}));
  EXPECT_EQ(parsed("rebeccapurple"), (Rgba8{102, 51, 153, 255}));
  EXPECT_EQ(parsed("aliceblue"), (Rgba8{240, 248, 255, 255}));
  EXPECT_EQ(parsed("yellowgreen"), (Rgba8{154, 205, 50, 255}));
  EXPECT_EQ(parsed("g"), (Rgba8{0, 255, 0, 255}));
  EXPECT_EQ(parsed("K"), (Rgba8{0, 0, 0, 255}));
  EXPECT_EQ(parsed("#f0A"), (Rgba8{255, 0, 170, 255}));
  EXPECT_EQ(parsed("#12aBcD"), (Rgba8{0x12, 0xAB, 0xCD, 255}));
  EXPECT_EQ(parsed("#12abcd80"), (Rgba8{0x12, 0xAB, 0xCD, 0x80}));
}

TEST(Color, what_is_no_color_is_an_error_that_quotes_it) {
  for (const char* text : {"", "#", "#12", "#1234", "#12345", "#gggggg", "notacolour", "q", "#1234567"})
    EXPECT_FALSE(parse_color(text).ok()) << text;
  EXPECT_NE(parse_color("notacolour").error().find("'notacolour'"), std::string::npos);
}

TEST(Color, tuples_have_three_or_four_numbers_in_range) {
  EXPECT_EQ(*color_from_floats(std::array{1.0, 0.5, 0.0}), (Rgba{1, 0.5f, 0, 1}));
  EXPECT_EQ(*color_from_floats(std::array{1.0, 0.5, 0.0, 0.25}), (Rgba{1, 0.5f, 0, 0.25f}));
  EXPECT_EQ(to_rgba8(*color_from_bytes(std::array{255.0, 128.0, 0.0})), (Rgba8{255, 128, 0, 255}));
  EXPECT_FALSE(color_from_floats(std::array{1.0, 0.5}).ok());
  EXPECT_FALSE(color_from_floats(std::array{1.0, 0.5, 1.5}).ok());
  EXPECT_FALSE(color_from_bytes(std::array{256.0, 0.0, 0.0}).ok());
}

TEST(Color, eight_bits_survive_the_way_to_floats_and_to_light) {
  for (int i = 0; i < 256; ++i) {
    const auto byte = static_cast<std::uint8_t>(i);
    EXPECT_EQ(to_rgba8(to_rgba({byte, 0, 0, byte})), (Rgba8{byte, 0, 0, byte}));
    const float c = static_cast<float>(i) / 255;
    EXPECT_NEAR(linear_to_srgb(srgb_to_linear(c)), c, 1e-5f);
  }
}

}  // namespace
}  // namespace cnv
