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

std::string name_of(const RecordedPlot& plot, const std::string& label) { return plot.title + ": " + label; }

Array first_values(const RecordedPlot& plot, const OrderedMap<double>& now) {
  std::vector<float> values;
  for (const auto& label : plot.labels) {
    const double* value = now.find(name_of(plot, label));
    values.push_back(value ? static_cast<float>(*value) : std::nanf(""));
  }
  return Array::copy_of(values, {static_cast<std::int64_t>(values.size()), 1});
}

}  // namespace

std::vector<std::string> RecordedPlots::add(RecordedPlot plot) {
  if (plot.labels.empty()) throw ValueError("plot '" + plot.title + "' has no traces");
  std::set<std::string> seen;
  for (const auto& label : plot.labels)
    if (!seen.insert(label).second)
      throw ValueError("plot '" + plot.title + "': the trace '" + label + "' is there twice");
  if (std::any_of(plots_.begin(), plots_.end(), [&](const auto& other) { return other.title == plot.title; }))
    throw ValueError("there is a plot '" + plot.title + "' already; a second one needs another title");
  std::vector<std::string> names;
  for (const auto& label : plot.labels) names.push_back(name_of(plot, label));
  plots_.push_back(std::move(plot));
  return names;
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

void RecordedPlots::append(std::span<const double> times, const OrderedMap<std::vector<float>>& values,
                           const std::function<std::int64_t(double window_ms)>& samples_kept, const Emit& emit) const {
  const auto count = static_cast<std::int64_t>(times.size());
  for (const auto& plot : plots_) {
    std::vector<float> rows;
    rows.reserve(plot.labels.size() * times.size());
    for (const auto& label : plot.labels) {
      const auto* row = values.find(name_of(plot, label));
      if (row) rows.insert(rows.end(), row->begin(), row->end());
      else rows.insert(rows.end(), times.size(), std::nanf(""));
    }
    std::optional<std::int64_t> most;  // all are in view: all are kept
    if (plot.window_ms > 0) most = samples_kept(plot.window_ms);
    emit(plot.title, FieldAppend{plot.title,
                                 "time",
                                 Array::copy_of(rows, {static_cast<std::int64_t>(plot.labels.size()), count}),
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
