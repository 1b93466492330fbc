// The pieces that every SVG document of the library is made of. Used by plot_svg, heat_map_svg and state_graph_svg; any
// thread.
#pragma once

#include <string>
#include <string_view>

#include "cnv/draw/color_map.hpp"
#include "cnv/draw/palette.hpp"
#include "cnv/draw/plot_picture.hpp"

namespace cnv::svg {

// Fit for text and attributes; control characters, which XML does not know, are dropped.
std::string escaped(std::string_view text);
// At most two decimals of a pixel; more does not show in print.
std::string number(double value);
// "#rrggbb".
std::string hex(Rgba8 color);
// " name="value"".
std::string attribute(std::string_view name, std::string_view value);
std::string attribute(std::string_view name, double value);
// Nothing for an opaque colour.
std::string opacity(std::string_view name, Rgba8 color);
// "x y".
std::string at(double x, double y);
// Empty for no text.
std::string text_element(const PlotText& text, const Tokens& tokens);
std::string rect_element(const PlotRect& rect, const std::string& look);
// The colours of a table as steps that cannot be told apart, the low end at the left, or at the bottom of an upright
// one.
std::string ramp_elements(const PlotRect& rect, const ColorTable& table, bool upright);
// A picture in bytes of a PNG file, stretched over the rectangle without smoothing.
std::string image_element(const PlotRect& rect, std::string_view png, const std::string& look);
// XML line, <svg …> of the size on paper with a viewBox in pixels, title and ground; "</svg>" is left to the caller.
std::string document_head(double width_px, double height_px, double mm_per_px, Rgba8 background,
                          std::string_view title);

}  // namespace cnv::svg
