#include "cnv/draw/heat_cells.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace cnv {

double row_rest(std::span<const ColumnRange> pixels) {
  std::vector<double> middles;
  middles.reserve(pixels.size());
  for (const auto& pixel : pixels)
    if (pixel.has_values()) middles.push_back(pixel.lo + (pixel.hi - pixel.lo) / 2);
  if (middles.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = middles.begin() + static_cast<std::ptrdiff_t>(middles.size() / 2);
  std::nth_element(middles.begin(), middle, middles.end());
  return *middle;
}

double shown_extreme(const ColumnRange& pixel, double rest) {
  if (!pixel.has_values()) return std::numeric_limits<double>::quiet_NaN();
  return rest - pixel.lo > pixel.hi - rest ? pixel.lo : pixel.hi;
}

}  // namespace cnv
