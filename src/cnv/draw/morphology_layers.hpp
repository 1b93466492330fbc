// What a picture of a cell is made of: the chosen cones with their colours, and contours round what is selected. Made
// anew only as far as a frame differs from the last one. Used by MorphologyRenderer (GL) and MorphologyPainter; one
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <glm/vec2.hpp>

#include "cnv/draw/color_map.hpp"
#include "cnv/draw/draw_list.hpp"
#include "cnv/draw/highlight_cones.hpp"
#include "cnv/draw/light.hpp"
#include "cnv/draw/piece_kernels.hpp"

namespace cnv {

// A contour around the silhouette of one section or of one entity; the other index is -1.
struct Highlight {
  std::int32_t section = -1;
  std::int32_t entity = -1;
  Rgba8 color;
  friend bool operator==(const Highlight&, const Highlight&) = default;
};

struct MorphologyFrame {
  Camera camera;
  glm::ivec2 size_px{1};         // device pixels
  float device_pixel_ratio = 1;  // widths of contours and hairlines follow it
  float hairline_scale = 1;      // of hairlines alone, which are never thinner than a device pixel
  Rgba8 background{255, 255, 255, 255};
  Theme theme = Theme::light;
  bool flat = false;  // colours exactly as in the colour bar, without light
  std::vector<Highlight> highlights;
};

// Cones in drawing order with a colour each; no light falls on flat ones.
struct PieceLayer {
  std::span<const Cone> cones;
  std::span<const Rgba8> colors;
  std::span<const DrawRun> runs;
  bool flat = false;
};

// What the last picture took.
struct MorphologyCounters {
  std::int64_t uploaded_bytes = 0;  // cones and colours that were new to it
  std::int64_t draw_calls = 0;      // of OpenGL
  std::int64_t placed_pieces = 0;   // without OpenGL: cones whose pixels were looked for, highlights included
  std::int64_t fragments = 0;       // without OpenGL: pixels of cones that were coloured
  std::int64_t visible_pieces = 0;  // drawn cones, stand-ins counted once
  std::int64_t selections = 0;      // level-of-detail choices so far
};

class MorphologyLayers {
 public:
  LodOptions options;

  // Values are forgotten.
  void set_tree(std::shared_ptr<const LodTree> tree);
  const std::shared_ptr<const LodTree>& tree() const { return tree_; }
  // Copied. Empty: base colours of the entities, or grey without them.
  void set_values(std::span<const float> values);
  void set_color_map(const ColorTable& table, ColorScale scale);

  struct Changes {
    bool cell = false;        // other cones, or another projection
    bool highlights = false;  // other contours
    bool colors = false;
    std::int64_t bytes = 0;  // of the cones and colours that are new
  };
  // Needs a tree. What is returned differs from the last update.
  Changes update(const MorphologyFrame& frame);

  const Projection& projection() const { return *projection_; }
  Hairline hairline() const;
  float relief() const { return flat_ ? 0 : cnv::relief; }  // strength of the light
  // The whole cell; then, on top of everything, so that a selection is found in a dense tree, contours with gaps; then
  // the selected pieces once more above their gap.
  PieceLayer cell() const { return {list_.cones(), cell_colors_, list_.runs()}; }
  PieceLayer contours() const { return {contours_.cones, contours_.colors, contours_.runs, true}; }
  PieceLayer selected() const { return {selected_.cones(), selected_colors_, selected_.runs()}; }
  std::int64_t selections() const { return selections_; }  // level-of-detail choices so far

 private:
  void choose_highlights();
  void color(std::span<const DrawList::Range> ranges, std::vector<Rgba8>& colors);

  std::shared_ptr<const LodTree> tree_;
  std::vector<float> values_, means_;
  ColorTable table_ = color_map("voltage").table;
  ColorScale scale_{-80, 50, 0};
  bool colors_stale_ = true;

  // What the lists below were made for.
  std::optional<Projection> projection_;
  std::vector<Highlight> highlights_;
  float ratio_ = 1, hairline_scale_ = 1;
  Rgba8 background_;
  Theme theme_ = Theme::light;
  bool flat_ = false;

  DrawList list_, selected_;
  HighlightCones contours_;
  std::vector<Rgba8> cell_colors_, selected_colors_;
  std::int64_t selections_ = 0;
};

}  // namespace cnv
