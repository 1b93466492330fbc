// TreeShelf: the drawn form of geometries, made once for all views that show them. Used by SceneModel and
// MorphologyView; GUI thread only.
#pragma once

#include <memory>
#include <vector>

#include "cnv/draw/lod_tree.hpp"
#include "cnv/view/morphology_pieces.hpp"

namespace cnv {

// Immutable.
struct DrawnGeometry {
  std::shared_ptr<const LodTree> tree;        // null: the geometry has no pieces
  std::vector<std::int32_t> piece_of_entity;  // first piece of each entity, -1: none
  std::vector<glm::vec3> middle_of_entity;    // entity_middles()
  std::vector<PiecePlace> places;             // of each piece
};

// The error names the geometry.
Result<std::shared_ptr<const DrawnGeometry>> make_drawn(const MorphologyGeometry& geometry, ValueIndex index);

class TreeShelf {
 public:
  // `geometry` holds a MorphologyGeometry. What no view holds any more is forgotten.
  Result<std::shared_ptr<const DrawnGeometry>> find_or_make(const GeometryPtr& geometry, ValueIndex index);

 private:
  struct Entry {
    std::weak_ptr<const AnyGeometry> geometry;
    ValueIndex index;
    std::weak_ptr<const DrawnGeometry> drawn;
  };
  std::vector<Entry> entries_;
};

}  // namespace cnv
