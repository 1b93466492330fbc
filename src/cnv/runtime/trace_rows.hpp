// Rows of traces: a field (entity, time) in the store that gets one value per row at each step, and further rows. Used
// by SampledSession for the history and by VariableTraces; owner thread only.
#pragma once

#include <functional>
#include <span>

#include "cnv/core/scene_store.hpp"

namespace cnv {

// Room for the values of all rows at a further time; `limit` times are kept. Null while the field cannot grow.
float* next_column(StoredField& field, double time_ms, std::int64_t limit, SceneStore& store);

// The field with one more row, for the last of `ids`. `fill` writes what is known of it: it holds NaN.
FieldReplace with_row(const StoredField& field, const Array& ids,
                      const std::function<void(std::span<const double> times, std::span<float> row)>& fill);

}  // namespace cnv
