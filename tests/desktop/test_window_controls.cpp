// Controls, actions and keys in the whole window, under real mouse and key events: what is sent, what a patch changes,
// where the keyboard goes.
#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QAccessibleWidget>
#include <QComboBox>
#include <QLabel>
#include <QMenuBar>
#include <QTest>
#include <set>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/controls/check_control.hpp"
#include "cnv/desktop/controls/choice_control.hpp"
#include "cnv/desktop/controls/controls_panel.hpp"
#include "cnv/desktop/controls/slider_control.hpp"
#include "cnv/desktop/controls/spin_control.hpp"
#include "cnv/desktop/controls/xy_control.hpp"
#include "cnv/desktop/focus_ring.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/spec_widgets.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/time_bar.hpp"
#include "cnv/desktop/track.hpp"
#include "desktop/widgets.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ControlSpec grouped(ControlSpec spec, const char* group) {
  if (!spec.presentation) spec.presentation = ControlPresentationSpec{};
  spec.presentation->group = group;
  return spec;
}

Scene controls_scene() {
  Scene scene = scenes::cell_scene();
  scene.layout = {};
  scene.controls = {};
  const auto add = [&](ControlSpec spec) { scene.controls.set(spec.id, spec); };
  add(grouped(slider("amp", "Amplitude", 0.5, {0, 2}, "nA"), "Stimulus"));
  add(grouped(log_slider("rate", "Rate", 1, {0.1, 1000}, "Hz", 40), "Stimulus"));
  add(grouped(spin_box("count", "Synapses", 12, {0, 100}), "Model"));
  add(grouped(checkbox("spines", "Passive spines", true), "Model"));
  add(grouped(dropdown("site", "Site", "soma", {"soma", "dend", "axon"}), "Model"));
  add({.id = "place",
       .label = "Electrode",
       .value_spec = XYValueSpec{.x_range = {0, 40}, .y_range = {-20, 20}, .x_label = "x", .y_label = "y"},
       .send_to_session = true,
       .unit = "µm"});
  add({.id = "shown", .label = "Shown only here", .value_spec = BoolValueSpec{}, .state_key = "local"});
  scene.actions.set("pulse", {.id = "pulse", .label = "Inject pulse", .shortcuts = {"I"}});
  scene.actions.set("pick", {.id = "pick", .label = "Pick a segment", .shortcuts = {"Ctrl+K"}, .selection_mode = true});
  scene.normalize();
  return scene;
}

TEST(XyUnits, each_coordinate_has_its_own_unit_or_that_of_the_control) {
  const auto text = [](const char* x_unit, const char* y_unit, const char* unit) {
    const auto made = make_control({.id = "place",
                                    .label = "Shift",
                                    .value_spec = XYValueSpec{.default_value = {{"x", 2.0}, {"y", -0.5}},
                                                              .x_range = {-20, 20},
                                                              .y_range = {-1, 1},
                                                              .x_label = "t",
                                                              .y_label = "I",
                                                              .x_unit = x_unit,
                                                              .y_unit = y_unit},
                                    .unit = unit});
    const std::unique_ptr<Control> control(*made);
    EXPECT_EQ(control->value_text(control->value()), static_cast<XyControl&>(*control).pad()->accessibleDescription());
    return control->value_text(control->value()).toStdString();
  };
  EXPECT_EQ(text("ms", "nA", ""), "t 2.0\u2009ms   I \u22120.50\u2009nA");
  EXPECT_EQ(text("", "", "nA"), "t 2.0\u2009nA   I \u22120.50\u2009nA");
  EXPECT_EQ(text("ms", "", ""), "t 2.0\u2009ms   I \u22120.50");
}

struct WindowControls : WindowFixture {
  void SetUp() override {
    open();
    window->resize(1300, 900);
    give({SceneReady{controls_scene()}});
    QApplication::setActiveWindow(window.get());
    settle();
    sent.clear();
  }
  template <class C>
  C* control(const char* id) const {
    for (auto* panel : window->findChildren<ControlsPanel*>())
      if (auto* found = qobject_cast<C*>(panel->control(id))) return found;
    return nullptr;
  }
  ActionButton* button(const char* id) const { return part<ControlsPanel>()->action(id); }
  std::vector<ControlEvent> controls_sent() { return taken<ControlEvent>(); }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window.get(), key, modifiers);
  }
  QString status() const { return part<StatusLine>()->message(); }
  Value state(const char* key) const { return state_value(window->model().state(), key); }
};

TEST_F(WindowControls, each_kind_sends_what_the_mouse_makes_of_it_and_keeps_it_in_the_state) {
  auto* amp = control<SliderControl>("amp")->track();
  QTest::mouseClick(amp, Qt::LeftButton, {}, {amp->width() - 1, 10});
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"amp", 2.0}));
  auto* count = control<SpinControl>("count")->field();
  QTest::mouseClick(count, Qt::LeftButton, {}, {count->width() - 6, 5});
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"count", std::int64_t{13}}));
  QTest::mouseClick(control<CheckControl>("spines")->box(), Qt::LeftButton, {}, {7, 12});
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"spines", false}));
  auto* pad = control<XyControl>("place")->pad();
  QTest::mousePress(pad, Qt::LeftButton, {}, {pad->width() / 2, pad->height() / 2});
  QTest::mouseMove(pad, {pad->width() + 40, -30});
  QTest::mouseRelease(pad, Qt::LeftButton, {}, {pad->width() + 40, -30});
  const auto places = controls_sent();
  ASSERT_EQ(places.size(), 2u) << "each move is sent";
  EXPECT_EQ(places.back(), (ControlEvent{"place", Dict{{"x", 40.0}, {"y", 20.0}}}))
      << "outside counts as the border, y upwards";
  auto* site = control<ChoiceControl>("site")->box();
  QTest::mouseClick(site, Qt::LeftButton);
  settle();
  auto* list = QApplication::activePopupWidget();
  ASSERT_TRUE(list);
  QTest::keyClick(list->focusWidget() ? list->focusWidget() : list, Qt::Key_Down);
  QTest::keyClick(list->focusWidget() ? list->focusWidget() : list, Qt::Key_Return);
  settle();
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"site", "dend"}));
  QTest::mouseClick(control<CheckControl>("shown")->box(), Qt::LeftButton, {}, {7, 12});
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"shown", true}));
  QTest::mouseClick(button("pulse"), Qt::LeftButton);
  EXPECT_THAT(taken<ActionEvent>(), ElementsAre(ActionEvent{"pulse"}));
  EXPECT_EQ(state("amp"), Value(2.0));
  EXPECT_EQ(state("count"), Value(13));
  EXPECT_EQ(state("local"), Value(true)) << "under its own key";
  EXPECT_EQ(state("site"), Value("dend"));
}

TEST_F(WindowControls, each_kind_is_worked_by_keys_alone) {
  auto* amp = control<SliderControl>("amp");
  amp->track()->setFocus(Qt::TabFocusReason);
  QTest::keyClick(amp->track(), Qt::Key_Right);
  QTest::keyClick(amp->track(), Qt::Key_Home);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"amp", 0.52}, ControlEvent{"amp", 0.0}));
  control<SpinControl>("count")->field()->setFocus(Qt::TabFocusReason);
  QTest::keyClick(control<SpinControl>("count")->field(), Qt::Key_PageUp);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"count", std::int64_t{22}}));
  control<CheckControl>("spines")->box()->setFocus(Qt::TabFocusReason);
  QTest::keyClick(control<CheckControl>("spines")->box(), Qt::Key_Return);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"spines", false}));
  control<ChoiceControl>("site")->box()->setFocus(Qt::TabFocusReason);
  QTest::keyClick(control<ChoiceControl>("site")->box(), Qt::Key_Down);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"site", "dend"}));
  auto* pad = control<XyControl>("place")->pad();
  pad->setFocus(Qt::TabFocusReason);
  QTest::keyClick(pad, Qt::Key_Home);
  QTest::keyClick(pad, Qt::Key_PageUp);
  QTest::keyClick(pad, Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_EQ(control<XyControl>("place")->value().toMap()["x"].toDouble(), 0.08);
  EXPECT_EQ(controls_sent().size(), 3u);
  // The undo arrow is the stop before the field.
  const auto stops = amp->tab_stops();
  ASSERT_TRUE(stops[0]->isVisible());
  stops[0]->setFocus(Qt::TabFocusReason);
  QTest::keyClick(stops[0], Qt::Key_Return);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"amp", 0.5}));
  button("pulse")->setFocus(Qt::TabFocusReason);
  QTest::keyClick(button("pulse"), Qt::Key_Return);
  EXPECT_THAT(taken<ActionEvent>(), ElementsAre(ActionEvent{"pulse"}));
}

TEST_F(WindowControls, a_number_that_cannot_be_taken_is_said_in_the_status_bar) {
  auto* amp = control<SliderControl>("amp")->field();
  type_over(amp, "0.123456");
  QTest::keyClick(amp, Qt::Key_Return);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"amp", 0.123456}));
  type_over(amp, "9");
  QTest::keyClick(amp, Qt::Key_Return);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"amp", 2.0}));
  EXPECT_THAT(status().toStdString(), HasSubstr("Amplitude cannot be 9"));
  for (const char* text : {"nan", "inf", "soma", "1.2.3"}) {
    type_over(amp, text);
    QTest::keyClick(amp, Qt::Key_Return);
    EXPECT_THAT(status().toStdString(), HasSubstr(std::string("“") + text + "” is not a number"));
    EXPECT_EQ(amp->text(), "2.00");
  }
  auto* count = control<SpinControl>("count")->field();
  type_over(count, "3.6");
  QTest::keyClick(count, Qt::Key_Return);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"count", std::int64_t{4}}));
  EXPECT_THAT(status().toStdString(), HasSubstr("Synapses cannot be 3.6: it is now 4"));
}

TEST_F(WindowControls, a_patch_of_the_state_moves_the_widget_and_sends_nothing) {
  give({StatePatch{Dict{{"amp", 1.25},
                        {"count", 7},
                        {"spines", false},
                        {"site", "axon"},
                        {"local", true},
                        {"place", Dict{{"x", 10.0}, {"y", 0.0}}}}}});
  EXPECT_EQ(control<SliderControl>("amp")->field()->text(), "1.25");
  EXPECT_EQ(control<SpinControl>("count")->field()->text(), "7");
  EXPECT_FALSE(control<CheckControl>("spines")->box()->isChecked());
  EXPECT_EQ(control<ChoiceControl>("site")->box()->currentText(), "axon");
  EXPECT_TRUE(control<CheckControl>("shown")->box()->isChecked());
  EXPECT_EQ(control<XyControl>("place")->value(), QVariant(xy_variant({10, 0})));
  EXPECT_THAT(controls_sent(), IsEmpty());
}

TEST_F(WindowControls, controls_of_one_key_show_the_same_value_in_all_panels) {
  Scene scene = controls_scene();
  ControlSpec twin = slider("twin", "Twin", 0.5, {0, 2});
  twin.state_key = "amp";
  scene.controls.set("twin", twin);
  scene.layout.panels.back().control_ids = {"amp"};
  scene.layout.panels.push_back(
      {.id = "more", .kind = std::string(panel_kind_controls), .control_ids = {"twin", "amp"}});
  give({SceneReady{scene}});
  const auto panels = window->findChildren<ControlsPanel*>();
  ASSERT_EQ(panels.size(), 2);
  auto* amp = static_cast<SliderControl*>((panels[0]->control("twin") ? panels[1] : panels[0])->control("amp"));
  type_over(amp->field(), "1.5");
  QTest::keyClick(amp->field(), Qt::Key_Return);
  auto* more = panels[0]->control("twin") ? panels[0] : panels[1];
  EXPECT_EQ(more->control("twin")->value().toDouble(), 1.5);
  EXPECT_EQ(more->control("amp")->value().toDouble(), 1.5);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"amp", 1.5}));
}

TEST_F(WindowControls, a_changed_range_remakes_only_its_widget_and_the_keyboard_stays) {
  auto* count = control<SpinControl>("count");
  control<SliderControl>("amp")->track()->setFocus(Qt::TabFocusReason);
  ScalarValueSpec wider{.default_value = 0.5, .min = 0, .max = 10};
  give({ScenePatch{.control_updates = {{"amp", Dict{{"value_spec", to_value(ControlValueSpec(wider))}}}}}});
  EXPECT_EQ(control<SpinControl>("count"), count);
  auto* amp = control<SliderControl>("amp");
  EXPECT_EQ(QApplication::focusWidget(), amp->track());
  QTest::keyClick(amp->track(), Qt::Key_End);
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"amp", 10.0}));
}

TEST_F(WindowControls, a_drag_goes_on_while_another_control_changes) {
  auto* track = control<SliderControl>("amp")->track();
  QTest::mousePress(track, Qt::LeftButton, {}, {track->width() / 2, 10});
  give({ScenePatch{.control_updates = {{"count", Dict{{"label", "Number of synapses"}}}}}});
  ASSERT_EQ(control<SliderControl>("amp")->track(), track);
  sent.clear();
  QTest::mouseMove(track, {track->width(), 10});
  QTest::mouseRelease(track, Qt::LeftButton, {}, {track->width(), 10});
  EXPECT_THAT(controls_sent(), ElementsAre(ControlEvent{"amp", 2.0}));
}

TEST_F(WindowControls, groups_have_their_headings_in_order) {
  std::vector<std::pair<int, std::string>> found;
  for (auto* label : part<ControlsPanel>()->findChildren<TextLabel*>())
    for (const char* name : {"Stimulus", "Model"})
      if (label->text() == name) found.emplace_back(label->mapTo(window.get(), QPoint()).y(), name);
  std::sort(found.begin(), found.end());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].second, "Stimulus");
  EXPECT_LT(control<SliderControl>("rate")->mapTo(window.get(), QPoint()).y(), found[1].first);
  EXPECT_GT(control<SpinControl>("count")->mapTo(window.get(), QPoint()).y(), found[1].first);
}

TEST_F(WindowControls, an_armed_action_is_shown_on_its_button_until_it_ends) {
  EXPECT_FALSE(button("pick")->is_on());
  give({StatePatch{Dict{{std::string(armed_action_key), "pick"}}}, Status{"Pick a segment: on.", 0}});
  EXPECT_TRUE(button("pick")->is_on());
  EXPECT_FALSE(button("pulse")->is_on());
  give({StatePatch{Dict{{std::string(armed_action_key), ""}}}});
  EXPECT_FALSE(button("pick")->is_on());
}

// ---- keys of the window ------------------------------------------------------------------------------------------

TEST_F(WindowControls, keys_go_to_the_host_wherever_the_focus_is) {
  auto* amp = control<SliderControl>("amp");
  QWidget* places[] = {button("pulse"),
                       control<CheckControl>("spines")->box(),
                       control<ChoiceControl>("site")->box(),
                       control<XyControl>("place")->pad(),
                       amp->track(),
                       part<TimeBar>()->findChild<Track*>()};
  for (QWidget* place : places) {
    SCOPED_TRACE(place->metaObject()->className());
    place->setFocus(Qt::TabFocusReason);
    for (const auto key : {Qt::Key_Space, Qt::Key_I, Qt::Key_X, Qt::Key_Escape}) QTest::keyClick(place, key);
    QTest::keyClick(place, Qt::Key_K, Qt::ControlModifier);
    EXPECT_THAT(taken<KeyEvent>(),
                ElementsAre(KeyEvent{"Space"}, KeyEvent{"I"}, KeyEvent{"X"}, KeyEvent{"Esc"}, KeyEvent{"Ctrl+K"}));
  }
}

TEST_F(WindowControls, typing_is_not_for_shortcuts_but_other_keys_are) {
  auto* field = control<SliderControl>("amp")->field();
  field->setFocus(Qt::TabFocusReason);
  QTest::keyClick(field, Qt::Key_Escape);
  EXPECT_THAT(taken<KeyEvent>(), ElementsAre(KeyEvent{"Esc"})) << "nothing was typed that it could take back";
  QTest::keyClicks(field, "1i ");
  QTest::keyClick(field, Qt::Key_Backspace);
  QTest::keyClick(field, Qt::Key_Escape);
  EXPECT_THAT(taken<KeyEvent>(), IsEmpty());
  QTest::keyClick(field, Qt::Key_F6);
  QTest::keyClick(field, Qt::Key_K, Qt::ControlModifier);
  EXPECT_THAT(taken<KeyEvent>(), ElementsAre(KeyEvent{"F6"}, KeyEvent{"Ctrl+K"}));
}

TEST_F(WindowControls, window_keys_act_unless_an_action_claims_them) {
  press(Qt::Key_P);
  EXPECT_THAT(taken<RunControl>(), ElementsAre(RunControl{"pause", 0}));
  Scene scene = controls_scene();
  scene.actions.set("plot", {.id = "plot", .label = "Plot", .shortcuts = {"p"}});
  give({SceneReady{scene}});
  sent.clear();
  press(Qt::Key_P);
  EXPECT_THAT(taken<KeyEvent>(), ElementsAre(KeyEvent{"P"}));
  press(Qt::Key_P, Qt::ControlModifier);
  EXPECT_THAT(taken<RunControl>(), ElementsAre(RunControl{"pause", 0}));
}

TEST_F(WindowControls, steps_are_of_the_solver_or_of_the_display) {
  press(Qt::Key_Period);
  press(Qt::Key_Greater, Qt::ShiftModifier);
  EXPECT_THAT(taken<RunControl>(), ElementsAre(RunControl{"step", 0}, RunControl{"advance", 0}));
}

TEST_F(WindowControls, f1_opens_the_keys_and_closes_them) {
  for (const bool shown : {true, false, true}) {
    press(Qt::Key_F1);
    settle();
    ASSERT_NE(dock("keys"), nullptr);
    EXPECT_EQ(dock("keys")->isVisible(), shown);
  }
}

TEST_F(WindowControls, the_theme_in_use_is_ticked) {
  auto* view = window->menuBar()->actions()[2]->menu();
  const auto ticked = [&] {
    Q_EMIT
    view->aboutToShow();
    QStringList names;
    for (auto* action : view->actions())
      if (action->isCheckable() && action->isChecked()) names << action->text();
    return names;
  };
  const auto before = ThemeManager::instance()->choice();
  ThemeManager::instance()->choose(ThemeChoice::dark);
  EXPECT_EQ(ticked(), QStringList{"Dark"});
  ThemeManager::instance()->choose(ThemeChoice::light);
  EXPECT_EQ(ticked(), QStringList{"Light"});
  ThemeManager::instance()->choose(before);
}

TEST_F(WindowControls, f10_opens_the_menus) {
  press(Qt::Key_F10);
  settle();
  auto* menu = QApplication::activePopupWidget();
  ASSERT_TRUE(menu);
  EXPECT_EQ(menu, window->menuBar()->actions().front()->menu());
  QTest::keyClick(menu, Qt::Key_Right);
  settle();
  ASSERT_TRUE(QApplication::activePopupWidget());
  EXPECT_EQ(QApplication::activePopupWidget(), window->menuBar()->actions()[1]->menu());
  while (auto* open_menu = QApplication::activePopupWidget()) open_menu->close();
}

TEST_F(WindowControls, a_new_layout_keeps_the_order_of_the_tab_key) {
  give({LayoutReplace{
      .panels = {PanelSpec{.id = "late", .kind = std::string(panel_kind_controls), .control_ids = {"count"}},
                 PanelSpec{.id = "controls-panel",
                           .kind = std::string(panel_kind_controls),
                           .control_ids = {"spines", "amp"}}},
      .panel_grid = {{"late", "controls-panel"}}}});
  std::vector<QWidget*> way;
  QWidget* stops[] = {control<SpinControl>("count")->field(), control<CheckControl>("spines")->box(),
                      control<SliderControl>("amp")->field(), control<SliderControl>("amp")->track(),
                      part<TimeBar>()->findChildren<PushButton*>().front()};
  stops[0]->setFocus(Qt::TabFocusReason);
  for (int i = 0; i < 40; ++i) {
    way.push_back(QApplication::focusWidget());
    press(Qt::Key_Tab);
  }
  for (std::size_t i = 1; i < std::size(stops); ++i)
    EXPECT_LT(std::find(way.begin(), way.end(), stops[i - 1]), std::find(way.begin(), way.end(), stops[i])) << i;
}

// ---- reach and names ---------------------------------------------------------------------------------------------

bool takes_tab(const QWidget* widget) {
  return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
}

QString accessible_name(QWidget* widget) {
  auto* interface = QAccessible::queryAccessibleInterface(widget);
  return interface ? interface->text(QAccessible::Name) : QString();
}

TEST_F(WindowControls, everything_that_takes_the_focus_has_a_name_and_shows_the_focus) {
  give({StatePatch{Dict{
      {"amp", 1.25}, {"count", 7}, {"spines", false}, {"site", "axon"}, {"place", Dict{{"x", 10.0}, {"y", 0.0}}}}}});
  press(Qt::Key_F1);
  window->receive(
      SessionFailure{.where = "advance", .message = "ValueError: no", .traceback = "Traceback\n", .stops = true});
  settle();
  int seen = 0;
  for (auto* widget : window->findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()) continue;
    ++seen;
    const std::string where = std::string(widget->metaObject()->className()) + " in " +
                              (widget->parentWidget() ? widget->parentWidget()->metaObject()->className() : "nothing");
    EXPECT_FALSE(accessible_name(widget).isEmpty()) << where;
    EXPECT_TRUE(FocusRing::surrounds(widget) || !takes_tab(widget) || widget->property("own_focus_sign").toBool())
        << where << " does not show the focus";
  }
  EXPECT_GT(seen, 30);
  // Names tell the buttons of one panel from those of another, and an undo arrow from the next.
  std::map<QString, int> names;
  for (auto* button : window->findChildren<ToolButton*>())
    if (takes_tab(button)) ++names[accessible_name(button)];
  for (const auto& [name, count] : names) EXPECT_EQ(count, 1) << name.toStdString();
}

TEST_F(WindowControls, tab_goes_through_the_panels_in_order_and_reaches_everything) {
  give({StatePatch{Dict{{"amp", 1.25}}}});
  std::set<QWidget*> wanted;
  for (auto* widget : window->findChildren<QWidget*>())
    if (takes_tab(widget)) wanted.insert(widget);
  auto* first = control<SliderControl>("amp")->tab_stops()[0];
  first->setFocus(Qt::TabFocusReason);
  std::vector<QWidget*> way;
  do {
    way.push_back(QApplication::focusWidget());
    QTest::keyClick(way.back(), Qt::Key_Tab);
  } while (QApplication::focusWidget() != first && way.size() < 200);
  for (auto* widget : wanted)
    EXPECT_THAT(way, Contains(widget)) << widget->metaObject()->className() << " "
                                       << accessible_name(widget).toStdString();
  const auto at = [&](QWidget* widget) { return std::find(way.begin(), way.end(), widget) - way.begin(); };
  std::vector<QWidget*> expected = control<SliderControl>("amp")->tab_stops();
  expected.push_back(control<SliderControl>("rate")->field());
  expected.push_back(control<SliderControl>("rate")->track());
  for (QWidget* next : {static_cast<QWidget*>(control<SpinControl>("count")->field()),
                        static_cast<QWidget*>(control<CheckControl>("spines")->box()),
                        static_cast<QWidget*>(control<ChoiceControl>("site")->box()),
                        static_cast<QWidget*>(control<XyControl>("place")->pad()),
                        static_cast<QWidget*>(control<CheckControl>("shown")->box()),
                        static_cast<QWidget*>(button("pulse")), static_cast<QWidget*>(button("pick"))})
    expected.push_back(next);
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(at(expected[i]), static_cast<std::ptrdiff_t>(i)) << accessible_name(expected[i]).toStdString();
  // After the controls comes the time bar, in its own order.
  const auto bar = part<TimeBar>()->findChildren<PushButton*>();
  ASSERT_EQ(bar.size(), 3);
  EXPECT_EQ(at(bar[1]), at(bar[0]) + 1);
  EXPECT_EQ(at(bar[2]), at(bar[0]) + 2);
  // Buttons of one title bar are neighbours.
  for (auto* dock : window->findChildren<PanelDock*>()) {
    std::vector<std::ptrdiff_t> places;
    for (auto* stop : dock->titleBarWidget()->findChildren<QWidget*>())
      if (takes_tab(stop)) places.push_back(at(stop));
    std::sort(places.begin(), places.end());
    for (std::size_t i = 1; i < places.size(); ++i)
      EXPECT_EQ(places[i], places[i - 1] + 1) << dock->windowTitle().toStdString();
  }
}

}  // namespace
}  // namespace cnv::desktop
