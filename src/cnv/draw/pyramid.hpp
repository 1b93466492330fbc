// Pyramid: the y values of one series with minima and maxima of 16, 256, 4096 … samples, so that a plot costs pixels
// and not history, and a spike of one sample shows at every zoom. Made by `view` for series a plot shows; one thread.
#pragma once

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

#include "cnv/draw/sample_ring.hpp"

namespace cnv {

// What one pixel column holds. `lo`, `hi`: over its finite samples; lo > hi when there are none.
// `first`, `last`: its first and last sample, NaN where that is a gap or the column has no sample.
struct ColumnRange {
  double lo, hi, first, last;
  bool has_gap;  // at least one sample is a gap
  bool has_samples;

  bool has_values() const { return lo <= hi; }
};

// Samples [from, to).
struct SampleSpan {
  SampleNumber from = 0, to = 0;
  bool empty() const { return from == to; }
  friend bool operator==(const SampleSpan&, const SampleSpan&) = default;
};

// Smallest and largest finite value; lo > hi when there are none.
struct Extremes {
  double lo, hi;
  bool has_values() const { return lo <= hi; }
};

// Own copy of the values: 4 (or 8) bytes per sample plus 12/15 (24/15) of a byte for the levels, at most doubled by
// spare capacity. Values that are not finite are gaps: they take part in no minimum, and the line breaks there.
class Pyramid {
 public:
  enum class Precision { f32, f64 };
  explicit Pyramid(Precision precision = Precision::f32, SampleNumber first = 0);

  // Amortised O(count); `stride` counts elements from one value to the next.
  void append(const float* y, std::size_t count, std::ptrdiff_t stride = 1);
  void append(const double* y, std::size_t count, std::ptrdiff_t stride = 1);
  // Room for `count` samples in all, when the bound is known.
  void reserve(std::size_t count);
  // Drops samples before `first`; O(1).
  void trim(SampleNumber first);
  // Forgets everything; the next sample gets number `first`.
  void reset(SampleNumber first = 0);

  Precision precision() const { return data_.index() == 0 ? Precision::f32 : Precision::f64; }
  SampleNumber begin() const;
  SampleNumber end() const;
  // A sample of begin()…end(); NaN where it is a gap.
  double operator[](SampleNumber number) const;
  std::size_t memory_bytes() const;

  // Over samples [from, to), clipped to what is kept. O(log).
  ColumnRange range(SampleNumber from, SampleNumber to) const;
  // One entry per pair of neighbouring bounds, which must not decrease: entry i covers [bounds[i], bounds[i+1]).
  void columns(std::span<const SampleNumber> bounds, std::vector<ColumnRange>& out) const;
  // One entry per span; several times faster than range() for spans of few samples.
  void extremes(std::span<const SampleSpan> spans, std::vector<Extremes>& out) const;

  // The values of [from, to), NaN for gaps and for samples that are not kept.
  void values(SampleNumber from, SampleNumber to, std::vector<double>& out) const;

  static constexpr int fold_shift = 4;  // 16-fold
  static constexpr int max_levels = 15;

 private:
  template <class T>
  struct Extent {
    T lo, hi;
    bool has_gap;
  };
  // Level k holds the complete blocks of 16^(k+1) samples whose numbers are multiples of that size, so trimming the
  // front never changes an entry.
  template <class T>
  struct Data {
    explicit Data(SampleNumber first) : y(first) {}
    SampleRing<T> y;
    std::vector<SampleRing<Extent<T>>> levels;

    template <class S>
    void append(const S* from, std::size_t count, std::ptrdiff_t stride);
    void close_blocks(SampleNumber end);
    void trim(SampleNumber first);
    Extent<T> extent(SampleNumber from, SampleNumber to) const;
  };
  template <class T>
  static Extremes extremes_of(const Data<T>& data, SampleSpan span);
  template <class T>
  static void include(const Data<T>& data, int level, SampleNumber from, SampleNumber to, Extent<T>& result);
  template <class T>
  static ColumnRange range_of(const Data<T>& data, SampleNumber from, SampleNumber to);

  std::variant<Data<float>, Data<double>> data_;
};

}  // namespace cnv
