#include "cnv/desktop/heat_map_panel.hpp"

#include <gmock/gmock.h>

#include <QMenu>
#include <QTest>

#include "desktop/window_fixture.hpp"

namespace cnv::desktop {
namespace {

Array numbers(const std::vector<double>& values, Shape shape = {}) { return Array::copy_of(values, std::move(shape)); }

Scene cells() {
  Scene scene;
  scene.fields.set("v", Field{"v", numbers({0, 10, 10, 0}, {2, 2}), {"cell", "time"}, {{"cell", Array::strings(std::vector<std::string>{"a", "b"})}, {"time", numbers({0, 1})}}, "mV", {}});
  scene.fields.set("w", Field{"w", numbers({0}), {"time"}, {{"time", numbers({0})}}, "mV", {}});
  scene.views.set("map", HeatMapViewSpec{.id = "map", .title = "Activity", .field_id = "v", .x_unit = "ms", .max_refresh_hz = 0.0});
  scene.views.set("w", LinePlotViewSpec{.id = "w", .field_id = "w"});
  scene.normalize();
  return scene;
}

struct HeatMap : WindowFixture {
  HeatMapPanel* panel = nullptr;
  void SetUp() override {
    open();
    give({SceneReady{cells()}});
    panel = part<HeatMapPanel>();
    ASSERT_NE(panel, nullptr) << "the derived layout has a panel for it";
  }
  HeatMapView& view() { return *const_cast<SceneModel&>(window->model()).heat_map("map"); }
  QPoint place(double x, int row) {
    const auto& frame = view().picture().frame;
    return {static_cast<int>(frame.px(x)), static_cast<int>(frame.plot.y + (row + 0.5) * frame.plot.height / static_cast<double>(view().picture().row_count))};
  }
  QColor pixel(double x, int row) { return panel->grab().toImage().pixelColor(place(x, row) * panel->devicePixelRatioF()); }
  static QColor of(Rgba8 c) { return {c.r, c.g, c.b}; }
};

TEST_F(HeatMap, ShowsItsCellsAndGrowsWithItsField) {
  const auto& table = view().look().table();
  EXPECT_EQ(pixel(0, 0), of(table.front()));
  EXPECT_EQ(pixel(1, 0), of(table.back()));
  EXPECT_EQ(pixel(0, 1), of(table.back()));
  give({FieldAppend{"v", "time", numbers({5, 0}, {2, 1}), numbers({2}), {}, {}}});
  EXPECT_EQ(view().picture().frame.x_range.high, 2.5);
  EXPECT_EQ(pixel(2, 1), of(table.front()));
  EXPECT_EQ(pixel(2, 0), of(table[127]));
}

TEST_F(HeatMap, ReadsTheCellUnderThePointerAndZoomsAlongX) {
  QTest::mouseMove(panel, place(1, 0));
  EXPECT_TRUE(panel->tip().startsWith("a   1.0")) << panel->tip().toStdString();
  EXPECT_TRUE(panel->tip().contains("10.00")) << panel->tip().toStdString();
  const double before = view().picture().frame.x_range.span();
  QWheelEvent wheel(place(1, 0), panel->mapToGlobal(place(1, 0)), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
  QApplication::sendEvent(panel, &wheel);
  settle();
  EXPECT_LT(view().picture().frame.x_range.span(), 0.8 * before);
  QTest::mouseDClick(panel, Qt::LeftButton, {}, place(1, 0));
  settle();
  EXPECT_DOUBLE_EQ(view().picture().frame.x_range.span(), before);
}

TEST_F(HeatMap, ItsMenusChooseMapAndLimits) {
  QMenu menu;
  panel->fill_limits(menu);
  for (auto* action : menu.actions())
    if (action->text().startsWith("Symmetric")) action->trigger();
  settle();
  EXPECT_EQ(view().look().scale().low, -10);
  panel->fill_color_map(menu);
  for (auto* action : menu.actions())
    if (action->text().startsWith("grey")) action->trigger();
  settle();
  EXPECT_EQ(pixel(1, 0), of(view().look().table().back()));
  EXPECT_EQ(view().look().colors().map_name(), "grayscale");
  panel->reset_look();
  settle();
  EXPECT_EQ(view().look().scale().low, 0);
}

}  // namespace
}  // namespace cnv::desktop
