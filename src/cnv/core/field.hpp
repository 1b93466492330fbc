// Field: a dense array with a name for each axis and one coordinate vector for each axis. A value; checked by check().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cnv/base/result.hpp"
#include "cnv/core/value.hpp"

namespace cnv {

// Name of a dim → its coordinates: one-dimensional, numbers or text, as long as the axis.
using Coords = OrderedMap<Array>;

struct Field {
  std::string id;
  Array values;
  std::vector<std::string> dims;
  Coords coords;
  std::optional<std::string> unit;
  Dict attrs;

  // Position of a dim, 0 … rank − 1. Throws UnknownDimError.
  int axis_index(std::string_view dim) const;
  // Coordinates of a dim. Throws UnknownDimError.
  const Array& coord(std::string_view dim) const;
  // Throws ValueError when dims, coordinates and values do not agree.
  void check() const;
  // The same id, dims and unit with other values of the same rank. Without coords the coordinates stay; attrs are
  // merged. Throws as check().
  Field with_values(Array values, const Coords* coords = nullptr, const Dict* attrs_update = nullptr) const;
  // Longer along `dim`; only the last `max_length` (≥ 0) entries stay. `values` has the field's rank and its extents on
  // the other axes, `coord_values` one entry per new position. Throws as check() and UnknownDimError.
  Field append(std::string_view dim, const Array& values, const Array& coord_values,
               std::optional<std::int64_t> max_length = {}, const Dict* attrs_update = nullptr) const;
  // Dim → selector, one dim after the other; a dim with one position goes. Throws as resolve_indexer() and
  // UnknownDimError.
  Field select(const Dict& selectors) const;

  friend bool operator==(const Field&, const Field&) = default;
};

// Empty text, or what is wrong with these parts of a field.
std::string field_problem(std::string_view id, const Array& values, const std::vector<std::string>& dims,
                          const Coords& coords);

// What a selector means on one dim: one position (the dim goes), or positions (the dim stays).
using Indexer = std::variant<std::int64_t, std::vector<std::int64_t>>;

// Resolves a selector against the coordinate of a dim: integers are positions, floats the nearest coordinate (ties: the
// lower index; NaN: 0), text the first equal label, slices positions, lists of one of these. Throws IndexError,
// KeyError (names field, dim and label), TypeError.
Indexer resolve_indexer(std::string_view field_id, std::string_view dim, const Array& coord, const Value& selector);

// Attribute of a field whose values are all known beforehand, as those of a recording: (low, high) over all frames.
// Colours and axes that follow the data then stand still.
inline constexpr std::string_view value_range_attr = "value_range";

}  // namespace cnv
