#include "cnv/draw/color_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

namespace cnv {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

ColorTable table(std::string_view name, Theme theme = Theme::light) {
  const ColorMap map = color_map(name, theme);
  EXPECT_EQ(map.problem, "") << name;
  return map.table;
}

void expect_close(Rgba8 a, Rgba8 b, int tolerance) {
  EXPECT_LE(std::abs(a.r - b.r), tolerance);
  EXPECT_LE(std::abs(a.g - b.g), tolerance);
  EXPECT_LE(std::abs(a.b - b.b), tolerance);
  EXPECT_EQ(a.a, b.a);
}

TEST(ColorMap, formulas_hold_at_every_entry) {
  const ColorTable scalar = table("scalar"), grey = table("grayscale"), fire = table("fire");
  for (std::size_t i = 0; i < 256; ++i) {
    const float t = static_cast<float>(i) / 255;
    EXPECT_EQ(scalar[i], to_rgba8({t, 0.2f, 1 - t}));
    EXPECT_EQ(grey[i], to_rgba8({t, t, t}));
    EXPECT_EQ(fire[i], to_rgba8({1.5f * t, 2 * t - 0.4f, 4 * t - 3}));
  }
}

TEST(ColorMap, maps_with_stops_meet_them) {
  EXPECT_EQ(table("bwr")[0], (Rgba8{0, 0, 255}));
  EXPECT_EQ(table("bwr")[255], (Rgba8{255, 0, 0}));
  expect_close(table("bwr")[127], {255, 255, 255}, 2);
  const ColorTable fire = table("state-fire");
  EXPECT_EQ(fire[0], (Rgba8{255, 255, 255}));
  EXPECT_EQ(fire[85], (Rgba8{0xFF, 0xE4, 0x5C}));
  EXPECT_EQ(fire[170], (Rgba8{0xF1, 0x8F, 0x01}));
  EXPECT_EQ(fire[255], (Rgba8{0x8F, 0x05, 0x00}));
  EXPECT_EQ(table("white-fire"), fire);
}

TEST(ColorMap, names_are_trimmed_and_built_in_ones_ignore_case) {
  EXPECT_EQ(table("  Fire\n"), table("fire"));
  EXPECT_EQ(table("RAMP:Red:Blue"), table("ramp:red:blue"));
  EXPECT_EQ(table("MPL:viridis"), table("mpl:viridis"));
  EXPECT_NE(color_map("mpl:Viridis").problem, "") << "matplotlib's names keep their case";
}

TEST(ColorMap, ramps_run_through_their_colours) {
  const ColorTable two = table("ramp:#000000:#ff0000");
  EXPECT_EQ(two[0], (Rgba8{0, 0, 0}));
  EXPECT_EQ(two[51], (Rgba8{51, 0, 0}));
  EXPECT_EQ(table("mpl-ramp:#000000:#ff0000"), two);
  const ColorTable three = table("ramp:r:g:b");
  EXPECT_EQ(three[0], (Rgba8{255, 0, 0}));
  EXPECT_EQ(three[255], (Rgba8{0, 0, 255}));
  const ColorTable tint = table("ramp:#ff8000");
  expect_close(tint[0], to_rgba8({1, 1 - 0.2f * (1 - 128 / 255.0f), 0.8f}), 1);
  EXPECT_EQ(tint[255], (Rgba8{255, 128, 0}));
}

TEST(ColorMap, what_cannot_be_read_is_reported_and_drawn_as_bwr) {
  for (const char* name : {"nonsense", "", "ramp:", "ramp:red:nocolour", "mpl-ramp:red", "mpl:", "mpl:nosuchmap"}) {
    const ColorMap map = color_map(name);
    EXPECT_NE(map.problem, "") << name;
    EXPECT_EQ(map.table, table("bwr")) << name;
  }
}

TEST(ColorMap, voltage_meets_its_stops_and_is_mixed_in_light) {
  const ColorTable light = table("voltage", Theme::light), dark = table("voltage", Theme::dark);
  EXPECT_EQ(light[0], (Rgba8{0x4F, 0x9F, 0x8F}));
  EXPECT_EQ(light[255], (Rgba8{0x65, 0x0C, 0x1A}));
  expect_close(light[127], {0xA4, 0x32, 0x8E}, 2);
  EXPECT_EQ(dark[0], (Rgba8{0x56, 0x60, 0x9C}));
  EXPECT_EQ(dark[255], (Rgba8{0xFF, 0xF8, 0xDC}));
  // Half way between the first two stops, green: light of 0x60 and 0x9F averaged.
  const float half = 0.5f * (srgb_to_linear(0x60 / 255.0f) + srgb_to_linear(0x9F / 255.0f));
  EXPECT_NEAR(dark[32].g, linear_to_srgb(half) * 255, 1.5f);
}

using Lab = std::array<double, 3>;

// OKLab of what a person sees whose cones are as the matrix says (Machado, Oliveira, Fernandes 2009; full severity).
Lab seen(const Rgba8& color, const std::array<std::array<double, 3>, 3>& eye) {
  const double linear[3] = {srgb_to_linear(color.r / 255.0f), srgb_to_linear(color.g / 255.0f),
                            srgb_to_linear(color.b / 255.0f)};
  double light[3];
  for (int i = 0; i < 3; ++i)
    light[i] = std::clamp(eye[i][0] * linear[0] + eye[i][1] * linear[1] + eye[i][2] * linear[2], 0.0, 1.0);
  const double l = std::cbrt(0.4122214708 * light[0] + 0.5363325363 * light[1] + 0.0514459929 * light[2]);
  const double m = std::cbrt(0.2119034982 * light[0] + 0.6806995451 * light[1] + 0.1073969566 * light[2]);
  const double s = std::cbrt(0.0883024619 * light[0] + 0.2817188376 * light[1] + 0.6299787005 * light[2]);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

TEST(ColorMap, rest_and_hyperpolarisation_differ_for_every_eye_and_lightness_never_turns_back) {
  constexpr std::array<std::array<std::array<double, 3>, 3>, 4> eyes{{
      {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
      {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
      {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
      {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
  }};
  const ColorScale scale{-80, 50, 0};
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const ColorTable colors = table("voltage", theme);
    for (const auto& eye : eyes) {
      const Lab low = seen(colors[static_cast<std::size_t>(scale.entry(-80))], eye),
                rest = seen(colors[static_cast<std::size_t>(scale.entry(-65))], eye);
      EXPECT_GT(100 * std::hypot(low[0] - rest[0], low[1] - rest[1], low[2] - rest[2]), 6);
      const double towards = theme == Theme::light ? -1 : 1;
      for (std::size_t i = 8; i < 256; i += 8)  // rounding to bytes hides smaller steps
        EXPECT_GT(towards * (seen(colors[i], eye)[0] - seen(colors[i - 8], eye)[0]), -0.001) << i;
    }
  }
}

TEST(ColorMap, sampled_maps_are_within_two_steps_of_matplotlib) {
  // Entries 0, 37, 100, 128, 200 and 255 of matplotlib 3's tables.
  const std::size_t at[] = {0, 37, 100, 128, 200, 255};
  const struct {
    const char* name;
    Rgba8 colors[6];
  } known[] = {
      {"mpl:viridis", {{68, 1, 84}, {70, 51, 127}, {42, 118, 142}, {33, 145, 140}, {112, 207, 87}, {253, 231, 37}}},
      {"mpl:hot", {{11, 0, 0}, {108, 0, 0}, {255, 18, 0}, {255, 92, 0}, {255, 255, 38}, {255, 255, 255}}},
      {"mpl:jet", {{0, 0, 128}, {0, 20, 255}, {35, 255, 212}, {125, 255, 122}, {255, 119, 0}, {128, 0, 0}}},
      {"mpl:turbo", {{48, 18, 59}, {71, 120, 240}, {63, 246, 138}, {164, 252, 60}, {244, 102, 23}, {122, 4, 3}}},
      {"mpl:gray", {{0, 0, 0}, {37, 37, 37}, {100, 100, 100}, {128, 128, 128}, {200, 200, 200}, {255, 255, 255}}},
      {"mpl:coolwarm",
       {{59, 76, 192}, {104, 138, 239}, {190, 210, 246}, {221, 220, 220}, {240, 139, 110}, {180, 4, 38}}},
      {"mpl:RdBu", {{103, 0, 31}, {194, 56, 58}, {252, 215, 194}, {246, 247, 247}, {79, 155, 199}, {5, 48, 97}}},
      {"mpl:twilight",
       {{226, 217, 226}, {135, 171, 196}, {86, 33, 130}, {48, 20, 55}, {188, 107, 89}, {226, 217, 226}}},
      {"mpl:tab10", {{31, 119, 180}, {255, 127, 14}, {214, 39, 40}, {140, 86, 75}, {127, 127, 127}, {23, 190, 207}}},
      {"mpl:Blues", {{247, 251, 255}, {218, 232, 246}, {151, 198, 223}, {106, 174, 214}, {26, 104, 174}, {8, 48, 107}}},
      {"mpl:cividis", {{0, 34, 78}, {35, 60, 110}, {101, 104, 112}, {125, 124, 120}, {196, 180, 104}, {254, 232, 56}}},
  };
  for (const auto& map : known)
    for (std::size_t k = 0; k < 6; ++k) expect_close(table(map.name)[at[k]], map.colors[k], 2);
  EXPECT_EQ(table("mpl:magma_r")[0], table("mpl:magma")[255]);
  EXPECT_EQ(table("mpl:RdBu_r")[255], table("mpl:RdBu")[0]);
}

TEST(ColorMap, every_offered_name_is_known) {
  for (const std::string_view name : color_map_names()) EXPECT_EQ(color_map(name).problem, "") << name;
}

// Neither zero nor the ends are lost in the ground, and the two directions differ by more than lightness.
TEST(ColorMap, signed_values_stand_out_from_the_ground_and_from_zero) {
  const auto light = [](Rgba8 c) {
    const auto linear = [](double v) {
      v /= 255;
      return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
  };
  const auto contrast = [&](Rgba8 a, Rgba8 b) {
    const double x = light(a), y = light(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
  };
  for (const auto& [theme, panel] :
       {std::pair(Theme::light, Rgba8{0xFF, 0xFF, 0xFF, 255}), std::pair(Theme::dark, Rgba8{0x16, 0x18, 0x1C, 255})}) {
    const ColorTable table = color_map("signed", theme).table;
    for (const Rgba8 color : table) EXPECT_GE(contrast(color, panel), 2.5);
    for (const std::size_t end : {std::size_t{0}, std::size_t{255}}) {
      EXPECT_GE(contrast(table[end], panel), 9);
      EXPECT_GE(contrast(table[end], table[128]), 3);
    }
    EXPECT_GT(table[0].b, table[0].r + 30);
    EXPECT_GT(table[255].r, table[255].b + 30);
  }
}

TEST(ColorScale, values_are_clipped_and_take_the_floor_of_255_u) {
  const ColorScale scale{-80, 50, 0};
  EXPECT_EQ(scale.entry(-80), 0);
  EXPECT_EQ(scale.entry(50), 255);
  EXPECT_EQ(scale.entry(-15), 127);
  EXPECT_EQ(scale.entry(-500), 0);
  EXPECT_EQ(scale.entry(std::numeric_limits<float>::infinity()), 255);
  EXPECT_EQ(scale.entry(nan), -1);
}

TEST(ColorScale, equal_limits_give_zero_and_a_symmetric_scale_of_zeros_the_middle) {
  EXPECT_EQ((ColorScale{3, 3, 0}).entry(7), 0);
  EXPECT_EQ((ColorScale{3, 3, 0}).entry(nan), -1);
  EXPECT_EQ(symmetric_scale(std::vector<float>{0, 0}).normalized(0), 0.5f);
}

TEST(ColorScale, scales_come_from_finite_values) {
  const std::vector<float> values{nan, -3, 8, std::numeric_limits<float>::infinity()};
  EXPECT_EQ(scale_from_data(values).low, -3);
  EXPECT_EQ(scale_from_data(values).high, 8);
  EXPECT_EQ(symmetric_scale(values).low, -8);
  EXPECT_EQ(scale_from_data({}).entry(5), 0);
}

}  // namespace
}  // namespace cnv
