// Draws pieces coloured by values into memory, without OpenGL: what MorphologyRenderer shows, made for processors.
// While the camera rests it remembers which pixels each piece covers, and new values only colour them. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cnv/draw/morphology_layers.hpp"
#include "cnv/draw/piece_raster.hpp"
#include "cnv/draw/pixel_buffer.hpp"

namespace cnv {

class MorphologyPainter {
 public:
  // Remembers at most so many pixels of pieces, 8 bytes each.
  explicit MorphologyPainter(std::size_t most_remembered = 12'000'000) : most_remembered_(most_remembered) {}

  // Values are forgotten.
  void set_tree(std::shared_ptr<const LodTree> tree);
  const std::shared_ptr<const LodTree>& tree() const { return layers_.tree(); }
  // Copied. Empty: base colours of the entities, or grey without them.
  void set_values(std::span<const float> values) { layers_.set_values(values); }
  void set_color_map(const ColorTable& table, ColorScale scale) { layers_.set_color_map(table, scale); }

  // Fills the target, whose size is the frame's, and draws.
  void draw(const MorphologyFrame& frame, const PixelBuffer& target);

  const MorphologyCounters& counters() const { return counters_; }

 private:
  static constexpr std::size_t layer_count = 3;
  std::array<PieceLayer, layer_count> all_layers() const {
    return {layers_.cell(), layers_.contours(), layers_.selected()};
  }
  void draw_anew(const PixelBuffer& target, bool remember);
  void draw_remembered(const PixelBuffer& target);
  void color_run(const DrawRun& run, const PieceLayer& layer, const std::uint32_t* ends, const PixelBuffer& target);
  void drop_covered();
  bool make_room();  // false: this picture is too rich to be remembered
  void forget();

  std::size_t most_remembered_;
  MorphologyLayers layers_;
  PieceRaster raster_;
  FragmentList fragments_;
  std::vector<std::uint32_t> ends_;  // of the fragments of each cone, layer after layer; in front of them a 0
  bool drawn_ = false;               // since the camera, the size or the highlights changed
  bool remembered_ = false;          // fragments_ holds the whole picture
  bool too_many_ = false;            // to remember, with this camera
  MorphologyCounters counters_;
};

}  // namespace cnv
