// Draws a height field into memory, without OpenGL: what SurfaceRenderer shows, made for processors. One thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cnv/draw/pixel_buffer.hpp"
#include "cnv/draw/surface_raster.hpp"
#include "cnv/draw/surface_shape.hpp"

namespace cnv {

class SurfacePainter {
 public:
  // Grids of more samples are thinned to `most_points`.
  explicit SurfacePainter(std::int64_t most_points) : shape_(most_points) {}

  void set_grid(const SurfaceGrid& grid) { shape_.set_grid(grid); }
  void set_heights(std::span<const float> heights) { shape_.set_heights(heights); }
  void set_color_map(const ColorTable& table, ColorScale scale) { shape_.set_color_map(table, scale); }

  // Fills the target, whose size is the frame's, and draws. `smooth_edges`: with four samples for each pixel.
  void draw(const SurfaceFrame& frame, const PixelBuffer& target, bool smooth_edges);

  const SurfaceCounters& counters() const { return counters_; }

 private:
  void place_corners(const Projection& projection, bool smooth);
  void draw_rows(const PixelBuffer& target, int first_row);

  SurfaceShape shape_;
  SurfaceRaster raster_;
  std::vector<SurfaceCorner> corners_;
  std::vector<ScreenCorner> screen_;
  std::vector<std::uint32_t> samples_;
  SurfaceCounters counters_;
};

}  // namespace cnv
