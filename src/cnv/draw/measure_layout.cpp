#include "cnv/draw/measure_layout.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/base/numbers.hpp"
#include "cnv/draw/legend_layout.hpp"

namespace cnv {
namespace {

constexpr double text_px = 11, line_height = 16, column_gap = 16, name_gap = 5, least_name = 36;
constexpr double button_gap = 6, button_padding = 6;
constexpr double handle_width = 18, handle_height = 15, handle_gap = 2, end_mark = 3;

class Readout {
 public:
  Readout(PlotPicture& picture, double left, double right, double top, const FontMetrics& metrics)
      : picture_(picture), metrics_(metrics), left_(left), right_(right), top_(top) {}

  // Before the lines, which leave them room: at the left of a table, whose corner is free, else at the right of the
  // first line.
  void buttons(const MeasureReadout& readout) {
    double width = 0;
    for (const auto& button : readout.buttons) width += button_width(button) + button_gap;
    double x = readout.table.empty() ? right_ - width + button_gap : left_;
    for (const auto& button : readout.buttons) {
      const PlotRect box{x, top_, button_width(button), line_height};
      picture_.measures.buttons.push_back(
          {button.id,
           box,
           {button.text, x + box.width / 2, top_ + baseline(), TextAlign::center, text_px, 400, TextRole::text2}});
      x += box.width + button_gap;
    }
    if (readout.table.empty()) first_right_ = right_ - width;
    else least_name_ = std::max(least_name_, width - button_gap);
  }

  void table(const MeasureReadout& readout) {
    if (readout.table.empty()) return;
    std::vector<double> widths(readout.table.front().size(), 0);
    for (const auto& row : readout.table)
      for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width_of(row[c]));
    widths[0] = std::max(widths[0], least_name_);
    std::vector<bool> shown(widths.size(), true);
    const auto numbers_width = [&] {
      double sum = 0;
      for (std::size_t c = 1; c < widths.size(); ++c) sum += shown[c] ? column_gap + widths[c] : 0;
      return sum;
    };
    for (const std::size_t c : readout.dispensable)
      if (least_name_ + numbers_width() > right_ - left_) shown[c] = false;
    const double name = std::clamp(right_ - left_ - numbers_width(), 0.0, widths[0]);
    for (const auto& row : readout.table) {
      std::vector<PlotText> line{text(elided(row[0], name, text_px, 400, metrics_), left_, TextRole::text2)};
      double x = left_ + name;
      for (std::size_t c = 1; c < row.size(); ++c) {
        if (!shown[c]) continue;
        x += column_gap + widths[c];
        line.push_back(text(row[c], x, &row == &readout.table.front() ? TextRole::text2 : TextRole::text1));
        line.back().align = TextAlign::right;
      }
      lines_.push_back(std::move(line));
    }
  }

  void items(const std::vector<MeasureReadout::Item>& items) {
    double x = right_;
    for (const auto& item : items) {
      const double value_at = item.name.empty() ? 0 : width_of(item.name) + name_gap;
      const double width = value_at + width_of(item.value);
      if (lines_.empty() || x + width > right_of_last()) {
        lines_.emplace_back();
        x = left_;
      }
      auto& line = lines_.back();
      line.push_back(text(item.name, x, TextRole::text2));
      line.push_back(text(elided(item.value, right_of_last() - x - value_at, text_px, 400, metrics_), x + value_at,
                          TextRole::text1));
      x += width + column_gap;
    }
  }

  void remark(std::string_view sentence) {
    while (!sentence.empty()) {
      std::size_t end = sentence.size();
      while (width_of(sentence.substr(0, end)) > right_ - left_) {
        const auto space = sentence.rfind(' ', end - 1);
        if (space == std::string_view::npos || space == 0) break;
        end = space;
      }
      lines_.push_back(
          {text(elided(sentence.substr(0, end), right_ - left_, text_px, 400, metrics_), left_, TextRole::text2)});
      sentence.remove_prefix(std::min(sentence.size(), end + 1));
    }
  }

  double place(double max_height) {
    const auto most = static_cast<std::size_t>(std::max(0.0, std::floor(max_height / line_height)));
    if (most == 0) {
      picture_.measures.buttons.clear();
      return 0;
    }
    if (const std::size_t count = lines_.size(); count > most) {
      lines_.resize(most);
      lines_.back() = {text("+ " + plain_text(count - most + 1) + " more lines", left_, TextRole::text3)};
    }
    for (std::size_t i = 0; i < lines_.size(); ++i)
      for (auto& part : lines_[i]) {
        part.baseline += top_ + line_height * static_cast<double>(i);
        picture_.measures.texts.push_back(std::move(part));
      }
    return line_height * static_cast<double>(lines_.size());
  }

 private:
  double button_width(const MeasureReadout::Button& button) const {
    return std::ceil(width_of(button.text)) + 2 * button_padding;
  }
  double right_of_last() const { return lines_.size() == 1 ? first_right_ : right_; }
  double width_of(std::string_view content) const { return metrics_.text_width(content, text_px, 400); }
  double baseline() const { return (line_height + metrics_.ascent(text_px) - metrics_.descent(text_px)) / 2; }
  PlotText text(std::string content, double x, TextRole role) const {
    return {std::move(content), x, baseline(), TextAlign::left, text_px, 400, role};
  }

  PlotPicture& picture_;
  const FontMetrics& metrics_;
  double left_, right_, top_, first_right_ = right_, least_name_ = least_name;
  std::vector<std::vector<PlotText>> lines_;
};

void place_cursor(PlotPicture& picture, const MeasureCursor& cursor) {
  const PlotRect& plot = picture.plot;
  auto& handles = picture.measures.handles;
  const bool before = cursor.x<picture.x_range.low, after = cursor.x> picture.x_range.high;
  const double at =
      before  ? plot.x
      : after ? plot.right()
              : std::clamp(std::floor(picture.px(cursor.x)) + 0.5, plot.x + 0.5, std::max(plot.x, plot.right() - 0.5));
  const double room = std::max(plot.x, plot.right() - handle_width);
  MeasureHandle handle{.name = cursor.name, .focused = cursor.focused};
  handle.box = {std::clamp(std::round(at - handle_width / 2), plot.x, room), plot.y - handle_height - handle_gap,
                handle_width, handle_height};
  // Neither covers the other.
  for (const auto& other : handles)
    if (const double beside = other.box.x - handle.box.x; std::abs(beside) < handle_width) {
      const bool left_of = (beside > 0 || other.box.right() + 1 > room) && other.box.x - handle_width - 1 >= plot.x;
      handle.box.x = left_of ? other.box.x - handle_width - 1 : other.box.right() + 1;
    }
  const std::string sign = before ? "‹" + cursor.name : after ? cursor.name + "›" : cursor.name;
  handle.label = {sign,
                  handle.box.x + handle_width / 2,
                  handle.box.y + (handle_height + 0.72 * text_px) / 2,
                  TextAlign::center,
                  text_px,
                  600,
                  cursor.focused ? TextRole::on_accent : TextRole::text1};
  if (!before && !after) handle.line = PlotLine{at, handle.box.bottom(), at, plot.bottom()};
  handles.push_back(std::move(handle));
}

}  // namespace

double layout_readout(PlotPicture& picture, const MeasureReadout& readout, double left, double right, double top,
                      double max_height, const FontMetrics& metrics) {
  if (readout.empty()) return 0;
  Readout layout(picture, left, right, top, metrics);
  layout.buttons(readout);
  layout.table(readout);
  layout.items(readout.items);
  for (const auto& sentence : readout.remarks) layout.remark(sentence);
  return layout.place(max_height);
}

void layout_measures(PlotPicture& picture, const PlotMeasures& measures) {
  const PlotRect& plot = picture.plot;
  if (plot.width < handle_width || plot.height < handle_height || !(picture.x_range.span() > 0) ||
      !(picture.y_range.span() > 0))
    return;
  for (const auto& cursor : measures.cursors) place_cursor(picture, cursor);
  const auto in_height = [&](double y) { return y >= picture.y_range.low && y <= picture.y_range.high; };
  const auto in_width = [&](double x) { return x >= picture.x_range.low && x <= picture.x_range.high; };
  for (const auto& span : measures.spans) {
    if (!in_height(span.y) || span.x1 < picture.x_range.low || span.x0 > picture.x_range.high) continue;
    const double y = picture.py(span.y), x0 = std::max(picture.px(span.x0), plot.x),
                 x1 = std::min(picture.px(span.x1), plot.right());
    picture.measures.spans.push_back({x0, y, x1, y});
    for (const double end : {span.x0, span.x1})
      if (in_width(end))
        picture.measures.spans.push_back({picture.px(end), y - end_mark, picture.px(end), y + end_mark});
  }
  for (const auto& place : measures.places)
    if (in_width(place.x) && in_height(place.y)) {
      auto& kind = place.large ? picture.measures.rings : picture.measures.dots;
      kind.push_back({place.series, picture.px(place.x), picture.py(place.y)});
    }
}

}  // namespace cnv
