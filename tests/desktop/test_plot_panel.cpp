// A plot in a window of its own, with real events: zoom, pan, scale, legend, menu.
#include "cnv/desktop/plot_panel.hpp"

#include <gmock/gmock.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QWheelEvent>

#include "desktop/widgets.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

struct PlotPanelTest : testing::Test {
  SceneModel model;
  TestWindow w;
  PlotPanel* panel = nullptr;

  void open(int series, int width = 420, int height = 320) {
    std::vector<std::string> labels;
    for (int i = 0; i < series; ++i) labels.push_back("d" + std::to_string(i));
    Scene scene;
    scene.fields.set("history", scenes::history_field(labels, 10));
    scene.views.set("p", LinePlotViewSpec{.id = "p", .field_id = "history", .x_dim = "time", .series_dim = "segment"});
    model.apply(std::vector<Update>{SceneReady{scene}}, 0);
    panel = w.add(new PlotPanel(model, "p"));
    QObject::connect(panel, &PlotPanel::moved, panel, &PlotPanel::refresh);
    w.show(width, height);
    panel->refresh();
  }
  const PlotPicture& picture() { return model.line_plot("p")->picture(); }
  QPoint at(double x, double y) { return QPointF(picture().px(x), picture().py(y)).toPoint(); }
  QPoint row(std::size_t i) {
    const auto& area = picture().legend[i].area;
    return {static_cast<int>(area.x + 10), static_cast<int>(area.y + 10)};
  }
  void wheel(QPoint place, int notches, Qt::KeyboardModifiers keys = {}) {
    QWheelEvent event(place, panel->mapToGlobal(place), {}, {0, notches * 120}, Qt::NoButton, keys, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(panel, &event);
  }
  void drag(Qt::MouseButton button, QPoint from, QPoint to) {
    QTest::mousePress(panel, button, {}, from);
    for (const QPoint& place : {(from + to) / 2, to}) {
      QMouseEvent event(QEvent::MouseMove, place, panel->mapToGlobal(place), Qt::NoButton, button, {});
      QApplication::sendEvent(panel, &event);
    }
    QTest::mouseRelease(panel, button, {}, to);
  }
  std::string visible() {
    std::string out;
    for (const auto& series : picture().series) out += series.visible ? '1' : '0';
    return out;
  }
};

TEST_F(PlotPanelTest, the_wheel_zooms_time_and_with_shift_the_values) {
  open(2);
  const QPoint place = at(3, 50);
  const AxisRange x = picture().x_range, y = picture().y_range;
  const double under = picture().x_at(place.x());
  wheel(place, 3);
  EXPECT_NEAR(picture().x_range.span(), x.span() / std::pow(1.1, 3), 1e-9);
  EXPECT_NEAR(picture().x_at(place.x()), under, 1e-9);
  wheel(place, 3, Qt::ShiftModifier);
  EXPECT_NEAR(picture().y_range.span(), y.span() / std::pow(1.1, 3), 1e-9);
  EXPECT_FALSE(panel->following());
  panel->go_live();
  EXPECT_EQ(picture().x_range, x);
}

TEST_F(PlotPanelTest, a_drag_pans_and_a_right_drag_scales_without_a_menu) {
  open(2);
  panel->addAction(new QAction("Copy", panel));
  const AxisRange x = picture().x_range;
  drag(Qt::LeftButton, at(3, 50), at(3, 50) + QPoint(40, 0));
  EXPECT_NEAR(picture().x_range.low, x.low - 40 / picture().plot.width * x.span(), 1e-6);
  const double span = picture().x_range.span();
  drag(Qt::RightButton, at(3, 50), at(3, 50) + QPoint(60, 0));
  EXPECT_LT(picture().x_range.span(), 0.7 * span);
  EXPECT_EQ(QApplication::activePopupWidget(), nullptr);
}

TEST_F(PlotPanelTest, a_right_click_opens_the_menu_of_the_panels_actions) {
  open(1);
  auto* action = new QAction("Copy", panel);
  panel->addAction(action);
  QSignalSpy fired(action, &QAction::triggered);
  QTest::mouseClick(panel, Qt::RightButton, {}, at(3, 5));
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  ASSERT_NE(menu, nullptr);
  EXPECT_EQ(menu->actions(), panel->actions());
  QTest::keyClick(menu, Qt::Key_Down);
  QTest::keyClick(menu, Qt::Key_Return);
  EXPECT_EQ(fired.count(), 1);
  // The menu key, and the request that the system sends when the right button goes down.
  QContextMenuEvent by_mouse(QContextMenuEvent::Mouse, at(3, 5), panel->mapToGlobal(at(3, 5)));
  QApplication::sendEvent(panel, &by_mouse);
  EXPECT_EQ(QApplication::activePopupWidget(), nullptr);
  QContextMenuEvent by_key(QContextMenuEvent::Keyboard, at(3, 5), panel->mapToGlobal(at(3, 5)));
  QApplication::sendEvent(panel, &by_key);
  ASSERT_NE(QApplication::activePopupWidget(), nullptr);
  QApplication::activePopupWidget()->close();
}

TEST_F(PlotPanelTest, a_legend_row_hides_its_series_and_ctrl_shows_it_alone) {
  open(3);
  QTest::mouseClick(panel, Qt::LeftButton, {}, row(1));
  EXPECT_EQ(visible(), "101");
  QTest::mouseClick(panel, Qt::LeftButton, {}, row(1));
  EXPECT_EQ(visible(), "111");
  QTest::mouseClick(panel, Qt::LeftButton, Qt::ControlModifier, row(2));
  EXPECT_EQ(visible(), "001");
  QTest::mouseClick(panel, Qt::RightButton, {}, row(0));
  EXPECT_EQ(visible(), "001");
}

TEST_F(PlotPanelTest, two_fast_clicks_on_the_legend_are_two_and_on_the_plot_show_all) {
  open(3);
  const auto twice = [&](QPoint place) {
    QTest::mouseDClick(panel, Qt::LeftButton, {}, place);
  };  // press, release, double click, release
  twice(row(1));
  EXPECT_EQ(visible(), "111");
  wheel(at(3, 50), 10);
  twice(at(3, 50));
  EXPECT_EQ(picture().x_range, (AxisRange{0, 9}));
}

TEST_F(PlotPanelTest, the_wheel_over_a_long_legend_scrolls_it) {
  open(60);
  const AxisRange x = picture().x_range;
  ASSERT_TRUE(picture().legend_rest.has_value());
  wheel(row(1), -2);
  EXPECT_EQ(picture().legend.front().series, 2U);
  wheel(row(1), 5);
  EXPECT_EQ(picture().legend.front().series, 0U);
  EXPECT_EQ(picture().x_range, x);
  // A click takes the row that stands there now.
  wheel(row(1), -3);
  QTest::mouseClick(panel, Qt::LeftButton, {}, row(0));
  EXPECT_FALSE(picture().series[3].visible);
}

TEST_F(PlotPanelTest, the_pointer_tells_its_place_on_the_x_axis_and_when_it_leaves) {
  open(1);
  std::vector<std::optional<Cursor>> told;
  QObject::connect(panel, &PlotPanel::cursor_moved, panel,
                   [&](std::optional<Cursor> cursor) { told.push_back(cursor); });
  QTest::mouseMove(panel, at(4, 5));
  ASSERT_FALSE(told.empty());
  ASSERT_TRUE(told.back().has_value());
  EXPECT_EQ(told.back()->dim, "time");
  EXPECT_NEAR(told.back()->x, 4, 0.05);
  QEvent leave(QEvent::Leave);
  QApplication::sendEvent(panel, &leave);
  EXPECT_FALSE(told.back().has_value());
}

TEST_F(PlotPanelTest, a_measuring_cursor_is_dragged_and_the_plot_stays) {
  open(2);
  panel->toggle_cursors();
  const AxisRange x = picture().x_range;
  const auto places = [&] { return model.line_plot("p")->measured().cursors->places; };
  ASSERT_EQ(places()[0].x, 3);
  drag(Qt::LeftButton, at(3, 50), at(1.2, 70));  // by its line
  EXPECT_EQ(places()[0].x, 1);
  EXPECT_EQ(picture().x_range, x);
  const auto box = picture().measures.handles[1].box;
  drag(Qt::LeftButton, QPoint(static_cast<int>(box.x + 5), static_cast<int>(box.y + 5)), at(7.9, 50));
  EXPECT_EQ(places()[1].x, 8);
  drag(Qt::LeftButton, at(4, 50), at(4.4, 50));  // beside both
  EXPECT_NE(picture().x_range, x);
  EXPECT_EQ(places()[1].x, 8);
}

TEST_F(PlotPanelTest, keys_step_the_cursor_that_was_taken_last_and_the_buttons_copy_and_end) {
  open(1);
  QSignalSpy remarks(panel, &PlotPanel::remarked);
  panel->copy_measurement();
  EXPECT_TRUE(remarks.takeFirst()[0].toString().startsWith("Nothing is measured here"));
  panel->toggle_cursors();
  EXPECT_TRUE(panel->property("takes_arrows").toBool());
  const auto places = [&] { return model.line_plot("p")->measured().cursors->places; };
  QTest::keyClick(panel, Qt::Key_Right);
  EXPECT_EQ(places()[0].x, 4);
  QTest::keyClick(panel, Qt::Key_Down);
  QTest::keyClick(panel, Qt::Key_PageUp);
  EXPECT_EQ(places()[1].x, 9);
  const auto press = [&](std::string_view id) {
    const auto& buttons = picture().measures.buttons;
    const auto found = std::ranges::find(buttons, id, &MeasureButton::id);
    ASSERT_NE(found, buttons.end());
    const auto box = found->box;
    QTest::mouseClick(panel, Qt::LeftButton, {}, QPoint(static_cast<int>(box.x + 4), static_cast<int>(box.y + 4)));
  };
  press("copy");
  ASSERT_EQ(remarks.size(), 1);
  EXPECT_EQ(remarks.takeFirst()[0].toString(), "Measurement copied");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("\t4\t9\t5\n"));
  press("close");
  EXPECT_FALSE(model.line_plot("p")->measures());
  EXPECT_FALSE(panel->property("takes_arrows").toBool());
  EXPECT_FALSE(panel->remove_measurement());
}

}  // namespace
}  // namespace cnv::desktop
