#include "cnv/draw/color_bar.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/draw/ticks.hpp"

namespace cnv {

std::vector<ColorBarTick> color_bar_ticks(double low, double high, int max_ticks) {
  if (!std::isfinite(low) || !std::isfinite(high) || !std::isfinite(high - low)) return {};
  const double largest = std::max(std::fabs(low), std::fabs(high));
  if (low == high) return {{low, 0, tick_label(low, low == 0 ? 1 : largest / 100, largest)}};
  const double bottom = std::min(low, high), top = std::max(low, high), span = top - bottom;
  const double step = nice_step(span / std::max(1, max_ticks - 1) * (1 - 1e-9));
  std::vector<ColorBarTick> ticks;
  for (double k = std::ceil(bottom / step - 1e-6); k * step <= top + 1e-6 * step; ++k) {
    const double value = k * step;
    ticks.push_back({value, static_cast<float>((value - low) / (high - low)), tick_label(value, step, largest)});
    if (ticks.size() > 64) break;  // steps too small for the size of the values
  }
  return ticks;
}

}  // namespace cnv
