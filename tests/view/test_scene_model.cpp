#include "cnv/view/scene_model.hpp"

#include <gmock/gmock.h>

#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Applied apply(SceneModel& model, std::vector<Update> updates, double now = 0) { return model.apply(updates, now); }

SceneModel shown_model() {
  SceneModel model;
  apply(model, {SceneReady{scenes::cell_scene()}}, 0);
  for (const auto* id : {"cell", "trace"}) model.scheduler().painted(id, 0.5, 0.001);
  return model;
}

TEST(SceneModel, a_new_scene_marks_every_view_and_gives_its_layout) {
  SceneModel model;
  EXPECT_EQ(model.window_title(), "");
  const auto applied = apply(model, {SceneReady{scenes::cell_scene()}});
  EXPECT_TRUE(applied.plan.scene);
  EXPECT_THAT(model.scheduler().due(0).view_ids, UnorderedElementsAre("cell", "trace"));
  EXPECT_THAT(model.grid(), ElementsAre(ElementsAre("cell-panel", "trace-panel"), ElementsAre("controls-panel")));
  EXPECT_EQ(model.panel_title(*model.find_panel("cell-panel")), "Cell");
  EXPECT_EQ(model.panel_title(*model.find_panel("trace-panel")), "history");
  EXPECT_EQ(model.panel_title(*model.find_panel("controls-panel")), "Controls");
  EXPECT_TRUE(model.morphology("cell")->tree());
  EXPECT_EQ(model.morphology("trace"), nullptr);
  EXPECT_NE(model.line_plot("trace"), nullptr);
}

TEST(SceneModel, updates_mark_only_what_they_touch) {
  SceneModel model = shown_model();
  apply(model, {scenes::append_columns(3, 2, 10, 1, 0)}, 1);
  EXPECT_THAT(model.scheduler().due(2).view_ids, ElementsAre("trace"));
  model.scheduler().painted("trace", 2, 0.001);
  apply(model, {StatePatch{{{"unbound", 1}}}, Status{"hello", 100}}, 3);
  EXPECT_THAT(model.scheduler().all_dirty(), IsEmpty());
  apply(model, {StatePatch{{{"selected_entity_id", "e0"}}}}, 4);
  EXPECT_THAT(model.scheduler().all_dirty(), UnorderedElementsAre("cell", "trace"));
  for (const auto* id : {"cell", "trace"}) model.scheduler().painted(id, 5, 0.001);
  apply(model, {StatePatch{{{"selected_entity_id", "e0"}}}}, 6);  // the same value
  EXPECT_THAT(model.scheduler().all_dirty(), IsEmpty());
}

TEST(SceneModel, a_bad_update_is_reported_once_and_the_others_apply) {
  SceneModel model = shown_model();
  const FieldReplace bad{"display", scenes::floats({1, 2}), {}, {}};
  const auto first =
      apply(model, {bad, FieldReplace{"display", scenes::floats({1, 2, 3, 4}), {}, {}}, ErrorReport{"e"}}, 1);
  ASSERT_EQ(first.problems.size(), 1U);
  EXPECT_THAT(first.problems[0].message, HasSubstr("display"));
  EXPECT_EQ(first.errors.size(), 1U);
  EXPECT_EQ(model.morphology("cell")->values()[3], 4);
  EXPECT_THAT(apply(model, {bad}, 2).problems, IsEmpty());
}

TEST(SceneModel, view_problems_are_given_once) {
  SceneModel model = shown_model();
  apply(model, {ScenePatch{.view_updates = {{"trace", Dict{{"selectors", Dict{}}}}}}}, 1);
  model.line_plot("trace");
  EXPECT_EQ(model.take_problems().size(), 1U);
  model.line_plot("trace");
  EXPECT_THAT(model.take_problems(), IsEmpty());
}

// What a batch of a session does that has computed nothing yet.
Applied first_batch(SceneModel& model, Scene scene, Dict state) {
  return model.apply(Batch{1, {SceneReady{std::move(scene)}, StatePatch{std::move(state)}}, {}}, 10);
}

TEST(SceneModel, a_session_that_starts_anew_gets_the_users_choices_and_has_its_own_values_of_controls) {
  SceneModel model = shown_model();
  apply(model, {StatePatch{{{"display_variable", "v"}, {"selected_entity_id", "e0"}}}}, 1);
  model.set_control("amp", 1.75, 2);
  (void)model.select("e1", false, 3);
  (void)model.select("e3", true, 4);
  (void)model.set_state("display_variable", "hh.m", 5);
  (void)model.set_state("a_key_of_the_past", 3, 6);
  model.expect_session();
  EXPECT_TRUE(model.expects_session());
  EXPECT_EQ(model.control_value(*model.find_control("amp")), Value(1.75)) << "the old scene is still shown";
  const auto applied =
      first_batch(model, scenes::cell_scene(), {{"display_variable", "v"}, {"selected_entity_id", "e0"}});
  EXPECT_FALSE(model.expects_session());
  const Dict expected{{"display_variable", "hh.m"},
                      {"selected_entity_id", "e3"},
                      {"selected_entity_label", *model.state().find("selected_entity_label")},
                      {"selected_trace_entity_ids", List{"e1", "e3"}}};
  ASSERT_TRUE(applied.choices);
  EXPECT_EQ(applied.choices->updates, expected);
  for (const auto& [key, value] : expected) EXPECT_EQ(*model.state().find(key), value) << key;
  EXPECT_EQ(model.control_value(*model.find_control("amp")), model.find_control("amp")->default_value());
  EXPECT_FALSE(model.state().contains("a_key_of_the_past"));
}

TEST(SceneModel, entities_that_a_new_start_does_not_have_leave_the_selection) {
  SceneModel model = shown_model();
  (void)model.select("e0", false, 1);
  (void)model.select("e3", true, 2);
  model.expect_session();
  Scene smaller = scenes::cell_scene();
  smaller.geometries.begin()->second = std::make_shared<const AnyGeometry>(scenes::row_of_cylinders(2));
  const auto applied = first_batch(model, smaller, {{"selected_entity_id", "e1"}});
  ASSERT_TRUE(applied.choices);
  EXPECT_EQ(*applied.choices->updates.find("selected_entity_id"), Value("e0"));
  EXPECT_EQ(*applied.choices->updates.find("selected_trace_entity_ids"), Value(List{"e0"}));
}

TEST(SceneModel, what_a_new_start_selects_by_itself_stays_when_nobody_chose) {
  SceneModel model = shown_model();
  apply(model, {StatePatch{{{"selected_entity_id", "e0"}}}}, 1);
  model.expect_session();
  EXPECT_FALSE(first_batch(model, scenes::cell_scene(), {{"selected_entity_id", "e2"}}).choices);
  EXPECT_EQ(*model.state().find("selected_entity_id"), Value("e2"));
}

TEST(SceneModel, a_scene_that_a_running_session_makes_is_its_own_business) {
  SceneModel model = shown_model();
  (void)model.select("e3", false, 1);
  model.expect_session();
  (void)first_batch(model, scenes::cell_scene(), {});
  RunState later;
  later.steps = 100;
  const Batch batch{2, {SceneReady{scenes::cell_scene()}, StatePatch{{{"selected_entity_id", "e1"}}}}, later};
  EXPECT_FALSE(model.apply(batch, 20).choices);
  EXPECT_EQ(*model.state().find("selected_entity_id"), Value("e1"));
}

TEST(SceneModel, a_refresh_cap_changes_at_once) {
  SceneModel model = shown_model();
  apply(model, {ScenePatch{.view_updates = {{"trace", Dict{{"max_refresh_hz", 1.0}}}}}}, 0.6);
  apply(model, {scenes::append_columns(3, 1, 10, 1, 0)}, 0.7);
  EXPECT_NEAR(*model.scheduler().due(0.7).wake_s, 1.5, 1e-9);
}

TEST(SceneModel, a_control_sets_its_state_key_and_gives_the_event) {
  SceneModel model = shown_model();
  EXPECT_EQ(model.control_value(*model.find_control("amp")), Value(0.5));
  const auto event = model.set_control("amp", 1.25, 1);
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->value, Value(1.25));
  EXPECT_EQ(model.control_value(*model.find_control("amp")), Value(1.25));
  EXPECT_THAT(model.scheduler().all_dirty(), IsEmpty());  // nothing is bound to it
  EXPECT_FALSE(model.set_control("none", 1, 1).has_value());
}

TEST(SceneModel, a_click_selects_and_redraws_cell_and_plot) {
  SceneModel model = shown_model();
  EXPECT_FALSE(model.select("nobody", false, 1).has_value());
  EXPECT_EQ(model.select("e1", false, 1)->entity_id, "e1");
  EXPECT_THAT(model.scheduler().all_dirty(), UnorderedElementsAre("cell", "trace"));
  EXPECT_EQ(model.line_plot("trace")->selected().series[0].label, "s0(0.75)");
  EXPECT_EQ(model.morphology("cell")->section_marks()[0].entity, 1);
  EXPECT_TRUE(model.select("e2", true, 2)->add);
  EXPECT_EQ(model.line_plot("trace")->selected().series.size(), 2U);
}

TEST(SceneModel, the_cursor_redraws_only_plots_with_its_dim) {
  SceneModel model = shown_model();
  model.select("e0", false, 0.1);
  model.line_plot("trace");
  for (const auto* id : {"cell", "trace"}) model.scheduler().painted(id, 0.5, 0.001);
  model.set_cursor(Cursor{"distance", 3}, 1);
  EXPECT_THAT(model.scheduler().all_dirty(), IsEmpty());
  model.set_cursor(Cursor{"time", 3}, 1);
  EXPECT_THAT(model.scheduler().all_dirty(), ElementsAre("trace"));
}

TEST(SceneModel, cameras_are_kept_by_panel_while_the_model_is_the_same) {
  SceneModel model = shown_model();
  const glm::vec2 size{800, 600};
  model.camera("cell-panel", size).orbit({40, 0});
  const Camera moved = model.camera("cell-panel", size);
  apply(model, {SceneReady{scenes::cell_scene()}}, 1);
  EXPECT_EQ(model.camera("cell-panel", size), moved);
  model.fit_camera("cell-panel", size);
  EXPECT_EQ(model.camera("cell-panel", size).azimuth_deg, moved.azimuth_deg);
  Scene other = scenes::cell_scene();
  other.geometries.set("morphology", std::make_shared<const AnyGeometry>(scenes::row_of_cylinders(40)));
  apply(model, {SceneReady{other}}, 2);
  EXPECT_NE(model.camera("cell-panel", size).distance, moved.distance);
}

TEST(SceneModel, a_camera_that_nobody_touched_fits_a_new_size_and_a_touched_one_stays) {
  SceneModel model = shown_model();
  const float wide = model.camera("cell-panel", {1200, 600}).distance;
  const float narrow = model.camera("cell-panel", {300, 600}).distance;
  EXPECT_GT(narrow, 1.5F * wide) << "the row of cylinders would not be wholly in view";
  EXPECT_FLOAT_EQ(model.camera("cell-panel", {1200, 600}).distance, wide);
  model.camera("cell-panel", {1200, 600}).orbit({40, 0});
  const Camera moved = model.camera("cell-panel", {1200, 600});
  EXPECT_EQ(model.camera("cell-panel", {300, 600}), moved);
}

TEST(SceneModel, a_plot_keeps_its_zoom_over_the_same_scene_and_an_empty_controls_panel_is_hidden) {
  SceneModel model = shown_model();
  model.select("e0", false, 1);
  auto* plot = model.line_plot("trace");
  plot->layout(600, 400, EstimatedMetrics{});
  plot->pan(50, 0);
  apply(model, {SceneReady{scenes::cell_scene()}}, 2);
  EXPECT_EQ(model.line_plot("trace"), plot);
  EXPECT_FALSE(plot->following());
  apply(model, {PanelPatch{.panel_id = "controls-panel", .control_ids = std::vector<std::string>{}}}, 3);
  EXPECT_FALSE(model.panel_is_shown(*model.find_panel("controls-panel")));
  EXPECT_EQ(model.grid().size(), 1U);
}

}  // namespace
}  // namespace cnv
