#include "cnv/desktop/controls/slider_control.hpp"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include <cmath>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/track.hpp"
#include "desktop/widgets.hpp"

namespace cnv::desktop {
namespace {

const SliderSpec linear{
    .id = "amp", .label = "Amplitude", .unit = "nA", .min = -1, .max = 3, .default_value = 0, .steps = 8};
const SliderSpec logarithmic{
    .id = "g", .label = "gnabar", .min = 0.001, .max = 10, .default_value = 0.1, .steps = 4, .log = true};

TEST(SliderValue, step_k_is_linear_or_geometric_and_the_ends_are_exact) {
  for (int k = 0; k <= 8; ++k) EXPECT_DOUBLE_EQ(slider_value(linear, k / 8.0), -1 + 4 * k / 8.0);
  for (int k = 0; k <= 4; ++k) EXPECT_NEAR(slider_value(logarithmic, k / 4.0), 0.001 * std::pow(10.0, k), 1e-12);
  EXPECT_EQ(slider_value(linear, 1), 3);
  EXPECT_EQ(slider_value(logarithmic, 1), 10);
}

TEST(SliderValue, position_is_the_inverse_and_stays_inside) {
  for (const auto& spec : {linear, logarithmic})
    for (const double p : {0.0, 0.1, 0.5, 0.77, 1.0})
      EXPECT_NEAR(slider_position(spec, slider_value(spec, p)), p, 1e-12);
  EXPECT_EQ(slider_position(linear, 100), 1);
  EXPECT_EQ(slider_position(logarithmic, -5), 0);
  EXPECT_EQ(slider_position({.min = 2, .max = 2}, 2), 0);
}

TEST(SliderValue, log_scale_that_is_impossible_is_linear) {
  EXPECT_DOUBLE_EQ(slider_value({.min = 0, .max = 10, .log = true}, 0.5), 5);
}

struct SliderControlTest : testing::Test {
  TestWindow w;
  SliderControl* control = w.add(new SliderControl(linear));
  SliderControl* second = w.add(new SliderControl(logarithmic));
  QSignalSpy changed{control, &Control::value_changed};
  void SetUp() override { w.show(); }
  ToolButton* undo(Control* of) { return of->findChild<ToolButton*>(); }
};

TEST_F(SliderControlTest, set_value_shows_and_never_signals) {
  control->set_value(1.5);
  EXPECT_EQ(control->value().toDouble(), 1.5);
  EXPECT_EQ(control->field()->text(), "1.50");
  EXPECT_DOUBLE_EQ(control->track()->position(), 0.625);
  control->set_value(99);
  EXPECT_EQ(control->value().toDouble(), 3);
  control->set_value("nonsense");
  EXPECT_EQ(control->value().toDouble(), 0);
  EXPECT_EQ(changed.size(), 0);
}

TEST_F(SliderControlTest, a_refused_value_comes_back_by_set_value) {
  type_over(control->field(), "2");
  QTest::keyClick(control->field(), Qt::Key_Return);
  ASSERT_EQ(changed.size(), 1);
  control->set_value(0.5);
  EXPECT_EQ(control->field()->text(), "0.50");
  EXPECT_EQ(changed.size(), 1);
}

TEST_F(SliderControlTest, entry_is_exact_and_limited_to_the_range) {
  type_over(control->field(), "0.123456789");
  QTest::keyClick(control->field(), Qt::Key_Return);
  ASSERT_EQ(changed.size(), 1);
  EXPECT_EQ(changed[0][0].toDouble(), 0.123456789);
  type_over(control->field(), "17");
  QTest::keyClick(control->field(), Qt::Key_Return);
  ASSERT_EQ(changed.size(), 2);
  EXPECT_EQ(changed[1][0].toDouble(), 3);
  EXPECT_EQ(control->field()->text(), "3.00");
}

TEST_F(SliderControlTest, dragging_signals_once_per_step_on_the_steps) {
  Track* track = control->track();
  const int middle = 10;
  QTest::mousePress(track, Qt::LeftButton, {}, {track->width() / 2, middle});
  for (int x = track->width() / 2; x <= track->width(); ++x) QTest::mouseMove(track, {x, middle});
  QTest::mouseRelease(track, Qt::LeftButton, {}, {track->width(), middle});
  ASSERT_EQ(changed.size(), 5);  // steps 4 … 8
  for (int i = 0; i < changed.size(); ++i) EXPECT_DOUBLE_EQ(changed[i][0].toDouble(), 1 + 0.5 * i);
}

TEST_F(SliderControlTest, arrow_keys_go_to_the_next_step_also_from_between_two) {
  control->set_value(0.1);
  control->track()->setFocus();
  QTest::keyClick(control->track(), Qt::Key_Right);
  EXPECT_DOUBLE_EQ(control->value().toDouble(), 0.5);
  QTest::keyClick(control->track(), Qt::Key_Left);
  EXPECT_DOUBLE_EQ(control->value().toDouble(), 0);
  QTest::keyClick(control->track(), Qt::Key_End);
  EXPECT_EQ(control->value().toDouble(), 3);
  QTest::keyClick(control->field(), Qt::Key_Down);
  EXPECT_DOUBLE_EQ(control->value().toDouble(), 2.5);
}

TEST_F(SliderControlTest, the_undo_arrow_appears_with_a_change_and_brings_the_default_back) {
  EXPECT_FALSE(undo(control)->isVisible());
  type_over(control->field(), "2");
  QTest::keyClick(control->field(), Qt::Key_Return);
  ASSERT_TRUE(undo(control)->isVisible());
  QTest::mouseClick(undo(control), Qt::LeftButton);
  EXPECT_EQ(control->value().toDouble(), 0);
  EXPECT_FALSE(undo(control)->isVisible());
  EXPECT_EQ(changed.last()[0].toDouble(), 0);
}

TEST_F(SliderControlTest, tab_goes_through_field_and_track_then_the_next_control) {
  control->field()->setFocus();
  QWidget* expected[] = {control->track(), second->field(), second->track()};
  for (QWidget* next : expected) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), next);
  }
}

TEST_F(SliderControlTest, parts_have_accessible_names) {
  EXPECT_EQ(control->field()->accessibleName(), "Amplitude (nA)");
  EXPECT_EQ(control->track()->accessibleName(), "Amplitude");
  EXPECT_FALSE(undo(control)->accessibleName().isEmpty());
}

TEST_F(SliderControlTest, the_wheel_changes_only_the_slider_that_has_the_focus) {
  const auto turn = [](QWidget* target) {
    QWheelEvent event({60, 10}, target->mapToGlobal(QPointF(60, 10)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(target, &event);
  };
  control->field()->setFocus();
  turn(control->track());
  EXPECT_EQ(changed.size(), 0);
  control->track()->setFocus();
  turn(control->track());
  EXPECT_DOUBLE_EQ(control->value().toDouble(), 0.5);
}

}  // namespace
}  // namespace cnv::desktop
