// Layout rules, checks of geometries, controls and keys.
#include "cnv/core/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cnv/base/exceptions.hpp"
#include "cnv/core/keys.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;

Scene three_views() {
  Scene s;
  s.views.set("cell", MorphologyViewSpec{.id = "cell"});
  s.views.set("plot", LinePlotViewSpec{.id = "plot"});
  s.views.set("graph", StateGraphViewSpec{.id = "graph"});
  s.controls.set("amp", slider("amp", "I", 0.5, {0, 2}));
  s.actions.set("go", ActionSpec{.id = "go"});
  return s;
}

TEST(Layout, panels_are_derived_when_there_are_none) {
  Scene s = three_views();
  s.normalize();
  ASSERT_EQ(s.layout.panels.size(), 4u);
  EXPECT_EQ(s.layout.panels[0].id, "cell-panel");
  EXPECT_EQ(s.layout.panels[0].kind, panel_kind_view_3d);
  EXPECT_EQ(s.layout.panels[1].kind, panel_kind_line_plot);
  EXPECT_EQ(s.layout.panels[2].kind, panel_kind_state_graph);
  EXPECT_EQ(s.layout.panels[3].id, "controls-panel");
  EXPECT_THAT(s.layout.panels[3].control_ids, ElementsAre("amp"));
  EXPECT_THAT(s.layout.panels[3].action_ids, ElementsAre("go"));
  EXPECT_THAT(resolved_grid(s.layout),
              ElementsAre(ElementsAre("cell-panel", "plot-panel", "graph-panel"), ElementsAre("controls-panel")));
}

TEST(Layout, given_panels_are_cleaned) {
  Scene s = three_views();
  s.layout.panels = {
      {.id = " a ", .kind = "view_3d", .view_ids = {"cell", "cell", "gone", "plot", ""}, .control_ids = {"amp"}},
      {.id = "empty", .kind = "line_plot", .view_ids = {"gone"}},
      {.id = "c", .kind = "controls", .view_ids = {"plot"}}};
  s.layout.panel_grid = {{"a", "nowhere"}, {"nowhere"}, {"c"}};
  s.normalize();
  ASSERT_EQ(s.layout.panels.size(), 2u);
  EXPECT_EQ(s.layout.panels[0].id, "a");
  EXPECT_THAT(s.layout.panels[0].view_ids, ElementsAre("cell"));
  EXPECT_TRUE(s.layout.panels[0].control_ids.empty());
  EXPECT_THAT(s.layout.panels[1].control_ids, ElementsAre("amp")) << "a controls panel without ids shows all";
  EXPECT_TRUE(s.layout.panels[1].view_ids.empty());
  EXPECT_THAT(resolved_grid(s.layout), ElementsAre(ElementsAre("a"), ElementsAre("c")));
}

TEST(Layout, a_plot_panel_hosts_one_view) {
  Scene s = three_views();
  s.views.set("plot2", LinePlotViewSpec{.id = "plot2"});
  s.layout.panels = {{.id = "a", .kind = "line_plot", .view_ids = {"plot", "plot2"}}};
  EXPECT_THROW(s.normalize(), ValueError);
}

MorphologyGeometry cell() {
  const auto zeros = [](DType dtype, Shape shape) {
    void* memory = nullptr;
    return Array::allocate(dtype, std::move(shape), &memory);
  };
  const Array names = Array::strings(std::vector<std::string>{"a", "b"});
  return {.positions = zeros(DType::f32, {2, 3}),
          .orientations = zeros(DType::f32, {2, 3, 3}),
          .radii = zeros(DType::f32, {2}),
          .lengths = zeros(DType::f32, {2}),
          .entity_ids = names,
          .section_names = names,
          .xlocs = zeros(DType::f32, {2}),
          .pieces = PieceTable{zeros(DType::f32, {1, 3}), zeros(DType::f32, {1, 3}), zeros(DType::f32, {1}),
                               zeros(DType::f32, {1}), zeros(DType::i32, {1}), zeros(DType::i32, {1}),
                               zeros(DType::i32, {1}), Array::copy_of(std::vector<std::int32_t>{-1})}};
}

TEST(Geometry, every_part_of_a_morphology_is_checked) {
  EXPECT_NO_THROW(cell().check());
  const auto refused = [](auto change) {
    auto g = cell();
    change(g);
    EXPECT_THROW(g.check(), ValueError);
  };
  const Array three = Array::copy_of(std::vector<float>(3)),
              three_names = Array::strings(std::vector<std::string>{"a", "b", "c"});
  refused([&](auto& g) { g.positions = three; });
  refused([&](auto& g) { g.orientations = three; });
  refused([&](auto& g) { g.radii = three; });
  refused([&](auto& g) { g.lengths = three; });
  refused([&](auto& g) { g.xlocs = g.xlocs.astype(DType::f64); });
  refused([&](auto& g) { g.entity_ids = three; });
  refused([&](auto& g) { g.entity_ids = three_names; });
  refused([&](auto& g) { g.section_names = three_names; });
  refused([&](auto& g) { g.labels = three_names; });
  refused([&](auto& g) { g.colors = three; });
  refused([&](auto& g) { g.pieces->start = three; });
  refused([&](auto& g) { g.pieces->entity = Array::copy_of(std::vector<std::int32_t>{2}); });
  refused([&](auto& g) { g.pieces->entity = Array::copy_of(std::vector<std::int64_t>{0}); });
  refused([&](auto& g) { g.pieces->parent = Array::copy_of(std::vector<std::int32_t>{1}); });
  refused([&](auto& g) { g.pieces->parent = Array::copy_of(std::vector<std::int32_t>{-2}); });
  refused([&](auto& g) { g.pieces->compartment = Array::copy_of(std::vector<std::int32_t>{-1}); });
}

TEST(Geometry, entities_are_found_by_id) {
  const auto g = cell();
  EXPECT_EQ(g.find_entity("b"), 1);
  EXPECT_EQ(g.find_entity("c"), -1);
  EXPECT_EQ(g.entity_info("b"),
            (Dict{{"index", 1}, {"entity_id", "b"}, {"section_name", "b"}, {"xloc", 0.0}, {"label", "b"}}));
  EXPECT_THROW((void)g.entity_info("c"), KeyError);
}

TEST(Geometry, a_grid_has_two_dims_with_coordinates) {
  GridGeometry g{"g", {"y", "x"}, {{"y", Array()}, {"x", Array()}}, {}};
  EXPECT_NO_THROW(g.check());
  g.dims = {"y"};
  EXPECT_THROW(g.check(), ValueError);
  g.dims = {"y", "z"};
  EXPECT_THROW(g.check(), ValueError);
}

TEST(Controls, defaults_follow_the_value_spec) {
  EXPECT_EQ(slider("a", "", 1, {0, 2}).default_value(), Value(1.0));
  EXPECT_EQ(spin_box("a", "", 3, {0, 9}).default_value(), Value(3));
  EXPECT_EQ(checkbox("a", "", true).default_value(), Value(true));
  EXPECT_EQ(dropdown("a", "", "x", {"x"}).default_value(), Value("x"));
  EXPECT_EQ((ControlSpec{.value_spec = XYValueSpec{.default_value = {{"x", 1}}}}.default_value()),
            (Value(Dict{{"x", 1.0}, {"y", 0.5}})));
  EXPECT_EQ((ControlSpec{.value_spec = ScalarValueSpec{.default_value = 2.9, .value_type = "int"}}.default_value()),
            Value(2));
  EXPECT_EQ((ControlSpec{.id = "a", .state_key = ""}.resolved_state_key()), "a");
}

TEST(Keys, texts_of_one_key_have_one_form) {
  for (const auto& [given, expected] :
       std::initializer_list<std::pair<const char*, const char*>>{{"a", "A"},
                                                                  {"shift+a", "Shift+A"},
                                                                  {"Shift+Ctrl+r", "Ctrl+Shift+R"},
                                                                  {"control+R", "Ctrl+R"},
                                                                  {" ", "Space"},
                                                                  {"space", "Space"},
                                                                  {"escape", "Esc"},
                                                                  {"pageup", "PgUp"},
                                                                  {"f11", "F11"},
                                                                  {"+", "+"},
                                                                  {"Ctrl++", "Ctrl++"},
                                                                  {"é", "é"},
                                                                  {"", ""},
                                                                  {"nonsense", ""},
                                                                  {"hyper+a", ""},
                                                                  {"f99", ""},
                                                                  {"ctrl+", ""}})
    EXPECT_EQ(normalize_key(given), expected) << given;
}

}  // namespace
}  // namespace cnv
