// Colour maps as tables of 256 colours, found by name, and the rule that turns values into table entries.
// Used by 3-D views, surfaces, colour bars and state graphs; any thread.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "cnv/draw/color.hpp"

namespace cnv {

using ColorTable = std::array<Rgba8, 256>;

// `problem` is empty, or says what was wrong with the name; `table` then holds `bwr`.
struct ColorMap {
  ColorTable table{};
  std::string problem;
};

// Outer blanks are dropped; built-in names and prefixes ignore case. Known names: scalar, grayscale, fire,
// state-fire, white-fire, bwr, voltage and signed (made for `theme`), ramp:C, ramp:C1:C2[:…], mpl:NAME,
// mpl-ramp:C1:C2[:…]. mpl: knows viridis, plasma, inferno, magma, cividis, turbo, coolwarm, gray, hot and jet, and each
// with "_r"; they are within 2/255 of matplotlib's tables.
ColorMap color_map(std::string_view name, Theme theme = Theme::light);

// Names to offer in a menu, in order.
std::span<const std::string_view> color_map_names();

// How values become 0..1: u = (v - low) / (high - low), clipped; `if_equal` when high equals low.
struct ColorScale {
  float low = 0;
  float high = 1;
  float if_equal = 0;

  float normalized(float value) const;
  // floor(255 u); -1 for NaN, which is drawn in the neutral colour.
  int entry(float value) const;
  friend bool operator==(const ColorScale&, const ColorScale&) = default;
};

// Scale from the smallest to the largest finite value; all equal or none: everything maps to 0.
ColorScale scale_from_data(std::span<const float> values);
// Scale -m … m with m the largest magnitude; all zero or none: everything maps to 0.5.
ColorScale symmetric_scale(std::span<const float> values);

// Colour of what has no value: NaN, or a piece that no value colours.
Rgba8 neutral_color(Theme theme);

}  // namespace cnv
