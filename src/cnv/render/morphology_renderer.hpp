// Draws pieces coloured by values with OpenGL (3.3 core or ES 3.0) into the current framebuffer. Owns its GL
// objects; the context it was made in must be current in every call, also in the destructor.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <glm/vec2.hpp>

#include "cnv/base/result.hpp"
#include "cnv/draw/camera.hpp"
#include "cnv/draw/color_map.hpp"
#include "cnv/draw/lod_tree.hpp"

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
  glm::ivec2 size_px{1};         // device pixels; the viewport is (0, 0, size)
  float device_pixel_ratio = 1;  // widths of contours and hairlines follow it
  Rgba8 background{255, 255, 255, 255};
  Theme theme = Theme::light;
  std::vector<Highlight> highlights;
};

// What the last draw() did; uploaded_bytes counts geometry and colours.
struct MorphologyCounters {
  std::int64_t draw_calls = 0;
  std::int64_t uploaded_bytes = 0;
  std::int64_t visible_pieces = 0;  // drawn cones, stand-ins counted once
  std::int64_t selections = 0;      // level-of-detail choices since the renderer was made
};

class MorphologyRenderer {
 public:
  // Compiles the shaders; the error holds GL's log.
  static Result<std::unique_ptr<MorphologyRenderer>> create();
  ~MorphologyRenderer();
  MorphologyRenderer(const MorphologyRenderer&) = delete;
  MorphologyRenderer& operator=(const MorphologyRenderer&) = delete;

  // Builds the tree; pieces must pass check(). Values are forgotten.
  void set_pieces(std::shared_ptr<const Pieces> pieces);
  // The same with a tree that is shared, for instance with picking.
  void set_tree(std::shared_ptr<const LodTree> tree);
  std::shared_ptr<const LodTree> tree() const;

  // Copied. Empty: base colours of the entities, or grey without them.
  void set_values(std::span<const float> values);
  void set_color_map(const ColorTable& table, ColorScale scale);

  // Clears colour and depth, then draws. Leaves blending, depth test and bindings in GL's initial state.
  void draw(const MorphologyFrame& frame);

  const MorphologyCounters& counters() const;

 private:
  struct Impl;
  explicit MorphologyRenderer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cnv
