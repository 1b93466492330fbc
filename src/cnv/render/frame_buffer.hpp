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

  // Nothing happens when the size is the same. Contents are undefined afterwards.
  Result<void> resize(int width_px, int height_px);
  void bind();

  int width_px() const { return width_px_; }
  int height_px() const { return height_px_; }

  // The picture from its top row down, 4 bytes a pixel, `stride_bytes` from row to row (0: width * 4).
  // `out` must hold height * stride bytes. Waits for drawing to end.
  void read(std::span<std::uint8_t> out, PixelOrder order, std::size_t stride_bytes = 0);

 private:
  void release();

  unsigned frame_buffer_ = 0, color_ = 0, depth_ = 0;
  int width_px_ = 0, height_px_ = 0;
  std::vector<std::uint8_t> rows_;
};

}  // namespace cnv
