#include "cnv/render/frame_buffer.hpp"

#include <epoxy/gl.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <string>
#include <utility>

#include "cnv/base/numbers.hpp"

namespace cnv {

FrameBuffer::~FrameBuffer() { release(); }

void FrameBuffer::release(Target& target) {
  if (target.frame_buffer) glDeleteFramebuffers(1, &target.frame_buffer);
  if (target.color) glDeleteRenderbuffers(1, &target.color);
  if (target.depth) glDeleteRenderbuffers(1, &target.depth);
  target = {};
}

void FrameBuffer::release() {
  release(drawn_);
  release(resolved_);
  width_px_ = height_px_ = 0;
}

bool FrameBuffer::make(Target& target, bool with_depth, int samples) {
  glGenFramebuffers(1, &target.frame_buffer);
  glBindFramebuffer(GL_FRAMEBUFFER, target.frame_buffer);
  const auto add = [&](unsigned& buffer, GLenum format, GLenum attachment) {
    glGenRenderbuffers(1, &buffer);
    glBindRenderbuffer(GL_RENDERBUFFER, buffer);
    if (samples > 1) glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, format, width_px_, height_px_);
    else glRenderbufferStorage(GL_RENDERBUFFER, format, width_px_, height_px_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, attachment, GL_RENDERBUFFER, buffer);
  };
  add(target.color, GL_RGBA8, GL_COLOR_ATTACHMENT0);
  if (with_depth) add(target.depth, GL_DEPTH_COMPONENT24, GL_DEPTH_ATTACHMENT);
  glBindRenderbuffer(GL_RENDERBUFFER, 0);
  return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

Result<void> FrameBuffer::resize(int width_px, int height_px, int samples) {
  if (drawn_.frame_buffer && width_px == width_px_ && height_px == height_px_ && samples == wished_samples_) return {};
  release();
  const std::string size = plain_text(width_px) + " x " + plain_text(height_px) + " px";
  const int largest = largest_side_px();
  GLint most_samples = 1;
  glGetIntegerv(GL_MAX_SAMPLES, &most_samples);
  if (width_px < 1 || height_px < 1 || width_px > largest || height_px > largest)
    return Error{"a picture of " + size + " cannot be drawn; the largest side is " + plain_text(largest) + " px"};
  width_px_ = width_px;
  height_px_ = height_px;
  wished_samples_ = samples;
  samples_ = std::max(1, std::min(samples, most_samples));
  if (!make(drawn_, true, samples_) || (samples_ > 1 && !make(resolved_, false, 1))) {
    release();
    return Error{"OpenGL gives no off-screen buffer of " + size};
  }
  return {};
}

int FrameBuffer::largest_side_px() {
  GLint largest = 0;
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
  return largest;
}

void FrameBuffer::bind() { glBindFramebuffer(GL_FRAMEBUFFER, drawn_.frame_buffer); }

void FrameBuffer::read(std::span<std::uint8_t> out, PixelOrder order, std::size_t stride_bytes) {
  const std::size_t row = static_cast<std::size_t>(width_px_) * 4, height = static_cast<std::size_t>(height_px_);
  const std::size_t stride = stride_bytes ? stride_bytes : row;
  assert(stride >= row && out.size() >= stride * height);
  rows_.resize(row * height);
  // ES reads no BGRA.
  const bool swap_here = order == PixelOrder::bgra && !epoxy_is_desktop_gl();
  const GLenum format = order == PixelOrder::bgra && !swap_here ? GL_BGRA : GL_RGBA;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, drawn_.frame_buffer);
  if (samples_ > 1) {
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, resolved_.frame_buffer);
    glBlitFramebuffer(0, 0, width_px_, height_px_, 0, 0, width_px_, height_px_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, resolved_.frame_buffer);
  }
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glReadPixels(0, 0, width_px_, height_px_, format, GL_UNSIGNED_BYTE, rows_.data());
  if (swap_here)
    for (std::size_t i = 0; i < rows_.size(); i += 4) std::swap(rows_[i], rows_[i + 2]);
  for (std::size_t y = 0; y < height; ++y)
    std::memcpy(out.data() + y * stride, rows_.data() + (height - 1 - y) * row, row);
}

}  // namespace cnv
