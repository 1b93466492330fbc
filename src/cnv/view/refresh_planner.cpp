#include "cnv/view/refresh_planner.hpp"

#include <algorithm>

#include "cnv/core/spec_tables.hpp"
#include "cnv/view/grid_slice.hpp"
#include "cnv/view/view_colors.hpp"

namespace cnv {
namespace {

void raise(OrderedMap<Refresh>& map, std::string_view id, Refresh refresh) {
  if (refresh == Refresh::nothing) return;
  auto& present = map[id];
  present = std::max(present, refresh);
}

// Refresh of the row with this name, nothing for an unknown one.
template <class T>
Refresh row_refresh(const T&, std::string_view name) {
  Refresh out = Refresh::nothing;
  for_each_row<T>([&](const auto& r) {
    if (r.name == name) out = r.refresh;
  });
  return out;
}

bool bound(const Value& value, std::string_view key) {
  const auto* binding = value.get_if<StateBinding>();
  return binding && binding->key == key;
}
template <class T>
bool bound(const Bindable<T>& property, std::string_view key) {
  return property.is_binding() && property.binding().key == key;
}

// The strongest refresh of the bindable rows that are bound to the key.
template <class T>
Refresh bound_rows(const T& record, std::string_view key) {
  Refresh out = Refresh::nothing;
  for_each_row<T>([&](const auto& r) {
    if constexpr (requires { (record.*(r.member)).is_binding(); })
      if (bound(record.*(r.member), key)) out = std::max(out, r.refresh);
  });
  return out;
}

bool is_selection_key(std::string_view key) { return key == selected_entity_key || key == selected_traces_key; }

const GridSliceOperatorSpec* find_slice(const SceneStore& store, std::string_view id) {
  const auto* op = store.scene().operators.find(id);
  return op ? std::get_if<GridSliceOperatorSpec>(op) : nullptr;
}

bool moves_slice(const GridSliceOperatorSpec& op, std::string_view key) {
  return op.axis_state_key == key || op.position_state_key == key;
}

Refresh key_refresh(const MorphologyViewSpec& view, std::string_view key, const SceneStore&) {
  return std::max(bound_rows(view, key), is_selection_key(key) ? Refresh::paint : Refresh::nothing);
}

Refresh key_refresh(const SurfaceViewSpec& view, std::string_view key, const SceneStore& store) {
  Refresh out = bound_rows(view, key);
  for (const auto* op : slices_over(view, store))
    if (moves_slice(*op, key) || bound_rows(*op, key) != Refresh::nothing) out = std::max(out, Refresh::paint);
  return out;
}

Refresh key_refresh(const LinePlotViewSpec& view, std::string_view key, const SceneStore& store) {
  Refresh out = bound_rows(view, key);
  for (const auto& [dim, selector] : view.selectors)
    if (bound(selector, key)) out = Refresh::data;
  for (const auto& [label, color] : view.series_colors)
    if (bound(color, key)) out = std::max(out, Refresh::paint);
  for (const auto& color : view.series_palette)
    if (bound(color, key)) out = std::max(out, Refresh::paint);
  if (is_selection_key(key) && !selection_dim(view).empty()) out = Refresh::data;
  if (view.operator_id)
    if (const auto* op = find_slice(store, *view.operator_id); op && moves_slice(*op, key)) out = Refresh::data;
  return out;
}

Refresh key_refresh(const HeatMapViewSpec& view, std::string_view key, const SceneStore&) {
  for (const auto& [dim, selector] : view.selectors)
    if (bound(selector, key)) return Refresh::data;
  return bound_rows(view, key);
}

Refresh key_refresh(const StateGraphViewSpec&, std::string_view, const SceneStore&) { return Refresh::nothing; }

bool uses_field(const MorphologyViewSpec& v, std::string_view id, const SceneStore&) {
  return v.color_field_id == id || v.detail_field_id == id;
}
bool uses_field(const SurfaceViewSpec& v, std::string_view id, const SceneStore&) { return v.field_id == id; }
bool uses_field(const LinePlotViewSpec& v, std::string_view id, const SceneStore& store) {
  if (!v.operator_id) return v.field_id == id;
  const auto* op = find_slice(store, *v.operator_id);
  return op && op->field_id == id;
}
bool uses_field(const HeatMapViewSpec& v, std::string_view id, const SceneStore&) { return v.field_id == id; }
bool uses_field(const StateGraphViewSpec& v, std::string_view id, const SceneStore&) {
  return v.node_field_id == id || v.edge_field_id == id;
}

void touch_field(Plan& plan, const SceneStore& store, std::string_view field_id) {
  for (const auto& [id, view] : store.scene().views) plan.touch_view(id, refresh_for_field(view, field_id, store));
}

void plan_one(Plan& plan, const SceneReady&, const SceneStore&, const LayoutSpec&) {
  plan.scene = plan.grid = plan.window_title = true;
}
void plan_one(Plan& plan, const FieldReplace& u, const SceneStore& store, const LayoutSpec&) {
  touch_field(plan, store, u.field_id);
}
void plan_one(Plan& plan, const FieldAppend& u, const SceneStore& store, const LayoutSpec&) {
  touch_field(plan, store, u.field_id);
}
void plan_one(Plan&, const Status&, const SceneStore&, const LayoutSpec&) {}
void plan_one(Plan&, const ErrorReport&, const SceneStore&, const LayoutSpec&) {}

void plan_one(Plan& plan, const StatePatch& u, const SceneStore& store, const LayoutSpec&) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : u.updates) keys.push_back(key);
  plan.merge(plan_state(keys, store));
}

void touch_title(Plan& plan, const SceneStore& store, std::string_view view_id) {
  for (const auto& panel : store.scene().layout.panels)
    if (std::find(panel.view_ids.begin(), panel.view_ids.end(), view_id) != panel.view_ids.end())
      plan.touch_panel(panel.id, Refresh::paint);
}

void plan_view_patch(Plan& plan, const std::string& id, const Dict& updates, const SceneStore& store) {
  const auto* view = store.scene().views.find(id);
  if (!view) return;
  for (const auto& [name, value] : updates) {
    // A title stands in the bar of the panel, not in the picture.
    if (name != "title") plan.touch_view(id, std::visit([&](const auto& v) { return row_refresh(v, name); }, *view));
    if (name == "title" || name == "field_id") touch_title(plan, store, id);
    if (name == "max_refresh_hz") plan.caps.push_back(id);
  }
}

// The plots of the operator take data again; surfaces that carry it are only drawn again.
void plan_operator_patch(Plan& plan, const std::string& id, const Dict& updates, const SceneStore& store) {
  const auto* op = store.scene().operators.find(id);
  if (!op) return;
  Refresh refresh = Refresh::nothing;
  for (const auto& [name, value] : updates)
    refresh = std::max(refresh, std::visit([&](const auto& o) { return row_refresh(o, name); }, *op));
  for (const auto& [view_key, view] : store.scene().views) {
    if (const auto* plot = std::get_if<LinePlotViewSpec>(&view);
        plot && plot->operator_id == id && refresh >= Refresh::data)
      plan.touch_view(view_key, Refresh::data);
    if (const auto* surface = std::get_if<SurfaceViewSpec>(&view))
      for (const auto* shown : slices_over(*surface, store))
        if (shown->id == id) plan.touch_view(view_key, Refresh::paint);
  }
  // A slice that fits no longer must go from where it was, which only the lists of the panels tell.
  if (updates.contains("field_id") || updates.contains("geometry_id"))
    for (const auto& panel : store.scene().layout.panels)
      if (std::ranges::find(panel.operator_ids, id) != panel.operator_ids.end())
        for (const auto& view_id : panel.view_ids) plan.touch_view(view_id, Refresh::paint);
}

void plan_one(Plan& plan, const ScenePatch& u, const SceneStore& store, const LayoutSpec&) {
  for (const auto& [id, updates] : u.view_updates) plan_view_patch(plan, id, updates, store);
  for (const auto& [id, updates] : u.operator_updates) plan_operator_patch(plan, id, updates, store);
  for (const auto& [id, updates] : u.control_updates)
    for (const auto& [name, value] : updates) plan.touch_control(id, row_refresh(ControlSpec{}, name));
}

void compare_panels(Plan& plan, const LayoutSpec& before, const LayoutSpec& after) {
  for (const auto& panel : after.panels) {
    const auto* old = before.find_panel(panel.id);
    if (!old) {
      plan.touch_panel(panel.id, Refresh::rebuild);
      continue;
    }
    for_each_row<PanelSpec>([&](const auto& r) {
      if (!(panel.*(r.member) == old->*(r.member))) plan.touch_panel(panel.id, r.refresh);
    });
  }
  for (const auto& panel : before.panels)
    if (!after.find_panel(panel.id)) plan.removed_panels.push_back(panel.id);
  if (before.title != after.title) plan.window_title = true;
  if (resolved_grid(before) != resolved_grid(after)) plan.grid = true;
}

// Views whose overlays changed, and views that are hosted anew.
void touch_hosted(Plan& plan, const LayoutSpec& after) {
  for (const auto& [panel_id, refresh] : plan.panels) {
    if (refresh < Refresh::data) continue;
    if (const auto* panel = after.find_panel(panel_id))
      for (const auto& view_id : panel->view_ids) plan.touch_view(view_id, Refresh::paint);
  }
}

void plan_one(Plan& plan, const PanelPatch&, const SceneStore& store, const LayoutSpec& before) {
  compare_panels(plan, before, store.scene().layout);
  touch_hosted(plan, store.scene().layout);
}
void plan_one(Plan& plan, const LayoutReplace&, const SceneStore& store, const LayoutSpec& before) {
  compare_panels(plan, before, store.scene().layout);
  touch_hosted(plan, store.scene().layout);
}

}  // namespace

void Plan::touch_view(std::string_view id, Refresh refresh) { raise(views, id, refresh); }
void Plan::touch_panel(std::string_view id, Refresh refresh) { raise(panels, id, refresh); }
void Plan::touch_control(std::string_view id, Refresh refresh) { raise(controls, id, refresh); }

void Plan::merge(const Plan& later) {
  if (later.scene) *this = {};  // a new scene makes everything before it void
  scene |= later.scene;
  grid |= later.grid;
  window_title |= later.window_title;
  for (const auto& [id, refresh] : later.views) touch_view(id, refresh);
  for (const auto& id : later.removed_panels) {
    panels.erase(id);
    removed_panels.push_back(id);
  }
  for (const auto& [id, refresh] : later.panels) touch_panel(id, refresh);
  for (const auto& [id, refresh] : later.controls) touch_control(id, refresh);
  caps.insert(caps.end(), later.caps.begin(), later.caps.end());
}

bool Plan::empty() const {
  return !scene && !grid && !window_title && views.empty() && panels.empty() && removed_panels.empty() &&
         controls.empty() && caps.empty();
}

Plan plan_update(const Update& update, const SceneStore& store, const LayoutSpec& layout_before) {
  Plan plan;
  std::visit([&](const auto& u) { plan_one(plan, u, store, layout_before); }, update);
  return plan;
}

Plan plan_state(std::span<const std::string> keys, const SceneStore& store) {
  Plan plan;
  for (const auto& key : keys) {
    for (const auto& [id, view] : store.scene().views) plan.touch_view(id, refresh_for_key(view, key, store));
    for (const auto& [id, control] : store.scene().controls)
      if (control.resolved_state_key() == key) plan.touch_control(id, Refresh::paint);
  }
  return plan;
}

Refresh refresh_for_key(const ViewSpec& view, std::string_view key, const SceneStore& store) {
  return std::visit([&](const auto& v) { return key_refresh(v, key, store); }, view);
}

Refresh refresh_for_field(const ViewSpec& view, std::string_view field_id, const SceneStore& store) {
  return std::visit([&](const auto& v) { return uses_field(v, field_id, store); }, view) ? Refresh::data
                                                                                         : Refresh::nothing;
}

}  // namespace cnv
