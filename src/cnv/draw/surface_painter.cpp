#include "cnv/draw/surface_painter.hpp"

#include <algorithm>

namespace cnv {
namespace {

constexpr int samples_across = 2;                 // of a pixel with smooth edges
constexpr std::int64_t most_samples = 4'000'000;  // in memory at a time; larger pictures are made in parts

std::uint32_t premultiplied(Rgba8 c) {
  const std::uint32_t pixel = pixel_of(c);
  return (scale_pixel(pixel, c.a) & 0x00FFFFFF) | (pixel & 0xFF000000);
}

// Each pixel of the target is the mean of its samples.
void shrink(const PixelBuffer& samples, const PixelBuffer& target) {
  for (int row = 0; row < target.height; ++row) {
    const std::uint32_t *upper = samples.pixels + samples_across * row * samples.stride,
                        *lower = upper + samples.stride;
    std::uint32_t* out = target.pixels + row * target.stride;
    for (int column = 0; column < target.width; ++column, upper += 2, lower += 2) {
      if (upper[0] == upper[1] && upper[0] == lower[0] && upper[0] == lower[1]) {
        out[column] = upper[0];
        continue;
      }
      const auto mean = [&](int shift) {
        const auto pair = [&](std::uint32_t p) { return (p >> shift) & 0x00FF00FF; };
        return ((pair(upper[0]) + pair(upper[1]) + pair(lower[0]) + pair(lower[1]) + 0x00020002) >> 2) & 0x00FF00FF;
      };
      out[column] = mean(0) | mean(8) << 8;
    }
  }
}

}  // namespace

void SurfacePainter::place_corners(const Projection& projection, bool smooth) {
  const auto x = shape_.x(), y = shape_.y(), heights = shape_.heights();
  const auto normals = shape_.normals();
  const glm::mat4& view = projection.view;
  const glm::mat3 turn(view);
  const glm::vec2 lift = shape_.lift();
  corners_.resize(heights.size());
  screen_.resize(heights.size());
  std::size_t i = 0;
  for (const float row : y) {
    const glm::vec3 along = glm::vec3(view[3]) + row * glm::vec3(view[1]);
    for (const float column : x) {
      SurfaceCorner& corner = corners_[i];
      corner.level = raster_.level(heights[i]);
      corner.place = along + column * glm::vec3(view[0]) + (heights[i] - lift.x) * lift.y * glm::vec3(view[2]);
      if (smooth) corner.normal = turn * glm::vec3(normals[i][0], normals[i][1], normals[i][2]);
      screen_[i] = raster_.on_screen(corner);
      ++i;
    }
  }
}

void SurfacePainter::draw_rows(const PixelBuffer& target, int first_row) {
  raster_.begin_rows(target, first_row);
  raster_.add(shape_.triangles(), corners_, screen_);
  ++counters_.draw_calls;
}

void SurfacePainter::draw(const SurfaceFrame& frame, const PixelBuffer& target, bool smooth_edges) {
  counters_ = {};
  const std::uint32_t ground = premultiplied(frame.background);
  fill(target, ground);
  if (shape_.empty() || !(frame.opacity > 0) || frame.size_px.x < 1 || frame.size_px.y < 1) return;
  const SurfaceShape::Changes changes = shape_.update(frame);
  const auto count = static_cast<std::int64_t>(shape_.heights().size());
  counters_.points = shape_.points();
  counters_.triangles = static_cast<std::int64_t>(shape_.triangles().size() / 3);
  if (changes.heights) counters_.uploaded_bytes = count * static_cast<std::int64_t>(sizeof(float));
  const int across = smooth_edges ? samples_across : 1;
  Projection projection = make_projection(frame.camera, glm::vec2(frame.size_px), frame.bounds);
  projection.size_px *= static_cast<float>(across);
  projection.focal_px *= static_cast<float>(across);
  raster_.begin(projection, frame.shading, frame.opacity, shape_.table(), shape_.scale());
  place_corners(projection, frame.shading == SurfaceShading::smooth);
  if (!smooth_edges) return draw_rows(target, 0);
  const std::int64_t row_samples = std::int64_t{across} * across * target.width;
  const int part = static_cast<int>(std::clamp<std::int64_t>(most_samples / row_samples, 1, target.height));
  samples_.resize(static_cast<std::size_t>(row_samples) * static_cast<std::size_t>(part));
  for (int row = 0; row < target.height; row += part) {
    const int rows = std::min(part, target.height - row);
    const PixelBuffer samples{samples_.data(), across * target.width, across * rows, across * target.width};
    fill(samples, ground);
    draw_rows(samples, across * row);
    shrink(samples, {target.pixels + row * target.stride, target.width, rows, target.stride});
  }
}

}  // namespace cnv
