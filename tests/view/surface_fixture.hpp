// A small surface with a slice and its plot, for tests of surfaces.
#pragma once

#include <gtest/gtest.h>

#include "cnv/view/surface_view.hpp"
#include "view/scenes.hpp"

namespace cnv {

inline constexpr glm::vec2 size_px(800, 600);

// "h" over y = 0, 1, 4 (rows) and x = 10, 20, 40, 80 (columns): height 10·row + column.
inline Field heights_field(std::vector<std::string> dims = {"y", "x"}) {
  std::vector<float> values;
  const bool rows_first = dims[0] == "y";
  for (int i = 0; i < (rows_first ? 3 : 4); ++i)
    for (int k = 0; k < (rows_first ? 4 : 3); ++k)
      values.push_back(rows_first ? 10.0F * static_cast<float>(i) + static_cast<float>(k)
                                  : 10.0F * static_cast<float>(k) + static_cast<float>(i));
  return Field{"h",  scenes::floats(values, rows_first ? Shape{3, 4} : Shape{4, 3}),
               dims, {{"y", scenes::doubles({0, 1, 4})}, {"x", scenes::doubles({10, 20, 40, 80})}},
               "mV", {}};
}

inline Scene surface_scene(Field field = heights_field()) {
  Scene scene;
  scene.fields.set("h", std::move(field));
  scene.views.set("s", SurfaceViewSpec{.id = "s", .title = "Hills", .field_id = "h"});
  scene.views.set("curve", LinePlotViewSpec{.id = "curve", .operator_id = "cut"});
  scene.operators.set(
      "cut",
      GridSliceOperatorSpec{.id = "cut", .field_id = "h", .axis_state_key = "axis", .position_state_key = "position"});
  scene.layout.panels = {{.id = "p",
                          .kind = std::string(panel_kind_view_3d),
                          .view_ids = {"s"},
                          .operator_ids = {"cut"},
                          .camera_distance = 30.0},
                         {.id = "q", .kind = std::string(panel_kind_line_plot), .view_ids = {"curve"}}};
  scene.normalize();
  return scene;
}

struct Surface {
  SceneStore store;
  SurfaceView view;

  explicit Surface(Scene scene = surface_scene()) : store(scenes::store_of(std::move(scene))) { update(); }
  SurfaceViewSpec spec() const { return std::get<SurfaceViewSpec>(*store.scene().views.find("s")); }
  void update(Theme theme = Theme::light) { view.update(spec(), store, theme); }
  void patch(Dict updates) {
    ScenePatch change;
    change.view_updates.set("s", std::move(updates));
    ASSERT_FALSE(store.apply(change));
    update();
  }
  void state(const char* key, Value value) {
    store.set_state(key, std::move(value));
    update();
  }
  void replace(const std::vector<float>& values, std::optional<Coords> coords = {}) {
    const auto problem = store.apply(FieldReplace{"h", scenes::floats(values, {3, 4}), std::move(coords), {}});
    ASSERT_FALSE(problem) << problem->message;
    update();
  }
  std::string problem() const { return view.problems().empty() ? "" : view.problems().front().message; }
};

}  // namespace cnv
