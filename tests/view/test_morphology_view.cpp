#include "cnv/view/morphology_view.hpp"

#include <gmock/gmock.h>

#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Cell {
  SceneStore store;
  MorphologyViewSpec spec;
  MorphologyView view;
  Theme theme = Theme::light;

  explicit Cell(Scene scene = scenes::cell_scene()) : store(scenes::store_of(std::move(scene))), spec(std::get<MorphologyViewSpec>(*store.scene().views.find("cell"))) { update(); }
  void update() { view.update(spec, store, theme); }
  void apply(const Update& u) {
    ASSERT_FALSE(store.apply(u).has_value());
    update();
  }
  std::vector<float> values() const { return {view.values().begin(), view.values().end()}; }
};

// Two entities, the first cut into two compartments.
Scene detailed_scene(std::size_t detail_values = 3) {
  Scene scene = scenes::cell_scene();
  auto g = scenes::row_of_cylinders(2);
  g.pieces = PieceTable{.start = scenes::floats({-5, 0, 0, 0, 0, 0, 5, 0, 0}, {3, 3}), .end = scenes::floats({0, 0, 0, 5, 0, 0, 15, 0, 0}, {3, 3}),
                        .start_radius = scenes::floats({1, 1, 1}), .end_radius = scenes::floats({1, 1, 3}), .entity = Array::copy_of(std::vector<std::int32_t>{0, 0, 1}),
                        .compartment = Array::copy_of(std::vector<std::int32_t>{0, 1, 2}), .section = Array::copy_of(std::vector<std::int32_t>{0, 0, 0}),
                        .parent = Array::copy_of(std::vector<std::int32_t>{-1, 0, 1})};
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(g));
  std::vector<float> values, index;
  for (std::size_t i = 0; i < detail_values; ++i) values.push_back(10.0F * static_cast<float>(i)), index.push_back(static_cast<float>(i));
  scene.fields.set("detail", Field{"detail", scenes::floats(values), {"compartment"}, {{"compartment", scenes::floats(index)}}, "mV", {}});
  scene.replace_view("cell", {{"detail_field_id", "detail"}});
  return scene;
}

TEST(MorphologyView, OnePiecePerEntityLiesOnTheEntitysAxis) {
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

TEST(MorphologyView, ValuesAreMatchedByLabelAndMissingOnesAreNaN) {
  Cell cell;
  EXPECT_THAT(cell.values(), ElementsAre(-80, -40, 0, 40));
  Scene scene = scenes::cell_scene();
  scene.fields.set("display", scenes::display_field({"e3", "x", "e0"}, {3, 9, 0}));
  Cell other(scene);
  EXPECT_THAT(other.values(), ElementsAre(0, testing::NanSensitiveFloatEq(NAN), testing::NanSensitiveFloatEq(NAN), 3));
  scene.fields.set("display", scenes::display_field({"p", "q", "r", "s"}, {1, 2, 3, 4}));  // no label is an entity: by position
  EXPECT_THAT(Cell(scene).values(), ElementsAre(1, 2, 3, 4));
}

TEST(MorphologyView, TheLastSampleOfTheSampleDimIsShown) {
  Scene scene = scenes::cell_scene();
  scene.replace_view("cell", {{"color_field_id", "history"}});
  Cell cell(scene);
  EXPECT_THAT(cell.values(), ElementsAre(9, 109, 209, testing::NanSensitiveFloatEq(NAN)));
  cell.apply(scenes::append_columns(3, 2, 10, 1, -7));
  EXPECT_THAT(cell.values(), ElementsAre(-7, -7, -7, testing::NanSensitiveFloatEq(NAN)));
}

TEST(MorphologyView, VersionsGrowOnlyWithWhatChanged) {
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

TEST(MorphologyView, LimitsAreFixedBoundAutomaticOrSymmetric) {
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
  cell.view.set_color_wishes({.limits = Limits{0, 5}});
  cell.update();
  EXPECT_EQ(cell.view.color_scale().high, 5);
}

TEST(MorphologyView, ScalarMeansTheVoltageMapForMillivoltAndOtherMapsAreHonoured) {
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

TEST(MorphologyView, PiecesAreColouredPerCompartmentWhenTheDetailFieldFits) {
  Cell cell(detailed_scene());
  EXPECT_THAT(cell.values(), ElementsAre(0, 10, 20));
  EXPECT_THAT(cell.view.tree()->pieces().value, ElementsAre(0, 1, 2));
  Cell small(detailed_scene(2));  // a value is missing: entities' values
  EXPECT_THAT(small.view.tree()->pieces().value, ElementsAre(0, 0, 1));
  EXPECT_THAT(small.values(), ElementsAre(-80, -40));
  ASSERT_FALSE(small.view.problems().empty());
  EXPECT_THAT(small.view.problems()[0].message, HasSubstr("'detail'"));
}

TEST(MorphologyView, HoverNamesThePlaceWithValueAndDiameter) {
  Cell cell(detailed_scene());
  const glm::vec2 size{800, 600};
  Camera camera = fitted(Camera{.azimuth_deg = 0, .elevation_deg = 0}, fit_points(cell.view.tree()->cones()), size);
  const auto pixel = project(camera, size, {10, 0, 0});
  const auto hover = cell.view.hover(camera, size, {pixel.x, pixel.y});
  ASSERT_TRUE(hover.has_value());
  EXPECT_EQ(hover->entity_id, "e1");
  EXPECT_EQ(hover->section, "s0");
  EXPECT_FLOAT_EQ(static_cast<float>(hover->x), 0.75F);
  EXPECT_EQ(hover->value, 20);
  EXPECT_NEAR(hover->diameter_um, 4, 0.3);  // half-way from radius 1 to 3
  EXPECT_EQ(hover->place_text, "s0  x\u2009=\u20090.75");
  EXPECT_THAT(hover->value_text, HasSubstr("mV"));
  EXPECT_FALSE(cell.view.hover(camera, size, {1, 1}).has_value());
}

TEST(MorphologyView, SelectedSectionsAreMarkedInTheColourOfTheirTrace) {
  Cell cell;
  EXPECT_THAT(cell.view.section_marks(), IsEmpty());
  for (const auto* id : {"e3", "e0"})
    for (auto& [key, value] : selection_updates(cell.store, id, true)) cell.store.set_state(key, value);
  cell.update();
  EXPECT_THAT(cell.view.section_marks(), ElementsAre(SectionMark{1, 3, rgba8(light_traces[0])}, SectionMark{0, 0, rgba8(light_traces[1])}));
  ASSERT_EQ(cell.view.place_marks().size(), 2U);
  EXPECT_EQ(cell.view.place_marks()[0].point, glm::vec3(30, 0, 0));
}

TEST(MorphologyView, ColourBarHasUnitAndTicksAndGoesWithTheValues) {
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

TEST(MorphologyView, WhiteFollowsTheThemeAndOtherBackgroundsStay) {
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

TEST(MorphologyView, WhatCannotBeDrawnIsReportedAndSaysSoQuietly) {
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

TEST(InitialCamera, KeepsWhatThePanelAsksForAndFitsTheRest) {
  Cell cell;
  const auto points = fit_points(cell.view.tree()->cones());
  const glm::vec2 size{800, 600};
  const Camera fit = initial_camera({}, points, size);
  for (const auto& point : points.points) {
    const auto at = project(fit, size, point);
    EXPECT_TRUE(at.x > 0 && at.x < 800 && at.y > 0 && at.y < 600);
  }
  const Camera own = initial_camera({.camera_distance = 77, .camera_elevation = 10}, points, size);
  EXPECT_EQ(own.distance, 77);
  EXPECT_EQ(own.elevation_deg, 10);
  EXPECT_NEAR(own.center.x, 15, 0.1);
}

}  // namespace
}  // namespace cnv
