// Small owners of GL objects, used inside `render` only. The context must be current in every call.
#pragma once

#include <epoxy/gl.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "cnv/base/result.hpp"

namespace cnv {

// A linked program made of shader files; uniforms are looked up once, by the names of common.glsl.
class GlProgram {
 public:
  GlProgram() = default;
  GlProgram(GlProgram&& other) noexcept { *this = std::move(other); }
  GlProgram& operator=(GlProgram&& other) noexcept;
  ~GlProgram();

  // Files are joined in order behind the version line of the current context. `defines` comes first in both stages.
  static Result<GlProgram> link(std::string_view defines, std::initializer_list<std::string_view> vertex_files,
                                std::initializer_list<std::string_view> fragment_files);

  GLuint id() const { return id_; }
  GLint view = -1, screen = -1, depth = -1, light = -1;

 private:
  GLuint id_ = 0;
};

// Sets the light of light.glsl for the program in use.
void set_light(const GlProgram& program, float strength);

// A vertex buffer that is filled anew from time to time and grows when it must.
class StreamBuffer {
 public:
  StreamBuffer() = default;
  StreamBuffer(const StreamBuffer&) = delete;
  StreamBuffer& operator=(const StreamBuffer&) = delete;
  ~StreamBuffer();

  void upload(const void* data, std::size_t bytes);
  void bind(GLenum target = GL_ARRAY_BUFFER) const { glBindBuffer(target, id_); }

 private:
  GLuint id_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace cnv
