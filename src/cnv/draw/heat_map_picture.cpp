#include "cnv/draw/heat_map_picture.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "cnv/base/figure_size.hpp"
#include "cnv/draw/number_format.hpp"
#include "cnv/draw/ticks.hpp"

namespace cnv {
namespace {

constexpr double text_px = figure_text_px, gap = 6, bar_px = 12, tick_px = 4, least_cells = 120, row_gap = 3,
                 px_per_bar_tick = 30, rounding = 1e-6;

std::string shortened(const std::string& text, double room, const FontMetrics& metrics, int weight = 400) {
  if (metrics.text_width(text, text_px, weight) <= room) return text;
  std::string cut = text;
  while (!cut.empty() && metrics.text_width(cut + "\u2026", text_px, weight) > room) {
    while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0x80)
      cut.pop_back();  // a whole character
    if (!cut.empty()) cut.pop_back();
  }
  return cut + "\u2026";
}

double baseline_shift(const FontMetrics& metrics) { return (metrics.ascent(text_px) - metrics.descent(text_px)) / 2; }

// Room that the colour bar takes at the right; 0: none. Its title stands above the bar, or, where that would leave the
// cells less than half of the picture, ends at the bar's right and lies above the cells too.
struct BarRoom {
  double width = 0;
  bool title_above_cells = false;
};
BarRoom bar_room(const HeatMapRequest& request, double labels, const std::vector<ColorBarTick>& ticks,
                 const FontMetrics& metrics) {
  if (!request.bar) return {};
  double widest = 0;
  for (const auto& tick : ticks) widest = std::max(widest, metrics.text_width(tick.label, text_px, 400));
  const double bar = bar_px + tick_px + gap / 2 + widest + 2 * gap;
  const double title = metrics.text_width(request.bar->title, text_px, 500) + 2 * gap;
  const bool narrow = title > bar && request.width - labels - title < request.width / 2;
  const double width = narrow ? bar : std::max(bar, title);
  return request.width - width - labels < least_cells ? BarRoom{} : BarRoom{width, narrow};
}

// Rows from the top, in which a number between those of two rows lies between their middles.
double row_of(double number, const std::vector<double>& numbers) {
  const auto next = std::lower_bound(numbers.begin(), numbers.end(), number, std::greater<>());
  if (next == numbers.begin()) return 0;
  if (next == numbers.end()) return static_cast<double>(numbers.size() - 1);
  const double before = *(next - 1);
  return static_cast<double>(next - numbers.begin()) - 1 + (before - number) / (before - *next);
}

bool in_view(const HeatMapPicture& picture, double y) {
  return y >= picture.frame.plot.y && y <= picture.frame.plot.bottom();
}

void add_round_labels(HeatMapPicture& out, const HeatMapRequest& request, const FontMetrics& metrics) {
  const auto& plot = out.frame.plot;
  const double of_text = metrics.ascent(text_px) + metrics.descent(text_px);
  const auto& highest = request.row_numbers[static_cast<std::size_t>(out.first_row())];
  const auto& lowest = request.row_numbers[static_cast<std::size_t>(out.end_row() - 1)];
  TickOptions options;
  options.label_extent_px = [of_text](std::string_view) { return of_text; };
  for (const auto& tick : make_ticks(lowest, highest, plot.height, options).ticks) {
    const double y = out.row_y(row_of(tick.value, request.row_numbers) + 0.5);
    if (!tick.major || !in_view(out, y)) continue;
    out.row_ticks.push_back({plot.x - tick_px, y, plot.x, y});
    out.row_labels.push_back({tick.label, plot.x - gap, y + baseline_shift(metrics), TextAlign::right, text_px});
  }
}

void add_row_labels(HeatMapPicture& out, const HeatMapRequest& request, double room, const FontMetrics& metrics) {
  if (request.rows.empty()) return;
  const auto& plot = out.frame.plot;
  const double height = plot.height / out.shown_rows.span();
  const double needed = metrics.ascent(text_px) + metrics.descent(text_px) + row_gap;
  const auto step = static_cast<std::size_t>(std::max(1.0, std::ceil(needed / std::max(height, 1e-9))));
  if (step > 1 && request.row_numbers.size() == request.rows.size()) return add_round_labels(out, request, metrics);
  for (std::size_t row = 0; row < request.rows.size(); row += step)
    if (const double y = out.row_y(static_cast<double>(row) + 0.5); in_view(out, y))
      out.row_labels.push_back({shortened(request.rows[row], room, metrics), plot.x - gap, y + baseline_shift(metrics),
                                TextAlign::right, text_px});
}

void add_bar(HeatMapPicture& out, const HeatMapRequest& request, bool title_above_cells,
             const std::vector<ColorBarTick>& ticks, const FontMetrics& metrics) {
  const auto& plot = out.frame.plot;
  const double x = plot.right() + 2 * gap;
  out.bar = PlotRect{x, plot.y, bar_px, plot.height};
  out.bar_colors = request.bar->table;
  for (const auto& tick : ticks) {
    const double y =
        std::clamp(plot.bottom() - static_cast<double>(tick.position) * plot.height, plot.y, plot.bottom());
    out.bar_ticks.push_back({x + bar_px, y, x + bar_px + tick_px, y});
    out.bar_texts.push_back(
        {tick.label, x + bar_px + tick_px + gap / 2, y + baseline_shift(metrics), TextAlign::left, text_px});
  }
  const double baseline = plot.y - gap - metrics.descent(text_px);
  if (!title_above_cells)
    return out.bar_texts.push_back({request.bar->title, x, baseline, TextAlign::left, text_px, 500});
  const double right = request.width - gap;
  const double name = metrics.text_width(label_with_unit(request.y_label, request.y_unit), text_px, 400);
  out.bar_texts.push_back({shortened(request.bar->title, std::max(right - plot.x - name - gap, 0.0), metrics, 500),
                           right, baseline, TextAlign::right, text_px, 500});
}

}  // namespace

int HeatMapPicture::end_row() const {
  return std::min(static_cast<int>(row_count), static_cast<int>(std::ceil(shown_rows.high)));
}

int HeatMapPicture::row_at(double py) const {
  if (row_count == 0 || py < frame.plot.y || py >= frame.plot.bottom()) return -1;
  return std::min(static_cast<int>(row_count) - 1, static_cast<int>(row_place(py)));
}

double widest_row_label(const std::vector<std::string>& rows, const FontMetrics& metrics) {
  double widest = 0;
  for (const auto& row : rows) widest = std::max(widest, metrics.text_width(row, text_px, 400));
  return widest;
}

HeatMapPicture layout_heat_map(const HeatMapRequest& request, const FontMetrics& metrics) {
  HeatMapPicture out;
  out.row_count = request.rows.size();
  out.shown_rows = {std::max(0.0, request.shown_rows.low),
                    std::min(static_cast<double>(out.row_count), request.shown_rows.high)};
  if (!(out.shown_rows.span() > 0)) out.shown_rows = {0, static_cast<double>(out.row_count)};
  const auto ticks = request.bar ? color_bar_ticks(static_cast<double>(request.bar->scale.low),
                                                   static_cast<double>(request.bar->scale.high),
                                                   std::clamp(static_cast<int>(request.height / px_per_bar_tick), 2, 8))
                                 : std::vector<ColorBarTick>();
  const double room =
      std::min(request.widest_row ? *request.widest_row : widest_row_label(request.rows, metrics), request.width / 3);
  const auto [right, title_above_cells] = bar_room(request, room, ticks, metrics);
  PlotRequest axes{.width = std::max(0.0, request.width - right),
                   .height = request.height,
                   .x = request.x,
                   .y = {.range = {0, 0},
                         .label = request.y_label,
                         .unit = request.y_unit,
                         .major_spacing = {},
                         .minor_spacing = {},
                         .previous_step = {}},
                   .series = {},
                   .cursor = request.cursor};
  axes.show_legend = false;
  const double labels = std::ceil(room + 2 * gap);
  axes.least_margins.left = std::max(labels, request.least_margins.left);
  if (right > 0 || !request.bar)
    axes.least_margins.right = std::max(0.0, request.least_margins.right - right - rounding);
  out.frame = layout_plot(std::move(axes), metrics);
  out.frame.own_margins = {std::max(labels, out.frame.own_margins.left), out.frame.own_margins.right + right};
  out.frame.width = request.width;
  out.frame.grid.clear();  // it would lie under the cells
  add_row_labels(out, request, room, metrics);
  if (out.row_count > 0) {
    const double first = out.row_y(out.first_row());
    out.cells_area = {out.frame.plot.x, first, out.frame.plot.width, out.row_y(out.end_row()) - first};
  }
  if (out.frame.cursor && request.cursor_row)
    if (const double y = out.row_y(*request.cursor_row + 0.5); in_view(out, y))
      out.ring = PlotPoint{out.frame.px(request.cursor->x), y};
  if (right > 0) add_bar(out, request, title_above_cells, ticks, metrics);
  return out;
}

}  // namespace cnv
