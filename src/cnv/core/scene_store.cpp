#include "cnv/core/scene_store.hpp"

#include <algorithm>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

Problem error(std::string cause, std::string message) {
  return {Severity::error, std::move(cause), std::move(message)};
}
Problem warning(std::string cause, std::string message) {
  return {Severity::warning, std::move(cause), std::move(message)};
}

Problem unknown_field(std::string_view update, const std::string& id) {
  return warning("unknown field " + id, std::string(update) + ": the scene has no field '" + id +
                                            "'; the values are not shown. Add the field in build_scene or initialize.");
}

std::string list_of(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "'" : ", '") + name + "'";
  return out;
}

void touch(PropertyRevisions& revisions, const std::string& id, const Dict& updates, std::uint64_t revision) {
  for (const auto& [name, value] : updates) revisions[id].set(name, revision);
}

}  // namespace

std::optional<Problem> SceneStore::no_scene(std::string_view what) const {
  return warning(
      "no scene " + std::string(what),
      std::string(what) +
          " before there is a scene: it has no effect. Return a scene from initialize() or emit SceneReady first.");
}

std::optional<Problem> SceneStore::apply(const Update& update) {
  return std::visit([&](const auto& u) { return apply_one(u); }, update);
}

StoredField* SceneStore::find_field(std::string_view id) {
  auto* found = fields_.find(id);
  return found ? found->get() : nullptr;
}
const StoredField* SceneStore::find_field(std::string_view id) const {
  const auto* found = fields_.find(id);
  return found ? found->get() : nullptr;
}

const MorphologyGeometry* SceneStore::find_morphology(std::string_view geometry_id) const {
  const auto* geometry = scene_.geometries.find(geometry_id);
  return geometry ? std::get_if<MorphologyGeometry>(geometry->get()) : nullptr;
}

Scene SceneStore::snapshot() const {
  Scene scene = scene_;
  for (const auto& [id, field] : fields_) scene.fields.set(id, field->snapshot());
  return scene;
}

void SceneStore::forget_state() {
  ++revision_;
  state_.clear();
  state_revisions_.clear();
}

void SceneStore::set_state(std::string_view key, Value value, std::string_view origin) {
  state_.set(key, std::move(value));
  state_revisions_.set(key, {++revision_, std::string(origin)});
}

std::optional<Problem> SceneStore::apply_one(const SceneReady& update) {
  Scene scene = update.scene;
  try {
    scene.normalize();
  } catch (const Exception& e) {
    return error(std::string("scene: ") + e.what(), std::string("SceneReady: ") + e.what());
  }
  scene_revision_ = layout_revision_ = ++revision_;
  fields_.clear();
  for (auto& [id, field] : scene.fields) fields_.set(id, std::make_unique<StoredField>(std::move(field), revision_));
  scene.fields.clear();
  scene_ = std::move(scene);
  view_revisions_.clear();
  operator_revisions_.clear();
  control_revisions_.clear();
  panel_revisions_.clear();
  metadata_revisions_.clear();
  for (const auto& [id, control] : scene_.controls)
    if (!state_.contains(control.resolved_state_key()))
      set_state(control.resolved_state_key(), control.default_value());
  // A selection may name entities that the new scene does not have.
  if (const auto* selected = state_.find(selected_entity_key); selected && selected->is<std::string>()) {
    const bool any = std::any_of(scene_.geometries.begin(), scene_.geometries.end(),
                                 [](const auto& g) { return std::holds_alternative<MorphologyGeometry>(*g.second); });
    const bool known = std::any_of(scene_.geometries.begin(), scene_.geometries.end(), [&](const auto& g) {
      const auto* m = std::get_if<MorphologyGeometry>(g.second.get());
      return m && m->find_entity(selected->as_string()) >= 0;
    });
    if (any && !known)
      for (const auto key : {selected_entity_key, selected_label_key, selected_traces_key})
        if (state_.contains(key)) set_state(key, Value());
  }
  return {};
}

std::optional<Problem> SceneStore::apply_one(const FieldReplace& update) {
  if (!has_scene()) return no_scene("FieldReplace of '" + update.field_id + "'");
  auto* field = find_field(update.field_id);
  if (!field) return unknown_field("FieldReplace", update.field_id);
  const Coords* coords = update.coords ? &*update.coords : nullptr;
  if (auto problem = field->replace_problem(update.values, coords); !problem.empty())
    return error("replace " + update.field_id, "FieldReplace: " + problem);
  field->replace(update.values, coords, ++revision_);
  field->merge_attrs(update.attrs_update, revision_);
  return {};
}

std::optional<Problem> SceneStore::apply_one(const FieldAppend& update) {
  if (!has_scene()) return no_scene("FieldAppend to '" + update.field_id + "'");
  auto* field = find_field(update.field_id);
  if (!field) return unknown_field("FieldAppend", update.field_id);
  const int axis = field->find_axis(update.append_dim);
  if (axis < 0)
    return error("append dim " + update.field_id, "FieldAppend: field '" + update.field_id + "' has no dim '" +
                                                      update.append_dim + "'; its dims are " + list_of(field->dims()));
  if (auto problem = field->append_problem(axis, update.values, update.coord_values); !problem.empty())
    return error("append " + update.field_id, "FieldAppend: " + problem);
  field->append(axis, update.values, update.coord_values, update.max_length, ++revision_);
  field->merge_attrs(update.attrs_update, revision_);
  return {};
}

std::optional<Problem> SceneStore::apply_one(const ScenePatch& update) {
  if (!has_scene()) return no_scene("ScenePatch");
  // On copies first: either every property is set or none.
  auto views = scene_.views;
  auto operators = scene_.operators;
  auto controls = scene_.controls;
  try {
    Scene changed;
    changed.views = std::move(views);
    changed.operators = std::move(operators);
    changed.controls = std::move(controls);
    for (const auto& [id, updates] : update.view_updates) changed.replace_view(id, updates);
    for (const auto& [id, updates] : update.operator_updates) changed.replace_operator(id, updates);
    for (const auto& [id, updates] : update.control_updates) changed.replace_control(id, updates);
    scene_.views = std::move(changed.views);
    scene_.operators = std::move(changed.operators);
    scene_.controls = std::move(changed.controls);
  } catch (const Exception& e) {
    return error(std::string("patch: ") + e.what(), std::string("ScenePatch: ") + e.what());
  }
  ++revision_;
  for (const auto& [id, updates] : update.view_updates) touch(view_revisions_, id, updates, revision_);
  for (const auto& [id, updates] : update.operator_updates) touch(operator_revisions_, id, updates, revision_);
  for (const auto& [id, updates] : update.control_updates) touch(control_revisions_, id, updates, revision_);
  for (const auto& [key, value] : update.metadata_updates) {
    scene_.metadata.set(key, value);
    metadata_revisions_.set(key, revision_);
  }
  return {};
}

std::optional<Problem> SceneStore::apply_one(const StatePatch& update) {
  for (const auto& [key, value] : update.updates) set_state(key, value);
  return {};
}

std::optional<Problem> SceneStore::apply_one(const PanelPatch& update) {
  if (!has_scene()) return no_scene("PanelPatch of '" + update.panel_id + "'");
  auto* panel = scene_.layout.find_panel(update.panel_id);
  if (!panel)
    return warning("unknown panel " + update.panel_id, "PanelPatch: the layout has no panel '" + update.panel_id + "'");
  PanelSpec changed = *panel;
  if (update.control_ids) changed.control_ids = *update.control_ids;
  if (update.action_ids) changed.action_ids = *update.action_ids;
  if (update.view_ids) {
    if (update.view_ids->size() > 1 && panel->kind != panel_kind_view_3d)
      return error("panel views " + update.panel_id, "PanelPatch of '" + update.panel_id + "': a panel of kind '" +
                                                         panel->kind + "' hosts one view, not " +
                                                         plain_text(update.view_ids->size()));
    for (const auto& id : *update.view_ids) {
      if (std::count(update.view_ids->begin(), update.view_ids->end(), id) > 1)
        return error("panel view twice " + id,
                     "PanelPatch of '" + update.panel_id + "': view '" + id + "' is listed twice");
      const auto* view = scene_.views.find(id);
      if (!view)
        return error("panel view " + id, "PanelPatch of '" + update.panel_id + "': there is no view '" + id + "'");
      if (panel_kind_for(*view) != panel->kind)
        return error("panel view kind " + id, "PanelPatch of '" + update.panel_id + "': view '" + id +
                                                  "' does not fit a panel of kind '" + panel->kind + "'");
      for (const auto& other : scene_.layout.panels)
        if (&other != panel && std::find(other.view_ids.begin(), other.view_ids.end(), id) != other.view_ids.end())
          return error("panel view twice " + id, "PanelPatch of '" + update.panel_id + "': view '" + id +
                                                     "' is hosted by panel '" + other.id + "'");
    }
    changed.view_ids = *update.view_ids;
  }
  if (update.title) changed.title = *update.title;
  *panel = std::move(changed);
  auto& revisions = panel_revisions_[update.panel_id];
  ++revision_;
  if (update.control_ids) revisions.set("control_ids", revision_);
  if (update.action_ids) revisions.set("action_ids", revision_);
  if (update.view_ids) revisions.set("view_ids", revision_);
  if (update.title) revisions.set("title", revision_);
  return {};
}

std::optional<Problem> SceneStore::apply_one(const LayoutReplace& update) {
  if (!has_scene()) return no_scene("LayoutReplace");
  LayoutSpec layout{.title = scene_.layout.title, .panels = update.panels, .panel_grid = update.panel_grid};
  try {
    normalize_panels(layout, scene_.views, scene_.controls, scene_.actions);
  } catch (const Exception& e) {
    return error(std::string("layout: ") + e.what(),
                 std::string("LayoutReplace: ") + e.what() + "; the layout stays as it was");
  }
  scene_.layout = std::move(layout);
  panel_revisions_.clear();
  layout_revision_ = ++revision_;
  return {};
}

std::size_t SceneStore::memory_bytes() const {
  std::size_t bytes = 0;
  for (const auto& [id, field] : fields_) bytes += field->memory_bytes();
  return bytes;
}

}  // namespace cnv
