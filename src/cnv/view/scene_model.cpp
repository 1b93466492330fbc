#include "cnv/view/scene_model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

std::optional<double> cap_of(const ViewSpec& view) {
  return std::visit([](const auto& v) { return v.max_refresh_hz; }, view);
}

bool changes_layout(const Update& update) {
  return std::holds_alternative<PanelPatch>(update) || std::holds_alternative<LayoutReplace>(update);
}

// Keys that get another value.
std::vector<std::string> changed_keys(const Dict& updates, const Dict& state) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : updates) {
    const auto* present = state.find(key);
    if (!present || !(*present == value)) keys.push_back(key);
  }
  return keys;
}

bool alike(const Bounds& a, const Bounds& b) {
  const float tolerance = 0.01F * std::max(a.radius(), b.radius());
  return glm::distance(a.center(), b.center()) <= tolerance && std::fabs(a.radius() - b.radius()) <= tolerance;
}

// One object for each view of this kind. Those of views that stay keep what the user did to them (zoom, colours).
template <class Spec, class View>
void keep_views(OrderedMap<std::unique_ptr<View>>& objects, const OrderedMap<ViewSpec>& views) {
  OrderedMap<std::unique_ptr<View>> kept;
  for (const auto& [id, view] : views) {
    if (!std::holds_alternative<Spec>(view)) continue;
    auto* present = objects.find(id);
    kept.set(id, present ? std::move(*present) : std::make_unique<View>());
  }
  objects = std::move(kept);
}

}  // namespace

Applied SceneModel::apply(const Batch& batch, double now_s) {
  Applied out = apply(batch.updates, now_s);
  // A session may show a scene before it has built its own: each takes the choices.
  if (batch.run.steps > 0) repeats_choices_ = false;
  if (!repeats_choices_ || !out.plan.scene) return out;
  Dict updates = choices_that_hold();
  if (updates.empty()) return out;
  touch_state(updates, now_s);
  out.choices = StateEvent{std::move(updates)};
  return out;
}

void SceneModel::expect_session() { session_expected_ = repeats_choices_ = true; }

Dict SceneModel::choices_that_hold() const {
  Dict out;
  const auto add = [&](std::string_view key, const Value& value) {
    if (!(state_value(state(), key) == value)) out.set(key, value);
  };
  for (const auto& [key, value] : chosen_)
    if (key != selected_entity_key && key != selected_label_key && key != selected_traces_key && state().contains(key))
      add(key, value);
  List traces;
  for (const auto& id : selection(chosen_).entity_ids)
    if (is_entity(id)) traces.emplace_back(id);
  if (traces.empty()) return out;
  const std::string latest = text_or_empty(chosen_, selected_entity_key);
  const Dict selected = selection_updates(store_, is_entity(latest) ? latest : traces.back().as_string(), false);
  add(selected_entity_key, *selected.find(selected_entity_key));
  add(selected_label_key, *selected.find(selected_label_key));
  add(selected_traces_key, std::move(traces));
  return out;
}

Applied SceneModel::apply(std::span<const Update> updates, double now_s) {
  Applied out;
  std::vector<Problem> problems;
  for (const auto& update : updates) {
    if (const auto* status = std::get_if<Status>(&update)) out.statuses.push_back(*status);
    if (const auto* error = std::get_if<ErrorReport>(&update)) out.errors.push_back(*error);
    if (session_expected_ && std::holds_alternative<SceneReady>(update)) {
      session_expected_ = false;
      if (const auto* plotted = state().find(plotted_variables_key)) chosen_.set(plotted_variables_key, *plotted);
      store_.forget_state();
    }
    const LayoutSpec before = changes_layout(update) ? store_.scene().layout : LayoutSpec{};
    std::vector<std::string> keys;
    const auto* patch = std::get_if<StatePatch>(&update);
    if (patch) keys = changed_keys(patch->updates, store_.state());
    if (auto problem = store_.apply(update)) {
      problems.push_back(std::move(*problem));
      continue;
    }
    out.plan.merge(patch ? plan_state(keys, store_) : plan_update(update, store_, before));
  }
  report(problems, out.problems);
  apply_plan(out.plan, now_s);
  return out;
}

void SceneModel::report(const std::vector<Problem>& problems, std::vector<Problem>& out) {
  for (const auto& problem : problems) {
    if (std::find(reported_.begin(), reported_.end(), problem.cause) != reported_.end()) continue;
    reported_.push_back(problem.cause);
    out.push_back(problem);
  }
}

std::vector<Problem> SceneModel::take_problems() { return std::exchange(view_problems_, {}); }

void SceneModel::apply_plan(const Plan& plan, double now_s) {
  if (plan.scene) {
    sync_views();
    for (const auto& [id, view] : store_.scene().views) scheduler_.mark_dirty(id, DirtyReason::scene, now_s);
    return;
  }
  for (const auto& id : plan.caps)
    if (const auto* view = find_view(id)) scheduler_.set_view(id, cap_of(*view));
  for (const auto& [id, refresh] : plan.views) scheduler_.mark_dirty(id, DirtyReason::data, now_s);
}

void SceneModel::sync_views() {
  const auto& views = store_.scene().views;
  std::vector<std::string> ids;
  for (const auto& [id, view] : views) {
    ids.push_back(id);
    scheduler_.set_view(id, cap_of(view));
  }
  keep_views<MorphologyViewSpec>(morphologies_, views);
  keep_views<LinePlotViewSpec>(plots_, views);
  keep_views<SurfaceViewSpec>(surfaces_, views);
  keep_views<StateGraphViewSpec>(graphs_, views);
  keep_views<HeatMapViewSpec>(heat_maps_, views);
  scheduler_.keep_only(ids);
}

void SceneModel::set_theme(Theme theme, double now_s) {
  if (theme == theme_) return;
  theme_ = theme;
  for (const auto& [id, view] : store_.scene().views) touch(id, now_s, DirtyReason::scene);
}

// ---- layout ------------------------------------------------------------------------------------------------------

std::string SceneModel::window_title() const {
  return store_.has_scene() ? store_.scene().layout.title : std::string();
}

bool SceneModel::panel_is_shown(const PanelSpec& panel) const {
  if (panel.kind != panel_kind_controls) return true;
  const auto known = [](const auto& ids, auto find) { return std::any_of(ids.begin(), ids.end(), find); };
  // Reset alone has its button in the time bar; a panel for it is shown where the app asks for the panel by name, in
  // other rows than those that stand without a wish.
  LayoutSpec derived = store_.scene().layout;
  const PanelGrid asked = std::exchange(derived.panel_grid, {});
  const bool named = asked != resolved_grid(derived) && std::any_of(asked.begin(), asked.end(), [&](const auto& row) {
                       return std::find(row.begin(), row.end(), panel.id) != row.end();
                     });
  return known(panel.control_ids, [&](const auto& id) { return find_control(id) != nullptr; }) ||
         known(panel.action_ids,
               [&](const auto& id) { return find_action(id) != nullptr && (named || id != "reset"); });
}

PanelGrid SceneModel::grid() const {
  PanelGrid out;
  for (const auto& row : resolved_grid(store_.scene().layout)) {
    std::vector<std::string> shown;
    for (const auto& id : row)
      if (const auto* panel = find_panel(id); panel && panel_is_shown(*panel)) shown.push_back(id);
    if (!shown.empty()) out.push_back(std::move(shown));
  }
  return out;
}

std::string SceneModel::panel_title(const PanelSpec& panel) const {
  if (panel.title && !panel.title->empty()) return *panel.title;
  if (panel.kind == panel_kind_controls) {
    if (panel.action_ids.empty()) return "Controls";
    return panel.control_ids.empty() ? "Actions" : "Controls & Actions";
  }
  std::string names;
  for (const auto& id : panel.view_ids) names += (names.empty() ? "" : " · ") + view_name(id);
  return names.empty() ? panel.id : names;
}

std::string SceneModel::view_name(std::string_view view_id) const {
  const auto* view = find_view(view_id);
  if (!view) return std::string(view_id);
  if (const auto& title = view_title(*view); !title.empty()) return title;
  if (const auto* plot = std::get_if<LinePlotViewSpec>(view)) {
    const auto selected = select_series(*plot, store_);
    return selected.title.empty() ? plot->id : selected.title;
  }
  return cnv::view_id(*view);
}

Value SceneModel::control_value(const ControlSpec& control) const {
  const auto& value = state_value(state(), control.resolved_state_key());
  return value.is_null() ? control.default_value() : value;
}

// ---- views -------------------------------------------------------------------------------------------------------

template <class Spec, class View, class... With>
View* SceneModel::current(OrderedMap<std::unique_ptr<View>>& objects, std::string_view view_id, const With&... with) {
  auto* object = objects.find(view_id);
  const auto* view = find_view(view_id);
  const auto* spec = view ? std::get_if<Spec>(view) : nullptr;
  if (!object || !spec) return nullptr;
  (*object)->update(*spec, store_, with...);
  report((*object)->problems(), view_problems_);
  return object->get();
}

MorphologyView* SceneModel::morphology(std::string_view view_id) {
  return current<MorphologyViewSpec>(morphologies_, view_id, theme_, &trees_);
}

LinePlotView* SceneModel::line_plot(std::string_view view_id) {
  return current<LinePlotViewSpec>(plots_, view_id, view_state_, theme_);
}

StateGraphView* SceneModel::state_graph(std::string_view view_id) {
  return current<StateGraphViewSpec>(graphs_, view_id, theme_);
}

HeatMapView* SceneModel::heat_map(std::string_view view_id) {
  return current<HeatMapViewSpec>(heat_maps_, view_id, view_state_, theme_);
}

SurfaceView* SceneModel::surface(std::string_view view_id) {
  return current<SurfaceViewSpec>(surfaces_, view_id, theme_);
}

ViewLook* SceneModel::look(std::string_view view_id) {
  if (auto* cell = morphology(view_id)) return &cell->look();
  auto* shown = surface(view_id);
  return shown ? &shown->look() : nullptr;
}

const LodTree* SceneModel::tree_of_panel(std::string_view panel_id) {
  const auto* panel = find_panel(panel_id);
  for (const auto& id : panel ? panel->view_ids : std::vector<std::string>{})
    if (auto* view = morphology(id); view && view->tree()) return view->tree().get();
  return nullptr;
}

bool SceneModel::has_color_bar(std::string_view panel_id) {
  const auto* panel = find_panel(panel_id);
  return panel && std::any_of(panel->view_ids.begin(), panel->view_ids.end(), [this](const auto& id) {
           const auto* view = morphology(id);
           return view && view->color_bar();
         });
}

SurfaceView* SceneModel::surface_of_panel(std::string_view panel_id) {
  const auto* panel = find_panel(panel_id);
  for (const auto& id : panel ? panel->view_ids : std::vector<std::string>{})
    if (auto* view = surface(id)) return view;
  return nullptr;
}

Camera& SceneModel::camera(std::string_view panel_id, glm::vec2 size_px) {
  if (const auto* surface = surface_of_panel(panel_id)) return surface_camera(panel_id, *surface, size_px);
  const auto* tree = tree_of_panel(panel_id);
  auto* kept = cameras_.find(panel_id);
  if (kept && (!tree || (alike(kept->bounds, tree->bounds()) && !kept->outgrown(size_px)))) return kept->camera;
  const auto* panel = find_panel(panel_id);
  auto& made = cameras_[panel_id];
  if (!tree) return made.camera;
  made.bounds = tree->bounds();
  return made.keep(
      initial_camera(panel ? *panel : PanelSpec{}, fit_points(tree->cones()), size_px, has_color_bar(panel_id)),
      size_px);
}

// A surface that changes its shape while it is looked at keeps the direction and fits anew.
Camera& SceneModel::surface_camera(std::string_view panel_id, const SurfaceView& surface, glm::vec2 size_px) {
  const bool first = !cameras_.contains(panel_id);
  auto& kept = cameras_[panel_id];
  if (!surface.has_surface() || (!first && kept.frame_version == surface.frame_version() && !kept.outgrown(size_px)))
    return kept.camera;
  const auto* panel = find_panel(panel_id);
  const bool untouched = kept.frame_version == 0 || kept.camera == kept.untouched;
  kept.frame_version = surface.frame_version();
  if (untouched)
    return kept.keep(initial_surface_camera(panel ? *panel : PanelSpec{}, surface.bounds(), size_px, surface.room()),
                     size_px);
  return kept.camera = fitted_surface(kept.camera, surface.bounds(), size_px, surface.room());
}

void SceneModel::fit_camera(std::string_view panel_id, glm::vec2 size_px) {
  if (auto* surface = surface_of_panel(panel_id)) {
    surface->forget_heights();
    auto& kept = camera(panel_id, size_px);  // brings the surface up to date
    if (surface->has_surface()) kept = fitted_surface(kept, surface->bounds(), size_px, surface->room());
    return;
  }
  auto& present = camera(panel_id, size_px);
  if (const auto* tree = tree_of_panel(panel_id))
    present = fitted_cell(present, fit_points(tree->cones()), size_px, has_color_bar(panel_id));
}

// ---- what the user does ------------------------------------------------------------------------------------------

void SceneModel::touch(std::string_view view_id, double now_s, DirtyReason reason) {
  scheduler_.mark_dirty(view_id, reason, now_s);
}

void SceneModel::touch_state(const Dict& updates, double now_s) {
  const auto keys = changed_keys(updates, store_.state());
  for (const auto& [key, value] : updates) store_.set_state(key, value);
  for (const auto& [id, refresh] : plan_state(keys, store_).views) touch(id, now_s);
}

std::optional<ControlEvent> SceneModel::set_control(std::string_view control_id, Value value, double now_s) {
  const auto* control = find_control(control_id);
  if (!control) return std::nullopt;
  touch_state({{control->resolved_state_key(), value}}, now_s);
  return ControlEvent{std::string(control_id), std::move(value)};
}

StateEvent SceneModel::set_state(std::string_view key, Value value, double now_s) {
  Dict updates{{std::string(key), std::move(value)}};
  chosen_.set(key, *updates.find(key));
  touch_state(updates, now_s);
  return {std::move(updates)};
}

std::string SceneModel::slice_position_key(std::string_view operator_id) const {
  const auto* found = store_.scene().operators.find(operator_id);
  const auto* op = found ? std::get_if<GridSliceOperatorSpec>(found) : nullptr;
  return op ? op->position_state_key.value_or("") : std::string();
}

std::optional<ViewerMessage> SceneModel::move_slice(std::string_view operator_id, double position, double now_s) {
  const std::string key = slice_position_key(operator_id);
  if (key.empty()) return std::nullopt;
  for (const auto& [id, control] : store_.scene().controls)
    if (control.resolved_state_key() == key) {
      auto event = set_control(id, position, now_s);
      return event ? std::optional<ViewerMessage>(std::move(*event)) : std::nullopt;
    }
  return set_state(key, position, now_s);
}

bool SceneModel::is_entity(std::string_view entity_id) const {
  const auto& geometries = store_.scene().geometries;
  return std::any_of(geometries.begin(), geometries.end(), [&](const auto& geometry) {
    const auto* morphology = std::get_if<MorphologyGeometry>(geometry.second.get());
    return morphology && morphology->find_entity(entity_id) >= 0;
  });
}

std::optional<EntityEvent> SceneModel::select(std::string_view entity_id, bool add, double now_s) {
  if (!is_entity(entity_id)) return std::nullopt;
  const Dict updates = selection_updates(store_, entity_id, add);
  for (const auto& [key, value] : updates) chosen_.set(key, value);
  touch_state(updates, now_s);
  return EntityEvent{std::string(entity_id), add};
}

StateEvent SceneModel::toggle_plot(std::string_view entity_id, const std::string& variable, double now_s) {
  auto names = plotted_variables(store_.state());
  const bool is_plotted = std::ranges::find(names, variable) != names.end();
  Dict updates;
  if (selection(store_.state()).number(entity_id) < 0) {
    updates = selection_updates(store_, entity_id, true);
    if (!is_plotted) names.push_back(variable);
  } else if (is_plotted) {
    std::erase(names, variable);
  } else {
    names.push_back(variable);
  }
  updates.set(plotted_variables_key, List(names.begin(), names.end()));
  for (const auto& [key, value] : updates) chosen_.set(key, value);
  touch_state(updates, now_s);
  return {std::move(updates)};
}

void SceneModel::touch_plots(std::string_view x_dim, double now_s) {
  for (const auto& [id, plot] : plots_)
    if (plot->x_dim() == x_dim) touch(id, now_s);
  for (const auto& [id, map] : heat_maps_)
    if (map->x_dim() == x_dim) touch(id, now_s);
}

void SceneModel::set_cursor(std::optional<Cursor> cursor, double now_s) {
  if (cursor == view_state_.cursor) return;
  if (view_state_.cursor) touch_plots(view_state_.cursor->dim, now_s);
  if (cursor) touch_plots(cursor->dim, now_s);
  view_state_.cursor = std::move(cursor);
}

void SceneModel::set_time_shown(std::optional<double> time, double now_s) {
  if (time == view_state_.time_shown) return;
  view_state_.time_shown = time;
  touch_plots("time", now_s);
}

}  // namespace cnv
