// The diagnostics panel: opened from the status line and the menu, with every figure that a viewer and its host count.
#include <gmock/gmock.h>

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QTest>

#include "cnv/desktop/figure_table.hpp"
#include "cnv/desktop/status_line.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

struct DiagnosticsTest : WindowFixture {
  void open_scene() {
    open();
    give({SceneReady{scenes::cell_scene()}});
  }
  void click_figures() {
    auto* figures = part<StatusLine>()->findChild<QWidget*>("figures");
    QTest::mouseClick(figures, Qt::LeftButton);
    settle();
  }
  // Name → value, as they go to the clipboard.
  std::map<QString, QString> figures() const {
    std::map<QString, QString> out;
    for (const auto& line : part<FigureTable>()->text().split('\n')) {
      const auto parts = line.split('\t');
      if (parts.size() == 2) out[parts[0]] = parts[1];
    }
    return out;
  }
};

TEST_F(DiagnosticsTest, a_click_on_the_status_line_opens_and_closes_them) {
  open_scene();
  EXPECT_EQ(dock("diagnostics"), nullptr);
  click_figures();
  ASSERT_NE(dock("diagnostics"), nullptr);
  EXPECT_TRUE(dock("diagnostics")->isVisible());
  click_figures();
  EXPECT_FALSE(dock("diagnostics")->isVisible());
}

TEST_F(DiagnosticsTest, every_figure_is_there) {
  open_scene();
  window->receive(Counters{.batches = 1234,
                           .superseded = 56,
                           .trimmed = 789,
                           .bytes = 2500000,
                           .store_bytes = 3200,
                           .problems = Dict{{"unknown field x", 3}}});
  click_figures();
  const auto shown = figures();
  for (const char* name : {"Pictures per second", "Delay, latest", "Delay, median", "Delay, 99 %", "Pictures shown",
                           "Paints of cell", "Paints of trace", "Fields, this window", "This window, total"})
    EXPECT_TRUE(shown.contains(QLatin1String(name)) && !shown.at(QLatin1String(name)).isEmpty()) << name;
  EXPECT_EQ(shown.at("Batches"), "1234");
  EXPECT_EQ(shown.at("Superseded frames"), "56");
  EXPECT_EQ(shown.at("Trimmed samples"), "789");
  EXPECT_EQ(shown.at("Received"), bytes_text(2.5e6));
  EXPECT_EQ(shown.at("Fields, model side"), bytes_text(3200));
  EXPECT_EQ(shown.at("unknown field x"), "3");
  EXPECT_NE(shown.at("This window, total"), bytes_text(0));
}

TEST_F(DiagnosticsTest, the_menu_shows_whether_they_are_open) {
  open_scene();
  QAction* entry = nullptr;
  for (auto* top : window->menuBar()->actions()) {
    Q_EMIT
    top->menu()->aboutToShow();
    for (auto* action : top->menu()->actions())
      if (action->text() == "Diagnostics") entry = action;
  }
  ASSERT_NE(entry, nullptr);
  EXPECT_FALSE(entry->isChecked());
  entry->trigger();
  settle();
  EXPECT_TRUE(dock("diagnostics")->isVisible());
}

}  // namespace
}  // namespace cnv::desktop
