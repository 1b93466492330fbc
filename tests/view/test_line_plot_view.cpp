#include "cnv/view/line_plot_view.hpp"

#include <gmock/gmock.h>

#include "view/plot_fixture.hpp"

namespace cnv {
namespace {

using scenes::Plot;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(LinePlotView, without_a_window_all_data_is_in_view) {
  Plot plot;
  const auto& p = plot.paint();
  EXPECT_EQ(p.x_range, (AxisRange{0, 9}));
  EXPECT_LE(p.y_range.low, 0);
  EXPECT_GE(p.y_range.high, 209);
}

TEST(LinePlotView, a_rolling_window_follows_the_newest_sample_and_y_follows_what_is_visible) {
  Plot plot;
  plot.spec.rolling_window = 4;
  plot.spec.selectors = {{"segment", List{"e0"}}};
  EXPECT_EQ(plot.paint().x_range, (AxisRange{5, 9}));
  EXPECT_GE(plot.view.picture().y_range.low, 4);  // samples 0 … 4 are out of view
  plot.apply(scenes::append_columns(3, 10, 10, 1, 50));
  EXPECT_EQ(plot.paint().x_range, (AxisRange{15, 19}));
  EXPECT_GT(plot.view.picture().y_range.low, 45);
  plot.spec.rolling_window = 100;  // the axis stands still until it is full
  EXPECT_EQ(plot.paint().x_range, (AxisRange{0, 100}));
}

TEST(LinePlotView, fixed_limits_are_exact_and_one_sided_ones_leave_the_other_automatic) {
  Plot plot;
  plot.spec.y_min = -5;
  plot.spec.y_max = 17;
  EXPECT_EQ(plot.paint().y_range, (AxisRange{-5, 17}));
  plot.spec.y_max.reset();
  EXPECT_EQ(plot.paint().y_range.low, -5);
  EXPECT_GE(plot.view.picture().y_range.high, 209);
}

TEST(LinePlotView, a_flat_trace_has_a_sensible_span) {
  Plot plot;
  plot.spec.selectors = {{"segment", List{"e0"}}};
  plot.apply(FieldReplace{"history", scenes::floats(std::vector<float>(30, -64.973675F), {3, 10}), {}, {}});
  EXPECT_GE(plot.paint().y_range.span(), 1.0);
}

TEST(LinePlotView, na_n_is_no_value_for_ranges_and_a_legend_without_value_shows_a_dash) {
  Plot plot;
  auto values = std::vector<float>(30, NAN);
  values[3] = 5;
  plot.apply(FieldReplace{"history", scenes::floats(values, {3, 10}), {}, {}});
  const auto& p = plot.paint();
  EXPECT_LT(p.y_range.span(), 10);
  EXPECT_EQ(p.series[0].value, "–");
}

TEST(LinePlotView, series_without_colours_get_the_palette_and_keep_their_number_in_both_themes) {
  Plot plot;
  for (const Theme theme : {Theme::light, Theme::dark}) {
    plot.theme = theme;
    const auto& p = plot.paint();
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(p.series[i].color, rgba8(trace_look(theme, i).rgb));
  }
}

TEST(LinePlotView, colours_come_from_label_then_palette_then_pen) {
  Plot plot;
  plot.spec.series_colors = {{"e1", List{10, 20, 200}}};
  plot.spec.series_palette = {"#cc0000", StateBinding{"second"}};
  plot.store.set_state("second", "#00aa00");
  const auto colors = [&] {
    std::vector<Rgba8> out;
    for (const auto& s : plot.paint().series) out.push_back(s.color);
    return out;
  };
  EXPECT_THAT(colors(), ElementsAre(Rgba8{0xcc, 0, 0, 255}, Rgba8{10, 20, 200, 255}, Rgba8{0xcc, 0, 0, 255}));
  plot.spec.series_colors = {};
  EXPECT_THAT(colors(), ElementsAre(Rgba8{0xcc, 0, 0, 255}, Rgba8{0, 0xaa, 0, 255}, Rgba8{0xcc, 0, 0, 255}));
  plot.spec.series_palette = {};
  plot.spec.pen = Value("#cc00cc");
  EXPECT_THAT(colors(), testing::Each(Rgba8{0xcc, 0, 0xcc, 255}));
  plot.spec.pen = StateBinding{"no such key"};
  EXPECT_FALSE(plot.paint().series[0].visible);
}

TEST(LinePlotView, a_bad_colour_is_reported_and_replaced) {
  Plot plot;
  plot.spec.pen = Value("nonsense");
  plot.paint();
  ASSERT_FALSE(plot.view.problems().empty());
  EXPECT_THAT(plot.view.problems()[0].message, HasSubstr("pen"));
}

TEST(LinePlotView, dark_pens_stay_readable_in_the_dark) {
  Plot plot(
      {.id = "p", .field_id = "history", .x_dim = "time", .selectors = {{"segment", "e0"}}, .pen = Value("#000044")});
  plot.theme = Theme::dark;
  EXPECT_GE(contrast(plot.paint().series[0].color, rgba8(dark_tokens.panel)), 3.0);
  plot.spec.pen = Value("k");
  EXPECT_EQ(plot.paint().series[0].color, rgba8(dark_traces[0]));
}

TEST(LinePlotView, selected_entities_are_drawn_together_and_keep_their_colours) {
  Plot plot({.id = "p",
             .field_id = "history",
             .x_dim = "time",
             .selectors = {{"segment", StateBinding{"selected_entity_id"}}},
             .pen = Value("#1f3c88")});
  const auto click = [&](const char* id, bool add) {
    for (auto& [key, value] : selection_updates(plot.store, id, add)) plot.store.set_state(key, value);
    return plot.paint().series;
  };
  EXPECT_THAT(plot.paint().series, IsEmpty());
  EXPECT_THAT(plot.view.message(), HasSubstr("Click"));
  auto series = click("e1", false);
  ASSERT_EQ(series.size(), 1U);
  EXPECT_EQ(series[0].label, "s0(0.75)");
  EXPECT_EQ(series[0].color, rgba8(light_traces[0]));
  series = click("e0", true);
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[0].color, rgba8(light_traces[0]));
  EXPECT_EQ(series[1].color, rgba8(light_traces[1]));
  EXPECT_TRUE(series[1].bold);
  EXPECT_FALSE(series[0].bold);
}

TEST(LinePlotView, the_legend_reads_the_newest_sample_or_the_cursor) {
  Plot plot;
  EXPECT_EQ(plot.paint().series[1].value, "109.0");
  plot.view_state.cursor = Cursor{"time", 3.4};
  const auto& p = plot.paint();
  EXPECT_EQ(p.series[1].value, "103.0");
  EXPECT_EQ(p.series[1].cursor_y, 103);
  ASSERT_TRUE(p.cursor.has_value());
  EXPECT_NEAR(p.cursor->line.x0, p.px(3), 0.51);  // on the sample
  plot.view_state.cursor = Cursor{"time", 30};
  EXPECT_EQ(plot.paint().series[1].value, "–");
  plot.view_state.cursor = Cursor{"distance", 3};
  EXPECT_EQ(plot.paint().series[1].value, "109.0");
  plot.view_state.cursor.reset();
  plot.view_state.time_shown = 2;
  EXPECT_EQ(plot.paint().series[1].value, "102.0");
}

TEST(LinePlotView, zoom_and_pan_leave_follow_and_live_returns) {
  Plot plot;
  plot.spec.rolling_window = 5;
  plot.paint();
  const auto& picture = plot.view.picture();
  const double px = picture.plot.x + picture.plot.width / 4, at = picture.x_at(px);
  plot.view.zoom_at(px, picture.plot.y, 2, 1);
  EXPECT_FALSE(plot.view.following());
  const AxisRange zoomed = plot.paint().x_range;
  EXPECT_NEAR(zoomed.span(), 2.5, 1e-9);
  EXPECT_NEAR(plot.view.picture().x_at(px), at, 1e-9);
  plot.apply(scenes::append_columns(3, 20, 10, 1, 0));
  EXPECT_EQ(plot.paint().x_range, zoomed);
  plot.view.pan(picture.plot.width, 0);
  EXPECT_NEAR(plot.paint().x_range.low, zoomed.low - 2.5, 1e-9);
  plot.view.go_live();
  EXPECT_TRUE(plot.view.following());
  EXPECT_TRUE(plot.view.grows());
  EXPECT_EQ(plot.paint().x_range, (AxisRange{24, 29}));
}

TEST(LinePlotView, a_box_shows_exactly_its_ranges_and_show_all_shows_all) {
  Plot plot;
  const auto p = plot.paint();
  plot.view.zoom_to_box(p.px(2), p.py(50), p.px(6), p.py(10));
  const auto& q = plot.paint();
  EXPECT_NEAR(q.x_range.low, 2, 1e-9);
  EXPECT_NEAR(q.x_range.high, 6, 1e-9);
  EXPECT_NEAR(q.y_range.low, 10, 1e-9);
  EXPECT_NEAR(q.y_range.high, 50, 1e-9);
  plot.view.show_all();
  EXPECT_EQ(plot.paint().x_range, (AxisRange{0, 9}));
}

TEST(LinePlotView, fixed_limits_bound_panning) {
  Plot plot;
  plot.spec.y_min = 0;
  plot.spec.y_max = 100;
  const auto p = plot.paint();
  plot.view.zoom_at(p.plot.x, p.py(50), 1, 4);
  EXPECT_NEAR(plot.paint().y_range.span(), 25, 1e-9);
  plot.view.pan(0, 1e6);
  EXPECT_NEAR(plot.paint().y_range.high, 100, 1e-9);
  plot.view.zoom_at(p.plot.x, p.py(50), 1, 1e-3);
  EXPECT_EQ(plot.paint().y_range, (AxisRange{0, 100}));
}

TEST(LinePlotView, a_toggled_series_stays_in_the_legend_and_out_of_the_range) {
  Plot plot;
  plot.paint();
  plot.view.toggle_series(2);
  const auto& p = plot.paint();
  EXPECT_FALSE(p.series[2].visible);
  EXPECT_LT(p.y_range.high, 200);
  plot.view.toggle_series(2);
  EXPECT_TRUE(plot.paint().series[2].visible);
}

TEST(LinePlotView, misuse_gives_a_problem_and_a_quiet_message) {
  Plot plot({.id = "p", .field_id = "history", .x_dim = "time"});
  const auto& p = plot.paint();
  EXPECT_THAT(p.series, IsEmpty());
  ASSERT_EQ(plot.view.problems().size(), 1U);
  EXPECT_THAT(plot.view.problems()[0].message, HasSubstr("'history'"));
  EXPECT_EQ(plot.view.message(), "This plot cannot show its data.");
}

TEST(LinePlotView, new_samples_do_not_look_up_selectors_again) {
  Plot plot;
  plot.paint();
  plot.apply(scenes::append_columns(3, 4, 10, 1, 0));
  plot.paint();
  const auto made = plot.view.selections_made();
  for (int i = 0; i < 20; ++i) {
    plot.apply(scenes::append_columns(3, 4, 14 + 4 * i, 1, 0, 1000));
    plot.paint();
  }
  EXPECT_EQ(plot.view.selections_made(), made);
}

// Rows in which a column of the picture has ink.
std::pair<int, int> inked_rows(const std::vector<std::uint32_t>& pixels, int width, int height, int column) {
  int top = height, bottom = -1;
  for (int y = 0; y < height; ++y)
    if (pixels[static_cast<std::size_t>(y * width + column)] != 0xFFFFFFFF) top = std::min(top, y), bottom = y;
  return {top, bottom};
}

TEST(LinePlotView, strokes_what_the_ranges_say_and_a_spike_of_one_sample_is_visible) {
  Scene scene;
  std::vector<float> values(100000, 0);
  values[77000] = 100;
  for (int i = 30000; i < 40000; ++i) values[static_cast<std::size_t>(i)] = NAN;
  scene.fields.set("f", Field{"f",
                              scenes::floats(values),
                              {"time"},
                              {{"time", scenes::doubles(scenes::steps(values.size(), 0.1))}},
                              {},
                              {}});
  scene.views.set("p", LinePlotViewSpec{.id = "p", .field_id = "f"});
  auto store = scenes::store_of(scene);
  LinePlotView view;
  view.update({.id = "p", .field_id = "f", .y_min = -10, .y_max = 110}, store, {}, Theme::light);
  const auto& p = view.layout(640, 300, EstimatedMetrics{});
  for (const double scale : {1.0, 1.5, 2.0}) {
    const int width = static_cast<int>(p.plot.width * scale), height = static_cast<int>(p.plot.height * scale);
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width * height), 0xFFFFFFFF);
    PixelBuffer buffer{pixels.data(), width, height, width};
    view.stroke(buffer, scale);
    const auto column = [&](double sample) { return static_cast<int>(sample / 99999 * width); };
    const auto row = [&](double y) { return (1 - (y + 10) / 120) * height; };
    const auto spike = inked_rows(pixels, width, height, column(77000));
    EXPECT_NEAR(spike.first, row(100), 2 * scale);
    EXPECT_NEAR(spike.second, row(0), 2 * scale);
    EXPECT_EQ(inked_rows(pixels, width, height, column(35000)).second, -1);  // the gap
    const auto flat = inked_rows(pixels, width, height, column(10000));
    EXPECT_NEAR(flat.first, row(0), 2 * scale);
    EXPECT_NEAR(flat.second, row(0), 2 * scale);
  }
  const auto lines = view.vector_picture().series[0].lines;
  EXPECT_EQ(lines.size(), 2U);
  double top = p.height;
  for (const auto& line : lines)
    for (const auto& point : line) top = std::min(top, point.y);
  EXPECT_NEAR(top, p.py(100), 1e-6);
}

TEST(LinePlotView, without_a_legend_the_cursor_carries_the_value) {
  Plot plot({.id = "p",
             .field_id = "history",
             .x_dim = "time",
             .selectors = {{"segment", "e1"}},
             .x_unit = "ms",
             .y_unit = "mV"});
  plot.view_state.cursor = Cursor{"time", 4};
  const auto& p = plot.paint();
  EXPECT_THAT(p.legend, IsEmpty());
  ASSERT_TRUE(p.cursor.has_value());
  EXPECT_THAT(p.cursor->label.text, testing::AllOf(HasSubstr("ms"), HasSubstr("104"), HasSubstr("mV")));
}

}  // namespace
}  // namespace cnv
