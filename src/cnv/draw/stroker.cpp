#include "cnv/draw/stroker.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cnv/draw/polyline.hpp"

namespace cnv {
namespace {

// Columns that are drawn the same way, so that the look does not alternate where columns hold two and three samples.
constexpr int block_columns = 16;
constexpr double dense_samples_per_column = 2.0;
// A column with a gap and more samples than this is drawn as one band: the gap is below a hundredth of a pixel.
constexpr SampleNumber searched_gap_samples = 512;
// A column whose values leave the straight way between its borders by less than this many pixels is drawn as that way.
constexpr double smooth_px = 0.25;
constexpr float dash_on_px = 6, dash_off_px = 3;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

PixelRect intersect(const PixelRect& a, const PixelRect& b) {
  const int x0 = std::max(a.x, b.x), y0 = std::max(a.y, b.y);
  const int x1 = std::min(a.x + a.width, b.x + b.width), y1 = std::min(a.y + a.height, b.y + b.height);
  return {x0, y0, std::max(0, x1 - x0), std::max(0, y1 - y0)};
}

float positive_remainder(double value, double period) {
  const double rest = std::fmod(value, period);
  return static_cast<float>(rest < 0 ? rest + period : rest);
}

}  // namespace

void Stroker::begin(const PlotWindow& window, const SampleAxis& axis) {
  window_ = window;
  axis_ = &axis;
  bounds_.clear();
  const bool usable = window.x1 > window.x0 && window.y1 > window.y0 && std::isfinite(window.x1 - window.x0) &&
                      std::isfinite(window.y1 - window.y0) && window.rect.width > 0 && window.rect.height > 0;
  if (!usable) return;
  axis.column_bounds(window.x0, window.x1, window.rect.width, bounds_);
  scale_x_ = window.rect.width / (window.x1 - window.x0);
  scale_y_ = window.rect.height / (window.y1 - window.y0);
}

bool Stroker::start(const PixelBuffer& target, const PixelRect& rect, const StrokeStyle& style) {
  visible_ = intersect(rect, {0, 0, target.width, target.height});
  if (visible_.width == 0 || visible_.height == 0 || !(style.width_px * style.scale > 0)) return false;
  shift_x_ = rect.x - visible_.x;
  shift_y_ = rect.y - visible_.y;
  if (coverage_.width() != visible_.width || coverage_.height() != visible_.height)
    coverage_.resize(visible_.width, visible_.height);
  half_width_ = style.width_px * style.scale / 2;
  dot_radius_ = std::max(half_width_, static_cast<float>(lone_dot_px) * style.scale);
  dashes_ = {};
  if (style.dashed) dashes_ = {dash_on_px * style.scale, (dash_on_px + dash_off_px) * style.scale};
  flanks_.clear();
  for (int d = 0; static_cast<float>(d) < half_width_ + 0.5F; ++d) {
    const float weight = std::min(1.0F, half_width_ + 0.5F - static_cast<float>(d));
    const float inside = std::max(0.0F, static_cast<float>(d) - 0.5F);
    flanks_.push_back({d, d == 0 ? std::min(weight, 2 * half_width_) : weight,
                       std::sqrt(std::max(0.0F, half_width_ * half_width_ - inside * inside))});
  }
  return true;
}

void Stroker::series(const PixelBuffer& target, const Pyramid& y, const StrokeStyle& style) {
  if (bounds_.empty() || !start(target, window_.rect, style)) return;
  if (style.dashed) {
    dashes_.phase_x = positive_remainder(mask_x(0), dashes_.period);
    dashes_.phase_y = positive_remainder(mask_y(0), dashes_.period);
  }
  const int columns = static_cast<int>(bounds_.size()) - 1;
  for (int from = 0; from < columns;) {
    const bool dense = is_dense(from, std::min(columns, from + block_columns), y);
    int to = std::min(columns, from + block_columns);
    while (to < columns && is_dense(to, std::min(columns, to + block_columns), y) == dense)
      to = std::min(columns, to + block_columns);
    if (dense) {
      dense_columns(from, to, y);
    } else {
      // The lines that enter and leave this part belong to it.
      const SampleNumber first = bounds_[static_cast<std::size_t>(from)];
      exact_lines(first > 0 ? first - 1 : 0, bounds_[static_cast<std::size_t>(to)] + 1, y);
    }
    from = to;
  }
  coverage_.blend(target, visible_.x, visible_.y, style.color);
}

bool Stroker::is_dense(int from, int to, const Pyramid& y) const {
  const SampleNumber first = std::max(bounds_[static_cast<std::size_t>(from)], y.begin());
  const SampleNumber last = std::min(bounds_[static_cast<std::size_t>(to)], y.end());
  return first < last && static_cast<double>(last - first) >= dense_samples_per_column * (to - from);
}

void Stroker::dense_columns(int from, int to, const Pyramid& y) {
  const std::size_t count = static_cast<std::size_t>(to - from);
  const SampleNumber* bounds = &bounds_[static_cast<std::size_t>(from)];
  y.columns({bounds, count + 1}, ranges_);
  const auto middle = [](double a, double b) { return (a + b) / 2; };  // NaN if either is a gap
  bool entered = from == 0;
  for (std::size_t i = 0; i < count; ++i) {
    const ColumnRange& range = ranges_[i];
    if (!range.has_samples) continue;
    const bool follows = i > 0 && ranges_[i - 1].has_samples;
    if (!follows && entered && bounds[i] > 0) exact_lines(bounds[i] - 1, bounds[i] + 1, y);
    entered = true;
    const bool followed = i + 1 < count && ranges_[i + 1].has_samples;
    // Neighbouring bands meet halfway between the last sample of one and the first of the other.
    const double before = follows ? middle(ranges_[i - 1].last, range.first) : nan;
    const double after = followed ? middle(range.last, ranges_[i + 1].first) : nan;
    dense_column(from + static_cast<int>(i), range, before, after, y);
  }
  if (to + 1 == static_cast<int>(bounds_.size())) exact_lines(bounds[count] - 1, bounds[count] + 1, y);
}

void Stroker::dense_column(int column, const ColumnRange& range, double before, double after, const Pyramid& y) {
  const SampleNumber from = std::max(bounds_[static_cast<std::size_t>(column)], y.begin());
  const SampleNumber to = std::min(bounds_[static_cast<std::size_t>(column) + 1], y.end());
  // fmin and fmax pass over NaN.
  if (!range.has_gap || to - from > searched_gap_samples) {
    if (!range.has_values()) return;
    if (range.has_gap && range.lo == range.hi && std::isnan(before) && std::isnan(after))
      return dot(column + shift_x_ + 0.5, mask_y(range.lo));
    const double low = std::fmin(range.lo, std::fmin(before, after)),
                 high = std::fmax(range.hi, std::fmax(before, after));
    const double room = smooth_px / scale_y_;
    const bool smooth = low >= std::min(before, after) - room && high <= std::max(before, after) + room;
    if (smooth && !std::isnan(before + after)) {
      const double left = column + shift_x_;
      segment(left, mask_y(before), left + 1, mask_y(after));
    } else {
      band(column, low, high);
    }
    return;
  }
  y.values(from, to, values_);
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (std::isnan(values_[i])) continue;
    double low = values_[i], high = low;
    const bool joined = (i == 0 && !std::isnan(before)) || (i + 1 == values_.size() && !std::isnan(after)) ||
                        (i + 1 < values_.size() && !std::isnan(values_[i + 1]));
    if (!joined) {
      dot(column + shift_x_ + 0.5, mask_y(low));
      continue;
    }
    if (i == 0) low = std::fmin(low, before), high = std::fmax(high, before);
    for (; i < values_.size() && !std::isnan(values_[i]); ++i)
      low = std::min(low, values_[i]), high = std::max(high, values_[i]);
    if (i == values_.size()) low = std::fmin(low, after), high = std::fmax(high, after);
    band(column, low, high);
  }
}

void Stroker::exact_lines(SampleNumber from, SampleNumber to, const Pyramid& y) {
  from = std::max({from, y.begin(), axis_->begin()});
  to = std::min({to, y.end(), axis_->end()});
  if (from >= to) return;
  y.values(from, to, values_);
  const std::size_t count = values_.size();
  double last_x = 0, last_y = nan;
  for (std::size_t i = 0; i < count; ++i) {
    const double at_x = mask_x((*axis_)[from + i]), at_y = mask_y(values_[i]);
    if (!std::isnan(at_y)) {
      const bool joined = !std::isnan(last_y);
      if (joined) segment(last_x, last_y, at_x, at_y);
      // The neighbours outside [from, to) count too: only a sample between gaps (or ends) is a dot.
      const SampleNumber number = from + i;
      const bool continues = number + 1 < y.end() && !std::isnan(i + 1 < count ? values_[i + 1] : y[number + 1]);
      const bool preceded = joined || (i == 0 && number > y.begin() && !std::isnan(y[number - 1]));
      if (!preceded && !continues) dot(at_x, at_y);
    }
    last_x = at_x;
    last_y = at_y;
  }
}

void Stroker::band(int column, double low, double high) {
  const double limit = 2.0 * visible_.height + 100;
  const auto top = static_cast<float>(std::clamp(mask_y(high), -limit, limit));
  const auto bottom = static_cast<float>(std::clamp(mask_y(low), -limit, limit));
  column += shift_x_;
  if (dashes_.period == 0) return solid_band(column, top, bottom, 1);
  const float on = dashes_.on, period = dashes_.period;
  if (bottom - top <= on) {
    const float at = positive_remainder(static_cast<double>(column) - dashes_.phase_x, period);
    const float covered = std::max(0.0F, std::min(at + 1, on) - at) + std::max(0.0F, at + 1 - period);
    if (covered > 0) solid_band(column, top, bottom, std::min(1.0F, covered));
    return;
  }
  const float shrink = std::min(half_width_, on / 2);
  for (float dash = std::floor((top - dashes_.phase_y) / period) * period + dashes_.phase_y; dash < bottom;
       dash += period) {
    const float from = std::max(top, dash + shrink), to = std::min(bottom, dash + on - shrink);
    if (from <= to) solid_band(column, from, to, 1);
  }
}

void Stroker::solid_band(int column, float top, float bottom, float weight) {
  for (const Flank& flank : flanks_) {
    const float rows_top = top - flank.reach, rows_bottom = bottom + flank.reach;
    coverage_.span(column - flank.distance, rows_top, rows_bottom, flank.weight * weight);
    if (flank.distance > 0) coverage_.span(column + flank.distance, rows_top, rows_bottom, flank.weight * weight);
  }
}

bool Stroker::clip_segment(double& ax, double& ay, double& bx, double& by) const {
  const double margin = half_width_ + 2, right = visible_.width + margin, bottom = visible_.height + margin;
  const double dx = bx - ax, dy = by - ay;
  double enter = 0, leave = 1;
  const auto cut = [&](double speed, double room) {  // keeps the part where speed * t <= room
    if (speed > 0) leave = std::min(leave, room / speed);
    if (speed < 0) enter = std::max(enter, room / speed);
    return speed != 0 || room >= 0;
  };
  if (!cut(-dx, ax + margin) || !cut(dx, right - ax) || !cut(-dy, ay + margin) || !cut(dy, bottom - ay)) return false;
  if (!(enter <= leave)) return false;
  const double x = ax, y = ay;
  if (enter > 0) ax = x + enter * dx, ay = y + enter * dy;
  if (leave < 1) bx = x + leave * dx, by = y + leave * dy;
  return true;
}

void Stroker::segment(double ax, double ay, double bx, double by) {
  if (!clip_segment(ax, ay, bx, by)) return;
  const PixelPoint a{static_cast<float>(ax), static_cast<float>(ay)}, b{static_cast<float>(bx), static_cast<float>(by)};
  if (dashes_.period == 0) {
    coverage_.capsule(a, b, half_width_);
  } else {
    dashed_segment(a, b);
  }
}

void Stroker::dot(double x, double y) {
  if (x < -dot_radius_ || y < -dot_radius_ || x > visible_.width + dot_radius_ || y > visible_.height + dot_radius_)
    return;
  const PixelPoint at{static_cast<float>(x), static_cast<float>(y)};
  coverage_.capsule(at, at, dot_radius_);
}

void Stroker::dashed_segment(PixelPoint a, PixelPoint b) {
  const bool along_x = std::abs(b.x - a.x) >= std::abs(b.y - a.y);
  if (along_x ? a.x > b.x : a.y > b.y) std::swap(a, b);
  if (along_x) {
    dash_pieces(a, b, a.x, b.x, dashes_.phase_x);
  } else {
    dash_pieces(a, b, a.y, b.y, dashes_.phase_y);
  }
}

// Draws the dashes of a line on which some coordinate runs from `from` to `to`; a dash starts at phase + n periods.
void Stroker::dash_pieces(PixelPoint a, PixelPoint b, float from, float to, float phase) {
  // Round ends give back what the piece is shortened by.
  const float shrink = std::min(half_width_, dashes_.on / 2);
  const float inverse = to > from ? 1 / (to - from) : 0;
  const auto at = [&](float t) {
    const float u = (t - from) * inverse;
    return PixelPoint{a.x + (b.x - a.x) * u, a.y + (b.y - a.y) * u};
  };
  for (float n = std::floor((from - phase) / dashes_.period);; ++n) {
    const float dash = phase + n * dashes_.period;
    if (dash > to) return;
    const float begin = std::max(from, dash + shrink), end = std::min(to, dash + dashes_.on - shrink);
    if (begin <= end) coverage_.capsule(at(begin), at(end), half_width_);
  }
}

void Stroker::polyline(const PixelBuffer& target, const PixelRect& clip, std::span<const PixelPoint> points,
                       const StrokeStyle& style) {
  if (!start(target, clip, style)) return;
  const auto finite = [&](std::size_t i) {
    return i < points.size() && std::isfinite(points[i].x) && std::isfinite(points[i].y);
  };
  double travelled = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!finite(i)) {
      travelled = 0;
    } else if (finite(i + 1)) {
      path_segment(points[i], points[i + 1], travelled);
    } else if (i == 0 || !finite(i - 1)) {
      dot(points[i].x - visible_.x, points[i].y - visible_.y);
    }
  }
  coverage_.blend(target, visible_.x, visible_.y, style.color);
}

void Stroker::path_segment(PixelPoint a, PixelPoint b, double& travelled) {
  double ax = a.x - visible_.x, ay = a.y - visible_.y, bx = b.x - visible_.x, by = b.y - visible_.y;
  const double length = std::hypot(bx - ax, by - ay), start_x = ax, start_y = ay, before = travelled;
  travelled += length;
  if (!clip_segment(ax, ay, bx, by)) return;
  const PixelPoint from{static_cast<float>(ax), static_cast<float>(ay)},
      to{static_cast<float>(bx), static_cast<float>(by)};
  if (dashes_.period == 0) return coverage_.capsule(from, to, half_width_);
  const double skipped = std::hypot(ax - start_x, ay - start_y);
  // Counted from the start of the dash that the piece begins in, so that a long path loses no precision.
  const float offset = positive_remainder(before + skipped, dashes_.period);
  dash_pieces(from, to, offset, offset + static_cast<float>(std::hypot(bx - ax, by - ay)), 0);
}

}  // namespace cnv
