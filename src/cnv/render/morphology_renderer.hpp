// Draws pieces coloured by values with OpenGL (3.3 core or ES 3.0) into the current framebuffer. Owns its GL
// objects; the context it was made in must be current in every call, also in the destructor.
#pragma once

#include <memory>
#include <span>

#include "cnv/base/result.hpp"
#include "cnv/draw/morphology_layers.hpp"

namespace cnv {

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
