#include "cnv/desktop/time_bar.hpp"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QSignalSpy>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/track.hpp"
#include "desktop/widgets.hpp"

namespace cnv::desktop {
namespace {

TEST(Speed, TrackIsLogarithmicWithMaxAtItsEnd) {
  for (const double speed : {1.0, 2.0, 20.0, 100.0, 1000.0}) EXPECT_DOUBLE_EQ(speed_at(speed_position(speed)), speed);
  EXPECT_EQ(speed_at(1), 0);
  EXPECT_EQ(speed_position(0), 1);
  EXPECT_NEAR(speed_position(100) - speed_position(10), speed_position(10) - speed_position(1), 1e-12);
}

struct TimeBarWindow : testing::Test {
  TestWindow w;
  TimeBar* bar = w.add(new TimeBar);
  void SetUp() override { w.show(1200, 80); }
  PushButton* button(const char* name) {
    for (auto* b : bar->findChildren<PushButton*>())
      if (b->text() == QLatin1String(name)) return b;
    return nullptr;
  }
};

TEST_F(TimeBarWindow, RunTurnsIntoPauseOnlyWhenTheModelSaysSo) {
  QSignalSpy run(bar, &TimeBar::run_requested);
  QTest::mouseClick(button("Run"), Qt::LeftButton);
  ASSERT_EQ(run.size(), 1);
  EXPECT_TRUE(run[0][0].toBool());
  ASSERT_NE(button("Run"), nullptr);
  const int width = button("Run")->width();
  bar->set_running(true);
  ASSERT_NE(button("Pause"), nullptr);
  EXPECT_EQ(button("Pause")->width(), width);
  EXPECT_EQ(QAccessible::queryAccessibleInterface(button("Pause"))->text(QAccessible::Name), "Pause");
  QTest::mouseClick(button("Pause"), Qt::LeftButton);
  EXPECT_FALSE(run[1][0].toBool());
}

TEST_F(TimeBarWindow, TypingASpeedOrMaxIsSentAndSettingItIsNot) {
  QSignalSpy speed(bar, &TimeBar::speed_changed);
  auto* field = bar->findChild<NumberField*>();
  bar->set_speed(50);
  EXPECT_EQ(field->text(), "50");
  EXPECT_EQ(speed.size(), 0);
  type_over(field, "200");
  QTest::keyClick(field, Qt::Key_Return);
  type_over(field, "max");
  QTest::keyClick(field, Qt::Key_Return);
  type_over(field, "-3");
  QTest::keyClick(field, Qt::Key_Return);
  ASSERT_EQ(speed.size(), 2);
  EXPECT_EQ(speed[0][0].toDouble(), 200);
  EXPECT_EQ(speed[1][0].toDouble(), 0);
  EXPECT_EQ(field->text(), "max");
  EXPECT_EQ(bar->findChild<Track*>()->position(), 1);
}

TEST_F(TimeBarWindow, NothingMovesWhileNumbersRun) {
  bar->set_time(1.11);
  QApplication::processEvents();
  const auto places = [&] {
    std::vector<QRect> out;
    for (auto* widget : bar->findChildren<QWidget*>()) out.push_back(widget->geometry());
    return out;
  };
  const auto before = places();
  bar->set_time(9876.54);
  bar->set_achieved(19.8, true);
  QApplication::processEvents();
  EXPECT_EQ(places(), before);
}

TEST_F(TimeBarWindow, InactiveIsDisabledButStillShowsTheTime) {
  bar->set_active(false);
  EXPECT_FALSE(button("Step")->isEnabled());
  EXPECT_FALSE(bar->findChild<Track*>()->isEnabled());
  for (auto* number : bar->findChildren<NumberLabel*>()) EXPECT_TRUE(number->isEnabled());
}

TEST(PushButton, EnterPressesItAndSpaceGoesOnToTheWindow) {
  TestWindow w;
  auto* button = w.add(new PushButton("Step"));
  w.show();
  QSignalSpy clicked(button, &QAbstractButton::clicked);
  button->setFocus();
  QTest::keyClick(button, Qt::Key_Space);
  EXPECT_EQ(clicked.size(), 0);
  QTest::keyClick(button, Qt::Key_Return);
  EXPECT_EQ(clicked.size(), 1);
}

}  // namespace
}  // namespace cnv::desktop
