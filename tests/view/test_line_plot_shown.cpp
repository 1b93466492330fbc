// What of its data a LinePlotView shows where: trimming, series in a long legend, names at ends, typed ranges, other
// looks.
#include "cnv/view/line_plot_view.hpp"

#include <gmock/gmock.h>

#include "view/plot_fixture.hpp"

namespace cnv {
namespace {

using scenes::Plot;
using testing::HasSubstr;

TEST(LinePlotShown, trimming_leaves_nothing_before_the_window_even_when_all_is_shown) {
  Plot plot;
  plot.spec.rolling_window = 3;
  plot.spec.trim_to_rolling_window = true;
  EXPECT_EQ(plot.paint().x_range, (AxisRange{6, 9}));
  plot.view.show_all();
  EXPECT_EQ(plot.paint().x_range, (AxisRange{5, 9}));  // with the one sample from which the line enters
  plot.spec.trim_to_rolling_window = false;
  plot.paint();
  plot.view.show_all();
  EXPECT_EQ(plot.paint().x_range, (AxisRange{0, 9}));
}

TEST(LinePlotShown, vector_lines_end_at_the_border_of_the_plot) {
  Plot plot;
  const auto p = plot.paint();
  plot.view.zoom_to_box(p.px(2.5), p.py(150), p.px(6.5), p.py(3));
  plot.paint();
  const auto picture = plot.view.vector_picture();
  std::size_t points = 0;
  for (const auto& series : picture.series)
    for (const auto& line : series.lines)
      for (const auto& point : line) {
        ++points;
        EXPECT_GE(point.x, picture.plot.x - 1e-9);
        EXPECT_LE(point.x, picture.plot.right() + 1e-9);
        EXPECT_GE(point.y, picture.plot.y - 1e-9);
        EXPECT_LE(point.y, picture.plot.bottom() + 1e-9);
      }
  EXPECT_GT(points, 8U);
  ASSERT_EQ(picture.series[1].lines.size(), 1U);
  EXPECT_NEAR(picture.series[1].lines[0].front().x, picture.plot.x, 1e-6);
  EXPECT_NEAR(picture.series[1].lines[0].front().y, picture.py(102.5), 1e-3);
  EXPECT_TRUE(picture.series[2].lines.empty()) << "200 and more are out of view";
}

struct ManySeries : Plot {
  explicit ManySeries(int count) : Plot({.id = "p", .field_id = "history", .x_dim = "time", .series_dim = "segment"}) {
    Scene scene;
    std::vector<std::string> labels;
    for (int i = 0; i < count; ++i) labels.push_back("d" + std::to_string(i));
    scene.fields.set("history", scenes::history_field(labels, 10));
    scene.views.set("p", spec);
    store = scenes::store_of(scene);
  }
};

TEST(LinePlotShown, series_six_to_ten_are_named_at_their_ends) {
  ManySeries plot(8);
  const auto& p = plot.paint();
  ASSERT_EQ(p.end_labels.size(), 3U);
  EXPECT_EQ(p.end_labels.back().series, 5U);  // the smallest of the three stands lowest
  EXPECT_NEAR(p.end_labels.back().lead.y0, p.py(509), 1e-6);
  plot.view.toggle_series(5);
  EXPECT_EQ(plot.paint().end_labels.size(), 2U);
  EXPECT_TRUE(ManySeries(5).paint().end_labels.empty());
}

TEST(LinePlotShown, one_series_alone_and_all_again) {
  ManySeries plot(4);
  const auto visible = [&] {
    std::string out;
    for (const auto& s : plot.paint().series) out += s.visible ? s.label : "-";
    return out;
  };
  plot.paint();
  plot.view.show_only(2);
  EXPECT_EQ(visible(), "--d2-");
  plot.view.toggle_series(0);
  EXPECT_EQ(visible(), "d0-d2-");
  plot.view.show_only(0);
  EXPECT_EQ(visible(), "d0---");
  plot.view.show_only(0);
  EXPECT_EQ(visible(), "d0d1d2d3");
}

TEST(LinePlotShown, a_scrolled_legend_stays_within_its_rows) {
  ManySeries plot(90);
  plot.paint();
  plot.view.scroll_legend(3);
  EXPECT_EQ(plot.paint().legend.front().series, 3U);
  plot.view.scroll_legend(-20);
  EXPECT_EQ(plot.paint().legend.front().series, 0U);
  plot.view.scroll_legend(500);
  EXPECT_EQ(plot.paint().legend.back().series, 89U);
  plot.view.scroll_legend(-1);
  EXPECT_EQ(plot.paint().legend.back().series, 88U) << "back at once, not after the part beyond the end";
}

TEST(LinePlotShown, a_new_size_has_ticks_of_its_own) {
  Plot plot;
  plot.update();
  plot.view.layout(200, 120, EstimatedMetrics{});
  const auto after_small = plot.view.layout(600, 400, EstimatedMetrics{});
  const auto& fresh = Plot().paint();
  EXPECT_EQ(after_small.y_step, fresh.y_step);
}

TEST(LinePlotShown, very_small_values_are_read_as_powers) {
  Plot plot;
  plot.apply(FieldReplace{"history", scenes::floats(std::vector<float>(30, 1.5e-9F), {3, 10}), {}, {}});
  EXPECT_EQ(plot.paint().series[0].value, "1.500×10⁻⁹");
}

TEST(LinePlotShown, another_look_shows_the_same_ranges_and_series) {
  Plot plot;
  const auto p = plot.paint();
  plot.view.zoom_to_box(p.px(2), p.py(50), p.px(6), p.py(10));
  plot.view.toggle_series(1);
  const auto shown = plot.paint();
  LinePlotView other;
  other.update(plot.spec, plot.store, {}, Theme::dark);
  other.show_like(plot.view);
  const auto& again = other.layout(600, 400, EstimatedMetrics{});
  EXPECT_EQ(again.x_range, shown.x_range);
  EXPECT_EQ(again.y_range, shown.y_range);
  EXPECT_FALSE(again.series[1].visible);
  EXPECT_EQ(again.series[0].color, rgba8(dark_traces[0]));
  EXPECT_EQ(again.y_step, shown.y_step);
}

// The fixture's trace begins anew with one sample at t = 0 and goes on.
void begin_anew(Plot& plot) {
  const Field first = scenes::history_field({"e0", "e1", "e2"}, 1);
  plot.apply(FieldReplace{"history", first.values, first.coords, {}});
}

TEST(LinePlotShown, after_a_reset_the_new_run_is_seen_and_a_zoom_that_it_comes_to_soon_is_kept) {
  Plot plot;
  plot.paint();
  ASSERT_TRUE(plot.view.show_x({6, 8}));
  plot.paint();
  begin_anew(plot);
  EXPECT_EQ(plot.paint().x_range.low, 0) << "the new run";
  plot.apply(scenes::append_columns(3, 4, 1, 1, 0));
  EXPECT_EQ(plot.paint().x_range.low, 0);
  EXPECT_GE(plot.paint().x_range.high, 4);
  plot.apply(scenes::append_columns(3, 3, 5, 1, 0));
  EXPECT_EQ(plot.paint().x_range, (AxisRange{6, 8})) << "where it was looked at before";
}

TEST(LinePlotShown, the_axis_of_a_plot_that_grows_stands_still_between_steps) {
  for (const int limit : {0, 40, 5000}) {
    Plot plot;
    begin_anew(plot);
    std::set<double> widths;
    for (int i = 1; i <= 400; ++i) {
      FieldAppend one = scenes::append_columns(3, 1, i, 1, 0);
      one.max_length = limit > 0 ? std::optional<std::int64_t>(limit) : std::nullopt;
      plot.apply(one);
      const AxisRange x = plot.paint().x_range;
      EXPECT_LE(x.low, std::max(0, i + 1 - (limit > 0 ? limit : 1000))) << "what is kept is seen";
      EXPECT_GE(x.high, i);
      widths.insert(std::round(x.span() * 1e6) / 1e6);
    }
    EXPECT_LE(widths.size(), 5U) << limit;
    EXPECT_TRUE(std::all_of(widths.begin(), widths.end(), [](double w) { return nice_step(w) == w; })) << limit;
  }
}

TEST(LinePlotShown, a_stretch_that_is_no_longer_kept_says_so) {
  Plot plot;
  plot.paint();
  FieldAppend more = scenes::append_columns(3, 5, 20, 1, 0);
  more.max_length = 20;
  plot.apply(more);
  ASSERT_TRUE(plot.view.show_x({3, 5}));
  plot.paint();
  EXPECT_EQ(plot.view.message(), "");
  more = scenes::append_columns(3, 30, 25, 1, 0);
  more.max_length = 20;
  plot.apply(more);
  plot.paint();
  EXPECT_NE(plot.view.message().find("no longer kept"), std::string::npos);
  plot.view.go_live();
  plot.paint();
  EXPECT_EQ(plot.view.message(), "");
}

TEST(LinePlotShown, a_zoom_far_ahead_of_a_new_run_is_given_up) {
  Plot plot;
  plot.paint();
  plot.apply(scenes::append_columns(3, 1, 7000, 1, 0));
  ASSERT_TRUE(plot.view.show_x({6980, 7040}));
  EXPECT_EQ(plot.paint().x_range, (AxisRange{6980, 7040}));
  begin_anew(plot);
  EXPECT_EQ(plot.paint().x_range.low, 0);
  EXPECT_TRUE(plot.view.following());
}

TEST(LinePlotShown, limits_of_y_do_not_keep_x_from_following) {
  Plot plot;
  plot.spec.rolling_window = 5;
  plot.paint();
  ASSERT_TRUE(plot.view.show_y({0, 60}));
  EXPECT_TRUE(plot.view.following());
  EXPECT_FALSE(plot.view.has_automatic_y());
  plot.apply(scenes::append_columns(3, 3, 10, 1, 0));
  EXPECT_EQ(plot.paint().x_range, (AxisRange{7, 12}));
  EXPECT_EQ(plot.view.picture().y_range, (AxisRange{0, 60}));
  plot.view.use_automatic_y();
  EXPECT_NE(plot.paint().y_range, (AxisRange{0, 60}));
}

TEST(LinePlotShown, a_curve_that_turns_has_air_at_all_its_edges) {
  Scene scene;
  const auto [x, y] = scenes::circle(100);
  scene.fields.set("orbit", Field{"orbit", Array::copy_of(y), {"u"}, {{"u", Array::copy_of(x)}}, {}, {}});
  Plot plot({.id = "p", .field_id = "orbit", .x_dim = "u"});
  scene.views.set("p", plot.spec);
  plot.store = scenes::store_of(scene);
  const auto air = [](const AxisRange& range) { return range.low < -1.02 && range.high > 1.02 && range.span() < 2.6; };
  EXPECT_TRUE(air(plot.paint().x_range));
  EXPECT_TRUE(air(plot.view.picture().y_range));
  plot.view.show_all();
  EXPECT_TRUE(air(plot.paint().x_range));
}

TEST(LinePlotShown, typed_ranges_are_exact_and_within_the_scripts_limits) {
  Plot plot;
  plot.spec.y_min = 0;
  plot.spec.y_max = 150;
  plot.paint();
  EXPECT_TRUE(plot.view.show_x({2.5, 20}));
  EXPECT_TRUE(plot.view.show_y({10, 60}));
  EXPECT_EQ(plot.paint().x_range, (AxisRange{2.5, 20}));
  EXPECT_EQ(plot.view.picture().y_range, (AxisRange{10, 60}));
  EXPECT_FALSE(plot.view.following());
  EXPECT_FALSE(plot.view.show_x({3, 3}));
  EXPECT_FALSE(plot.view.show_x({0, INFINITY}));
  EXPECT_THAT(plot.view.show_y({-10, 60}).error(), HasSubstr("0.00 … 150.00"));
  EXPECT_EQ(plot.paint().x_range, (AxisRange{2.5, 20}));
}

}  // namespace
}  // namespace cnv
