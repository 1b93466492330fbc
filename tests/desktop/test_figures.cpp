// What counts as a picture, of one view and of all together, and when a batch's delay ends.
#include "cnv/desktop/figures.hpp"

#include "cnv/desktop/flat_panel.hpp"
#include "desktop/window_fixture.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

const std::vector<std::string> both{"cell", "trace"};

TEST(Figures, a_delay_ends_when_the_last_view_that_shows_something_of_the_batch_is_on_the_screen) {
  Figures figures;
  figures.applied(1.0, 10.000, both);
  figures.drawn("trace");
  figures.shown(10.002);
  EXPECT_EQ(figures.whole().pictures(), 0u);
  figures.drawn("cell");
  figures.shown(10.030);
  EXPECT_EQ(figures.whole().pictures(), 1u);
  EXPECT_NEAR(figures.whole().last_delay_s(), 0.030, 1e-9);
  EXPECT_NEAR(figures.of("trace").last_delay_s(), 0.002, 1e-9);
  EXPECT_NEAR(figures.of("cell").last_delay_s(), 0.030, 1e-9);
}

TEST(Figures, a_picture_that_was_made_and_not_shown_does_not_end_a_delay) {
  Figures figures;
  figures.applied(1.0, 10.0, {"cell"});
  figures.drawn("cell");
  EXPECT_EQ(figures.whole().pictures(), 0u);
  figures.shown(10.5);
  EXPECT_NEAR(figures.whole().last_delay_s(), 0.5, 1e-9);
}

TEST(Figures, a_slow_view_holds_back_the_batches_that_it_has_not_shown_and_then_shows_the_newest) {
  Figures figures;
  for (int i = 0; i < 5; ++i) {
    figures.applied(i, 10.0 + 0.016 * i, both);
    figures.drawn("trace");
    figures.shown(10.0 + 0.016 * i + 0.001);
  }
  EXPECT_EQ(figures.of("trace").pictures(), 5u);
  EXPECT_EQ(figures.whole().pictures(), 0u);
  figures.drawn("cell");
  figures.shown(10.070);
  EXPECT_EQ(figures.whole().pictures(), 1u) << "the others were never seen in the cell";
  EXPECT_NEAR(figures.whole().last_delay_s(), 0.070 - 0.064, 1e-9);
}

TEST(Figures, of_two_batches_at_once_the_one_that_all_views_show_counts) {
  Figures figures;
  figures.applied(1.0, 10.0, both);
  figures.drawn("trace");
  figures.applied(2.0, 10.1, both);  // the trace has to be drawn again
  figures.drawn("cell");
  figures.shown(10.2);
  EXPECT_EQ(figures.whole().pictures(), 1u);
  EXPECT_NEAR(figures.whole().last_delay_s(), 0.2, 1e-9);
  figures.drawn("trace");
  figures.shown(10.3);
  EXPECT_EQ(figures.whole().pictures(), 2u);
  EXPECT_NEAR(figures.whole().last_delay_s(), 0.2, 1e-9);
}

TEST(Figures, views_that_nobody_sees_and_batches_that_show_nothing_hold_back_nothing) {
  Figures figures;
  figures.applied(1.0, 10.0, both);
  figures.hidden("cell");
  figures.drawn("trace");
  figures.shown(10.1);
  EXPECT_EQ(figures.whole().pictures(), 1u);
  figures.applied(2.0, 10.2, {});
  figures.drawn("trace");
  figures.shown(10.3);
  EXPECT_EQ(figures.whole().pictures(), 1u);
}

TEST(Figures, painting_the_same_again_and_a_reset_are_no_pictures) {
  Figures figures;
  figures.applied(5.0, 10.0, {"trace"});
  figures.drawn("trace");
  figures.shown(10.1);
  figures.drawn("trace");
  figures.shown(10.2);
  EXPECT_EQ(figures.whole().pictures(), 1u);
  figures.applied(0.0, 10.3, {"trace"});
  figures.drawn("trace");
  figures.shown(10.4);
  EXPECT_EQ(figures.whole().pictures(), 1u);
  figures.applied(1.0, 10.5, {"trace"});
  figures.drawn("trace");
  figures.shown(10.6);
  EXPECT_EQ(figures.whole().pictures(), 2u) << "the model runs again";
}

TEST(Figures, without_model_time_each_batch_is_later) {
  Figures figures;
  for (int i = 0; i < 3; ++i) {
    figures.applied(std::nullopt, i, {"trace"});
    figures.drawn("trace");
    figures.shown(i + 0.5);
  }
  EXPECT_EQ(figures.whole().pictures(), 3u);
  EXPECT_DOUBLE_EQ(figures.whole().per_s(), 1.0);
}

struct WindowFigures : WindowFixture {
  std::int64_t pictures(const char* view = nullptr) const {
    const Dict report = window->report();
    return (view ? *report.find("views")->get_if<Dict>()->find(view)->get_if<Dict>() : report)
        .find("pictures")
        ->as_int();
  }
};

// Counts pictures when a panel is painted on the screen.
struct PaintWatch : QObject {
  const WindowFigures& test;
  std::int64_t at_paint = -1;
  explicit PaintWatch(const WindowFigures& of) : test(of) {}
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint) at_paint = test.pictures();
    return false;
  }
};

TEST_F(WindowFigures, a_picture_counts_after_its_widgets_have_been_painted) {
  open();
  Scene scene = scenes::cell_scene();
  for (auto& [id, view] : scene.views) std::visit([](auto& spec) { spec.max_refresh_hz = 0; }, view);
  give({SceneReady{scene}});
  const auto before = pictures();
  PaintWatch watch(*this);
  for (auto* panel : window->findChildren<FlatPanel*>()) panel->installEventFilter(&watch);
  give({FieldReplace{.field_id = "display", .values = scenes::floats({-10, -20, -30, -40})},
        scenes::append_columns(3, 1, 10, 1, -50)});
  EXPECT_EQ(watch.at_paint, before);
  EXPECT_EQ(pictures(), before + 1);
  EXPECT_GE(pictures("trace"), 1);
}

}  // namespace
}  // namespace cnv::desktop
