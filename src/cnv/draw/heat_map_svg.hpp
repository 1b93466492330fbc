// A finished heat map as SVG text: text stays text, the cells are one picture. Used by exports; any thread.
#pragma once

#include <string>
#include <string_view>

#include "cnv/base/figure_size.hpp"
#include "cnv/draw/heat_map_picture.hpp"
#include "cnv/draw/palette.hpp"

namespace cnv {

// A whole SVG 1.1 document of the picture's size, in which a pixel is so many mm, without the ring of the cursor. `png`
// are the bytes of a PNG file with the picture's cells, columns × rows; without cells it is not used. `tokens` colour
// axes and text; `message` stands in the middle.
std::string heat_map_svg(const HeatMapPicture& picture, std::string_view png, Rgba8 background, const Tokens& tokens,
                         std::string_view title, std::string_view message = {}, double mm_per_px = screen_mm_per_px);

}  // namespace cnv
