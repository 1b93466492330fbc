// PlotPicture: one finished plot as plain data in logical pixels, and the layout that makes it. Made by `view`, drawn
// by `desktop` to the window and by exports to SVG and PDF; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cnv/draw/color.hpp"
#include "cnv/draw/plot_measures.hpp"
#include "cnv/draw/plot_range.hpp"
#include "cnv/draw/polyline.hpp"
#include "cnv/draw/ticks.hpp"

namespace cnv {

// Sizes of text in the font that will draw it. The desktop supplies real ones.
class FontMetrics {
 public:
  virtual ~FontMetrics() = default;
  // Advance of a text in logical pixels; weight 400, 500 or 600.
  virtual double text_width(std::string_view utf8, double size_px, int weight) const = 0;
  virtual double ascent(double size_px) const = 0;
  virtual double descent(double size_px) const = 0;
};

// Without a toolkit: widths of a common sans-serif font, on the safe side.
class EstimatedMetrics final : public FontMetrics {
 public:
  double text_width(std::string_view utf8, double size_px, int weight) const override;
  double ascent(double size_px) const override { return 0.97 * size_px; }
  double descent(double size_px) const override { return 0.25 * size_px; }
};

struct PlotRect {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

// Room beside the data of a plot.
struct PlotMargins {
  double left = 0, right = 0;
  friend bool operator==(const PlotMargins&, const PlotMargins&) = default;
};

struct PlotLine {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

enum class TextAlign : std::uint8_t { left, center, right };
// Which colour token a text has.
enum class TextRole : std::uint8_t { text1, text2, text3, tip_text, on_accent };

struct PlotText {
  std::string text;
  double x = 0, baseline = 0;  // x is the left end, middle or right end, as align says
  TextAlign align = TextAlign::left;
  double size_px = 11;
  int weight = 400;
  TextRole role = TextRole::text2;
};

// One series of the plot: its look, its legend texts and, for vector pictures, its reduced lines in data units.
struct PlotSeries {
  std::string label;
  std::string value;  // at the cursor or the newest; "–" if none; empty: no value column
  std::string unit;
  Rgba8 color;
  bool dashed = false;
  bool bold = false;               // selected
  bool visible = true;             // false: toggled off; stays in the legend, faded
  std::optional<double> cursor_y;  // data units; where the cursor ring goes
  bool end_label = false;          // its name stands at its right end too, where there is room
  std::optional<double> end_y;     // data units; its last value in view
  std::vector<std::vector<PlotPoint>> lines;
  std::vector<std::vector<PlotPoint>> earlier_lines;  // of sweeps that are over: behind the others, and paler
};

// How much of its colour a sweep keeps once the next has begun.
inline constexpr double earlier_sweep_opacity = 0.45;

struct PlotCursor {
  double x = 0;       // data units
  std::string label;  // "107.10 ms"
};

struct PlotAxisSpec {
  AxisRange range;
  std::string label, unit;  // quantity as given; printed once, never prefixed
  std::optional<double> major_spacing, minor_spacing;
  std::optional<double> previous_step;
};

// What a plot shows, before layout. Sizes in logical pixels.
struct PlotRequest {
  double width = 0, height = 0;
  PlotAxisSpec x, y;
  std::vector<PlotSeries> series;
  bool show_legend = true;
  std::size_t legend_first = 0;  // first series in a legend that has no room for all
  std::optional<PlotCursor> cursor;
  PlotMeasures measures;
  // Of the plot: to align plots that stand above each other, and to keep its width while labels come and go beside it.
  PlotMargins least_margins;
};

struct PlotTick {
  double position = 0;  // logical px along the axis: x for the x axis, y for the y axis
  double length = 4;    // outward; minor ticks are shorter
  double value = 0;
};

struct LegendItem {
  std::size_t series = 0;  // index into PlotPicture::series
  PlotRect area;           // where a click toggles it
  PlotLine swatch;         // 2 px, in the colour of the series, dashed like it
  PlotText label, value, unit;
};

// The name of a series at its right end, for hues that are hard to tell apart.
struct EndLabel {
  std::size_t series = 0;
  PlotLine lead;  // 1.5 px, in the colour of the series, from its end to the text
  PlotText label;
};

struct CursorRing {
  std::size_t series = 0;
  double x = 0, y = 0;  // centre; radius 3
};

struct CursorMark {
  PlotLine line;  // 1 px, text 2
  PlotRect box;   // `tip` background, radius 4
  PlotText label;
  std::vector<CursorRing> rings;
};

// What takes a cursor: the handle, and the line below it, which one that is out of view does not have.
struct MeasureHandle {
  std::string name;
  bool focused = false;
  PlotRect box;  // radius 3; focused: `accent`; else `panel` with an edge of `accent`
  PlotText label;
  std::optional<PlotLine> line;  // 1 px, `accent`
};

struct MeasureButton {
  std::string id;
  PlotRect box;  // radius 3, edge of `edge`
  PlotText label;
};

struct MeasureMarks {
  std::vector<PlotText> texts;  // the read-out
  std::vector<MeasureButton> buttons;
  std::vector<MeasureHandle> handles;
  std::vector<PlotLine> spans;    // 1.5 px, text 1
  std::vector<CursorRing> rings;  // as those of the cursor
  std::vector<CursorRing> dots;   // radius 2, text 1
};

struct PlotPicture {
  double width = 0, height = 0;
  PlotRect plot;            // where the data goes; whole logical pixels; clip the traces to it
  PlotMargins own_margins;  // those of `plot` if there were no least margins
  AxisRange x_range, y_range;
  double x_step = 0, y_step = 0;  // of the ticks; give them back as previous_step
  std::vector<PlotTick> x_ticks, y_ticks;
  std::vector<PlotLine> grid;   // 1 px, `grid`, on the labelled ticks
  std::vector<PlotLine> axes;   // 1 px, `edge`: left and bottom
  std::vector<PlotText> texts;  // tick labels and quantities
  std::vector<PlotSeries> series;
  std::vector<LegendItem> legend;
  std::optional<PlotText> legend_rest;  // "+ 12 more" when not all series have room
  PlotRect legend_area;                 // all rows; empty without a legend
  std::size_t legend_first = 0;         // as asked for, at most so that the last series is shown
  std::vector<EndLabel> end_labels;
  std::optional<CursorMark> cursor;
  MeasureMarks measures;

  double px(double x) const { return plot.x + (x - x_range.low) / x_range.span() * plot.width; }
  double py(double y) const { return plot.bottom() - (y - y_range.low) / y_range.span() * plot.height; }
  double x_at(double px) const { return x_range.low + (px - plot.x) / plot.width * x_range.span(); }
  double y_at(double py) const { return y_range.low + (plot.bottom() - py) / plot.height * y_range.span(); }
  // Index into `legend` of the row under a point, or -1.
  int legend_at(double px, double py) const;
  // Index into measures.handles of the one that a pointer takes there, or -1.
  int handle_at(double px, double py) const;
  // The id of the read-out's button there, or empty.
  std::string button_at(double px, double py) const;
};

// Margins follow from the labels, so that nothing is clipped. Where the picture is too small for the data to get 60 ×
// 40, the legend, then the quantities, then the labels and the read-out give way. The plot rectangle is never negative.
// An axis range that is empty or not finite shows neither ticks nor grid.
PlotPicture layout_plot(PlotRequest request, const FontMetrics& metrics);

}  // namespace cnv
