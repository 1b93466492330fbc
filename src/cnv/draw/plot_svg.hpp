// A finished plot as SVG text: text stays text, each series is a group named by its label. Used by exports; any thread.
#pragma once

#include <string>
#include <string_view>

#include "cnv/base/figure_size.hpp"
#include "cnv/draw/palette.hpp"
#include "cnv/draw/plot_picture.hpp"

namespace cnv {

// What is drawn beside lines: finished SVG elements.
struct SvgParts {
  std::string data;    // instead of the traces
  std::string around;  // above the axes
};

// A whole SVG 1.1 document of the picture's size, in which a pixel is so many mm. The lines of the series must be in
// pixels (see LinePlotView::vector_picture). `tokens` colour axes and text; `message` stands in the middle of the plot.
std::string plot_svg(const PlotPicture& picture, Rgba8 background, const Tokens& tokens, std::string_view title,
                     std::string_view message = {}, const SvgParts& parts = {}, double mm_per_px = screen_mm_per_px);

}  // namespace cnv
