#include "cnv/draw/spike_shape.hpp"

#include <algorithm>
#include <cmath>

namespace cnv {
namespace {

std::optional<double> scale_of(std::string_view unit, std::string_view base) {
  if (!unit.ends_with(base)) return std::nullopt;
  const std::string_view prefix = unit.substr(0, unit.size() - base.size());
  if (prefix == "m") return 1;
  if (prefix.empty()) return 1e3;
  if (prefix == "\u00B5" || prefix == "\u03BC" || prefix == "u") return 1e-3;  // both signs for micro
  return std::nullopt;
}

class Scan {
 public:
  Scan(const SampleAxis& axis, const Pyramid& y, const SpikeRule& rule) : axis_(axis), y_(y), rule_(rule) {
    begin_ = std::max(axis.begin(), y.begin());
    end_ = std::min(axis.end(), y.end());
  }

  // take(shape) for each spike that begins at samples from … to - 1, in their order.
  template <class Take>
  void spikes(SampleNumber from, SampleNumber to, Take&& take) {
    to = std::min(to, end_);
    SampleNumber n = std::max(from, begin_);
    while (n < to) {
      if (!rises(n)) {
        ++n;
        continue;
      }
      const SampleNumber first = n;
      while (n + 1 < end_ && rises(n + 1)) ++n;
      ++n;
      // What rises at the start of the scan began before it.
      if (first == from && has(first - 1) && rises(first - 1)) continue;
      SpikeShape shape;
      if (has(first - 1)) shape.threshold = threshold_before(first);
      const double base = shape.threshold ? shape.threshold->y : y_[first];
      const double top = has(n) ? std::max(y_[n - 1], y_[n]) : y_[n - 1];
      if (top - base < rule_.least_height) continue;
      n = std::max(n, climb(shape, first, base));
      place_flanks(shape, first, base);
      take(shape);
    }
  }

 private:
  bool has(SampleNumber n) const { return n >= begin_ && n < end_ && std::isfinite(y_[n]); }

  // dV/dt at a sample that there is.
  double slope(SampleNumber n) const {
    const SampleNumber left = n > begin_ && has(n - 1) ? n - 1 : n, right = has(n + 1) ? n + 1 : n;
    const double dx = axis_[right] - axis_[left];
    return dx > 0 ? (y_[right] - y_[left]) / dx : 0;
  }
  bool rises(SampleNumber n) const { return has(n) && slope(n) >= rule_.rate; }

  SpikePoint between(SampleNumber n, double part) const {
    return {std::lerp(axis_[n], axis_[n + 1], part), std::lerp(y_[n], y_[n + 1], part)};
  }

  // The first sample that rises, and the one before it, which does not.
  SpikePoint threshold_before(SampleNumber first) const {
    const double before = slope(first - 1), after = slope(first);
    return between(first - 1, (rule_.rate - before) / (after - before));
  }

  // Where the line from n to n + 1 has the value.
  SpikePoint crossing(SampleNumber n, double value) const {
    const double from = y_[n], to = y_[n + 1];
    const double part = to == from ? 0 : std::clamp((value - from) / (to - from), 0.0, 1.0);
    return {std::lerp(axis_[n], axis_[n + 1], part), value};
  }

  // Finds the peak and how the spike ends. Returns where the next one may begin.
  SampleNumber climb(SpikeShape& shape, SampleNumber first, double base) const {
    SampleNumber peak = first, lowest = first, n = first + 1;
    const auto ended = [&](SpikeShape::End end, SampleNumber next) {
      shape.end = end;
      shape.peak_sample = peak;
      shape.peak = {axis_[peak], y_[peak]};
      shape.last_sample = std::min(n, end_ - 1);
      return next;
    };
    for (; has(n); ++n) {
      if (y_[n] > y_[peak]) {
        peak = lowest = n;
        continue;
      }
      if (y_[n] < y_[lowest]) lowest = n;
      const double height = y_[peak] - base;
      if (height >= rule_.least_height && y_[n] <= base + height / 2) return ended(SpikeShape::End::fell, n);
      if (y_[peak] - y_[lowest] >= rule_.least_height && y_[n] - y_[lowest] >= rule_.least_height)
        return ended(SpikeShape::End::next_spike, lowest);
    }
    return ended(peak + 1 == n ? SpikeShape::End::before_peak : SpikeShape::End::samples_end, n);
  }

  void place_flanks(SpikeShape& shape, SampleNumber first, double base) const {
    shape.rise_samples = static_cast<int>(shape.peak_sample - first) + 1;
    if (!shape.threshold || shape.end == SpikeShape::End::before_peak) return;
    const double height = shape.peak.y - base;
    const auto rise_to = [&](double part) {
      const double value = base + part * height;
      SampleNumber n = first;
      while (n < shape.peak_sample && y_[n] < value) ++n;
      return crossing(n - 1, value);
    };
    shape.rise_10 = rise_to(0.1);
    shape.rise_50 = rise_to(0.5);
    shape.rise_90 = rise_to(0.9);
    if (shape.end == SpikeShape::End::fell) shape.fall_50 = crossing(shape.last_sample - 1, base + height / 2);
  }

  const SampleAxis& axis_;
  const Pyramid& y_;
  const SpikeRule& rule_;
  SampleNumber begin_, end_;
};

std::optional<double> distance(const std::optional<SpikePoint>& from, const std::optional<SpikePoint>& to) {
  return from && to ? std::optional(to->x - from->x) : std::nullopt;
}

}  // namespace

std::optional<double> ms_of(std::string_view unit) { return scale_of(unit, "s"); }
std::optional<double> mv_of(std::string_view unit) { return scale_of(unit, "V"); }

std::optional<SpikeRule> spike_rule(std::string_view y_unit, std::string_view x_unit) {
  const auto mv = mv_of(y_unit), ms = ms_of(x_unit);
  if (!mv || !ms) return std::nullopt;
  return SpikeRule{SpikeRule::rate_mv_per_ms / *mv * *ms, SpikeRule::least_height_mv / *mv};
}

std::optional<double> SpikeShape::amplitude() const {
  return threshold && end != End::before_peak ? std::optional(peak.y - threshold->y) : std::nullopt;
}
std::optional<double> SpikeShape::half_width() const { return distance(rise_50, fall_50); }
std::optional<double> SpikeShape::rise_time() const { return distance(rise_10, rise_90); }

std::optional<SpikeShape> nearest_spike(const SampleAxis& axis, const Pyramid& y, const SpikeRule& rule,
                                        const AxisRange& view, double x) {
  if (!axis.monotone() || axis.empty()) return std::nullopt;
  std::optional<SpikeShape> nearest;
  Scan(axis, y, rule)
      .spikes(axis.lower_bound(view.low - view.span()), axis.upper_bound(view.high), [&](const SpikeShape& shape) {
        const double at = shape.peak.x;
        if (at < view.low || at > view.high) return;
        if (!nearest || std::abs(at - x) < std::abs(nearest->peak.x - x)) nearest = shape;
      });
  return nearest;
}

}  // namespace cnv
