// The shapes that views draw: a morphology of cylinders (entities, with finer pieces for drawing) and a grid.
#pragma once

#include <memory>
#include <variant>

#include "cnv/core/one_of.hpp"
#include "cnv/core/value.hpp"

namespace cnv {

// Entities cut at compartment borders: what is drawn. `entity` and `compartment` index the geometry's entities and the
// values of the view's detail field; `parent` is the piece that this one continues, or -1.
struct PieceTable {
  Array start;         // (m, 3) float32, µm
  Array end;           // (m, 3) float32, µm
  Array start_radius;  // (m,) float32, µm
  Array end_radius;    // (m,) float32, µm
  Array entity;        // (m,) int32
  Array compartment;   // (m,) int32
  Array section;       // (m,) int32; pieces of one section share it
  Array parent;        // (m,) int32
  friend bool operator==(const PieceTable&, const PieceTable&) = default;
};

// One entity (also called segment) for each cylinder: the id that a click names, a row of the display field.
struct MorphologyGeometry {
  std::string id = "morphology";
  Array positions;                                                // (n, 3) float32, µm: centres
  Array orientations;                                             // (n, 3, 3) float32: turns local +z into the axis
  Array radii;                                                    // (n,) float32, µm
  Array lengths;                                                  // (n,) float32, µm
  Array entity_ids;                                               // (n,) text
  Array section_names;                                            // (n,) text
  Array xlocs;                                                    // (n,) float32, 0…1
  std::optional<Array> colors;                                    // (n, 4) float32 RGBA 0…1
  Array labels = Array::strings(std::span<const std::string>{});  // (n,) text, or none: then the ids
  Dict metadata;
  std::optional<PieceTable> pieces;

  // Number of entities.
  std::int64_t size() const { return entity_ids.size(); }
  // Index of the first entity with this id, or -1.
  std::int64_t find_entity(std::string_view entity_id) const;
  // index, entity_id, section_name, xloc, label. Throws KeyError.
  Dict entity_info(std::string_view entity_id) const;
  // The same by index, 0 … size() − 1.
  Dict entity_info_at(std::int64_t index) const;
  // Its own label, or its id.
  std::string label_at(std::int64_t index) const;
  // How people name the entity: its own label if it has one, else "section(x)" with at most four decimals of this x.
  std::string place_at(std::int64_t index, double x) const;
  // Throws ValueError when a shape or count does not match, or an index of a piece is out of range.
  void check() const;
  friend bool operator==(const MorphologyGeometry&, const MorphologyGeometry&) = default;
};

// A rectangular grid: dims are (rows = y, columns = x).
struct GridGeometry {
  std::string id;
  std::vector<std::string> dims;
  OrderedMap<Array> coords;
  Dict metadata;

  // Throws ValueError unless there are exactly two dims, each with one-dimensional coordinates.
  void check() const;
  friend bool operator==(const GridGeometry&, const GridGeometry&) = default;
};

// Any of the two shapes.
using AnyGeometry = OneOf<MorphologyGeometry, GridGeometry>;
// Scenes share geometries: they are large and never change.
using GeometryPtr = std::shared_ptr<const AnyGeometry>;

}  // namespace cnv
