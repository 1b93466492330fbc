// The colour of every drawn cone: from values through a colour map, or base colours while there are none.
// Used by the renderer once per change of values; any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "cnv/draw/color_map.hpp"
#include "cnv/draw/draw_list.hpp"

namespace cnv {

// Stands in `values` for what has no value at all, as opposed to a value that is not a number: a NaN of its own kind.
inline constexpr std::uint32_t missing_value_bits = 0x7FC0C0DEU;
inline constexpr float missing_value = std::bit_cast<float>(missing_value_bits);
inline bool is_missing(float value) { return std::bit_cast<std::uint32_t>(value) == missing_value_bits; }

// Fills `out` with one colour for each of `ranges` (positions of the tree's drawing order). `values` are indexed by
// Pieces::value; the mean of a range is coloured, NaN in the neutral colour. What has no value (missing_value, an index
// outside `values`) keeps its base colour where the geometry gives one. `means` is room to work in.
void value_colors(const LodTree& tree, std::span<const DrawList::Range> ranges, std::span<const float> values,
                  const ColorTable& table, ColorScale scale, Theme theme, std::vector<float>& means,
                  std::vector<Rgba8>& out);

// The same from the base colours of the entities; grey 0.7 where the geometry has none.
void base_colors(const LodTree& tree, std::span<const DrawList::Range> ranges, std::vector<Rgba8>& out);

}  // namespace cnv
