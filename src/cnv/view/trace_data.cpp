#include "cnv/view/trace_data.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cnv {
namespace {

constexpr double nothing_low = std::numeric_limits<double>::infinity(),
                 nothing_high = -std::numeric_limits<double>::infinity();

// Elements from one position to the next along each axis, in memory where `outer` varies slowest and the others follow
// in order. The outer axis' own step is the size of a slice.
std::vector<std::int64_t> strides_of(const Shape& shape, int outer) {
  std::vector<std::int64_t> out(shape.size(), 0);
  std::int64_t step = 1;
  for (int axis = static_cast<int>(shape.size()) - 1; axis >= 0; --axis) {
    if (axis == outer) continue;
    out[static_cast<std::size_t>(axis)] = step;
    step *= shape[static_cast<std::size_t>(axis)];
  }
  out[static_cast<std::size_t>(outer)] = step;
  return out;
}

// Element offset of a series within the array, or within a slice of a growing field (position 0 along x).
std::int64_t offset_of(const std::vector<std::int64_t>& strides, const std::vector<std::int64_t>& index) {
  std::int64_t offset = 0;
  for (std::size_t axis = 0; axis < index.size(); ++axis) offset += strides[axis] * index[axis];
  return offset;
}

// Feeds typed memory to something that takes floats or doubles; other types are converted in pieces.
template <class Target>
void append_typed(Target& target, DType dtype, const void* first, std::int64_t offset, std::size_t count,
                  std::int64_t stride) {
  visit_dtype(dtype, [&](auto zero) {
    using T = decltype(zero);
    const T* from = static_cast<const T*>(first) + offset;
    if constexpr (std::is_floating_point_v<T>) {
      target.append(from, count, static_cast<std::ptrdiff_t>(stride));
    } else {
      std::vector<double> converted(count);
      for (std::size_t i = 0; i < count; ++i)
        converted[i] = static_cast<double>(from[static_cast<std::int64_t>(i) * stride]);
      target.append(converted.data(), count);
    }
  });
}

// x without numbers: the sample number.
void append_numbers(SampleAxis& axis, SampleNumber from, SampleNumber to) {
  for (auto i = from; i < to; ++i) {
    const auto x = static_cast<double>(i);
    axis.append(&x, 1);
  }
}

bool grows_along(const StoredField& field, int axis) { return field.growing() && field.append_axis() == axis; }
SampleNumber first_sample(const StoredField& field) { return field.begin_sample(); }
SampleNumber end_sample(const StoredField& field, int x_axis) {
  return field.growing() ? field.end_sample() : static_cast<SampleNumber>(field.extent(x_axis));
}

Pyramid::Precision precision_of(DType dtype) {
  return dtype == DType::f64 || dtype == DType::i64 || dtype == DType::u64 || dtype == DType::i32 || dtype == DType::u32
             ? Pyramid::Precision::f64
             : Pyramid::Precision::f32;
}

}  // namespace

void TraceData::clear() {
  ++generation_;
  source_ = {};
  axis_.reset();
  series_.clear();
  forget_run();
}

void TraceData::forget_run() {
  run_low_ = nothing_low;
  run_high_ = nothing_high;
  turned_back_ = false;
}

void TraceData::sync(const SeriesSelection& selection, std::optional<double> kept_width) {
  if (!selection.field || selection.x_axis < 0) return clear();
  const StoredField& field = *selection.field;
  const int x_axis = selection.x_axis;
  // While a field does not grow, or grows along x, its samples keep their numbers until it is replaced.
  const bool keeps_numbers = !selection.some_x && (!field.growing() || grows_along(field, x_axis));
  Source now{&field,
             field.replaced_revision(),
             field.coord_revision(x_axis),
             keeps_numbers ? 0 : field.changed_revision(),
             x_axis,
             selection.x_positions,
             field.dtype(),
             kept_width};
  const bool same_source = now == source_;
  if (!same_source) {
    clear();
    source_ = std::move(now);
    axis_.reset(keeps_numbers ? first_sample(field) : 0);
  }
  if (!keeps_numbers) {
    if (same_source && has_series(selection)) return;
    ++generation_;
    axis_.reset();
    series_.clear();
    match_series(selection, 0);
    read_snapshot(selection);
    return trim(kept_width);
  }
  append_x(field, x_axis);
  trim(kept_width);
  match_series(selection, axis_.begin());
  for (auto& series : series_) append_y(series, field, x_axis);
}

void TraceData::trim(const std::optional<double>& kept_width) {
  if (!kept_width || axis_.empty() || !axis_.monotone()) return;
  const SampleNumber first = axis_.lower_bound(axis_.last() - *kept_width);
  axis_.trim(first > axis_.begin() ? first - 1 : first);
  for (auto& series : series_) series.y.trim(axis_.begin());
}

bool TraceData::has_series(const SeriesSelection& selection) const {
  return std::equal(series_.begin(), series_.end(), selection.series.begin(), selection.series.end(),
                    [](const Series& mine, const SelectedSeries& wanted) { return mine.index == wanted.index; });
}

void TraceData::match_series(const SeriesSelection& selection, SampleNumber first) {
  if (has_series(selection)) return;
  ++generation_;
  std::vector<Series> kept;
  for (const auto& wanted : selection.series) {
    const auto found =
        std::find_if(series_.begin(), series_.end(), [&](const Series& s) { return s.index == wanted.index; });
    if (found != series_.end()) {
      kept.push_back(std::move(*found));
      found->index = {-1};  // taken
    } else {
      kept.push_back({wanted.index, Pyramid(precision_of(selection.field->dtype()), first)});
    }
  }
  series_ = std::move(kept);
}

void TraceData::append_x(const StoredField& field, int x_axis) {
  const SampleNumber begin = first_sample(field), end = end_sample(field, x_axis);
  if (axis_.end() < begin) {  // more was appended than is kept
    axis_.reset(begin);
    forget_run();
  }
  axis_.trim(begin);
  const SampleNumber from = axis_.end();
  if (from >= end) return;
  if (const Ring* ring = grows_along(field, x_axis) ? field.coord_ring() : nullptr) {
    ring->for_each_run(from, end, [&](const std::byte* first, std::size_t count) {
      append_typed(axis_, field.coord_dtype(x_axis), first, 0, count, 1);
    });
  } else if (const Array coord = grows_along(field, x_axis) ? Array() : field.coord(x_axis);
             coord.size() > 0 && !coord.is_string()) {
    append_typed(axis_, coord.dtype(), coord.data(), static_cast<std::int64_t>(from),
                 static_cast<std::size_t>(end - from), 1);
  } else {
    append_numbers(axis_, from, end);
  }
  samples_read_ += end - from;
  notice_reset(from, field.growing() || field.dims()[static_cast<std::size_t>(x_axis)] == "time");
}

// A jump back over at least half of what was seen, to where it began or before, after x had only grown: the model
// started again. A closed curve that was given as a whole, and a phase plot that turns back smoothly, are no resets.
void TraceData::notice_reset(SampleNumber from, bool may_reset) {
  for (SampleNumber i = from; i < axis_.end(); ++i) {
    const double x = axis_[i];
    if (!std::isfinite(x)) continue;
    const double back = run_low_ <= run_high_ && i > axis_.begin() ? axis_[i - 1] - x : 0;
    const double span = run_high_ - run_low_;
    if (may_reset && !turned_back_ && back > 0 && span > 0 && x <= run_low_ + 1e-9 * span && back >= 0.5 * span) {
      axis_.trim(i);
      run_low_ = run_high_ = x;
    } else if (back > 0) {
      turned_back_ = true;
    }
    run_low_ = std::min(run_low_, x);
    run_high_ = std::max(run_high_, x);
  }
}

void TraceData::append_y(Series& series, const StoredField& field, int x_axis) {
  Pyramid& y = series.y;
  const SampleNumber begin = axis_.begin(), end = axis_.end();
  if (y.end() < begin) y.reset(begin);
  y.trim(begin);
  const SampleNumber from = y.end();
  if (from >= end) return;
  if (grows_along(field, x_axis)) {
    const auto strides = strides_of(field.shape(), x_axis);
    const auto offset = offset_of(strides, series.index), stride = strides[static_cast<std::size_t>(x_axis)];
    field.ring()->for_each_run(from, end, [&](const std::byte* first, std::size_t count) {
      append_typed(y, field.dtype(), first, offset, count, stride);
    });
  } else {
    const Array values = field.values();
    const auto strides = strides_of(values.shape(), values.outer_axis());
    const auto stride = strides[static_cast<std::size_t>(x_axis)];
    append_typed(y, values.dtype(), values.data(),
                 offset_of(strides, series.index) + static_cast<std::int64_t>(from) * stride,
                 static_cast<std::size_t>(end - from), stride);
  }
  samples_read_ += end - from;
}

// A part of the x axis, or a field that grows along another dim: everything selected is read.
void TraceData::read_snapshot(const SeriesSelection& selection) {
  const StoredField& field = *selection.field;
  const Array values = field.values(), coord = field.coord(selection.x_axis);
  const auto strides = strides_of(values.shape(), values.outer_axis());
  const auto along_x = strides[static_cast<std::size_t>(selection.x_axis)];
  const auto count =
      selection.some_x ? static_cast<std::int64_t>(selection.x_positions.size()) : field.extent(selection.x_axis);
  const auto position = [&](std::int64_t i) {
    return selection.some_x ? selection.x_positions[static_cast<std::size_t>(i)] : i;
  };
  forget_run();
  for (std::int64_t i = 0; i < count; ++i) {
    const double x = coord.is_string() ? static_cast<double>(position(i)) : coord.number_at(position(i));
    axis_.append(&x, 1);
    if (!std::isfinite(x)) continue;
    run_low_ = std::min(run_low_, x);
    run_high_ = std::max(run_high_, x);
  }
  for (auto& series : series_) {
    const auto offset = offset_of(strides, series.index);
    for (std::int64_t i = 0; i < count; ++i)
      append_typed(series.y, values.dtype(), values.data(), offset + position(i) * along_x, 1, 1);
  }
  samples_read_ += static_cast<std::uint64_t>(count) * (series_.size() + 1);
}

std::size_t TraceData::memory_bytes() const {
  std::size_t bytes = axis_.memory_bytes();
  for (const auto& series : series_) bytes += series.y.memory_bytes();
  return bytes;
}

}  // namespace cnv
