#include "cnv/view/morphology_view.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "view/morphology_fixture.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Two entities, the first cut into two compartments.
Scene detailed_scene(std::size_t detail_values = 3) {
  Scene scene = scenes::cell_scene();
  auto g = scenes::row_of_cylinders(2);
  g.pieces = PieceTable{.start = scenes::floats({-5, 0, 0, 0, 0, 0, 5, 0, 0}, {3, 3}),
                        .end = scenes::floats({0, 0, 0, 5, 0, 0, 15, 0, 0}, {3, 3}),
                        .start_radius = scenes::floats({1, 1, 1}),
                        .end_radius = scenes::floats({1, 1, 3}),
                        .entity = Array::copy_of(std::vector<std::int32_t>{0, 0, 1}),
                        .compartment = Array::copy_of(std::vector<std::int32_t>{0, 1, 2}),
                        .section = Array::copy_of(std::vector<std::int32_t>{0, 0, 0}),
                        .parent = Array::copy_of(std::vector<std::int32_t>{-1, 0, 1})};
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(g));
  std::vector<float> values, index;
  for (std::size_t i = 0; i < detail_values; ++i)
    values.push_back(10.0F * static_cast<float>(i)), index.push_back(static_cast<float>(i));
  scene.fields.set(
      "detail",
      Field{"detail", scenes::floats(values), {"compartment"}, {{"compartment", scenes::floats(index)}}, "mV", {}});
  scene.replace_view("cell", {{"detail_field_id", "detail"}});
  return scene;
}

TEST(MorphologyView, one_piece_per_entity_lies_on_the_entitys_axis) {
  Cell cell;
  ASSERT_TRUE(cell.view.tree());
  const auto& p = cell.view.tree()->pieces();
  ASSERT_EQ(p.size(), 4U);
  EXPECT_EQ(p.start[2], glm::vec3(15, 0, 0));
  EXPECT_EQ(p.end[2], glm::vec3(25, 0, 0));
  EXPECT_THAT(p.section, ElementsAre(0, 0, 1, 1));
  EXPECT_EQ(cell.view.detail(), "4 segments");
  EXPECT_EQ(with_thousands(70988), "70,988");
  EXPECT_EQ(with_thousands(-1234567), "-1,234,567");
  EXPECT_EQ(with_thousands(999), "999");
}

TEST(MorphologyView, values_are_matched_by_label_and_missing_ones_are_na_n) {
  Cell cell;
  EXPECT_THAT(cell.values(), ElementsAre(-80, -40, 0, 40));
  Scene scene = scenes::cell_scene();
  scene.fields.set("display", scenes::display_field({"e3", "x", "e0"}, {3, 9, 0}));
  Cell other(scene);
  EXPECT_THAT(other.values(), ElementsAre(0, testing::NanSensitiveFloatEq(NAN), testing::NanSensitiveFloatEq(NAN), 3));
  scene.fields.set("display",
                   scenes::display_field({"p", "q", "r", "s"}, {1, 2, 3, 4}));  // no label is an entity: by position
  EXPECT_THAT(Cell(scene).values(), ElementsAre(1, 2, 3, 4));
}

TEST(MorphologyView, the_last_sample_of_the_sample_dim_is_shown) {
  Scene scene = scenes::cell_scene();
  scene.replace_view("cell", {{"color_field_id", "history"}});
  Cell cell(scene);
  EXPECT_THAT(cell.values(), ElementsAre(9, 109, 209, testing::NanSensitiveFloatEq(NAN)));
  cell.apply(scenes::append_columns(3, 2, 10, 1, -7));
  EXPECT_THAT(cell.values(), ElementsAre(-7, -7, -7, testing::NanSensitiveFloatEq(NAN)));
}

TEST(MorphologyView, versions_grow_only_with_what_changed) {
  Cell cell;
  const auto g = cell.view.geometry_version(), v = cell.view.values_version(), c = cell.view.colors_version();
  cell.update();
  cell.apply(scenes::append_columns(3, 2, 10, 1, 0));
  EXPECT_EQ(cell.view.values_version(), v);
  cell.apply(FieldReplace{"display", scenes::floats({1, 2, 3, 4}), {}, {}});
  EXPECT_EQ(cell.view.values_version(), v + 1);
  EXPECT_EQ(cell.view.geometry_version(), g);
  EXPECT_EQ(cell.view.colors_version(), c);  // fixed limits
  cell.apply(ScenePatch{.view_updates = {{"cell", Dict{{"color_map", "fire"}}}}});
  cell.spec.color_map = "fire";
  cell.update();
  EXPECT_GT(cell.view.colors_version(), c);
  EXPECT_EQ(cell.view.values_version(), v + 1);
}

TEST(MorphologyView, limits_are_fixed_bound_automatic_or_symmetric) {
  Cell cell;
  EXPECT_EQ(cell.view.color_scale().low, -80);
  EXPECT_EQ(cell.view.color_scale().high, 50);
  cell.spec.color_limits = std::optional<Limits>();
  cell.update();
  EXPECT_EQ(cell.view.color_scale().high, 40);
  cell.spec.color_norm = "symmetric";
  cell.update();
  EXPECT_EQ(cell.view.color_scale().low, -80);
  EXPECT_EQ(cell.view.color_scale().high, 80);
  cell.spec.color_limits = StateBinding{"limits"};
  cell.store.set_state("limits", List{-1, 1});
  cell.update();
  EXPECT_EQ(cell.view.color_scale().low, -1);
  cell.store.set_state("limits", Value());
  cell.update();
  EXPECT_EQ(cell.view.color_scale().low, -80);
  ASSERT_TRUE(cell.view.look().colors().set_limits(0, 5));
  cell.update();
  EXPECT_EQ(cell.view.color_scale().high, 5);
}

TEST(MorphologyView, scalar_means_the_voltage_map_for_millivolt_and_other_maps_are_honoured) {
  Cell cell;
  EXPECT_EQ(cell.view.color_table(), color_map("voltage", Theme::light).table);
  cell.theme = Theme::dark;
  cell.update();
  EXPECT_EQ(cell.view.color_table(), color_map("voltage", Theme::dark).table);
  cell.spec.color_map = "fire";
  cell.update();
  EXPECT_EQ(cell.view.color_table(), color_map("fire").table);
  Scene scene = scenes::cell_scene();
  scene.fields.set("display", scenes::display_field({"e0", "e1", "e2", "e3"}, {1, 2, 3, 4}, "mM"));
  EXPECT_EQ(Cell(scene).view.color_table(), color_map("scalar").table);
  cell.spec.color_map = "no such map";
  cell.update();
  ASSERT_FALSE(cell.view.problems().empty());
}

TEST(MorphologyView, pieces_are_coloured_per_compartment_when_the_detail_field_fits) {
  Cell cell(detailed_scene());
  EXPECT_THAT(cell.values(), ElementsAre(0, 10, 20));
  EXPECT_THAT(cell.view.tree()->pieces().value, ElementsAre(0, 1, 2));
  Cell small(detailed_scene(2));  // a value is missing: entities' values
  EXPECT_THAT(small.view.tree()->pieces().value, ElementsAre(0, 0, 1));
  EXPECT_THAT(small.values(), ElementsAre(-80, -40));
  ASSERT_FALSE(small.view.problems().empty());
  EXPECT_THAT(small.view.problems()[0].message, HasSubstr("'detail'"));
}

TEST(MorphologyView, hover_names_the_place_with_value_and_diameter) {
  Cell cell(detailed_scene());
  const glm::vec2 size{800, 600};
  Camera camera = fitted(Camera{.azimuth_deg = 0, .elevation_deg = 0}, fit_points(cell.view.tree()->cones()), size);
  const auto pixel = project(camera, size, {10, 0, 0});
  const auto hover = cell.view.hover(camera, size, {pixel.x, pixel.y});
  ASSERT_TRUE(hover.has_value());
  EXPECT_EQ(hover->entity_id, "e1");
  EXPECT_EQ(hover->section, "s0");
  EXPECT_NEAR(hover->x, 0.75, 0.01);
  EXPECT_EQ(hover->value, 20);
  EXPECT_NEAR(hover->diameter_um, 4, 0.3);  // half-way from radius 1 to 3
  EXPECT_EQ(hover->place_text, "s0  x = 0.8333") << "the middle of the last of three compartments";
  EXPECT_THAT(hover->value_text, HasSubstr("mV"));
  EXPECT_FALSE(cell.view.hover(camera, size, {1, 1}).has_value());
}

TEST(MorphologyView, selected_sections_are_marked_in_the_colour_of_their_trace) {
  Cell cell;
  EXPECT_THAT(cell.view.section_marks(), IsEmpty());
  for (const auto* id : {"e3", "e0"})
    for (auto& [key, value] : selection_updates(cell.store, id, true)) cell.store.set_state(key, value);
  cell.update();
  EXPECT_THAT(cell.view.section_marks(),
              ElementsAre(SectionMark{1, 3, rgba8(light_traces[0])}, SectionMark{0, 0, rgba8(light_traces[1])}));
  ASSERT_EQ(cell.view.place_marks().size(), 2U);
  EXPECT_EQ(cell.view.place_marks()[0].point, glm::vec3(30, 0, 0));
}

TEST(MorphologyView, colour_bar_has_unit_and_ticks_and_goes_with_the_values) {
  Cell cell;
  const auto bar = cell.view.color_bar();
  ASSERT_TRUE(bar.has_value());
  EXPECT_EQ(bar->title, "v (mV)");
  EXPECT_FALSE(bar->ticks.empty());
  cell.spec.color_field_id.reset();
  cell.update();
  EXPECT_FALSE(cell.view.color_bar().has_value());
  EXPECT_THAT(cell.values(), IsEmpty());
}

TEST(MorphologyView, white_follows_the_theme_and_other_backgrounds_stay) {
  Cell cell;
  cell.theme = Theme::dark;
  cell.update();
  EXPECT_EQ(cell.view.background().color, rgba8(dark_tokens.panel));
  cell.spec.background_color = Value(List{0.0, 0.5, 1.0});
  cell.update();
  EXPECT_EQ(cell.view.background().color, (Rgba8{0, 128, 255, 255}));
  cell.spec.background_color = Value("nonsense");
  cell.update();
  EXPECT_FALSE(cell.view.problems().empty());
}

TEST(MorphologyView, what_cannot_be_drawn_is_reported_and_says_so_quietly) {
  Cell cell;
  cell.spec.geometry_id = "other";
  cell.update();
  EXPECT_FALSE(cell.view.tree());
  EXPECT_NE(cell.view.message(), "");
  EXPECT_THAT(cell.view.problems()[0].message, HasSubstr("'other'"));
  Scene scene = scenes::cell_scene();
  auto g = scenes::row_of_cylinders(2);
  g.radii = scenes::floats({1, NAN});
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(g));
  Cell bad(scene);
  EXPECT_FALSE(bad.view.tree());
  ASSERT_FALSE(bad.view.problems().empty());
}

TEST(InitialCamera, keeps_what_the_panel_asks_for_and_fits_the_rest) {
  Cell cell;
  const auto points = fit_points(cell.view.tree()->cones());
  const glm::vec2 size{800, 600};
  const Camera fit = initial_camera({}, points, size);
  for (const auto& point : points.points) {
    const auto at = project(fit, size, point);
    EXPECT_TRUE(at.x > 0 && at.x < 800 && at.y > 0 && at.y < 600);
  }
  const Camera own = initial_camera({.camera_distance = 77, .camera_elevation = 10}, points, size);
  const Camera wide{.distance = 77, .fov_deg = 60};
  EXPECT_NEAR(own.pixels_per_um(size), wide.pixels_per_um(size), 1e-3) << "the distance of a lens of 60 degrees";
  EXPECT_EQ(own.elevation_deg, 10);
  EXPECT_NEAR(own.center.x, 15, 0.1);
}

// Where along a section the pointer is: over the entity's place, not its middle.
TEST(MorphologyView, the_mark_of_a_bent_compartment_lies_on_it) {
  Scene scene = detailed_scene();
  auto g = std::get<MorphologyGeometry>(**scene.geometries.find("morphology"));
  g.pieces->start = scenes::floats({-5, 0, 0, 0, 8, 0, 5, 0, 0}, {3, 3});
  g.pieces->end = scenes::floats({0, 8, 0, 5, 0, 0, 15, 0, 0}, {3, 3});
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(g));
  Cell cell(scene);
  const auto bent = cell.view.place_of("e0"), straight = cell.view.place_of("e1");
  ASSERT_TRUE(bent && straight);
  EXPECT_NEAR(bent->x, 0, 1e-4);
  EXPECT_NEAR(bent->y, 8, 1e-4) << "the mean of its ends lies 8 um beside it";
  EXPECT_NEAR(straight->x, 10, 1e-4);
}

TEST(MorphologyView, hover_names_the_place_along_the_section) {
  Cell cell;
  Camera camera = fitted(Camera{.azimuth_deg = 0, .elevation_deg = 0, .orthographic = true},
                         fit_points(cell.view.tree()->bounds()), {800, 400});
  const auto at = [&](float x_um) {
    const auto p = project(camera, {800, 400}, {x_um, 0, 0});
    const auto hover = cell.view.hover(camera, {800, 400}, {p.x, p.y});
    return hover ? hover->section + " " + std::to_string(std::lround(hover->x * 100)) : std::string();
  };
  // Section s0 runs from −5 to 15 µm, s1 from 15 to 35.
  EXPECT_EQ(at(-3), "s0 10");
  EXPECT_EQ(at(0), "s0 25");
  EXPECT_EQ(at(7), "s0 60");
  EXPECT_EQ(at(16), "s1 5");
  EXPECT_EQ(at(33), "s1 90");
}

TEST(PiecePlaces, follow_the_lengths_of_the_pieces_of_each_section) {
  const Scene scene = detailed_scene();
  const auto& g = std::get<MorphologyGeometry>(**scene.geometries.find("morphology"));
  const auto pieces = make_pieces(g, ValueIndex::compartment);
  ASSERT_TRUE(pieces);
  const auto places = piece_places(g, **pieces);
  ASSERT_EQ(places.size(), 3U);
  EXPECT_FLOAT_EQ(places[0].x_start, 0);
  EXPECT_FLOAT_EQ(places[0].x_end, 0.25F);
  EXPECT_FLOAT_EQ(places[1].x_end, 0.5F);
  EXPECT_FLOAT_EQ(places[2].x_end, 1);
}

TEST(PiecePlaces, an_entity_that_lies_elsewhere_keeps_its_own_x) {
  auto g = scenes::row_of_cylinders(2);
  g.xlocs = scenes::floats({0.1F, 0.2F});  // the section goes on where nothing is drawn
  const auto pieces = make_pieces(g, ValueIndex::entity);
  const auto places = piece_places(g, **pieces);
  EXPECT_FLOAT_EQ(places[1].x_start, 0.2F);
  EXPECT_FLOAT_EQ(places[1].x_end, 0.2F);
}

TEST(MorphologyView, labels_are_shown_instead_of_sections_where_there_are_any) {
  Scene scene = scenes::cell_scene();
  auto g = scenes::row_of_cylinders(4);
  g.labels = scenes::texts({"Soma", "Neck", "Head", "Tip"});
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(g));
  Cell cell(std::move(scene));
  Camera camera =
      fitted(Camera{.azimuth_deg = 0, .elevation_deg = 0}, fit_points(cell.view.tree()->bounds()), {800, 400});
  const auto p = project(camera, {800, 400}, {20, 0, 0});
  EXPECT_THAT(cell.view.hover(camera, {800, 400}, {p.x, p.y})->place_text, HasSubstr("Head  x"));
}

// Two cells of equal section names in one geometry, the second 100 µm away.
TEST(MorphologyView, several_cells_of_one_geometry_are_drawn_and_named) {
  auto g = scenes::row_of_cylinders(4);
  std::vector<float> positions;
  for (int i = 0; i < 4; ++i)
    positions.insert(positions.end(), {10.0F * static_cast<float>(i % 2), i < 2 ? 0.0F : 100.0F, 0});
  g.positions = scenes::floats(positions, {4, 3});
  g.section_names = scenes::texts({"a.soma", "a.soma", "b.soma", "b.soma"});
  Scene scene = scenes::cell_scene();
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(g));
  Cell cell(std::move(scene));
  EXPECT_GT(cell.view.tree()->bounds().high.y, 100);
  cell.apply(StatePatch{Dict{{"selected_entity_id", "e3"}}});
  ASSERT_EQ(cell.view.section_marks().size(), 1U);
  EXPECT_EQ(cell.view.section_marks()[0].section, 1);
  EXPECT_EQ(cell.view.place_marks()[0].point, glm::vec3(10, 100, 0));
}

}  // namespace
}  // namespace cnv
