#include "cnv/builders/surface.hpp"

#include <gmock/gmock.h>

#include "cnv/base/exceptions.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Two rows (y) of three columns (x).
SurfaceParts parts_of_grid() {
  const Array values = Array::copy_of(std::vector{1.0, 2.0, 3.0, 4.0, 5.0, 6.0}, {2, 3});
  auto [field, geometry] = grid_field("ground", values, Array::copy_of(std::vector{0.0, 1.0, 2.0}),
                                      Array::copy_of(std::vector{10.0, 20.0}), "x", "y", "mV");
  SurfaceParts parts;
  parts.field = std::move(field);
  parts.geometry = std::move(geometry);
  parts.title = "Ground";
  return parts;
}

GridSliceOperatorSpec slice(std::string id, std::string field_id) {
  return {
      .id = std::move(id), .field_id = std::move(field_id), .axis_state_key = "axis", .position_state_key = "place"};
}

std::vector<std::string> ids(const auto& map) {
  std::vector<std::string> out;
  for (const auto& [id, value] : map) out.push_back(id);
  return out;
}

std::string message_of(auto&& act) {
  try {
    act();
  } catch (const ValueError& e) {
    return e.what();
  }
  return "nothing was refused";
}

TEST(GridField, has_rows_of_y_and_columns_of_x) {
  const SurfaceParts parts = parts_of_grid();
  EXPECT_THAT(parts.field.dims, ElementsAre("y", "x"));
  EXPECT_EQ(parts.field.values.shape(), (Shape{2, 3}));
  EXPECT_EQ(parts.field.values.number_at(3), 4.0);
  EXPECT_EQ(parts.field.unit, "mV");
  EXPECT_EQ(parts.geometry->id, "ground-grid");
  const Array values = Array::copy_of(std::vector{1.0, 2.0}, {1, 2}),
              three = Array::copy_of(std::vector{0.0, 1.0, 2.0}), one = Array::copy_of(std::vector{0.0});
  EXPECT_THROW(grid_field("ground", values, three, one), ValueError);
}

TEST(SurfaceApp, everything_it_is_given_is_in_the_scene_by_its_id) {
  SurfaceParts parts = parts_of_grid();
  parts.line_views = {LinePlotViewSpec{.id = "cut", .operator_id = "slice"},
                      LinePlotViewSpec{.id = "profile", .operator_id = "slice"}};
  parts.operators.set("slice", slice("slice", "ground"));
  parts.operators.set("elsewhere", slice("elsewhere", "another"));
  parts.controls.set("place", ControlSpec{.id = "place",
                                          .label = "Place",
                                          .value_spec = ScalarValueSpec{.default_value = 0.5, .min = 0, .max = 1}});
  const AppSpec app = build_surface_app(std::move(parts));
  EXPECT_EQ(app.title, "Ground");
  EXPECT_FALSE(app.session);
  EXPECT_THAT(ids(app.scene->views), ElementsAre("surface", "cut", "profile"));
  EXPECT_THAT(ids(app.scene->fields), ElementsAre("ground"));
  EXPECT_THAT(ids(app.scene->geometries), ElementsAre("ground-grid"));
  EXPECT_THAT(ids(app.scene->controls), ElementsAre("place"));
  const auto& panels = app.scene->layout.panels;
  ASSERT_EQ(panels.size(), 4u);
  EXPECT_THAT(panels[0].view_ids, ElementsAre("surface"));
  EXPECT_THAT(panels[0].operator_ids, ElementsAre("slice")) << "the other one is of another field";
  EXPECT_THAT(panels[1].view_ids, ElementsAre("cut"));
  EXPECT_THAT(panels[2].view_ids, ElementsAre("profile"));
  EXPECT_THAT(panels[3].control_ids, ElementsAre("place"));
}

TEST(SurfaceApp, without_plots_and_controls_there_is_the_surface_alone) {
  const AppSpec app = build_surface_app(parts_of_grid());
  ASSERT_EQ(app.scene->layout.panels.size(), 1u);
  EXPECT_EQ(app.scene->layout.panels[0].kind, panel_kind_view_3d);
  EXPECT_THAT(app.scene->layout.panels[0].operator_ids, IsEmpty());
}

TEST(SurfaceApp, given_panels_and_their_grid_are_taken_over) {
  SurfaceParts parts = parts_of_grid();
  parts.line_views = {LinePlotViewSpec{.id = "cut", .operator_id = "slice"}};
  parts.operators.set("slice", slice("slice", "ground"));
  parts.panels = {{.id = "left", .kind = std::string(panel_kind_line_plot), .view_ids = {"cut"}},
                  {.id = "right", .kind = std::string(panel_kind_view_3d), .view_ids = {"surface"}}};
  parts.panel_grid = {{"left", "right"}};
  const AppSpec app = build_surface_app(std::move(parts));
  EXPECT_EQ(app.scene->layout.panel_grid, (PanelGrid{{"left", "right"}}));
  EXPECT_THAT(app.scene->layout.panels.back().operator_ids, ElementsAre("slice"));
}

TEST(SurfaceApp, what_does_not_fit_is_named) {
  SurfaceParts flat = parts_of_grid();
  flat.field = Field{
      "line", Array::copy_of(std::vector{1.0, 2.0}), {"x"}, {{"x", Array::copy_of(std::vector{0.0, 1.0})}}, {}, {}};
  EXPECT_THAT(message_of([&] { build_surface_app(flat); }), HasSubstr("field 'line' has 1 dims"));
  SurfaceParts hosted = parts_of_grid();
  hosted.panels = {
      {.id = "right", .kind = std::string(panel_kind_view_3d), .view_ids = {"surface"}, .host_kind = "elsewhere"}};
  EXPECT_THAT(message_of([&] { build_surface_app(hosted); }),
              HasSubstr("panel 'right' has unknown host_kind 'elsewhere'"));
}

}  // namespace
}  // namespace cnv
