#include "cnv/render/surface_renderer.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "cnv/draw/light.hpp"
#include "cnv/render/gl_objects.hpp"

namespace cnv {
namespace {

// One for each shading: a light that is not needed costs nothing.
struct SurfaceProgram {
  GlProgram program;
  GLint lift = -1, scale = -1, opacity = -1, colors = -1;
};
using Programs = std::array<SurfaceProgram, 3>;  // by SurfaceShading

Result<Programs> make_programs() {
  constexpr std::string_view defines[] = {"", "#define SMOOTH\n", "#define FLAT\n"};
  Programs out;
  for (std::size_t k = 0; k < out.size(); ++k) {
    auto made = GlProgram::link(defines[k], {"common.glsl", "surface_out.glsl", "surface.vert.glsl"},
                                {"common.glsl", "light.glsl", "surface_out.glsl", "surface.frag.glsl"});
    if (!made) return Error{made.error()};
    const GLuint id = made->id();
    out[k] = {std::move(*made), glGetUniformLocation(id, "u_lift"), glGetUniformLocation(id, "u_scale"),
              glGetUniformLocation(id, "u_opacity"), glGetUniformLocation(id, "u_colors")};
  }
  return out;
}

}  // namespace

struct SurfaceRenderer::Impl {
  Programs programs;
  GLuint vertex_array = 0, color_texture = 0;
  SurfaceShape shape;

  StreamBuffer ground_buffer, height_buffer, normal_buffer, index_buffer;
  SurfaceCounters counters;

  explicit Impl(std::int64_t most_points) : shape(most_points) {}

  ~Impl() {
    if (vertex_array) glDeleteVertexArrays(1, &vertex_array);
    if (color_texture) glDeleteTextures(1, &color_texture);
  }

  template <class T>
  void upload(StreamBuffer& buffer, std::span<const T> data) {
    buffer.upload(data.data(), data.size_bytes());
    counters.uploaded_bytes += static_cast<std::int64_t>(data.size_bytes());
  }

  void upload_ground() {
    std::vector<glm::vec2> ground;
    ground.reserve(shape.x().size() * shape.y().size());
    for (const float row : shape.y())
      for (const float column : shape.x()) ground.emplace_back(column, row);
    upload<glm::vec2>(ground_buffer, ground);
  }

  void upload_colors() {
    const ColorTable& table = shape.table();
    if (!color_texture) glGenTextures(1, &color_texture);
    glBindTexture(GL_TEXTURE_2D, color_texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, static_cast<GLsizei>(table.size()), 1, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 table.data());
    for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
      glTexParameteri(GL_TEXTURE_2D, filter, GL_NEAREST);
    for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
      glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
    glBindTexture(GL_TEXTURE_2D, 0);
    counters.uploaded_bytes += static_cast<std::int64_t>(sizeof(table));
  }

  void upload_what_is_new(const SurfaceFrame& frame) {
    const SurfaceShape::Changes changes = shape.update(frame);
    if (changes.ground) upload_ground();
    if (changes.heights) upload(height_buffer, shape.heights());
    if (changes.normals) upload(normal_buffer, shape.normals());
    if (changes.triangles) upload(index_buffer, shape.triangles());
    if (changes.colors) upload_colors();
  }

  void bind_arrays(bool with_normals) {
    glBindVertexArray(vertex_array);
    ground_buffer.bind();
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, 0, nullptr);
    height_buffer.bind();
    glVertexAttribPointer(1, 1, GL_FLOAT, GL_FALSE, 0, nullptr);
    for (const GLuint k : {0U, 1U}) glEnableVertexAttribArray(k);
    if (with_normals) {
      normal_buffer.bind();
      glVertexAttribPointer(2, 4, GL_BYTE, GL_TRUE, 0, nullptr);
      glEnableVertexAttribArray(2);
    } else {
      glDisableVertexAttribArray(2);
    }
    index_buffer.bind(GL_ELEMENT_ARRAY_BUFFER);
  }

  void set_uniforms(const SurfaceFrame& frame, const Projection& p) const {
    const SurfaceProgram& used = programs[static_cast<std::size_t>(frame.shading)];
    glUseProgram(used.program.id());
    glUniformMatrix4fv(used.program.view, 1, GL_FALSE, &p.view[0][0]);
    glUniform4f(used.program.screen, p.size_px.x, p.size_px.y, p.focal_px, 0);
    glUniform4f(used.program.depth, p.near_um, p.far_um, p.orthographic ? 1.0f : 0.0f, 0);
    if (used.program.light >= 0) set_light(used.program, relief);
    glUniform2f(used.lift, shape.lift().x, shape.lift().y);
    const ColorScale scale = shape.scale();
    glUniform3f(used.scale, scale.low, scale.high, scale.if_equal);
    glUniform1f(used.opacity, frame.opacity);
    glUniform1i(used.colors, 0);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, color_texture);
  }

  void draw(const SurfaceFrame& frame) {
    counters = {};
    glViewport(0, 0, frame.size_px.x, frame.size_px.y);
    const Rgba ground = to_rgba(frame.background);
    glDepthMask(GL_TRUE);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(ground.r * ground.a, ground.g * ground.a, ground.b * ground.a, ground.a);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    if (shape.empty() || frame.opacity <= 0 || frame.size_px.x < 1 || frame.size_px.y < 1) return;
    upload_what_is_new(frame);
    counters.points = shape.points();
    counters.triangles = static_cast<std::int64_t>(shape.triangles().size() / 3);
    if (shape.triangles().empty()) return;
    set_uniforms(frame, make_projection(frame.camera, frame.size_px, frame.bounds));
    bind_arrays(frame.shading == SurfaceShading::smooth);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LEQUAL);
    if (frame.opacity < 1) {
      glEnable(GL_BLEND);
      glBlendEquation(GL_FUNC_ADD);
      glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    }
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(shape.triangles().size()), GL_UNSIGNED_INT, nullptr);
    ++counters.draw_calls;
    reset_state();
  }

  static void reset_state() {
    glBindVertexArray(0);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    glBindTexture(GL_TEXTURE_2D, 0);
    glUseProgram(0);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDepthFunc(GL_LESS);
  }
};

SurfaceRenderer::SurfaceRenderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SurfaceRenderer::~SurfaceRenderer() = default;

Result<std::unique_ptr<SurfaceRenderer>> SurfaceRenderer::create(std::int64_t most_points) {
  Result<Programs> programs = make_programs();
  if (!programs) return Error{programs.error()};
  auto impl = std::make_unique<Impl>(most_points);
  impl->programs = std::move(*programs);
  glGenVertexArrays(1, &impl->vertex_array);
  return std::unique_ptr<SurfaceRenderer>(new SurfaceRenderer(std::move(impl)));
}

void SurfaceRenderer::set_grid(const SurfaceGrid& grid) { impl_->shape.set_grid(grid); }
void SurfaceRenderer::set_heights(std::span<const float> heights) { impl_->shape.set_heights(heights); }
void SurfaceRenderer::set_color_map(const ColorTable& table, ColorScale scale) {
  impl_->shape.set_color_map(table, scale);
}

void SurfaceRenderer::draw(const SurfaceFrame& frame) { impl_->draw(frame); }
const SurfaceCounters& SurfaceRenderer::counters() const { return impl_->counters; }

}  // namespace cnv
