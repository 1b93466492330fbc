// What a person chooses about a 3-D view with mouse and keys: the variable, colour map and limits, camera.
#include <gmock/gmock.h>

#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>

#include "cnv/core/display_variable.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

using testing::ElementsAre;

const DisplayVariable potential{"v", "mV", "", Limits{-80, 50}}, gate{"m_hh", "", "hh", Limits{0, 1}, {{0, 2}}},
    current{"ina", "mA/cm²", "na_ion", std::nullopt};

Scene choice_scene() {
  Scene scene = scenes::cell_scene();
  auto& attrs = scene.fields.find("display")->attrs;
  attrs = shown_variable_attrs(potential);
  attrs.set(initial_variable_attr, "v");
  attrs.set(variable_key_attr, display_variable_key);
  attrs.set(variables_attr, variables_value({potential, gate, current}));
  scene.layout = {};
  for (auto& [id, view] : scene.views) std::visit([](auto& spec) { spec.max_refresh_hz = 0.0; }, view);
  scene.normalize();
  return scene;
}

struct MorphologyChoices : WindowFixture {
  void SetUp() override {
    open();
    window->resize(1300, 800);
    give({SceneReady{choice_scene()}});
    sent.clear();
  }
  void TearDown() override {
    while (auto* popup = QApplication::activePopupWidget()) popup->close();
  }
  SceneModel& model() { return window->model(); }
  MorphologyPanel& cell() { return *part<MorphologyPanel>(); }
  MorphologyView& view() { return *model().morphology("cell"); }
  Camera& camera() { return model().camera("cell-panel", {cell().width(), cell().height()}); }
  PanelDock& dock() { return *WindowFixture::dock("cell-panel"); }
  MenuButton& list() { return *dock().findChild<MenuButton*>(); }
  QPoint on_screen(glm::vec3 point) {
    const auto p = project(camera(), {cell().width(), cell().height()}, point);
    return {static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y))};
  }
  static QMenu* open_menu() { return qobject_cast<QMenu*>(QApplication::activePopupWidget()); }
  // Takes an entry of an open menu by its words, with the mouse.
  static void take(QMenu* menu, const QString& words) {
    ASSERT_NE(menu, nullptr) << words.toStdString();
    for (auto* action : menu->actions()) {
      if (action->text().section('\t', 0, 0) != words) continue;
      if (action->menu()) {  // opens after a while under the pointer; at once with the key
        menu->setActiveAction(action);
        QTest::keyClick(menu, Qt::Key_Right);
      } else {
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
      }
      return settle();
    }
    FAIL() << "no entry " << words.toStdString();
  }
};

TEST_F(MorphologyChoices, the_list_in_the_title_asks_the_session_for_a_variable) {
  EXPECT_TRUE(list().isVisible());
  EXPECT_EQ(list().text(), "v");
  QTest::mouseClick(&list(), Qt::LeftButton);
  take(open_menu(), "hh");
  take(open_menu(), "m_hh");
  ASSERT_EQ(messages<StateEvent>().size(), 1U);
  EXPECT_EQ(messages<StateEvent>()[0].updates, (Dict{{"display_variable", "m_hh"}}));
  EXPECT_EQ(list().text(), "v") << "until the session shows it";
  give({FieldReplace{"display", scenes::floats({0.1F, 0.2F, 0.3F, 0.4F}), std::nullopt, shown_variable_attrs(gate)},
        StatePatch{Dict{{"display_variable", "m_hh"}}}});
  EXPECT_EQ(list().text(), "m_hh");
  EXPECT_EQ(list().accessibleName(), "Variable that colours the cell: m_hh");
  EXPECT_EQ(view().color_bar()->title, "m_hh");
  EXPECT_EQ(view().color_scale().high, 1);
}

TEST_F(MorphologyChoices, the_right_button_plots_a_variable_at_a_place_that_has_it) {
  const auto open_at = [&](const char* entity) {
    QTest::mouseClick(&cell(), Qt::RightButton, {}, on_screen(*view().place_of(entity)));
    QStringList words;
    for (auto* action : open_menu()->actions()) words << action->text().section('\t', 0, 0);
    return words;
  };
  EXPECT_THAT(open_at("e1"), testing::IsSupersetOf({QString("Plot"), QString("Select"), QString("Copy the name")}));
  take(open_menu(), "Plot");
  take(open_menu(), "hh");
  take(open_menu(), "m_hh");
  ASSERT_EQ(messages<StateEvent>().size(), 1U);
  const Dict told = messages<StateEvent>()[0].updates;
  EXPECT_EQ(*told.find(plotted_variables_key), Value(List{"m_hh"}));
  EXPECT_EQ(*told.find(selected_entity_key), Value("e1"));
  EXPECT_TRUE(messages<EntityEvent>().empty()) << "no click, which would plot what the colours show";
  // Once more: its plot goes.
  open_at("e1");
  take(open_menu(), "Plot");
  take(open_menu(), "hh");
  take(open_menu(), "m_hh");
  ASSERT_EQ(messages<StateEvent>().size(), 2U);
  EXPECT_EQ(messages<StateEvent>()[1].updates, (Dict{{std::string(plotted_variables_key), List{}}}));
  // The mechanism is not there.
  open_at("e3");
  take(open_menu(), "Plot");
  for (auto* action : open_menu()->actions()) EXPECT_NE(action->text(), "hh");
  while (auto* popup = QApplication::activePopupWidget()) popup->close();
  open_at("e2");
  take(open_menu(), "Select with the others");
  ASSERT_EQ(messages<EntityEvent>().size(), 1U);
  EXPECT_TRUE(messages<EntityEvent>()[0].add);
  EXPECT_EQ(messages<EntityEvent>()[0].entity_id, "e2");
}

TEST_F(MorphologyChoices, the_list_works_with_keys_alone) {
  list().setFocus(Qt::TabFocusReason);
  QTest::keyClick(&list(), Qt::Key_Down);
  ASSERT_NE(open_menu(), nullptr);
  for (const int key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Right, Qt::Key_Return})
    QTest::keyClick(QApplication::activePopupWidget(), static_cast<Qt::Key>(key));
  settle();
  ASSERT_EQ(messages<StateEvent>().size(), 1U);
  EXPECT_EQ(messages<StateEvent>()[0].updates, (Dict{{"display_variable", "m_hh"}}));
}

TEST_F(MorphologyChoices, a_click_on_the_colour_bar_opens_its_choices_and_they_hold) {
  QTest::mouseClick(&cell(), Qt::LeftButton, {}, cell().color_bar_area().center().toPoint());
  take(open_menu(), "Data in view now");
  EXPECT_EQ(view().color_scale().high, 40);
  QTest::mouseClick(&cell(), Qt::LeftButton, {}, cell().color_bar_area().center().toPoint());
  take(open_menu(), "Colour map");
  take(open_menu(), "viridis");
  EXPECT_EQ(view().color_table(), color_map("mpl:viridis").table);
  give({LayoutReplace{
      .panels = {PanelSpec{.id = "cell-panel", .kind = std::string(panel_kind_view_3d), .view_ids = {"cell"}}},
      .panel_grid = {}}});
  give({SceneReady{choice_scene()}});
  EXPECT_EQ(view().color_table(), color_map("mpl:viridis").table);
  EXPECT_EQ(view().color_scale().high, 40);
  QTest::mouseClick(&cell(), Qt::LeftButton, {}, cell().color_bar_area().center().toPoint());
  take(open_menu(), "Hide the colour bar");
  EXPECT_TRUE(cell().color_bar_area().isEmpty());
  EXPECT_TRUE(messages<StateEvent>().empty()) << "none of it is told to the session";
  EXPECT_TRUE(messages<EntityEvent>().empty()) << "and none of it is a click on the cell";
}

TEST_F(MorphologyChoices, limits_are_typed_in_a_small_box) {
  QContextMenuEvent key(QContextMenuEvent::Keyboard, cell().rect().center(),
                        cell().mapToGlobal(cell().rect().center()));
  QApplication::sendEvent(&cell(), &key);
  take(open_menu(), "Numbers…");
  auto* box = cell().findChild<LimitsBox*>();
  ASSERT_NE(box, nullptr);
  EXPECT_EQ(box->high().text(), "50.00");
  QTest::keyClicks(&box->high(), "20");
  QTest::keyClick(&box->high(), Qt::Key_Return);
  settle();
  EXPECT_EQ(view().color_scale().high, 20);
  box->low().setFocus();
  box->low().selectAll();
  QTest::keyClicks(&box->low(), "30");
  QTest::keyClick(&box->low(), Qt::Key_Return);
  settle();
  EXPECT_EQ(view().color_scale().low, -80) << "30 is above the highest";
  EXPECT_FALSE(box->problem().isEmpty());
  box->low().selectAll();
  QTest::keyClicks(&box->low(), "-10");
  QTest::keyClick(&box->low(), Qt::Key_Return);
  settle();
  EXPECT_EQ(view().color_scale().low, -10);
  EXPECT_TRUE(box->problem().isEmpty());
  QTest::keyClick(&box->low(), Qt::Key_Escape);
  settle();
  EXPECT_EQ(cell().findChild<LimitsBox*>(), nullptr);
}

TEST_F(MorphologyChoices, a_double_click_centres_the_segment_that_the_first_click_selected) {
  camera().pan({90, 20}, {cell().width(), cell().height()});
  const QPoint place = on_screen({28, 0, 0});
  QTest::mouseClick(&cell(), Qt::LeftButton, {}, place);
  QTest::mouseDClick(&cell(), Qt::LeftButton, {}, place);
  QTest::mouseRelease(&cell(), Qt::LeftButton, {}, place);
  settle();
  EXPECT_NEAR(camera().center.x, 28, 0.3);
  EXPECT_NEAR(camera().center.y, 0, 1.1);
  ASSERT_EQ(messages<EntityEvent>().size(), 1U);
  EXPECT_EQ(messages<EntityEvent>()[0].entity_id, "e3");
  const QPoint middle = on_screen({28, 0, 0});
  EXPECT_NEAR(middle.x(), cell().width() / 2, 5) << "what was clicked is its surface, which lies nearer than its axis";
}

TEST_F(MorphologyChoices, a_click_on_an_axis_looks_along_it) {
  camera().look_along(2);
  QTest::mouseClick(&cell(), Qt::LeftButton, {}, (cell().axes_origin() + QPointF(28, 0)).toPoint());
  EXPECT_NEAR(camera().axes()[2].x, 1, 1e-5) << "x lay to the right";
  QTest::mouseClick(&cell(), Qt::LeftButton, {}, cell().axes_origin().toPoint());
  EXPECT_NEAR(camera().axes()[2].x, -1, 1e-5) << "again: from the other end";
  EXPECT_TRUE(messages<EntityEvent>().empty());
}

TEST_F(MorphologyChoices, a_key_changes_between_perspective_and_parallel_sight) {
  for (const bool parallel : {true, false}) {
    QTest::keyClick(&cell(), Qt::Key_O);
    EXPECT_EQ(camera().orthographic, parallel);
  }
}

// Without light every pixel inside the cell has a colour of the bar.
TEST_F(MorphologyChoices, without_light_and_shade_the_cell_has_the_colours_of_the_bar) {
  const auto pixel = [&] {
    settle();
    return cell().grab().toImage().pixelColor(on_screen({28, 0, 0}) + QPoint(0, 3));
  };
  const QColor lit = pixel();
  view().look().show_relief(false);
  Q_EMIT
  cell().moved();
  const QColor plain = pixel();
  EXPECT_NE(lit, plain);
  const ColorTable table = view().look().table();
  const int entry = view().look().scale().entry(view().values().back());
  EXPECT_EQ(plain, to_qcolor(table[static_cast<std::size_t>(entry)]));
}

TEST_F(MorphologyChoices, the_more_menu_has_camera_background_and_colour_bar) {
  auto* more = dock().findChild<QMenu*>();
  const auto open = [&](const QString& words) {
    more->popup(dock().mapToGlobal(QPoint(0, 0)));
    take(more, words);
  };
  open("Camera");
  take(open_menu(), "Orthographic");
  EXPECT_TRUE(camera().orthographic);
  open("Background");
  take(open_menu(), "Black");
  EXPECT_EQ(view().background().color, (Rgba8{0, 0, 0, 255}));
  EXPECT_EQ(cell().grab().toImage().pixelColor(5, 5), QColor(0, 0, 0));
  open("Colour bar");
  EXPECT_FALSE(view().look().color_bar_shown());
  open("Light and shade");
  EXPECT_FALSE(view().look().relief_shown());
  open("Reset colours and background");
  EXPECT_TRUE(view().look().color_bar_shown());
  EXPECT_TRUE(view().look().relief_shown());
  EXPECT_EQ(view().background().color, (Rgba8{255, 255, 255, 255}));
}

}  // namespace
}  // namespace cnv::desktop
