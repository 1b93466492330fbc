// SampleAxis: the x values (float64) of a stream of samples, shared by all series of a plot. Samples are addressed by a
// number that never restarts. Made by `view`, read by the stroker; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "cnv/draw/column_grid.hpp"
#include "cnv/draw/sample_ring.hpp"

namespace cnv {

class SampleAxis {
 public:
  explicit SampleAxis(SampleNumber first = 0) : x_(first) {}

  // Amortised O(count). Memory: 8 bytes per sample kept, at most doubled by spare capacity.
  // `stride` counts elements from one value to the next.
  void append(const double* x, std::size_t count, std::ptrdiff_t stride = 1);
  void append(const float* x, std::size_t count, std::ptrdiff_t stride = 1);
  // Drops samples before `first`; O(1). Numbers outside begin()…end() are clipped.
  void trim(SampleNumber first);
  // Forgets everything; the next sample gets number `first`.
  void reset(SampleNumber first = 0);

  SampleNumber begin() const { return x_.begin(); }
  SampleNumber end() const { return x_.end(); }
  bool empty() const { return x_.begin() == x_.end(); }
  // x of a sample in begin()…end().
  double operator[](SampleNumber number) const { return x_[number]; }
  double first() const { return x_[x_.begin()]; }
  double last() const { return x_[x_.end() - 1]; }
  std::size_t memory_bytes() const { return x_.memory_bytes(); }

  // False once a value was not finite or smaller than the one before it (equal is fine). Then the functions below do
  // not hold and the data is drawn as a general polyline. True again after reset(), or when such samples are trimmed.
  bool monotone() const { return broken_until_ <= begin(); }

  // First sample with x >= `value`, or end(); binary search.
  SampleNumber lower_bound(double value) const;
  // First sample with x > `value`, or end().
  SampleNumber upper_bound(double value) const;
  // The sample nearest to `value` (the earlier of two equally near); the axis must not be empty.
  SampleNumber nearest(double value) const;

  // `columns` + 1 numbers: column i of `columns` equal parts of [x0, x1] holds samples out[i] … out[i+1] - 1; the last
  // column includes x == x1. O(columns · log) and independent of the history.
  void column_bounds(double x0, double x1, int columns, std::vector<SampleNumber>& out) const;
  // The same for columns with the edges grid.edge(k); those at the ends have all of grid.range(), its high end
  // included.
  void column_bounds(const ColumnGrid& grid, std::vector<SampleNumber>& out) const;

 private:
  template <class Edge>
  void bounds_at(Edge&& edge_of, double first_x, double end_x, int columns, std::vector<SampleNumber>& out) const;
  template <class T>
  void append_any(const T* x, std::size_t count, std::ptrdiff_t stride);
  SampleNumber search(double value, SampleNumber from, SampleNumber to) const;

  SampleRing<double> x_;
  SampleNumber broken_until_ = 0;  // the newest sample that goes back in x (or is not finite); 0: none
};

}  // namespace cnv
