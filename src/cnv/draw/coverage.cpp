#include "cnv/draw/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cnv {
namespace {

// Coverage of neighbouring rows whose distance from a line starts at `distance` and grows by `step`. Without branches,
// so that the compiler makes vector code of it.
inline void edge_rows(std::uint8_t* rows, int count, float distance, float step, float reach) {
  for (int i = 0; i < count; ++i) {
    const float coverage = reach - std::abs(distance + static_cast<float>(i) * step);
    const float positive = coverage > 0 ? coverage : 0, clipped = positive < 1 ? positive : 1;
    const auto value = static_cast<std::uint8_t>(static_cast<int>(clipped * 255.0F + 0.5F));
    rows[i] = rows[i] > value ? rows[i] : value;
  }
}

}  // namespace

void Coverage::resize(int width, int height) {
  width_ = std::max(0, width);
  height_ = std::max(0, height);
  column_bytes_ = static_cast<std::size_t>(height_ + block - 1) / block * block;
  const std::size_t strips = static_cast<std::size_t>(width_ + block - 1) / block;
  bytes_.resize(strips * block * column_bytes_);
  strips_.assign(strips, {height_, 0});
}

inline void Coverage::touch(int column, int from, int to) {
  auto& strip = strips_[static_cast<std::size_t>(column / block)];
  strip.from = std::min(strip.from, from);
  strip.to = std::max(strip.to, to);
}

inline void Coverage::put(std::uint8_t* column, int row, float coverage) {
  const auto value = static_cast<std::uint8_t>(std::min(coverage, 1.0F) * 255.0F + 0.5F);
  column[row] = std::max(column[row], value);
}

void Coverage::span(int column, float top, float bottom, float weight) {
  if (column < 0 || column >= width_) return;
  top = std::max(0.0F, top);
  bottom = std::min(static_cast<float>(height_), bottom);
  if (!(top < bottom)) return;
  std::uint8_t* rows = &bytes_[static_cast<std::size_t>(column) * column_bytes_];
  const int first = static_cast<int>(top), last = std::min(height_ - 1, static_cast<int>(bottom));
  touch(column, first, last + 1);
  if (first == last) return put(rows, first, (bottom - top) * weight);
  put(rows, first, (static_cast<float>(first) + 1 - top) * weight);
  const auto full = static_cast<std::uint8_t>(std::min(weight, 1.0F) * 255.0F + 0.5F);
  if (full == 255) {
    std::memset(rows + first + 1, 255, static_cast<std::size_t>(last - first - 1));
  } else {
    for (int row = first + 1; row < last; ++row) rows[row] = std::max(rows[row], full);
  }
  put(rows, last, (bottom - static_cast<float>(last)) * weight);
}

// The half disc around an end of a line that the direction (ux, uy) points out of.
void Coverage::round_end(std::uint8_t* column, float px, float center_y, float ux, float uy, float reach) {
  const float chord = reach * reach - px * px;
  if (chord <= 0) return;
  const float half = std::sqrt(chord);
  const int from = std::max(0, static_cast<int>(std::ceil(center_y - half - 0.5F)));
  const int to = std::min(height_ - 1, static_cast<int>(std::floor(center_y + half - 0.5F)));
  for (int row = from; row <= to; ++row) {
    const float py = static_cast<float>(row) + 0.5F - center_y;
    if (px * ux + py * uy >= 0) put(column, row, reach - std::sqrt(px * px + py * py));
  }
}

void Coverage::capsule(PixelPoint a, PixelPoint b, float half_width) {
  if (a.x > b.x) std::swap(a, b);
  const float reach = half_width + 0.5F, dx = b.x - a.x, dy = b.y - a.y;
  const int first = std::max(0, static_cast<int>(std::ceil(a.x - reach - 0.5F)));
  const int last = std::min(width_ - 1, static_cast<int>(std::floor(b.x + reach - 0.5F)));
  const float top = std::min(a.y, b.y) - reach, bottom = std::max(a.y, b.y) + reach;
  if (first > last || bottom <= 0 || top >= static_cast<float>(height_)) return;
  const float length = std::sqrt(dx * dx + dy * dy);
  const float ux = length > 0 ? dx / length : 1, uy = length > 0 ? dy / length : 0;
  const float inverse_ux = 1 / std::max(ux, 1e-6F), inverse_uy = std::abs(uy) > 1e-6F ? 1 / uy : 0;
  const int row_from = std::max(0, static_cast<int>(top)), row_to = std::min(height_, static_cast<int>(bottom) + 1);
  for (int column = first; column <= last; ++column) {
    std::uint8_t* rows = &bytes_[static_cast<std::size_t>(column) * column_bytes_];
    const float px = static_cast<float>(column) + 0.5F - a.x;
    // Rows whose foot point lies between the ends, and whose distance from the line is below `reach`.
    float low = std::clamp(a.y + (px * uy - reach) * inverse_ux, top, bottom);
    float high = std::clamp(a.y + (px * uy + reach) * inverse_ux, top, bottom);
    touch(column, std::max(row_from, static_cast<int>(low) - 1), std::min(row_to, static_cast<int>(high) + 2));
    if (px < reach) round_end(rows, px, a.y, -ux, -uy, reach);
    if (px > dx - reach) round_end(rows, px - dx, b.y, ux, uy, reach);
    if (inverse_uy != 0) {
      const float start = a.y - px * ux * inverse_uy, stop = a.y + (length - px * ux) * inverse_uy;
      low = std::max(low, std::min(start, stop));
      high = std::min(high, std::max(start, stop));
    } else if (px < 0 || px > dx) {
      continue;
    }
    if (low > high) continue;
    const int from = std::max(0, static_cast<int>(std::ceil(low - 0.5F)));
    const int to = std::min(height_ - 1, static_cast<int>(std::floor(high - 0.5F)));
    if (from <= to)
      edge_rows(rows + from, to - from + 1, (static_cast<float>(from) + 0.5F - a.y) * ux - px * uy, ux, reach);
  }
}

void Coverage::blend(const PixelBuffer& target, int x, int y, Rgba8 color) {
  const std::uint32_t solid = pixel_of(color.r, color.g, color.b);
  for (std::size_t s = 0; s < strips_.size(); ++s) {
    auto& strip = strips_[s];
    const int left = static_cast<int>(s) * block, columns = std::min(block, width_ - left);
    for (int top = strip.from / block * block; top < strip.to; top += block) {
      std::uint8_t mask[block][block];
      std::uint64_t any = 0;
      for (int c = 0; c < block; ++c) {
        std::uint8_t* rows = &bytes_[(static_cast<std::size_t>(left) + c) * column_bytes_ + top];
        std::uint64_t word;
        std::memcpy(&word, rows, block);
        any |= word;
        std::memcpy(mask[c], &word, block);
        word = 0;
        std::memcpy(rows, &word, block);
      }
      if (any == 0) continue;
      const int height = std::min(block, height_ - top);
      for (int r = 0; r < height; ++r) {
        std::uint32_t* line = target.pixels + (y + top + r) * target.stride + x + left;
        for (int c = 0; c < columns; ++c) {
          const std::uint32_t alpha = color.a == 255 ? mask[c][r] : (mask[c][r] * color.a + 127U) / 255U;
          if (alpha == 0) continue;
          line[c] = alpha == 255 ? solid : scale_pixel(solid, alpha) + scale_pixel(line[c], 255 - alpha);
        }
      }
    }
    strip = {height_, 0};
  }
}

}  // namespace cnv
