// Length, width and label of the scale bar of a 3-D view. Used by `view`; any thread.
#pragma once

#include <string>

#include "cnv/draw/camera.hpp"

namespace cnv {

struct ScaleBar {
  double length_um = 0;
  float width_px = 0;
  std::string label;  // "50 µm", "0.5 µm", "2 mm"
};

// The longest of 1, 2, 5 times a power of ten um that is at most `max_width_px` wide. Empty for a scale that is
// not positive and finite.
ScaleBar scale_bar(float pixels_per_um, float max_width_px);

// Whether the scale at the camera's centre holds within a twentieth for all of `bounds`.
bool scale_holds(const Camera& camera, const Bounds& bounds);

}  // namespace cnv
