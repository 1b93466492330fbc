#include "cnv/render/frame_buffer.hpp"

#include <epoxy/gl.h>

#include <cassert>
#include <cstring>
#include <string>
#include <utility>

namespace cnv {

FrameBuffer::~FrameBuffer() { release(); }

void FrameBuffer::release() {
  if (frame_buffer_) glDeleteFramebuffers(1, &frame_buffer_);
  if (color_) glDeleteRenderbuffers(1, &color_);
  if (depth_) glDeleteRenderbuffers(1, &depth_);
  frame_buffer_ = color_ = depth_ = 0;
  width_px_ = height_px_ = 0;
}

Result<void> FrameBuffer::resize(int width_px, int height_px) {
  if (frame_buffer_ && width_px == width_px_ && height_px == height_px_) return {};
  release();
  const std::string size = std::to_string(width_px) + " x " + std::to_string(height_px) + " px";
  GLint largest = 0;
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
  if (width_px < 1 || height_px < 1 || width_px > largest || height_px > largest)
    return Error{"a picture of " + size + " cannot be drawn; the largest side is " + std::to_string(largest) + " px"};
  glGenFramebuffers(1, &frame_buffer_);
  glGenRenderbuffers(1, &color_);
  glGenRenderbuffers(1, &depth_);
  glBindFramebuffer(GL_FRAMEBUFFER, frame_buffer_);
  const struct {
    unsigned buffer;
    GLenum format, attachment;
  } parts[] = {{color_, GL_RGBA8, GL_COLOR_ATTACHMENT0}, {depth_, GL_DEPTH_COMPONENT24, GL_DEPTH_ATTACHMENT}};
  for (const auto& part : parts) {
    glBindRenderbuffer(GL_RENDERBUFFER, part.buffer);
    glRenderbufferStorage(GL_RENDERBUFFER, part.format, width_px, height_px);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, part.attachment, GL_RENDERBUFFER, part.buffer);
  }
  glBindRenderbuffer(GL_RENDERBUFFER, 0);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    release();
    return Error{"OpenGL gives no off-screen buffer of " + size};
  }
  width_px_ = width_px;
  height_px_ = height_px;
  return {};
}

void FrameBuffer::bind() { glBindFramebuffer(GL_FRAMEBUFFER, frame_buffer_); }

void FrameBuffer::read(std::span<std::uint8_t> out, PixelOrder order, std::size_t stride_bytes) {
  const std::size_t row = static_cast<std::size_t>(width_px_) * 4, height = static_cast<std::size_t>(height_px_);
  const std::size_t stride = stride_bytes ? stride_bytes : row;
  assert(stride >= row && out.size() >= stride * height);
  rows_.resize(row * height);
  // ES reads no BGRA.
  const bool swap_here = order == PixelOrder::bgra && !epoxy_is_desktop_gl();
  const GLenum format = order == PixelOrder::bgra && !swap_here ? GL_BGRA : GL_RGBA;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, frame_buffer_);
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glReadPixels(0, 0, width_px_, height_px_, format, GL_UNSIGNED_BYTE, rows_.data());
  if (swap_here)
    for (std::size_t i = 0; i < rows_.size(); i += 4) std::swap(rows_[i], rows_[i + 2]);
  for (std::size_t y = 0; y < height; ++y)
    std::memcpy(out.data() + y * stride, rows_.data() + (height - 1 - y) * row, row);
}

}  // namespace cnv
