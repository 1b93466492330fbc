#include "cnv/view/surface_view.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr glm::vec2 size_px(800, 600);

// "h" over y = 0, 1, 4 (rows) and x = 10, 20, 40, 80 (columns): height 10·row + column.
Field heights_field(std::vector<std::string> dims = {"y", "x"}) {
  std::vector<float> values;
  const bool rows_first = dims[0] == "y";
  for (int i = 0; i < (rows_first ? 3 : 4); ++i)
    for (int k = 0; k < (rows_first ? 4 : 3); ++k) values.push_back(rows_first ? 10.0F * static_cast<float>(i) + static_cast<float>(k) : 10.0F * static_cast<float>(k) + static_cast<float>(i));
  return Field{"h", scenes::floats(values, rows_first ? Shape{3, 4} : Shape{4, 3}), dims, {{"y", scenes::doubles({0, 1, 4})}, {"x", scenes::doubles({10, 20, 40, 80})}}, "mV", {}};
}

Scene surface_scene(Field field = heights_field()) {
  Scene scene;
  scene.fields.set("h", std::move(field));
  scene.views.set("s", SurfaceViewSpec{.id = "s", .title = "Hills", .field_id = "h"});
  scene.views.set("curve", LinePlotViewSpec{.id = "curve", .operator_id = "cut"});
  scene.operators.set("cut", GridSliceOperatorSpec{.id = "cut", .field_id = "h", .axis_state_key = "axis", .position_state_key = "position"});
  scene.layout.panels = {{.id = "p", .kind = std::string(panel_kind_view_3d), .view_ids = {"s"}, .operator_ids = {"cut"}, .camera_distance = 30.0},
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

TEST(SurfaceView, takes_rows_along_y_and_columns_along_x) {
  const Surface s;
  ASSERT_TRUE(s.view.has_surface()) << s.view.message();
  EXPECT_THAT(s.view.grid().x, ElementsAre(10, 20, 40, 80));
  EXPECT_THAT(s.view.grid().y, ElementsAre(0, 1, 4));
  EXPECT_EQ(s.view.heights()[s.view.grid().index(3, 2)], 23);
  EXPECT_EQ(s.view.detail(), "4 × 3");
  EXPECT_EQ(s.view.unit(), "mV");
  EXPECT_THAT(s.view.problems(), IsEmpty());
}

TEST(SurfaceView, turns_fields_that_are_stored_the_other_way_round) {
  Scene scene = surface_scene(heights_field({"x", "y"}));
  scene.geometries.set("g", std::make_shared<const AnyGeometry>(GridGeometry{"g", {"y", "x"}, {{"y", scenes::doubles({0, 1, 4})}, {"x", scenes::doubles({10, 20, 40, 80})}}, {}}));
  std::get<SurfaceViewSpec>(*scene.views.find("s")).geometry_id = "g";
  const Surface s(std::move(scene)), plain;
  ASSERT_TRUE(s.view.has_surface()) << s.view.message();
  EXPECT_EQ(s.view.grid().x, plain.view.grid().x);
  EXPECT_TRUE(std::equal(s.view.heights().begin(), s.view.heights().end(), plain.view.heights().begin()));
  EXPECT_EQ(s.view.slices().at(0).axis, 1) << "without a named axis the last dim of the field is fixed, which is y here";
}

TEST(SurfaceView, says_why_there_is_no_surface) {
  const auto message = [](Field field, std::optional<std::string> geometry = {}, OrderedMap<Array> coords = {}) {
    Scene scene = surface_scene(std::move(field));
    auto& spec = std::get<SurfaceViewSpec>(*scene.views.find("s"));
    spec.geometry_id = geometry;
    if (!coords.empty()) scene.geometries.set("g", std::make_shared<const AnyGeometry>(GridGeometry{"g", {"y", "x"}, std::move(coords), {}}));
    scene.operators = {};
    const Surface s(std::move(scene));
    EXPECT_FALSE(s.view.has_surface());
    EXPECT_THAT(s.problem(), HasSubstr(s.view.message()));
    EXPECT_FALSE(s.view.color_bar());
    EXPECT_FALSE(s.view.hover({}, size_px, {400, 300}));
    return s.view.message();
  };
  const Field row{"h", scenes::floats(std::vector<float>(40), {1, 40}), {"y", "x"}, {{"y", scenes::doubles({0})}, {"x", scenes::doubles(scenes::steps(40, 1))}}, {}, {}};
  EXPECT_EQ(message(row), "Field 'h' is 40 × 1; a surface needs at least 2 × 2 samples.");
  const Field line{"h", scenes::floats({1, 2, 3}), {"x"}, {{"x", scenes::doubles({0, 1, 2})}}, {}, {}};
  EXPECT_EQ(message(line), "Field 'h' has 1 dim; a surface needs two: rows (y) and columns (x).");
  EXPECT_EQ(message(heights_field(), "g"), "There is no grid geometry 'g' for the surface.");
  EXPECT_THAT(message(heights_field(), "g", {{"y", scenes::doubles({0, 1, 4})}, {"x", scenes::doubles({1, 2})}}), HasSubstr("4 samples along x, grid 'g' has 2"));
  Scene scene = surface_scene();
  std::get<SurfaceViewSpec>(*scene.views.find("s")).field_id = "nothing";
  EXPECT_EQ(Surface(std::move(scene)).view.message(), "There is no field 'nothing' to show as a surface.");
}

TEST(SurfaceView, recovers_when_the_field_grows_to_a_surface) {
  Surface s(surface_scene({"h", scenes::floats({1, 2}, {2, 1}), {"y", "x"}, {{"y", scenes::doubles({0, 1})}, {"x", scenes::doubles({0})}}, {}, {}}));
  EXPECT_FALSE(s.view.has_surface());
  ASSERT_FALSE(s.store.apply(FieldAppend{"h", "x", scenes::floats({3, 4, 5, 6}, {2, 2}), scenes::doubles({1, 2}), {}, {}}));
  s.update();
  ASSERT_TRUE(s.view.has_surface()) << s.view.message();
  EXPECT_THAT(std::vector<float>(s.view.heights().begin(), s.view.heights().end()), ElementsAre(1, 3, 4, 2, 5, 6));
}

TEST(SurfaceView, new_values_leave_the_grid_and_with_fixed_limits_the_axes) {
  Surface s;
  s.patch({{"color_limits", List{-100.0, 100.0}}, {"render_axes", true}});
  const auto grid = s.view.grid_version(), heights = s.view.heights_version(), axes = s.view.axes_version(), frame = s.view.frame_version(), colors = s.view.colors_version();
  for (int k = 1; k <= 3; ++k) {
    s.replace(std::vector<float>(12, static_cast<float>(k)));
    EXPECT_EQ(s.view.heights_version(), heights + static_cast<std::uint64_t>(k));
  }
  s.update();
  EXPECT_EQ(s.view.heights_version(), heights + 3) << "nothing new, nothing done";
  EXPECT_EQ(s.view.grid_version(), grid);
  EXPECT_EQ(s.view.axes_version(), axes);
  EXPECT_EQ(s.view.frame_version(), frame);
  EXPECT_EQ(s.view.colors_version(), colors);
}

TEST(SurfaceView, heights_that_leave_the_limits_widen_the_axes) {
  Surface s;
  s.patch({{"color_limits", List{0.0, 10.0}}});
  std::vector<float> values(12, 0.0F);
  values[5] = 500;
  s.replace(values);
  EXPECT_EQ(s.view.axes_box().z.low, 0);
  EXPECT_EQ(s.view.axes_box().z.high, 500);
  s.replace(std::vector<float>(12, 1.0F));
  EXPECT_EQ(s.view.axes_box().z.high, 500) << "they do not flicker back";
  s.view.forget_heights();
  s.update();
  EXPECT_EQ(s.view.axes_box().z.high, 10);
}

TEST(SurfaceView, other_coordinates_of_the_same_count_move_the_surface) {
  Surface s;
  const auto grid = s.view.grid_version();
  s.replace(std::vector<float>(12, 0.0F), Coords{{"y", scenes::doubles({0, 1, 4})}, {"x", scenes::doubles({10, 20, 40, 90})}});
  EXPECT_GT(s.view.grid_version(), grid);
  EXPECT_EQ(s.view.grid().x.back(), 90);
}

TEST(SurfaceView, what_is_not_finite_is_a_hole) {
  Surface s;
  std::vector<float> values(12, 2.0F);
  values[0] = NAN;
  values[5] = INFINITY;
  s.replace(values);
  EXPECT_TRUE(std::isnan(s.view.heights()[0]));
  EXPECT_TRUE(std::isnan(s.view.heights()[5]));
  EXPECT_EQ(s.view.heights()[1], 2);
  EXPECT_EQ(s.view.color_scale().high, 2);
  s.replace(std::vector<float>(12, NAN));
  EXPECT_TRUE(s.view.has_surface());
  EXPECT_FALSE(s.view.hover({}, size_px, {400, 300}));
}

TEST(SurfaceView, colours_follow_the_app_and_its_bindings) {
  Surface s;
  EXPECT_EQ(s.view.color_scale().low, 0);
  EXPECT_EQ(s.view.color_scale().high, 23);
  EXPECT_EQ(s.view.color_table(), color_map("bwr").table);
  s.patch({{"color_map", StateBinding{"map"}}, {"color_limits", StateBinding{"limits"}}});
  s.state("map", "mpl:viridis");
  s.state("limits", List{-5.0, 5.0});
  EXPECT_EQ(s.view.color_table(), color_map("mpl:viridis").table);
  EXPECT_EQ(s.view.color_scale().low, -5);
  const auto version = s.view.colors_version();
  s.state("map", "no such map");
  EXPECT_GT(s.view.colors_version(), version);
  EXPECT_EQ(s.view.color_table(), color_map("bwr").table);
  EXPECT_THAT(s.problem(), HasSubstr("unknown colour map 'no such map'; bwr is used"));
  s.view.look().colors().choose_map("mpl:magma");
  s.update();
  EXPECT_EQ(s.view.color_table(), color_map("mpl:magma").table);
  EXPECT_THAT(s.view.problems(), IsEmpty());
}

TEST(SurfaceView, one_colour_has_no_colour_bar) {
  Surface s;
  ASSERT_TRUE(s.view.color_bar());
  EXPECT_EQ(s.view.color_bar()->title, "h (mV)");
  s.patch({{"color_by", "uniform"}, {"surface_color", List{1.0, 0.0, 0.0, 1.0}}, {"surface_alpha", 0.5}, {"surface_shading", "lit"}});
  EXPECT_FALSE(s.view.color_bar());
  EXPECT_EQ(s.view.color_table()[17], (Rgba8{255, 0, 0, 255}));
  EXPECT_EQ(s.view.opacity(), 0.5);
  EXPECT_EQ(s.view.shading(), SurfaceShading::smooth);
  s.patch({{"surface_color", "no such colour"}, {"surface_shading", "shiny"}});
  EXPECT_EQ(s.view.shading(), SurfaceShading::unlit);
  EXPECT_EQ(s.view.problems().size(), 2U);
}

TEST(SurfaceView, missing_bound_values_keep_the_defaults) {
  Surface s;
  Dict updates;
  for (const char* name : {"color_map", "color_by", "surface_shading", "surface_alpha", "surface_color", "render_axes", "axes_in_middle", "tick_count", "tick_length_scale", "tick_label_size", "axis_label_size", "axis_color", "text_color", "axis_alpha", "background_color", "color_limits"})
    updates.set(name, StateBinding{std::string("no ") + name});
  s.patch(std::move(updates));
  EXPECT_THAT(s.view.problems(), IsEmpty());
  EXPECT_EQ(s.view.opacity(), 1);
  EXPECT_EQ(s.view.axes_style().place, AxesPlace::none);
  s.state("no render_axes", true);
  s.state("no tick_count", 8);
  s.state("no axis_alpha", 0.25);
  EXPECT_EQ(s.view.axes_style().place, AxesPlace::middle);
  EXPECT_EQ(s.view.axes_style().tick_count, 8);
  EXPECT_EQ(s.view.axes_style().opacity, 0.25);
}

TEST(SurfaceView, axes_are_readable_in_both_themes) {
  Surface s;
  s.patch({{"render_axes", true}, {"axes_in_middle", false}, {"tick_label_size", 24.0}});
  for (const Theme theme : {Theme::light, Theme::dark}) {
    s.update(theme);
    const auto& style = s.view.axes_style();
    EXPECT_EQ(style.place, AxesPlace::edges);
    EXPECT_GE(contrast(style.line, s.view.background().color), 3);
    EXPECT_GE(contrast(style.tick_text, s.view.background().color), 4.5);
    EXPECT_EQ(style.tick_text_px, 22) << "twice the record's default is twice the window's";
    EXPECT_THAT(style.labels, ElementsAre("x", "y", "h (mV)"));
  }
  s.patch({{"axis_color", "darkgreen"}});
  EXPECT_EQ(s.view.axes_style().line, (Rgba8{0, 100, 0, 255}));
  s.patch({{"axis_labels", List{"a", "b", "c"}}});
  EXPECT_THAT(s.view.axes_style().labels, ElementsAre("a", "b", "c"));
}

TEST(SurfaceView, the_value_under_the_pointer_is_that_of_the_nearest_sample) {
  Surface s;
  const Camera camera = initial_surface_camera({}, s.view.bounds(), size_px, {});
  const glm::vec3 place = s.view.grid().place(2, 1, 12);
  const glm::vec3 at = project(camera, size_px, place);
  const auto hover = s.view.hover(camera, size_px, {at.x, at.y});
  ASSERT_TRUE(hover);
  EXPECT_EQ(hover->x, 40);
  EXPECT_EQ(hover->y, 1);
  EXPECT_EQ(hover->value, 12);
  EXPECT_THAT(hover->place_text, HasSubstr("x = 40"));
  EXPECT_THAT(hover->value_text, HasSubstr("12."));
  EXPECT_THAT(hover->value_text, HasSubstr("mV"));
  EXPECT_FALSE(s.view.hover(camera, size_px, {2, 2}));
}

// ---- slices -------------------------------------------------------------------------------------------------------------

TEST(SurfaceSlices, lie_on_the_nearest_grid_point_of_the_state) {
  Surface s;
  ASSERT_EQ(s.view.slices().size(), 1U);
  EXPECT_EQ(s.view.slices()[0].axis, 0);
  EXPECT_EQ(s.view.slices()[0].index, 0) << "no position is position 0";
  s.state("position", 0.7);
  const auto& slice = s.view.slices()[0];
  EXPECT_EQ(slice.index, 2);
  EXPECT_EQ(slice.label.substr(0, 6), "x = 40");
  EXPECT_EQ(slice.line.size(), 3U);
  EXPECT_NEAR(slice.line[1].z, s.view.grid().place(2, 1, 12).z, 1e-5);
  EXPECT_THAT(slice.stops, ElementsAre(0, testing::FloatNear(1.0F / 7, 1e-6F), testing::FloatNear(3.0F / 7, 1e-6F), 1));
  s.state("axis", "y");
  EXPECT_EQ(s.view.slices()[0].axis, 1);
  EXPECT_EQ(s.view.slices()[0].line.size(), 4U);
}

TEST(SurfaceSlices, need_the_panel_to_list_them) {
  Scene scene = surface_scene();
  scene.layout.panels[0].operator_ids.clear();
  EXPECT_THAT(Surface(std::move(scene)).view.slices(), IsEmpty());
}

TEST(SurfaceSlices, look_as_the_app_says_else_quiet_and_like_their_plot) {
  Surface s;
  const auto& quiet = s.view.slices()[0];
  EXPECT_EQ(quiet.frame_px, 1);
  EXPECT_EQ(quiet.fill.a, 26);
  EXPECT_EQ((Rgba8{quiet.cut.r, quiet.cut.g, quiet.cut.b, 255}), rgba8(trace_look(Theme::light, 0).rgb));
  ScenePatch change;
  change.operator_updates.set("cut", {{"color", "red"}, {"alpha", 0.5}, {"fill_alpha", StateBinding{"fill"}}, {"width", 2.0}});
  ASSERT_FALSE(s.store.apply(change));
  s.state("fill", 0.2);
  const auto& loud = s.view.slices()[0];
  EXPECT_EQ(loud.frame, (Rgba8{255, 0, 0, 128}));
  EXPECT_EQ(loud.fill.a, 51);
  EXPECT_EQ(loud.frame_px, 2);
}

TEST(SurfaceSlices, follow_the_pointer_over_uneven_coordinates) {
  Surface s;
  const Camera camera = initial_surface_camera({}, s.view.bounds(), size_px, {.margin = 0.2f});
  const Projection projection = s.view.projection(camera, size_px);
  for (std::int64_t from = 0; from < 4; ++from) {
    s.state("position", static_cast<double>(from) / 3);
    const auto slice = s.view.slices()[0];
    const glm::vec3 handle = slice.handle(projection), at = project(projection, handle);
    const auto grab = grab_slice(s.view.slices(), projection, {at.x + 3, at.y - 2});
    ASSERT_TRUE(grab);
    EXPECT_EQ(grab->operator_id, "cut");
    for (std::int64_t to = 0; to < 4; ++to) {
      const glm::vec3 goal = project(projection, handle + (slice.stops[static_cast<std::size_t>(to)] - slice.stop()) * (slice.last - slice.first));
      const auto position = dragged_position(*grab, slice, projection, {goal.x + 3, goal.y - 2});
      ASSERT_TRUE(position);
      EXPECT_NEAR(*position, static_cast<double>(to) / 3, 1e-9) << from << " to " << to;
    }
    EXPECT_EQ(*dragged_position(*grab, slice, projection, {-3000, at.y}) == 0 || *dragged_position(*grab, slice, projection, {-3000, at.y}) == 1, true) << "stays at an end";
  }
  EXPECT_FALSE(grab_slice(s.view.slices(), projection, {2, 2}));
  EXPECT_DOUBLE_EQ(stepped_position(s.view.slices()[0], -1), 2.0 / 3);
  EXPECT_DOUBLE_EQ(stepped_position(s.view.slices()[0], 7), 1);
}

// ---- in the scene ---------------------------------------------------------------------------------------------------------

struct SurfaceModel : testing::Test {
  SceneModel model;
  void start(Scene scene = surface_scene()) {
    model.apply(std::vector<Update>{SceneReady{std::move(scene)}}, 0);
    model.surface("s");
  }
};

TEST_F(SurfaceModel, a_slice_moves_through_the_control_that_holds_its_position) {
  Scene scene = surface_scene();
  scene.controls.set("where", ControlSpec{.id = "where", .value_spec = ScalarValueSpec{.default_value = 0.0, .min = 0.0, .max = 1.0}, .state_key = "position"});
  start(std::move(scene));
  auto event = model.move_slice("cut", 1.0, 0);
  ASSERT_TRUE(event);
  ASSERT_TRUE(std::holds_alternative<ControlEvent>(*event));
  EXPECT_EQ(std::get<ControlEvent>(*event).control_id, "where");
  EXPECT_EQ(model.surface("s")->slices()[0].index, 3);
  EXPECT_EQ(model.panel_title(*model.find_panel("q")), "h x\u2009=\u200980.000") << "the plot shows the same cut";
}

TEST_F(SurfaceModel, without_a_control_a_slice_moves_the_state) {
  start();
  model.scheduler().due(100);
  for (const char* id : {"s", "curve"}) model.scheduler().painted(id, 100, 0);
  const auto event = model.move_slice("cut", 1.0, 101);
  ASSERT_TRUE(event && std::holds_alternative<StateEvent>(*event));
  EXPECT_THAT(model.scheduler().due(200).view_ids, testing::UnorderedElementsAre("s", "curve"));
  EXPECT_FALSE(model.move_slice("no such", 1.0, 0));
}

TEST_F(SurfaceModel, the_camera_fits_and_stays_while_the_surface_keeps_its_shape) {
  start();
  Camera& camera = model.camera("p", size_px);
  EXPECT_EQ(camera.azimuth_deg, 30);
  for (std::int64_t column : {0, 3})
    for (std::int64_t row : {0, 2}) {
      const auto p = project(camera, size_px, model.surface("s")->grid().place(column, row, 10));
      EXPECT_TRUE(p.x > 0 && p.x < size_px.x && p.y > 0 && p.y < size_px.y);
    }
  camera.orbit({40, 10});
  const Camera turned = camera;
  model.apply(std::vector<Update>{FieldReplace{"h", scenes::floats(std::vector<float>(12, 3.0F), {3, 4}), {}, {}}}, 1);
  EXPECT_EQ(model.camera("p", size_px), turned);
  model.apply(std::vector<Update>{FieldReplace{"h", scenes::floats(std::vector<float>(4, 3.0F), {2, 2}), Coords{{"y", scenes::doubles({1000, 2000})}, {"x", scenes::doubles({0, 5000})}}, {}}}, 2);
  const Camera fitted_again = model.camera("p", size_px);
  EXPECT_EQ(fitted_again.azimuth_deg, turned.azimuth_deg) << "the direction stays";
  EXPECT_GT(fitted_again.distance, 10 * turned.distance);
}

TEST_F(SurfaceModel, a_distance_that_a_script_gives_is_kept) {
  Scene scene = surface_scene();
  scene.layout.panels[0].camera_distance = 123;
  scene.layout.panels[0].camera_elevation = 70;
  start(std::move(scene));
  EXPECT_EQ(model.camera("p", size_px).distance, 123);
  EXPECT_EQ(model.camera("p", size_px).elevation_deg, 70);
}

TEST_F(SurfaceModel, what_a_person_chooses_stays_until_it_is_reset) {
  start();
  auto* view = model.surface("s");
  view->choose_axes("edges");
  view->choose_proportions("data");
  view->stretch_heights(2);
  view = model.surface("s");
  EXPECT_EQ(view->axes_style().place, AxesPlace::edges);
  EXPECT_EQ(view->grid().space.scale, glm::dvec3(1, 1, 2));
  EXPECT_EQ(view->detail(), "4 × 3, heights × 2");
  EXPECT_TRUE(view->axes_choices()[1].chosen);
  EXPECT_TRUE(view->proportions_choices()[1].chosen);
  view->choose_axes("no such");
  EXPECT_TRUE(view->axes_choices()[1].chosen);
  view->reset_look();
  view = model.surface("s");
  EXPECT_EQ(view->axes_style().place, AxesPlace::none);
  EXPECT_TRUE(view->proportions_choices()[0].chosen);
}

}  // namespace
}  // namespace cnv
