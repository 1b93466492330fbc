#include "cnv/draw/scale_bar.hpp"

#include <cmath>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

std::string length_label(double length_um) {
  const bool millimetres = length_um >= 1000;
  const double shown = millimetres ? length_um / 1000 : length_um;
  return general_text(shown, 6) + (millimetres ? " mm" : " µm");
}

}  // namespace

ScaleBar scale_bar(float pixels_per_um, float max_width_px) {
  const double longest = static_cast<double>(max_width_px) / pixels_per_um;
  if (!(longest > 0) || !std::isfinite(longest)) return {};
  const double power = std::pow(10.0, std::floor(std::log10(longest) + 1e-9));
  const double ratio = longest / power + 1e-6;
  const double length = (ratio >= 5 ? 5 : ratio >= 2 ? 2 : 1) * power;
  return {length, static_cast<float>(length * pixels_per_um), length_label(length)};
}

}  // namespace cnv
