// What is drawn of a level-of-detail tree for one camera: the chosen cones, sorted back to front, in runs of one
// style. Made per camera move, reused while the camera rests. Not shared between threads.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "cnv/draw/camera.hpp"
#include "cnv/draw/lod_tree.hpp"

namespace cnv {

// By projected radius and length; see LodOptions.
// Lines and thin pieces write no depth: their soft ends would cut their neighbours. That needs the order of the list.
enum class PieceStyle : std::uint8_t { solid, ribbon, short_piece, line, thin };
inline constexpr std::size_t piece_style_count = 5;

struct LodOptions {
  float max_length_px = 4;  // a stand-in may be as long as this, or as `max_length_radii` of its radii
  float max_length_radii = 2;
  float max_deviation_px = 0.5f;
  float solid_radius_px = 4;    // thicker: ray-cast solid
  float sprite_px = 14;         // longer: ribbon or line; limited by the largest point that GL can draw
  float thin_radius_px = 1.2f;  // thinner: line or thin, without shading
  int slabs = 32;               // depth layers inside which styles are grouped
};

struct DrawRun {
  PieceStyle style = PieceStyle::thin;
  std::int32_t first = 0;
  std::int32_t count = 0;
};

class DrawList {
 public:
  using Range = std::pair<std::int32_t, std::int32_t>;  // positions of the drawing order

  // Every piece is covered by exactly one chosen cone, or lies in a node outside the view.
  void select(const LodTree& tree, const Projection& projection, const LodOptions& options = {});
  // The pieces at the given positions of the drawing order themselves, without stand-ins (for highlights).
  void select_pieces(const LodTree& tree, std::span<const std::int32_t> positions, const Projection& projection,
                     const LodOptions& options = {});

  std::size_t size() const { return cones_.size(); }
  std::span<const Cone> cones() const { return cones_; }
  std::span<const Range> ranges() const { return ranges_; }  // what each cone stands for
  std::span<const DrawRun> runs() const { return runs_; }

 private:
  struct Entry {
    std::uint32_t key;  // far first
    std::int32_t node;
  };
  void clear();
  void sort_entries(std::vector<Entry>& entries);
  void gather(const LodTree& tree, int slabs);

  std::array<std::vector<Entry>, piece_style_count> entries_;  // by style
  std::vector<Entry> spare_;
  std::vector<Cone> cones_;
  std::vector<Range> ranges_;
  std::vector<DrawRun> runs_;
};

}  // namespace cnv
