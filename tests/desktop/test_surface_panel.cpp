// A surface in a window, with real mouse and key events: orbit, zoom, fit, hover, its slice and the plot linked to it.
#include "cnv/desktop/surface_panel.hpp"

#include <gmock/gmock.h>

#include <QMenu>
#include <QTest>
#include <cmath>

#include "cnv/desktop/theme.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

constexpr int columns = 31, rows = 21;

std::vector<float> hill(float height) {
  std::vector<float> out;
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column)
      out.push_back(height * std::exp(-0.02F * (std::pow(static_cast<float>(column - 15), 2.0F) +
                                                std::pow(static_cast<float>(row - 10), 2.0F))));
  return out;
}

Scene hill_scene() {
  Scene scene;
  scene.fields.set(
      "h", Field{"h",
                 scenes::floats(hill(1), {rows, columns}),
                 {"y", "x"},
                 {{"y", scenes::doubles(scenes::steps(rows, 1))}, {"x", scenes::doubles(scenes::steps(columns, 1))}},
                 "mV",
                 {}});
  scene.views.set("s", SurfaceViewSpec{.id = "s",
                                       .title = "Hill",
                                       .field_id = "h",
                                       .color_map = std::string("mpl:viridis"),
                                       .color_limits = std::optional<Limits>(Limits{0, 10}),
                                       .render_axes = true,
                                       .axes_in_middle = false,
                                       .max_refresh_hz = 0.0});
  scene.views.set("curve", LinePlotViewSpec{.id = "curve", .operator_id = "cut", .max_refresh_hz = 0.0});
  scene.operators.set(
      "cut",
      GridSliceOperatorSpec{.id = "cut", .field_id = "h", .axis_state_key = "axis", .position_state_key = "position"});
  scene.controls.set("position", slider("position", "Position", 0.5, {0, 1}));
  scene.layout.panels = {
      {.id = "p", .kind = std::string(panel_kind_view_3d), .view_ids = {"s"}, .operator_ids = {"cut"}},
      {.id = "q", .kind = std::string(panel_kind_line_plot), .view_ids = {"curve"}},
      {.id = "c", .kind = std::string(panel_kind_controls), .control_ids = {"position"}}};
  scene.normalize();
  return scene;
}

struct SurfaceWindow : WindowFixture {
  void SetUp() override {
    open();
    window->resize(1300, 800);
    give({SceneReady{hill_scene()}});
    sent.clear();
  }
  SceneModel& model() { return window->model(); }
  SurfacePanel& panel() { return *part<SurfacePanel>(); }
  SurfaceView& view() { return *model().surface("s"); }
  glm::vec2 size() { return {panel().width(), panel().height()}; }
  Camera& camera() { return model().camera("p", size()); }
  Projection projection() { return view().projection(camera(), size()); }
  QPoint on_screen(glm::vec3 point) {
    const auto p = project(projection(), point);
    return {static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y))};
  }
  void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton) {
    QTest::mousePress(&panel(), button, {}, from);
    for (int k = 1; k <= 4; ++k) QTest::mouseMove(&panel(), from + (to - from) * k / 4);
    QTest::mouseRelease(&panel(), button, {}, to);
    settle();
  }
  const SurfaceSlice& slice() { return view().slices().at(0); }
  QImage picture() { return panel().grab().toImage(); }
};

// Pixels that differ by more than rounding.
int differing(const QImage& a, const QImage& b) {
  int out = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QColor p = a.pixelColor(x, y), q = b.pixelColor(x, y);
      out += std::abs(p.red() - q.red()) + std::abs(p.green() - q.green()) + std::abs(p.blue() - q.blue()) > 30;
    }
  return out;
}

TEST_F(SurfaceWindow, shows_the_surface_its_axes_and_its_colours) {
  const QImage shown = picture();
  const QColor here = shown.pixelColor(on_screen(view().grid().place(26, 3, hill(1)[3 * columns + 26])));
  const QColor low = to_qcolor(color_map("mpl:viridis").table[0]);
  EXPECT_LT(
      std::abs(here.red() - low.red()) + std::abs(here.green() - low.green()) + std::abs(here.blue() - low.blue()), 30)
      << here.name().toStdString();
  EXPECT_EQ(dock("p")->windowTitle(), "Hill");
  const auto report = window->report();
  const auto& views = *report.find("views")->get_if<Dict>();
  const auto& surface = *views.find("s")->get_if<Dict>();
  EXPECT_EQ(*surface.find("kind"), Value("surface"));
  EXPECT_EQ(*surface.find("drawn_points"), Value(columns * rows));
  EXPECT_EQ(*surface.find("triangles"), Value(2 * (columns - 1) * (rows - 1)));
  EXPECT_FALSE(panel().color_bar_area().isEmpty());
  model().surface("s")->choose_axes("none");
  Q_EMIT
  panel().moved();
  settle();
  EXPECT_GT(differing(shown, picture()), 1000);
}

TEST_F(SurfaceWindow, new_heights_upload_themselves_and_paint_surface_and_plot_only) {
  const auto axes = view().axes_version();
  for (int k = 2; k < 5; ++k) {
    give({FieldReplace{"h", scenes::floats(hill(static_cast<float>(k)), {rows, columns}), {}, {}}});
    EXPECT_EQ(panel().counters().uploaded_bytes, columns * rows * 4) << "unlit: the heights only";
    EXPECT_EQ(panel().counters().draw_calls, 1);
  }
  EXPECT_EQ(view().axes_version(), axes);
}

TEST_F(SurfaceWindow, a_drag_orbits_and_the_wheel_zooms_to_the_pointer) {
  const Camera before = camera();
  const QPoint corner(40, panel().height() - 30);
  drag(corner, corner + QPoint(60, -20));
  EXPECT_NE(camera().azimuth_deg, before.azimuth_deg);
  EXPECT_NE(camera().elevation_deg, before.elevation_deg);
  drag(corner, corner + QPoint(30, -20), Qt::MiddleButton);
  EXPECT_NE(camera().center, before.center);
  const auto centre = on_screen(camera().center);
  QWheelEvent wheel(QPointF(centre), panel().mapToGlobal(QPointF(centre)), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QApplication::sendEvent(&panel(), &wheel);
  EXPECT_LT(camera().distance, before.distance);
  panel().fit(false);
  for (const int column : {0, columns - 1})
    for (const int row : {0, rows - 1})
      EXPECT_TRUE(panel().rect().contains(on_screen(view().grid().place(column, row, 0))));
  EXPECT_TRUE(taken<StateEvent>().empty());
}

TEST_F(SurfaceWindow, the_slice_is_dragged_by_its_handle_and_the_plot_follows) {
  const auto handle = slice().handle(projection());
  const std::int64_t before = slice().index;
  EXPECT_EQ(before, 15);
  const glm::vec3 goal = handle + (slice().stops[24] - slice().stop()) * (slice().last - slice().first);
  const Camera camera_before = camera();
  drag(on_screen(handle), on_screen(goal));
  EXPECT_EQ(slice().index, 24);
  EXPECT_EQ(camera(), camera_before) << "the camera stays";
  const auto events = taken<ControlEvent>();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.back().control_id, "position");
  EXPECT_NEAR(events.back().value.as_double(), 24.0 / 30, 1e-9);
  EXPECT_EQ(model().state().find("position")->as_double(), 24.0 / 30);
  auto* plot = model().line_plot("curve");
  ASSERT_EQ(plot->picture().series.size(), 1U);
  EXPECT_EQ(dock("q")->windowTitle().toStdString(), "h, x = 24.00");
  drag(on_screen(slice().handle(projection())), QPoint(-4000, 300));
  EXPECT_TRUE(slice().index == 0 || slice().index == columns - 1) << "an end of its way";
}

TEST_F(SurfaceWindow, the_slice_is_taken_at_its_cut_too_and_moves_with_the_state) {
  give({StatePatch{{{"axis", "y"}, {"position", 1.0}}}});
  EXPECT_EQ(slice().axis, 1);
  EXPECT_EQ(slice().index, rows - 1);
  const auto start = on_screen(slice().line[15]);
  const glm::vec3 goal = slice().line[15] + (slice().stops[10] - slice().stop()) * (slice().last - slice().first);
  drag(start, on_screen(goal));
  EXPECT_NEAR(static_cast<double>(slice().index), 10, 1);
}

TEST_F(SurfaceWindow, the_arrow_keys_move_the_slice) {
  panel().setFocus(Qt::TabFocusReason);
  ASSERT_TRUE(panel().hasFocus());
  QTest::keyClick(&panel(), Qt::Key_Right);
  EXPECT_EQ(slice().index, 16);
  QTest::keyClick(&panel(), Qt::Key_PageDown);
  EXPECT_EQ(slice().index, 6);
  QTest::keyClick(&panel(), Qt::Key_End);
  EXPECT_EQ(slice().index, columns - 1);
  EXPECT_EQ(taken<ControlEvent>().size(), 3U);
}

TEST_F(SurfaceWindow, the_pointer_reads_the_value_below_it) {
  const auto place = on_screen(view().grid().place(5, 3, hill(1)[3 * columns + 5]));
  const QImage before = picture();
  QTest::mouseMove(&panel(), place);
  settle();
  EXPECT_EQ(panel().cursor().shape(), Qt::CrossCursor);
  EXPECT_GT(differing(before, picture()), 500) << "a ring and the tooltip";
  QTest::mouseMove(&panel(), {3, panel().height() - 3});
  settle();
  EXPECT_EQ(panel().cursor().shape(), Qt::ArrowCursor);
  QTest::mouseMove(&panel(), on_screen(slice().handle(projection())));
  EXPECT_EQ(panel().cursor().shape(), Qt::OpenHandCursor);
}

TEST_F(SurfaceWindow, a_double_click_brings_the_point_to_the_middle) {
  const auto place = view().grid().place(5, 3, hill(1)[3 * columns + 5]);
  QTest::mouseDClick(&panel(), Qt::LeftButton, {}, on_screen(place));
  settle();
  EXPECT_LT(glm::distance(camera().center, place), 1.5F);
}

TEST_F(SurfaceWindow, moving_pictures_become_fine_when_they_rest) {
  Q_EMIT
  panel().moved();
  settle();
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel().is_fine(); }, 60000));
  const QImage fine = picture();
  panel().refresh();
  EXPECT_TRUE(panel().is_fine()) << "what is shown already is not drawn again";
  model().move_slice("cut", 1.0, 0);
  panel().refresh();
  EXPECT_TRUE(panel().is_fine()) << "a slice lies over the picture";
  model().move_slice("cut", 0.5, 0);
  camera().orbit({0.2F, 0});
  panel().refresh();
  if (panel().is_fine()) GTEST_SKIP() << "this graphics driver draws every picture finely";
  EXPECT_GT(differing(fine, picture()), 10);
}

TEST_F(SurfaceWindow, what_cannot_be_drawn_is_said_in_the_panel) {
  give({FieldReplace{"h",
                     scenes::floats({1, 2, 3}, {1, 3}),
                     Coords{{"y", scenes::doubles({0})}, {"x", scenes::doubles({0, 1, 2})}},
                     {}}});
  EXPECT_EQ(view().message(), "Field 'h' is 3 × 1; a surface needs at least 2 × 2 samples.");
  const auto problems = taken<ViewProblem>();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].message, testing::HasSubstr("2 × 2"));
  picture();
  give({FieldReplace{
      "h",
      scenes::floats(hill(1), {rows, columns}),
      Coords{{"y", scenes::doubles(scenes::steps(rows, 1))}, {"x", scenes::doubles(scenes::steps(columns, 1))}},
      {}}});
  EXPECT_TRUE(view().has_surface());
}

TEST_F(SurfaceWindow, the_more_menu_offers_axes_heights_and_colours) {
  QStringList names;
  for (auto* menu : dock("p")->findChildren<QMenu*>()) {
    Q_EMIT
    menu->aboutToShow();
    names << menu->title();
    for (auto* action : menu->actions()) names << action->text();
  }
  for (const char* name : {"Axes", "Heights", "Colour map", "Colour limits", "Background", "Camera", "Save picture…",
                           "Twice as high", "On the edges, with a grid"})
    EXPECT_TRUE(names.contains(QLatin1String(name)) || names.contains(QString::fromUtf8(name))) << name;
  for (auto* menu : dock("p")->findChildren<QMenu*>())
    for (auto* action : menu->actions())
      if (action->text() == "Twice as high") action->trigger();
  settle();
  EXPECT_EQ(view().stretch(), 2);
}

}  // namespace
}  // namespace cnv::desktop
