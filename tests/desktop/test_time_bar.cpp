#include "cnv/desktop/time_bar.hpp"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QSignalSpy>
#include <algorithm>
#include <cmath>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/track.hpp"
#include "desktop/widgets.hpp"

namespace cnv::desktop {
namespace {

TEST(Speed, track_is_logarithmic_with_max_at_its_end) {
  for (const double speed : {1.0, 2.0, 20.0, 100.0, 1000.0}) EXPECT_DOUBLE_EQ(speed_at(speed_position(speed)), speed);
  EXPECT_EQ(speed_at(1), 0);
  EXPECT_EQ(speed_position(0), 1);
  EXPECT_NEAR(speed_position(100) - speed_position(10), speed_position(10) - speed_position(1), 1e-12);
}

// Separators that are seen.
long lines(const TimeBar& bar) {
  const auto all = bar.findChildren<Line*>();
  return std::count_if(all.begin(), all.end(), [](const Line* line) { return line->isVisible(); });
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

TEST_F(TimeBarWindow, run_turns_into_pause_only_when_the_model_says_so) {
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

TEST_F(TimeBarWindow, typing_a_speed_or_max_is_sent_and_setting_it_is_not) {
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

TEST_F(TimeBarWindow, what_is_no_speed_is_said_and_enter_and_escape_leave_the_field) {
  QSignalSpy speed(bar, &TimeBar::speed_changed), remarks(bar, &TimeBar::remarked);
  auto* field = bar->findChild<NumberField*>();
  for (const char* wrong : {"-3", "0", "fast"}) {
    type_over(field, wrong);
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_FALSE(field->hasFocus()) << wrong;
  }
  EXPECT_EQ(speed.size(), 0);
  EXPECT_EQ(remarks.size(), 3);
  type_over(field, "33");
  QTest::keyClick(field, Qt::Key_Escape);
  EXPECT_FALSE(field->hasFocus());
  EXPECT_EQ(field->text(), "20");
}

TEST_F(TimeBarWindow, a_time_to_run_until_is_typed_or_added_to_the_present_one) {
  QSignalSpy until(bar, &TimeBar::until_requested), remarks(bar, &TimeBar::remarked);
  bar->set_time(20);
  auto* field = bar->findChildren<NumberField*>()[1];
  const auto enter = [&](const char* text) {
    type_over(field, text);
    QTest::keyClick(field, Qt::Key_Return);
  };
  enter("100");
  bar->set_until(100);
  EXPECT_EQ(field->text(), "100");
  enter("+7,5");
  enter("soon");
  field->setFocus();
  field->selectAll();
  QTest::keyClick(field, Qt::Key_Delete);
  QTest::keyClick(field, Qt::Key_Return);
  ASSERT_EQ(until.size(), 3);
  EXPECT_EQ(until[0][0].toDouble(), 100);
  EXPECT_EQ(until[1][0].toDouble(), 27.5);
  EXPECT_TRUE(std::isnan(until[2][0].toDouble())) << "no end";
  EXPECT_EQ(remarks.size(), 1);
}

TEST_F(TimeBarWindow, a_narrow_window_leaves_parts_out_and_overlaps_nothing) {
  for (const auto& [width, time] : {std::pair(1300, 20.0),
                                    {1000, 20.0},
                                    {800, 20.0},
                                    {640, 20.0},
                                    {480, 20.0},
                                    {1300, 350472.25},
                                    {900, 350472.25},
                                    {640, 350472.25},
                                    {520, 350472.25}}) {
    w.show(width, 80);
    bar->set_time(time);
    bar->set_achieved(time / 20, true);
    QApplication::processEvents();
    for (const auto* label : bar->findChildren<NumberLabel*>())
      EXPECT_TRUE(!label->isVisible() || label->width() >= label->sizeHint().width()) << width << ": " << time;
    QRect before;
    for (auto* child : bar->children()) {
      auto* widget = qobject_cast<QWidget*>(child);
      if (!widget || !widget->isVisible() || widget->width() == 0) continue;
      EXPECT_LE(widget->geometry().right(), bar->width()) << width;
      EXPECT_FALSE(widget->geometry().intersects(before)) << width;
      before = widget->geometry();
    }
  }
  EXPECT_LE(bar->minimumSizeHint().width(), 480);
}

TEST_F(TimeBarWindow, nothing_moves_while_numbers_run) {
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

TEST_F(TimeBarWindow, without_a_model_nothing_runs_or_steps) {
  bar->set_live(false);
  EXPECT_FALSE(button("Run")->isEnabled() || button("Step")->isEnabled());
  EXPECT_TRUE(button("Reset")->isEnabled()) << "a session that rests can begin anew";
  bar->set_active(false);
  bar->set_live(true);
  EXPECT_FALSE(button("Run")->isEnabled());
  bar->set_active(true);
  EXPECT_TRUE(button("Run")->isEnabled() && button("Step")->isEnabled());
}

TEST_F(TimeBarWindow, inactive_is_disabled_but_still_shows_the_time) {
  bar->set_active(false);
  EXPECT_FALSE(button("Step")->isEnabled());
  EXPECT_FALSE(bar->findChild<Track*>()->isEnabled());
  for (auto* number : bar->findChildren<NumberLabel*>()) EXPECT_TRUE(number->isEnabled());
}

// ---- recordings --------------------------------------------------------------------------------------------------

struct RecordingBar : TimeBarWindow {
  QSignalSpy wanted{bar, &TimeBar::frame_requested};
  Track* frames() {
    for (auto* track : bar->findChildren<Track*>())
      if (track->accessibleName() == QLatin1String("Frame of the recording")) return track;
    return nullptr;
  }
  // The middle of the handle at this frame of `count`.
  QPoint place(int frame, int count) {
    return {10 + static_cast<int>(std::lround((frames()->width() - 20.0) * frame / (count - 1))), 10};
  }
  std::vector<qlonglong> asked() {
    std::vector<qlonglong> out;
    for (const auto& call : wanted) out.push_back(call[0].toLongLong());
    wanted.clear();
    return out;
  }
  bool has_text(const QString& text) {
    for (auto* label : bar->findChildren<QLabel*>())
      if (label->isVisible() && label->text() == text) return true;
    for (auto* label : bar->findChildren<NumberLabel*>())
      if (label->isVisible() && label->text() == text) return true;
    return false;
  }
};

TEST_F(RecordingBar, the_slider_is_there_only_for_a_recording) {
  EXPECT_FALSE(frames()->isVisible());
  bar->set_frames(40, 11);
  QApplication::processEvents();
  EXPECT_TRUE(frames()->isVisible());
  EXPECT_GT(frames()->width(), 200);
  EXPECT_DOUBLE_EQ(frames()->position(), 11.0 / 39);
  EXPECT_TRUE(has_text("12 / 40"));
  EXPECT_EQ(frames()->accessibleDescription(), "12 of 40");
  EXPECT_TRUE(has_text("frames/s")) << "without model time the pace is in frames";
  EXPECT_FALSE(has_text("ms/s"));
  bar->set_time(3.5);
  EXPECT_TRUE(has_text("ms/s"));
  EXPECT_TRUE(has_text("3.50"));
  bar->set_frames(0, 0);
  EXPECT_FALSE(frames()->isVisible());
  EXPECT_EQ(wanted.size(), 0);
}

TEST_F(RecordingBar, a_separator_stands_only_between_two_parts) {
  bar->set_time(std::nullopt);
  EXPECT_EQ(lines(*bar), 1) << "nothing follows the speed";
  bar->set_time(3.5);
  EXPECT_EQ(lines(*bar), 2) << "the clock";
  bar->set_time(std::nullopt);
  bar->set_frames(40, 11);
  EXPECT_EQ(lines(*bar), 2) << "the slider of the recording";
}

TEST_F(RecordingBar, dragging_asks_for_frames_and_stays_with_the_hand) {
  bar->set_frames(11, 0);
  QApplication::processEvents();
  QTest::mousePress(frames(), Qt::LeftButton, {}, place(3, 11));
  EXPECT_EQ(asked(), std::vector<qlonglong>{3});
  bar->set_frames(11, 0);  // what the model showed before it heard
  EXPECT_DOUBLE_EQ(frames()->position(), 0.3);
  QTest::mouseMove(frames(), place(4, 11));
  QTest::mouseMove(frames(), place(8, 11));
  QTest::mouseRelease(frames(), Qt::LeftButton, {}, place(8, 11));
  EXPECT_EQ(asked(), (std::vector<qlonglong>{4, 8}));
  EXPECT_TRUE(has_text("9 / 11"));
  bar->set_frames(11, 2);
  EXPECT_DOUBLE_EQ(frames()->position(), 0.2);
}

TEST_F(RecordingBar, arrow_keys_go_frame_by_frame_and_stop_at_the_ends) {
  bar->set_frames(5, 2);
  QApplication::processEvents();
  frames()->setFocus(Qt::TabFocusReason);
  QTest::keyClick(frames(), Qt::Key_Right);
  QTest::keyClick(frames(), Qt::Key_Right);
  QTest::keyClick(frames(), Qt::Key_Right);
  QTest::keyClick(frames(), Qt::Key_Left);
  QTest::keyClick(frames(), Qt::Key_Home);
  QTest::keyClick(frames(), Qt::Key_End);
  EXPECT_EQ(asked(), (std::vector<qlonglong>{3, 4, 3, 0, 4}));
}

TEST_F(RecordingBar, one_frame_leaves_nothing_to_seek) {
  bar->set_frames(1, 0);
  EXPECT_FALSE(frames()->isEnabled());
  EXPECT_TRUE(has_text("1 / 1"));
  bar->set_frames(2, 1);
  EXPECT_TRUE(frames()->isEnabled());
  bar->set_active(false);
  EXPECT_FALSE(frames()->isEnabled());
}

TEST(PushButton, enter_presses_it_and_space_goes_on_to_the_window) {
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
