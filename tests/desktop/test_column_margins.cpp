// Plots above each other in the whole window: their data areas, and so their time axes, line up.
#include "cnv/desktop/column_margins.hpp"

#include <gmock/gmock.h>

#include "cnv/desktop/heat_map_panel.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "desktop/window_fixture.hpp"

namespace cnv::desktop {
namespace {

Array numbers(const std::vector<double>& values, Shape shape = {}) { return Array::copy_of(values, std::move(shape)); }

// Plots of one grid of view ids: small, large and a heat map along time, one along a voltage.
Scene plots(const PanelGrid& grid) {
  Scene scene;
  const Array times = numbers({0, 50, 100});
  scene.fields.set("small", Field{"small", numbers({0, 1, 2}), {"time"}, {{"time", times}}, "mV", {}});
  scene.fields.set("large", Field{"large", numbers({-20000, 1, 20000}), {"time"}, {{"time", times}}, "nA", {}});
  scene.fields.set("map", Field{"map",
                                numbers({0, 1, 2, 3, 4, 5}, {2, 3}),
                                {"cell", "time"},
                                {{"cell", Array::strings(std::vector<std::string>{"a", "b"})}, {"time", times}},
                                "Hz",
                                {}});
  scene.fields.set("steady",
                   Field{"steady", numbers({0, 0.5, 1}), {"voltage"}, {{"voltage", numbers({-80, 0, 40})}}, {}, {}});
  for (const auto& row : grid) {
    scene.layout.panel_grid.push_back({});
    for (const auto& id : row) {
      if (id == "map") scene.views.set(id, HeatMapViewSpec{.id = id, .field_id = id, .max_refresh_hz = 0.0});
      else scene.views.set(id, LinePlotViewSpec{.id = id, .field_id = id, .max_refresh_hz = 0.0});
      scene.layout.panels.push_back({.id = id + "-panel",
                                     .kind = std::string(id == "map" ? panel_kind_heat_map : panel_kind_line_plot),
                                     .view_ids = {id}});
      scene.layout.panel_grid.back().push_back(id + "-panel");
    }
  }
  scene.normalize();
  return scene;
}

struct ColumnMargins : WindowFixture {
  void SetUp() override {
    open();
    window->resize(1200, 1100);
    give({SceneReady{plots({{"small"}, {"large"}, {"map"}, {"steady"}})}});
    settle();
  }
  PlotRect area(const char* view) {
    auto& model = window->model();
    if (const auto* map = model.heat_map(view)) return map->picture().frame.plot;
    return model.line_plot(view)->picture().plot;
  }
  const PlotMargins& own(const char* view) { return window->model().line_plot(view)->own_margins(); }
};

TEST_F(ColumnMargins, plots_above_each_other_share_their_edges) {
  EXPECT_LT(own("small").left, own("large").left) << "the labels of the one are longer";
  for (const char* view : {"small", "large", "map", "steady"}) EXPECT_EQ(area(view).x, own("large").left) << view;
  for (const char* view : {"small", "large"})
    EXPECT_EQ(area(view).right(), area("map").right()) << view << " leaves the room that the colour bar takes";
  EXPECT_GT(area("steady").right(), area("map").right()) << "it has another x axis";
}

TEST_F(ColumnMargins, they_follow_what_the_widest_labels_need_now) {
  const double before = area("small").x;
  give({FieldReplace{"large", numbers({-2, 0, 2}), {}, {}}});
  EXPECT_LT(area("small").x, before);
  for (const char* view : {"small", "large", "map", "steady"}) EXPECT_EQ(area(view).x, area("small").x) << view;
}

TEST_F(ColumnMargins, a_closed_panel_takes_no_part) {
  const double before = area("small").x;
  dock("large-panel")->close();
  settle();
  give({FieldReplace{"small", numbers({0, 1, 2}), {}, {}}});
  EXPECT_LT(area("small").x, before);
  EXPECT_EQ(area("small").x, area("steady").x);
}

TEST_F(ColumnMargins, nothing_is_drawn_anew_once_they_agree) {
  const auto found = window->findChildren<FlatPanel*>();
  const std::vector<FlatPanel*> panels(found.begin(), found.end());
  EXPECT_THAT(align_columns(panels), testing::IsEmpty());
  for (auto* panel : panels) panel->refresh();
  EXPECT_THAT(align_columns(panels), testing::IsEmpty());
}

TEST_F(ColumnMargins, plots_side_by_side_keep_their_own) {
  give({SceneReady{plots({{"large", "small"}})}});
  settle();
  EXPECT_EQ(area("small").x, own("small").left);
  EXPECT_EQ(area("large").x, own("large").left);
  EXPECT_NE(area("small").x, area("large").x);
}

}  // namespace
}  // namespace cnv::desktop
