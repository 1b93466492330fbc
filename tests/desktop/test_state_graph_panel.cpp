#include "cnv/desktop/state_graph_panel.hpp"

#include <gmock/gmock.h>

#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <cmath>

#include "cnv/desktop/state_graph_painter.hpp"
#include "cnv/desktop/theme.hpp"
#include "desktop/window_fixture.hpp"

namespace cnv::desktop {
namespace {

using testing::HasSubstr;

Array numbers(const std::vector<double>& values) { return Array::copy_of(values); }
Array names(const std::vector<std::string>& values) { return Array::strings(values); }

Scene channel() {
  Scene scene;
  scene.fields.set("states", Field{"states", numbers({0.25, 0.75}), {"state"}, {{"state", names({"C", "O"})}}, {}, {}});
  scene.fields.set("rates",
                   Field{"rates", numbers({2, 8}), {"edge"}, {{"edge", names({"alpha", "beta"})}}, "1/ms", {}});
  scene.fields.set("v", Field{"v", numbers({0}), {"time"}, {{"time", numbers({0})}}, "mV", {}});
  scene.views.set("channel", StateGraphViewSpec{.id = "channel",
                                                .title = "Channel",
                                                .node_field_id = "states",
                                                .edge_field_id = "rates",
                                                .node_positions = {{"C", 0, 0.5}, {"O", 1, 0.5}},
                                                .edges = {{"C", "O", "alpha"}, {"O", "C", "beta"}},
                                                .edge_color_limits = {0, 10},
                                                .max_refresh_hz = 0.0});
  scene.views.set("v", LinePlotViewSpec{.id = "v", .field_id = "v"});
  scene.normalize();
  return scene;
}

struct StateGraph : WindowFixture {
  StateGraphPanel* panel = nullptr;
  void SetUp() override {
    open();
    give({SceneReady{channel()}});
    panel = part<StateGraphPanel>();
    ASSERT_NE(panel, nullptr);
  }
  const StateGraphPicture& picture() { return window->model().state_graph("channel")->picture(); }
  QPoint middle_of(std::size_t node) {
    const auto& box = picture().nodes[node].box;
    return {static_cast<int>(box.x + box.width / 2), static_cast<int>(box.y + box.height / 2)};
  }
  std::uint64_t paints(const char* view) {
    return static_cast<std::uint64_t>(
        window->report().find("views")->get_if<Dict>()->find(view)->get_if<Dict>()->find("paints")->as_int());
  }
  QColor pixel(QPoint at) { return panel->grab().toImage().pixelColor(at * panel->devicePixelRatioF()); }
};

TEST_F(StateGraph, shows_its_title_its_states_and_follows_its_fields) {
  EXPECT_EQ(panel->accessibleName(), "State graph");
  EXPECT_EQ(picture().nodes[1].value.text, "0.750");
  const QPoint disc(static_cast<int>(picture().nodes[1].disc_x), static_cast<int>(picture().nodes[1].disc_y));
  const QColor before = pixel(disc);
  give({FieldReplace{"states", numbers({1, 0}), {}, {}}});
  EXPECT_EQ(picture().nodes[1].value.text, "0.000");
  EXPECT_NE(pixel(disc), before);
}

TEST_F(StateGraph, open_states_are_outlined_in_the_accent) {
  const auto edge_of = [&](std::size_t node) {
    const auto& box = picture().nodes[node].box;
    return pixel({static_cast<int>(box.x), static_cast<int>(box.y + box.height / 2)});
  };
  EXPECT_NE(edge_of(1), to_qcolor(light_tokens.accent));
  give({ScenePatch{.view_updates = {{"channel", Dict{{"open_states", List{"O"}}}}}}});
  EXPECT_EQ(edge_of(1), to_qcolor(light_tokens.accent));
  EXPECT_NE(edge_of(0), to_qcolor(light_tokens.accent));
}

TEST_F(StateGraph, is_painted_only_when_its_own_fields_change) {
  const auto before = paints("channel");
  give({FieldReplace{"v", numbers({1}), {}, {}}, StatePatch{{{"key", 1.0}}}});
  EXPECT_EQ(paints("channel"), before);
  give({FieldReplace{"rates", numbers({1, 1}), {}, {}}});
  EXPECT_EQ(paints("channel"), before + 1);
}

TEST_F(StateGraph, the_pointer_reads_states_and_edges_and_leaves_nothing_behind) {
  QTest::mouseMove(panel, {3, 3});
  QTest::mouseMove(panel, middle_of(1));
  ASSERT_TRUE(picture().tip);
  EXPECT_EQ(picture().tip->label.text, "O   0.750");
  EXPECT_EQ(panel->accessibleDescription(), "O   0.750");
  const auto& line = picture().edges[0].line;
  QTest::mouseMove(panel, {static_cast<int>(line[8].x), static_cast<int>(line[8].y)});
  ASSERT_TRUE(picture().tip);
  EXPECT_THAT(picture().tip->label.text, HasSubstr("C → O   alpha   2.00"));
  QEvent leave(QEvent::Leave);
  QApplication::sendEvent(panel, &leave);
  EXPECT_FALSE(picture().tip);
}

TEST_F(StateGraph, drag_pans_wheel_zooms_and_a_double_click_shows_all) {
  const QPoint start = middle_of(0);
  QTest::mousePress(panel, Qt::LeftButton, {}, start);
  QTest::mouseMove(panel, start + QPoint(40, 15));
  QTest::mouseRelease(panel, Qt::LeftButton, {}, start + QPoint(40, 15));
  settle();
  EXPECT_EQ(middle_of(0), start + QPoint(40, 15));
  const QPointF at = middle_of(0);
  QWheelEvent wheel(at, panel->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
  const double apart = picture().nodes[1].box.x - picture().nodes[0].box.x;
  QApplication::sendEvent(panel, &wheel);
  settle();
  EXPECT_NEAR(picture().nodes[1].box.x - picture().nodes[0].box.x, 1.21 * apart, 2);
  EXPECT_NEAR(middle_of(0).x(), at.x(), 2);
  QTest::mouseDClick(panel, Qt::LeftButton, {}, {5, 5});
  settle();
  EXPECT_EQ(middle_of(0), start);
}

TEST_F(StateGraph, follows_the_theme) {
  const QColor light = pixel({3, 3});
  ThemeManager::instance()->choose(ThemeChoice::dark);
  settle();
  EXPECT_LT(pixel({3, 3}).lightness(), 60);
  ThemeManager::instance()->choose(ThemeChoice::light);
  settle();
  EXPECT_EQ(pixel({3, 3}), light);
}

TEST_F(StateGraph, its_picture_is_written_as_vectors_and_pixels_without_the_pointer) {
  QTest::mouseMove(panel, middle_of(1));
  EXPECT_EQ(window->write_plots(folder.path()), "");
  QFile svg(folder.filePath("channel.svg"));
  ASSERT_TRUE(svg.open(QIODevice::ReadOnly));
  const QByteArray text = svg.readAll();
  for (const char* words : {"<title>Channel</title>", ">O</text>", ">0.750</text>", ">8.00</text>", "rates (1/ms)"})
    EXPECT_TRUE(text.contains(words)) << words;
  EXPECT_FALSE(text.contains("O   0.750")) << "the tip of the pointer";
  EXPECT_GT(QFileInfo(folder.filePath("channel.pdf")).size(), 1000);
  const auto* view = window->model().state_graph("channel");
  const FilePicture dark = StateGraphExport(*view, window->model().store(), Theme::dark).picture();
  EXPECT_EQ(write_picture_file(dark, folder.filePath("dark.png"), {}), "");
  const QImage image(folder.filePath("dark.png"));
  EXPECT_EQ(image.width(), std::lround(panel->width() * 300 / 96.0));
  EXPECT_LT(image.pixelColor(5, 5).lightness(), 60);
  EXPECT_TRUE(write_picture_file(dark, folder.filePath("dark.gif"), {}).contains(".png, .svg or .pdf"));
}

TEST_F(StateGraph, the_report_holds_its_states) {
  const Dict report = window->report();
  const auto* shown = report.find("views")->get_if<Dict>()->find("channel")->get_if<Dict>();
  EXPECT_EQ(*shown->find("kind"), Value("state_graph"));
  EXPECT_EQ(*shown->find("states")->get_if<Dict>()->find("C"), Value("0.250"));
}

}  // namespace
}  // namespace cnv::desktop
