#include "cnv/runtime/default_scene.hpp"

#include "cnv/base/exceptions.hpp"
#include "cnv/core/scene_store.hpp"

namespace cnv {
namespace {

template <class T>
std::vector<std::string> ordered_ids(const OrderedMap<T>& map, const std::optional<std::vector<std::string>>& order) {
  std::vector<std::string> ids;
  if (order) {
    for (const auto& id : *order)
      if (map.contains(id)) ids.push_back(id);
  } else {
    for (const auto& [id, item] : map) ids.push_back(id);
  }
  return ids;
}

void add(Scene& scene, Field field) {
  const std::string id = field.id;
  scene.fields.set(id, std::move(field));
}

}  // namespace

namespace {

template <class Spec>
void set_each(OrderedMap<Spec>& into, const std::vector<Spec>& specs, const char* kind) {
  for (const auto& spec : specs) {
    if (const auto* first = into.find(spec.id))
      throw ValueError("two " + std::string(kind) + " have the id '" + spec.id + "' (labels '" + first->label +
                       "' and '" + spec.label + "'): each needs an id of its own");
    into.set(spec.id, spec);
  }
}

}  // namespace

Scene default_scene(DefaultSceneParts parts) {
  Scene scene;
  MorphologyViewSpec morphology{.id = "morphology",
                                .title = "Morphology",
                                .color_field_id = parts.display.id,
                                .entity_dim = "segment",
                                .sample_dim = std::nullopt,
                                .color_map = parts.color_map,
                                .color_limits = parts.color_limits,
                                .color_norm = parts.color_norm};
  LinePlotViewSpec trace{.id = "trace",
                         .title = parts.trace_title,
                         .field_id = parts.history.id,
                         .x_dim = "time",
                         .selectors = {{"segment", StateBinding{std::string(selected_entity_key)}}},
                         .x_label = "Time",
                         .y_label = parts.trace_y_label,
                         .x_unit = "ms",
                         .y_unit = parts.trace_y_unit,
                         .pen = Value("#1f3c88")};
  if (const auto* geometry = std::get_if<MorphologyGeometry>(parts.geometry.get()))
    morphology.geometry_id = geometry->id;
  scene.geometries.set(morphology.geometry_id, parts.geometry);
  if (parts.detail) {
    morphology.detail_field_id = parts.detail->id;
    add(scene, std::move(*parts.detail));
  }
  add(scene, std::move(parts.display));
  add(scene, std::move(parts.history));
  scene.views.set("morphology", std::move(morphology));
  set_each(scene.controls, parts.controls, "controls");
  set_each(scene.actions, parts.actions, "actions");
  scene.layout.title = parts.title;
  scene.layout.panels = {
      {.id = "morphology-panel", .kind = std::string(panel_kind_view_3d), .view_ids = {"morphology"}}};
  scene.layout.panel_grid = {{"morphology-panel"}};
  if (parts.trace) {
    scene.views.set("trace", std::move(trace));
    scene.layout.panels.push_back(
        {.id = "trace-panel", .kind = std::string(panel_kind_line_plot), .view_ids = {"trace"}});
    scene.layout.panel_grid[0].push_back("trace-panel");
  }
  auto controls = ordered_ids(scene.controls, parts.control_order);
  auto actions = ordered_ids(scene.actions, parts.action_order);
  if (!controls.empty() || !actions.empty()) {
    scene.layout.panels.push_back({.id = "controls-panel",
                                   .kind = std::string(panel_kind_controls),
                                   .control_ids = std::move(controls),
                                   .action_ids = std::move(actions)});
    scene.layout.panel_grid.push_back({"controls-panel"});
  }
  if (parts.trace && !parts.trace_view_updates.empty()) scene.replace_view("trace", parts.trace_view_updates);
  scene.normalize();
  return scene;
}

}  // namespace cnv
