#include "cnv/draw/sample_axis.hpp"

#include <cmath>

namespace cnv {

template <class T>
void SampleAxis::append_any(const T* x, std::size_t count, std::ptrdiff_t stride) {
  x_.reserve(static_cast<std::size_t>(x_.end() - x_.begin()) + count);
  for (std::size_t i = 0; i < count; ++i, x += stride) {
    const double value = static_cast<double>(*x);
    const bool follows = std::isfinite(value) && (empty() || value >= x_[x_.end() - 1]);
    x_.push(value);
    // A value that is not finite stays in the way until it is trimmed itself.
    if (!follows) broken_until_ = std::isfinite(value) ? x_.end() - 1 : x_.end();
  }
}

void SampleAxis::append(const double* x, std::size_t count, std::ptrdiff_t stride) { append_any(x, count, stride); }
void SampleAxis::append(const float* x, std::size_t count, std::ptrdiff_t stride) { append_any(x, count, stride); }

void SampleAxis::trim(SampleNumber first) { x_.trim(first); }

void SampleAxis::reset(SampleNumber first) {
  x_.reset(first);
  broken_until_ = 0;
}

SampleNumber SampleAxis::search(double value, SampleNumber from, SampleNumber to) const {
  while (from < to) {
    const SampleNumber middle = from + (to - from) / 2;
    if (x_[middle] < value) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

SampleNumber SampleAxis::lower_bound(double value) const { return search(value, begin(), end()); }

SampleNumber SampleAxis::upper_bound(double value) const {
  return search(std::nextafter(value, INFINITY), begin(), end());
}

SampleNumber SampleAxis::nearest(double value) const {
  const SampleNumber after = lower_bound(value);
  if (after == begin()) return after;
  if (after == end()) return after - 1;
  return x_[after] - value < value - x_[after - 1] ? after : after - 1;
}

template <class Edge>
void SampleAxis::bounds_at(Edge&& edge_of, double first_x, double end_x, int columns,
                           std::vector<SampleNumber>& out) const {
  out.clear();
  if (columns <= 0) return;
  out.reserve(static_cast<std::size_t>(columns) + 1);
  out.push_back(lower_bound(first_x));
  SampleNumber step = 16;
  for (int i = 1; i < columns; ++i) {
    const double edge = edge_of(i);
    // Samples are mostly even, so the next bound is near where the last width puts it.
    const SampleNumber previous = out.back();
    SampleNumber from = previous, reach = step + step / 4 + 2;
    while (end() - from > reach && x_[from + reach] < edge) {
      from += reach;
      reach *= 2;
    }
    const SampleNumber below = previous + step - step / 4;
    const SampleNumber to = end() - from > reach ? from + reach : end();
    if (from == previous && step > 8 && below < to && x_[below] < edge) from = below;
    out.push_back(search(edge, from, to));
    step = out.back() - previous;
  }
  out.push_back(std::max(out.back(), upper_bound(end_x)));
}

void SampleAxis::column_bounds(double x0, double x1, int columns, std::vector<SampleNumber>& out) const {
  bounds_at([&](int i) { return x0 + (x1 - x0) * i / columns; }, x0, x1, columns, out);
}

void SampleAxis::column_bounds(const ColumnGrid& grid, std::vector<SampleNumber>& out) const {
  bounds_at([&](int i) { return grid.edge(grid.first() + i); }, grid.range().low, grid.range().high, grid.columns(),
            out);
}

}  // namespace cnv
