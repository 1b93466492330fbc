#include "cnv/draw/piece_colors.hpp"

namespace cnv {
namespace {

constexpr Rgba8 plain_grey{179, 179, 179, 255};

Rgba8 mean_color(const Pieces& pieces, std::span<const std::int32_t> positions) {
  unsigned sum[4] = {};
  for (const std::int32_t piece : positions) {
    const auto entity = static_cast<std::size_t>(pieces.entity[static_cast<std::size_t>(piece)]);
    const Rgba8 c = pieces.entity_colors[entity];
    sum[0] += c.r, sum[1] += c.g, sum[2] += c.b, sum[3] += c.a;
  }
  const auto n = static_cast<unsigned>(positions.size());
  const auto channel = [&](int k) { return static_cast<std::uint8_t>((sum[k] + n / 2) / n); };
  return {channel(0), channel(1), channel(2), channel(3)};
}

// True when no piece of the range has any value, not even one that is no number.
bool all_missing(const LodTree& tree, DrawList::Range range, std::span<const float> values) {
  const auto& value = tree.pieces().value;
  for (const std::int32_t piece : tree.order().subspan(static_cast<std::size_t>(range.first),
                                                       static_cast<std::size_t>(range.second - range.first))) {
    const std::int32_t i = value[static_cast<std::size_t>(piece)];
    if (i >= 0 && static_cast<std::size_t>(i) < values.size() && !is_missing(values[static_cast<std::size_t>(i)]))
      return false;
  }
  return true;
}

Rgba8 base_color(const LodTree& tree, DrawList::Range range) {
  return mean_color(tree.pieces(), tree.order().subspan(static_cast<std::size_t>(range.first),
                                                        static_cast<std::size_t>(range.second - range.first)));
}

}  // namespace

void value_colors(const LodTree& tree, std::span<const DrawList::Range> ranges, std::span<const float> values,
                  const ColorTable& table, ColorScale scale, Theme theme, std::vector<float>& means,
                  std::vector<Rgba8>& out) {
  tree.means(ranges, values, means);
  out.resize(ranges.size());
  const Rgba8 neutral = neutral_color(theme);
  const bool has_base = !tree.pieces().entity_colors.empty();
  for (std::size_t i = 0; i < means.size(); ++i) {
    const int entry = scale.entry(means[i]);
    if (entry >= 0) out[i] = table[static_cast<std::size_t>(entry)];
    else out[i] = has_base && all_missing(tree, ranges[i], values) ? base_color(tree, ranges[i]) : neutral;
  }
}

void base_colors(const LodTree& tree, std::span<const DrawList::Range> ranges, std::vector<Rgba8>& out) {
  out.assign(ranges.size(), plain_grey);
  if (tree.pieces().entity_colors.empty()) return;
  for (std::size_t i = 0; i < ranges.size(); ++i) out[i] = base_color(tree, ranges[i]);
}

}  // namespace cnv
