// The program that starts anew in the same window: who asks for it, and what the window keeps.
#include <gmock/gmock.h>

#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>

#include "cnv/desktop/error_strip.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/script_watch.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/time_bar.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int patience_ms = 60'000;  // a bound on failure, not a wait

Scene again_scene() {
  Scene scene = scenes::cell_scene();
  for (auto& [id, view] : scene.views) std::visit([](auto& spec) { spec.max_refresh_hz = 0.0; }, view);
  scene.normalize();
  return scene;
}

struct WindowAgainTest : WindowFixture {
  std::vector<bool> asked;  // by hand?
  Restart restart;

  void open_scene() {
    restart = {.files = {script()}, .command = {"/usr/bin/python3", "cell.py"}};
    write("first");
    open(true);
    window->on_again = [this](bool by_hand) { asked.push_back(by_hand); };
    window->receive(restart);
    give({SceneReady{again_scene()}, StatePatch{Dict{{"selected_entity_id", "e1"}}}});
    settle();
  }
  // The next process: its first messages and the scene that it builds.
  void start_again(Dict state) {
    window->model_starts_again();
    window->model_is_fresh();
    window->receive(Welcome{.title = "App", .program = "app.py", .theme = "dark"});
    window->receive(restart);
    window->receive(Progress{{{"Build model", "", "current", 0}}});
    settle();
    give({SceneReady{again_scene()}, StatePatch{std::move(state)}});
    settle();
  }
  std::string script() const { return folder.filePath("cell.py").toStdString(); }
  void write(const char* text) const {
    QFile file(folder.filePath("cell.py"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
  static void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
  QAction* entry(const QString& text) const {
    for (auto* action : window->findChildren<QAction*>())
      if (action->text().startsWith(text)) return action;
    return nullptr;
  }
  QAbstractButton* button(const QString& text) const {
    for (auto* one : part<ErrorStrip>()->findChildren<QAbstractButton*>())
      if (one->text() == text && one->isVisibleTo(window.get())) return one;
    return nullptr;
  }
};

TEST_F(WindowAgainTest, the_key_and_the_menu_ask_for_it) {
  open_scene();
  press(Qt::Key_F5);
  EXPECT_THAT(asked, ElementsAre(true));
  ASSERT_TRUE(entry("Again\tF5"));
  EXPECT_TRUE(entry("Again\tF5")->isEnabled());
  EXPECT_TRUE(entry("Again\tF5")->toolTip().contains("cell.py"));
  entry("Again\tF5")->trigger();
  EXPECT_THAT(asked, ElementsAre(true, true));
}

TEST_F(WindowAgainTest, where_it_cannot_be_the_entries_say_why) {
  open_scene();
  window->receive(Restart{.why_not = "The model runs in a notebook: run its cells again."});
  for (const char* text : {"Again\tF5", "Again on saving"}) {
    EXPECT_FALSE(entry(text)->isEnabled()) << text;
    EXPECT_EQ(entry(text)->toolTip(), "The model runs in a notebook: run its cells again.");
  }
  EXPECT_TRUE(qobject_cast<QMenu*>(entry("Again\tF5")->parent())->toolTipsVisible());
  press(Qt::Key_F5);
  EXPECT_THAT(asked, IsEmpty());
  EXPECT_TRUE(part<StatusLine>()->message().contains("notebook"));
  // What can be tried instead does not promise more than it does.
  window->receive(SessionFailure{.where = "setup_model", .message = "ValueError: no", .can_retry = true});
  ASSERT_TRUE(button("Build again"));
  QTest::mouseClick(button("Build again"), Qt::LeftButton);
  EXPECT_EQ(taken<RunControl>().back().action, "retry");
}

TEST_F(WindowAgainTest, the_error_strip_offers_it_after_failures_and_after_the_end_of_the_process) {
  open_scene();
  window->receive(SessionFailure{.where = "setup_model", .message = "ValueError: no", .can_retry = true});
  ASSERT_TRUE(button("Again"));
  QTest::mouseClick(button("Again"), Qt::LeftButton);
  EXPECT_THAT(asked, ElementsAre(true));
  EXPECT_THAT(taken<RunControl>(), IsEmpty());
  window->model_is_gone("killed by signal 11 (Segmentation fault)");
  ASSERT_TRUE(button("Again"));
  QTest::mouseClick(button("Again"), Qt::LeftButton);
  EXPECT_THAT(asked, ElementsAre(true, true));
  window->model_starts_again();
  EXPECT_FALSE(part<ErrorStrip>()->isVisible());
}

TEST_F(WindowAgainTest, camera_zoom_and_choices_are_kept_and_controls_are_the_new_sessions) {
  open_scene();
  auto& model = window->model();
  auto* cell = part<MorphologyPanel>();
  const glm::vec2 size(cell->width(), cell->height());
  QTest::mousePress(cell, Qt::LeftButton, {}, {100, 100});
  QTest::mouseMove(cell, {180, 130});
  QTest::mouseRelease(cell, Qt::LeftButton, {}, {180, 130});
  const Camera camera = model.camera("cell-panel", size);
  auto* plot = model.line_plot("trace");
  const auto& area = plot->picture().plot;
  plot->zoom_to_box(area.x + 20, area.y + 20, area.x + 80, area.y + 60);
  window->paint_everything();
  const auto range = plot->picture().x_range;
  const auto place = window->geometry();
  (void)model.select("e2", false, 0);
  model.set_control("amp", 1.75, 0);
  sent.clear();

  start_again({{"selected_entity_id", "e0"}});
  EXPECT_EQ(part<MorphologyPanel>(), cell) << "the panel stays";
  EXPECT_EQ(model.camera("cell-panel", size), camera);
  EXPECT_EQ(model.line_plot("trace")->picture().x_range, range);
  EXPECT_EQ(window->geometry(), place);
  EXPECT_EQ(current_theme(), Theme::light) << "not that of the option, which counted at the first start";
  EXPECT_EQ(*model.state().find("selected_entity_id"), Value("e2"));
  const auto told = messages<StateEvent>();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(*told[0].updates.find("selected_entity_id"), Value("e2"));
  EXPECT_EQ(model.control_value(*model.find_control("amp")), model.find_control("amp")->default_value());
  EXPECT_EQ(messages<FirstFrame>().size(), 1u) << "the model waits for it";
  EXPECT_EQ(*window->report().find("starts"), Value(2));
}

TEST_F(WindowAgainTest, the_last_picture_stays_and_is_marked_until_the_next_scene_is_there) {
  open_scene();
  window->receive(RunState{.running = true, .has_model_time = true, .model_time = 30});
  window->model_starts_again();
  EXPECT_EQ(part<MorphologyPanel>()->chip(), "Last picture, t = 30.00 ms");
  window->model_is_fresh();
  window->receive(Welcome{.title = "App", .program = "app.py"});
  window->receive(RunState{});
  sent.clear();
  settle();
  EXPECT_EQ(part<MorphologyPanel>()->chip(), "Last picture, t = 30.00 ms");
  EXPECT_THAT(messages<FirstFrame>(), IsEmpty()) << "that is still the old scene";
  // A build that fails leaves it.
  window->receive(SessionFailure{.where = "cell.py", .message = "SyntaxError: invalid syntax", .can_retry = true});
  EXPECT_EQ(part<MorphologyPanel>()->chip(), "Last picture, t = 30.00 ms");
  EXPECT_TRUE(button("Again"));
  start_again({});
  EXPECT_EQ(part<MorphologyPanel>()->chip(), "");
  EXPECT_FALSE(part<ErrorStrip>()->isVisible());
}

TEST_F(WindowAgainTest, the_speed_that_a_person_chose_is_that_of_the_next_start_too) {
  open_scene();
  start_again({});
  EXPECT_THAT(messages<RunControl>(), IsEmpty());
  Q_EMIT
  part<TimeBar>()->speed_changed(200);
  sent.clear();
  start_again({});
  const auto told = messages<RunControl>();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0], (RunControl{"speed", 200}));
}

TEST_F(WindowAgainTest, a_saved_script_starts_again_once_that_is_wanted_and_the_wish_is_remembered) {
  open_scene();
  EXPECT_EQ(window->findChild<ScriptWatch*>(), nullptr) << "nothing is watched before";
  entry("Again on saving")->trigger();
  auto* watch = window->findChild<ScriptWatch*>();
  ASSERT_TRUE(watch);
  QSignalSpy saved(watch, &ScriptWatch::saved);
  write("second version");
  ASSERT_TRUE(saved.wait(patience_ms));
  EXPECT_THAT(asked, ElementsAre(false));
  // Editors write another file and give it the name.
  QFile other(folder.filePath("cell.py.new"));
  ASSERT_TRUE(other.open(QIODevice::WriteOnly));
  other.write("third");
  other.close();
  ASSERT_EQ(::rename(qPrintable(other.fileName()), script().c_str()), 0);
  ASSERT_TRUE(saved.wait(patience_ms));
  write("fourth, in the file that has the name now");
  ASSERT_TRUE(saved.wait(patience_ms));
  EXPECT_THAT(asked, ElementsAre(false, false, false));

  LayoutMemory memory(folder.filePath("layouts.ini"));
  const QString path = QString::fromStdString(script());
  EXPECT_TRUE(memory.again_on_saving(path));
  EXPECT_FALSE(memory.again_on_saving(path + "x"));
  open(true);
  window->receive(restart);
  EXPECT_TRUE(entry("Again on saving")->isChecked());
  entry("Again on saving")->trigger();
  EXPECT_FALSE(LayoutMemory(folder.filePath("layouts.ini")).again_on_saving(path));
}

TEST_F(WindowAgainTest, a_module_that_could_not_be_read_this_time_is_watched_on) {
  open_scene();
  const QString module = folder.filePath("channels.py");
  const auto write_module = [&](const char* text) {
    QFile file(module);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  };
  write_module("g = 1");
  entry("Again on saving")->trigger();
  Restart with_module = restart;
  with_module.files.push_back(module.toStdString());
  window->receive(with_module);
  window->receive(restart);  // it was not imported
  QSignalSpy saved(window->findChild<ScriptWatch*>(), &ScriptWatch::saved);
  write_module("g = 2  # mended");
  ASSERT_TRUE(saved.wait(patience_ms));
  EXPECT_EQ(saved[0][0].toString(), module);
}

}  // namespace
}  // namespace cnv::desktop
