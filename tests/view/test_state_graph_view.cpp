#include "cnv/view/state_graph_view.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "cnv/draw/number_format.hpp"
#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Graph : testing::Test {
  SceneStore store = scenes::store_of(scene());
  StateGraphViewSpec spec{.id = "channel",
                          .title = "Channel",
                          .node_field_id = "states",
                          .edge_field_id = "rates",
                          .node_positions = {{"C", 0.2, 0.5}, {"O", 0.8, 0.5}},
                          .edges = {{"C", "O", "alpha"}, {"O", "C", "beta"}}};
  StateGraphView view;
  Theme theme = Theme::light;

  // The field lists its names in another order than the view.
  static Scene scene() {
    Scene scene;
    scene.fields.set(
        "states",
        Field{"states", scenes::doubles({0.9, 0.1}), {"state"}, {{"state", scenes::texts({"O", "C"})}}, {}, {}});
    scene.fields.set(
        "rates", Field{"rates", scenes::doubles({0.05}), {"edge"}, {{"edge", scenes::texts({"alpha"})}}, "1/ms", {}});
    scene.fields.set("table", Field{"table",
                                    scenes::doubles({0, 0}, {1, 2}),
                                    {"a", "b"},
                                    {{"a", scenes::doubles({0})}, {"b", scenes::doubles({0, 1})}},
                                    {},
                                    {}});
    return scene;
  }
  const StateGraphPicture& paint() {
    view.update(spec, store, theme);
    return view.layout(600, 300, EstimatedMetrics{});
  }
  std::vector<std::string> problems() {
    std::vector<std::string> out;
    for (const auto& problem : view.problems()) out.push_back(problem.message);
    return out;
  }
};

TEST_F(Graph, small_rates_have_two_digits_that_mean_something) {
  spec.edge_color_limits = {0, 20};
  EXPECT_EQ(paint().edges[0].value.text, "0.050");
  spec.edge_color_limits = {0, 2000};
  EXPECT_EQ(paint().edges[0].value.text, "0.05") << "at most two decimals more than the limits ask for";
}

TEST_F(Graph, values_are_found_by_name_and_absent_ones_are_zero) {
  const auto& picture = paint();
  EXPECT_EQ(picture.nodes[0].value.text, "0.100");
  EXPECT_EQ(picture.nodes[1].value.text, "0.900");
  EXPECT_THAT(picture.edges[0].value.text, HasSubstr("0.05"));
  EXPECT_THAT(picture.edges[1].value.text, testing::StartsWith("0.0")) << "the field has no edge beta";
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(view.title(), "Channel");
}

TEST_F(Graph, open_states_are_marked_by_name_and_unknown_ones_are_told) {
  spec.open_states = {"O", "O2"};
  const auto& picture = paint();
  EXPECT_FALSE(picture.nodes[0].open);
  EXPECT_TRUE(picture.nodes[1].open);
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("open_states: node_positions has no state 'O2'")));
  const auto& box = picture.nodes[1].box;
  EXPECT_TRUE(view.hover_at(box.x + 2, box.y + 2));
  EXPECT_EQ(view.tip(), "O   0.900   open");
  spec.open_states = {};
  EXPECT_FALSE(paint().nodes[1].open);
}

TEST_F(Graph, new_values_show_and_boxes_never_shrink) {
  const double width = paint().nodes[0].box.width;
  ASSERT_FALSE(store.apply(FieldReplace{"states", scenes::doubles({-123.5, 1}), {}, {}}));
  const auto& picture = paint();
  EXPECT_EQ(picture.nodes[1].value.text, "\u2212123.500");
  const double wider = picture.nodes[0].box.width;
  EXPECT_GT(wider, width);
  ASSERT_FALSE(store.apply(FieldReplace{"states", scenes::doubles({0, 1}), {}, {}}));
  EXPECT_EQ(paint().nodes[0].box.width, wider);
}

TEST_F(Graph, new_coordinates_are_looked_up_anew) {
  paint();
  ASSERT_FALSE(store.apply(
      FieldReplace{"states", scenes::doubles({0.3, 0.7}), Coords{{"state", scenes::texts({"C", "O"})}}, {}}));
  EXPECT_EQ(paint().nodes[0].value.text, "0.300");
}

TEST_F(Graph, colours_come_from_map_and_limits) {
  spec.node_color_map = "grayscale";
  const auto& picture = paint();
  EXPECT_EQ(picture.nodes[0].color, color_map("grayscale").table[25]) << "floor(255 · 0.1)";
  spec.node_color_limits = {0, 0.1};
  EXPECT_EQ(paint().nodes[0].color, color_map("grayscale").table[255]);
  spec.node_color_limits = {1, 0};
  EXPECT_EQ(paint().nodes[0].color, color_map("grayscale").table[0]) << "limits that are no range map to the low end";
  EXPECT_EQ(paint().edges[0].color, color_map("bwr").table[191]);
}

TEST_F(Graph, the_default_maps_rest_on_the_ground_of_both_themes) {
  ASSERT_FALSE(store.apply(FieldReplace{"states", scenes::doubles({0, 0}), {}, {}}));
  EXPECT_EQ(paint().nodes[0].color, color_map("state-fire").table[0]);
  theme = Theme::dark;
  EXPECT_EQ(paint().nodes[0].color, color_map("fire").table[0]);
  EXPECT_GT(contrast(paint().nodes[0].color, {255, 255, 255, 255}), 10);
}

TEST_F(Graph, without_fields_all_is_grey_and_has_no_numbers_and_no_bars) {
  spec.node_field_id = spec.edge_field_id = "";
  const auto& picture = paint();
  EXPECT_EQ(picture.nodes[0].color, (Rgba8{128, 128, 128, 255}));
  EXPECT_EQ(picture.edges[0].color, (Rgba8{140, 140, 140, 217}));
  EXPECT_EQ(picture.nodes[0].value.text + picture.edges[0].value.text, "");
  EXPECT_THAT(picture.bars, IsEmpty());
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Graph, values_that_are_no_numbers_have_the_neutral_colour) {
  ASSERT_FALSE(store.apply(FieldReplace{"states", scenes::doubles({std::nan(""), 0.5}), {}, {}}));
  EXPECT_EQ(paint().nodes[1].color, neutral_color(Theme::light));
  EXPECT_EQ(paint().nodes[1].value.text, no_value);
  EXPECT_EQ(paint().nodes[1].bar.width, 0);
}

TEST_F(Graph, misuse_is_told_with_its_place_and_the_rest_is_shown) {
  spec.edges.push_back({"C", "X", "lost"});
  spec.node_positions.push_back({"C", 0.5, 0.9});
  spec.node_field_id = "table";
  spec.edge_field_id = "nowhere";
  spec.node_color_map = "mpl:nothing";
  spec.background_color = Value("no colour");
  EXPECT_EQ(paint().edges.size(), 2u);
  EXPECT_EQ(paint().nodes.size(), 2u);
  EXPECT_THAT(problems(), testing::UnorderedElementsAre(
                              HasSubstr("edge 'lost' is left out: node_positions has no state 'X'"),
                              HasSubstr("state 'C' is left out: its name comes twice"),
                              HasSubstr("node_field_id: field 'table' has 2 dimensions"),
                              HasSubstr("the scene has no field 'nowhere'"), HasSubstr("background_color")));
  spec.node_field_id = "states";
  paint();
  EXPECT_THAT(problems(), testing::Contains(HasSubstr("node_color_map")));
}

TEST_F(Graph, the_pointer_reads_states_and_edges) {
  const auto node = paint().nodes[1].box;
  EXPECT_TRUE(view.hover_at(node.x + 4, node.y + 4));
  EXPECT_FALSE(view.hover_at(node.x + 5, node.y + 5)) << "the same state";
  EXPECT_EQ(view.tip(), "O   0.900");
  EXPECT_TRUE(paint().nodes[1].hovered);
  const auto& line = paint().edges[0].line;
  EXPECT_TRUE(view.hover_at(line[10].x, line[10].y));
  EXPECT_THAT(view.tip(), HasSubstr("C \u2192 O   alpha   0.05"));
  EXPECT_THAT(view.tip(), HasSubstr("1/ms"));
  EXPECT_TRUE(paint().tip.has_value());
  EXPECT_TRUE(view.leave());
  EXPECT_FALSE(paint().tip.has_value());
  EXPECT_FALSE(view.leave());
}

TEST_F(Graph, zoom_keeps_the_place_under_the_pointer_and_fit_brings_all_back) {
  const auto before = paint().nodes[1];
  const double x = before.box.x + before.box.width / 2, y = before.box.y + before.box.height / 2;
  view.zoom_at(x, y, 2);
  const auto zoomed = paint().nodes[1];
  EXPECT_NEAR(zoomed.box.x, before.box.x, 1);
  EXPECT_NEAR(zoomed.box.y, before.box.y, 1);
  EXPECT_LT(paint().nodes[0].box.x, 0);
  view.pan(30, -10);
  EXPECT_NEAR(paint().nodes[1].box.x, before.box.x + 30, 1);
  EXPECT_FALSE(view.fitted());
  view.fit();
  EXPECT_NEAR(paint().nodes[0].box.x, 600 - before.box.right(), 2);
}

TEST_F(Graph, a_view_without_states_says_so) {
  spec.node_positions.clear();
  spec.edges.clear();
  paint();
  EXPECT_THAT(view.message(), HasSubstr("no states"));
  spec.title = "";
  paint();
  EXPECT_EQ(view.title(), "channel");
}

TEST(StateGraphRefresh, only_its_fields_and_its_own_attributes_draw_it_anew) {
  Scene scene = Graph::scene();
  scene.views.set(
      "g",
      StateGraphViewSpec{.id = "g", .node_field_id = "states", .node_positions = {{"C", 0, 0}}, .max_refresh_hz = 10});
  scene.fields.set("other", Field{"other", scenes::doubles({1}), {"x"}, {{"x", scenes::doubles({0})}}, {}, {}});
  SceneModel model;
  model.apply(std::vector<Update>{SceneReady{std::move(scene)}}, 0);
  model.scheduler().painted("g", 0, 0.001);
  model.apply(std::vector<Update>{FieldReplace{"other", scenes::doubles({2}), {}, {}}, StatePatch{{{"k", 1.0}}}}, 1);
  EXPECT_FALSE(model.scheduler().is_dirty("g"));
  model.apply(std::vector<Update>{FieldReplace{"states", scenes::doubles({0.5, 0.5}), {}, {}}}, 1);
  EXPECT_THAT(model.scheduler().due(1).view_ids, ElementsAre("g"));
  model.scheduler().painted("g", 1, 0.001);
  model.apply(std::vector<Update>{FieldReplace{"states", scenes::doubles({0.4, 0.6}), {}, {}}}, 1.01);
  EXPECT_THAT(model.scheduler().due(1.05).view_ids, IsEmpty()) << "at most ten times a second";
  EXPECT_THAT(model.scheduler().due(1.101).view_ids, ElementsAre("g"));
  ASSERT_NE(model.state_graph("g"), nullptr);
  EXPECT_EQ(model.state_graph("nothing"), nullptr);
}

}  // namespace
}  // namespace cnv
