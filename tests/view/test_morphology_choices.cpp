// What a person chooses about a cell while looking: variable, colours, background.
#include "cnv/view/morphology_view.hpp"

#include <gmock/gmock.h>

#include "cnv/draw/piece_colors.hpp"
#include "cnv/view/scene_model.hpp"
#include "view/morphology_fixture.hpp"

namespace cnv {
namespace {

Scene scene_with_variables() {
  Scene scene = scenes::cell_scene();
  auto& attrs = scene.fields.find("display")->attrs;
  for (auto& [key, value] : shown_variable_attrs({"v", "mV", "", Limits{-80, 50}})) attrs.set(key, value);
  attrs.set(initial_variable_attr, "v");
  attrs.set(variable_key_attr, "display_variable");
  attrs.set(variables_attr, variables_value({{"v", "mV", "", Limits{-80, 50}},
                                             {"ina", "mA/cm²", "na_ion", {}},
                                             {"m_hh", "", "hh", Limits{0, 1}},
                                             {"h_hh", "", "hh", Limits{0, 1}}}));
  return scene;
}

FieldReplace showing(const DisplayVariable& variable, const std::vector<float>& values) {
  return {"display", scenes::floats(values), std::nullopt, shown_variable_attrs(variable)};
}

TEST(MorphologyView, the_variable_that_the_session_shows_brings_title_unit_and_limits) {
  Cell cell(scene_with_variables());
  EXPECT_EQ(cell.view.color_bar()->title, "v (mV)");
  EXPECT_EQ(cell.view.color_scale().low, -80);
  const auto choices = cell.view.variable_choices();
  ASSERT_EQ(choices.size(), 3U);
  EXPECT_EQ(choices[0].id, "v");
  EXPECT_TRUE(choices[0].chosen);
  EXPECT_EQ(choices[2].label, "hh");
  ASSERT_EQ(choices[2].inner.size(), 2U);
  EXPECT_EQ(cell.view.variable_key(), "display_variable");

  cell.apply(showing({"m_hh", "", "hh", Limits{0, 1}}, {0.1F, 0.2F, 0.3F, std::nanf("")}));
  EXPECT_EQ(cell.view.color_bar()->title, "m_hh");
  EXPECT_EQ(cell.view.color_scale().low, 0);
  EXPECT_EQ(cell.view.color_scale().high, 1);
  EXPECT_TRUE(cell.view.variable_choices()[2].chosen) << "the group of the one shown";
  EXPECT_TRUE(cell.view.variable_choices()[2].inner[0].chosen);

  cell.apply(showing({"ina", "mA/cm²", "na_ion", {}}, {-0.5F, 0, 0, 0}));
  EXPECT_EQ(cell.view.color_bar()->title, "ina (mA/cm²)");
  EXPECT_EQ(cell.view.color_scale().low, -0.5F);
  cell.apply(showing({"ina", "mA/cm²", "na_ion", {}}, {-0.1F, 0, 0, 0}));
  EXPECT_EQ(cell.view.color_scale().low, -0.5F) << "without limits of its own: what was seen so far";
  EXPECT_EQ(cell.view.color_scale().high, 0.5F) << "a current has a sign: 0 is in the middle";
  EXPECT_EQ(cell.view.color_table(), color_map("signed").table);
  cell.apply(showing({"v", "mV", "", Limits{-80, 50}}, {-65, -65, -65, -65}));
  EXPECT_EQ(cell.view.color_scale().low, -80);
}

TEST(MorphologyView, what_has_both_signs_is_centred_on_zero_unless_the_app_says_otherwise) {
  const auto scale_of = [](const DisplayVariable& variable, const std::vector<float>& values, const char* map) {
    Scene scene = scene_with_variables();
    std::get<MorphologyViewSpec>(*scene.views.find("cell")).color_map = std::string(map);
    Cell cell(scene);
    cell.apply(showing(variable, values));
    cell.apply(showing(variable, values));
    return std::pair(cell.view.color_scale().low, cell.view.color_scale().high);
  };
  using testing::Pair;
  EXPECT_THAT(scale_of({"x_m", "", "m", {}}, {-1, 0, 3, 2}, "scalar"), Pair(-3, 3));
  EXPECT_THAT(scale_of({"x_m", "", "m", {}}, {1, 0, 3, 2}, "scalar"), Pair(0, 3));
  EXPECT_THAT(scale_of({"x_m", "", "m", Limits{-9, 1}}, {-1, 0, 3, 2}, "scalar"), Pair(-9, 1));
  EXPECT_THAT(scale_of({"x_m", "", "m", {}}, {-1, 0, 3, 2}, "mpl:viridis"), Pair(-1, 3)) << "the app chose a map";
  for (const char* unit : {"mA/cm²", "mA/cm2", "nA", "pA", "µA/cm2", "A"})
    EXPECT_THAT(scale_of({"i", unit, "m", {}}, {1, 0, 3, 2}, "scalar"), Pair(-3, 3)) << unit;
  for (const char* unit : {"mV", "mM", "S/cm2", "nAtoms", "", "m", "mole"})
    EXPECT_THAT(scale_of({"x", unit, "m", {}}, {1, 0, 3, 2}, "scalar"), Pair(0, 3)) << unit;
}

TEST(MorphologyView, a_map_and_limits_chosen_while_looking_win_and_go_back) {
  Cell cell;
  const auto before = cell.view.color_table();
  cell.view.look().colors().choose_map("mpl:viridis");
  cell.view.look().colors().choose_limits("now");
  cell.update();
  EXPECT_EQ(cell.view.color_table(), color_map("mpl:viridis").table);
  EXPECT_EQ(cell.view.color_scale().high, 40);
  cell.view.look().colors().choose_map("reversed");
  cell.update();
  EXPECT_EQ(cell.view.color_table().front(), color_map("mpl:viridis").table.back());
  cell.view.look().show_color_bar(false);
  EXPECT_FALSE(cell.view.color_bar());
  cell.view.look().reset();
  cell.update();
  EXPECT_EQ(cell.view.color_table(), before);
  EXPECT_TRUE(cell.view.color_bar());
  EXPECT_EQ(cell.view.color_scale().high, 50);
}

TEST(MorphologyView, a_background_chosen_while_looking_decides_the_look) {
  Cell cell;
  EXPECT_EQ(cell.view.background().look, Theme::light);
  cell.view.look().choose_background("black");
  cell.update();
  EXPECT_EQ(cell.view.background().color, (Rgba8{0, 0, 0, 255}));
  EXPECT_EQ(cell.view.background().look, Theme::dark);
  cell.theme = Theme::dark;
  cell.view.look().choose_background("white");
  cell.update();
  EXPECT_EQ(cell.view.background().color, (Rgba8{255, 255, 255, 255})) << "really white, also in the dark theme";
  EXPECT_EQ(cell.view.background().look, Theme::light);
  cell.view.look().choose_background("no such");
  EXPECT_TRUE(cell.view.look().background_choices()[2].chosen);
  cell.view.look().choose_background("app");
  cell.update();
  EXPECT_EQ(cell.view.background().look, Theme::dark);
}

TEST(MorphologyView, entities_that_the_field_lacks_keep_their_base_colour) {
  Scene scene = scenes::cell_scene();
  auto g = scenes::row_of_cylinders(4);
  g.colors = scenes::floats(std::vector<float>(16, 1), {4, 4});
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(g));
  scene.fields.set("display", scenes::display_field({"e2", "e0"}, {5, std::nanf("")}));
  Cell cell(std::move(scene));
  EXPECT_TRUE(is_missing(cell.view.values()[1]));
  EXPECT_TRUE(is_missing(cell.view.values()[3]));
  EXPECT_FALSE(is_missing(cell.view.values()[0])) << "no number, but not missing";
}

TEST(SceneModel, views_of_one_geometry_share_its_tree) {
  Scene scene = scenes::cell_scene();
  scene.views.set("again", MorphologyViewSpec{.id = "again", .color_field_id = "display"});
  scene.layout = {};
  scene.normalize();
  SceneModel model;
  model.apply(std::vector<Update>{SceneReady{scene}}, 0);
  EXPECT_EQ(model.morphology("cell")->tree(), model.morphology("again")->tree());
  model.morphology("again")->look().colors().choose_map("mpl:viridis");
  EXPECT_NE(model.morphology("cell")->color_table(), model.morphology("again")->color_table());
  model.camera("cell-panel", {400, 300}).look_along(0);
  EXPECT_NE(model.camera("cell-panel", {400, 300}).azimuth_deg, model.camera("again-panel", {400, 300}).azimuth_deg);
}

}  // namespace
}  // namespace cnv
