#include <algorithm>
#include <functional>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/core/scene.hpp"
#include "cnv/core/spec_check.hpp"

namespace cnv {
namespace {

std::string stripped(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

std::vector<std::string> without_repeats(const std::vector<std::string>& ids) {
  std::vector<std::string> out;
  for (const auto& id : ids)
    if (!id.empty() && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  return out;
}

template <class T>
std::vector<std::string> keys(const OrderedMap<T>& map) {
  std::vector<std::string> out;
  for (const auto& [key, value] : map) out.push_back(key);
  return out;
}

bool known_kind(std::string_view kind) {
  return kind == panel_kind_view_3d || kind == panel_kind_line_plot || kind == panel_kind_controls ||
         kind == panel_kind_state_graph || kind == panel_kind_heat_map;
}

std::vector<PanelSpec> derived(const OrderedMap<ViewSpec>& views, const OrderedMap<ControlSpec>& controls,
                               const OrderedMap<ActionSpec>& actions) {
  std::vector<PanelSpec> panels;
  for (const auto& [key, view] : views)
    panels.push_back({.id = view_id(view) + "-panel", .kind = std::string(panel_kind_for(view)), .view_ids = {key}});
  if (!controls.empty() || !actions.empty())
    panels.push_back({.id = "controls-panel",
                      .kind = std::string(panel_kind_controls),
                      .control_ids = keys(controls),
                      .action_ids = keys(actions)});
  return panels;
}

void clean_controls(PanelSpec& panel, const OrderedMap<ControlSpec>& controls, const OrderedMap<ActionSpec>& actions) {
  panel.control_ids = without_repeats(panel.control_ids);
  panel.action_ids = without_repeats(panel.action_ids);
  if (panel.control_ids.empty() && panel.action_ids.empty()) {
    panel.control_ids = keys(controls);
    panel.action_ids = keys(actions);
  }
  panel = {.id = panel.id,
           .kind = panel.kind,
           .control_ids = panel.control_ids,
           .action_ids = panel.action_ids,
           .title = panel.title};
}

// False when nothing is left to show.
bool clean_views(PanelSpec& panel, const OrderedMap<ViewSpec>& views) {
  std::vector<std::string> ids;
  for (const auto& id : without_repeats(panel.view_ids))
    if (const auto* view = views.find(id); view && panel_kind_for(*view) == panel.kind) ids.push_back(id);
  const bool is_3d = panel.kind == panel_kind_view_3d;
  if (!is_3d && ids.size() > 1)
    throw ValueError("panel '" + panel.id + "' of kind '" + panel.kind + "' hosts one view, not " +
                     plain_text(ids.size()));
  PanelSpec clean{.id = panel.id, .kind = panel.kind, .view_ids = std::move(ids), .title = panel.title};
  if (is_3d) {
    if (panel.host_kind != panel_host_kind)
      throw ValueError("panel '" + panel.id + "' has unknown host_kind '" + panel.host_kind + "'; it can be '" +
                       std::string(panel_host_kind) + "'");
    clean.operator_ids = without_repeats(panel.operator_ids);
    clean.host_kind = panel.host_kind;
    clean.camera_distance = panel.camera_distance;
    clean.camera_elevation = panel.camera_elevation;
    clean.camera_azimuth = panel.camera_azimuth;
  }
  panel = std::move(clean);
  return !panel.view_ids.empty();
}

}  // namespace

void normalize_panels(LayoutSpec& layout, const OrderedMap<ViewSpec>& views, const OrderedMap<ControlSpec>& controls,
                      const OrderedMap<ActionSpec>& actions) {
  if (layout.panels.empty()) {
    layout.panels = derived(views, controls, actions);
    return;
  }
  std::vector<PanelSpec> panels;
  std::vector<std::string> used_ids, used_views;
  for (auto panel : layout.panels) {
    panel.id = stripped(panel.id);
    if (panel.id.empty()) throw ValueError("a panel of kind '" + panel.kind + "' has a blank id");
    if (std::find(used_ids.begin(), used_ids.end(), panel.id) != used_ids.end())
      throw ValueError("panel id '" + panel.id + "' is used twice");
    used_ids.push_back(panel.id);
    if (!known_kind(panel.kind)) throw ValueError("panel '" + panel.id + "' has unknown kind '" + panel.kind + "'");
    if (panel.kind == panel_kind_controls) clean_controls(panel, controls, actions);
    else if (!clean_views(panel, views)) continue;
    for (const auto& id : panel.view_ids) {
      if (std::find(used_views.begin(), used_views.end(), id) != used_views.end())
        throw ValueError("view '" + id + "' is hosted by two panels");
      used_views.push_back(id);
    }
    panels.push_back(std::move(panel));
  }
  layout.panels = std::move(panels);
}

PanelGrid resolved_grid(const LayoutSpec& layout) {
  PanelGrid grid;
  if (!layout.panel_grid.empty()) {
    for (const auto& row : layout.panel_grid) {
      std::vector<std::string> known;
      for (const auto& id : row)
        if (layout.find_panel(id)) known.push_back(id);
      if (!known.empty()) grid.push_back(std::move(known));
    }
    return grid;
  }
  std::vector<std::string> first;
  for (const auto& panel : layout.panels)
    if (panel.kind != panel_kind_controls) first.push_back(panel.id);
  if (!first.empty()) grid.push_back(std::move(first));
  for (const auto& panel : layout.panels)
    if (panel.kind == panel_kind_controls) grid.push_back({panel.id});
  return grid;
}

bool has_plain_grid(const LayoutSpec& layout) {
  if (layout.panel_grid.empty()) return true;
  const auto grid = resolved_grid(layout);
  if (grid.empty()) return true;
  const auto count = [&](std::string_view kind) {
    return std::ranges::count_if(grid.front(), [&](const auto& id) { return layout.find_panel(id)->kind == kind; });
  };
  const auto scenes = count(panel_kind_view_3d), controls = count(panel_kind_controls);
  const bool one_each =
      scenes <= 1 && controls <= 1 && static_cast<std::ptrdiff_t>(grid.front().size()) - scenes - controls <= 1;
  const auto controls_alone = [&](const std::vector<std::string>& row) {
    return row.size() == 1 && layout.find_panel(row.front())->kind == panel_kind_controls;
  };
  return one_each && (grid.size() == 1 || (grid.size() == 2 && controls_alone(grid[1])));
}

namespace {
template <class T, class Id>
void need_own_ids(std::string_view kind, const OrderedMap<T>& map, Id id_of) {
  for (const auto& [key, spec] : map)
    if (const std::string& own = std::invoke(id_of, spec); own != key)
      throw ValueError(std::string(kind) + " '" + own + "' stands under the id '" + key + "'");
}
}  // namespace

void Scene::normalize() {
  for (auto& [id, field] : fields) field.check();
  for (auto& [id, geometry] : geometries) {
    if (!geometry) throw ValueError("geometry '" + id + "' is missing");
    std::visit([](const auto& g) { g.check(); }, *geometry);
  }
  need_own_ids("view", views, view_id);
  need_own_ids("operator", operators, operator_id);
  need_own_ids("control", controls, &ControlSpec::id);
  need_own_ids("action", actions, &ActionSpec::id);
  for (const auto& [id, view] : views)
    if (const auto problem = problem_of(view); !problem.empty()) throw ValueError(problem);
  for (const auto& [id, control] : controls)
    if (const auto problem = problem_of(control); !problem.empty()) throw ValueError(problem);
  if (const auto problem = problem_of_shared_states(controls); !problem.empty()) throw ValueError(problem);
  normalize_panels(layout, views, controls, actions);
}

}  // namespace cnv
