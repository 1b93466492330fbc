// Every property that the tables mark as bindable: a new value of its key marks exactly the view that holds it, and is
// the value that is used.
#include <gmock/gmock.h>

#include <set>

#include "cnv/core/spec_tables.hpp"
#include "cnv/view/view_colors.hpp"
#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* key = "bound_key";

template <class T>
struct is_bindable : std::false_type {};
template <class T>
struct is_bindable<Bindable<T>> : std::true_type {
  using type = T;
};
template <class C, class M>
M member_of(M C::*);

// A scene with one view of each kind that draws something, so that a mark on the wrong one shows.
Scene many_views() {
  Scene scene = scenes::cell_scene();
  scene.layout = {};
  scene.fields.set("grid", Field{"grid",
                                 scenes::floats({1, 2, 3, 4, 5, 6}, {2, 3}),
                                 {"y", "x"},
                                 {{"y", scenes::doubles({0, 1})}, {"x", scenes::doubles({0, 1, 2})}},
                                 {},
                                 {}});
  scene.views.set("surface", SurfaceViewSpec{.id = "surface", .field_id = "grid"});
  scene.operators.set("cut", GridSliceOperatorSpec{.id = "cut", .field_id = "grid"});
  for (const auto* id : {"cell", "trace", "surface"}) {
    PanelSpec panel{
        .id = std::string(id) + "-panel", .kind = std::string(panel_kind_for(*scene.views.find(id))), .view_ids = {id}};
    if (std::string_view(id) == "surface") panel.operator_ids = {"cut"};
    scene.layout.panels.push_back(panel);
  }
  scene.normalize();
  return scene;
}

// A value of the property's type that differs from its default.
Value other_value(const Bindable<std::string>&) { return "another"; }
Value other_value(const Bindable<Value>&) { return List{0.25, 0.5, 0.75}; }
Value other_value(const Bindable<bool>& now) { return !now.value(); }
Value other_value(const Bindable<double>& now) { return now.value() + 0.25; }
Value other_value(const Bindable<std::int64_t>& now) { return now.value() + 2; }
Value other_value(const Bindable<std::optional<Limits>>&) { return List{-1.5, 2.5}; }

std::vector<std::string> marked(const Scene& scene, const Value& value) {
  SceneModel model;
  const std::vector<Update> first{SceneReady{scene}};
  EXPECT_THAT(model.apply(first, 0).problems, IsEmpty());
  for (const auto& id : model.scheduler().due(0).view_ids) model.scheduler().painted(id, 0, 0);
  const std::vector<Update> other{StatePatch{Dict{{"another_key", value}}}}, bound{StatePatch{Dict{{key, value}}}};
  EXPECT_THAT(model.apply(other, 1).plan.views, IsEmpty()) << "a key that nothing is bound to";
  const auto plan = model.apply(bound, 2).plan;
  std::vector<std::string> ids;
  for (const auto& [id, refresh] : plan.views) ids.push_back(id);
  EXPECT_EQ(model.scheduler().due(2).view_ids, ids);
  EXPECT_THAT(model.apply(bound, 3).plan.views, IsEmpty()) << "the same value again";
  return ids;
}

// Binds each bindable row of the record in turn; `put` places the record into a scene.
template <class T, class Put>
void check_rows(T record, const std::string& expected_view, Put put) {
  int count = 0;
  for_each_row<T>([&](const auto& row) {
    using Member = decltype(member_of(row.member));
    if constexpr (is_bindable<Member>::value) {
      SCOPED_TRACE(std::string(Table<T>::name) + "." + std::string(row.name));
      ++count;
      const Value value = other_value(record.*(row.member));
      T bound = record;
      bound.*(row.member) = StateBinding{key};
      Scene scene = many_views();
      put(scene, bound);
      EXPECT_THAT(marked(scene, value), ElementsAre(expected_view));
      const Dict state{{key, value}};
      const auto resolved = resolve(bound.*(row.member), state);
      if constexpr (std::is_same_v<Member, Bindable<Value>>) EXPECT_EQ(resolved, value);
      else {
        ASSERT_TRUE(resolved);
        const Member literal(*resolved);
        EXPECT_EQ(to_value(literal), value);
        EXPECT_FALSE(resolve(bound.*(row.member), Dict{})) << "a missing key gives no value";
      }
    }
  });
  EXPECT_GT(count, 1);
}

TEST(Bindings, of_a_morphology_view_mark_it_and_nothing_else) {
  check_rows(std::get<MorphologyViewSpec>(*many_views().views.find("cell")), "cell",
             [](Scene& scene, const MorphologyViewSpec& view) { scene.views.set("cell", view); });
}
TEST(Bindings, of_a_surface_view_mark_it_and_nothing_else) {
  check_rows(std::get<SurfaceViewSpec>(*many_views().views.find("surface")), "surface",
             [](Scene& scene, const SurfaceViewSpec& view) { scene.views.set("surface", view); });
}
TEST(Bindings, of_a_line_plot_mark_it_and_nothing_else) {
  check_rows(std::get<LinePlotViewSpec>(*many_views().views.find("trace")), "trace",
             [](Scene& scene, const LinePlotViewSpec& view) { scene.views.set("trace", view); });
}
TEST(Bindings, of_a_slice_mark_the_surface_that_carries_it) {
  check_rows(std::get<GridSliceOperatorSpec>(*many_views().operators.find("cut")), "surface",
             [](Scene& scene, const GridSliceOperatorSpec& op) { scene.operators.set("cut", op); });
}

TEST(Bindings, inside_lists_and_dicts_mark_their_plot) {
  const auto with = [](auto change) {
    Scene scene = many_views();
    auto view = std::get<LinePlotViewSpec>(*scene.views.find("trace"));
    change(view);
    scene.views.set("trace", view);
    return scene;
  };
  EXPECT_THAT(marked(with([](auto& v) { v.selectors = {{"segment", StateBinding{key}}}; }), "e1"),
              ElementsAre("trace"));
  EXPECT_THAT(marked(with([](auto& v) { v.series_colors = {{"e0", StateBinding{key}}}; }), "red"),
              ElementsAre("trace"));
  EXPECT_THAT(marked(with([](auto& v) { v.series_palette = {"k", StateBinding{key}}; }), "red"), ElementsAre("trace"));
}

// The documentation promises a binding exactly where one is honoured.
template <class T>
void check_promises(const std::set<std::string_view>& inside) {
  for_each_row<T>([&](const auto& row) {
    using Member = decltype(member_of(row.member));
    const bool promised =
        row.doc.find("be bound") != std::string_view::npos || row.doc.find("binding") != std::string_view::npos;
    EXPECT_EQ(promised, is_bindable<Member>::value || inside.contains(row.name)) << Table<T>::name << "." << row.name;
  });
}

TEST(Bindings, are_promised_where_they_hold) {
  check_promises<MorphologyViewSpec>({});
  check_promises<SurfaceViewSpec>({});
  check_promises<LinePlotViewSpec>({"selectors", "series_colors", "series_palette"});
  check_promises<StateGraphViewSpec>({});
  check_promises<GridSliceOperatorSpec>({});
  check_promises<ActionSpec>({"payload"});
}

Rgba8 rgba(const char* color) { return *scene_color(color); }

struct BoundModel : testing::Test {
  SceneModel model;
  void show(const Scene& scene) { set(SceneReady{scene}); }
  void set(const Update& update) { EXPECT_THAT(model.apply(std::span(&update, 1), 0).problems, IsEmpty()); }
  void state(const char* name, Value value) { set(StatePatch{Dict{{name, std::move(value)}}}); }
};

TEST_F(BoundModel, a_cell_takes_limits_and_background_from_the_state) {
  Scene scene = many_views();
  auto view = std::get<MorphologyViewSpec>(*scene.views.find("cell"));
  view.color_limits = StateBinding{"limits"};
  view.background_color = StateBinding{"ground"};
  scene.views.set("cell", view);
  show(scene);
  state("limits", List{-10.0, 30.0});
  state("ground", "#102030");
  const auto* cell = model.morphology("cell");
  ASSERT_TRUE(cell);
  EXPECT_FLOAT_EQ(cell->color_scale().low, -10);
  EXPECT_FLOAT_EQ(cell->color_scale().high, 30);
  EXPECT_EQ(cell->background().color, rgba("#102030"));
  // Without limits the values decide: -80 … 40 in this scene.
  state("limits", Value());
  EXPECT_FLOAT_EQ(model.morphology("cell")->color_scale().low, -80);
}

TEST_F(BoundModel, a_plot_takes_colours_selection_and_background_from_the_state) {
  Scene scene = many_views();
  auto view = std::get<LinePlotViewSpec>(*scene.views.find("trace"));
  view.series_dim = "segment";
  view.selectors = {{"segment", StateBinding{"shown"}}};
  view.series_colors = {{"e0", StateBinding{"c0"}}};
  view.series_palette = {"#0000ff", StateBinding{"c1"}};
  view.background_color = StateBinding{"ground"};
  scene.views.set("trace", view);
  show(scene);
  state("shown", List{"e0", "e1"});
  state("c0", "#c00000");
  state("c1", "#008000");
  state("ground", "#ffffe0");
  const auto colors = [&] {
    std::vector<std::pair<std::string, Rgba8>> out;
    for (const auto& series : model.line_plot("trace")->layout(400, 300, EstimatedMetrics{}).series)
      out.emplace_back(series.label, series.color);
    return out;
  };
  using Named = std::pair<std::string, Rgba8>;
  EXPECT_THAT(colors(), ElementsAre(Named{"s0(0.25)", rgba("#c00000")}, Named{"s0(0.75)", rgba("#008000")}));
  EXPECT_EQ(model.line_plot("trace")->background().color, rgba("#ffffe0"));
  state("shown", List{"e2"});
  state("c0", "#400000");
  EXPECT_THAT(colors(), ElementsAre(Named{"s1(0.25)", rgba("#0000ff")}));
  state("shown", Value());
  EXPECT_THAT(colors(), IsEmpty());
}

TEST_F(BoundModel, a_pen_follows_its_key) {
  Scene scene = many_views();
  auto view = std::get<LinePlotViewSpec>(*scene.views.find("trace"));
  view.selectors = {{"segment", "e0"}};
  view.pen = StateBinding{"pen"};
  scene.views.set("trace", view);
  show(scene);
  for (const char* color : {"#a00000", "#00a000"}) {
    state("pen", color);
    EXPECT_EQ(model.line_plot("trace")->layout(400, 300, EstimatedMetrics{}).series.at(0).color, rgba(color));
  }
}

}  // namespace
}  // namespace cnv
