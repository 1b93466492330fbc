// Morphology geometry → drawn pieces, and the match of a field's values to entities. Pure functions, used by
// MorphologyView; any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cnv/base/result.hpp"
#include "cnv/core/geometry.hpp"
#include "cnv/core/stored_field.hpp"
#include "cnv/draw/pieces.hpp"

namespace cnv {

// What a piece's value index counts.
enum class ValueIndex : std::uint8_t { entity, compartment };

// The geometry's pieces, or one straight cylinder per entity when it has none (then value indices are entities whatever
// is asked). Sections without a table are numbered by their names, in order of appearance. The error names the
// geometry.
Result<std::shared_ptr<const Pieces>> make_pieces(const MorphologyGeometry& geometry, ValueIndex index);

// Place of each piece along its section: x at its start and at its end. From the lengths of the section's pieces, in
// the order of their entities' x; a piece whose entity does not lie there (a section drawn in part) has the entity's x
// at both.
struct PiecePlace {
  float x_start = 0, x_end = 0;
};
std::vector<PiecePlace> piece_places(const MorphologyGeometry& geometry, const Pieces& pieces);

// Half-way along the pieces of each entity, um; of one without pieces its position in the geometry. A neurite may be
// bent: the mean of its ends lies beside it.
std::vector<glm::vec3> entity_middles(const MorphologyGeometry& geometry, const Pieces& pieces);

// Which row of a field belongs to each entity.
struct EntityRows {
  bool by_position = true;         // row i belongs to entity i
  std::vector<std::int32_t> rows;  // otherwise: row of each entity, -1 where the field has none
};

// By label when any label of the coordinate is an entity id, else by position.
EntityRows match_entities(const MorphologyGeometry& geometry, const Array& entity_coord);

// Axis along which a field has one row per entity: `entity_dim`, or the only one left beside `sample_dim`; -1: none.
int rows_axis(const StoredField& field, std::string_view entity_dim, std::string_view sample_dim);

// The newest values along `entity_dim`, one float per row of the field: dim `sample_dim` (empty: none) is reduced to
// its last sample. A field with a single dim left is taken whatever the dim is called. The error says what does not
// fit.
struct FieldRows {
  Array values;   // (rows,) float32; shares the field's memory where it can
  int axis = -1;  // of the field that the rows follow
};
Result<FieldRows> newest_rows(const StoredField& field, std::string_view entity_dim, std::string_view sample_dim);

}  // namespace cnv
