// Pixels in memory that pictures are drawn into, and the arithmetic of blending them. Used by whatever in `draw` makes
// pixels; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "cnv/draw/color.hpp"

namespace cnv {

// Premultiplied BGRA in memory order: each pixel is 0xAARRGGBB as a number (QImage::Format_ARGB32_Premultiplied or
// RGB32).
struct PixelBuffer {
  std::uint32_t* pixels = nullptr;  // row 0 on top
  int width = 0, height = 0;
  std::ptrdiff_t stride = 0;  // pixels from one row to the next
};

inline void fill(const PixelBuffer& target, std::uint32_t pixel) {
  for (int row = 0; row < target.height; ++row) std::fill_n(target.pixels + row * target.stride, target.width, pixel);
}

inline std::uint32_t pixel_of(std::uint32_t r, std::uint32_t g, std::uint32_t b, std::uint32_t a = 255) {
  return a << 24 | r << 16 | g << 8 | b;
}
inline std::uint32_t pixel_of(Rgba8 color) { return pixel_of(color.r, color.g, color.b, color.a); }

// Two channels at once: each half (0…255 * 255) / 255, rounded.
inline std::uint32_t divide_pair(std::uint32_t pair) {
  const std::uint32_t t = pair + 0x00800080;
  return ((t + ((t >> 8) & 0x00FF00FF)) >> 8) & 0x00FF00FF;
}
// Two 8-bit channels at once: each of `pair`'s halves times `factor` (0…255) / 255, rounded.
inline std::uint32_t scale_pair(std::uint32_t pair, std::uint32_t factor) { return divide_pair(pair * factor); }

inline std::uint32_t scale_pixel(std::uint32_t pixel, std::uint32_t factor) {
  return scale_pair(pixel & 0x00FF00FF, factor) | scale_pair((pixel >> 8) & 0x00FF00FF, factor) << 8;
}

// The mean of two pixels, `share` (0…255) / 255 of it the upper one, rounded once.
inline std::uint32_t mix_pixels(std::uint32_t lower, std::uint32_t upper, std::uint32_t share) {
  const auto pair = [share](std::uint32_t below, std::uint32_t above) {
    return divide_pair(below * (255 - share) + above * share);
  };
  return pair(lower & 0x00FF00FF, upper & 0x00FF00FF) | pair((lower >> 8) & 0x00FF00FF, (upper >> 8) & 0x00FF00FF) << 8;
}

}  // namespace cnv
