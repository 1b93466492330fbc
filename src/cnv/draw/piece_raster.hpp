// The fragments of drawn cones: which pixels each covers, how much, and under what light, but without colours. The same
// styles, widths, light and depths as the shaders of `render`. Used by MorphologyPainter; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/draw_list.hpp"
#include "cnv/draw/morphology_layers.hpp"
#include "cnv/draw/piece_kernels.hpp"

namespace cnv {

// A pixel gets min(255, color * light / light_unit), as much as `coverage` says.
struct Fragment {
  std::uint32_t pixel = 0;    // row * width + column, row 0 on top
  std::uint16_t light = 0;    // light_unit: the plain colour
  std::uint8_t coverage = 0;  // 255: all of the pixel
};

// A growing array that does not fill what it adds.
class FragmentList {
 public:
  // Room for so many behind the last one.
  Fragment* room(std::size_t count) {
    if (size_ + count > capacity_) grow(size_ + count);
    return data_.get() + size_;
  }
  void add(std::size_t count) { size_ += count; }
  std::size_t size() const { return size_; }
  Fragment* data() { return data_.get(); }
  const Fragment* data() const { return data_.get(); }
  void cut(std::size_t size) { size_ = size; }  // keeps the first ones
  void shrink_to_fit();

 private:
  void grow(std::size_t needed);
  std::unique_ptr<Fragment[]> data_;
  std::size_t size_ = 0, capacity_ = 0;
};

class PieceRaster {
 public:
  // `relief`: how strong the light is, see light.hpp.
  void begin(const Projection& projection, Hairline line, float relief);
  // What comes later is tested against nothing that came before.
  void clear_depth() { depth_in_use_ = false; }

  // Appends the fragments of each cone of a run, in order, that nothing so far hides, and one entry to `ends` for each
  // cone: the size of `out` behind it. What is flat hides nothing and is hidden by nothing. Stops behind the cone that
  // makes `out` longer than `enough`; returns the number of cones.
  std::int32_t add(const DrawRun& run, const PieceLayer& layer, std::size_t enough, FragmentList& out,
                   std::vector<std::uint32_t>& ends);

 private:
  struct Rows;
  bool rows_of(glm::vec2 middle, glm::vec2 along, glm::vec2 reach, glm::vec2 half_box, Rows& out) const;
  bool columns_of(const Rows& rows, float y, int& first, int& last) const;
  float y_of(int row) const { return 0.5f * static_cast<float>(height_) - static_cast<float>(row) - 0.5f; }
  float x_of(int column) const { return static_cast<float>(column) + 0.5f - 0.5f * static_cast<float>(width_); }

  void thin(const Cone& cone, bool sprite, bool flat, FragmentList& out);
  void rod(const Cone& cone, bool flat, FragmentList& out);
  void solid(const Cone& cone, bool flat, FragmentList& out);
  template <class Shape>
  void blocks(const Rows& rows, bool flat, FragmentList& out, void (*kernel)(const Shape&, float, float, PixelBlock&),
              const Shape& shape);

  Projection projection_;
  Hairline line_;
  float relief_ = 0;
  int width_ = 0, height_ = 0;
  std::vector<float> depth_;  // um in front of the eye; meaningless while not in use
  bool depth_in_use_ = false;
};

}  // namespace cnv
