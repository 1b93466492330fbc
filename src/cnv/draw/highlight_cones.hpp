// The cones of contours and gaps around highlighted pieces, as plain data. Used by MorphologyLayers only.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cnv/draw/draw_list.hpp"

namespace cnv {

struct HighlightedPositions {
  std::vector<std::int32_t> positions;  // in the tree's drawing order
  Rgba8 color;
};

struct HighlightCones {
  std::vector<Cone> cones;
  std::vector<Rgba8> colors;  // one per cone
  std::vector<DrawRun> runs;  // all contours first, then all gaps
};

// Contours of 2 px outside gaps of 2 px (times `device_pixel_ratio`) in `gap_color`. Pieces behind the eye are left
// out.
HighlightCones highlight_cones(const LodTree& tree, std::span<const HighlightedPositions> highlights,
                               const Projection& projection, const LodOptions& options, float device_pixel_ratio,
                               Rgba8 gap_color);

}  // namespace cnv
