#include "cnv/draw/plot_range.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/draw/ticks.hpp"

namespace cnv {
namespace {

constexpr double smallest_span = 1e-15;  // below it differences are rounding noise in any unit
constexpr double span_of_nothing = 2;    // -1 … 1

std::optional<double> finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

double minimum_span(double low, double high, const YRangeOptions& options) {
  const double magnitude = std::max(std::abs(low), std::abs(high));
  const double span = std::max(options.min_span, options.min_span_of_magnitude * magnitude);
  return span > smallest_span ? span : span_of_nothing;
}

}  // namespace

AxisRange y_range(double low, double high, const YRangeOptions& options) {
  auto y_min = finite(options.y_min), y_max = finite(options.y_max);
  if (y_min && y_max && *y_min > *y_max) std::swap(y_min, y_max);
  if (y_min && y_max && *y_min < *y_max) return {*y_min, *y_max};
  if (y_min && y_max) {
    const double half = minimum_span(*y_min, *y_min, options) / 2;
    return {*y_min - half, *y_max + half};
  }
  const bool has_data = low <= high && std::isfinite(high - low);
  if (!has_data) low = high = y_min ? *y_min : y_max ? *y_max : 0;
  if (y_min) low = *y_min;
  if (y_max) high = *y_max;
  const double least = minimum_span(low, high, options);
  if (high - low < least) {
    // The side with a limit stays; data beyond it leaves the other side at its least distance.
    const double center = y_min ? *y_min + least / 2 : y_max ? *y_max - least / 2 : low + (high - low) / 2;
    low = center - least / 2;
    high = center + least / 2;
  }
  const double margin = options.margin * (high - low);
  const double unit = nice_step((high - low + 2 * margin) / 7) / 2;
  if (!y_min) low = std::floor((low - margin) / unit + 1e-9) * unit;
  if (!y_max) high = std::ceil((high + margin) / unit - 1e-9) * unit;
  return {low, high};
}

AxisRange full_x_range(double first, double last) { return {first, last > first ? last : first + 1}; }

AxisRange rolling_x_range(double first, double last, double window) {
  // While the data do not fill the window the axis stands still.
  const double low = std::max(first, last - window);
  return {low, std::max(last, low + window)};
}

}  // namespace cnv
