#include "cnv/base/figure_size.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

constexpr std::string_view expected =
    "expected a size such as 85x60mm, with text and resolution if wished: 85x60mm,8pt,600dpi";

std::string short_text(double value) {
  std::string text = fixed_text(value, 1);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

bool within(double value, double low, double high) { return value >= low && value <= high; }

Error between(std::string_view what, double low, double high, std::string_view unit) {
  return {"The " + std::string(what) + " must be " + short_text(low) + " to " + short_text(high) + " " +
          std::string(unit) + "."};
}

// Numbers in the unit that was typed: rounded inwards, so that each that is named can be typed.
Error side_error(std::string_view side, const FigureSize& size) {
  const double per_unit = size.mm_per_unit();
  return between(side, std::ceil(least_side_mm / per_unit * 10) / 10, std::floor(most_side_mm / per_unit * 10) / 10,
                 unit_name(size.unit));
}

std::string in_dots(const FigureLayout& layout) {
  return plain_text(layout.dots_across()) + " × " + plain_text(layout.dots_down()) + " px";
}

// "8pt" → 8, where the text ends so and begins with a number.
std::optional<double> number_before(std::string_view text, std::string_view ending) {
  if (!text.ends_with(ending)) return std::nullopt;
  return number_from(text.substr(0, text.size() - ending.size()));
}

bool take_size(std::string_view text, FigureSize& size) {
  size.unit = FigureUnit::mm;
  for (const auto unit : figure_units)
    if (text.ends_with(unit_name(unit))) {
      size.unit = unit;
      text.remove_suffix(unit_name(unit).size());
      break;
    }
  const auto cross = text.find('x');
  if (cross == std::string_view::npos) return false;
  const auto width = number_from(text.substr(0, cross)), height = number_from(text.substr(cross + 1));
  if (!width || !height) return false;
  size.width = *width;
  size.height = *height;
  return true;
}

}  // namespace

std::string_view unit_name(FigureUnit unit) {
  constexpr std::array<std::string_view, 4> names = {"mm", "cm", "in", "px"};
  return names[static_cast<std::size_t>(unit)];
}

double FigureSize::mm_per_unit() const {
  switch (unit) {
    case FigureUnit::mm: return 1;
    case FigureUnit::cm: return 10;
    case FigureUnit::inch: return mm_per_inch;
    case FigureUnit::px: return mm_per_inch / dpi;
  }
  return 1;
}

int FigureLayout::dots_across() const { return static_cast<int>(std::lround(width_px * dots_per_px())); }
int FigureLayout::dots_down() const { return static_cast<int>(std::lround(height_px * dots_per_px())); }

Result<FigureLayout> figure_layout(const FigureSize& size) {
  if (!within(size.dpi, least_dpi, most_dpi)) return between("resolution", least_dpi, most_dpi, "dpi");
  if (!within(size.font_pt, least_font_pt, most_font_pt))
    return between("font size", least_font_pt, most_font_pt, "pt");
  if (!within(size.width_mm(), least_side_mm, most_side_mm)) return side_error("width", size);
  if (!within(size.height_mm(), least_side_mm, most_side_mm)) return side_error("height", size);
  FigureLayout out{.pt_per_px = size.font_pt / figure_text_px, .dpi = size.dpi};
  out.width_px = size.width_mm() / out.mm_per_px();
  out.height_px = size.height_mm() / out.mm_per_px();
  if (const double room = std::min(out.width_px / least_width_px, out.height_px / least_height_px); room < 1) {
    const double most = std::floor(size.font_pt * room * 10) / 10;
    return Error{"Text of " + short_text(size.font_pt) + " pt leaves no room for the data: " +
                 (most >= least_font_pt ? "at most " + short_text(most) + " pt in this size." : "take a larger size.")};
  }
  const double dots = size.dpi / mm_per_inch, across = size.width_mm() * dots, down = size.height_mm() * dots;
  const double too_many =
      std::max({std::sqrt(across * down / most_dots), across / most_dots_a_side, down / most_dots_a_side});
  if (too_many > 1) {
    const bool by_dots = size.unit == FigureUnit::px;  // then the resolution changes nothing
    return Error{
        "A picture of " + in_dots(out) + " is too large: at most " +
        (by_dots ? short_text(most_dots / 1e6) + " million pixels, and " + short_text(most_dots_a_side) + " on a side."
                 : short_text(std::floor(size.dpi / too_many)) + " dpi in this size.")};
  }
  return out;
}

FigureSize size_on_screen(double width_px, double height_px, double dpi) {
  return {.width = width_px * screen_mm_per_px,
          .height = height_px * screen_mm_per_px,
          .unit = FigureUnit::mm,
          .font_pt = figure_text_px * screen_pt_per_px,
          .dpi = dpi};
}

FigureLayout layout_on_screen(double width_px, double height_px, double dpi) {
  return {.width_px = width_px, .height_px = height_px, .pt_per_px = screen_pt_per_px, .dpi = dpi};
}

FigureSize in_unit(FigureSize size, FigureUnit unit) {
  const double width = size.width_mm(), height = size.height_mm();
  size.unit = unit;
  size.width = width / size.mm_per_unit();
  size.height = height / size.mm_per_unit();
  return size;
}

FigureSize of_preset(const FigureSize& size, const FigurePreset& preset) {
  FigureSize out = size;
  out.width = preset.width_mm / size.mm_per_unit();
  out.height = size.width > 0 ? out.width * size.height / size.width : out.width;
  return out;
}

Result<FigureSize> parse_figure_size(std::string_view text) {
  FigureSize size;
  bool sized = false;
  const Error wrong{std::string(expected) + ", got '" + std::string(text) + "'"};
  for (std::size_t from = 0; from <= text.size();) {
    const auto end = std::min(text.find(',', from), text.size());
    const std::string_view part = text.substr(from, end - from);
    if (const auto pt = number_before(part, "pt")) size.font_pt = *pt;
    else if (const auto dpi = number_before(part, "dpi")) size.dpi = *dpi;
    else if (sized || !take_size(part, size)) return wrong;
    else sized = true;
    from = end + 1;
  }
  if (!sized) return wrong;
  if (const auto possible = figure_layout(size); !possible) return Error{possible.error()};
  return size;
}

}  // namespace cnv
