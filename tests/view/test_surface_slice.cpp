#include "cnv/view/surface_slice.hpp"

#include <gmock/gmock.h>

#include "cnv/view/scene_model.hpp"
#include "view/surface_fixture.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

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
  change.operator_updates.set("cut",
                              {{"color", "red"}, {"alpha", 0.5}, {"fill_alpha", StateBinding{"fill"}}, {"width", 2.0}});
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
      const glm::vec3 goal = project(
          projection, handle + (slice.stops[static_cast<std::size_t>(to)] - slice.stop()) * (slice.last - slice.first));
      const auto position = dragged_position(*grab, slice, projection, {goal.x + 3, goal.y - 2});
      ASSERT_TRUE(position);
      EXPECT_NEAR(*position, static_cast<double>(to) / 3, 1e-9) << from << " to " << to;
    }
    EXPECT_EQ(*dragged_position(*grab, slice, projection, {-3000, at.y}) == 0 ||
                  *dragged_position(*grab, slice, projection, {-3000, at.y}) == 1,
              true)
        << "stays at an end";
  }
  EXPECT_FALSE(grab_slice(s.view.slices(), projection, {2, 2}));
  EXPECT_DOUBLE_EQ(stepped_position(s.view.slices()[0], -1), 2.0 / 3);
  EXPECT_DOUBLE_EQ(stepped_position(s.view.slices()[0], 7), 1);
}

// ---- in the scene ------------------------------------------------------------------------------------------------

struct SurfaceModel : testing::Test {
  SceneModel model;
  void start(Scene scene = surface_scene()) {
    model.apply(std::vector<Update>{SceneReady{std::move(scene)}}, 0);
    model.surface("s");
  }
};

TEST_F(SurfaceModel, a_slice_moves_through_the_control_that_holds_its_position) {
  Scene scene = surface_scene();
  scene.controls.set("where", ControlSpec{.id = "where",
                                          .value_spec = ScalarValueSpec{.default_value = 0.0, .min = 0.0, .max = 1.0},
                                          .state_key = "position"});
  start(std::move(scene));
  auto event = model.move_slice("cut", 1.0, 0);
  ASSERT_TRUE(event);
  ASSERT_TRUE(std::holds_alternative<ControlEvent>(*event));
  EXPECT_EQ(std::get<ControlEvent>(*event).control_id, "where");
  EXPECT_EQ(model.surface("s")->slices()[0].index, 3);
  EXPECT_EQ(model.panel_title(*model.find_panel("q")), "h, x = 80.00") << "the plot shows the same cut";
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
  model.apply(
      std::vector<Update>{FieldReplace{"h",
                                       scenes::floats(std::vector<float>(4, 3.0F), {2, 2}),
                                       Coords{{"y", scenes::doubles({1000, 2000})}, {"x", scenes::doubles({0, 5000})}},
                                       {}}},
      2);
  const Camera fitted_again = model.camera("p", size_px);
  EXPECT_EQ(fitted_again.azimuth_deg, turned.azimuth_deg) << "the direction stays";
  EXPECT_GT(fitted_again.distance, 10 * turned.distance);
}

TEST_F(SurfaceModel, a_distance_that_a_script_gives_is_kept) {
  Scene scene = surface_scene();
  scene.layout.panels[0].camera_distance = 123;
  scene.layout.panels[0].camera_elevation = 70;
  start(std::move(scene));
  const Camera wide{.distance = 123, .fov_deg = 60};
  EXPECT_NEAR(model.camera("p", size_px).pixels_per_um(size_px), wide.pixels_per_um(size_px), 1e-3);
  EXPECT_EQ(model.camera("p", size_px).elevation_deg, 70);
}

TEST_F(SurfaceModel, what_a_person_chooses_stays_until_it_is_reset) {
  start();
  auto* view = model.surface("s");
  view->choose_axes("none");
  view->choose_proportions("data");
  view->stretch_heights(2);
  view = model.surface("s");
  EXPECT_EQ(view->axes_style().place, AxesPlace::none);
  EXPECT_EQ(view->grid().space.scale, glm::dvec3(1, 1, 2));
  EXPECT_EQ(view->detail(), "4 × 3, heights × 2");
  EXPECT_TRUE(view->axes_choices()[3].chosen);
  EXPECT_TRUE(view->proportions_choices()[1].chosen);
  view->choose_axes("no such");
  EXPECT_TRUE(view->axes_choices()[3].chosen);
  view->reset_look();
  view = model.surface("s");
  EXPECT_EQ(view->axes_style().place, AxesPlace::edges);
  EXPECT_TRUE(view->proportions_choices()[0].chosen);
}

}  // namespace
}  // namespace cnv
