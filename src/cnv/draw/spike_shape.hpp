// SpikeShape: where one spike of a sampled potential begins, peaks and falls, in the units of its axes. Used by `view`
// for what a person measures in a plot; pure functions, any thread.
//
// A spike begins where dV/dt rises through SpikeRule::rate: that is its threshold. dV/dt is the central difference
// (v[i+1] − v[i−1]) / (t[i+1] − t[i−1]), straight between samples. 10 mV/ms is the rate that eFEL takes too
// (DerivativeThreshold). From there the potential rises by SpikeRule::least_height at least without getting slower than
// the rate; smaller and slower bumps are no spikes. The peak is the highest sample (the first of equal ones) before it
// falls back to half of the height above the threshold. Places on the flanks lie on straight lines between samples.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "cnv/draw/plot_range.hpp"
#include "cnv/draw/pyramid.hpp"
#include "cnv/draw/sample_axis.hpp"

namespace cnv {

// How many ms, or mV, a unit has; nothing for other quantities. "ms", "s", "µs"; "mV", "V", "µV".
std::optional<double> ms_of(std::string_view unit);
std::optional<double> mv_of(std::string_view unit);

struct SpikeRule {
  double rate = 0;          // of the rise, units of y per unit of x
  double least_height = 0;  // units of y

  static constexpr double rate_mv_per_ms = 10, least_height_mv = 10;
};
// For these units; nothing where y is no potential or x no time.
std::optional<SpikeRule> spike_rule(std::string_view y_unit, std::string_view x_unit);

struct SpikePoint {
  double x = 0, y = 0;
};

struct SpikeShape {
  // Why a spike ends where it does.
  enum class End : std::uint8_t {
    fell,         // to half of its height
    next_spike,   // which rises before that
    samples_end,  // a gap, or no more samples, before that
    before_peak,  // the last sample before a gap or the end is the highest: no peak, and no other place
  };
  End end = End::fell;
  SampleNumber peak_sample = 0, last_sample = 0;  // what was read, up to the last one
  SpikePoint peak;
  std::optional<SpikePoint> threshold;  // nothing: the samples, after a gap too, begin within the spike
  // Where it passes 10 %, 50 % and 90 % of the height for the first time, and 50 % after the peak.
  std::optional<SpikePoint> rise_10, rise_50, rise_90, fall_50;
  int rise_samples = 0;  // from the threshold to the peak

  // Peak above threshold.
  std::optional<double> amplitude() const;
  // From rise_50 to fall_50.
  std::optional<double> half_width() const;
  // From rise_10 to rise_90.
  std::optional<double> rise_time() const;
};

// Of the spikes whose peaks lie in `view`, the one whose peak is nearest to `x`; nothing where there is none, or where
// the axis turns back. Reads the view and as much before it.
std::optional<SpikeShape> nearest_spike(const SampleAxis& axis, const Pyramid& y, const SpikeRule& rule,
                                        const AxisRange& view, double x);

}  // namespace cnv
