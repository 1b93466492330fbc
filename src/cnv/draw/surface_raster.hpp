// Triangles of a surface as pixels in memory: nearest first, lit as the shaders of `render` light them. Triangles that
// share an edge share no pixel and leave none between them. Used by SurfacePainter; one thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/color_map.hpp"
#include "cnv/draw/pixel_buffer.hpp"
#include "cnv/draw/surface_mesh.hpp"

namespace cnv {

struct SurfaceCorner {
  glm::vec3 place{0};   // camera space
  glm::vec3 normal{0};  // camera space, of smooth surfaces; any length above 0
  float level = 0;      // of its colour: SurfaceRaster::level()
};

// Four quantities at once.
using Lanes = float __attribute__((vector_size(16)));

// A corner on the screen. The quantities run evenly over a triangle on the screen.
struct ScreenCorner {
  Lanes shade{0, 0, 0, 0};   // nearness (larger is nearer), weight (1 / depth), level · weight; and the level
  Lanes normal{0, 0, 0, 0};  // · weight
  float x = 0, y = 0;        // pixels
  bool whole = false;        // else what it belongs to is to be cut first

  float nearness() const { return shade[0]; }
  float level() const { return shade[3]; }
};

class SurfaceRaster {
 public:
  // What all triangles of a picture have in common.
  void begin(const Projection& projection, SurfaceShading shading, float opacity, const ColorTable& table,
             ColorScale scale);
  // The rows from `first_row` on of the picture, as many as the target has; what is in them stays under the triangles.
  void begin_rows(const PixelBuffer& target, int first_row);

  ScreenCorner on_screen(const SurfaceCorner& corner) const;
  // 0 … 255 over the colours; heights beyond them lie beyond.
  float level(float height) const;
  // Three corners each, as numbers into both arrays.
  void add(std::span<const std::uint32_t> triangles, std::span<const SurfaceCorner> corners,
           std::span<const ScreenCorner> screen);

 private:
  using Corners = std::array<const SurfaceCorner*, 3>;
  using Screen = std::array<const ScreenCorner*, 3>;
  template <SurfaceShading Shading, bool Opaque>
  void add_as(std::span<const std::uint32_t> triangles, std::span<const SurfaceCorner> corners,
              std::span<const ScreenCorner> screen);
  template <SurfaceShading Shading, bool Opaque>
  void add_cut(const Corners& triangle);
  template <SurfaceShading Shading, bool Opaque>
  void fill(const Corners& triangle, const Screen& screen);
  float even_light(const Corners& triangle) const;

  Projection projection_;
  SurfaceShading shading_ = SurfaceShading::unlit;
  std::uint32_t share_ = 255;  // of a fragment in its pixel
  ColorTable table_{};
  std::array<std::uint32_t, 256> plain_{};  // the table as pixels
  ColorScale scale_;
  PixelBuffer target_;
  int first_row_ = 0;
  std::vector<float> nearness_;  // of what each pixel shows
  std::vector<SurfaceCorner> cut_, cut_more_;
};

}  // namespace cnv
