#include "cnv/view/trace_data.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cnv {
namespace {

constexpr std::size_t most_sweeps = 4096;  // beyond, a fall of x is part of a curve

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

// Collects x as float64.
struct Numbers {
  std::vector<double>& out;
  template <class T>
  void append(const T* from, std::size_t count, std::ptrdiff_t stride = 1) {
    for (std::size_t i = 0; i < count; ++i)
      out.push_back(static_cast<double>(from[static_cast<std::ptrdiff_t>(i) * stride]));
  }
};

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
  source_ = {};
  forget_series();
}

void TraceData::forget_series() {
  ++generation_;
  indices_.clear();
  sweeps_.clear();
  sweeps_.emplace_back();
}

TraceData::Sweep TraceData::Sweep::begun_at(SampleNumber first) const {
  Sweep out{.axis = SampleAxis(first), .series = {}};
  for (const Pyramid& y : series) out.series.emplace_back(y.precision(), first);
  return out;
}

void TraceData::Sweep::trim(SampleNumber first) {
  axis.trim(first);
  for (Pyramid& y : series) y.trim(first);
}

// The series stay; the next sample gets number `first`.
void TraceData::start_over(SampleNumber first) {
  Sweep begun = newest().begun_at(first);
  sweeps_.clear();
  sweeps_.push_back(std::move(begun));
}

double TraceData::x_low() const {
  double low = axis().monotone() && !axis().empty() ? axis().first() : newest().x_low;
  for (const Sweep& sweep : earlier()) low = std::min(low, sweep.x_low);
  return low;
}

double TraceData::x_high() const {
  double high = axis().monotone() && !axis().empty() ? axis().last() : newest().x_high;
  for (const Sweep& sweep : earlier()) high = std::max(high, sweep.x_high);
  return high;
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
    start_over(keeps_numbers ? first_sample(field) : 0);
  }
  if (!keeps_numbers) {
    if (same_source && has_series(selection)) return;
    forget_series();
    match_series(selection);
    read_snapshot(selection);
    return trim(kept_width);
  }
  append_x(field, x_axis);
  trim(kept_width);
  match_series(selection);
  for (Sweep& sweep : sweeps_)
    for (std::size_t i = 0; i < indices_.size(); ++i) append_y(sweep.series[i], sweep.axis, indices_[i], field, x_axis);
}

void TraceData::trim(const std::optional<double>& kept_width) {
  Sweep& sweep = sweeps_.back();
  if (!kept_width || sweep.axis.empty() || !sweep.axis.monotone()) return;
  const SampleNumber first = sweep.axis.lower_bound(sweep.axis.last() - *kept_width);
  sweep.trim(first > sweep.axis.begin() ? first - 1 : first);
}

bool TraceData::has_series(const SeriesSelection& selection) const {
  return std::ranges::equal(indices_, selection.series, {}, {}, &SelectedSeries::index);
}

// What a sweep holds of a series that stays selected is not read again.
void TraceData::match_series(const SeriesSelection& selection) {
  if (has_series(selection)) return;
  ++generation_;
  const auto precision = precision_of(selection.field->dtype());
  std::vector<std::vector<Pyramid>> kept(sweeps_.size());
  std::vector<std::vector<std::int64_t>> indices;
  for (const auto& wanted : selection.series) {
    const auto known = std::ranges::find(indices_, wanted.index);
    for (std::size_t k = 0; k < sweeps_.size(); ++k) {
      if (known == indices_.end()) kept[k].emplace_back(precision, sweeps_[k].axis.begin());
      else kept[k].push_back(std::move(sweeps_[k].series[static_cast<std::size_t>(known - indices_.begin())]));
    }
    if (known != indices_.end()) *known = {-1};  // taken
    indices.push_back(wanted.index);
  }
  indices_ = std::move(indices);
  for (std::size_t k = 0; k < sweeps_.size(); ++k) sweeps_[k].series = std::move(kept[k]);
}

void TraceData::trim_front(SampleNumber first) {
  const auto is_kept = [&](const Sweep& sweep) { return sweep.axis.end() > first; };
  sweeps_.erase(sweeps_.begin(), std::find_if(sweeps_.begin(), sweeps_.end() - 1, is_kept));
  for (Sweep& sweep : sweeps_) sweep.trim(first);
}

void TraceData::append_x(const StoredField& field, int x_axis) {
  const SampleNumber begin = first_sample(field), end = end_sample(field, x_axis);
  if (axis().end() < begin) start_over(begin);  // more was appended than is kept
  trim_front(begin);
  const SampleNumber from = axis().end();
  if (from >= end) return;
  std::vector<double> x;
  x.reserve(static_cast<std::size_t>(end - from));
  Numbers numbers{x};
  if (const Ring* ring = grows_along(field, x_axis) ? field.coord_ring() : nullptr) {
    ring->for_each_run(from, end, [&](const std::byte* first, std::size_t count) {
      append_typed(numbers, field.coord_dtype(x_axis), first, 0, count, 1);
    });
  } else if (const Array coord = grows_along(field, x_axis) ? Array() : field.coord(x_axis);
             coord.size() > 0 && !coord.is_string()) {
    append_typed(numbers, coord.dtype(), coord.data(), static_cast<std::int64_t>(from),
                 static_cast<std::size_t>(end - from), 1);
  } else {  // x without numbers: the sample number
    for (auto i = from; i < end; ++i) x.push_back(static_cast<double>(i));
  }
  samples_read_ += end - from;
  take_x(x, fall_of(field, x_axis));
}

// A closed curve that was given as a whole, and a phase plot that turns back smoothly, are no sweeps.
TraceData::Fall TraceData::fall_of(const StoredField& field, int x_axis) {
  if (field.dims()[static_cast<std::size_t>(x_axis)] == "time") return Fall::sweep;
  return field.growing() ? Fall::jump : Fall::nothing;
}

// `samples`: of the sweep so far.
bool TraceData::begins_sweep(double x, double before, std::size_t samples, Fall fall) const {
  const double low = newest().x_low, back = before - x, span = newest().x_high - low;
  if (fall == Fall::nothing || newest().turned_back || !(back > 0) || samples < 2 || earlier().size() >= most_sweeps)
    return false;
  return fall == Fall::sweep || (x <= low + 1e-9 * span && back >= 0.5 * span);
}

void TraceData::take_x(std::span<const double> x, Fall fall) {
  std::size_t taken = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i])) continue;
    const std::size_t samples = static_cast<std::size_t>(axis().end() - axis().begin()) + i - taken;
    const double before = i > taken ? x[i - 1] : axis().empty() ? x[i] : axis().last();
    if (begins_sweep(x[i], before, samples, fall)) {
      sweeps_.back().axis.append(x.data() + taken, i - taken);
      taken = i;
      sweeps_.push_back(newest().begun_at(axis().end()));
    } else if (before > x[i]) {
      sweeps_.back().turned_back = true;
    }
    Sweep& sweep = sweeps_.back();
    sweep.x_low = std::min(sweep.x_low, x[i]);
    sweep.x_high = std::max(sweep.x_high, x[i]);
  }
  sweeps_.back().axis.append(x.data() + taken, x.size() - taken);
}

void TraceData::append_y(Pyramid& y, const SampleAxis& axis, const std::vector<std::int64_t>& index,
                         const StoredField& field, int x_axis) {
  const SampleNumber begin = axis.begin(), end = axis.end();
  if (y.end() < begin) y.reset(begin);
  y.trim(begin);
  const SampleNumber from = y.end();
  if (from >= end) return;
  if (grows_along(field, x_axis)) {
    const auto strides = strides_of(field.shape(), x_axis);
    const auto offset = offset_of(strides, index), stride = strides[static_cast<std::size_t>(x_axis)];
    field.ring()->for_each_run(from, end, [&](const std::byte* first, std::size_t count) {
      append_typed(y, field.dtype(), first, offset, count, stride);
    });
  } else {
    const Array values = field.values();
    const auto strides = strides_of(values.shape(), values.outer_axis());
    const auto stride = strides[static_cast<std::size_t>(x_axis)];
    append_typed(y, values.dtype(), values.data(), offset_of(strides, index) + static_cast<std::int64_t>(from) * stride,
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
  std::vector<double> x;
  for (std::int64_t i = 0; i < count; ++i)
    x.push_back(coord.is_string() ? static_cast<double>(position(i)) : coord.number_at(position(i)));
  take_x(x, fall_of(field, selection.x_axis));
  const auto fill = [&](Pyramid& y, const SampleAxis& axis, const std::vector<std::int64_t>& index) {
    const auto offset = offset_of(strides, index);
    for (auto n = axis.begin(); n < axis.end(); ++n)
      append_typed(y, values.dtype(), values.data(), offset + position(static_cast<std::int64_t>(n)) * along_x, 1, 1);
  };
  for (Sweep& sweep : sweeps_)
    for (std::size_t i = 0; i < indices_.size(); ++i) fill(sweep.series[i], sweep.axis, indices_[i]);
  samples_read_ += static_cast<std::uint64_t>(count) * (indices_.size() + 1);
}

std::size_t TraceData::memory_bytes() const {
  std::size_t bytes = 0;
  for (const auto& sweep : sweeps_) {
    bytes += sweep.axis.memory_bytes();
    for (const auto& y : sweep.series) bytes += y.memory_bytes();
  }
  return bytes;
}

}  // namespace cnv
