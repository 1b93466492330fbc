#include "cnv/draw/legend_layout.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

constexpr double text_px = 12, swatch_width = 20, swatch_gap = 8, value_gap = 12, unit_gap = 4, column_gap = 20;

// Widths that all entries share, so that values and units stand under each other.
struct Widths {
  double label = 0, value = 0, unit = 0;

  double tail() const { return value > 0 ? value_gap + value + (unit > 0 ? unit_gap + unit : 0) : 0; }
  double entry() const { return swatch_width + swatch_gap + label + tail(); }
};

int label_weight(const PlotSeries& series) { return series.bold ? 600 : 400; }

Widths measure(const std::vector<PlotSeries>& all, const FontMetrics& metrics) {
  Widths widths;
  for (const auto& series : all) {
    widths.label = std::max(widths.label, metrics.text_width(series.label, text_px, label_weight(series)));
    widths.value = std::max(widths.value, metrics.text_width(series.value, text_px, 400));
    if (!series.value.empty()) widths.unit = std::max(widths.unit, metrics.text_width(series.unit, text_px, 400));
  }
  return widths;
}

double baseline_in(double top, const FontMetrics& metrics) {
  return top + (legend_row_height + metrics.ascent(text_px) - metrics.descent(text_px)) / 2;
}

LegendItem make_item(std::size_t index, const PlotSeries& series, PlotRect area, const Widths& widths,
                     const FontMetrics& metrics) {
  LegendItem item;
  item.series = index;
  item.area = area;
  const double middle = area.y + area.height / 2, baseline = baseline_in(area.y, metrics);
  item.swatch = {area.x, middle, area.x + swatch_width, middle};
  const double label_x = area.x + swatch_width + swatch_gap, room = area.right() - widths.tail() - label_x;
  item.label = {elided(series.label, room, text_px, label_weight(series), metrics),
                label_x,
                baseline,
                TextAlign::left,
                text_px,
                label_weight(series),
                TextRole::text1};
  const double value_right = area.right() - (widths.unit > 0 ? widths.unit + unit_gap : 0);
  item.value = {series.value, value_right, baseline, TextAlign::right, text_px, 400, TextRole::text1};
  if (!series.value.empty() && widths.unit > 0)
    item.unit = {series.unit, value_right + unit_gap, baseline, TextAlign::left, text_px, 400, TextRole::text2};
  return item;
}

// What all names begin with, up to a whole word; 0 where one of them would be left without a name.
std::size_t common_prefix(const std::vector<PlotSeries>& all) {
  if (all.size() < 2) return 0;
  const std::string& first = all.front().label;
  std::size_t length = first.size();
  for (const auto& series : all) {
    length = std::min(length, series.label.size() - (series.label.empty() ? 0 : 1));
    length = static_cast<std::size_t>(
        std::mismatch(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(length), series.label.begin()).first -
        first.begin());
  }
  const std::size_t end = std::string_view(first).substr(0, length).find_last_of(". /:");
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::string elided(std::string_view text, double room, double size_px, int weight, const FontMetrics& metrics) {
  if (metrics.text_width(text, size_px, weight) <= room) return std::string(text);
  while (!text.empty()) {
    // Whole UTF-8 characters only.
    std::size_t end = text.size() - 1;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
    std::string shorter = std::string(text) + "…";
    if (metrics.text_width(shorter, size_px, weight) <= room) return text.empty() ? std::string() : shorter;
  }
  return {};
}

double layout_legend(PlotPicture& picture, double left, double right, double top, double max_height,
                     const FontMetrics& metrics) {
  const std::size_t count = picture.series.size();
  const auto most_rows = static_cast<std::size_t>(std::max(0.0, std::floor(max_height / legend_row_height)));
  if (count == 0 || most_rows == 0) return 0;
  Widths widths = measure(picture.series, metrics);
  const double room = right - left;
  if (widths.entry() > room) widths.unit = 0;  // it stands at the axis too; names have no other place
  // Names differ at their ends, which would be cut.
  std::vector<PlotSeries> shortened;
  if (const std::size_t prefix = widths.entry() > room ? common_prefix(picture.series) : 0; prefix > 0) {
    shortened = picture.series;
    for (auto& series : shortened) series.label = "…" + series.label.substr(prefix);
    const double unit = widths.unit;
    widths = measure(shortened, metrics);
    widths.unit = unit;
  }
  const std::vector<PlotSeries>& named = shortened.empty() ? picture.series : shortened;
  // Columns before height: more than two thirds of what is allowed only where the width does not suffice.
  const std::size_t wanted_rows = std::max<std::size_t>(1, most_rows * 2 / 3);
  std::size_t columns = (count + wanted_rows - 1) / wanted_rows;
  const auto most_columns =
      static_cast<std::size_t>(std::max(1.0, std::floor((room + column_gap) / (widths.entry() + column_gap))));
  columns = std::min(columns, most_columns);
  const std::size_t cells = columns * most_rows;
  // The last cell tells how many have no place.
  const std::size_t shown = count <= cells ? count : cells - 1;
  const std::size_t rows = count <= cells ? (count + columns - 1) / columns : most_rows;
  const std::size_t first = std::min(picture.legend_first, count - shown);
  picture.legend_first = first;
  picture.legend_area = {left, top, room, static_cast<double>(rows) * legend_row_height};
  const double width = (room - column_gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  const auto cell = [&](std::size_t i) {
    return PlotRect{left + static_cast<double>(i / rows) * (width + column_gap),
                    top + static_cast<double>(i % rows) * legend_row_height, width, legend_row_height};
  };
  for (std::size_t i = 0; i < shown; ++i)
    picture.legend.push_back(make_item(first + i, named[first + i], cell(i), widths, metrics));
  if (shown < count) {
    const PlotRect area = cell(shown);
    picture.legend_rest = PlotText{"+ " + plain_text(count - shown) + " more",
                                   area.x + swatch_width + swatch_gap,
                                   baseline_in(area.y, metrics),
                                   TextAlign::left,
                                   text_px,
                                   400,
                                   TextRole::text3};
  }
  return picture.legend_area.height;
}

}  // namespace cnv
