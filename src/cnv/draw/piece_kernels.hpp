// The light, depth and coverage of a few neighbouring pixels of one piece: what the fragment shaders of `render`
// compute. Used by PieceRaster and picking; any thread.
#pragma once

#include <cstdint>

#include "cnv/draw/camera.hpp"

namespace cnv {

// How pieces thinner than a pixel are drawn.
struct Hairline {
  float half_width_px = 0.5f;
  float least_opacity = 0.3f;
};

// Whole numbers, as a Fragment has them: a pixel gets min(255, color * light / light_unit).
inline constexpr std::uint32_t light_unit = 1024;

// As many pixels as vectors hold at once.
struct PixelBlock {
  static constexpr int width = 8;
  float depth[width];            // um in front of the eye
  std::int32_t coverage[width];  // 255: all of the pixel; 0: nothing that counts
  std::int32_t light[width];
};
inline constexpr float least_coverage = 0.02f;

// One cone on the screen, as piece.glsl has it: cut where it runs past the eye; px from the centre, y up.
struct PlacedCone {
  // False: it lies behind the eye.
  static bool make(const Projection& view, const Cone& cone, Hairline line, PlacedCone& out);

  glm::vec3 a, b;        // ends in camera space
  float from, to;        // the share of the cone that lies in front of the eye
  glm::vec2 scale;       // px per um at a and b
  glm::vec2 own_width;   // half widths at a and b
  glm::vec2 half_width;  // the same, not below the smallest
  float opacity;         // of what is thinner than it is drawn
  glm::vec2 start() const { return glm::vec2(a) * scale.x; }
  glm::vec2 end() const { return glm::vec2(b) * scale.y; }
};

// A piece of a few pixels: a truncated cone as it looks from far away. Its outline is the hull of two ellipses, the
// images of its end faces. Lengths in px, from the centre of the picture.
struct RodShape {
  // `strength` of the light. False: it lies behind the eye.
  static bool make(const Projection& view, const Cone& cone, Hairline line, float strength, RodShape& out);

  glm::vec2 a, along;                 // start; unit vector
  float length;                       // between the centres of the end faces
  float from, to;                     // the share of the cone that lies in front of the eye
  float half_width, half_width_more;  // at the start, and from there to the end, not below the smallest
  float flatness;                     // of the ellipses: 0, seen from the side, to 1, circles
  float start_slope, end_slope;       // of the coverage at an end: 1 where it is open, steep where it continues
  float start_more, end_more;         // how far the coverage reaches beyond an end
  float start_reach, end_reach;       // how far anything reaches beyond the centres of the end faces
  glm::vec2 before;                   // along which the piece before comes; 0: none
  float joint_half_width, um_per_px;
  bool round;                 // all of the ball
  float depth, depth_per_px;  // of the axis: at the start, and along it
  float bulge;                // how much nearer than the axis the surface is, um for a px of half width
  float face, face_per_px;    // depth of the end face that is seen, likewise
  float face_more;            // how far its coverage reaches aside: less where a neighbour's side lies before it
  float light, light_aside, light_up, light_face;
  float opacity;  // of what is thinner than it is drawn
};

// A truncated cone and the ball that closes its joint, in camera space, half a pixel larger than they are.
struct SolidShape {
  SolidShape(const Projection& view, const Cone& cone, float strength);

  glm::vec3 a, axis, before, middle;
  float ra, rb, length, slope, inverse_slant;
  float joint, joint_beyond, face_beyond;  // radius of the ball; what must lie beyond both end faces
  float start_closed, end_closed;          // far above 1 where an end continues
  // Radii of the end faces: smaller where an end goes on as it is, so that soft sides do not add up to beads.
  float start_face, end_face;
  float spread, beside;  // rays spread from the eye, or start side by side: one is 1, the other 0
  float focal, inverse_focal, nearest, back, strength;
};

// The pixels from (x, y) on to the right: of their middles, px from the centre of the picture, y up.
void rod_block(const RodShape& shape, float x, float y, PixelBlock& out);
void solid_block(const SolidShape& shape, float x, float y, PixelBlock& out);

}  // namespace cnv
