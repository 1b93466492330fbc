#include "cnv/view/surface_view.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "view/surface_fixture.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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
  scene.geometries.set(
      "g", std::make_shared<const AnyGeometry>(GridGeometry{
               "g", {"y", "x"}, {{"y", scenes::doubles({0, 1, 4})}, {"x", scenes::doubles({10, 20, 40, 80})}}, {}}));
  std::get<SurfaceViewSpec>(*scene.views.find("s")).geometry_id = "g";
  const Surface s(std::move(scene)), plain;
  ASSERT_TRUE(s.view.has_surface()) << s.view.message();
  EXPECT_EQ(s.view.grid().x, plain.view.grid().x);
  EXPECT_TRUE(std::equal(s.view.heights().begin(), s.view.heights().end(), plain.view.heights().begin()));
  EXPECT_EQ(s.view.slices().at(0).axis, 1)
      << "without a named axis the last dim of the field is fixed, which is y here";
}

TEST(SurfaceView, says_why_there_is_no_surface) {
  const auto message = [](Field field, std::optional<std::string> geometry = {}, OrderedMap<Array> coords = {}) {
    Scene scene = surface_scene(std::move(field));
    auto& spec = std::get<SurfaceViewSpec>(*scene.views.find("s"));
    spec.geometry_id = geometry;
    if (!coords.empty())
      scene.geometries.set("g",
                           std::make_shared<const AnyGeometry>(GridGeometry{"g", {"y", "x"}, std::move(coords), {}}));
    scene.operators = {};
    const Surface s(std::move(scene));
    EXPECT_FALSE(s.view.has_surface());
    EXPECT_THAT(s.problem(), HasSubstr(s.view.message()));
    EXPECT_FALSE(s.view.color_bar());
    EXPECT_FALSE(s.view.hover({}, size_px, {400, 300}));
    return s.view.message();
  };
  const Field row{"h",        scenes::floats(std::vector<float>(40), {1, 40}),
                  {"y", "x"}, {{"y", scenes::doubles({0})}, {"x", scenes::doubles(scenes::steps(40, 1))}},
                  {},         {}};
  EXPECT_EQ(message(row), "Field 'h' is 40 × 1; a surface needs at least 2 × 2 samples.");
  const Field line{"h", scenes::floats({1, 2, 3}), {"x"}, {{"x", scenes::doubles({0, 1, 2})}}, {}, {}};
  EXPECT_EQ(message(line), "Field 'h' has 1 dim; a surface needs two: rows (y) and columns (x).");
  EXPECT_EQ(message(heights_field(), "g"), "There is no grid geometry 'g' for the surface.");
  EXPECT_THAT(message(heights_field(), "g", {{"y", scenes::doubles({0, 1, 4})}, {"x", scenes::doubles({1, 2})}}),
              HasSubstr("4 samples along x, grid 'g' has 2"));
  Scene scene = surface_scene();
  std::get<SurfaceViewSpec>(*scene.views.find("s")).field_id = "nothing";
  EXPECT_EQ(Surface(std::move(scene)).view.message(), "There is no field 'nothing' to show as a surface.");
}

TEST(SurfaceView, recovers_when_the_field_grows_to_a_surface) {
  Surface s(surface_scene({"h",
                           scenes::floats({1, 2}, {2, 1}),
                           {"y", "x"},
                           {{"y", scenes::doubles({0, 1})}, {"x", scenes::doubles({0})}},
                           {},
                           {}}));
  EXPECT_FALSE(s.view.has_surface());
  ASSERT_FALSE(
      s.store.apply(FieldAppend{"h", "x", scenes::floats({3, 4, 5, 6}, {2, 2}), scenes::doubles({1, 2}), {}, {}}));
  s.update();
  ASSERT_TRUE(s.view.has_surface()) << s.view.message();
  EXPECT_THAT(std::vector<float>(s.view.heights().begin(), s.view.heights().end()), ElementsAre(1, 3, 4, 2, 5, 6));
}

TEST(SurfaceView, new_values_leave_the_grid_and_with_fixed_limits_the_axes) {
  Surface s;
  s.patch({{"color_limits", List{-100.0, 100.0}}, {"render_axes", true}});
  const auto grid = s.view.grid_version(), heights = s.view.heights_version(), axes = s.view.axes_version(),
             frame = s.view.frame_version(), colors = s.view.colors_version();
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
  s.replace(std::vector<float>(12, 0.0F),
            Coords{{"y", scenes::doubles({0, 1, 4})}, {"x", scenes::doubles({10, 20, 40, 90})}});
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
  EXPECT_EQ(s.view.color_table(), color_map("mpl:viridis").table);
  s.patch({{"color_map", StateBinding{"map"}}, {"color_limits", StateBinding{"limits"}}});
  s.state("map", "mpl:magma");
  s.state("limits", List{-5.0, 5.0});
  EXPECT_EQ(s.view.color_table(), color_map("mpl:magma").table);
  EXPECT_EQ(s.view.color_scale().low, -5);
  const auto version = s.view.colors_version();
  s.state("map", "no such map");
  EXPECT_GT(s.view.colors_version(), version);
  EXPECT_EQ(s.view.color_table(), color_map("bwr").table);
  EXPECT_THAT(s.problem(), HasSubstr("unknown colour map 'no such map'; bwr is used"));
  s.view.look().colors().choose_map("mpl:plasma");
  s.update();
  EXPECT_EQ(s.view.color_table(), color_map("mpl:plasma").table);
  EXPECT_THAT(s.view.problems(), IsEmpty());
}

TEST(SurfaceView, one_colour_has_no_colour_bar) {
  Surface s;
  ASSERT_TRUE(s.view.color_bar());
  EXPECT_EQ(s.view.color_bar()->title, "h (mV)");
  s.patch({{"color_by", "uniform"},
           {"surface_color", List{1.0, 0.0, 0.0, 1.0}},
           {"surface_alpha", 0.5},
           {"surface_shading", "lit"}});
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
  for (const char* name : {"color_map", "color_by", "surface_shading", "surface_alpha", "surface_color", "render_axes",
                           "axes_in_middle", "tick_count", "tick_length_scale", "tick_label_size", "axis_label_size",
                           "axis_color", "text_color", "axis_alpha", "background_color", "color_limits"})
    updates.set(name, StateBinding{std::string("no ") + name});
  s.patch(std::move(updates));
  EXPECT_THAT(s.view.problems(), IsEmpty());
  EXPECT_EQ(s.view.opacity(), 1);
  EXPECT_EQ(s.view.axes_style().place, AxesPlace::edges);
  s.state("no axes_in_middle", true);
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

TEST(SurfaceView, frames_that_are_all_known_have_one_scale_and_one_box) {
  Surface s;
  ASSERT_FALSE(s.store.apply(FieldReplace{
      "h", s.store.find_field("h")->values(), std::nullopt, {{std::string(value_range_attr), List{-40.0, 60.0}}}}));
  s.update();
  EXPECT_EQ(s.view.color_scale().low, -40);
  EXPECT_EQ(s.view.color_scale().high, 60);
  EXPECT_EQ(s.view.axes_box().z.low, -40);
  EXPECT_EQ(s.view.axes_box().z.high, 60);
  s.patch({{"color_limits", List{0.0, 10.0}}});
  EXPECT_EQ(s.view.color_scale().high, 10) << "the app's limits stay";
}

}  // namespace
}  // namespace cnv
