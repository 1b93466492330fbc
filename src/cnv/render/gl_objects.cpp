#include "cnv/render/gl_objects.hpp"

#include <algorithm>
#include <utility>

#include "cnv/draw/light.hpp"
#include "cnv/render/shader_sources.hpp"

namespace cnv {
namespace {

constexpr std::string_view desktop_header = "#version 330 core\n";
constexpr std::string_view es_header = "#version 300 es\nprecision highp float;\nprecision highp int;\n";

std::string log_of(GLuint object, void (*get_length)(GLuint, GLenum, GLint*),
                   void (*get_log)(GLuint, GLsizei, GLsizei*, GLchar*)) {
  GLint length = 0;
  get_length(object, GL_INFO_LOG_LENGTH, &length);
  std::string log(static_cast<std::size_t>(std::max(length, 1)), '\0');
  get_log(object, static_cast<GLsizei>(log.size()), nullptr, log.data());
  return log;
}

Result<GLuint> compile(GLenum stage, std::string_view defines, std::initializer_list<std::string_view> files) {
  std::string text(epoxy_is_desktop_gl() ? desktop_header : es_header);
  text += stage == GL_VERTEX_SHADER ? "#define VARYING out\n" : "#define VARYING in\n";
  text += defines;
  std::string names;
  for (const std::string_view file : files) {
    text += shader_source(file);
    names += (names.empty() ? "" : " + ") + std::string(file);
  }
  const GLuint shader = glCreateShader(stage);
  const char* source = text.c_str();
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  GLint good = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
  if (good) return shader;
  const std::string log = log_of(
      shader, [](GLuint s, GLenum n, GLint* v) { glGetShaderiv(s, n, v); },
      [](GLuint s, GLsizei n, GLsizei* got, GLchar* out) { glGetShaderInfoLog(s, n, got, out); });
  glDeleteShader(shader);
  return Error{"the shader " + names + " does not compile on this graphics driver: " + log};
}

}  // namespace

GlProgram& GlProgram::operator=(GlProgram&& other) noexcept {
  std::swap(id_, other.id_);
  view = other.view;
  screen = other.screen;
  depth = other.depth;
  light = other.light;
  return *this;
}

GlProgram::~GlProgram() {
  if (id_) glDeleteProgram(id_);
}

Result<GlProgram> GlProgram::link(std::string_view defines, std::initializer_list<std::string_view> vertex_files,
                                  std::initializer_list<std::string_view> fragment_files) {
  Result<GLuint> vertex = compile(GL_VERTEX_SHADER, defines, vertex_files);
  if (!vertex) return Error{vertex.error()};
  Result<GLuint> fragment = compile(GL_FRAGMENT_SHADER, defines, fragment_files);
  if (!fragment) {
    glDeleteShader(*vertex);
    return Error{fragment.error()};
  }
  GlProgram program;
  program.id_ = glCreateProgram();
  for (const GLuint shader : {*vertex, *fragment}) {
    glAttachShader(program.id_, shader);
    glDeleteShader(shader);
  }
  glLinkProgram(program.id_);
  GLint good = 0;
  glGetProgramiv(program.id_, GL_LINK_STATUS, &good);
  if (!good) {
    return Error{"shaders do not link on this graphics driver: " +
                 log_of(
                     program.id_, [](GLuint p, GLenum n, GLint* v) { glGetProgramiv(p, n, v); },
                     [](GLuint p, GLsizei n, GLsizei* got, GLchar* out) { glGetProgramInfoLog(p, n, got, out); })};
  }
  program.view = glGetUniformLocation(program.id_, "u_view");
  program.screen = glGetUniformLocation(program.id_, "u_screen");
  program.depth = glGetUniformLocation(program.id_, "u_depth");
  program.light = glGetUniformLocation(program.id_, "u_light");
  return program;
}

void set_light(const GlProgram& program, float strength) {
  glUniform4f(program.light, light_direction.x, light_direction.y, light_direction.z, strength);
}

StreamBuffer::~StreamBuffer() {
  if (id_) glDeleteBuffers(1, &id_);
}

void StreamBuffer::upload(const void* data, std::size_t bytes) {
  if (!id_) glGenBuffers(1, &id_);
  glBindBuffer(GL_ARRAY_BUFFER, id_);
  if (bytes > capacity_) {
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes), data, GL_STREAM_DRAW);
    capacity_ = bytes;
  } else if (bytes > 0) {
    // New storage, so that a frame still being drawn keeps the old one.
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(capacity_), nullptr, GL_STREAM_DRAW);
    glBufferSubData(GL_ARRAY_BUFFER, 0, static_cast<GLsizeiptr>(bytes), data);
  }
  glBindBuffer(GL_ARRAY_BUFFER, 0);
}

}  // namespace cnv
