#include "cnv/render/morphology_renderer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "cnv/draw/draw_list.hpp"
#include "cnv/draw/piece_colors.hpp"
#include "cnv/render/gl_objects.hpp"
#include "cnv/render/highlight_cones.hpp"

namespace cnv {
namespace {

// How pieces thinner than a pixel are drawn.
struct Hairline {
  float half_width_px = 0.5f;
  float least_opacity = 0.3f;
};

// A dense tree needs fine lines, which add up; a small cell would look faint with them and gets bolder ones. Thin
// lines look fainter on a dark ground.
Hairline hairline(std::size_t drawn_pieces, Theme theme, float device_pixel_ratio) {
  constexpr float sparse = 1000, dense = 20000;
  const float n = std::max(static_cast<float>(drawn_pieces), sparse);
  const float t = std::min(std::log(n / sparse) / std::log(dense / sparse), 1.0f);
  const float dense_opacity = theme == Theme::light ? 0.40f : 0.55f;
  return {(0.75f + (0.5f - 0.75f) * t) * std::max(1.0f, device_pixel_ratio), 0.85f + (dense_opacity - 0.85f) * t};
}

using Programs = std::array<GlProgram, piece_style_count>;  // by PieceStyle

Result<Programs> make_programs() {
  Result<GlProgram> made[piece_style_count] = {
      GlProgram::link("", {"common.glsl", "piece.glsl", "solid_out.glsl", "solid.vert.glsl"},
                      {"common.glsl", "shade.glsl", "solid_out.glsl", "solid.frag.glsl"}),
      GlProgram::link("#define RIBBON\n", {"common.glsl", "piece.glsl", "capsule_out.glsl", "ribbon.vert.glsl"},
                      {"shade.glsl", "capsule_out.glsl", "capsule.frag.glsl"}),
      GlProgram::link("", {"common.glsl", "piece.glsl", "capsule_out.glsl", "short_piece.vert.glsl"},
                      {"shade.glsl", "capsule_out.glsl", "capsule.frag.glsl"}),
      GlProgram::link("#define RIBBON\n", {"common.glsl", "piece.glsl", "thin_out.glsl", "line.vert.glsl"},
                      {"shade.glsl", "thin_out.glsl", "thin.frag.glsl"}),
      GlProgram::link("", {"common.glsl", "piece.glsl", "thin_out.glsl", "thin.vert.glsl"},
                      {"shade.glsl", "thin_out.glsl", "thin.frag.glsl"})};
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

// Cones with a colour each on the GPU.
struct DrawnCones {
  StreamBuffer cones, colors;
};

}  // namespace

struct MorphologyRenderer::Impl {
  Programs programs;
  GLuint vertex_array = 0;
  LodOptions options;

  std::shared_ptr<const LodTree> tree;
  std::vector<float> values;
  ColorTable table = color_map("voltage").table;
  ColorScale scale{-80, 50, 0};
  Theme theme = Theme::light;

  std::optional<Projection> drawn_projection;  // what the lists below were made for
  std::vector<Highlight> drawn_highlights;
  float drawn_ratio = 1;
  Rgba8 drawn_background;
  bool colors_stale = true;

  DrawList list, highlighted;
  HighlightCones contours;
  DrawnCones cell, selection, rings;

  std::vector<float> means;
  std::vector<Rgba8> colors;
  MorphologyCounters counters;

  ~Impl() {
    if (vertex_array) glDeleteVertexArrays(1, &vertex_array);
  }

  void upload(StreamBuffer& buffer, const void* data, std::size_t bytes) {
    buffer.upload(data, bytes);
    counters.uploaded_bytes += static_cast<std::int64_t>(bytes);
  }

  void upload_cones(StreamBuffer& buffer, std::span<const Cone> cones) {
    upload(buffer, cones.data(), cones.size_bytes());
  }

  void choose(const MorphologyFrame& frame, const Projection& projection) {
    const bool moved = drawn_projection != projection;
    if (moved) {
      list.select(*tree, projection, options);
      upload_cones(cell.cones, list.cones());
      ++counters.selections;
    }
    if (moved || drawn_highlights != frame.highlights || drawn_ratio != frame.device_pixel_ratio ||
        drawn_background != frame.background) {
      choose_highlights(frame, projection);
    }
    drawn_projection = projection;
    drawn_highlights = frame.highlights;
    drawn_ratio = frame.device_pixel_ratio;
    drawn_background = frame.background;
  }

  void choose_highlights(const MorphologyFrame& frame, const Projection& projection) {
    std::vector<HighlightedPositions> wanted;
    std::vector<std::int32_t> all;
    for (const Highlight& h : frame.highlights) {
      wanted.push_back({h.section >= 0 ? tree->positions_of_section(h.section) : tree->positions_of_entity(h.entity),
                        h.color});
      all.insert(all.end(), wanted.back().positions.begin(), wanted.back().positions.end());
    }
    highlighted.select_pieces(*tree, all, projection, options);
    contours = highlight_cones(*tree, wanted, projection, options, frame.device_pixel_ratio, frame.background);
    colors_stale = true;
    if (all.empty()) return;
    upload_cones(selection.cones, highlighted.cones());
    upload_cones(rings.cones, contours.cones);
    upload(rings.colors, contours.colors.data(), contours.colors.size() * sizeof(Rgba8));
  }

  void color(DrawnCones& target, std::span<const DrawList::Range> ranges) {
    if (values.empty()) {
      base_colors(*tree, ranges, colors);
    } else {
      value_colors(*tree, ranges, values, table, scale, theme, means, colors);
    }
    upload(target.colors, colors.data(), colors.size() * sizeof(Rgba8));
  }

  void set_uniforms(const Projection& p, Hairline line, bool flat) const {
    for (const GlProgram& program : programs) {
      glUseProgram(program.id());
      glUniformMatrix4fv(program.view, 1, GL_FALSE, &p.view[0][0]);
      glUniform4f(program.screen, p.size_px.x, p.size_px.y, p.focal_px, line.half_width_px);
      glUniform4f(program.depth, p.near_um, p.far_um, p.orthographic ? 1.0f : 0.0f, line.least_opacity);
      if (program.flat >= 0) glUniform1f(program.flat, flat ? 1.0f : 0.0f);
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
      for (unsigned k = 0; k < 2; ++k)
        glVertexAttribPointer(k, 4, GL_FLOAT, GL_FALSE, sizeof(Cone),
                              reinterpret_cast<const void*>(first * sizeof(Cone) + k * 16));
      what.colors.bind();
      glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(Rgba8),
                            reinterpret_cast<const void*>(first * sizeof(Rgba8)));
      for (unsigned k = 0; k < 3; ++k) glVertexAttribDivisor(k, quads ? 1 : 0);
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
    for (unsigned k = 0; k < 3; ++k) glEnableVertexAttribArray(k);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LEQUAL);
    glDepthMask(GL_TRUE);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    if (epoxy_is_desktop_gl()) glEnable(GL_PROGRAM_POINT_SIZE);
  }

  // Contours stand on top of everything, so that a selection is found in a dense tree; the selected pieces are then
  // drawn again above their gap.
  void draw_highlights(const Projection& projection, Hairline line) {
    glDisable(GL_DEPTH_TEST);
    set_uniforms(projection, line, true);
    draw_runs(rings, contours.runs);
    glEnable(GL_DEPTH_TEST);
    glClear(GL_DEPTH_BUFFER_BIT);
    set_uniforms(projection, line, false);
    draw_runs(selection, highlighted.runs());
  }

  void draw(const MorphologyFrame& frame) {
    counters = {0, 0, 0, counters.selections};
    glViewport(0, 0, frame.size_px.x, frame.size_px.y);
    const Rgba ground = to_rgba(frame.background);
    glDepthMask(GL_TRUE);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(ground.r, ground.g, ground.b, ground.a);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    if (!tree || frame.size_px.x < 1 || frame.size_px.y < 1) return;
    if (theme != frame.theme) colors_stale = true;
    theme = frame.theme;
    const Projection projection = make_projection(frame.camera, frame.size_px, tree->bounds());
    choose(frame, projection);
    if (colors_stale) {
      color(cell, list.ranges());
      if (highlighted.size() > 0) color(selection, highlighted.ranges());
    }
    colors_stale = false;
    counters.visible_pieces = static_cast<std::int64_t>(list.size());
    const Hairline line = hairline(list.size(), theme, frame.device_pixel_ratio);
    set_drawing_state();
    set_uniforms(projection, line, false);
    draw_runs(cell, list.runs());
    if (!contours.cones.empty()) draw_highlights(projection, line);
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
  if (point_sizes[1] < impl->options.sprite_px + 2) impl->options.sprite_px = 0;
  return std::unique_ptr<MorphologyRenderer>(new MorphologyRenderer(std::move(impl)));
}

void MorphologyRenderer::set_pieces(std::shared_ptr<const Pieces> pieces) {
  set_tree(pieces ? std::make_shared<const LodTree>(std::move(pieces)) : nullptr);
}

void MorphologyRenderer::set_tree(std::shared_ptr<const LodTree> tree) {
  impl_->tree = std::move(tree);
  impl_->values.clear();
  impl_->drawn_projection.reset();
  impl_->drawn_highlights.clear();
  impl_->contours = {};
  impl_->colors_stale = true;
}

std::shared_ptr<const LodTree> MorphologyRenderer::tree() const { return impl_->tree; }

void MorphologyRenderer::set_values(std::span<const float> values) {
  impl_->values.assign(values.begin(), values.end());
  impl_->colors_stale = true;
}

void MorphologyRenderer::set_color_map(const ColorTable& table, ColorScale scale) {
  impl_->table = table;
  impl_->scale = scale;
  impl_->colors_stale = true;
}

void MorphologyRenderer::draw(const MorphologyFrame& frame) { impl_->draw(frame); }

const MorphologyCounters& MorphologyRenderer::counters() const { return impl_->counters; }

}  // namespace cnv
