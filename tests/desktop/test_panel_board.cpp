// Docks arranged, divided by dragging, closed and floated.
#include "cnv/desktop/panel_board.hpp"

#include <gtest/gtest.h>

#include <QAction>

#include "cnv/core/scene.hpp"
#include "cnv/desktop/dock.hpp"
#include "desktop/widgets.hpp"

namespace cnv::desktop {
namespace {

// Takes every press, as a plot or a 3-D view does.
class Canvas : public QWidget {
  void mousePressEvent(QMouseEvent* event) override { event->accept(); }
};

struct PanelBoardTest : testing::Test {
  TestWindow w;
  PanelBoard* board = w.add(new PanelBoard);
  std::vector<BoardPanel> panels;

  PanelDock* add(const char* id, std::string_view kind) {
    auto* dock = board->make_dock(id);
    dock->set_content(new Canvas);
    panels.push_back({id, std::string(kind), dock, true});
    return dock;
  }
  bool arrange(const PanelGrid& given = {}) {
    w.column->setContentsMargins(0, 0, 0, 0);
    w.show(1400, 800);
    LayoutSpec layout{.panels = {}, .panel_grid = given};
    for (const auto& panel : panels) layout.panels.push_back({.id = panel.id, .kind = panel.kind});
    const bool anew = board->arrange(resolved_grid(layout), panels, has_plain_grid(layout));
    settle();
    return anew;
  }
  static void settle() {
    for (int i = 0; i < 5; ++i) QApplication::processEvents();
  }
  void drag(QPoint from, QPoint by) {
    QWidget* under = board->childAt(from);
    ASSERT_NE(under, nullptr);
    const QPoint start = under->mapFrom(board, from);
    QTest::mousePress(under, Qt::LeftButton, {}, start);
    QTest::mouseMove(under, start + by);
    settle();  // the main window divides anew in a timer
    QTest::mouseRelease(under, Qt::LeftButton, {}, start + by);
    settle();
  }
};

TEST_F(PanelBoardTest, the_default_look_gives_the_scene_sixty_percent_and_puts_plots_in_a_column) {
  auto* scene = add("m", panel_kind_view_3d);
  auto* v = add("v", panel_kind_line_plot);
  auto* i = add("i", panel_kind_line_plot);
  auto* controls = add("c", panel_kind_controls);
  arrange();
  EXPECT_NEAR(scene->width(), 0.60 * 1400, 15);
  EXPECT_NEAR(v->width(), 0.24 * 1400, 15);
  EXPECT_NEAR(controls->width(), 0.16 * 1400, 15);
  EXPECT_EQ(v->x(), i->x());
  EXPECT_NEAR(v->height(), i->height(), 2);
  EXPECT_EQ(v->x(), scene->geometry().right() + 2);
}

TEST_F(PanelBoardTest, a_line_can_be_taken_also_beside_it) {
  auto* scene = add("m", panel_kind_view_3d);
  auto* v = add("v", panel_kind_line_plot);
  auto* i = add("i", panel_kind_line_plot);
  arrange();
  const int width = scene->width(), height = v->height();
  drag({scene->geometry().right() - 1, 200}, {-100, 0});
  EXPECT_NEAR(scene->width(), width - 100, 2);
  drag({v->geometry().center().x(), i->geometry().top() + 1}, {0, 60});
  EXPECT_NEAR(v->height(), height + 60, 2);
  // And again where the lines are now.
  drag({scene->geometry().right() + 3, 200}, {50, 0});
  EXPECT_NEAR(scene->width(), width - 50, 2);
}

TEST_F(PanelBoardTest, a_closed_panel_leaves_its_room_and_comes_back_from_the_menu) {
  auto* scene = add("m", panel_kind_view_3d);
  auto* v = add("v", panel_kind_line_plot);
  arrange();
  QTest::mouseClick(v->titleBarWidget()->findChildren<ToolButton*>().last(), Qt::LeftButton);
  settle();
  EXPECT_FALSE(v->isVisible());
  EXPECT_EQ(scene->width(), 1400);
  v->toggleViewAction()->trigger();
  settle();
  EXPECT_TRUE(v->isVisible());
  EXPECT_LT(scene->width(), 1400);
}

TEST_F(PanelBoardTest, a_grid_of_rows_stands_as_given_with_low_controls) {
  auto* a = add("a", panel_kind_line_plot);
  auto* b = add("b", panel_kind_line_plot);
  auto* c = add("c", panel_kind_line_plot);
  arrange({{"a", "b"}, {"c"}});
  EXPECT_EQ(a->y(), b->y());
  EXPECT_NEAR(a->width(), b->width(), 2);
  EXPECT_GT(c->y(), a->y());
  EXPECT_NEAR(c->width(), 1400, 2);
}

TEST_F(PanelBoardTest, one_row_that_is_given_stays_one_row) {
  auto* a = add("a", panel_kind_line_plot);
  auto* b = add("b", panel_kind_line_plot);
  auto* controls = add("c", panel_kind_controls);
  arrange({{"a", "b", "c"}});
  EXPECT_EQ(a->y(), b->y());
  EXPECT_EQ(a->y(), controls->y());
  EXPECT_NEAR(a->width(), 0.42 * 1400, 15);
  EXPECT_NEAR(b->width(), 0.42 * 1400, 15);
  EXPECT_NEAR(controls->width(), 0.16 * 1400, 15);
}

TEST_F(PanelBoardTest, a_scene_and_a_plot_over_controls_are_the_default_look) {
  auto* scene = add("m", panel_kind_view_3d);
  auto* v = add("v", panel_kind_line_plot);
  auto* controls = add("c", panel_kind_controls);
  arrange({{"m", "v"}, {"c"}});
  EXPECT_NEAR(scene->width(), 0.60 * 1400, 15);
  EXPECT_EQ(v->y(), controls->y());
  EXPECT_NEAR(controls->width(), 0.16 * 1400, 15);
}

TEST_F(PanelBoardTest, a_further_plot_comes_under_the_others_and_leaves_the_rest_where_it_is) {
  auto* scene = add("m", panel_kind_view_3d);
  auto* v = add("v", panel_kind_line_plot);
  add("c", panel_kind_controls);
  EXPECT_TRUE(arrange({{"m", "v"}, {"c"}}));
  drag({scene->geometry().right() - 1, 200}, {-100, 0});
  const QRect before = scene->geometry();
  auto* ina = add("ina", panel_kind_line_plot);
  EXPECT_FALSE(arrange());
  EXPECT_EQ(scene->geometry(), before);
  EXPECT_EQ(ina->x(), v->x());
  EXPECT_EQ(ina->width(), v->width());
  EXPECT_GT(ina->y(), v->y());
  panels.pop_back();
  board->remove_dock(ina);
  EXPECT_FALSE(arrange());
  settle();
  EXPECT_EQ(scene->geometry(), before);
  EXPECT_NEAR(v->height(), scene->height(), 2);
}

TEST_F(PanelBoardTest, a_further_plot_of_a_row_stands_beside_the_one_before_it) {
  auto* a = add("a", panel_kind_line_plot);
  auto* b = add("b", panel_kind_line_plot);
  auto* c = add("c", panel_kind_line_plot);
  EXPECT_TRUE(arrange({{"a", "b"}, {"c"}}));
  auto* d = add("d", panel_kind_line_plot);
  EXPECT_FALSE(arrange({{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(d->y(), c->y());
  EXPECT_GT(d->x(), c->x());
  EXPECT_EQ(a->y(), b->y());
  // A row of three gets no narrower.
  auto* e = add("e", panel_kind_line_plot);
  auto* f = add("f", panel_kind_line_plot);
  EXPECT_FALSE(arrange({{"a", "b"}, {"c", "d", "e", "f"}}));
  EXPECT_EQ(f->x(), e->x());
  EXPECT_GT(f->y(), e->y());
  EXPECT_EQ(a->y(), b->y());
  // Another order is another arrangement.
  EXPECT_TRUE(arrange({{"b", "a"}, {"c", "d", "e", "f"}}));
  EXPECT_LT(b->x(), a->x());
}

}  // namespace
}  // namespace cnv::desktop
