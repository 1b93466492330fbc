#include "cnv/render/surface_renderer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "cnv/draw/light.hpp"
#include "cnv/render/gl_context.hpp"
#include "cnv/render/gl_objects.hpp"

namespace cnv {
namespace {

// A triangle costs software GL about 0.2 µs, and there are two for each point: moving pictures stay below 20 ms.
constexpr std::int64_t most_points_software = 25'000, most_points_gpu = 4'000'000;

std::vector<float> places(std::span<const double> values, std::span<const std::int32_t> picked, double origin,
                          double scale) {
  std::vector<float> out;
  out.reserve(picked.size());
  for (const auto i : picked) out.push_back(static_cast<float>((values[static_cast<std::size_t>(i)] - origin) * scale));
  return out;
}

std::int32_t nearest(std::span<const float> places, float at) {
  const auto closer = [&](float a, float b) { return std::fabs(a - at) < std::fabs(b - at); };
  return static_cast<std::int32_t>(std::min_element(places.begin(), places.end(), closer) - places.begin());
}

bool same_holes(std::span<const float> a, std::span<const float> b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](float x, float y) { return std::isnan(x) == std::isnan(y); });
}

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
  std::int64_t most_points = most_points_software;

  SurfaceGrid grid;
  SurfaceThinning thinning;
  std::vector<float> x, y;  // places of the drawn samples
  std::vector<float> heights, before;
  std::vector<SurfaceNormal> normals;
  std::vector<std::uint32_t> indices;
  FarFirst order;
  ColorTable table = color_map("bwr").table;
  ColorScale scale;

  StreamBuffer ground_buffer, height_buffer, normal_buffer, index_buffer;
  bool ground_stale = false, heights_stale = false, normals_stale = false, indices_stale = false, colors_stale = true;
  SurfaceCounters counters;

  ~Impl() {
    if (vertex_array) glDeleteVertexArrays(1, &vertex_array);
    if (color_texture) glDeleteTextures(1, &color_texture);
  }

  void upload(StreamBuffer& buffer, const void* data, std::size_t bytes) {
    buffer.upload(data, bytes);
    counters.uploaded_bytes += static_cast<std::int64_t>(bytes);
  }

  void set_grid(const SurfaceGrid& now) {
    const bool same_shape = now.columns() == grid.columns() && now.rows() == grid.rows();
    if (!same_shape) {
      thinning = SurfaceThinning(now.columns(), now.rows(), most_points);
      heights.clear();
      indices_stale = true;
    }
    grid = now;
    std::vector<float> new_x = places(grid.x, thinning.columns(), grid.space.origin.x, grid.space.scale.x);
    std::vector<float> new_y = places(grid.y, thinning.rows(), grid.space.origin.y, grid.space.scale.y);
    normals_stale = true;
    if (new_x == x && new_y == y) return;
    x = std::move(new_x);
    y = std::move(new_y);
    ground_stale = true;
  }

  void set_heights(std::span<const float> given) {
    if (given.size() != grid.x.size() * grid.y.size()) return;
    std::swap(before, heights);
    thinning.apply(given, heights);
    if (!same_holes(before, heights)) indices_stale = true;
    heights_stale = normals_stale = true;
  }

  // Translucent cells blend from far to near. Of opaque ones the near come first, from the corner on that the eye is
  // at: what they hide is then not coloured, and turning seldom changes the order.
  FarFirst order_for(const SurfaceFrame& frame) const {
    glm::vec3 eye = frame.camera.eye();
    // An eye at infinity is a very far one.
    if (frame.camera.orthographic)
      eye = frame.camera.center + frame.camera.axes()[2] * 1e3f * std::max(frame.bounds.radius(), 1e-3f);
    if (frame.opacity < 1) return {nearest(x, eye.x), nearest(y, eye.y)};
    const auto far_end = [](std::span<const float> places, float at) {
      return std::fabs(places.front() - at) < std::fabs(places.back() - at) ? static_cast<std::int32_t>(places.size())
                                                                            : 0;
    };
    return {far_end(x, eye.x), far_end(y, eye.y)};
  }

  void upload_ground() {
    std::vector<glm::vec2> ground;
    ground.reserve(x.size() * y.size());
    for (const float row : y)
      for (const float column : x) ground.emplace_back(column, row);
    upload(ground_buffer, ground.data(), ground.size() * sizeof(glm::vec2));
  }

  void upload_colors() {
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
    const FarFirst wanted = order_for(frame);
    if (std::exchange(ground_stale, false)) upload_ground();
    if (std::exchange(heights_stale, false)) upload(height_buffer, heights.data(), heights.size() * sizeof(float));
    if (frame.shading == SurfaceShading::smooth && std::exchange(normals_stale, false)) {
      surface_normals(x, y, heights, static_cast<float>(grid.space.scale.z), normals);
      upload(normal_buffer, normals.data(), normals.size() * sizeof(SurfaceNormal));
    }
    if (std::exchange(indices_stale, false) || !(wanted == order)) {
      order = wanted;
      surface_triangles(static_cast<std::int32_t>(x.size()), static_cast<std::int32_t>(y.size()), heights, order,
                        indices);
      upload(index_buffer, indices.data(), indices.size() * sizeof(std::uint32_t));
    }
    if (std::exchange(colors_stale, false)) upload_colors();
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
    glUniform2f(used.lift, static_cast<float>(grid.space.origin.z), static_cast<float>(grid.space.scale.z));
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
    if (heights.empty() || frame.opacity <= 0 || frame.size_px.x < 1 || frame.size_px.y < 1) return;
    upload_what_is_new(frame);
    counters.points = thinning.points();
    counters.triangles = static_cast<std::int64_t>(indices.size() / 3);
    if (indices.empty()) return;
    set_uniforms(frame, make_projection(frame.camera, frame.size_px, frame.bounds));
    bind_arrays(frame.shading == SurfaceShading::smooth);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LEQUAL);
    if (frame.opacity < 1) {
      glEnable(GL_BLEND);
      glBlendEquation(GL_FUNC_ADD);
      glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    }
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(indices.size()), GL_UNSIGNED_INT, nullptr);
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
  auto impl = std::make_unique<Impl>();
  impl->programs = std::move(*programs);
  impl->most_points = most_points > 0              ? most_points
                      : current_gl_info().software ? most_points_software
                                                   : most_points_gpu;
  glGenVertexArrays(1, &impl->vertex_array);
  return std::unique_ptr<SurfaceRenderer>(new SurfaceRenderer(std::move(impl)));
}

void SurfaceRenderer::set_grid(const SurfaceGrid& grid) { impl_->set_grid(grid); }
void SurfaceRenderer::set_heights(std::span<const float> heights) { impl_->set_heights(heights); }

void SurfaceRenderer::set_color_map(const ColorTable& table, ColorScale scale) {
  if (!std::equal(table.begin(), table.end(), impl_->table.begin())) impl_->colors_stale = true;
  impl_->table = table;
  impl_->scale = scale;
}

void SurfaceRenderer::draw(const SurfaceFrame& frame) { impl_->draw(frame); }
const SurfaceCounters& SurfaceRenderer::counters() const { return impl_->counters; }

}  // namespace cnv
