// An off-screen colour and depth target with read-back. Lives in the GL context that is current when it is used;
// that context must be current in every call, also in the destructor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cnv/base/result.hpp"

namespace cnv {

enum class PixelOrder { rgba, bgra };  // bytes in memory; bgra suits QImage::Format_RGB32

class FrameBuffer {
 public:
  FrameBuffer() = default;
  FrameBuffer(const FrameBuffer&) = delete;
  FrameBuffer& operator=(const FrameBuffer&) = delete;
  ~FrameBuffer();

  // Nothing happens when size and samples are the same. Contents are undefined afterwards. More than one sample for
  // each pixel makes the edges of triangles smooth; a driver may give fewer.
  Result<void> resize(int width_px, int height_px, int samples = 1);
  void bind();
  static int largest_side_px();

  int width_px() const { return width_px_; }
  int height_px() const { return height_px_; }
  int samples() const { return samples_; }

  // The picture from its top row down, 4 bytes a pixel, `stride_bytes` from row to row (0: width * 4).
  // `out` must hold height * stride bytes. Waits for drawing to end.
  void read(std::span<std::uint8_t> out, PixelOrder order, std::size_t stride_bytes = 0);

 private:
  // A frame buffer with its parts; depth only where something is drawn into it.
  struct Target {
    unsigned frame_buffer = 0, color = 0, depth = 0;
  };
  bool make(Target& target, bool with_depth, int samples);
  static void release(Target& target);
  void release();

  Target drawn_, resolved_;  // resolved_ only with several samples
  int width_px_ = 0, height_px_ = 0, samples_ = 1, wished_samples_ = 1;
  std::vector<std::uint8_t> rows_;
};

}  // namespace cnv
