#include "cnv/draw/plot_svg.hpp"

#include <array>
#include <charconv>

namespace cnv {
namespace {

constexpr int decimals = 2;  // of a pixel; more does not show in print

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 32 || c == '\t' || c == '\n') out += c;  // XML knows no other controls
  }
  return out;
}

std::string number(double value) {
  char buffer[400];
  std::string out(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals).ptr);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string hex(Rgba8 color) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "#";
  for (const auto part : {color.r, color.g, color.b}) out += {digits[part >> 4], digits[part & 15]};
  return out;
}

std::string attribute(std::string_view name, std::string_view value) { return " " + std::string(name) + "=\"" + std::string(value) + "\""; }
std::string attribute(std::string_view name, double value) { return attribute(name, number(value)); }
std::string opacity(std::string_view name, Rgba8 color) { return color.a == 255 ? std::string() : attribute(name, color.a / 255.0); }

std::string at(double x, double y) { return number(x) + " " + number(y); }
std::string path_of(const PlotLine& line) { return "M" + at(line.x0, line.y0) + "L" + at(line.x1, line.y1); }

class Svg {
 public:
  Svg(const PlotPicture& picture, const Tokens& tokens) : picture_(picture), tokens_(tokens) {}

  std::string document(Rgba8 background, std::string_view title, std::string_view message) {
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", picture_.width) + attribute("height", picture_.height) +
           attribute("viewBox", "0 0 " + at(picture_.width, picture_.height)) + " font-family=\"Inter, Helvetica, Arial, sans-serif\">\n";
    if (!title.empty()) out_ += "<title>" + escaped(title) + "</title>\n";
    out_ += "<rect width=\"100%\" height=\"100%\"" + attribute("fill", hex(background)) + opacity("fill-opacity", background) + "/>\n";
    group("grid", picture_.grid, tokens_.grid);
    traces();
    axes();
    legend();
    if (!message.empty()) {
      const auto& plot = picture_.plot;
      text({std::string(message), plot.x + plot.width / 2, plot.y + plot.height / 2 + 4, TextAlign::center, 12, 400, TextRole::text3});
    }
    cursor(background);
    return std::move(out_) + "</svg>\n";
  }

 private:
  static std::string stroke(std::uint32_t rgb) { return attribute("stroke", hex(rgba8(rgb))); }

  static std::string stroke(const PlotSeries& series, double width) {
    return attribute("stroke", hex(series.color)) + opacity("stroke-opacity", series.color) + attribute("stroke-width", width) + (series.dashed ? attribute("stroke-dasharray", "6 3") : std::string());
  }

  void path(const std::string& data, const std::string& look) { out_ += "<path d=\"" + data + "\" fill=\"none\"" + look + "/>\n"; }

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
      if (series.lines.empty()) continue;
      const double width = series.bold ? 2 : 1.5;
      out_ += "<g" + attribute("id", "trace-" + std::to_string(i)) + "><title>" + escaped(series.label) + "</title>\n";
      for (const auto& line : series.lines) {
        if (line.size() == 1) {  // a lone sample between gaps
          out_ += "<circle" + attribute("cx", line[0].x) + attribute("cy", line[0].y) + attribute("r", width / 2) + attribute("fill", hex(series.color)) + opacity("fill-opacity", series.color) + "/>\n";
          continue;
        }
        std::string data = "M";
        for (const auto& point : line) data += (data.size() > 1 ? " " : "") + at(point.x, point.y);
        path(data, stroke(series, width));
      }
      out_ += "</g>\n";
    }
    out_ += "</g>\n";
  }

  void axes() {
    std::vector<PlotLine> lines = picture_.axes;
    const double bottom = picture_.plot.bottom() + 1, left = picture_.plot.x - 1;
    for (const auto& tick : picture_.x_ticks) lines.push_back({tick.position, bottom, tick.position, bottom + tick.length});
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

  void cursor(Rgba8 background) {
    if (!picture_.cursor) return;
    const auto& mark = *picture_.cursor;
    out_ += "<g id=\"cursor\">\n";
    path(path_of(mark.line), stroke(tokens_.text2));
    for (const auto& ring : mark.rings)
      out_ += "<circle" + attribute("cx", ring.x) + attribute("cy", ring.y) + attribute("r", 3) + attribute("fill", hex(background)) + attribute("stroke", hex(picture_.series[ring.series].color)) + attribute("stroke-width", 1.5) + "/>\n";
    out_ += "<rect" + attribute("x", mark.box.x) + attribute("y", mark.box.y) + attribute("width", mark.box.width) + attribute("height", mark.box.height) + attribute("rx", 4) + attribute("fill", hex(rgba8(tokens_.tip))) + "/>\n";
    text(mark.label);
    out_ += "</g>\n";
  }

  void text(const PlotText& t) {
    if (t.text.empty()) return;
    static constexpr std::array anchors = {"start", "middle", "end"};
    const std::array colors = {tokens_.text1, tokens_.text2, tokens_.text3, tokens_.tip_text};
    out_ += "<text" + attribute("x", t.x) + attribute("y", t.baseline) + attribute("font-size", t.size_px);
    if (t.weight != 400) out_ += attribute("font-weight", t.weight);
    if (t.align != TextAlign::left) out_ += attribute("text-anchor", anchors[static_cast<std::size_t>(t.align)]);
    out_ += attribute("fill", hex(rgba8(colors[static_cast<std::size_t>(t.role)]))) + ">" + escaped(t.text) + "</text>\n";
  }

  const PlotPicture& picture_;
  const Tokens& tokens_;
  std::string out_;
};

}  // namespace

std::string plot_svg(const PlotPicture& picture, Rgba8 background, const Tokens& tokens, std::string_view title, std::string_view message) {
  return Svg(picture, tokens).document(background, title, message);
}

}  // namespace cnv
