#include "cnv/backends/neuron/recorded_plots.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "cnv/base/exceptions.hpp"

namespace cnv {
namespace {

Coords coords_of(const RecordedPlot& plot, double time_ms) {
  return {{"series", Array::strings(std::span(plot.labels))}, {"time", Array::copy_of(std::vector{time_ms})}};
}

Array first_values(const RecordedPlot& plot, const OrderedMap<double>& now) {
  std::vector<float> values;
  for (const auto& name : plot.names) {
    const double* value = now.find(name);
    values.push_back(value ? static_cast<float>(*value) : std::nanf(""));
  }
  return Array::copy_of(values, {static_cast<std::int64_t>(values.size()), 1});
}

}  // namespace

void RecordedPlots::add(RecordedPlot plot) {
  if (plot.labels.empty()) throw ValueError("plot '" + plot.title + "' has no traces");
  std::set<std::string> seen;
  for (const auto& label : plot.labels)
    if (!seen.insert(label).second)
      throw ValueError("plot '" + plot.title + "': the trace '" + label + "' is there twice");
  if (std::any_of(plots_.begin(), plots_.end(), [&](const auto& other) { return other.title == plot.title; }))
    throw ValueError("there is a plot '" + plot.title + "' already; a second one needs another title");
  plots_.push_back(std::move(plot));
}

void RecordedPlots::add_to(Scene& scene, const OrderedMap<double>& now, double time_ms) const {
  if (plots_.empty()) return;
  for (const auto& plot : plots_) {
    if (scene.fields.find(plot.title) || scene.views.find(plot.title))
      throw ValueError("plot '" + plot.title + "': the scene has a field or a view of that name");
    scene.fields.set(
        plot.title,
        Field{plot.title, first_values(plot, now), {"series", "time"}, coords_of(plot, time_ms), plot.unit, {}});
    LinePlotViewSpec view{.id = plot.title, .title = plot.title, .field_id = plot.title};
    view.x_dim = "time";
    view.series_dim = "series";
    view.x_label = "t";
    view.x_unit = "ms";
    view.y_label = plot.y_label;
    view.y_unit = plot.unit;
    if (plot.window_ms > 0) view.rolling_window = plot.window_ms;
    scene.views.set(plot.title, view);
  }
  // Derived again, with the new views.
  scene.layout.panels.clear();
  scene.layout.panel_grid.clear();
}

void RecordedPlots::append(std::span<const double> times, const OrderedMap<std::vector<float>>& values, double dt_ms,
                           std::int64_t least_samples, const Emit& emit) const {
  const auto count = static_cast<std::int64_t>(times.size());
  for (const auto& plot : plots_) {
    std::vector<float> rows;
    rows.reserve(plot.names.size() * times.size());
    for (const auto& name : plot.names) {
      const auto* row = values.find(name);
      if (row) rows.insert(rows.end(), row->begin(), row->end());
      else rows.insert(rows.end(), times.size(), std::nanf(""));
    }
    std::optional<std::int64_t> most;  // all are in view: all are kept
    if (plot.window_ms > 0)
      most = std::max(least_samples,
                      dt_ms > 0 ? static_cast<std::int64_t>(std::ceil(plot.window_ms / dt_ms)) + 1 : least_samples);
    emit(plot.title, FieldAppend{plot.title,
                                 "time",
                                 Array::copy_of(rows, {static_cast<std::int64_t>(plot.names.size()), count}),
                                 Array::copy_of(std::vector<double>(times.begin(), times.end())),
                                 most,
                                 {}});
  }
}

void RecordedPlots::restart(const OrderedMap<double>& now, double time_ms, const Emit& emit) const {
  for (const auto& plot : plots_)
    emit(plot.title, FieldReplace{plot.title, first_values(plot, now), coords_of(plot, time_ms), {}});
}

}  // namespace cnv
