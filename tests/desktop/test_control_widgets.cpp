// Each kind of control and the panel that holds them, under real mouse and key events.
#include <gtest/gtest.h>

#include <QScrollBar>
#include <QSignalSpy>
#include <algorithm>
#include <cmath>

#include "cnv/desktop/controls/check_control.hpp"
#include "cnv/desktop/controls/choice_control.hpp"
#include "cnv/desktop/controls/controls_panel.hpp"
#include "cnv/desktop/controls/slider_control.hpp"
#include "cnv/desktop/controls/spin_control.hpp"
#include "cnv/desktop/controls/xy_control.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/track.hpp"
#include "desktop/widgets.hpp"

namespace cnv::desktop {
namespace {

TEST(SpinControl, steps_types_and_stays_in_its_limits) {
  TestWindow w;
  auto* control = w.add(new SpinControl({.id = "n", .label = "Synapses", .min = 0, .max = 12, .default_value = 10}));
  w.show();
  QSignalSpy changed(control, &Control::value_changed);
  control->field()->setFocus();
  for (int i = 0; i < 3; ++i) QTest::keyClick(control->field(), Qt::Key_Up);
  EXPECT_EQ(control->value().toLongLong(), 12);
  EXPECT_EQ(changed.size(), 2);
  const QPoint lower_arrow(control->field()->width() - 6, control->field()->height() - 5);
  QTest::mouseClick(control->field(), Qt::LeftButton, {}, lower_arrow);
  EXPECT_EQ(control->value().toLongLong(), 11);
  type_over(control->field(), "3");
  QTest::keyClick(control->field(), Qt::Key_Return);
  EXPECT_EQ(changed.last()[0].typeId(), QMetaType::LongLong);
  EXPECT_EQ(changed.last()[0].toLongLong(), 3);
  const auto before = changed.size();
  control->set_value(7);
  EXPECT_EQ(control->field()->text(), "7");
  EXPECT_EQ(changed.size(), before);
}

TEST(CheckControl, click_and_enter_toggle_and_set_value_is_quiet) {
  TestWindow w;
  auto* control = w.add(new CheckControl({"p", "Passive spines", true}));
  w.show();
  QSignalSpy changed(control, &Control::value_changed);
  QTest::mouseClick(control->box(), Qt::LeftButton);
  ASSERT_EQ(changed.size(), 1);
  EXPECT_FALSE(changed[0][0].toBool());
  control->box()->setFocus();
  QTest::keyClick(control->box(), Qt::Key_Return);
  EXPECT_TRUE(control->value().toBool());
  control->set_value(false);
  EXPECT_FALSE(control->box()->isChecked());
  EXPECT_EQ(changed.size(), 2);
}

TEST(ChoiceControl, keys_choose_and_an_unknown_text_shows_the_first_option) {
  TestWindow w;
  auto* control = w.add(new ChoiceControl({"site", "Site", {"soma(0.5)", "dend(0.5)", "axon(1)"}, "dend(0.5)"}));
  w.show();
  QSignalSpy changed(control, &Control::value_changed);
  EXPECT_EQ(control->box()->currentText(), "dend(0.5)");
  control->box()->setFocus();
  QTest::keyClick(control->box(), Qt::Key_Down);
  ASSERT_EQ(changed.size(), 1);
  EXPECT_EQ(changed[0][0].toString(), "axon(1)");
  control->set_value("nowhere");
  EXPECT_EQ(control->box()->currentText(), "soma(0.5)");
  EXPECT_EQ(changed.size(), 1);
}

TEST(XyInside, a_round_pad_has_no_corners) {
  XySpec spec{.x_min = -10, .x_max = 10, .y_min = 0, .y_max = 2};
  EXPECT_EQ(xy_inside(spec, {20, -1}), QPointF(10, 0));
  spec.round = true;
  const QPointF corner = xy_inside(spec, {10, 2});
  EXPECT_NEAR(corner.x(), 10 * std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(corner.y(), 1 + std::sqrt(0.5), 1e-12);
  EXPECT_EQ(xy_inside(spec, {3, 1}), QPointF(3, 1));
}

TEST(XyControl, press_and_keys_move_the_handle_with_y_upwards) {
  TestWindow w;
  auto* control =
      w.add(new XyControl({.id = "e", .label = "Electrode", .x_max = 48, .y_max = 40, .default_value = {24, 20}}));
  w.show(240, 300);
  QSignalSpy changed(control, &Control::value_changed);
  QTest::mouseClick(control->pad(), Qt::LeftButton, {}, {control->pad()->width() - 1, 0});
  ASSERT_EQ(changed.size(), 1);
  EXPECT_NEAR(changed[0][0].toMap()["x"].toDouble(), 48, 0.3);
  EXPECT_NEAR(changed[0][0].toMap()["y"].toDouble(), 40, 0.3);
  control->set_value(xy_variant({24, 20}));
  control->pad()->setFocus();
  QTest::keyClick(control->pad(), Qt::Key_Up);
  EXPECT_GT(control->value().toMap()["y"].toDouble(), 20);
}

struct ControlsPanelTest : testing::Test {
  ControlsPanel panel;
  void show(int width, int height) {
    panel.resize(width, height);
    panel.show();
    QApplication::setActiveWindow(&panel);
    QApplication::processEvents();
  }
  std::vector<Control*> sliders(int count) {
    std::vector<Control*> out;
    for (int i = 0; i < count; ++i)
      out.push_back(new SliderControl({.id = QString::number(i), .label = "g", .default_value = 0}));
    return out;
  }
};

TEST_F(ControlsPanelTest, forwards_changes_and_actions_with_their_ids) {
  auto* slider = new SliderControl({.id = "amp", .label = "Amplitude", .unit = "nA", .default_value = 0.5});
  auto* button = new ActionButton({"pulse", "Inject pulse", {"i", "bogus key", "ctrl+i"}});
  panel.set_contents({{"Stimulus", {slider}}}, {button});
  show(220, 400);
  QSignalSpy changed(&panel, &ControlsPanel::value_changed), fired(&panel, &ControlsPanel::action_fired);
  QTest::mouseClick(button, Qt::LeftButton);
  ASSERT_EQ(fired.size(), 1);
  EXPECT_EQ(fired[0][0].toString(), "pulse");
  EXPECT_EQ(button->key_hint(), "I");
  EXPECT_EQ(button->toolTip(), "Inject pulse (I, Ctrl+I)");
  type_over(slider->field(), "0.7");
  QTest::keyClick(slider->field(), Qt::Key_Return);
  ASSERT_EQ(changed.size(), 1);
  EXPECT_EQ(changed[0][0].toString(), "amp");
  EXPECT_EQ(panel.control("amp"), slider);
  EXPECT_EQ(panel.control("none"), nullptr);
}

TEST_F(ControlsPanelTest, eight_items_take_two_columns_in_a_wide_panel_and_keep_their_values) {
  const auto controls = sliders(8);
  panel.set_contents({{"", controls}}, {});
  show(600, 300);
  EXPECT_EQ(panel.columns(), 1);
  controls[3]->set_value(0.25);
  show(900, 300);
  EXPECT_EQ(panel.columns(), 2);
  EXPECT_EQ(panel.control("3"), controls[3]);
  EXPECT_EQ(controls[3]->value().toDouble(), 0.25);
  EXPECT_TRUE(controls[3]->isVisible());
  EXPECT_GT(controls[1]->mapTo(&panel, QPoint()).x(), controls[0]->mapTo(&panel, QPoint()).x());
}

TEST_F(ControlsPanelTest, labels_stand_above_their_fields_together_where_one_has_no_room_beside) {
  auto* brief = new SliderControl({.id = "gna", .label = "gNa", .unit = "S/cm²", .default_value = 0});
  auto* lengthy = new SliderControl({.id = "r", .label = "Axial resistivity", .unit = "Ω cm", .default_value = 0});
  panel.set_contents({{"", {brief, lengthy}}}, {});
  for (const int width : {320, 190, 320}) {
    show(width, 400);
    for (auto* control : {brief, lengthy}) {
      const auto* name = control->findChild<TextLabel*>();
      const int name_y = name->mapTo(control, QPoint()).y(), field_y = control->field()->mapTo(control, QPoint()).y();
      EXPECT_EQ(field_y > name_y + 10, width == 190) << width;
      EXPECT_GE(name->width(), name->fontMetrics().horizontalAdvance(control->label())) << width;
      EXPECT_LT(field_y, control->track()->mapTo(control, QPoint()).y()) << width;
    }
  }
}

TEST_F(ControlsPanelTest, inactive_disables_everything_in_it) {
  const auto controls = sliders(1);
  panel.set_active(false);
  panel.set_contents({{"", controls}}, {});
  EXPECT_FALSE(controls[0]->isEnabled());
  panel.set_active(true);
  EXPECT_TRUE(controls[0]->isEnabled());
}

TEST_F(ControlsPanelTest, a_scroll_bar_comes_only_with_overflow_and_goes_with_the_contents) {
  panel.set_contents({{"", sliders(2)}}, {});
  show(220, 300);
  EXPECT_FALSE(panel.verticalScrollBar()->isVisible());
  panel.set_contents({{"", sliders(7)}}, {});
  QApplication::processEvents();
  EXPECT_TRUE(panel.verticalScrollBar()->isVisible());
  panel.set_contents({}, {});
  QApplication::processEvents();
  EXPECT_FALSE(panel.verticalScrollBar()->isVisible());
}

TEST_F(ControlsPanelTest, a_unit_is_painted_in_its_own_colour) {
  auto* slider = new SliderControl({.id = "amp", .label = "Amplitude", .unit = "nA"});
  panel.set_contents({{"", {slider}}}, {});
  show(220, 200);
  const auto labels = panel.findChildren<TextLabel*>();
  const auto unit =
      std::find_if(labels.begin(), labels.end(), [](const TextLabel* label) { return label->text() == "nA"; });
  ASSERT_NE(unit, labels.end());
  EXPECT_EQ((*unit)->palette().color((*unit)->foregroundRole()), QColor::fromRgb(light_tokens.text2));
}

}  // namespace
}  // namespace cnv::desktop
