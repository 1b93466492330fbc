// What the report says of the mouse and keyboard events that the windows were given.
#include <gmock/gmock.h>

#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QTest>
#include <QWindow>

#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

struct InputCounterTest : WindowFixture {
  void SetUp() override {
    open();
    window->resize(1200, 800);
    give({SceneReady{scenes::cell_scene()}});
  }
  Dict input() { return *window->report().find("input")->get_if<Dict>(); }
  std::int64_t count(const char* kind) { return input().find(kind)->as_int(); }
  // In the middle of the first view, a place that takes all kinds of events.
  QPoint place() const {
    auto* panel = dock(window->model().panels().front().id.c_str());
    return panel->mapTo(window.get(), panel->rect().center());
  }
  QWindow* handle() const { return window->windowHandle(); }
};

TEST_F(InputCounterTest, nothing_is_counted_before_anybody_touches_anything) {
  for (const auto* kind : {"presses", "releases", "notches", "key_presses", "key_releases"})
    EXPECT_EQ(count(kind), 0) << kind;
}

TEST_F(InputCounterTest, a_press_and_a_release_count_once_whatever_widgets_they_go_through) {
  QTest::mousePress(handle(), Qt::LeftButton, {}, place());
  EXPECT_EQ(count("presses"), 1);
  EXPECT_EQ(count("releases"), 0);
  QTest::mouseRelease(handle(), Qt::LeftButton, {}, place());
  EXPECT_EQ(count("presses"), 1);
  EXPECT_EQ(count("releases"), 1);
}

TEST_F(InputCounterTest, a_double_click_is_two_presses) {
  QTest::mouseDClick(handle(), Qt::LeftButton, {}, place());
  EXPECT_EQ(count("presses"), 2);
  EXPECT_EQ(count("releases"), 2);
}

TEST_F(InputCounterTest, the_pointer_is_where_the_window_last_saw_it) {
  for (const QPoint& step : {QPoint(3, 5), QPoint(7, 3), QPoint(-20, 11)}) {
    QTest::mouseMove(handle(), place() + step);
    const QPoint seen = window->mapToGlobal(place() + step);
    EXPECT_EQ(input().find("pointer")->repr(), Value(List{double(seen.x()), double(seen.y())}).repr());
  }
  EXPECT_EQ(count("presses"), 0);
}

TEST_F(InputCounterTest, keys_count_once_also_when_nobody_takes_them) {
  QTest::keyClick(handle(), Qt::Key_P);
  EXPECT_EQ(count("key_presses"), 1);
  EXPECT_EQ(count("key_releases"), 1);
  QTest::keyClick(handle(), Qt::Key_F35);
  EXPECT_EQ(count("key_presses"), 2);
  EXPECT_EQ(count("key_releases"), 2);
}

TEST_F(InputCounterTest, notches_of_the_wheel_are_counted) {
  for (int notch = 0; notch < 3; ++notch) {
    QWheelEvent event(place(), window->mapToGlobal(place()), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(handle(), &event);
  }
  EXPECT_EQ(count("notches"), 3);
}

TEST_F(InputCounterTest, menus_and_dialogs_count_too) {
  auto* menu = window->menuBar()->actions().at(2)->menu();
  menu->popup(window->mapToGlobal(QPoint(50, 50)));
  QTest::mouseClick(menu->windowHandle(), Qt::LeftButton, {}, {2, 2});
  EXPECT_EQ(count("presses"), 1);
  EXPECT_EQ(count("releases"), 1);
  menu->close();

  QMessageBox box(QMessageBox::Information, "Title", "Text", QMessageBox::Ok, window.get());
  box.open();
  settle();
  QTest::keyClick(box.windowHandle(), Qt::Key_Tab);
  EXPECT_EQ(count("key_presses"), 1);
  EXPECT_EQ(count("key_releases"), 1);
}

}  // namespace
}  // namespace cnv::desktop
