// Coverage: an 8-bit mask that lines are drawn into, and its blending into pixels. Used by the stroker only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "cnv/draw/pixel_buffer.hpp"

namespace cnv {

struct PixelPoint {
  float x = 0, y = 0;
};

// Where shapes overlap, the larger coverage counts. All bytes are zero between blend() and the next drawing.
class Coverage {
 public:
  // Coordinates are relative to the upper left corner of the mask; drawing is clipped to it.
  void resize(int width, int height);
  int width() const { return width_; }
  int height() const { return height_; }

  // Rows top … bottom of one column, with soft ends; weight 0…1 is the part of the column's width that is covered.
  void span(int column, float top, float bottom, float weight);
  // A line with round ends. The ends must lie within about 1e5 of the mask.
  void capsule(PixelPoint a, PixelPoint b, float half_width);
  // Draws the colour through the mask into the pixels whose upper left corner is (x, y), and clears the mask.
  // The mask must fit into the target there.
  void blend(const PixelBuffer& target, int x, int y, Rgba8 color);

 private:
  static constexpr int block = 8;
  struct Rows {
    int from, to;
  };
  void touch(int column, int from, int to);
  void put(std::uint8_t* column, int row, float coverage);
  void round_end(std::uint8_t* column, float px, float center_y, float ux, float uy, float reach);

  int width_ = 0, height_ = 0;
  std::size_t column_bytes_ = 0;     // height rounded up to whole blocks
  std::vector<std::uint8_t> bytes_;  // column-major: the rows of one column are neighbours
  std::vector<Rows> strips_;         // rows touched, per strip of `block` columns
};

}  // namespace cnv
