// What the report says of the window: where panels, views and controls stand, and what is open.
#include <gmock/gmock.h>

#include <QMenu>
#include <QMenuBar>
#include <QTest>

#include "cnv/desktop/plot_panel.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

struct PlacesTest : WindowFixture {
  void SetUp() override {
    open();
    window->resize(1200, 800);
    give({SceneReady{scenes::cell_scene()}});
  }
  Dict report() const { return *window->report().find("window")->get_if<Dict>(); }
  static const Dict& inside(const Dict& of, std::string_view name) { return *of.find(name)->get_if<Dict>(); }
  static QRect rect(const Dict& of, std::string_view name = "rect") {
    const auto& sides = *of.find(name)->get_if<List>();
    return QRectF(sides[0].as_double(), sides[1].as_double(), sides[2].as_double(), sides[3].as_double()).toRect();
  }
  static const Dict* named(const Dict& of, std::string_view list, std::string_view key, std::string_view name) {
    for (const auto& item : *of.find(list)->get_if<List>())
      if (const auto* entry = item.get_if<Dict>(); entry->find(key)->as_string() == name) return entry;
    return nullptr;
  }
};

TEST_F(PlacesTest, each_view_stands_where_it_is_said_to_stand) {
  const Dict all = window->report();
  const Dict& views = inside(all, "views");
  auto* plot = part<PlotPanel>();
  const QRect said = rect(inside(views, plot->view_id()));
  EXPECT_EQ(said, QRect(plot->mapTo(window.get(), QPoint()), plot->size()));
  EXPECT_TRUE(said.contains(rect(inside(views, plot->view_id()), "plot"))) << "the data lie inside it";
}

TEST_F(PlacesTest, a_click_at_the_named_place_of_a_control_works_it) {
  sent.clear();
  const Dict now = report();
  const auto* run = named(now, "stops", "name", "Run");
  if (!run) run = named(now, "stops", "name", "Pause");
  ASSERT_NE(run, nullptr);
  const QPoint place = rect(*run).center();
  auto* button = window->childAt(place);
  ASSERT_NE(button, nullptr);
  QTest::mouseClick(button, Qt::LeftButton, {}, button->mapFrom(window.get(), place));
  EXPECT_EQ(taken<RunControl>().size(), 1u);
}

TEST_F(PlacesTest, an_open_menu_is_listed) {
  EXPECT_TRUE(report().find("open")->get_if<List>()->empty());
  auto* view = window->menuBar()->actions().at(2)->menu();
  view->popup(window->mapToGlobal(QPoint(50, 50)));
  const Dict now = report();
  const auto* dark = named(now, "open", "text", "Dark");
  ASSERT_NE(dark, nullptr);
  QTest::mouseClick(view, Qt::LeftButton, {}, view->mapFromGlobal(window->mapToGlobal(rect(*dark).center())));
  settle();
  EXPECT_EQ(report().find("theme")->as_string(), "dark");
  ThemeManager::instance()->choose(ThemeChoice::light);
  settle();
  EXPECT_EQ(report().find("theme")->as_string(), "light");
}

TEST_F(PlacesTest, panels_say_whether_they_are_seen) {
  const std::string id = window->model().panels().front().id;
  EXPECT_EQ(*inside(inside(report(), "panels"), id).find("visible"), Value(true));
  dock(id.c_str())->close();
  settle();
  EXPECT_EQ(*inside(inside(report(), "panels"), id).find("open"), Value(false));
  EXPECT_EQ(*inside(inside(report(), "panels"), id).find("visible"), Value(false));
}

}  // namespace
}  // namespace cnv::desktop
