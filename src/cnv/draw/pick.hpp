// Which piece lies under the pointer: on the CPU, by the same projection and drawn width as the picture.
// Used by 3-D views for hover and click; any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/lod_tree.hpp"

namespace cnv {

struct PickHit {
  std::int32_t piece = -1;
  float position = 0;     // along the piece, 0 at its start, 1 at its end
  glm::vec3 point{0};     // um, on the axis of the piece
  float depth_um = 0;     // of what is seen
  float distance_px = 0;  // from the drawn outline; 0 when the pointer is on it
};

struct PickOptions {
  float tolerance_px = 4;
  float min_half_width_px = 0.5f;  // no piece is drawn thinner
};

// The front-most piece under the pixel, else the nearest on the screen within the tolerance.
std::optional<PickHit> pick(const LodTree& tree, const Projection& projection, glm::vec2 pixel,
                            const PickOptions& options = {});

}  // namespace cnv
