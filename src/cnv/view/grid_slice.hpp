// Where a grid slice lies, for the plot that shows it and the surface that carries it. Pure functions; any thread.
#pragma once

#include <optional>
#include <vector>

#include "cnv/core/scene_store.hpp"
#include "cnv/core/stored_field.hpp"

namespace cnv {

struct SlicePlace {
  int axis = 0;            // of the field: the dim that is fixed
  std::int64_t index = 0;  // the nearest grid point
  friend bool operator==(const SlicePlace&, const SlicePlace&) = default;
};

// None without both state keys, for a field that has not two dims, and for one without samples along the fixed dim.
std::optional<SlicePlace> slice_place(const GridSliceOperatorSpec& op, const StoredField& field, const Dict& state);

// The operators that the panels of a surface list and that fit it, each once.
std::vector<const GridSliceOperatorSpec*> slices_over(const SurfaceViewSpec& view, const SceneStore& store);

}  // namespace cnv
