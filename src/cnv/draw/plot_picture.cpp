#include "cnv/draw/plot_picture.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/base/figure_size.hpp"
#include "cnv/draw/legend_layout.hpp"
#include "cnv/draw/measure_layout.hpp"
#include "cnv/draw/number_format.hpp"
#include "cnv/draw/text_runs.hpp"

namespace cnv {
namespace {

constexpr double padding = 12, small_padding = 4, tick_px = figure_text_px, quantity_px = figure_text_px,
                 cursor_px = 12;
constexpr double tick_length = 4, minor_tick_length = 2, tick_gap = 4;
constexpr double least_width = 60, least_height = 40;
constexpr double x_label_gap = 14, y_label_gap = 8;
constexpr double tip_height = 18, tip_padding = 8, tip_gap = 3;
constexpr double end_lead = 14, end_row = 13, least_end_width = 200;
constexpr double end_part = 0.3;       // of the width, at most, for names at the right
constexpr double legend_part = 0.45;   // of the height, at most
constexpr double readout_part = 0.45;  // of the height, at most
constexpr double handle_slack = 4;     // px beside the line of a cursor
constexpr double digit_height = 0.72;  // of the size; digits have no descent

// What is left out of a picture that is too small, in this order.
enum Level { everything, no_legend, no_quantities, no_labels };

double crisp(double position) { return std::floor(position) + 0.5; }

bool holds(const PlotRect& area, double px, double py) {
  return px >= area.x && px < area.right() && py >= area.y && py < area.bottom();
}

class Layout {
 public:
  Layout(const PlotRequest& request, const FontMetrics& metrics, Level level)
      : request_(request), metrics_(metrics), level_(level) {}

  PlotPicture make() {
    picture_.width = request_.width;
    picture_.height = request_.height;
    picture_.x_range = request_.x.range;
    picture_.y_range = request_.y.range;
    picture_.series = request_.series;
    picture_.legend_first = request_.legend_first;
    place_rows();
    place_columns();
    ticks_and_grid();
    quantities();
    end_labels();
    if (level_ < no_labels) layout_measures(picture_, request_.measures);
    cursor();
    return std::move(picture_);
  }

 private:
  double line_height(double size) const { return metrics_.ascent(size) + metrics_.descent(size); }
  double outer() const { return level_ == no_labels ? 2 : padding; }

  TickSet ticks_of(const PlotAxisSpec& axis, double length_px, bool horizontal) const {
    if (level_ == no_labels) return {};
    TickOptions options;
    options.major_spacing = axis.major_spacing;
    options.minor_spacing = axis.minor_spacing;
    options.previous_step = axis.previous_step;
    options.gap_px = horizontal ? x_label_gap : y_label_gap;
    options.from_offset = true;
    options.label_extent_px = [&](std::string_view text) {
      return horizontal ? metrics_.text_width(text, tick_px, 400) : line_height(tick_px);
    };
    return make_ticks(axis.range.low, axis.range.high, length_px, options);
  }

  // Everything that follows from heights: legend, strip for quantity and cursor label, plot, labels below.
  void place_rows() {
    double top = level_ == no_labels ? 2 : small_padding + 4;
    if (request_.show_legend && level_ == everything) {
      const double used =
          layout_legend(picture_, padding, request_.width - padding, top, request_.height * legend_part, metrics_);
      if (used > 0) top += used + 4;
    }
    if (level_ <= no_quantities) {
      const double used = layout_readout(picture_, request_.measures.readout, padding, request_.width - padding, top,
                                         request_.height * readout_part, metrics_);
      if (used > 0) top += used + 2;
      const bool strip = level_ < no_quantities || request_.cursor || !request_.measures.cursors.empty();
      strip_top_ = top;
      top += strip ? tip_height + tip_gap + 3 : line_height(tick_px) / 2;
    }
    double below = outer();
    if (level_ <= no_quantities) below = tick_length + tick_gap + line_height(tick_px) + small_padding;
    if (level_ < no_quantities && !label_with_unit(request_.x).empty()) below += line_height(quantity_px) + 2;
    picture_.plot.y = std::ceil(top);
    picture_.plot.height = std::max(0.0, std::floor(request_.height - below) - picture_.plot.y);
    y_ticks_ = ticks_of(request_.y, picture_.plot.height, false);
    picture_.y_step = y_ticks_.step;
  }

  // Left from the widest label; right so that the last label of the x axis fits, which depends on the width again.
  void place_columns() {
    place_columns({});
    picture_.own_margins = {picture_.plot.x, request_.width - picture_.plot.right()};
    if (level_ < no_labels && !(request_.least_margins == PlotMargins{})) place_columns(request_.least_margins);
    picture_.x_step = x_ticks_.step;
  }

  void place_columns(const PlotMargins& least) {
    double label_width = 0;
    for (const auto& tick : y_ticks_.ticks)
      label_width = std::max(label_width, metrics_.text_width(tick.label, tick_px, 400));
    double left = outer(), right = outer() + end_room();
    if (level_ < no_labels) left += label_width + tick_gap + tick_length + 1;
    left = std::max(left, least.left);
    right = std::max(right, least.right);
    const double enough = least.right > 0 ? 1 : 0;  // what had room a moment ago, but for a part of a pixel, still has
    for (int round = 0; round < 4; ++round) {
      picture_.plot.x = std::ceil(left);
      picture_.plot.width = std::max(0.0, std::floor(request_.width - right) - picture_.plot.x);
      x_ticks_ = ticks_of(request_.x, picture_.plot.width, true);
      double over_left = 0, over_right = 0;
      for (const auto& tick : x_ticks_.ticks) {
        const double half = metrics_.text_width(tick.label, tick_px, 400) / 2, at = picture_.px(tick.value);
        if (!tick.major) continue;
        over_left = std::max(over_left, small_padding - (at - half));
        over_right = std::max(over_right, at + half - (request_.width - small_padding));
      }
      if (over_left <= 0 && over_right <= enough) break;
      left += over_left;
      right += over_right;
    }
  }

  // Right of the plot, for names at the ends of series. Follows from the names alone, so that nothing moves with the
  // data.
  double end_room() {
    if (level_ != everything) return 0;
    double widest = 0;
    for (const auto& series : request_.series)
      if (series.visible && series.end_label)
        widest = std::max(widest, metrics_.text_width(series.label, tick_px, 400));
    const double room = end_lead + 3 + std::min(widest, end_part * request_.width - end_lead);
    end_text_ = widest > 0 && request_.width * (1 - end_part) >= least_end_width ? room - end_lead - 3 : 0;
    return end_text_ > 0 ? room : 0;
  }

  // In the order of the ends, each at its end or pushed down by the one above; then up again from the bottom.
  void end_labels() {
    const PlotRect& plot = picture_.plot;
    if (end_text_ <= 0) return;
    std::vector<std::pair<double, std::size_t>> ends;
    for (std::size_t i = 0; i < picture_.series.size(); ++i) {
      const auto& series = picture_.series[i];
      if (series.visible && series.end_label && series.end_y && *series.end_y >= request_.y.range.low &&
          *series.end_y <= request_.y.range.high)
        ends.emplace_back(picture_.py(*series.end_y), i);
    }
    const auto most = static_cast<std::size_t>(plot.height / end_row);
    if (ends.size() > most) ends.resize(most);
    std::sort(ends.begin(), ends.end());
    std::vector<double> rows;
    for (const auto& [y, i] : ends)
      rows.push_back(std::max(std::max(y, plot.y + end_row / 2), rows.empty() ? y : rows.back() + end_row));
    double limit = plot.bottom() - end_row / 2 + 2;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row, limit -= end_row) *row = std::min(*row, limit);
    for (std::size_t n = 0; n < ends.size(); ++n) {
      const auto& [y, i] = ends[n];
      const double x = plot.right() + end_lead;
      picture_.end_labels.push_back(
          {i,
           {plot.right() + 2, y, x - 2, rows[n]},
           {elided(picture_.series[i].label, end_text_, tick_px, 400, metrics_), x + 1,
            rows[n] + digit_height * tick_px / 2, TextAlign::left, tick_px, 400, TextRole::text2}});
    }
  }

  void ticks_and_grid() {
    const PlotRect& plot = picture_.plot;
    if (plot.width <= 0 || plot.height <= 0) return;
    const double axis_x = plot.x - 0.5, axis_y = plot.bottom() + 0.5;
    picture_.axes = {{axis_x, plot.y, axis_x, plot.bottom() + 1}, {plot.x - 1, axis_y, plot.right(), axis_y}};
    for (const auto& tick : x_ticks_.ticks) {
      const double at = std::min(crisp(picture_.px(tick.value)), plot.right() - 0.5);
      picture_.x_ticks.push_back({at, tick.major ? tick_length : minor_tick_length, tick.value});
      if (!tick.major) continue;
      if (at > plot.x + 1) picture_.grid.push_back({at, plot.y, at, plot.bottom()});
      picture_.texts.push_back({tick.label, at, plot.bottom() + 1 + tick_length + tick_gap + metrics_.ascent(tick_px),
                                TextAlign::center, tick_px, 400, TextRole::text2});
    }
    for (const auto& tick : y_ticks_.ticks) {
      const double exact = picture_.py(tick.value), at = std::min(crisp(exact), axis_y);
      picture_.y_ticks.push_back({at, tick.major ? tick_length : minor_tick_length, tick.value});
      if (!tick.major) continue;
      if (at < plot.bottom() - 1) picture_.grid.push_back({plot.x, at, plot.right(), at});
      picture_.texts.push_back({tick.label, plot.x - 1 - tick_length - tick_gap, at + digit_height * tick_px / 2,
                                TextAlign::right, tick_px, 400, TextRole::text2});
    }
  }

  static std::string label_with_unit(const PlotAxisSpec& axis) { return cnv::label_with_unit(axis.label, axis.unit); }
  // "t − 1700000000000 (ms)".
  static std::string label_with_offset(const PlotAxisSpec& axis, double offset) {
    if (offset == 0) return label_with_unit(axis);
    const std::string number = format_readable(std::abs(offset), 0);
    return cnv::label_with_unit(axis.label + (offset < 0 ? " + " : " − ") + number, axis.unit);
  }

  void quantities() {
    if (level_ >= no_quantities) return;
    const PlotRect& plot = picture_.plot;
    const auto add = [&](const PlotAxisSpec& axis, double offset, double x, double baseline, double room,
                         TextAlign align) {
      const std::string text = elided(label_with_offset(axis, offset), room, quantity_px, 400, metrics_);
      if (!text.empty()) picture_.texts.push_back({text, x, baseline, align, quantity_px, 400, TextRole::text2});
    };
    const double middle = (tip_height + metrics_.ascent(quantity_px) - metrics_.descent(quantity_px)) / 2;
    // Above the axis line, to its left as far as the margin goes.
    const double wanted = metrics_.text_width(label_with_offset(request_.y, y_ticks_.offset), quantity_px, 400);
    const double x = std::max(padding, std::min(plot.x - 1, plot.x - 1 - wanted / 2));
    add(request_.y, y_ticks_.offset, x, strip_top_ + middle, plot.right() - x, TextAlign::left);
    const double below = plot.bottom() + 1 + tick_length + tick_gap + line_height(tick_px) + 2;
    add(request_.x, x_ticks_.offset, plot.right(), below + metrics_.ascent(quantity_px), plot.right() - padding,
        TextAlign::right);
  }

  void cursor() {
    const PlotRect& plot = picture_.plot;
    const auto& cursor = request_.cursor;
    if (!cursor || level_ == no_labels || !(cursor->x >= request_.x.range.low && cursor->x <= request_.x.range.high))
      return;
    CursorMark mark;
    const double exact = picture_.px(cursor->x),
                 at = std::clamp(crisp(exact), plot.x + 0.5, std::max(plot.x, plot.right() - 0.5));
    const double width = std::ceil(metrics_.text_width(cursor->label, cursor_px, 500)) + 2 * tip_padding;
    const double x = std::clamp(at - width / 2, 2.0, std::max(2.0, request_.width - 2 - width));
    mark.box = {std::round(x), plot.y - tip_gap - tip_height, width, tip_height};
    mark.line = {at, mark.box.bottom(), at, plot.bottom()};
    const double baseline = mark.box.y + (tip_height + digit_height * cursor_px) / 2;
    mark.label = {cursor->label, mark.box.x + width / 2, baseline, TextAlign::center, cursor_px,
                  500,           TextRole::tip_text};
    for (std::size_t i = 0; i < picture_.series.size(); ++i) {
      const auto& series = picture_.series[i];
      if (!series.visible || !series.cursor_y || !std::isfinite(*series.cursor_y)) continue;
      if (*series.cursor_y < request_.y.range.low || *series.cursor_y > request_.y.range.high) continue;
      mark.rings.push_back({i, exact, picture_.py(*series.cursor_y)});
    }
    picture_.cursor = std::move(mark);
  }

  const PlotRequest& request_;
  const FontMetrics& metrics_;
  Level level_;
  PlotPicture picture_;
  TickSet x_ticks_, y_ticks_;
  double strip_top_ = 0, end_text_ = 0;
};

}  // namespace

double EstimatedMetrics::text_width(std::string_view utf8, double size_px, int weight) const {
  if (has_symbols(utf8)) {
    double width = 0;
    for (const TextRun& run : text_runs(utf8)) {
      // A run may hold a dollar sign of its own.
      const double size = run.level == 0 ? size_px : size_px * script_size;
      for (std::size_t from = 0; from <= run.text.size();) {
        const auto end = std::min(run.text.find('$', from), run.text.size());
        width += text_width(std::string_view(run.text).substr(from, end - from), size, weight);
        from = end + 1;
      }
    }
    return width;
  }
  double em = 0;
  for (const char c : utf8) {
    if ((c & 0xC0) == 0x80) continue;  // one width per character, not per byte
    const bool narrow =
        c == '.' || c == ',' || c == ' ' || c == 'i' || c == 'l' || c == 'j' || c == '(' || c == ')' || c == '|';
    const bool wide = c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '@';
    em += narrow ? 0.36 : wide ? 0.92 : 0.64;
  }
  return em * size_px * (weight >= 600 ? 1.06 : weight >= 500 ? 1.03 : 1);
}

int PlotPicture::legend_at(double px, double py) const {
  for (std::size_t i = 0; i < legend.size(); ++i)
    if (holds(legend[i].area, px, py)) return static_cast<int>(i);
  return -1;
}

int PlotPicture::handle_at(double px, double py) const {
  const auto& handles = measures.handles;
  for (std::size_t i = 0; i < handles.size(); ++i)
    if (holds(handles[i].box, px, py)) return static_cast<int>(i);
  int nearest = -1;
  double distance = handle_slack;
  for (std::size_t i = 0; i < handles.size(); ++i) {
    const auto& line = handles[i].line;
    if (!line || py < line->y0 || py > line->y1 || std::abs(px - line->x0) > distance) continue;
    distance = std::abs(px - line->x0);
    nearest = static_cast<int>(i);
  }
  return nearest;
}

std::string PlotPicture::button_at(double px, double py) const {
  for (const auto& button : measures.buttons)
    if (holds(button.box, px, py)) return button.id;
  return {};
}

PlotPicture layout_plot(PlotRequest request, const FontMetrics& metrics) {
  for (const Level level : {everything, no_legend, no_quantities}) {
    PlotPicture picture = Layout(request, metrics, level).make();
    if (picture.plot.width >= least_width && picture.plot.height >= least_height) return picture;
  }
  return Layout(request, metrics, no_labels).make();
}

}  // namespace cnv
