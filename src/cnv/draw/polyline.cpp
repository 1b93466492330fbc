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

}  // namespace

std::vector<std::vector<PlotPoint>> reduce_series(const SampleAxis& axis, const Pyramid& y, double x0, double x1, int columns) {
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

}  // namespace cnv
