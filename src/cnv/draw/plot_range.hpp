// Which part of the data a plot shows: rules for the x range and the y range. Used by `view`; any thread.
#pragma once

#include <optional>

namespace cnv {

struct AxisRange {
  double low = 0, high = 1;
  double span() const { return high - low; }
  friend bool operator==(const AxisRange&, const AxisRange&) = default;
};

struct YRangeOptions {
  std::optional<double> y_min, y_max;  // limits from the script; both: exactly those
  // The automatic range is never smaller: in axis units, or a part of the largest magnitude if that is more.
  double min_span = 0;
  double min_span_of_magnitude = 0.02;
  double margin = 0.04;  // of the data's span, on each automatic side
};

// The range for visible finite data [low, high] (low > high: no data; then -1 … 1 for the automatic sides). Automatic
// sides end on half a tick step, so they move rarely and ticks are round; a flat trace lies in the middle. A limit on
// one side stays exact and the other side is automatic. Limits that are not finite count as absent, and exchanged
// ones are put in order.
AxisRange y_range(double low, double high, const YRangeOptions& options = {});

// All of first … last exactly; one x value alone, from it to it + 1.
AxisRange full_x_range(double first, double last);
// The newest window, and while it is not full its beginning at the first sample. window > 0.
AxisRange rolling_x_range(double first, double last, double window);

}  // namespace cnv
