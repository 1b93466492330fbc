// TraceData: the x axis and the pyramids of the traces that one plot shows, kept up to date from a stored field by
// reading only what is new. Made and owned by LinePlotView; GUI thread only.
#pragma once

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

  // Of the newest sweep.
  const SampleAxis& axis() const { return axis_; }
  // Pyramid of series i of the selection last given, of the newest sweep.
  const Pyramid& series(std::size_t i) const { return series_[i].y; }
  std::size_t series_count() const { return series_.size(); }
  // Sweeps that are over, the oldest first, and their parts of the same series.
  struct Sweep {
    SampleAxis axis;
    std::vector<Pyramid> series;
    double x_low = 0, x_high = 0;
  };
  const std::vector<Sweep>& earlier() const { return earlier_; }
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
  struct Series {
    std::vector<std::int64_t> index;
    Pyramid y;
  };
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
  void match_series(const SeriesSelection& selection, SampleNumber first);
  void append_x(const StoredField& field, int x_axis);
  void take_x(std::span<const double> x, Fall fall);
  bool begins_sweep(double x, double before, std::size_t samples, Fall fall) const;
  void end_sweep();
  void forget_run();
  void forget_all();
  void trim_front(SampleNumber first);
  void trim(const std::optional<double>& kept_width);
  void append_y(Pyramid& y, const SampleAxis& axis, const std::vector<std::int64_t>& index, const StoredField& field,
                int x_axis);
  void read_snapshot(const SeriesSelection& selection);

  Source source_;
  SampleAxis axis_;
  std::vector<Series> series_;
  std::vector<Sweep> earlier_;
  double run_low_ = 0, run_high_ = 0;  // finite x of the newest sweep
  bool turned_back_ = false;
  std::uint64_t samples_read_ = 0, generation_ = 0;
};

}  // namespace cnv
