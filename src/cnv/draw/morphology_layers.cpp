#include "cnv/draw/morphology_layers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cnv/draw/piece_colors.hpp"

namespace cnv {

void MorphologyLayers::set_tree(std::shared_ptr<const LodTree> tree) {
  tree_ = std::move(tree);
  values_.clear();
  projection_.reset();
  highlights_.clear();
  contours_ = {};
  colors_stale_ = true;
}

void MorphologyLayers::set_values(std::span<const float> values) {
  values_.assign(values.begin(), values.end());
  colors_stale_ = true;
}

void MorphologyLayers::set_color_map(const ColorTable& table, ColorScale scale) {
  table_ = table;
  scale_ = scale;
  colors_stale_ = true;
}

// A dense tree needs fine lines, which add up; a small cell would look faint with them and gets bolder ones. Thin
// lines look fainter on a dark ground.
Hairline MorphologyLayers::hairline() const {
  constexpr float sparse = 1000, dense = 20000;
  const float n = std::max(static_cast<float>(list_.size()), sparse);
  const float t = std::min(std::log(n / sparse) / std::log(dense / sparse), 1.0f);
  const float dense_opacity = theme_ == Theme::light ? 0.40f : 0.55f;
  return {(0.75f + (0.5f - 0.75f) * t) * std::max(1.0f, ratio_ * hairline_scale_), 0.85f + (dense_opacity - 0.85f) * t};
}

MorphologyLayers::Changes MorphologyLayers::update(const MorphologyFrame& frame) {
  const Projection projection = make_projection(frame.camera, frame.size_px, tree_->bounds());
  Changes changes;
  changes.cell = projection_ != projection || ratio_ != frame.device_pixel_ratio ||
                 hairline_scale_ != frame.hairline_scale || theme_ != frame.theme || flat_ != frame.flat;
  changes.highlights = changes.cell || highlights_ != frame.highlights || background_ != frame.background;
  changes.colors = colors_stale_ || changes.highlights;
  if (projection_ != projection) {
    list_.select(*tree_, projection, options);
    ++selections_;
  }
  projection_ = projection;
  highlights_ = frame.highlights;
  ratio_ = frame.device_pixel_ratio;
  hairline_scale_ = frame.hairline_scale;
  background_ = frame.background;
  theme_ = frame.theme;
  flat_ = frame.flat;
  if (changes.highlights) choose_highlights();
  if (changes.colors) {
    color(list_.ranges(), cell_colors_);
    color(selected_.ranges(), selected_colors_);
  }
  colors_stale_ = false;
  const auto count = [&](const PieceLayer& layer, bool cones, bool colors) {
    changes.bytes +=
        static_cast<std::int64_t>((cones ? layer.cones.size_bytes() : 0) + (colors ? layer.colors.size_bytes() : 0));
  };
  count(cell(), changes.cell, changes.colors);
  count(contours(), changes.highlights, changes.highlights);
  count(selected(), changes.highlights, changes.colors);
  return changes;
}

void MorphologyLayers::choose_highlights() {
  std::vector<HighlightedPositions> wanted;
  std::vector<std::int32_t> all;
  for (const Highlight& h : highlights_) {
    wanted.push_back(
        {h.section >= 0 ? tree_->positions_of_section(h.section) : tree_->positions_of_entity(h.entity), h.color});
    all.insert(all.end(), wanted.back().positions.begin(), wanted.back().positions.end());
  }
  selected_.select_pieces(*tree_, all, *projection_, options);
  contours_ = highlight_cones(*tree_, wanted, *projection_, options, ratio_, background_);
}

void MorphologyLayers::color(std::span<const DrawList::Range> ranges, std::vector<Rgba8>& colors) {
  if (values_.empty()) base_colors(*tree_, ranges, colors);
  else value_colors(*tree_, ranges, values_, table_, scale_, theme_, means_, colors);
}

}  // namespace cnv
