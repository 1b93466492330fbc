#include "cnv/view/measurement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

using Sweep = TraceData::Sweep;

constexpr int few_samples = 4;  // on the way to the peak: straight lines between them tell little

bool holds(const SampleAxis& axis, SampleNumber n) { return n >= axis.begin() && n < axis.end(); }

// Position of the sweep that has a sample, or the number of sweeps.
std::size_t sweep_of(const TraceData& data, SampleNumber n) {
  const auto sweeps = data.sweeps();
  return static_cast<std::size_t>(
      std::find_if(sweeps.begin(), sweeps.end(), [&](const Sweep& sweep) { return holds(sweep.axis, n); }) -
      sweeps.begin());
}

double interval_at(const SampleAxis& axis, SampleNumber n) {
  if (n + 1 < axis.end()) return axis[n + 1] - axis[n];
  return n > axis.begin() ? axis[n] - axis[n - 1] : 0;
}

double value_at(const Pyramid& y, SampleNumber n) {
  return n >= y.begin() && n < y.end() ? y[n] : std::numeric_limits<double>::quiet_NaN();
}

std::string unit_in_words(const AxisName& axis, std::string_view what) {
  const std::string name = axis.label.empty() ? std::string(what) : axis.label;
  return name + (axis.unit.empty() ? " without a unit" : " in " + axis.unit);
}

}  // namespace

// ---- cursors -----------------------------------------------------------------------------------------------------

std::optional<Measurement::OnSample> Measurement::nearest(const TraceData& data, double x, bool only_covered) {
  const auto sweeps = data.sweeps();
  const auto usable = [](const SampleAxis& axis) { return axis.monotone() && !axis.empty(); };
  for (auto sweep = sweeps.rbegin(); sweep != sweeps.rend(); ++sweep) {
    const SampleAxis& axis = sweep->axis;
    if (!usable(axis) || x < axis.first() || x > axis.last()) continue;
    const SampleNumber n = axis.nearest(x);
    return OnSample{axis[n], n};
  }
  if (only_covered) return std::nullopt;
  for (auto sweep = sweeps.rbegin(); sweep != sweeps.rend(); ++sweep)
    if (usable(sweep->axis)) {
      const SampleNumber n = sweep->axis.nearest(x);
      return OnSample{sweep->axis[n], n};
    }
  return std::nullopt;
}

bool Measurement::is_still_there(const OnSample& place, const TraceData& data) {
  const std::size_t k = sweep_of(data, place.sample);
  return k < data.sweeps().size() && data.sweeps()[k].axis[place.sample] == place.x;
}

void Measurement::follow_cursor(OnSample& cursor, const TraceData& data, bool same) const {
  if (cursor.state == State::kept && is_still_there(cursor, data)) return;
  if (same && cursor.state != State::waiting) {
    cursor.state = State::dropped;
    return;
  }
  if (const auto again = nearest(data, cursor.x, true)) cursor = *again;
  else cursor.state = State::waiting;
}

void Measurement::follow(const MeasuredPlot& plot) {
  const bool same = plot.data.generation() == generation_;
  generation_ = plot.data.generation();
  for (auto& cursor : cursors_) follow_cursor(cursor, plot.data, same);
  follow_spike(plot, same);
}

Result<void> Measurement::put_cursors(const MeasuredPlot& plot, const AxisRange& view) {
  if (!plot.data.axis().monotone())
    return Error{"Cursors measure where x only grows, and along this curve it turns back."};
  const double low = std::max(view.low, plot.data.x_low()), high = std::min(view.high, plot.data.x_high());
  if (!(low <= high)) return Error{"There are no samples in view to put cursors on."};
  const auto a = nearest(plot.data, low + (high - low) / 3, true),
             b = nearest(plot.data, low + (high - low) * 2 / 3, true);
  if (!a || !b) return Error{"There are no samples in view to put cursors on."};
  cursors_ = {*a, *b};
  focused_ = 0;
  generation_ = plot.data.generation();
  return {};
}

void Measurement::move(int cursor, double x, const MeasuredPlot& plot) {
  if (!has_cursors()) return;
  if (const auto place = nearest(plot.data, x, false)) cursors_[static_cast<std::size_t>(cursor)] = *place;
}

void Measurement::step(std::int64_t samples, const MeasuredPlot& plot) {
  if (!has_cursors()) return;
  auto& cursor = cursors_[static_cast<std::size_t>(focused_)];
  const std::size_t k = sweep_of(plot.data, cursor.sample);
  if (cursor.state != State::kept || k == plot.data.sweeps().size()) return move(focused_, cursor.x, plot);
  const SampleAxis& axis = plot.data.sweeps()[k].axis;
  const auto first = static_cast<std::int64_t>(axis.begin()), last = static_cast<std::int64_t>(axis.end()) - 1;
  cursor.sample =
      static_cast<SampleNumber>(std::clamp(static_cast<std::int64_t>(cursor.sample) + samples, first, last));
  cursor.x = axis[cursor.sample];
}

void Measurement::step_to_end(bool last, const MeasuredPlot& plot, const AxisRange& view) {
  if (!has_cursors()) return;
  const auto& cursor = cursors_[static_cast<std::size_t>(focused_)];
  const auto sweeps = plot.data.sweeps();
  const SampleAxis& axis = sweeps[std::min(sweep_of(plot.data, cursor.sample), sweeps.size() - 1)].axis;
  if (axis.empty() || !axis.monotone()) return;
  const SampleNumber from = axis.lower_bound(view.low), to = axis.upper_bound(view.high);
  if (from >= to) return;
  const SampleNumber n = last ? to - 1 : from;
  cursors_[static_cast<std::size_t>(focused_)] = {axis[n], n};
}

// ---- a spike -----------------------------------------------------------------------------------------------------

Result<void> Measurement::measure_spike(const MeasuredPlot& plot, std::span<const Where> traces, const AxisRange& view,
                                        double x) {
  const auto rule = spike_rule(plot.y.unit, plot.time_unit);
  if (!rule)
    return Error{"Spikes are measured in potentials (mV) over time (ms); this plot shows " +
                 unit_in_words(plot.y, "values") + " over " + unit_in_words(plot.x, "x") +
                 ". Cursors (M) measure here too."};
  bool cut = false;
  for (const auto& [series, k] : traces) {
    const Sweep& sweep = plot.data.sweeps()[k];
    const auto shape = nearest_spike(sweep.axis, sweep.series[series], *rule, view, x);
    if (!shape) continue;
    if (shape->end == SpikeShape::End::before_peak) {
      cut = true;
      continue;
    }
    const auto& trace = plot.traces[series];
    spike_ = Spike{trace.key, trace.label, *shape, interval_at(sweep.axis, shape->peak_sample)};
    generation_ = plot.data.generation();
    return {};
  }
  if (cut) return Error{"The samples end before the spike there has its peak."};
  return Error{
      "There is no peak of a spike in view: nothing that rises by 10 mV or more at 10 mV/ms or faster, in one go."};
}

void Measurement::follow_spike(const MeasuredPlot& plot, bool same) {
  if (!spike_) return;
  const auto trace = std::ranges::find(plot.traces, spike_->key, &MeasuredPlot::Trace::key);
  const SpikeShape& shape = spike_->shape;
  const std::size_t k = sweep_of(plot.data, shape.peak_sample);
  const bool there = trace != plot.traces.end() && k < plot.data.sweeps().size();
  if (!there) {
    if (!same) spike_.reset();
    return;  // its numbers hold, though its samples are no longer kept
  }
  const Sweep& sweep = plot.data.sweeps()[k];
  const Pyramid& y = sweep.series[static_cast<std::size_t>(trace - plot.traces.begin())];
  if (!same && (sweep.axis[shape.peak_sample] != shape.peak.x || value_at(y, shape.peak_sample) != shape.peak.y))
    return spike_.reset();
  if (shape.end != SpikeShape::End::samples_end || shape.last_sample + 1 >= sweep.axis.end()) return;
  const auto rule = spike_rule(plot.y.unit, plot.time_unit);
  if (!rule) return;
  const double from = shape.threshold ? shape.threshold->x : shape.peak.x;
  if (const auto more = nearest_spike(sweep.axis, y, *rule, {from, sweep.axis.last()}, shape.peak.x))
    if (more->end != SpikeShape::End::before_peak) spike_->shape = *more;
}

std::vector<std::string> MeasuredNumbers::Spike::remarks() const {
  std::vector<std::string> out;
  if (!shape.threshold)
    out.emplace_back("The samples begin within the spike: no threshold, and nothing that counts from it.");
  else if (shape.end == SpikeShape::End::next_spike)
    out.emplace_back("It does not fall to half of its height before the next one: no half-width.");
  else if (shape.end == SpikeShape::End::samples_end)
    out.emplace_back("The samples end before it falls to half of its height: no half-width.");
  if (shape.threshold && shape.rise_samples < few_samples)
    out.push_back("Coarse: samples every " +
                  with_unit(format_readable(interval, decimals_for_two_digits(interval)), x_unit) + ", " +
                  plain_text(shape.rise_samples) + " from threshold to peak.");
  return out;
}

MeasuredNumbers Measurement::numbers(const MeasuredPlot& plot) const {
  MeasuredNumbers out{.x = plot.x, .y = plot.y};
  const auto sweeps = plot.data.sweeps();
  if (has_cursors()) {
    auto& cursors = out.cursors.emplace();
    cursors.focused = focused_;
    cursors.sweeps = sweeps.size();
    std::array<std::size_t, 2> at{};
    for (std::size_t c = 0; c < 2; ++c) {
      const OnSample& cursor = cursors_[c];
      at[c] = cursor.state == State::kept ? sweep_of(plot.data, cursor.sample) : sweeps.size();
      const bool there = at[c] < sweeps.size();
      cursors.places[c] = {cursor.x, there ? at[c] + 1 : 0, cursor.state == State::dropped,
                           there ? interval_at(sweeps[at[c]].axis, cursor.sample) : 0};
    }
    for (std::size_t i = 0; i < plot.traces.size(); ++i) {
      if (!plot.traces[i].visible) continue;
      const auto value = [&](std::size_t c) {
        return at[c] < sweeps.size() ? value_at(sweeps[at[c]].series[i], cursors_[c].sample)
                                     : std::numeric_limits<double>::quiet_NaN();
      };
      cursors.values.push_back({plot.traces[i].label, value(0), value(1)});
    }
    if (const auto ms = ms_of(plot.time_unit); ms && cursors.dx() != 0)
      cursors.rate_hz = 1e3 / (*ms * std::abs(cursors.dx()));
  }
  if (spike_) {
    auto& spike =
        out.spike.emplace(MeasuredNumbers::Spike{spike_->label, std::nullopt, spike_->shape, spike_->interval});
    spike.x_unit = plot.x.unit;
    const auto trace = std::ranges::find(plot.traces, spike_->key, &MeasuredPlot::Trace::key);
    if (trace != plot.traces.end() && trace->visible)
      spike.series = static_cast<std::size_t>(trace - plot.traces.begin());
  }
  return out;
}

}  // namespace cnv
