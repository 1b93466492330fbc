#include "cnv/runtime/trace_rows.hpp"

#include <algorithm>
#include <limits>

namespace cnv {

float* next_column(StoredField& field, double time_ms, std::int64_t limit, SceneStore& store) {
  if (!field.growing() || field.max_length() != limit) field.prepare_push(1, limit, store.next_revision());
  return field.push(time_ms, store.next_revision());
}

FieldReplace with_row(const StoredField& field, const Array& ids,
                      const std::function<void(std::span<const double> times, std::span<float> row)>& fill) {
  const Array old = field.values().row_major(), times = field.coord(1).astype(DType::f64);
  const std::int64_t rows = old.extent(0), samples = old.extent(1);
  std::vector<float> values(static_cast<std::size_t>((rows + 1) * samples), std::numeric_limits<float>::quiet_NaN());
  if (old.size()) std::copy_n(old.as<float>().data(), old.size(), values.data());
  fill(times.as<double>(), std::span(values).last(static_cast<std::size_t>(samples)));
  return {field.id(),
          Array::copy_of(values, {rows + 1, samples}),
          Coords{{field.dims()[0], ids}, {field.dims()[1], times}},
          {}};
}

}  // namespace cnv
