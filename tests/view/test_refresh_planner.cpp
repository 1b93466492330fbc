#include "cnv/view/refresh_planner.hpp"

#include <gmock/gmock.h>

#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using Touched = std::vector<std::pair<std::string, Refresh>>;

Touched entries(const OrderedMap<Refresh>& map) { return {map.begin(), map.end()}; }
std::pair<std::string, Refresh> at(const char* id, Refresh r) { return {id, r}; }

// The cell scene, a surface with a slice, its plot, a state graph and a plot with bound colours.
Scene large_scene() {
  Scene scene = scenes::cell_scene();
  scene.layout = {};
  const Field grid{"grid",     scenes::floats({1, 2, 3, 4, 5, 6}, {2, 3}),
                   {"y", "x"}, {{"y", scenes::doubles({0, 1})}, {"x", scenes::doubles({0, 1, 2})}},
                   {},         {}};
  scene.fields.set("grid", grid);
  scene.fields.set(
      "detail", Field{"detail", scenes::floats({1}), {"compartment"}, {{"compartment", scenes::floats({0})}}, {}, {}});
  scene.fields.set("nodes",
                   Field{"nodes", scenes::floats({1}), {"state"}, {{"state", scenes::texts({"open"})}}, {}, {}});
  scene.replace_view("cell", {{"detail_field_id", "detail"}, {"color_limits", StateBinding{"limits"}}});
  scene.operators.set("cut", GridSliceOperatorSpec{.id = "cut",
                                                   .field_id = "grid",
                                                   .axis_state_key = "axis",
                                                   .position_state_key = "where",
                                                   .color = StateBinding{"cut_color"}});
  scene.views.set("surface",
                  SurfaceViewSpec{.id = "surface", .field_id = "grid", .surface_alpha = StateBinding{"alpha"}});
  scene.views.set("cut-plot", LinePlotViewSpec{.id = "cut-plot", .field_id = "history", .operator_id = "cut"});
  scene.views.set("graph", StateGraphViewSpec{.id = "graph", .node_field_id = "nodes"});
  scene.views.set("colored", LinePlotViewSpec{.id = "colored",
                                              .field_id = "history",
                                              .series_dim = "segment",
                                              .pen = StateBinding{"pen"},
                                              .series_colors = {{"e0", StateBinding{"c0"}}},
                                              .series_palette = {"r", StateBinding{"p1"}}});
  for (const auto* id : {"cell", "trace", "cut-plot", "graph", "colored", "surface"}) {
    const auto kind = panel_kind_for(*scene.views.find(id));
    PanelSpec panel{.id = std::string(id) + "-panel", .kind = std::string(kind), .view_ids = {id}};
    if (std::string_view(id) == "surface") panel.operator_ids = {"cut"};
    scene.layout.panels.push_back(panel);
  }
  scene.normalize();
  return scene;
}

Touched views_of(SceneStore& store, const Update& update) {
  const LayoutSpec before = store.scene().layout;
  EXPECT_FALSE(store.apply(update).has_value());
  return entries(plan_update(update, store, before).views);
}

TEST(Planner, a_field_update_touches_only_the_views_that_use_the_field) {
  auto store = scenes::store_of(large_scene());
  EXPECT_THAT(views_of(store, scenes::append_columns(3, 2, 10, 1, 0)),
              UnorderedElementsAre(at("trace", Refresh::data), at("colored", Refresh::data)));
  EXPECT_THAT(views_of(store, FieldReplace{"display", scenes::floats({1, 2, 3, 4}), {}, {}}),
              ElementsAre(at("cell", Refresh::data)));
  EXPECT_THAT(views_of(store, FieldReplace{"detail", scenes::floats({3}), {}, {}}),
              ElementsAre(at("cell", Refresh::data)));
  EXPECT_THAT(views_of(store, FieldReplace{"grid", scenes::floats({1, 2, 3, 4, 5, 6}, {2, 3}), {}, {}}),
              UnorderedElementsAre(at("surface", Refresh::data), at("cut-plot", Refresh::data)));
  EXPECT_THAT(views_of(store, FieldReplace{"nodes", scenes::floats({3}), {}, {}}),
              ElementsAre(at("graph", Refresh::data)));
}

TEST(Planner, a_state_key_touches_only_the_views_that_are_bound_to_it) {
  auto store = scenes::store_of(large_scene());
  const auto touched = [&](const char* key) { return views_of(store, StatePatch{{{key, "x"}}}); };
  EXPECT_THAT(touched("limits"), ElementsAre(at("cell", Refresh::paint)));
  EXPECT_THAT(touched("selected_entity_id"),
              UnorderedElementsAre(at("cell", Refresh::paint), at("trace", Refresh::data)));
  EXPECT_THAT(touched("selected_trace_entity_ids"),
              UnorderedElementsAre(at("cell", Refresh::paint), at("trace", Refresh::data)));
  EXPECT_THAT(touched("selected_entity_label"), IsEmpty());
  EXPECT_THAT(touched("alpha"), ElementsAre(at("surface", Refresh::paint)));
  EXPECT_THAT(touched("where"), UnorderedElementsAre(at("surface", Refresh::paint), at("cut-plot", Refresh::data)));
  EXPECT_THAT(touched("axis"), UnorderedElementsAre(at("surface", Refresh::paint), at("cut-plot", Refresh::data)));
  EXPECT_THAT(touched("cut_color"), ElementsAre(at("surface", Refresh::paint)));
  for (const auto* key : {"pen", "c0", "p1"})
    EXPECT_THAT(touched(key), ElementsAre(at("colored", Refresh::paint))) << key;
  EXPECT_THAT(touched("unbound"), IsEmpty());
}

TEST(Planner, a_controls_key_moves_its_widget_only) {
  auto store = scenes::store_of(large_scene());
  const StatePatch patch{{{"amp", 1.0}}};
  ASSERT_FALSE(store.apply(patch).has_value());
  const Plan plan = plan_update(patch, store, {});
  EXPECT_THAT(entries(plan.controls), ElementsAre(at("amp", Refresh::paint)));
  EXPECT_THAT(entries(plan.views), IsEmpty());
}

TEST(Planner, a_patch_of_properties_follows_their_tables) {
  auto store = scenes::store_of(large_scene());
  const auto plan_of = [&](const ScenePatch& patch) {
    EXPECT_FALSE(store.apply(patch).has_value());
    return plan_update(patch, store, store.scene().layout);
  };
  EXPECT_THAT(entries(plan_of({.view_updates = {{"cell", Dict{{"color_map", "fire"}}}}}).views),
              ElementsAre(at("cell", Refresh::paint)));
  EXPECT_THAT(
      entries(plan_of({.view_updates = {{"cell", Dict{{"color_map", "bwr"}, {"color_field_id", "display"}}}}}).views),
      ElementsAre(at("cell", Refresh::data)));
  const Plan capped = plan_of({.view_updates = {{"cell", Dict{{"max_refresh_hz", 5.0}}}}});
  EXPECT_THAT(entries(capped.views), IsEmpty());
  EXPECT_THAT(capped.caps, ElementsAre("cell"));
  const Plan titled = plan_of({.view_updates = {{"trace", Dict{{"title", "V"}}}}});
  EXPECT_THAT(entries(titled.panels), ElementsAre(at("trace-panel", Refresh::paint)));
  EXPECT_THAT(entries(titled.views), IsEmpty());
  EXPECT_THAT(entries(plan_of({.operator_updates = {{"cut", Dict{{"width", 5.0}}}}}).views),
              ElementsAre(at("surface", Refresh::paint)));
  EXPECT_THAT(entries(plan_of({.operator_updates = {{"cut", Dict{{"field_id", "grid"}}}}}).views),
              UnorderedElementsAre(at("surface", Refresh::paint), at("cut-plot", Refresh::data)));
  EXPECT_THAT(entries(plan_of({.control_updates = {{"amp", Dict{{"label", "A"}}}}}).controls),
              ElementsAre(at("amp", Refresh::rebuild)));
  EXPECT_TRUE(plan_of({.metadata_updates = {{"k", 1}}}).empty());
}

TEST(Planner, an_operator_that_does_not_fit_the_surface_of_its_panel_leaves_it_alone) {
  Scene scene = large_scene();
  Field other = *scene.fields.find("grid");
  other.id = "other-grid";
  scene.fields.set("other-grid", other);
  scene.replace_view("surface", {{"geometry_id", "relief"}});
  const auto add = [&](const char* id, const char* field, std::optional<std::string> geometry) {
    scene.operators.set(id, GridSliceOperatorSpec{.id = id,
                                                  .field_id = field,
                                                  .geometry_id = geometry,
                                                  .axis_state_key = std::string(id) + "-axis",
                                                  .position_state_key = std::string(id) + "-where",
                                                  .color = StateBinding{std::string(id) + "-color"}});
    scene.layout.panels.back().operator_ids.push_back(id);
  };
  add("elsewhere", "other-grid", std::nullopt);
  add("foreign", "grid", "another relief");
  add("own", "grid", "relief");
  auto store = scenes::store_of(std::move(scene));
  const auto touched = [&](const std::string& key) { return views_of(store, StatePatch{{{key, 0.5}}}); };
  for (const std::string end : {"-axis", "-where", "-color"}) {
    EXPECT_THAT(touched("elsewhere" + end), IsEmpty());
    EXPECT_THAT(touched("foreign" + end), IsEmpty());
    EXPECT_THAT(touched("own" + end), ElementsAre(at("surface", Refresh::paint)));
  }
  const auto patched = [&](const char* id, const char* name, const char* value) {
    return views_of(store, ScenePatch{.operator_updates = {{id, Dict{{name, value}}}}});
  };
  EXPECT_THAT(patched("elsewhere", "color", "red"), IsEmpty());
  EXPECT_THAT(patched("own", "color", "red"), ElementsAre(at("surface", Refresh::paint)));
  EXPECT_THAT(patched("own", "field_id", "other-grid"), ElementsAre(at("surface", Refresh::paint)))
      << "it goes from where it was";
  EXPECT_THAT(patched("own", "color", "blue"), IsEmpty());
  EXPECT_THAT(patched("foreign", "geometry_id", "relief"), ElementsAre(at("surface", Refresh::paint)));
}

TEST(Planner, panel_changes_name_only_what_changed) {
  auto store = scenes::store_of(large_scene());
  const auto plan_of = [&](const Update& update) {
    const LayoutSpec before = store.scene().layout;
    EXPECT_FALSE(store.apply(update).has_value());
    return plan_update(update, store, before);
  };
  Plan plan = plan_of(PanelPatch{.panel_id = "trace-panel", .title = "V"});
  EXPECT_THAT(entries(plan.panels), ElementsAre(at("trace-panel", Refresh::paint)));
  EXPECT_FALSE(plan.grid);
  EXPECT_THAT(entries(plan.views), IsEmpty());
  plan = plan_of(PanelPatch{.panel_id = "trace-panel", .title = "V"});
  EXPECT_TRUE(plan.empty());

  LayoutReplace same{store.scene().layout.panels, store.scene().layout.panel_grid};
  EXPECT_TRUE(plan_of(same).empty());
  LayoutReplace fewer = same;
  fewer.panels.erase(fewer.panels.begin() + 3);
  fewer.panels[0].camera_distance = 10;
  plan = plan_of(fewer);
  EXPECT_THAT(plan.removed_panels, ElementsAre("graph-panel"));
  EXPECT_TRUE(plan.grid);
  EXPECT_THAT(entries(plan.panels), IsEmpty());  // a start distance moves no camera
  plan = plan_of(same);
  EXPECT_THAT(entries(plan.panels), ElementsAre(at("graph-panel", Refresh::rebuild)));
  EXPECT_THAT(entries(plan.views), ElementsAre(at("graph", Refresh::paint)));
}

TEST(Planner, status_touches_nothing_and_a_new_scene_makes_earlier_plans_void) {
  auto store = scenes::store_of(large_scene());
  EXPECT_TRUE(plan_update(Status{"x", {}}, store, {}).empty());
  EXPECT_TRUE(plan_update(ErrorReport{"x"}, store, {}).empty());
  Plan plan;
  plan.touch_view("old", Refresh::data);
  plan.merge(plan_update(SceneReady{}, store, {}));
  EXPECT_TRUE(plan.scene);
  EXPECT_TRUE(plan.views.empty());
}

}  // namespace
}  // namespace cnv
