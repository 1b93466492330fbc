#include "cnv/draw/polyline.hpp"

#include <algorithm>
#include <cmath>

namespace cnv {
namespace {

constexpr SampleNumber points_per_column = 4;
constexpr SampleNumber searched_gap_samples = 512;

class Reducer {
 public:
  Reducer(const SampleAxis& axis, const Pyramid& y) : axis_(axis), y_(y) {}

  void samples(SampleNumber from, SampleNumber to) {
    y_.values(from, to, values_);
    for (std::size_t i = 0; i < values_.size(); ++i) add({axis_[from + i], values_[i]});
  }

  void column(SampleNumber from, SampleNumber to) {
    if (to - from <= points_per_column) return samples(from, to);
    const ColumnRange range = y_.range(from, to);
    if (range.has_gap && to - from <= searched_gap_samples) return samples(from, to);
    const double x = axis_[from], width = axis_[to - 1] - x;
    // Where in the column the extremes lie does not show at this size; their order follows the trend.
    const bool rising = range.first < range.last;
    add({x, range.first});
    if (range.has_values()) {
      add({x + width / 3, rising ? range.lo : range.hi});
      add({x + width * 2 / 3, rising ? range.hi : range.lo});
    }
    add({x + width, range.last});
  }

  std::vector<std::vector<PlotPoint>> take() { return std::move(lines_); }

 private:
  void add(PlotPoint point) {
    if (std::isnan(point.y)) {
      open_ = false;
      return;
    }
    if (!open_) lines_.emplace_back();
    open_ = true;
    lines_.back().push_back(point);
  }

  const SampleAxis& axis_;
  const Pyramid& y_;
  std::vector<double> values_;
  std::vector<std::vector<PlotPoint>> lines_;
  bool open_ = false;
};

struct Box {
  double x0, y0, x1, y1;
  bool holds(const PlotPoint& p) const { return p.x >= x0 && p.x <= x1 && p.y >= y0 && p.y <= y1; }
};

// Liang and Barsky: the part of a … b inside the box as two fractions; false when there is none.
bool inside_part(const PlotPoint& a, const PlotPoint& b, const Box& box, double& from, double& to) {
  from = 0;
  to = 1;
  const auto cut = [&](double slope, double distance) {
    if (slope == 0) return distance >= 0;
    const double t = distance / slope;
    if (slope < 0) from = std::max(from, t);
    else to = std::min(to, t);
    return from <= to;
  };
  return cut(a.x - b.x, a.x - box.x0) && cut(b.x - a.x, box.x1 - a.x) && cut(a.y - b.y, a.y - box.y0) &&
         cut(b.y - a.y, box.y1 - a.y);
}

PlotPoint between(const PlotPoint& a, const PlotPoint& b, double t) {
  return t == 0 ? a : t == 1 ? b : PlotPoint{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

}  // namespace

std::vector<std::vector<PlotPoint>> reduce_series(const SampleAxis& axis, const Pyramid& y, double x0, double x1,
                                                  int columns) {
  const SampleNumber begin = std::max(axis.begin(), y.begin()), end = std::min(axis.end(), y.end());
  if (columns <= 0 || !(x0 < x1) || begin >= end) return {};
  std::vector<SampleNumber> bounds;
  axis.column_bounds(x0, x1, columns, bounds);
  for (auto& bound : bounds) bound = std::clamp(bound, begin, end);
  const SampleNumber from = bounds.front(), to = bounds.back();
  const SampleNumber entered = std::max(begin, from > 0 ? from - 1 : 0), left = std::min(end, to + 1);
  Reducer reducer(axis, y);
  if (to - from <= points_per_column * static_cast<SampleNumber>(columns)) {
    reducer.samples(entered, left);
    return reducer.take();
  }
  reducer.samples(entered, from);
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) reducer.column(bounds[i], bounds[i + 1]);
  reducer.samples(to, left);
  return reducer.take();
}

std::vector<std::vector<PlotPoint>> unbroken_lines(const SampleAxis& axis, const Pyramid& y) {
  std::vector<std::vector<PlotPoint>> lines;
  bool open = false;
  for (auto n = axis.begin(); n < axis.end(); ++n) {
    const PlotPoint point{axis[n], y[n]};
    const bool finite = std::isfinite(point.x) && std::isfinite(point.y);
    if (finite && !open) lines.emplace_back();
    if (finite) lines.back().push_back(point);
    open = finite;
  }
  return lines;
}

std::vector<std::vector<PlotPoint>> clipped_lines(const std::vector<std::vector<PlotPoint>>& lines, double x0,
                                                  double y0, double x1, double y1) {
  const Box box{x0, y0, x1, y1};
  std::vector<std::vector<PlotPoint>> out;
  for (const auto& line : lines) {
    if (line.size() == 1 && box.holds(line[0])) out.push_back(line);
    bool open = false;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      double from = 0, to = 1;
      if (!inside_part(line[i], line[i + 1], box, from, to)) {
        open = false;
        continue;
      }
      if (!open || from > 0) out.push_back({between(line[i], line[i + 1], from)});
      out.back().push_back(between(line[i], line[i + 1], to));
      open = to == 1;
    }
  }
  return out;
}

}  // namespace cnv
