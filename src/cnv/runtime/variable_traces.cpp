#include "cnv/runtime/variable_traces.hpp"

#include <algorithm>

#include "cnv/runtime/trace_rows.hpp"

namespace cnv {
namespace {

constexpr std::string_view default_trace = "trace";

// As the default trace, of another quantity: its window and colours suit, its limits and words do not.
LinePlotViewSpec view_of(const DisplayVariable& variable, const std::string& field_id, const Scene& scene) {
  const auto* given = scene.views.find(default_trace);
  const auto* like = given ? std::get_if<LinePlotViewSpec>(given) : nullptr;
  LinePlotViewSpec view = like ? *like : LinePlotViewSpec{};
  view.id = variable_trace_view_id(variable.name);
  view.title = variable.name;
  view.field_id = field_id;
  view.x_dim = "time";
  view.selectors = {{"segment", StateBinding{std::string(selected_entity_key)}}};
  if (!like) view.x_label = "Time", view.x_unit = "ms";
  view.y_label = variable.name;
  view.y_unit = variable.unit;
  view.y_min.reset();
  view.y_max.reset();
  return view;
}

std::string panel_id_of(const std::string& view_id) { return view_id + "-panel"; }

// Below the other plots where the panels stand as they do without a wish, else in the row of the last plot.
void add_panel(LayoutSpec& layout, const std::string& view_id) {
  const std::string id = panel_id_of(view_id);
  if (has_plain_grid(layout)) {
    layout.panel_grid.clear();
  } else {
    auto row = std::ranges::find_if(layout.panel_grid.rbegin(), layout.panel_grid.rend(), [&](const auto& ids) {
      return std::ranges::any_of(ids, [&](const auto& each) {
        const auto* panel = layout.find_panel(each);
        return panel && panel->kind == panel_kind_line_plot;
      });
    });
    if (row != layout.panel_grid.rend()) row->push_back(id);
    else layout.panel_grid.push_back({id});
  }
  layout.panels.push_back({.id = id, .kind = std::string(panel_kind_line_plot), .view_ids = {view_id}});
}

void remove_panel(LayoutSpec& layout, const std::string& view_id) {
  std::erase_if(layout.panels, [&](const PanelSpec& panel) { return panel.id == panel_id_of(view_id); });
  for (auto& row : layout.panel_grid) std::erase(row, panel_id_of(view_id));
  std::erase_if(layout.panel_grid, [](const auto& row) { return row.empty(); });
}

}  // namespace

std::string variable_trace_view_id(const std::string& variable) { return std::string(default_trace) + ":" + variable; }

std::vector<std::string> VariableTraces::variables() const {
  std::vector<std::string> names;
  for (const auto& trace : traces_) names.push_back(trace.variable.name);
  return names;
}

std::vector<float> VariableTraces::values_of(const Trace& trace) const {
  std::vector<float> values(entities_.size());
  trace.read(values.data());
  return values;
}

Field VariableTraces::first_field(const Trace& trace, double time_ms, const Frame& frame) const {
  const auto rows = static_cast<std::int64_t>(entities_.size());
  return {trace.field_id,
          Array::copy_of(values_of(trace), {rows, 1}),
          {"segment", "time"},
          {{"segment", frame.geometry.entity_ids.take(0, entities_)},
           {"time", Array::copy_of(std::vector<double>{time_ms})}},
          trace.variable.unit,
          {}};
}

void VariableTraces::set(std::vector<DisplayVariable> wanted, Scene& scene, double time_ms, const Frame& frame,
                         const ReaderAt& reader_at) {
  const auto is = [](const std::string& name) { return [name](const auto& each) { return each.name == name; }; };
  std::erase_if(traces_, [&](const Trace& trace) {
    if (std::ranges::any_of(wanted, is(trace.variable.name))) return false;
    const std::string view_id = variable_trace_view_id(trace.variable.name);
    scene.views.erase(view_id);
    scene.fields.erase(trace.field_id);
    remove_panel(scene.layout, view_id);
    return true;
  });
  for (auto& variable : wanted) {
    if (std::ranges::any_of(traces_, [&](const Trace& trace) { return trace.variable.name == variable.name; }))
      continue;
    Trace trace{.variable = variable, .field_id = field_prefix_ + ":" + variable.name, .read = {}};
    trace.read = reader_at(variable.name, entities_);
    if (!trace.read) continue;
    scene.fields.set(trace.field_id, first_field(trace, time_ms, frame));
    auto view = view_of(variable, trace.field_id, scene);
    const std::string view_id = view.id;
    scene.views.set(view_id, std::move(view));
    add_panel(scene.layout, view_id);
    traces_.push_back(std::move(trace));
  }
}

std::vector<Update> VariableTraces::add_entity(std::int64_t entity, double time_ms, const Frame& frame,
                                               const ReaderAt& reader_at) {
  entities_.push_back(entity);
  std::vector<Update> updates;
  for (auto& trace : traces_) {
    trace.read = reader_at(trace.variable.name, entities_);
    if (!trace.field || trace.field->ndim() != 2) continue;
    updates.emplace_back(with_row(*trace.field, frame.geometry.entity_ids.take(0, entities_),
                                  [&](std::span<const double> times, std::span<float> row) {
                                    if (!times.empty() && times.back() == time_ms) row.back() = values_of(trace).back();
                                  }));
  }
  return updates;
}

std::vector<Update> VariableTraces::restart(double time_ms, const Frame& frame) {
  std::vector<Update> updates;
  for (const auto& trace : traces_) {
    Field field = first_field(trace, time_ms, frame);
    updates.emplace_back(FieldReplace{trace.field_id, field.values, field.coords, {}});
  }
  return updates;
}

void VariableTraces::bind(SceneStore& store) {
  for (auto& trace : traces_) {
    auto* field = store.find_field(trace.field_id);
    const bool fits = field && field->dtype() == DType::f32 && field->ndim() == 2 &&
                      field->extent(0) == static_cast<std::int64_t>(entities_.size());
    trace.field = fits ? field : nullptr;
  }
}

void VariableTraces::push(double time_ms, std::int64_t limit, SceneStore& store) {
  for (auto& trace : traces_) {
    if (!trace.field) continue;
    if (float* row = next_column(*trace.field, time_ms, limit, store)) trace.read(row);
  }
}

}  // namespace cnv
