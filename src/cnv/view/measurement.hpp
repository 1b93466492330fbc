// Measurement: what a person measures in one line plot: two cursors on samples, and the parts of one spike. Keeps the
// places while samples come and go. Owned by LinePlotView; GUI thread only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cnv/base/result.hpp"
#include "cnv/draw/number_format.hpp"
#include "cnv/draw/plot_range.hpp"
#include "cnv/draw/spike_shape.hpp"
#include "cnv/view/trace_data.hpp"

namespace cnv {

// The data of a plot as it is measured.
struct MeasuredPlot {
  const TraceData& data;
  struct Trace {
    std::string key, label;
    bool visible = true;
  };
  std::vector<Trace> traces;  // one a series of the data
  AxisName x, y;
  std::string time_unit;  // that of x, also where it is only understood; empty: x is no time
};

// All numbers of a measurement, unrounded: what the read-out, the clipboard and the report are made of.
struct MeasuredNumbers {
  AxisName x, y;
  struct Place {
    double x = 0;
    std::size_t sweep = 0;  // from 1; 0: its sample is no longer kept, or not there yet
    bool dropped = false;   // it was kept once
    double interval = 0;    // between samples there
  };
  struct Values {
    std::string label;
    double a = 0, b = 0;  // NaN: no value
  };
  struct Cursors {
    std::array<Place, 2> places;  // A and B
    int focused = 0;
    std::size_t sweeps = 1;  // in the plot
    std::vector<Values> values;
    std::optional<double> rate_hz;  // 1/Δx, where x is a time
    double dx() const { return places[1].x - places[0].x; }
  };
  struct Spike {
    std::string label;
    std::optional<std::size_t> series;  // where it is drawn now
    SpikeShape shape;
    double interval = 0;  // between samples at the peak
    std::string x_unit;
    // What a reader must know of the numbers, or why some are missing.
    std::vector<std::string> remarks() const;
  };
  std::optional<Cursors> cursors;
  std::optional<Spike> spike;
};

class Measurement {
 public:
  bool empty() const { return !has_cursors() && !spike_; }
  bool has_cursors() const { return !cursors_.empty(); }
  void clear() { *this = {}; }
  void remove_cursors() { cursors_.clear(); }

  // New data: cursors and spike stay on their samples while these are kept. Cursors on data that was replaced wait at
  // their place until there are samples again; the spike goes.
  void follow(const MeasuredPlot& plot);

  // ---- cursors: 0 is A, 1 is B -----------------------------------------------------------------------------------
  // At a third and two thirds of the samples in view. Says why where there can be none.
  Result<void> put_cursors(const MeasuredPlot& plot, const AxisRange& view);
  // To the sample nearest to x: of the newest sweep that reaches it.
  void move(int cursor, double x, const MeasuredPlot& plot);
  void step(std::int64_t samples, const MeasuredPlot& plot);
  // To the first or last sample in view.
  void step_to_end(bool last, const MeasuredPlot& plot, const AxisRange& view);
  int focused() const { return focused_; }
  void focus(int cursor) { focused_ = cursor; }

  // ---- a spike ---------------------------------------------------------------------------------------------------
  struct Where {
    std::size_t series = 0, sweep = 0;
  };
  // The one nearest to x with its peak in view, of the first of these traces that has any. Says why there is none.
  Result<void> measure_spike(const MeasuredPlot& plot, std::span<const Where> traces, const AxisRange& view, double x);

  MeasuredNumbers numbers(const MeasuredPlot& plot) const;

 private:
  enum class State : std::uint8_t { kept, dropped, waiting };
  struct OnSample {
    double x = 0;
    SampleNumber sample = 0;
    State state = State::kept;
  };
  struct Spike {
    std::string key, label;
    SpikeShape shape;
    double interval = 0;
  };
  static std::optional<OnSample> nearest(const TraceData& data, double x, bool only_covered);
  static bool is_still_there(const OnSample& place, const TraceData& data);
  void follow_cursor(OnSample& cursor, const TraceData& data, bool same) const;
  void follow_spike(const MeasuredPlot& plot, bool same);

  std::vector<OnSample> cursors_;  // none or two
  int focused_ = 0;
  std::optional<Spike> spike_;
  std::uint64_t generation_ = 0;
};

}  // namespace cnv
