#include "cnv/draw/pyramid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cnv {
namespace {

constexpr SampleNumber fold = SampleNumber{1} << Pyramid::fold_shift;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Comparisons with NaN are false, so gaps never become a minimum or maximum.
template <class E, class T>
inline void include_value(E& extent, T value) {
  extent.lo = value < extent.lo ? value : extent.lo;
  extent.hi = value > extent.hi ? value : extent.hi;
  extent.has_gap |= value != value;
}

template <class E>
inline void include_extent(E& extent, const E& other) {
  extent.lo = other.lo < extent.lo ? other.lo : extent.lo;
  extent.hi = other.hi > extent.hi ? other.hi : extent.hi;
  extent.has_gap |= other.has_gap;
}

template <class T>
constexpr T infinity = std::numeric_limits<T>::infinity();

}  // namespace

template <class T>
template <class S>
void Pyramid::Data<T>::append(const S* from, std::size_t count, std::ptrdiff_t stride) {
  y.reserve(static_cast<std::size_t>(y.end() - y.begin()) + count);
  for (std::size_t i = 0; i < count; ++i, from += stride) {
    const T value = static_cast<T>(*from);
    y.push(std::isfinite(value) ? value : std::numeric_limits<T>::quiet_NaN());
    if (y.end() % fold == 0) close_blocks(y.end());
  }
}

template <class T>
void Pyramid::Data<T>::close_blocks(SampleNumber end) {
  for (int level = 0; level < max_levels && end % fold == 0; ++level) {
    const SampleNumber block = (end >>= fold_shift) - 1;
    if (level == static_cast<int>(levels.size())) levels.emplace_back(block);
    Extent<T> sum{infinity<T>, -infinity<T>, false};
    const SampleNumber from = block * fold, to = from + fold;
    // A block whose start was trimmed away is never read; it only keeps the numbering.
    if (level == 0) {
      for (SampleNumber i = std::max(from, y.begin()); i < to; ++i) include_value(sum, y[i]);
    } else {
      const auto& below = levels[level - 1];
      for (SampleNumber i = std::max(from, below.begin()); i < to; ++i) include_extent(sum, below[i]);
    }
    levels[level].push(sum);
  }
}

template <class T>
void Pyramid::Data<T>::trim(SampleNumber first) {
  y.trim(first);
  SampleNumber block = y.begin();
  for (auto& level : levels) level.trim(block >>= fold_shift);
}

template <class T>
void Pyramid::include(const Data<T>& data, int level, SampleNumber from, SampleNumber to, Extent<T>& result) {
  const auto scan = [&](SampleNumber a, SampleNumber b) {
    if (level < 0) {
      data.y.for_each_run(a, b, [&](const T* v, std::size_t n) {
        for (const T* e = v + n; v != e; ++v) include_value(result, *v);
      });
    } else {
      data.levels[level].for_each_run(a, b, [&](const Extent<T>* v, std::size_t n) {
        for (const auto* e = v + n; v != e; ++v) include_extent(result, *v);
      });
    }
  };
  const SampleNumber inner = (from + fold - 1) >> fold_shift, inner_end = to >> fold_shift;
  if (to - from < 2 * fold || inner >= inner_end || level + 1 >= static_cast<int>(data.levels.size()))
    return scan(from, to);
  scan(from, inner << fold_shift);
  scan(inner_end << fold_shift, to);
  include(data, level + 1, inner, inner_end, result);
}

template <class T>
auto Pyramid::Data<T>::extent(SampleNumber from, SampleNumber to) const -> Extent<T> {
  Extent<T> result{infinity<T>, -infinity<T>, false};
  include(*this, -1, from, to, result);
  return result;
}

template <class T>
ColumnRange Pyramid::range_of(const Data<T>& data, SampleNumber from, SampleNumber to) {
  from = std::max(from, data.y.begin());
  to = std::min(to, data.y.end());
  if (from >= to) return {INFINITY, -INFINITY, nan, nan, false, false};
  const auto e = data.extent(from, to);
  return {double(e.lo), double(e.hi), double(data.y[from]), double(data.y[to - 1]), e.has_gap, true};
}

template <class T>
Extremes Pyramid::extremes_of(const Data<T>& data, SampleSpan span) {
  span = {std::max(span.from, data.y.begin()), std::min(span.to, data.y.end())};
  if (span.from >= span.to) return {INFINITY, -INFINITY};
  Extent<T> found{infinity<T>, -infinity<T>, false};
  if (span.to - span.from >= 2 * fold) {
    include(data, -1, span.from, span.to, found);
  } else {
    for (SampleNumber i = span.from; i < span.to; ++i) include_value(found, data.y[i]);
  }
  return {double(found.lo), double(found.hi)};
}

Pyramid::Pyramid(Precision precision, SampleNumber first) : data_(Data<float>(first)) {
  if (precision == Precision::f64) data_.emplace<Data<double>>(first);
}

void Pyramid::append(const float* y, std::size_t count, std::ptrdiff_t stride) {
  std::visit([&](auto& data) { data.append(y, count, stride); }, data_);
}

void Pyramid::append(const double* y, std::size_t count, std::ptrdiff_t stride) {
  std::visit([&](auto& data) { data.append(y, count, stride); }, data_);
}

void Pyramid::reserve(std::size_t count) {
  std::visit([&](auto& data) { data.y.reserve(count); }, data_);
}

void Pyramid::trim(SampleNumber first) {
  std::visit([&](auto& data) { data.trim(first); }, data_);
}

void Pyramid::reset(SampleNumber first) {
  std::visit(
      [&](auto& data) {
        data.y.reset(first);
        data.levels.clear();
      },
      data_);
}

SampleNumber Pyramid::begin() const {
  return std::visit([](const auto& data) { return data.y.begin(); }, data_);
}

SampleNumber Pyramid::end() const {
  return std::visit([](const auto& data) { return data.y.end(); }, data_);
}

double Pyramid::operator[](SampleNumber number) const {
  return std::visit([&](const auto& data) { return static_cast<double>(data.y[number]); }, data_);
}

std::size_t Pyramid::memory_bytes() const {
  return std::visit(
      [](const auto& data) {
        std::size_t sum = data.y.memory_bytes();
        for (const auto& level : data.levels) sum += level.memory_bytes();
        return sum;
      },
      data_);
}

void Pyramid::values(SampleNumber from, SampleNumber to, std::vector<double>& out) const {
  out.assign(from < to ? static_cast<std::size_t>(to - from) : 0, nan);
  std::visit(
      [&](const auto& data) {
        for (SampleNumber i = std::max(from, data.y.begin()); i < std::min(to, data.y.end()); ++i)
          out[static_cast<std::size_t>(i - from)] = static_cast<double>(data.y[i]);
      },
      data_);
}

ColumnRange Pyramid::range(SampleNumber from, SampleNumber to) const {
  return std::visit([&](const auto& data) { return range_of(data, from, to); }, data_);
}

void Pyramid::columns(std::span<const SampleNumber> bounds, std::vector<ColumnRange>& out) const {
  out.resize(bounds.empty() ? 0 : bounds.size() - 1);
  std::visit(
      [&](const auto& data) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = range_of(data, bounds[i], bounds[i + 1]);
      },
      data_);
}

void Pyramid::extremes(std::span<const SampleSpan> spans, std::vector<Extremes>& out) const {
  out.resize(spans.size());
  std::visit(
      [&](const auto& data) {
        for (std::size_t i = 0; i < spans.size(); ++i) out[i] = extremes_of(data, spans[i]);
      },
      data_);
}

}  // namespace cnv
