#include "cnv/view/series_select.hpp"

#include <gmock/gmock.h>

#include "cnv/view/line_plot_view.hpp"
#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Case {
  SceneStore store;
  LinePlotViewSpec spec;

  Case() {
    Scene scene = scenes::cell_scene();
    std::vector<float> cube(24);
    std::iota(cube.begin(), cube.end(), 0.0F);
    scene.fields.set("cube", Field{"cube",
                                   scenes::floats(cube, {2, 3, 4}),
                                   {"gate", "segment", "time"},
                                   {{"gate", scenes::texts({"m", "h"})},
                                    {"segment", scenes::texts({"e0", "e1", "e2"})},
                                    {"time", scenes::doubles({0, 1, 2, 3})}},
                                   {},
                                   {}});
    store = scenes::store_of(scene);
    spec = {.id = "plot", .field_id = "history", .x_dim = "time"};
  }
  SeriesSelection select() const { return select_series(spec, store); }
  std::vector<std::string> labels() const {
    std::vector<std::string> out;
    for (const auto& series : select().series) out.push_back(series.label);
    return out;
  }
};

TEST(SelectSeries, a_label_picks_one_trace) {
  Case c;
  c.spec.selectors = {{"segment", "e1"}};
  const auto s = c.select();
  ASSERT_EQ(s.series.size(), 1U);
  EXPECT_THAT(s.series[0].index, ElementsAre(1, 0));
  EXPECT_EQ(s.x_dim, "time");
  EXPECT_FALSE(s.series_mode);
}

TEST(SelectSeries, nothing_chosen_or_an_unknown_label_empties_the_plot_without_a_problem) {
  Case c;
  for (const Value& selector :
       {Value(), Value("nobody"), Value(List{}), Value(List{"nobody"}), Value(StateBinding{"missing"})}) {
    c.spec.selectors = {{"segment", selector}};
    EXPECT_THAT(c.select().series, IsEmpty()) << selector.repr();
    EXPECT_EQ(c.select().problem, "") << selector.repr();
    EXPECT_NE(c.select().message, "") << selector.repr();
  }
}

TEST(SelectSeries, of_a_list_only_the_existing_stay_in_the_given_order) {
  Case c;
  c.spec.series_dim = "segment";
  c.spec.selectors = {{"segment", List{"e2", "nobody", "e0"}}};
  EXPECT_THAT(c.labels(), ElementsAre("s1(0.25)", "s0(0.25)"));
  EXPECT_TRUE(c.select().series_mode);
  c.store.set_state("which", scenes::texts({"e1", "e0"}));
  c.spec.selectors = {{"segment", StateBinding{"which"}}};
  EXPECT_THAT(c.labels(), ElementsAre("s0(0.75)", "s0(0.25)"));
}

TEST(SelectSeries, numbers_and_slices_are_as_in_field_select) {
  Case c;
  c.spec.selectors = {{"segment", -1}};
  EXPECT_THAT(c.select().series[0].index, ElementsAre(2, 0));
  c.spec.selectors = {{"segment", 1}, {"time", Slice{2, 8, 3}}};
  const auto s = c.select();
  EXPECT_TRUE(s.some_x);
  EXPECT_THAT(s.x_positions, ElementsAre(2, 5));
  c.spec.selectors = {{"segment", 7}};
  EXPECT_THAT(c.select().problem, HasSubstr("history"));
}

TEST(SelectSeries, without_an_x_dim_the_last_dim_left_is_x) {
  Case c;
  c.spec.x_dim.reset();
  c.spec.selectors = {{"time", 0}};
  EXPECT_EQ(c.select().x_dim, "segment");
  c.spec.selectors = {};
  c.spec.series_dim = "time";
  EXPECT_EQ(c.select().x_dim, "segment");
  EXPECT_EQ(c.select().series.size(), 10U);
}

TEST(SelectSeries, misuse_is_one_text_that_names_view_field_and_dims) {
  Case c;
  EXPECT_THAT(c.select().problem,
              testing::AllOf(HasSubstr("'plot'"), HasSubstr("'history'"), HasSubstr("'segment', 'time'")));
  EXPECT_THAT(c.select().series, IsEmpty());
  c.spec.selectors = {{"nodim", 0}};
  EXPECT_THAT(c.select().problem, HasSubstr("'nodim'"));
  c.spec.selectors = {};
  c.spec.field_id = "cube";
  c.spec.series_dim = "segment";
  EXPECT_THAT(c.select().problem, HasSubstr("'gate'"));
  c.spec.selectors = {{"gate", "h"}};
  EXPECT_EQ(c.select().problem, "");
  EXPECT_THAT(c.select().series[2].index, ElementsAre(1, 2, 0));
  c.spec.field_id = "nowhere";
  EXPECT_THAT(c.select().problem, HasSubstr("'nowhere'"));
}

TEST(SelectSeries, a_plot_of_the_selection_shows_all_selected_with_stable_numbers) {
  Case c;
  c.spec.selectors = {{"segment", StateBinding{"selected_entity_id"}}};
  EXPECT_THAT(c.select().series, IsEmpty());
  const auto click = [&](const char* id, bool add) {
    for (auto& [key, value] : selection_updates(c.store, id, add)) c.store.set_state(key, value);
  };
  click("e1", false);
  EXPECT_THAT(c.labels(), ElementsAre("s0(0.75)"));
  click("e3", true);  // has no row in the history
  EXPECT_THAT(c.labels(), ElementsAre("s0(0.75)"));
  click("e0", true);
  EXPECT_THAT(c.labels(), ElementsAre("s0(0.75)", "s0(0.25)"));
  EXPECT_EQ(c.select().series[0].number, 0);
  EXPECT_EQ(c.select().series[1].number, 2);
  EXPECT_EQ(c.select().series[1].key, "e0");
  click("e3", false);
  EXPECT_THAT(c.labels(), IsEmpty());
  EXPECT_THAT(c.select().message, HasSubstr("e3"));
}

TEST(SelectSeries, a_grid_slice_takes_the_nearest_line_of_the_fixed_dim) {
  Scene scene = scenes::cell_scene();
  scene.fields.set("grid", Field{"grid",
                                 scenes::floats({1, 2, 3, 4, 5, 6}, {2, 3}),
                                 {"y", "x"},
                                 {{"y", scenes::doubles({0, 1})}, {"x", scenes::doubles({0, 10, 20})}},
                                 {},
                                 {}});
  scene.operators.set(
      "cut",
      GridSliceOperatorSpec{.id = "cut", .field_id = "grid", .axis_state_key = "axis", .position_state_key = "where"});
  auto store = scenes::store_of(scene);
  const LinePlotViewSpec spec{.id = "p", .operator_id = "cut"};
  EXPECT_THAT(select_series(spec, store).series[0].index, ElementsAre(0, 0));  // last dim, position 0
  EXPECT_EQ(select_series(spec, store).x_dim, "y");
  store.set_state("axis", "x");
  store.set_state("where", 0.7);
  EXPECT_THAT(select_series(spec, store).series[0].index, ElementsAre(0, 1));
  EXPECT_EQ(select_series(spec, store).title, "grid, x = 10.00");
  store.set_state("axis", "y");
  store.set_state("where", 7);
  EXPECT_THAT(select_series(spec, store).series[0].index, ElementsAre(1, 0));
  EXPECT_EQ(select_series(spec, store).x_dim, "x");
}

TEST(SelectSeries, a_grid_slice_takes_its_axis_label_from_the_surface_that_carries_it) {
  Scene scene = scenes::cell_scene();
  scene.fields.set("grid", Field{"grid",
                                 scenes::floats({1, 2, 3, 4, 5, 6}, {2, 3}),
                                 {"y", "x"},
                                 {{"y", scenes::doubles({0, 1})}, {"x", scenes::doubles({0, 10, 20})}},
                                 {},
                                 {}});
  scene.operators.set(
      "cut",
      GridSliceOperatorSpec{.id = "cut", .field_id = "grid", .axis_state_key = "axis", .position_state_key = "where"});
  scene.operators.set("loose",
                      GridSliceOperatorSpec{
                          .id = "loose", .field_id = "grid", .axis_state_key = "axis", .position_state_key = "where"});
  scene.views.set("surface", SurfaceViewSpec{.id = "surface",
                                             .field_id = "grid",
                                             .axis_labels = std::vector<std::string>{"I (nA)", "τ (ms)", "f (Hz)"}});
  PanelSpec panel{.id = "surface", .kind = std::string(panel_kind_view_3d), .view_ids = {"surface"}};
  panel.operator_ids = {"cut"};
  scene.layout.panels.push_back(panel);
  auto store = scenes::store_of(scene);
  const LinePlotViewSpec spec{.id = "p", .operator_id = "cut"};
  EXPECT_EQ(select_series(spec, store).x_name, (AxisName{"τ", "ms"}));
  EXPECT_EQ(select_series(spec, store).title, "grid, I = 0.00\u2009nA");
  store.set_state("axis", "y");
  LinePlotView view;
  view.update(spec, store, {}, Theme::light);
  EXPECT_EQ(view.x_name(), (AxisName{"I", "nA"}));
  EXPECT_EQ(view.y_name(), (AxisName{"f", "Hz"}));
  EXPECT_FALSE(view.grows());
  view.update(LinePlotViewSpec{.id = "p", .operator_id = "cut", .x_unit = "pA"}, store, {}, Theme::light);
  EXPECT_EQ(view.x_name(), (AxisName{"x", "pA"})) << "the unit that is given is none of the surface's";
  view.update(
      LinePlotViewSpec{.id = "p", .operator_id = "cut", .x_label = "current", .y_label = "rate", .y_unit = "1/s"},
      store, {}, Theme::light);
  EXPECT_EQ(view.x_name(), (AxisName{"current", ""}));
  EXPECT_EQ(view.y_name(), (AxisName{"rate", "1/s"}));
  view.update(LinePlotViewSpec{.id = "p", .operator_id = "loose"}, store, {}, Theme::light);
  EXPECT_EQ(view.x_name(), (AxisName{"x", ""})) << "no surface shows this one";
  EXPECT_EQ(view.y_name(), (AxisName{"grid", ""}));
}

TEST(SelectionStamp, changes_with_selectors_and_coordinates_but_not_with_new_samples) {
  Case c;
  c.spec.selectors = {{"segment", StateBinding{"selected_entity_id"}}};
  c.store.set_state("selected_entity_id", "e0");
  ASSERT_FALSE(c.store.apply(scenes::append_columns(3, 1, 10, 1, 0)).has_value());
  const auto before = selection_stamp(c.spec, c.store);
  ASSERT_FALSE(c.store.apply(scenes::append_columns(3, 5, 11, 1, 0)).has_value());
  EXPECT_EQ(selection_stamp(c.spec, c.store), before);
  c.store.set_state("selected_entity_id", "e1");
  EXPECT_NE(selection_stamp(c.spec, c.store), before);
  c.spec.selectors = {{"segment", 0}, {"time", Slice{0, 3, {}}}};
  const auto sliced = selection_stamp(c.spec, c.store);
  ASSERT_FALSE(c.store.apply(scenes::append_columns(3, 5, 16, 1, 0)).has_value());
  EXPECT_NE(selection_stamp(c.spec, c.store), sliced);
}

}  // namespace
}  // namespace cnv
