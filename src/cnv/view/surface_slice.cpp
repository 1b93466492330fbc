#include "cnv/view/surface_slice.hpp"

#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>

#include "cnv/draw/surface_axes.hpp"

namespace cnv {
namespace {

constexpr float handle_reach_px = 10, line_reach_px = 5;

float distance_to(ScreenLine line, glm::vec2 pixel, float& along) {
  const glm::vec2 run = line.end - line.start;
  along = std::clamp(glm::dot(pixel - line.start, run) / std::max(glm::dot(run, run), 1e-6f), 0.0f, 1.0f);
  return glm::distance(pixel, line.start + along * run);
}

SliceGrab grab_at(const SurfaceSlice& slice, glm::vec3 place, const Projection& projection, glm::vec2 pixel) {
  SliceGrab out;
  out.operator_id = slice.operator_id;
  out.run = slice.last - slice.first;
  out.stop = slice.stop();
  out.start = place - out.stop * out.run;
  out.taken_at = nearest_along(out.start, out.run, ray_under(projection, pixel)).value_or(out.stop);
  return out;
}

// The place on the slice's frame or cut that is nearest to the pixel.
struct Nearest {
  float distance = 1e30f;
  glm::vec3 place{0};
};

Nearest nearest_place(const SurfaceSlice& slice, const Projection& projection, glm::vec2 pixel) {
  Nearest out;
  const auto look_at = [&](glm::vec3 a, glm::vec3 b) {
    const auto line = std::isnan(a.z + b.z) ? std::nullopt : screen_line(projection, a, b);
    if (!line) return;
    float along = 0;
    const float distance = distance_to(*line, pixel, along);
    if (distance < out.distance) out = {distance, glm::mix(a, b, along)};
  };
  for (std::size_t i = 0; i < 4; ++i) look_at(slice.corners[i], slice.corners[(i + 1) % 4]);
  for (std::size_t i = 0; i + 1 < slice.line.size(); ++i) look_at(slice.line[i], slice.line[i + 1]);
  return out;
}

std::int64_t nearest_stop(const SurfaceSlice& slice, float along) {
  const auto nearer = [&](float a, float b) { return std::fabs(a - along) < std::fabs(b - along); };
  return std::min_element(slice.stops.begin(), slice.stops.end(), nearer) - slice.stops.begin();
}

double position_of(const SurfaceSlice& slice, std::int64_t index) {
  if (slice.count < 2) return 0;
  return static_cast<double>(std::clamp<std::int64_t>(index, 0, slice.count - 1)) /
         static_cast<double>(slice.count - 1);
}

}  // namespace

glm::vec3 SurfaceSlice::handle(const Projection& projection) const {
  return project(projection, corners[2]).z < project(projection, corners[3]).z ? corners[2] : corners[3];
}

std::optional<SliceGrab> grab_slice(const std::vector<SurfaceSlice>& slices, const Projection& projection,
                                    glm::vec2 pixel) {
  for (const auto& slice : slices) {
    const glm::vec3 handle = slice.handle(projection), p = project(projection, handle);
    if (p.z > 0 && glm::distance(glm::vec2(p), pixel) <= handle_reach_px)
      return grab_at(slice, handle, projection, pixel);
  }
  const SurfaceSlice* best = nullptr;
  Nearest nearest{line_reach_px, {}};
  for (const auto& slice : slices)
    if (const auto found = nearest_place(slice, projection, pixel); found.distance <= nearest.distance)
      best = &slice, nearest = found;
  return best ? std::optional(grab_at(*best, nearest.place, projection, pixel)) : std::nullopt;
}

std::optional<double> dragged_position(const SliceGrab& grab, const SurfaceSlice& slice, const Projection& projection,
                                       glm::vec2 pixel) {
  const auto now = nearest_along(grab.start, grab.run, ray_under(projection, pixel));
  if (!now || !std::isfinite(*now)) return std::nullopt;
  return position_of(slice, nearest_stop(slice, grab.stop + *now - grab.taken_at));
}

double stepped_position(const SurfaceSlice& slice, std::int64_t steps) {
  return position_of(slice, slice.index + steps);
}

}  // namespace cnv
