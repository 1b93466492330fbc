// Controls under real mouse and key events.
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "cnv/desktop/controls/slider_control.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/spec_widgets.hpp"
#include "cnv/desktop/time_bar.hpp"
#include "cnv/desktop/track.hpp"

namespace cnv::desktop {
namespace {

class ControlTest : public testing::Test {
 protected:
  Control* show(const ControlSpec& spec) {
    auto control = make_control(spec);
    EXPECT_TRUE(control) << control.error();
    widget_.reset(*control);
    widget_->resize(240, 60);
    widget_->show();
    return widget_.get();
  }
  std::unique_ptr<Control> widget_;
};

TEST_F(ControlTest, a_slider_stands_on_the_steps_of_its_range) {
  const SliderSpec linear{.id = "a", .min = 2, .max = 10, .steps = 80};
  for (int k = 0; k <= 80; ++k) EXPECT_DOUBLE_EQ(slider_value(linear, k / 80.0), 2 + 8.0 * k / 80);
  const SliderSpec log{.id = "b", .min = 0.001, .max = 1, .steps = 30, .log = true};
  for (int k = 0; k <= 30; ++k) {
    EXPECT_NEAR(slider_value(log, k / 30.0), 0.001 * std::pow(1000.0, k / 30.0), 1e-12);
    EXPECT_NEAR(slider_position(log, slider_value(log, k / 30.0)), k / 30.0, 1e-9);
  }
}

TEST_F(ControlTest, arrow_keys_move_a_slider_by_one_step_and_tell_it) {
  auto* control = static_cast<SliderControl*>(show(slider("amp", "Amplitude", 0.5, {0, 2}, "nA", 100)));
  QSignalSpy changes(control, &Control::value_changed);
  control->track()->setFocus();
  QTest::keyClick(control->track(), Qt::Key_Right);
  ASSERT_EQ(changes.count(), 1);
  EXPECT_NEAR(changes[0][0].toDouble(), 0.52, 1e-12);
}

TEST_F(ControlTest, a_slider_of_whole_numbers_stands_on_each_of_them) {
  ControlSpec spec = spin_box("n", "Spikes", 2, {0, 5});
  spec.presentation->kind = "slider";
  auto* control = static_cast<SliderControl*>(show(spec));
  QSignalSpy changes(control, &Control::value_changed);
  control->track()->setFocus();
  for (int k = 0; k < 5; ++k) QTest::keyClick(control->track(), Qt::Key_Right);
  ASSERT_EQ(changes.count(), 3) << "3, 4, 5, and no further";
  for (int k = 0; k < 3; ++k) EXPECT_EQ(scene_value(changes[k][0]), Value(std::int64_t{3 + k}));
  EXPECT_EQ(control->field()->text(), "5");
  control->field()->selectAll();
  QTest::keyClicks(control->field(), "3.7");
  QTest::keyClick(control->field(), Qt::Key_Return);
  EXPECT_EQ(scene_value(changes.last()[0]), Value(std::int64_t{4}));
}

TEST_F(ControlTest, a_logarithmic_slider_of_whole_numbers_reaches_the_next_one) {
  ControlSpec spec = spin_box("n", "Cells", 1, {1, 1000});
  spec.presentation = ControlPresentationSpec{.kind = "slider", .scale = "log"};
  auto* control = static_cast<SliderControl*>(show(spec));
  control->track()->setFocus();
  QTest::keyClick(control->track(), Qt::Key_Right);
  EXPECT_EQ(control->value().toLongLong(), 2);
  QTest::keyClick(control->track(), Qt::Key_Left);
  EXPECT_EQ(control->value().toLongLong(), 1);
}

TEST_F(ControlTest, a_typed_number_is_taken_exactly_and_one_out_of_range_is_brought_into_it) {
  auto* control = static_cast<SliderControl*>(show(slider("amp", "Amplitude", 0.5, {0, 2})));
  QSignalSpy changes(control, &Control::value_changed);
  control->field()->setFocus();
  control->field()->selectAll();
  QTest::keyClicks(control->field(), "0.123456");
  QTest::keyClick(control->field(), Qt::Key_Return);
  ASSERT_EQ(changes.count(), 1);
  EXPECT_DOUBLE_EQ(changes[0][0].toDouble(), 0.123456);
  control->field()->selectAll();
  QTest::keyClicks(control->field(), "99");
  QTest::keyClick(control->field(), Qt::Key_Return);
  EXPECT_DOUBLE_EQ(control->value().toDouble(), 2);
}

TEST_F(ControlTest, a_value_from_the_session_is_shown_and_not_sent_back) {
  auto* control = show(slider("amp", "Amplitude", 0.5, {0, 2}));
  QSignalSpy changes(control, &Control::value_changed);
  control->set_value(1.25);
  EXPECT_DOUBLE_EQ(control->value().toDouble(), 1.25);
  EXPECT_EQ(changes.count(), 0);
}

TEST_F(ControlTest, a_presentation_that_does_not_fit_the_value_is_named) {
  ControlSpec spec = checkbox("flag", "Flag", true);
  spec.presentation = ControlPresentationSpec{.kind = "slider"};
  const auto made = make_control(spec);
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().find("flag"), std::string::npos);
  EXPECT_NE(made.error().find("slider"), std::string::npos);
}

TEST_F(ControlTest, values_survive_the_way_through_a_widget) {
  for (const Value& value :
       {Value(true), Value(std::int64_t{7}), Value(0.25), Value("soma"), Value(Dict{{"x", 0.5}, {"y", 1.0}})})
    EXPECT_EQ(scene_value(widget_value(value)), value);
}

TEST(TimeBarTest, speeds_lie_on_a_logarithmic_track_with_max_at_its_end) {
  EXPECT_EQ(speed_at(1.0), 0);
  EXPECT_EQ(speed_position(0), 1.0);
  for (const double speed : {1.0, 2.0, 20.0, 150.0, 1000.0}) EXPECT_DOUBLE_EQ(speed_at(speed_position(speed)), speed);
}

TEST(TimeBarTest, a_speed_that_is_typed_is_asked_for) {
  TimeBar bar;
  bar.show();
  QSignalSpy speeds(&bar, &TimeBar::speed_changed);
  auto* field = bar.findChild<NumberField*>();
  field->setFocus();
  field->selectAll();
  QTest::keyClicks(field, "75");
  QTest::keyClick(field, Qt::Key_Return);
  ASSERT_EQ(speeds.count(), 1);
  EXPECT_DOUBLE_EQ(speeds[0][0].toDouble(), 75);
  field->selectAll();
  QTest::keyClicks(field, "max");
  QTest::keyClick(field, Qt::Key_Return);
  ASSERT_EQ(speeds.count(), 2);
  EXPECT_DOUBLE_EQ(speeds[1][0].toDouble(), 0);
}

}  // namespace
}  // namespace cnv::desktop
