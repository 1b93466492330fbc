// The whole window, fed with batches: which view each kind of update draws anew, what a new layout keeps, and what is
// remembered between runs.
#include "cnv/desktop/viewer_window.hpp"

#include <gmock/gmock.h>

#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QTest>
#include <set>

#include "cnv/desktop/error_strip.hpp"
#include "cnv/desktop/limits_box.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/panel_board.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/time_bar.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Scene window_scene() {
  Scene scene = scenes::cell_scene();
  Field other = scenes::history_field({"e0", "e1"}, 10);
  other.id = "currents";
  scene.fields.set("currents", other);
  scene.views.set("currents",
                  LinePlotViewSpec{.id = "currents", .field_id = "currents", .x_dim = "time", .series_dim = "segment"});
  scene.controls.set("dur", slider("dur", "Duration", 1, {0, 2}));
  scene.layout = {};
  // No cap: each applied batch is painted.
  for (auto& [id, view] : scene.views) std::visit([](auto& spec) { spec.max_refresh_hz = 0.0; }, view);
  scene.normalize();
  return scene;
}

struct ViewerWindowTest : WindowFixture {
  void open_scene(bool remember = false) {
    open(remember);
    give({SceneReady{window_scene()}, StatePatch{Dict{{"selected_entity_id", "e1"}}}});
    settle();
  }
  Dict figures(const std::string& view) const {
    const Dict report = window->report();
    const auto* views = report.find("views")->get_if<Dict>();
    return *views->find(view)->get_if<Dict>();
  }
  std::int64_t figure(const std::string& view, const char* name) const {
    const Dict shown = figures(view);
    const auto* value = shown.find(name);
    return value ? value->as_int() : 0;
  }
  // Views that an update paints.
  std::set<std::string> painted_by(Update update) {
    std::map<std::string, std::int64_t> before;
    for (const char* id : {"cell", "trace", "currents"}) before[id] = figure(id, "paints");
    give({std::move(update)});
    std::set<std::string> out;
    for (const auto& [id, paints] : before) {
      const auto more = figure(id, "paints") - paints;
      EXPECT_LE(more, 1) << id;
      if (more > 0) out.insert(id);
    }
    return out;
  }
};

FieldAppend append_to(const char* field, std::int64_t rows) {
  FieldAppend append = scenes::append_columns(rows, 2, 100, 1, -50);
  append.field_id = field;
  return append;
}

TEST_F(ViewerWindowTest, is_seen_before_open_gl_is_loaded) {
  open();
  EXPECT_TRUE(window->report().find("renderer")->is_null());
  settle();
  EXPECT_FALSE(window->report().find("renderer")->is_null()) << "then it is loaded, before anything needs it";
}

TEST_F(ViewerWindowTest, a_scene_that_comes_before_the_first_paint_has_its_pictures) {
  open();
  window->receive(Batch{++batches, {SceneReady{window_scene()}}, RunState{}});
  EXPECT_NE(part<MorphologyPanel>(), nullptr);
  settle();
  EXPECT_GT(part<MorphologyPanel>()->counters().visible_pieces, 0);
}

TEST_F(ViewerWindowTest, an_update_paints_only_what_it_touches) {
  open_scene();
  EXPECT_THAT(painted_by(append_to("history", 3)), ElementsAre("trace"));
  EXPECT_THAT(painted_by(append_to("currents", 2)), ElementsAre("currents"));
  EXPECT_THAT(painted_by(FieldReplace{"display", scenes::floats({1, 2, 3, 4}), std::nullopt, {}}), ElementsAre("cell"));
  EXPECT_THAT(painted_by(StatePatch{Dict{{"selected_entity_id", "e2"}}}), ElementsAre("cell", "trace"));
  EXPECT_THAT(painted_by(StatePatch{Dict{{"nothing_is_bound_to_this", 1}}}), IsEmpty());
  EXPECT_THAT(painted_by(StatePatch{Dict{{"amp", 1.5}}}), IsEmpty());
  EXPECT_THAT(painted_by(ScenePatch{.view_updates = {{"currents", Dict{{"y_label", "i"}}}}}), ElementsAre("currents"));
  EXPECT_THAT(painted_by(ScenePatch{.view_updates = {{"cell", Dict{{"color_map", "viridis"}}}}}), ElementsAre("cell"));
  EXPECT_THAT(painted_by(ScenePatch{.metadata_updates = Dict{{"note", "x"}}}), IsEmpty());
  EXPECT_THAT(painted_by(PanelPatch{.panel_id = "controls-panel", .control_ids = std::vector<std::string>{"amp"}}),
              IsEmpty());
  EXPECT_THAT(painted_by(Status{"working", {}}), IsEmpty());
  EXPECT_THAT(painted_by(ErrorReport{"did not work"}), IsEmpty());
}

TEST_F(ViewerWindowTest, new_values_of_a_cell_upload_values_only) {
  open_scene();
  const auto first = figure("cell", "uploaded_bytes");
  give({FieldReplace{"display", scenes::floats({1, 2, 3, 4}), std::nullopt, {}}});
  EXPECT_GE(figure("cell", "uploaded_bytes"), 4 * 4) << "one float per entity";
  EXPECT_LE(figure("cell", "uploaded_bytes"), 2 * 4 * 4)
      << "and the means of the tree's nodes, of which there are fewer";
  EXPECT_GT(first, 2 * 4 * 4) << "the first picture had the geometry too";
}

TEST_F(ViewerWindowTest, a_new_layout_keeps_the_panels_that_stay_with_camera_and_zoom) {
  open_scene();
  auto* cell = part<MorphologyPanel>();
  QTest::mousePress(cell, Qt::LeftButton, {}, {100, 100});
  QTest::mouseMove(cell, {180, 130});
  QTest::mouseRelease(cell, Qt::LeftButton, {}, {180, 130});
  auto& model = window->model();
  const glm::vec2 size(cell->width(), cell->height());
  const float azimuth = model.camera("cell-panel", size).azimuth_deg;
  auto* plot = model.line_plot("currents");
  plot->zoom_to_box(plot->picture().plot.x + 20, plot->picture().plot.y + 20, plot->picture().plot.x + 80,
                    plot->picture().plot.y + 60);
  settle();
  const auto plot_of = [&](const char* panel) { return static_cast<QWidget*>(dock(panel)->content()); };
  QWidget* currents = plot_of("currents-panel");
  ASSERT_FALSE(plot->following());
  give({LayoutReplace{
      .panels = {PanelSpec{.id = "cell-panel", .kind = std::string(panel_kind_view_3d), .view_ids = {"cell"}},
                 PanelSpec{.id = "currents-panel", .kind = std::string(panel_kind_line_plot), .view_ids = {"currents"}},
                 PanelSpec{.id = "more", .kind = std::string(panel_kind_controls), .control_ids = {"dur"}}},
      .panel_grid = {{"currents-panel", "cell-panel"}, {"more"}}}});
  EXPECT_EQ(part<MorphologyPanel>(), cell);
  EXPECT_EQ(plot_of("currents-panel"), currents);
  EXPECT_EQ(model.camera("cell-panel", {cell->width(), cell->height()}).azimuth_deg, azimuth);
  EXPECT_FALSE(model.line_plot("currents")->following());
  EXPECT_EQ(model.state().find("selected_entity_id")->as_string(), "e1");
  settle();
  EXPECT_EQ(dock("trace-panel"), nullptr);
}

TEST_F(ViewerWindowTest, a_drag_goes_on_while_a_layout_arrives_and_the_layout_comes_after_it) {
  open_scene();
  auto* cell = part<MorphologyPanel>();
  auto& model = window->model();
  const auto azimuth = [&] { return model.camera("cell-panel", {cell->width(), cell->height()}).azimuth_deg; };
  const QSize size = cell->size();
  QTest::mousePress(cell, Qt::LeftButton, {}, {100, 100});
  QTest::mouseMove(cell, {140, 100});
  const float begun = azimuth();
  give({LayoutReplace{
      .panels = {PanelSpec{.id = "cell-panel", .kind = std::string(panel_kind_view_3d), .view_ids = {"cell"}}},
      .panel_grid = {}}});
  EXPECT_EQ(cell->size(), size) << "nothing moves under the hand";
  QTest::mouseMove(cell, {200, 100});
  EXPECT_NE(azimuth(), begun);
  QTest::mouseRelease(cell, Qt::LeftButton, {}, {200, 100});
  settle();
  EXPECT_EQ(dock("currents-panel"), nullptr);
  EXPECT_GT(cell->width(), size.width());
}

TEST_F(ViewerWindowTest, a_panel_that_the_user_closed_stays_closed_while_others_change) {
  open_scene();
  dock("currents-panel")->close();
  give({PanelPatch{.panel_id = "controls-panel", .control_ids = std::vector<std::string>{"amp"}}});
  EXPECT_FALSE(dock("currents-panel")->isVisible());
  EXPECT_TRUE(dock("trace-panel")->isVisible());
}

TEST_F(ViewerWindowTest, closed_panels_are_counted_beside_the_menus) {
  open_scene();
  auto* sign = qobject_cast<QAbstractButton*>(window->menuBar()->cornerWidget());
  ASSERT_NE(sign, nullptr);
  EXPECT_FALSE(sign->isVisible());
  dock("currents-panel")->close();
  settle();
  EXPECT_TRUE(sign->isVisible());
  EXPECT_EQ(sign->text(), "1 panel closed");
  dock("trace-panel")->close();
  settle();
  EXPECT_EQ(sign->text(), "2 panels closed");
  dock("currents-panel")->show();
  dock("trace-panel")->show();
  settle();
  EXPECT_FALSE(sign->isVisible());
}

TEST_F(ViewerWindowTest, a_panel_with_nothing_but_reset_is_left_to_the_time_bar) {
  const auto shown = [&](const std::vector<std::string>& actions, PanelGrid grid) {
    Scene scene = window_scene();
    scene.controls = {};
    scene.actions = {};
    for (const auto& id : actions) scene.actions.set(id, {.id = id, .label = id});
    scene.layout = {};
    scene.normalize();
    scene.layout.panel_grid = std::move(grid);
    open();
    give({SceneReady{scene}});
    return dock("controls-panel") && dock("controls-panel")->isVisible();
  };
  EXPECT_FALSE(shown({"reset"}, {}));
  EXPECT_TRUE(shown({"reset", "kick"}, {}));
  EXPECT_TRUE(shown({"reset"}, {{"cell-panel"}, {"controls-panel"}})) << "the app asked for it";
}

TEST_F(ViewerWindowTest, limits_are_typed_one_after_the_other) {
  open_scene();
  auto* box = new LimitsBox(-80, 50, "mV", [](double, double) -> Result<void> { return {}; }, window->centralWidget());
  box->open_at({300, 300});
  EXPECT_TRUE(box->high().hasFocus());
  QTest::keyClick(&box->high(), Qt::Key_Tab);
  EXPECT_TRUE(box->low().hasFocus());
  QTest::keyClick(&box->low(), Qt::Key_Tab);
  EXPECT_TRUE(box->high().hasFocus()) << "back to the first";
  QTest::keyClicks(&box->high(), "much");
  QTest::keyClick(&box->high(), Qt::Key_Return);
  EXPECT_TRUE(box->problem().contains("is not a number"));
  EXPECT_TRUE(box->isVisible());
  box->close();
}

TEST_F(ViewerWindowTest, the_arrangement_is_kept_for_the_app_and_comes_back) {
  open_scene(true);
  dock("currents-panel")->close();
  const int before = dock("trace-panel")->width();
  window->findChild<PanelBoard*>()->resizeDocks({dock("trace-panel")}, {before + 90}, Qt::Horizontal);
  settle();
  const int width = dock("trace-panel")->width();
  EXPECT_GT(width, before + 50);
  window->close();
  open_scene(true);
  EXPECT_FALSE(dock("currents-panel")->isVisible());
  EXPECT_NEAR(dock("trace-panel")->width(), width, 3);
  // Another app with the same panels starts from its own layout.
  open();
  window->remember_layouts(std::make_unique<LayoutMemory>(folder.filePath("layouts.ini")));
  window->receive(Welcome{.title = "Another", .program = "other.py", .theme = "light"});
  give({SceneReady{window_scene()}});
  EXPECT_TRUE(dock("currents-panel")->isVisible());
}

TEST_F(ViewerWindowTest, a_plot_offers_its_series_and_its_files_in_both_menus) {
  open_scene();
  auto* plot = static_cast<PlotPanel*>(dock("currents-panel")->content());
  QStringList names;
  QMenu* series = nullptr;
  for (auto* action : plot->actions()) {
    names << action->text();
    if (action->menu()) series = action->menu();
    EXPECT_TRUE(dock("currents-panel")->findChild<QMenu*>()->actions().contains(action)) << qPrintable(action->text());
  }
  for (const char* name : {"Show all samples", "Follow the newest", "Series", "Copy picture", "Save picture…",
                           "Save shown data…", "Save all data…"})
    EXPECT_TRUE(names.contains(QString::fromUtf8(name))) << name;
  ASSERT_NE(series, nullptr);
  Q_EMIT
  series->aboutToShow();
  ASSERT_EQ(series->actions().size(), 2);
  series->actions()[1]->trigger();
  settle();
  const auto& shown = window->model().line_plot("currents")->picture().series;
  EXPECT_TRUE(shown[0].visible);
  EXPECT_FALSE(shown[1].visible);
  Q_EMIT
  series->aboutToShow();
  EXPECT_FALSE(series->actions()[1]->isChecked());
}

TEST_F(ViewerWindowTest, ranges_of_a_plot_are_typed_in_a_box_over_it) {
  open_scene();
  auto* plot = static_cast<PlotPanel*>(dock("currents-panel")->content());
  for (auto* action : plot->actions())
    if (action->text() == QString::fromUtf8("Set x range…")) action->trigger();
  settle();
  auto* box = plot->findChild<LimitsBox*>();
  ASSERT_NE(box, nullptr);
  EXPECT_EQ(box->low().value(), 0);
  EXPECT_EQ(box->high().value(), 9);
  QTest::keyClicks(&box->high(), "7.5");
  QTest::keyClick(&box->high(), Qt::Key_Return);
  settle();
  const auto& picture = window->model().line_plot("currents")->picture();
  EXPECT_EQ(picture.x_range, (AxisRange{0, 7.5}));
  box->low().selectAll();
  QTest::keyClicks(&box->low(), "8");
  QTest::keyClick(&box->low(), Qt::Key_Return);
  EXPECT_FALSE(box->problem().isEmpty());
  QTest::keyClick(box, Qt::Key_Escape);
  settle();
  EXPECT_EQ(plot->findChild<LimitsBox*>(), nullptr);
}

TEST_F(ViewerWindowTest, plots_are_written_as_they_are_shown) {
  open_scene();
  ASSERT_EQ(window->write_plots(folder.path()), QString());
  for (const char* file : {"trace.svg", "trace.pdf", "trace.csv", "currents.svg", "currents.pdf", "currents.csv"})
    EXPECT_GT(QFileInfo(folder.filePath(QLatin1String(file))).size(), 20) << file;
  EXPECT_TRUE(window->write_plots(folder.filePath("absent")).contains("absent"));
}

TEST(LayoutMemory, keeps_one_entry_per_app_and_set_of_panels_in_any_order) {
  QTemporaryDir folder;
  {
    LayoutMemory memory(folder.filePath("l.ini"));
    memory.keep("app", {"a", "b"}, {"docks", "window"});
  }
  LayoutMemory memory(folder.filePath("l.ini"));
  ASSERT_TRUE(memory.find("app", {"b", "a"}));
  EXPECT_EQ(memory.find("app", {"b", "a"})->docks, "docks");
  EXPECT_FALSE(memory.find("app", {"a"}));
  EXPECT_FALSE(memory.find("other", {"a", "b"}));
  EXPECT_EQ(memory.window_of("app"), "window") << "whatever the panels";
  EXPECT_EQ(memory.window_of("other"), "");
  memory.forget("app", {"a", "b"});
  EXPECT_FALSE(memory.find("app", {"a", "b"}));
}

TEST_F(ViewerWindowTest, the_theme_that_was_chosen_in_the_menu_is_there_at_the_next_start) {
  auto& themes = *ThemeManager::instance();
  open_scene(true);
  const auto choose = [&](const char* words) {
    for (auto* entry : window->findChildren<QAction*>())
      if (entry->text().remove('&') == words) entry->trigger();
  };
  choose("Dark");
  EXPECT_EQ(themes.theme(), Theme::dark);
  themes.choose(ThemeChoice::light);
  open();
  window->remember_layouts(std::make_unique<LayoutMemory>(folder.filePath("layouts.ini")));
  EXPECT_EQ(themes.theme(), Theme::dark);
  window->receive(Welcome{.title = "An app", .program = "app.py", .theme = "light"});
  EXPECT_EQ(themes.theme(), Theme::light) << "what the run asks for comes first";
  EXPECT_EQ(LayoutMemory(folder.filePath("layouts.ini")).theme(), "dark");
}

TEST_F(ViewerWindowTest, an_app_without_a_model_offers_nothing_to_run) {
  open_scene();
  EXPECT_TRUE(part<TimeBar>()->isVisible());
  window->receive(Batch{++batches, {}, RunState{.has_session = false, .live = false}});
  EXPECT_FALSE(part<TimeBar>()->isVisible());
  for (const auto* menu : window->menuBar()->actions())
    EXPECT_EQ(menu->isEnabled(), menu->text() != "&Simulation") << menu->text().toStdString();
}

TEST_F(ViewerWindowTest, a_failure_marks_the_last_picture_that_came_and_is_forgotten_when_the_model_goes_on) {
  open_scene();
  window->receive(SessionFailure{.where = "advance", .message = "ValueError: bad luck", .stops = true});
  // What was on its way when the model stopped.
  const RunState stopped{.running = false, .stopped = true, .has_model_time = true, .model_time = 30};
  window->receive(Batch{++batches, {}, stopped});
  EXPECT_TRUE(part<ErrorStrip>()->isVisible());
  EXPECT_EQ(part<MorphologyPanel>()->chip(), "Last picture, t = 30.00 ms");
  EXPECT_TRUE(part<StatusLine>()->message().contains("bad luck"));
  window->receive(Batch{++batches, {}, RunState{.running = true, .has_model_time = true}});
  EXPECT_FALSE(part<ErrorStrip>()->isVisible());
  EXPECT_EQ(part<MorphologyPanel>()->chip(), "");
  EXPECT_EQ(part<StatusLine>()->message(), "");
}

}  // namespace
}  // namespace cnv::desktop
