// The light, depth and coverage of a few neighbouring pixels of one piece: what the fragment shaders of `render`
// compute. Used by PieceRaster only; any thread.
#pragma once

#include <cstdint>

#include "cnv/draw/camera.hpp"

namespace cnv {

// Whole numbers, as a Fragment has them: a pixel gets min(255, (color * light + shine * shine_unit) / light_unit).
inline constexpr std::uint32_t light_unit = 1024, shine_unit = 123;

// As many pixels as vectors hold at once.
struct PixelBlock {
  static constexpr int width = 8;
  float depth[width];            // window depth
  std::int32_t coverage[width];  // 255: all of the pixel; 0: nothing that counts
  std::int32_t light[width], shine[width];
};
inline constexpr float least_coverage = 0.02f;

// A shaded capsule on the screen, px from the centre of the picture.
struct CapsuleShape {
  glm::vec2 a, axis;
  float inverse_length2, half_width, half_width_more, depth, depth_more, bulge, opacity;
};

// A rounded cone in camera space.
struct SolidShape {
  SolidShape(const Projection& view, glm::vec3 start, float start_radius, glm::vec3 end, float end_radius);

  glm::vec3 a, b, ba, middle;
  float ra, rb, rr;
  float spread, beside;  // rays spread from the eye, or start side by side: one is 1, the other 0
  float focal, inverse_focal, nearest, m0, d2, back;
  float depth, depth_per_z, depth_per_inverse;  // window depth
};

// The pixels from (x, y) on to the right: of their middles, px from the centre of the picture, y up.
void capsule_block(const CapsuleShape& shape, float x, float y, PixelBlock& out);
void solid_block(const SolidShape& shape, float x, float y, PixelBlock& out);

}  // namespace cnv
