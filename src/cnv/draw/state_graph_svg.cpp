#include "cnv/draw/state_graph_svg.hpp"

#include "cnv/draw/svg_text.hpp"

namespace cnv {
namespace {

using namespace svg;

class GraphSvg {
 public:
  GraphSvg(const StateGraphPicture& picture, Rgba8 background, const Tokens& tokens)
      : picture_(picture), background_(background), tokens_(tokens) {}

  std::string document(std::string_view title, std::string_view message, double mm_per_px) {
    out_ = document_head(picture_.width, picture_.height, mm_per_px, background_, title);
    out_ += "<g id=\"edges\">\n";
    for (const auto& edge : picture_.edges) add(edge);
    out_ += "</g>\n<g id=\"nodes\">\n";
    for (const auto& node : picture_.nodes) add(node);
    out_ += "</g>\n<g id=\"scales\">\n";
    for (const auto& bar : picture_.bars) add(bar);
    out_ += "</g>\n";
    if (!message.empty())
      text({std::string(message), picture_.width / 2, picture_.height / 2 + 4, TextAlign::center, 12, 400,
            TextRole::text3});
    return std::move(out_) + "</svg>\n";
  }

 private:
  static std::string fill(Rgba8 color) { return attribute("fill", hex(color)) + opacity("fill-opacity", color); }
  static std::string stroke(Rgba8 color, double width) {
    return attribute("stroke", hex(color)) + opacity("stroke-opacity", color) + attribute("stroke-width", width);
  }
  void text(const PlotText& t) { out_ += text_element(t, tokens_); }

  void add(const GraphEdge& edge) {
    if (edge.line.empty()) return;
    std::string line = "M", head = "M";
    for (const auto& point : edge.line) line += (line.size() > 1 ? " " : "") + at(point.x, point.y);
    for (const auto& point : edge.head) head += (head.size() > 1 ? " " : "") + at(point.x, point.y);
    const Rgba8 frame = rgba8(tokens_.edge);
    out_ += "<g>\n<path d=\"" + line + "\" fill=\"none\"" + stroke(frame, edge_frame_px) + "/>\n";
    out_ += "<path d=\"" + head + "Z\"" + fill(edge.color) + stroke(frame, 1) + attribute("stroke-linejoin", "round") +
            "/>\n";
    out_ += "<path d=\"" + line + "\" fill=\"none\"" + stroke(edge.color, edge_px) + "/>\n";
    text(edge.value);
    out_ += "</g>\n";
  }

  void add(const GraphNode& node) {
    out_ += "<g>\n<title>" + escaped(node.label.text) + "</title>\n";
    const GraphOutline outline = outline_of(node);
    const std::string around = stroke(rgba8(tokens_.*outline.color), outline.width_px);
    if (node.framed) out_ += rect_element(node.box, attribute("rx", 4) + fill(background_) + around);
    out_ += "<circle" + attribute("cx", node.disc_x) + attribute("cy", node.disc_y) + attribute("r", node.disc_radius) +
            fill(node.color) + (node.framed ? stroke(rgba8(tokens_.edge), 1) : around) + "/>\n";
    if (node.track.width > 0) out_ += rect_element(node.track, fill(rgba8(tokens_.grid)));
    if (node.bar.width > 0) out_ += rect_element(node.bar, fill(rgba8(tokens_.accent)));
    text(node.label);
    text(node.value);
    out_ += "</g>\n";
  }

  void add(const LyingColorBar& bar) {
    out_ += ramp_elements(bar.area, bar.table, false);
    for (const auto& tick : bar.ticks)
      out_ += "<path d=\"M" + at(tick.x0, tick.y0) + "L" + at(tick.x1, tick.y1) + "\"" +
              stroke(rgba8(tokens_.edge), 1) + "/>\n";
    for (const auto& item : bar.texts) text(item);
  }

  const StateGraphPicture& picture_;
  Rgba8 background_;
  const Tokens& tokens_;
  std::string out_;
};

}  // namespace

std::string state_graph_svg(const StateGraphPicture& picture, Rgba8 background, const Tokens& tokens,
                            std::string_view title, std::string_view message, double mm_per_px) {
  return GraphSvg(picture, background, tokens).document(title, message, mm_per_px);
}

}  // namespace cnv
