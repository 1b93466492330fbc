// What an update makes necessary: which views take data or are drawn again, which panels and controls change. Pure
// functions over the store; used by SceneModel. GUI thread only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cnv/core/record.hpp"
#include "cnv/core/scene_store.hpp"

namespace cnv {

struct Plan {
  bool scene = false;  // everything is new
  bool grid = false;   // the arrangement of panels changed
  bool window_title = false;
  OrderedMap<Refresh> views;   // never Refresh::nothing
  OrderedMap<Refresh> panels;  // paint: the title; data: overlays; rebuild: new, or other contents
  std::vector<std::string> removed_panels;
  OrderedMap<Refresh> controls;   // paint: the widget takes its value from the state; rebuild: made again
  std::vector<std::string> caps;  // views whose max_refresh_hz changed

  void touch_view(std::string_view view_id, Refresh refresh);
  void touch_panel(std::string_view panel_id, Refresh refresh);
  void touch_control(std::string_view control_id, Refresh refresh);
  void merge(const Plan& later);
  bool empty() const;
};

// What the update touches. `store` has applied it; `layout_before` is the layout before it (only compared for updates
// of panels and layout).
Plan plan_update(const Update& update, const SceneStore& store, const LayoutSpec& layout_before);

// What new values of state keys touch.
Plan plan_state(std::span<const std::string> keys, const SceneStore& store);

// How a view depends on a state key or a field; Refresh::nothing: not at all.
Refresh refresh_for_key(const ViewSpec& view, std::string_view key, const SceneStore& store);
Refresh refresh_for_field(const ViewSpec& view, std::string_view field_id, const SceneStore& store);

}  // namespace cnv
