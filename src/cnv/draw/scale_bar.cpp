#include "cnv/draw/scale_bar.hpp"

#include <cmath>

#include <glm/geometric.hpp>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

std::string length_label(double length_um) {
  struct Unit {
    double um, from_um;
    const char* name;
  };
  constexpr Unit units[] = {{1e6, 1e6, "m"}, {1e4, 1e4, "cm"}, {1e3, 1e3, "mm"}, {1, 0.1, "µm"}, {1e-3, 0, "nm"}};
  const Unit* unit = units;
  while (length_um < unit->from_um * (1 - 1e-9)) ++unit;
  return general_text(length_um / unit->um, 6) + " " + unit->name;
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

bool scale_holds(const Camera& camera, const Bounds& bounds) {
  if (camera.orthographic || bounds.empty()) return true;
  const glm::vec3 back = camera.axes()[2];
  for (const glm::vec3& corner : fit_points(bounds).points)
    if (std::fabs(glm::dot(corner - camera.center, back)) > 0.05f * camera.distance) return false;
  return true;
}

}  // namespace cnv
