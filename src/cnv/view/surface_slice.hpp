// SurfaceSlice: a grid slice on its surface: plane, cut, handle, and what a drag of it means. Made by SurfaceView,
// painted and moved by the desktop; any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "cnv/draw/color.hpp"
#include "cnv/draw/surface_pick.hpp"

namespace cnv {

struct SurfaceSlice {
  std::string operator_id, position_key;
  int axis = 0;  // of the surface: 0 fixes x, 1 fixes y
  std::int64_t index = 0, count = 1;
  std::string label;       // "t = 12.40"
  Rgba8 frame, fill, cut;  // with their opacity
  double frame_px = 1;
  std::array<glm::vec3, 4> corners{};  // low start, low end, high end, high start; the picture's units
  std::vector<glm::vec3> line;         // the cut, NaN at holes
  glm::vec3 first{0}, last{0};         // of corners[0] at the first and the last grid point
  std::vector<float> stops;            // of each grid point, its share of the way from first to last

  // The upper corner that is nearer to the eye.
  glm::vec3 handle(const Projection& projection) const;
  float stop() const { return stops.empty() ? 0 : stops[static_cast<std::size_t>(index)]; }
};

// A slice taken with the pointer.
struct SliceGrab {
  std::string operator_id;
  glm::vec3 start{0};  // the place taken hold of, moved back to the first grid point
  glm::vec3 run{0};    // from the first to the last grid point
  float taken_at = 0;  // along run, under the pointer when it was taken
  float stop = 0;      // of the slice then
};

// The slice whose handle (within 10 px), frame or cut (within 5 px) lies under the pixel; handles win.
std::optional<SliceGrab> grab_slice(const std::vector<SurfaceSlice>& slices, const Projection& projection,
                                    glm::vec2 pixel);

// The position (0 … 1, on a grid point) to which the slice goes with the pointer; none while its way points at the eye.
std::optional<double> dragged_position(const SliceGrab& grab, const SurfaceSlice& slice, const Projection& projection,
                                       glm::vec2 pixel);

// The position by so many grid points further.
double stepped_position(const SurfaceSlice& slice, std::int64_t steps);

}  // namespace cnv
