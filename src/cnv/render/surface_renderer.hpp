// Draws a height field coloured by its heights with OpenGL (3.3 core or ES 3.0) into the current framebuffer. Owns its
// GL objects; the context it was made in must be current in every call, also in the destructor.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include <glm/vec2.hpp>

#include "cnv/base/result.hpp"
#include "cnv/draw/camera.hpp"
#include "cnv/draw/color_map.hpp"
#include "cnv/draw/surface_grid.hpp"
#include "cnv/draw/surface_mesh.hpp"

namespace cnv {

struct SurfaceFrame {
  Camera camera;
  Bounds bounds;                 // of everything that the camera shows: clip distances come from it
  glm::ivec2 size_px{1};         // device pixels; the viewport is (0, 0, size)
  Rgba8 background{0, 0, 0, 0};  // transparent: the picture is then premultiplied by its alpha
  SurfaceShading shading = SurfaceShading::unlit;
  float opacity = 1;
};

// What the last draw() did. New heights of a surface that is not smooth upload four bytes for each drawn sample.
struct SurfaceCounters {
  std::int64_t draw_calls = 0;
  std::int64_t uploaded_bytes = 0;
  std::int64_t points = 0;  // drawn samples
  std::int64_t triangles = 0;
};

class SurfaceRenderer {
 public:
  // Compiles the shaders; the error holds GL's log. Grids of more samples are thinned to `most_points`; 0: as many as
  // this graphics driver draws fluently.
  static Result<std::unique_ptr<SurfaceRenderer>> create(std::int64_t most_points = 0);
  ~SurfaceRenderer();
  SurfaceRenderer(const SurfaceRenderer&) = delete;
  SurfaceRenderer& operator=(const SurfaceRenderer&) = delete;

  // Copied. Heights of another shape are forgotten. Another vertical scale alone uploads nothing.
  void set_grid(const SurfaceGrid& grid);
  // Rows × columns in data units, NaN for holes; copied as far as they are drawn.
  void set_heights(std::span<const float> heights);
  void set_color_map(const ColorTable& table, ColorScale scale);

  // Clears colour and depth, then draws. Leaves blending, depth test and bindings in GL's initial state.
  void draw(const SurfaceFrame& frame);

  const SurfaceCounters& counters() const;

 private:
  struct Impl;
  explicit SurfaceRenderer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cnv
