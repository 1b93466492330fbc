// Figures for print: from a size on paper, a size of text and a resolution to logical pixels and dots, in one place for
// PNG, SVG and PDF of every view. Used by the box for figures, the exports and the options of a run; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "cnv/base/result.hpp"

namespace cnv {

enum class FigureUnit : std::uint8_t { mm, cm, inch, px };
inline constexpr std::array figure_units = {FigureUnit::mm, FigureUnit::cm, FigureUnit::inch, FigureUnit::px};
std::string_view unit_name(FigureUnit unit);  // "mm", "cm", "in", "px"

inline constexpr double mm_per_inch = 25.4, pt_per_inch = 72;
// On the screen: 96 logical pixels in an inch.
inline constexpr double screen_px_per_inch = 96, screen_pt_per_px = pt_per_inch / screen_px_per_inch;
inline constexpr double screen_mm_per_px = mm_per_inch / screen_px_per_inch;
// Logical pixels of the numbers and names at axes, bars and nodes: the text whose size a figure asks for.
inline constexpr double figure_text_px = 11;

inline constexpr double least_side_mm = 10, most_side_mm = 2000, least_font_pt = 3, most_font_pt = 72;
inline constexpr double least_dpi = 30, most_dpi = 2400;
inline constexpr double most_dots = 50e6, most_dots_a_side = 30'000;  // of a PNG
// A view has nothing to show in less.
inline constexpr double least_width_px = 80, least_height_px = 60;

// What a person asks for. Pixels are those of the PNG: so many to an inch as `dpi` says.
struct FigureSize {
  double width = 85, height = 60;
  FigureUnit unit = FigureUnit::mm;
  double font_pt = 8;
  double dpi = 300;

  double mm_per_unit() const;
  double width_mm() const { return width * mm_per_unit(); }
  double height_mm() const { return height * mm_per_unit(); }
  friend bool operator==(const FigureSize&, const FigureSize&) = default;
};

// The rule of every figure: a view is laid out as on the screen, in logical pixels of which one is font_pt / 11 points.
// So its text of 11 px has the size asked for, and lines keep their width in proportion: 1 px for axes, 1.5 px for
// traces. A small figure is a small panel: it gets fewer ticks, not smaller ones.
struct FigureLayout {
  double width_px = 0, height_px = 0;  // logical pixels, not rounded
  double pt_per_px = screen_pt_per_px;
  double dpi = 300;

  double mm_per_px() const { return pt_per_px * mm_per_inch / pt_per_inch; }
  double dots_per_px() const { return pt_per_px * dpi / pt_per_inch; }
  double width_mm() const { return width_px * mm_per_px(); }
  double height_mm() const { return height_px * mm_per_px(); }
  int dots_across() const;
  int dots_down() const;
  friend bool operator==(const FigureLayout&, const FigureLayout&) = default;
};

// The error says which number cannot be and what can.
Result<FigureLayout> figure_layout(const FigureSize& size);

// The size that a panel of so many logical pixels has on the screen, with its size of text.
FigureSize size_on_screen(double width_px, double height_px, double dpi = 300);
FigureLayout layout_on_screen(double width_px, double height_px, double dpi = 300);

// The same size in another unit.
FigureSize in_unit(FigureSize size, FigureUnit unit);

// The widths that journals ask for.
struct FigurePreset {
  std::string_view id, label;
  double width_mm = 0;
};
inline constexpr std::array figure_presets = {FigurePreset{"single", "Single column, 85 mm", 85},
                                              FigurePreset{"one-and-half", "1.5 columns, 114 mm", 114},
                                              FigurePreset{"double", "Double column, 174 mm", 174}};
// Of the preset's width, in the proportions of `size`.
FigureSize of_preset(const FigureSize& size, const FigurePreset& preset);

// "85x60mm", and behind it in any order "8pt" and "600dpi", separated by commas: what --figure takes. Without a unit:
// mm. The error says what is expected.
Result<FigureSize> parse_figure_size(std::string_view text);

}  // namespace cnv
