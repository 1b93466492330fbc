#include "cnv/draw/svg_text.hpp"

#include <array>

#include "cnv/base/numbers.hpp"
#include "cnv/draw/text_runs.hpp"

namespace cnv::svg {
namespace {
constexpr int decimals = 2;
constexpr int page_decimals = 4;  // so that the size of text on paper holds to a thousandth of a point
constexpr int ramp_steps = 64;    // colours of a bar; more cannot be told apart

std::string base64(std::string_view bytes) {
  static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k)
      word = word << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : letters[word >> (18 - 6 * k) & 63];
  }
  return out;
}
}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 32 || c == '\t' || c == '\n') out += c;
  }
  return out;
}

namespace {
std::string trimmed(double value, int decimals) {
  std::string out = fixed_text(value, decimals);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}
}  // namespace

std::string number(double value) { return trimmed(value, decimals); }

std::string hex(Rgba8 color) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "#";
  for (const auto part : {color.r, color.g, color.b}) out += {digits[part >> 4], digits[part & 15]};
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}
std::string attribute(std::string_view name, double value) { return attribute(name, number(value)); }
std::string opacity(std::string_view name, Rgba8 color) {
  return color.a == 255 ? std::string() : attribute(name, color.a / 255.0);
}
std::string at(double x, double y) { return number(x) + " " + number(y); }

namespace {
// Raised and lowered parts as spans; each undoes the shift of the one before.
std::string written(const std::string& text, double size_px) {
  if (!has_symbols(text)) return escaped(text);
  std::string out;
  int level = 0;
  for (const TextRun& run : text_runs(text)) {
    const double shift = (level - run.level) * script_shift * size_px;
    level = run.level;
    std::string look = shift == 0 ? "" : attribute("dy", shift);
    if (level != 0) look += attribute("font-size", script_size * size_px);
    out += look.empty() ? escaped(run.text) : "<tspan" + look + ">" + escaped(run.text) + "</tspan>";
  }
  return out;
}
}  // namespace

std::string text_element(const PlotText& t, const Tokens& tokens) {
  if (t.text.empty()) return {};
  static constexpr std::array anchors = {"start", "middle", "end"};
  const std::array colors = {tokens.text1, tokens.text2, tokens.text3, tokens.tip_text, tokens.on_accent};
  std::string out = "<text" + attribute("x", t.x) + attribute("y", t.baseline) + attribute("font-size", t.size_px);
  if (t.weight != 400) out += attribute("font-weight", t.weight);
  if (t.align != TextAlign::left) out += attribute("text-anchor", anchors[static_cast<std::size_t>(t.align)]);
  return out + attribute("fill", hex(rgba8(colors[static_cast<std::size_t>(t.role)]))) + ">" +
         written(t.text, t.size_px) + "</text>\n";
}

std::string rect_element(const PlotRect& rect, const std::string& look) {
  return "<rect" + attribute("x", rect.x) + attribute("y", rect.y) + attribute("width", rect.width) +
         attribute("height", rect.height) + look + "/>\n";
}

std::string ramp_elements(const PlotRect& rect, const ColorTable& table, bool upright) {
  constexpr double overlap = 0.2;  // so that no seam shows
  const double step = (upright ? rect.height : rect.width) / ramp_steps;
  std::string out;
  for (int k = 0; k < ramp_steps; ++k) {
    const Rgba8 color = table[static_cast<std::size_t>((2 * k + 1) * 255 / (2 * ramp_steps))];
    const double at = (upright ? ramp_steps - 1 - k : k) * step;
    const PlotRect part = upright ? PlotRect{rect.x, rect.y + at, rect.width, step + overlap}
                                  : PlotRect{rect.x + at, rect.y, step + overlap, rect.height};
    out += rect_element(part, attribute("fill", hex(color)) + opacity("fill-opacity", color));
  }
  return out;
}

std::string image_element(const PlotRect& rect, std::string_view png, const std::string& look) {
  return "<image xmlns:xlink=\"http://www.w3.org/1999/xlink\"" + attribute("x", rect.x) + attribute("y", rect.y) +
         attribute("width", rect.width) + attribute("height", rect.height) +
         " preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\"" + look +
         " xlink:href=\"data:image/png;base64," + base64(png) + "\"/>\n";
}

std::string document_head(double width_px, double height_px, double mm_per_px, Rgba8 background,
                          std::string_view title) {
  const auto size = [](double value) { return trimmed(value, page_decimals); };
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"" +
                    attribute("width", size(width_px * mm_per_px) + "mm") +
                    attribute("height", size(height_px * mm_per_px) + "mm") +
                    attribute("viewBox", "0 0 " + size(width_px) + " " + size(height_px)) +
                    " font-family=\"Inter, Helvetica, Arial, sans-serif\">\n";
  if (!title.empty()) out += "<title>" + escaped(title) + "</title>\n";
  return out + "<rect width=\"100%\" height=\"100%\"" + attribute("fill", hex(background)) +
         opacity("fill-opacity", background) + "/>\n";
}

}  // namespace cnv::svg
