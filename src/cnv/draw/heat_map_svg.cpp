#include "cnv/draw/heat_map_svg.hpp"

#include "cnv/draw/plot_svg.hpp"
#include "cnv/draw/svg_text.hpp"

namespace cnv {
namespace {

using namespace svg;

std::string line_element(const PlotLine& line, std::uint32_t rgb) {
  return "<path d=\"M" + at(line.x0, line.y0) + "L" + at(line.x1, line.y1) + "\" fill=\"none\"" +
         attribute("stroke", hex(rgba8(rgb))) + "/>\n";
}

// Rows at the border may reach beyond the plot.
std::string cells(const HeatMapPicture& picture, std::string_view png) {
  std::string out = "<clipPath id=\"plot\">" + rect_element(picture.frame.plot, "") + "</clipPath>\n<g id=\"cells\">\n";
  if (!picture.cells.empty()) out += image_element(picture.cells_area, png, attribute("clip-path", "url(#plot)"));
  return out + "</g>\n";
}

}  // namespace

std::string heat_map_svg(const HeatMapPicture& picture, std::string_view png, Rgba8 background, const Tokens& tokens,
                         std::string_view title, std::string_view message, double mm_per_px) {
  SvgParts parts{.data = cells(picture, png), .around = "<g id=\"rows\">\n"};
  for (const auto& tick : picture.row_ticks) parts.around += line_element(tick, tokens.edge);
  for (const auto& label : picture.row_labels) parts.around += text_element(label, tokens);
  parts.around += "</g>\n";
  if (picture.bar) {
    parts.around += "<g id=\"scale\">\n" + ramp_elements(*picture.bar, picture.bar_colors, true);
    for (const auto& tick : picture.bar_ticks) parts.around += line_element(tick, tokens.edge);
    for (const auto& text : picture.bar_texts) parts.around += text_element(text, tokens);
    parts.around += "</g>\n";
  }
  return plot_svg(picture.frame, background, tokens, title, message, parts, mm_per_px);
}

}  // namespace cnv
