// TraceData: the x axis and the pyramids of the traces that one plot shows, kept up to date from a stored field by
// reading only what is new. Made and owned by LinePlotView; GUI thread only.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "cnv/core/stored_field.hpp"
#include "cnv/draw/pyramid.hpp"
#include "cnv/draw/sample_axis.hpp"
#include "cnv/view/series_select.hpp"

namespace cnv {

class TraceData {
 public:
  // Reads new samples of the selected series; series that are no longer selected are dropped. A field that was
  // replaced, or does not grow along x, is read anew when it changed. Time that falls begins a sweep, as does a jump
  // back of another x to where it began; the sweeps before it stay. With `kept_width`, of an x that only grows, samples
  // with x < newest - kept_width are dropped but for one, so that the line enters at the border.
  void sync(const SeriesSelection& selection, std::optional<double> kept_width = {});
  void clear();

  struct Sweep {
    SampleAxis axis;
    std::vector<Pyramid> series;  // of the selection last given, in its order
    double x_low = std::numeric_limits<double>::infinity(), x_high = -x_low;  // of the finite x that it ever held
    bool turned_back = false;                                                 // x fell within it

    // An empty one of the same series.
    Sweep begun_at(SampleNumber first) const;
    void trim(SampleNumber first);
  };
  // The oldest first; there is always a newest one, though it may be empty.
  std::span<const Sweep> sweeps() const { return sweeps_; }
  const Sweep& newest() const { return sweeps_.back(); }
  // Those that are over.
  std::span<const Sweep> earlier() const { return sweeps().first(sweeps_.size() - 1); }
  // Of the newest sweep.
  const SampleAxis& axis() const { return newest().axis; }
  const Pyramid& series(std::size_t i) const { return newest().series[i]; }
  std::size_t series_count() const { return indices_.size(); }
  // Smallest and largest finite x of all sweeps; low > high without any.
  double x_low() const;
  double x_high() const;

  // Another one: sample numbers or series mean something else than before. Until then a sample keeps its number and its
  // values.
  std::uint64_t generation() const { return generation_; }
  // Values of y and x read from the field since the object was made.
  std::uint64_t samples_read() const { return samples_read_; }
  std::size_t memory_bytes() const;

 private:
  struct Source {
    const StoredField* field = nullptr;
    std::uint64_t replaced = 0, x_revision = 0, changed = 0;
    int x_axis = -1;
    std::vector<std::int64_t> x_positions;
    DType dtype = DType::f64;
    std::optional<double> kept_width;
    friend bool operator==(const Source&, const Source&) = default;
  };
  // What a fall of x means.
  enum class Fall {
    nothing,  // a curve that turns
    jump,     // a sweep begins where it leads back to the start of the one before
    sweep,    // a sweep begins
  };
  static Fall fall_of(const StoredField& field, int x_axis);
  bool has_series(const SeriesSelection& selection) const;
  void match_series(const SeriesSelection& selection);
  void append_x(const StoredField& field, int x_axis);
  void take_x(std::span<const double> x, Fall fall);
  bool begins_sweep(double x, double before, std::size_t samples, Fall fall) const;
  void forget_series();
  void start_over(SampleNumber first);
  void trim_front(SampleNumber first);
  void trim(const std::optional<double>& kept_width);
  void append_y(Pyramid& y, const SampleAxis& axis, const std::vector<std::int64_t>& index, const StoredField& field,
                int x_axis);
  void read_snapshot(const SeriesSelection& selection);

  Source source_;
  std::vector<std::vector<std::int64_t>> indices_;  // of each series, within the field
  std::vector<Sweep> sweeps_ = std::vector<Sweep>(1);
  std::uint64_t samples_read_ = 0, generation_ = 0;
};

}  // namespace cnv
