// Level-of-detail tree over pieces: long chains of pieces, and over each chain a binary tree of stand-in cones; above
// the chains nodes that only enclose. Built once per geometry, shared by drawing and picking. Immutable; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "cnv/draw/pieces.hpp"

namespace cnv {

// Pieces in drawing order: chain after chain, the heaviest child continuing its parent's chain.
struct Chains {
  std::vector<std::int32_t> order;  // n rows: piece at each position
  std::vector<std::int32_t> first;  // positions where chains begin, and n as the last entry
};

// `parents`: n rows as in Pieces::parent. A piece that does not touch its parent's end begins a chain of its own.
Chains make_chains(std::span<const Cone> cones, std::span<const std::int32_t> parents);

// What culling and choosing need of a stand-in for a range of pieces. Small, because memory speed decides.
struct LodNode {
  glm::vec3 center{0};    // of the bounding sphere
  float radius = 0;       // of the bounding sphere, um
  float length = 0;       // along the path, um
  float deviation = 0;    // farthest that the range's shape lies from the stand-in, um; infinite above the chains
  float thickness = 0;    // larger radius of the stand-in, um
  std::int32_t skip = 0;  // next node when this one is taken or left out
};

// What is drawn in place of the pieces at positions [first, last) of the drawing order.
struct StandIn {
  Cone cone;  // one piece: as drawn; else the end points of the range with its length-weighted mean radius; above the
              // chains nothing
  std::int32_t first = 0;
  std::int32_t last = 0;
};

class LodTree {
 public:
  // Pieces without parents are joined by equal end points. The pieces must pass check().
  explicit LodTree(std::shared_ptr<const Pieces> pieces);

  const Pieces& pieces() const { return *pieces_; }
  std::shared_ptr<const Pieces> shared_pieces() const { return pieces_; }
  const Bounds& bounds() const { return bounds_; }           // of the drawn cones
  std::span<const LodNode> nodes() const { return nodes_; }  // preorder: children follow their parent
  const StandIn& stand_in(std::size_t node) const { return stand_ins_[node]; }
  bool is_leaf(std::size_t node) const { return nodes_[node].skip == static_cast<std::int32_t>(node) + 1; }
  std::span<const std::int32_t> order() const { return order_; }  // piece at each position
  std::span<const Cone> cones() const { return cones_; }          // of each piece, as drawn
  const Cone& cone(std::int32_t piece) const { return cones_[static_cast<std::size_t>(piece)]; }

  // Mean over each node range of the pieces' values, NaN left out; NaN where nothing is left. Values with an
  // index outside `values` count as NaN.
  void means(std::span<const std::pair<std::int32_t, std::int32_t>> ranges, std::span<const float> values,
             std::vector<float>& out) const;

  // Positions in the drawing order of the pieces of one section or of one entity (index as in the columns).
  std::vector<std::int32_t> positions_of_section(std::int32_t section) const;
  std::vector<std::int32_t> positions_of_entity(std::int32_t entity) const;
  // The node that is the piece at a position.
  std::int32_t leaf(std::int32_t position) const { return leaf_at_[static_cast<std::size_t>(position)]; }

 private:
  std::shared_ptr<const Pieces> pieces_;
  Bounds bounds_;
  std::vector<Cone> cones_;
  std::vector<LodNode> nodes_;
  std::vector<StandIn> stand_ins_;  // of each node
  std::vector<std::int32_t> order_;
  std::vector<std::int32_t> leaf_at_;   // node of each position
  std::vector<std::int32_t> value_at_;  // value index at each position
  std::int32_t largest_value_ = -1;
  bool all_have_values_ = true;
};

}  // namespace cnv
