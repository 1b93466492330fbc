// What each kind of update paints and uploads, in a window with a view of every kind; caps; panels with several views.
#include <gmock/gmock.h>

#include <QLabel>
#include <QMainWindow>
#include <QTest>
#include <set>

#include "cnv/desktop/error_strip.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/surface_panel.hpp"
#include "cnv/desktop/view_tiles.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::int64_t side = 8;

// A cell, two plots, a surface with a slice and its plot, a state graph. `cap`: of every view.
Scene scene_of_all_kinds(double cap = 0) {
  Scene scene = scenes::cell_scene();
  Field other = scenes::history_field({"e0", "e1"}, 10);
  other.id = "currents";
  scene.fields.set("currents", other);
  scene.fields.set(
      "ground", Field{"ground",
                      scenes::floats(std::vector<float>(side * side, 1.0F), {side, side}),
                      {"y", "x"},
                      {{"y", scenes::doubles(scenes::steps(side, 1))}, {"x", scenes::doubles(scenes::steps(side, 1))}},
                      "mV",
                      {}});
  scene.fields.set(
      "states",
      Field{"states", scenes::doubles({0.9, 0.1}), {"state"}, {{"state", scenes::texts({"O", "C"})}}, {}, {}});
  scene.fields.set("rates",
                   Field{"rates", scenes::doubles({0.05}), {"edge"}, {{"edge", scenes::texts({"alpha"})}}, "1/ms", {}});
  scene.controls.set("dur", slider("dur", "Duration", 1, {0, 2}));
  scene.operators.set(
      "cut", GridSliceOperatorSpec{
                 .id = "cut", .field_id = "ground", .axis_state_key = "cut_axis", .position_state_key = "cut_place"});
  scene.views.set("currents",
                  LinePlotViewSpec{.id = "currents", .field_id = "currents", .x_dim = "time", .series_dim = "segment"});
  scene.views.set("ground", SurfaceViewSpec{.id = "ground",
                                            .title = "Ground",
                                            .field_id = "ground",
                                            .color_map = StateBinding{"ground_map"},
                                            .color_limits = std::optional<Limits>(Limits{0, 2}),
                                            .surface_shading = std::string("lit")});
  scene.views.set("profile", LinePlotViewSpec{.id = "profile", .operator_id = "cut"});
  scene.views.set("channel", StateGraphViewSpec{.id = "channel",
                                                .title = "Channel",
                                                .node_field_id = "states",
                                                .edge_field_id = "rates",
                                                .node_positions = {{"C", 0.2, 0.5}, {"O", 0.8, 0.5}},
                                                .edges = {{"C", "O", "alpha"}}});
  scene.layout = {
      .panels = {{.id = "cell-panel", .kind = std::string(panel_kind_view_3d), .view_ids = {"cell"}},
                 {.id = "trace-panel", .kind = std::string(panel_kind_line_plot), .view_ids = {"trace"}},
                 {.id = "currents-panel", .kind = std::string(panel_kind_line_plot), .view_ids = {"currents"}},
                 {.id = "ground-panel",
                  .kind = std::string(panel_kind_view_3d),
                  .view_ids = {"ground"},
                  .operator_ids = {"cut"}},
                 {.id = "profile-panel", .kind = std::string(panel_kind_line_plot), .view_ids = {"profile"}},
                 {.id = "channel-panel", .kind = std::string(panel_kind_state_graph), .view_ids = {"channel"}},
                 {.id = "controls", .kind = std::string(panel_kind_controls), .control_ids = {"amp"}}},
      .panel_grid = {{"cell-panel", "trace-panel", "currents-panel"},
                     {"ground-panel", "profile-panel", "channel-panel", "controls"}}};
  for (auto& [id, view] : scene.views) std::visit([cap](auto& spec) { spec.max_refresh_hz = cap; }, view);
  scene.normalize();
  return scene;
}

struct RedrawTest : WindowFixture {
  static constexpr const char* all[] = {"cell", "trace", "currents", "ground", "profile", "channel"};

  void open_scene(Scene scene = scene_of_all_kinds()) {
    open();
    window->resize(1400, 900);
    give({SceneReady{std::move(scene)},
          StatePatch{
              Dict{{"selected_entity_id", "e1"}, {"ground_map", "viridis"}, {"cut_axis", "x"}, {"cut_place", 0.5}}}});
    settle();
  }
  std::int64_t figure(const std::string& view, const char* name) const {
    const Dict report = window->report();
    const auto* shown = report.find("views")->get_if<Dict>()->find(view);
    const auto* value = shown ? shown->get_if<Dict>()->find(name) : nullptr;
    return value ? value->as_int() : 0;
  }
  std::map<std::string, std::int64_t> paints() const {
    std::map<std::string, std::int64_t> out;
    for (const char* id : all) out[id] = figure(id, "paints");
    return out;
  }
  // Views that the updates paint, each at most once.
  std::set<std::string> painted_by(std::vector<Update> updates) {
    const auto before = paints();
    give(std::move(updates));
    std::set<std::string> out;
    for (const auto& [id, count] : paints()) {
      EXPECT_LE(count - before.at(id), 1) << id;
      if (count > before.at(id)) out.insert(id);
    }
    return out;
  }
  std::set<std::string> painted_by(Update update) { return painted_by(std::vector<Update>{std::move(update)}); }
  Scene shown() const { return window->model().store().snapshot(); }
};

FieldReplace values_of(const char* field, std::vector<float> values, Shape shape = {}) {
  return {field, scenes::floats(values, std::move(shape)), std::nullopt, {}};
}
FieldAppend append_to(const char* field, std::int64_t rows, double x) {
  FieldAppend append = scenes::append_columns(rows, 2, x, 1, -50);
  append.field_id = field;
  return append;
}
ScenePatch view_patch(const char* view, Dict updates) { return {.view_updates = {{view, std::move(updates)}}}; }

TEST_F(RedrawTest, new_samples_paint_the_plots_of_their_field_only) {
  open_scene();
  EXPECT_THAT(painted_by(append_to("history", 3, 100)), ElementsAre("trace"));
  EXPECT_THAT(painted_by(append_to("currents", 2, 100)), ElementsAre("currents"));
  EXPECT_THAT(painted_by({append_to("currents", 2, 102), append_to("currents", 2, 104), append_to("currents", 2, 106)}),
              ElementsAre("currents"))
      << "once for all of a batch";
}

TEST_F(RedrawTest, what_nobody_sees_is_painted_when_it_is_seen_again) {
  open_scene();
  dock("trace-panel")->hide();
  settle();
  EXPECT_THAT(painted_by({append_to("history", 3, 100), values_of("display", {1, 2, 3, 4})}), ElementsAre("cell"))
      << "a closed panel";
  auto before = figure("trace", "paints");
  dock("trace-panel")->show();
  settle();
  EXPECT_EQ(figure("trace", "paints"), before + 1);

  auto* board = dock("currents-panel")->parentWidget();
  while (!qobject_cast<QMainWindow*>(board)) board = board->parentWidget();
  qobject_cast<QMainWindow*>(board)->tabifyDockWidget(dock("currents-panel"), dock("trace-panel"));
  dock("trace-panel")->raise();
  settle();
  EXPECT_THAT(painted_by({append_to("history", 3, 102), append_to("currents", 2, 102)}), ElementsAre("trace"))
      << "the other is behind it";
  before = figure("currents", "paints");
  dock("currents-panel")->raise();
  settle();
  EXPECT_EQ(figure("currents", "paints"), before + 1);

  window->showMinimized();
  settle();
  EXPECT_THAT(painted_by({append_to("currents", 2, 104), values_of("display", {2, 3, 4, 5})}), IsEmpty());
  const auto minimised = paints();
  window->showNormal();
  settle();
  EXPECT_EQ(figure("currents", "paints"), minimised.at("currents") + 1);
  EXPECT_EQ(figure("cell", "paints"), minimised.at("cell") + 1);
}

TEST_F(RedrawTest, the_first_picture_does_not_wait_for_a_window_that_is_seen) {
  window = std::make_unique<ViewerWindow>(*ThemeManager::instance(),
                                          [this](const ViewerMessage& message) { sent.push_back(message); });
  window->receive(Welcome{.title = "App", .program = "app.py", .theme = "light"});
  give({SceneReady{scene_of_all_kinds()}});
  settle();
  EXPECT_EQ(messages<FirstFrame>().size(), 1u) << "the model waits for it";
}

TEST_F(RedrawTest, new_values_paint_the_views_that_use_them) {
  open_scene();
  EXPECT_THAT(painted_by(values_of("display", {1, 2, 3, 4})), ElementsAre("cell"));
  EXPECT_THAT(painted_by(values_of("ground", std::vector<float>(side * side, 0.5F), {side, side})),
              UnorderedElementsAre("ground", "profile"))
      << "the slice's plot shows the same field";
  EXPECT_THAT(painted_by(values_of("states", {0.2F, 0.8F})), ElementsAre("channel"));
  EXPECT_THAT(painted_by(values_of("rates", {0.01F})), ElementsAre("channel"));
}

TEST_F(RedrawTest, state_paints_what_is_bound_to_it) {
  open_scene();
  EXPECT_THAT(painted_by(StatePatch{Dict{{"selected_entity_id", "e2"}}}), UnorderedElementsAre("cell", "trace"));
  EXPECT_THAT(painted_by(StatePatch{Dict{{"ground_map", "magma"}}}), ElementsAre("ground"));
  EXPECT_THAT(painted_by(StatePatch{Dict{{"cut_place", 0.25}}}), UnorderedElementsAre("ground", "profile"));
  EXPECT_THAT(painted_by(StatePatch{Dict{{"amp", 1.5}}}), IsEmpty()) << "a control's key moves its widget";
  EXPECT_THAT(painted_by(StatePatch{Dict{{"nothing_is_bound_to_this", 1}}}), IsEmpty());
  EXPECT_THAT(painted_by(StatePatch{Dict{{"ground_map", "magma"}}}), IsEmpty()) << "the same value again";
}

TEST_F(RedrawTest, patches_of_the_scene_paint_the_views_that_they_name) {
  open_scene();
  EXPECT_THAT(painted_by(view_patch("cell", Dict{{"color_map", "viridis"}})), ElementsAre("cell"));
  EXPECT_THAT(painted_by(view_patch("currents", Dict{{"y_label", "i"}})), ElementsAre("currents"));
  EXPECT_THAT(painted_by(view_patch("ground", Dict{{"render_axes", true}})), ElementsAre("ground"));
  EXPECT_THAT(painted_by(view_patch("channel", Dict{{"node_size", 30.0}})), ElementsAre("channel"));
  EXPECT_THAT(painted_by(view_patch("cell", Dict{{"title", "Neuron"}})), IsEmpty())
      << "the title stands in the panel's bar";
  EXPECT_THAT(painted_by(ScenePatch{.operator_updates = {{"cut", Dict{{"width", 5.0}}}}}), ElementsAre("ground"));
  EXPECT_THAT(painted_by(ScenePatch{.control_updates = {{"amp", Dict{{"label", "Amplitude"}}}}}), IsEmpty());
  EXPECT_THAT(painted_by(ScenePatch{.metadata_updates = Dict{{"note", "x"}}}), IsEmpty());
}

TEST_F(RedrawTest, messages_paint_nothing) {
  open_scene();
  EXPECT_THAT(painted_by(Status{"working", {}}), IsEmpty());
  EXPECT_EQ(part<StatusLine>()->message(), "working");
  EXPECT_THAT(painted_by(ErrorReport{"did not work"}), IsEmpty());
}

TEST_F(RedrawTest, panel_patches_leave_the_other_panels_alone) {
  open_scene();
  EXPECT_THAT(painted_by(PanelPatch{.panel_id = "trace-panel", .title = "At the soma"}), IsEmpty());
  EXPECT_EQ(dock("trace-panel")->windowTitle(), "At the soma");
  EXPECT_THAT(painted_by(PanelPatch{.panel_id = "trace-panel", .title = ""}), IsEmpty());
  EXPECT_NE(dock("trace-panel")->windowTitle(), "At the soma") << "cleared: the view names the panel again";
  EXPECT_THAT(painted_by(PanelPatch{.panel_id = "nowhere", .title = "x"}), IsEmpty());
  EXPECT_THAT(painted_by(PanelPatch{.panel_id = "controls", .control_ids = std::vector<std::string>{"amp", "dur"}}),
              IsEmpty());
  give({PanelPatch{.panel_id = "controls", .control_ids = std::vector<std::string>{}}});
  EXPECT_FALSE(dock("controls")->isVisible()) << "cleared, so that there is nothing to show; the others take its room";
  give({PanelPatch{.panel_id = "controls", .control_ids = std::vector<std::string>{"amp"}}});
  EXPECT_TRUE(dock("controls")->isVisible());
}

TEST_F(RedrawTest, a_layout_that_moves_nothing_paints_nothing) {
  open_scene();
  const LayoutSpec present = shown().layout;
  EXPECT_THAT(painted_by(LayoutReplace{.panels = present.panels, .panel_grid = present.panel_grid}), IsEmpty());
}

TEST_F(RedrawTest, a_new_scene_is_painted_once_whatever_the_caps) {
  open_scene(scene_of_all_kinds(1e-3));
  const auto before = paints();
  for (const auto& [id, count] : before) EXPECT_GE(count, 1) << id;
  const auto painted = painted_by(SceneReady{scene_of_all_kinds(1e-3)});
  EXPECT_EQ(painted.size(), std::size(all));
}

TEST_F(RedrawTest, a_cap_holds_for_every_kind_of_view) {
  open_scene(scene_of_all_kinds(1e-3));  // one picture in a thousand seconds
  const auto before = paints();
  for (int i = 0; i < 10; ++i)
    give({values_of("display", {1, 2, 3, static_cast<float>(i)}), append_to("history", 3, 100 + 2 * i),
          append_to("currents", 2, 100 + 2 * i),
          values_of("ground", std::vector<float>(side * side, 0.1F * static_cast<float>(i)), {side, side}),
          values_of("states", {0.2F, 0.01F * static_cast<float>(i)})});
  EXPECT_EQ(paints(), before);
  EXPECT_EQ(shown().fields.find("currents")->values.shape().at(1), 30) << "the data are there all the same";
  window->paint_everything();
  for (const auto& [id, count] : paints()) EXPECT_EQ(count, before.at(id) + 1) << id;
}

TEST_F(RedrawTest, without_a_cap_every_batch_is_painted) {
  open_scene(scene_of_all_kinds(-1));
  const auto before = figure("channel", "paints");
  for (int i = 1; i <= 10; ++i) give({values_of("states", {0.2F, 0.01F * static_cast<float>(i)})});
  EXPECT_EQ(figure("channel", "paints"), before + 10);
}

TEST_F(RedrawTest, new_values_upload_values_only) {
  open_scene();
  const auto cell_first = figure("cell", "uploaded_bytes");
  give({values_of("display", {1, 2, 3, 4})});
  const auto cell = figure("cell", "uploaded_bytes");
  EXPECT_GE(cell, 4 * 4) << "one float per entity";
  EXPECT_LE(cell, 2 * 4 * 4) << "and the means of the tree's nodes";
  EXPECT_GT(cell_first, 2 * 4 * 4) << "the first picture had the geometry too";
  give({values_of("ground", std::vector<float>(side * side, 0.5F), {side, side})});
  EXPECT_GE(figure("ground", "uploaded_bytes"), 4 * side * side) << "one float per point";
  EXPECT_LE(figure("ground", "uploaded_bytes"), 2 * 4 * side * side) << "no coordinates and no triangles again";
  give({StatePatch{Dict{{"ground_map", "magma"}}}});
  EXPECT_LE(figure("ground", "uploaded_bytes"), 4 * 1024) << "a colour map";
}

// ---- several views in one panel ----------------------------------------------------------------------------------

TEST_F(RedrawTest, the_first_picture_is_told_once_also_of_a_scene_without_views) {
  open();
  give({});
  EXPECT_TRUE(taken<FirstFrame>().empty()) << "there is no scene yet";
  give({SceneReady{Scene{}}});
  give({StatePatch{Dict{{"a", 1}}}});
  EXPECT_EQ(taken<FirstFrame>().size(), 1u);
}

TEST_F(RedrawTest, a_view_of_a_high_rate_is_not_held_up_by_one_of_a_low_rate) {
  constexpr double slow_hz = 0.001, fast_hz = 0.5;
  Scene scene = scene_of_all_kinds(slow_hz);
  scene.replace_view("currents", {{"max_refresh_hz", fast_hz}});
  open_scene(std::move(scene));
  const auto nothing_is_near = [&] { return window->paints_in_s().value_or(1e9) > 10 / fast_hz; };
  ASSERT_TRUE(QTest::qWaitFor(nothing_is_near, 10'000)) << "what the size of the window asked for is painted";
  give({values_of("display", {5, 6, 7, 8})});
  ASSERT_TRUE(window->paints_in_s());
  EXPECT_GT(*window->paints_in_s(), 10 / fast_hz) << "only the cell waits";
  const auto before = figure("currents", "paints");
  Field more = scenes::history_field({"e0", "e1"}, 3);
  give({FieldReplace{"currents", more.values, more.coords, {}}});
  if (figure("currents", "paints") == before) {
    ASSERT_TRUE(window->paints_in_s());
    EXPECT_LE(*window->paints_in_s(), 1 / fast_hz + 0.01);
  }
}

struct TilesTest : RedrawTest {
  // The cell twice in one panel: by its voltage and, with other colours, by another field.
  void open_tiles() {
    Scene scene = scene_of_all_kinds();
    Field calcium = scenes::display_field({"e0", "e1", "e2", "e3"}, {0.1F, 0.2F, 0.3F, 0.4F}, "mM");
    calcium.id = "calcium";
    scene.fields.set("calcium", calcium);
    scene.views.set("calcium", MorphologyViewSpec{.id = "calcium",
                                                  .title = "Calcium",
                                                  .color_field_id = "calcium",
                                                  .color_map = "viridis",
                                                  .color_limits = std::optional<Limits>(Limits{0, 1}),
                                                  .max_refresh_hz = 0.0});
    scene.layout.panels.front().view_ids = {"cell", "calcium"};
    scene.normalize();
    open_scene(std::move(scene));
  }
  ViewTiles* tiles() const { return qobject_cast<ViewTiles*>(dock("cell-panel")->content()); }
};

TEST_F(TilesTest, both_are_shown_with_their_names) {
  open_tiles();
  ASSERT_NE(tiles(), nullptr);
  ASSERT_EQ(tiles()->views().size(), 2u);
  const auto* left = tiles()->views()[0];
  const auto* right = tiles()->views()[1];
  EXPECT_TRUE(left->isVisible() && right->isVisible());
  EXPECT_NEAR(left->width(), right->width(), 3);
  EXPECT_GT(right->mapTo(window.get(), QPoint()).x(), left->mapTo(window.get(), QPoint()).x());
  EXPECT_EQ(dock("cell-panel")->windowTitle(), QString::fromUtf8("Cell · Calcium"));
  EXPECT_GE(figure("cell", "paints"), 1);
  EXPECT_GE(figure("calcium", "paints"), 1);
  EXPECT_EQ(figure("calcium", "visible_pieces"), figure("cell", "visible_pieces"));
}

TEST_F(TilesTest, each_is_painted_for_its_own_field_and_both_for_the_shared_camera) {
  open_tiles();
  const auto count = [&] { return std::pair(figure("cell", "paints"), figure("calcium", "paints")); };
  auto before = count();
  give({values_of("calcium", {0.4F, 0.3F, 0.2F, 0.1F})});
  EXPECT_EQ(count(), std::pair(before.first, before.second + 1));
  before = count();
  auto* right = tiles()->views()[1];
  auto& model = window->model();
  const glm::vec2 size(right->width(), right->height());
  const float azimuth = model.camera("cell-panel", size).azimuth_deg;
  QTest::mousePress(right, Qt::LeftButton, {}, {60, 60});
  QTest::mouseMove(right, {120, 70});
  QTest::mouseRelease(right, Qt::LeftButton, {}, {120, 70});
  settle();
  EXPECT_NE(model.camera("cell-panel", size).azimuth_deg, azimuth);
  EXPECT_GT(count().first, before.first) << "the left one turns with it";
  EXPECT_EQ(count().first - before.first, count().second - before.second);
}

TEST_F(TilesTest, a_patch_takes_one_away_and_brings_it_back_with_the_same_camera) {
  open_tiles();
  auto& model = window->model();
  const auto azimuth = [&] { return model.camera("cell-panel", {300, 300}).azimuth_deg; };
  auto* left = tiles()->views()[0];
  QTest::mousePress(left, Qt::LeftButton, {}, {60, 60});
  QTest::mouseMove(left, {120, 70});
  QTest::mouseRelease(left, Qt::LeftButton, {}, {120, 70});
  settle();
  const float turned = azimuth();
  give({PanelPatch{.panel_id = "cell-panel", .view_ids = std::vector<std::string>{"calcium"}}});
  EXPECT_EQ(tiles(), nullptr);
  auto* alone = qobject_cast<MorphologyPanel*>(dock("cell-panel")->content());
  ASSERT_NE(alone, nullptr);
  EXPECT_EQ(alone->view_id(), "calcium");
  EXPECT_EQ(azimuth(), turned);
  give({PanelPatch{.panel_id = "cell-panel", .view_ids = std::vector<std::string>{"calcium", "cell"}}});
  ASSERT_NE(tiles(), nullptr);
  EXPECT_EQ(tiles()->views()[0]->view_id(), "calcium");
  EXPECT_EQ(azimuth(), turned);
  EXPECT_EQ(window->model().state().find("selected_entity_id")->as_string(), "e1");
}

TEST_F(TilesTest, tiles_of_several_sizes_fit_the_model_into_the_smallest) {
  open_tiles();
  window->resize(2400, 900);
  settle();
  tiles()->setSizes({500, 260});
  settle();
  auto* left = tiles()->views()[0];
  auto* right = tiles()->views()[1];
  ASSERT_GT(left->width(), right->width() + 100);
  const Camera camera = left->present_camera();
  EXPECT_EQ(right->present_camera(), camera);
  EXPECT_EQ(left->present_camera(), camera) << "a look at one tile does not turn the other";
  auto& model = window->model();
  EXPECT_EQ(model.camera("cell-panel", {static_cast<float>(right->width()), static_cast<float>(right->height())}),
            camera);
}

TEST_F(TilesTest, each_tile_says_how_much_it_shows) {
  open_tiles();
  QStringList captions;
  for (const auto* label : tiles()->findChildren<QLabel*>()) captions << label->text();
  EXPECT_THAT(captions, testing::Contains(QStringLiteral("Calcium   4 segments")));
  EXPECT_EQ(dock("cell-panel")->detail(), QString());
}

TEST_F(TilesTest, several_panels_of_three_dimensions_have_cameras_of_their_own) {
  open_tiles();
  give({LayoutReplace{.panels = {{.id = "a", .kind = std::string(panel_kind_view_3d), .view_ids = {"cell"}},
                                 {.id = "b", .kind = std::string(panel_kind_view_3d), .view_ids = {"calcium"}},
                                 {.id = "c", .kind = std::string(panel_kind_view_3d), .view_ids = {"ground"}}},
                      .panel_grid = {{"a", "b", "c"}}}});
  settle();
  auto& model = window->model();
  const auto azimuth = [&](const char* panel) { return model.camera(panel, {300, 300}).azimuth_deg; };
  const float b = azimuth("b"), c = azimuth("c");
  auto* first = qobject_cast<MorphologyPanel*>(dock("a")->content());
  ASSERT_NE(first, nullptr);
  const float a = azimuth("a");
  const auto before = figure("calcium", "paints");
  QTest::mousePress(first, Qt::LeftButton, {}, {60, 60});
  QTest::mouseMove(first, {120, 70});
  QTest::mouseRelease(first, Qt::LeftButton, {}, {120, 70});
  settle();
  EXPECT_NE(azimuth("a"), a);
  EXPECT_EQ(azimuth("b"), b);
  EXPECT_EQ(azimuth("c"), c);
  EXPECT_EQ(figure("calcium", "paints"), before);
  EXPECT_NE(qobject_cast<SurfacePanel*>(dock("c")->content()), nullptr);
}

}  // namespace
}  // namespace cnv::desktop
