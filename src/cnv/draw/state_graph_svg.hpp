// A finished state graph as SVG text: text stays text, each node and edge is a group with its name. Used by exports;
// any thread.
#pragma once

#include <string>
#include <string_view>

#include "cnv/base/figure_size.hpp"
#include "cnv/draw/palette.hpp"
#include "cnv/draw/state_graph_picture.hpp"

namespace cnv {

// A whole SVG 1.1 document of the picture's size, in which a pixel is so many mm, without the tip of the pointer.
// `tokens` colour frames and text; `message` stands in the middle.
std::string state_graph_svg(const StateGraphPicture& picture, Rgba8 background, const Tokens& tokens,
                            std::string_view title, std::string_view message = {}, double mm_per_px = screen_mm_per_px);

}  // namespace cnv
