// Draws a height field coloured by its heights with OpenGL (3.3 core or ES 3.0) into the current framebuffer. Owns its
// GL objects; the context it was made in must be current in every call, also in the destructor.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "cnv/base/result.hpp"
#include "cnv/draw/surface_shape.hpp"

namespace cnv {

class SurfaceRenderer {
 public:
  // Compiles the shaders; the error holds GL's log. Grids of more samples are thinned to `most_points`: by default what
  // graphics hardware draws fluently.
  static Result<std::unique_ptr<SurfaceRenderer>> create(std::int64_t most_points = 4'000'000);
  ~SurfaceRenderer();
  SurfaceRenderer(const SurfaceRenderer&) = delete;
  SurfaceRenderer& operator=(const SurfaceRenderer&) = delete;

  // As those of SurfaceShape. New heights of a surface that is not smooth upload four bytes for each drawn sample.
  void set_grid(const SurfaceGrid& grid);
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
