#include "cnv/render/morphology_renderer.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include "cnv/render/gl_objects.hpp"

namespace cnv {
namespace {

using Programs = std::array<GlProgram, piece_style_count>;  // by PieceStyle

Result<Programs> make_programs() {
  const char* const ribbon = "#define RIBBON\n";
  Result<GlProgram> made[piece_style_count] = {
      GlProgram::link("", {"common.glsl", "light.glsl", "piece.glsl", "solid_out.glsl", "solid.vert.glsl"},
                      {"common.glsl", "light.glsl", "solid_out.glsl", "solid.frag.glsl"}),
      GlProgram::link(ribbon,
                      {"common.glsl", "light.glsl", "piece.glsl", "rod_out.glsl", "rod.glsl", "ribbon.vert.glsl"},
                      {"common.glsl", "rod_out.glsl", "rod.frag.glsl"}),
      GlProgram::link("",
                      {"common.glsl", "light.glsl", "piece.glsl", "rod_out.glsl", "rod.glsl", "short_piece.vert.glsl"},
                      {"common.glsl", "rod_out.glsl", "rod.frag.glsl"}),
      GlProgram::link(ribbon, {"common.glsl", "light.glsl", "piece.glsl", "thin_out.glsl", "line.vert.glsl"},
                      {"thin_out.glsl", "thin.frag.glsl"}),
      GlProgram::link("", {"common.glsl", "light.glsl", "piece.glsl", "thin_out.glsl", "thin.vert.glsl"},
                      {"thin_out.glsl", "thin.frag.glsl"})};
  Programs programs;
  for (std::size_t k = 0; k < programs.size(); ++k) {
    if (!made[k]) return Error{made[k].error()};
    programs[k] = std::move(*made[k]);
  }
  return programs;
}

void set_initial_state() {
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  glUseProgram(0);
  glDisable(GL_BLEND);
  glDisable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  if (epoxy_is_desktop_gl()) glDisable(GL_PROGRAM_POINT_SIZE);
}

// Where the members of a cone go; see piece.glsl.
struct ConePart {
  unsigned location;
  int size;
  std::size_t offset;
};
constexpr ConePart cone_parts[] = {{0, 4, offsetof(Cone, start)},
                                   {1, 4, offsetof(Cone, end)},
                                   {3, 4, offsetof(Cone, before)},
                                   {4, 2, offsetof(Cone, end_joint)}};
constexpr unsigned attribute_count = 5;

// Cones with a colour each on the GPU.
struct DrawnCones {
  StreamBuffer cones, colors;
};

}  // namespace

struct MorphologyRenderer::Impl {
  Programs programs;
  GLuint vertex_array = 0;
  MorphologyLayers layers;
  DrawnCones cell, contours, selected;
  MorphologyCounters counters;

  ~Impl() {
    if (vertex_array) glDeleteVertexArrays(1, &vertex_array);
  }

  void upload(StreamBuffer& buffer, const void* data, std::size_t bytes) {
    buffer.upload(data, bytes);
    counters.uploaded_bytes += static_cast<std::int64_t>(bytes);
  }

  void upload_layer(DrawnCones& target, const PieceLayer& layer, bool cones, bool colors) {
    if (layer.cones.empty()) return;
    if (cones) upload(target.cones, layer.cones.data(), layer.cones.size_bytes());
    if (colors) upload(target.colors, layer.colors.data(), layer.colors.size_bytes());
  }

  void set_uniforms(const Projection& p, Hairline line, float relief) const {
    for (const GlProgram& program : programs) {
      glUseProgram(program.id());
      glUniformMatrix4fv(program.view, 1, GL_FALSE, &p.view[0][0]);
      glUniform4f(program.screen, p.size_px.x, p.size_px.y, p.focal_px, line.half_width_px);
      glUniform4f(program.depth, p.near_um, p.far_um, p.orthographic ? 1.0f : 0.0f, line.least_opacity);
      if (program.light >= 0) set_light(program, relief);
    }
  }

  // There is no base instance in ES 3.0: each run points the attributes at its first cone.
  void draw_runs(const DrawnCones& what, std::span<const DrawRun> runs) {
    for (const DrawRun& run : runs) {
      const bool quads = run.style != PieceStyle::short_piece && run.style != PieceStyle::thin;
      const bool writes_depth = run.style != PieceStyle::line && run.style != PieceStyle::thin;
      const auto first = static_cast<std::size_t>(run.first);
      glUseProgram(programs[static_cast<std::size_t>(run.style)].id());
      what.cones.bind();
      for (const ConePart& part : cone_parts)
        glVertexAttribPointer(part.location, part.size, GL_FLOAT, GL_FALSE, sizeof(Cone),
                              reinterpret_cast<const void*>(first * sizeof(Cone) + part.offset));
      what.colors.bind();
      glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(Rgba8),
                            reinterpret_cast<const void*>(first * sizeof(Rgba8)));
      for (unsigned k = 0; k < attribute_count; ++k) glVertexAttribDivisor(k, quads ? 1 : 0);
      glDepthMask(writes_depth ? GL_TRUE : GL_FALSE);
      if (quads) {
        glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, run.count);
      } else {
        glDrawArrays(GL_POINTS, 0, run.count);
      }
      ++counters.draw_calls;
    }
    glDepthMask(GL_TRUE);
  }

  void set_drawing_state() const {
    glBindVertexArray(vertex_array);
    for (unsigned k = 0; k < attribute_count; ++k) glEnableVertexAttribArray(k);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LEQUAL);
    glDepthMask(GL_TRUE);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    if (epoxy_is_desktop_gl()) glEnable(GL_PROGRAM_POINT_SIZE);
  }

  void draw_highlights(const Projection& projection, Hairline line) {
    glDisable(GL_DEPTH_TEST);
    set_uniforms(projection, line, 0);
    draw_runs(contours, layers.contours().runs);
    glEnable(GL_DEPTH_TEST);
    glClear(GL_DEPTH_BUFFER_BIT);
    set_uniforms(projection, line, layers.relief());
    draw_runs(selected, layers.selected().runs);
  }

  void draw(const MorphologyFrame& frame) {
    counters = {.selections = counters.selections};
    glViewport(0, 0, frame.size_px.x, frame.size_px.y);
    const Rgba ground = to_rgba(frame.background);
    glDepthMask(GL_TRUE);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(ground.r, ground.g, ground.b, ground.a);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    if (!layers.tree() || frame.size_px.x < 1 || frame.size_px.y < 1) return;
    const MorphologyLayers::Changes changes = layers.update(frame);
    upload_layer(cell, layers.cell(), changes.cell, changes.colors);
    upload_layer(contours, layers.contours(), changes.highlights, changes.highlights);
    upload_layer(selected, layers.selected(), changes.highlights, changes.colors);
    counters.visible_pieces = static_cast<std::int64_t>(layers.cell().cones.size());
    counters.selections = layers.selections();
    set_drawing_state();
    set_uniforms(layers.projection(), layers.hairline(), layers.relief());
    draw_runs(cell, layers.cell().runs);
    if (!layers.contours().cones.empty()) draw_highlights(layers.projection(), layers.hairline());
    set_initial_state();
  }
};

MorphologyRenderer::MorphologyRenderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MorphologyRenderer::~MorphologyRenderer() = default;

Result<std::unique_ptr<MorphologyRenderer>> MorphologyRenderer::create() {
  Result<Programs> programs = make_programs();
  if (!programs) return Error{programs.error()};
  auto impl = std::make_unique<Impl>();
  impl->programs = std::move(*programs);
  glGenVertexArrays(1, &impl->vertex_array);
  GLfloat point_sizes[2] = {1, 1};
  glGetFloatv(GL_ALIASED_POINT_SIZE_RANGE, point_sizes);
  // A driver may draw points of one pixel only; then everything is a quad.
  if (point_sizes[1] < impl->layers.options.sprite_px + 2) impl->layers.options.sprite_px = 0;
  return std::unique_ptr<MorphologyRenderer>(new MorphologyRenderer(std::move(impl)));
}

void MorphologyRenderer::set_pieces(std::shared_ptr<const Pieces> pieces) {
  set_tree(pieces ? std::make_shared<const LodTree>(std::move(pieces)) : nullptr);
}

void MorphologyRenderer::set_tree(std::shared_ptr<const LodTree> tree) { impl_->layers.set_tree(std::move(tree)); }

std::shared_ptr<const LodTree> MorphologyRenderer::tree() const { return impl_->layers.tree(); }

void MorphologyRenderer::set_values(std::span<const float> values) { impl_->layers.set_values(values); }

void MorphologyRenderer::set_color_map(const ColorTable& table, ColorScale scale) {
  impl_->layers.set_color_map(table, scale);
}

void MorphologyRenderer::draw(const MorphologyFrame& frame) { impl_->draw(frame); }

const MorphologyCounters& MorphologyRenderer::counters() const { return impl_->counters; }

}  // namespace cnv
