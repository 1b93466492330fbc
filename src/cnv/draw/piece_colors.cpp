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

}  // namespace

void value_colors(const LodTree& tree, std::span<const DrawList::Range> ranges, std::span<const float> values,
                  const ColorTable& table, ColorScale scale, Theme theme, std::vector<float>& means,
                  std::vector<Rgba8>& out) {
  tree.means(ranges, values, means);
  out.resize(ranges.size());
  const Rgba8 neutral = neutral_color(theme);
  for (std::size_t i = 0; i < means.size(); ++i) {
    const int entry = scale.entry(means[i]);
    out[i] = entry < 0 ? neutral : table[static_cast<std::size_t>(entry)];
  }
}

void base_colors(const LodTree& tree, std::span<const DrawList::Range> ranges, std::vector<Rgba8>& out) {
  out.assign(ranges.size(), plain_grey);
  if (tree.pieces().entity_colors.empty()) return;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const auto [first, last] = ranges[i];
    out[i] = mean_color(tree.pieces(), tree.order().subspan(static_cast<std::size_t>(first),
                                                            static_cast<std::size_t>(last - first)));
  }
}

}  // namespace cnv
