#include "cnv/desktop/heat_map_panel.hpp"

#include <gmock/gmock.h>

#include <QFile>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

#include "cnv/desktop/plot_panel.hpp"
#include "desktop/window_fixture.hpp"

namespace cnv::desktop {
namespace {

Array numbers(const std::vector<double>& values, Shape shape = {}) { return Array::copy_of(values, std::move(shape)); }

Scene cells() {
  Scene scene;
  scene.fields.set("v", Field{"v",
                              numbers({0, 10, 10, 0}, {2, 2}),
                              {"cell", "time"},
                              {{"cell", Array::strings(std::vector<std::string>{"a", "b"})}, {"time", numbers({0, 1})}},
                              "mV",
                              {}});
  scene.fields.set("w", Field{"w", numbers({0}), {"time"}, {{"time", numbers({0})}}, "mV", {}});
  scene.views.set(
      "map", HeatMapViewSpec{.id = "map", .title = "Activity", .field_id = "v", .x_unit = "ms", .max_refresh_hz = 0.0});
  scene.views.set("w", LinePlotViewSpec{.id = "w", .field_id = "w", .max_refresh_hz = 0.0});
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
  HeatMapView& view() { return *window->model().heat_map("map"); }
  QPoint place(double x, int row) {
    const auto& frame = view().picture().frame;
    return {static_cast<int>(frame.px(x)),
            static_cast<int>(frame.plot.y +
                             (row + 0.5) * frame.plot.height / static_cast<double>(view().picture().row_count))};
  }
  QColor pixel(double x, int row) {
    return panel->grab().toImage().pixelColor(place(x, row) * panel->devicePixelRatioF());
  }
  static QColor of(Rgba8 c) { return {c.r, c.g, c.b}; }
};

TEST_F(HeatMap, shows_its_cells_and_grows_with_its_field) {
  const auto& table = view().look().table();
  EXPECT_EQ(pixel(0, 0), of(table.front()));
  EXPECT_EQ(pixel(1, 0), of(table.back()));
  EXPECT_EQ(pixel(0, 1), of(table.back()));
  give({FieldAppend{"v", "time", numbers({5, 0}, {2, 1}), numbers({2}), {}, {}}});
  EXPECT_EQ(view().picture().frame.x_range.high, 2.5);
  EXPECT_EQ(pixel(2, 1), of(table.front()));
  EXPECT_EQ(pixel(2, 0), of(table[127]));
}

TEST_F(HeatMap, the_pointer_reads_its_cell_and_moves_the_cursor_of_the_plots) {
  QTest::mouseMove(panel, place(1, 0));
  settle();
  const QString read = panel->accessibleDescription();
  EXPECT_TRUE(read.startsWith("1.0") && read.contains("   a   10.00")) << read.toStdString();
  auto& plot = *window->model().line_plot("w");
  ASSERT_TRUE(window->model().view_state().cursor);
  EXPECT_NEAR(window->model().view_state().cursor->x, 1, 0.1);
  ASSERT_TRUE(plot.picture().cursor) << "the line plot shows the same time";
  QEvent leave(QEvent::Leave);
  QApplication::sendEvent(panel, &leave);
  settle();
  EXPECT_EQ(panel->accessibleDescription(), "");
  EXPECT_FALSE(plot.picture().cursor);
}

TEST_F(HeatMap, the_cursor_of_a_plot_shows_in_it) {
  auto* plot = part<PlotPanel>();
  const auto& frame = window->model().line_plot("w")->picture();
  QTest::mouseMove(plot, QPoint(static_cast<int>(frame.px(0.5)), static_cast<int>(frame.plot.y + 20)));
  settle();
  ASSERT_TRUE(view().picture().frame.cursor);
  EXPECT_FALSE(view().picture().ring) << "no row is meant";
}

TEST_F(HeatMap, the_wheel_zooms_columns_and_with_shift_rows) {
  const auto wheel = [&](Qt::KeyboardModifiers with) {
    QWheelEvent event(place(1, 0), panel->mapToGlobal(place(1, 0)), {}, {0, 480}, Qt::NoButton, with, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(panel, &event);
    settle();
  };
  const double before = view().picture().frame.x_range.span();
  wheel(Qt::NoModifier);
  EXPECT_LT(view().picture().frame.x_range.span(), 0.8 * before);
  EXPECT_EQ(view().picture().shown_rows, (AxisRange{0, 2}));
  wheel(Qt::ShiftModifier);
  EXPECT_LT(view().picture().shown_rows.span(), 1.6);
  QTest::mousePress(panel, Qt::LeftButton, {}, place(1, 0));
  QTest::mouseMove(panel, place(1, 0) - QPoint(0, panel->height()));
  QTest::mouseRelease(panel, Qt::LeftButton, {}, place(1, 0) - QPoint(0, panel->height()));
  settle();
  EXPECT_EQ(view().picture().shown_rows.high, 2) << "a drag moves the rows, not beyond the last";
  QTest::mouseDClick(panel, Qt::LeftButton, {}, place(1, 1));
  settle();
  EXPECT_DOUBLE_EQ(view().picture().frame.x_range.span(), before);
  EXPECT_EQ(view().picture().shown_rows, (AxisRange{0, 2}));
}

TEST_F(HeatMap, files_show_what_the_window_shows) {
  QTemporaryDir folder;
  const auto file = [&](const char* name) {
    QFile out(folder.filePath(QLatin1String(name)));
    EXPECT_TRUE(out.open(QIODevice::ReadOnly)) << name;
    return out.readAll();
  };
  ASSERT_EQ(window->write_plots(folder.path()), "");
  EXPECT_EQ(file("map.csv"), "time (ms),a (mV),b (mV)\n0,0,10\n1,10,0\n");
  const QByteArray pdf = file("map.pdf");
  EXPECT_TRUE(pdf.startsWith("%PDF-") && pdf.contains("/Subtype /Image"));
  EXPECT_FALSE(pdf.contains("DCTDecode")) << "no colour is changed by compression";
  const QByteArray svg = file("map.svg");
  for (const char* part : {"<title>Activity</title>", ">a</text>", ">v (mV)</text>"})
    EXPECT_TRUE(svg.contains(part)) << part;
  const auto data = svg.indexOf("base64,") + 7;
  const QImage cells = QImage::fromData(QByteArray::fromBase64(svg.mid(data, svg.indexOf('"', data) - data)), "PNG");
  ASSERT_EQ(cells.height(), 2);
  EXPECT_EQ(cells.width(), 4 * view().picture().columns) << "finer than the window";
  EXPECT_EQ(cells.pixelColor(0, 0), of(view().look().table().front()));
  EXPECT_EQ(cells.pixelColor(cells.width() - 1, 0), of(view().look().table().back()));
}

TEST_F(HeatMap, a_table_of_what_is_shown_has_the_rows_in_view) {
  view().zoom_at(place(1, 1).x(), view().picture().row_y(2), 3, 2);
  Q_EMIT
  panel->moved();
  settle();
  ASSERT_EQ(view().picture().first_row(), 1);
  QTemporaryDir folder;
  ASSERT_EQ(window->write_plots(folder.path()), "");
  QFile csv(folder.filePath("map.csv"));
  ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
  EXPECT_EQ(csv.readAll(), "time (ms),b (mV)\n1,0\n");
}

TEST_F(HeatMap, its_menus_choose_map_and_limits) {
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
