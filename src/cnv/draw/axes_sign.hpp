// The small sign of the model's axes in a corner of a 3-D view: where its parts lie, and which one is under the
// pointer. Used by the desktop; any thread. Pixels from the origin of the sign, y down.
#pragma once

#include <array>
#include <optional>

#include "cnv/draw/camera.hpp"

namespace cnv {

inline constexpr float axes_sign_length_px = 22, axes_sign_label_px = 9, axes_sign_reach_px = 36;

struct AxisMark {
  glm::vec2 end{0};      // of the line
  glm::vec2 label{0};    // middle of the letter
  bool towards = false;  // points at the viewer or away: only a dot at the origin
};
// x, y and z.
std::array<AxisMark, 3> axes_sign(const Camera& camera);

// 0, 1, 2 for x, y, z: the axis whose letter or line is there. At the origin the axis that points at the viewer, if
// any.
std::optional<int> axis_at(const Camera& camera, glm::vec2 place_px);

}  // namespace cnv
