#include "cnv/draw/plot_svg.hpp"

#include "cnv/base/numbers.hpp"
#include "cnv/draw/svg_text.hpp"

namespace cnv {
namespace {

using namespace svg;

std::string path_of(const PlotLine& line) { return "M" + at(line.x0, line.y0) + "L" + at(line.x1, line.y1); }

class Svg {
 public:
  Svg(const PlotPicture& picture, const Tokens& tokens) : picture_(picture), tokens_(tokens) {}

  std::string document(Rgba8 background, std::string_view title, std::string_view message, const SvgParts& parts,
                       double mm_per_px) {
    out_ = document_head(picture_.width, picture_.height, mm_per_px, background, title);
    group("grid", picture_.grid, tokens_.grid);
    if (parts.data.empty()) traces();
    else out_ += parts.data;
    axes();
    out_ += parts.around;
    legend();
    if (!message.empty()) {
      const auto& plot = picture_.plot;
      text({std::string(message), plot.x + plot.width / 2, plot.y + plot.height / 2 + 4, TextAlign::center, 12, 400,
            TextRole::text3});
    }
    measures(background);
    cursor(background);
    return std::move(out_) + "</svg>\n";
  }

 private:
  static std::string stroke(std::uint32_t rgb) { return attribute("stroke", hex(rgba8(rgb))); }

  static std::string stroke(const PlotSeries& series, double width) {
    return attribute("stroke", hex(series.color)) + opacity("stroke-opacity", series.color) +
           attribute("stroke-width", width) + (series.dashed ? attribute("stroke-dasharray", "6 3") : std::string());
  }

  void path(const std::string& data, const std::string& look) {
    out_ += "<path d=\"" + data + "\" fill=\"none\"" + look + "/>\n";
  }

  void group(std::string_view id, const std::vector<PlotLine>& lines, std::uint32_t rgb) {
    std::string data;
    for (const auto& line : lines) data += path_of(line);
    if (data.empty()) return;
    out_ += "<g" + attribute("id", id) + ">\n";
    path(data, stroke(rgb));
    out_ += "</g>\n";
  }

  void traces() {
    out_ += "<g id=\"traces\" stroke-linejoin=\"round\">\n";
    for (std::size_t i = 0; i < picture_.series.size(); ++i) {
      const auto& series = picture_.series[i];
      if (series.lines.empty() && series.earlier_lines.empty()) continue;
      const double width = series.bold ? 2 : 1.5;
      out_ += "<g" + attribute("id", "trace-" + plain_text(i)) + "><title>" + escaped(series.label) + "</title>\n";
      if (!series.earlier_lines.empty()) {
        out_ += "<g" + attribute("opacity", earlier_sweep_opacity) + ">\n";
        for (const auto& line : series.earlier_lines) trace(line, series, width);
        out_ += "</g>\n";
      }
      for (const auto& line : series.lines) trace(line, series, width);
      out_ += "</g>\n";
    }
    out_ += "</g>\n";
  }

  void trace(const std::vector<PlotPoint>& line, const PlotSeries& series, double width) {
    if (line.size() == 1) {  // a lone sample between gaps
      out_ += "<circle" + attribute("cx", line[0].x) + attribute("cy", line[0].y) + attribute("r", lone_dot_px) +
              attribute("fill", hex(series.color)) + opacity("fill-opacity", series.color) + "/>\n";
      return;
    }
    std::string data = "M";
    for (const auto& point : line) data += (data.size() > 1 ? " " : "") + at(point.x, point.y);
    path(data, stroke(series, width));
  }

  void axes() {
    std::vector<PlotLine> lines = picture_.axes;
    const double bottom = picture_.plot.bottom() + 1, left = picture_.plot.x - 1;
    for (const auto& tick : picture_.x_ticks)
      lines.push_back({tick.position, bottom, tick.position, bottom + tick.length});
    for (const auto& tick : picture_.y_ticks) lines.push_back({left - tick.length, tick.position, left, tick.position});
    group("axes", lines, tokens_.edge);
    out_ += "<g id=\"labels\">\n";
    for (const auto& item : picture_.texts) text(item);
    out_ += "</g>\n";
  }

  void legend() {
    out_ += "<g id=\"legend\">\n";
    for (const auto& item : picture_.legend) {
      const auto& series = picture_.series[item.series];
      if (!series.visible) out_ += "<g" + attribute("opacity", disabled_opacity) + ">\n";
      path(path_of(item.swatch), stroke(series, 2));
      for (const auto* part : {&item.label, &item.value, &item.unit}) text(*part);
      if (!series.visible) out_ += "</g>\n";
    }
    if (picture_.legend_rest) text(*picture_.legend_rest);
    for (const auto& end : picture_.end_labels) {
      PlotSeries solid = {.color = picture_.series[end.series].color};
      path(path_of(end.lead), stroke(solid, 1.5));
      text(end.label);
    }
    out_ += "</g>\n";
  }

  void ring(const CursorRing& ring, Rgba8 background) {
    out_ += "<circle" + attribute("cx", ring.x) + attribute("cy", ring.y) + attribute("r", 3) +
            attribute("fill", hex(background)) + attribute("stroke", hex(picture_.series[ring.series].color)) +
            attribute("stroke-width", 1.5) + "/>\n";
  }

  void measures(Rgba8 background) {
    const auto& marks = picture_.measures;
    if (marks.texts.empty() && marks.handles.empty() && marks.rings.empty()) return;
    out_ += "<g id=\"measured\">\n";
    for (const auto& handle : marks.handles)
      if (handle.line) path(path_of(*handle.line), stroke(tokens_.accent));
    for (const auto& span : marks.spans) path(path_of(span), stroke(tokens_.text1) + attribute("stroke-width", 1.5));
    for (const auto& place : marks.rings) ring(place, background);
    for (const auto& dot : marks.dots)
      out_ += "<circle" + attribute("cx", dot.x) + attribute("cy", dot.y) + attribute("r", 2) +
              attribute("fill", hex(rgba8(tokens_.text1))) + "/>\n";
    for (const auto& handle : marks.handles)
      box(handle.box, tokens_.accent, handle.focused ? rgba8(tokens_.accent) : background, handle.label);
    for (const auto& button : marks.buttons) box(button.box, tokens_.edge, background, button.label);
    for (const auto& part : marks.texts) text(part);
    out_ += "</g>\n";
  }

  void box(const PlotRect& area, std::uint32_t edge, Rgba8 fill, const PlotText& label) {
    const PlotRect inner{area.x + 0.5, area.y + 0.5, area.width - 1, area.height - 1};
    out_ += rect_element(inner, attribute("rx", 3) + attribute("fill", hex(fill)) + stroke(edge));
    text(label);
  }

  void cursor(Rgba8 background) {
    if (!picture_.cursor) return;
    const auto& mark = *picture_.cursor;
    out_ += "<g id=\"cursor\">\n";
    path(path_of(mark.line), stroke(tokens_.text2));
    for (const auto& place : mark.rings) ring(place, background);
    out_ += rect_element(mark.box, attribute("rx", 4) + attribute("fill", hex(rgba8(tokens_.tip))));
    text(mark.label);
    out_ += "</g>\n";
  }

  void text(const PlotText& t) { out_ += text_element(t, tokens_); }

  const PlotPicture& picture_;
  const Tokens& tokens_;
  std::string out_;
};

}  // namespace

std::string plot_svg(const PlotPicture& picture, Rgba8 background, const Tokens& tokens, std::string_view title,
                     std::string_view message, const SvgParts& parts, double mm_per_px) {
  return Svg(picture, tokens).document(background, title, message, parts, mm_per_px);
}

}  // namespace cnv
