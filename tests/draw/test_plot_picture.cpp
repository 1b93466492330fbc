#include "cnv/draw/plot_picture.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cnv {
namespace {

PlotRequest request(double width, double height, int series) {
  PlotRequest r;
  r.width = width;
  r.height = height;
  r.x = {{73.45, 123.45}, "t", "ms"};
  r.y = {{-80, 50}, "v", "mV"};
  for (int i = 0; i < series; ++i) {
    PlotSeries s;
    s.label = "dend[" + std::to_string(i * 111) + "](0.5)";
    s.value = "−65.00";
    s.unit = "mV";
    s.cursor_y = -65;
    r.series.push_back(s);
  }
  return r;
}

PlotRect bounds_of(const PlotText& text, const FontMetrics& metrics) {
  const double width = metrics.text_width(text.text, text.size_px, text.weight);
  const double x = text.align == TextAlign::left    ? text.x
                   : text.align == TextAlign::right ? text.x - width
                                                    : text.x - width / 2;
  // Digits and labels rise about three quarters of the size.
  return {x, text.baseline - 0.75 * text.size_px, width, 0.75 * text.size_px};
}

std::vector<PlotText> all_texts(const PlotPicture& picture) {
  auto texts = picture.texts;
  for (const auto& item : picture.legend) {
    for (const auto& text : {item.label, item.value, item.unit}) texts.push_back(text);
  }
  if (picture.legend_rest) texts.push_back(*picture.legend_rest);
  if (picture.cursor) texts.push_back(picture.cursor->label);
  return texts;
}

const PlotText* find(const PlotPicture& picture, const std::string& text) {
  for (const auto& t : picture.texts) {
    if (t.text == text) return &t;
  }
  return nullptr;
}

TEST(PlotPicture, nothing_is_clipped_at_any_size) {
  const EstimatedMetrics metrics;
  for (double width = 10; width < 900; width += 37) {
    for (double height = 10; height < 700; height += 41) {
      for (const int series : {0, 1, 3, 20}) {
        auto r = request(width, height, series);
        r.cursor = PlotCursor{75, "75.00 ms"};
        const auto picture = layout_plot(r, metrics);
        ASSERT_GE(picture.plot.width, 0);
        ASSERT_GE(picture.plot.height, 0);
        if (width < 100 || height < 80) continue;
        for (const auto& text : all_texts(picture)) {
          if (text.text.empty()) continue;
          const PlotRect box = bounds_of(text, metrics);
          EXPECT_GE(box.x, 0) << text.text << " " << width << "x" << height;
          EXPECT_LE(box.right(), width) << text.text << " " << width << "x" << height;
          EXPECT_GE(box.y, 0) << text.text << " " << width << "x" << height;
          EXPECT_LE(text.baseline, height) << text.text << " " << width << "x" << height;
        }
        EXPECT_LE(picture.plot.right(), width);
        EXPECT_LE(picture.plot.bottom(), height);
      }
    }
  }
}

TEST(PlotPicture, quantities_stand_once_above_the_y_axis_and_below_the_right_end) {
  const EstimatedMetrics metrics;
  const auto picture = layout_plot(request(400, 300, 3), metrics);
  const PlotText* v = find(picture, "v (mV)");
  const PlotText* t = find(picture, "t (ms)");
  ASSERT_TRUE(v && t);
  EXPECT_LT(v->baseline, picture.plot.y);
  EXPECT_LT(v->x, picture.plot.x + 1);
  EXPECT_EQ(t->align, TextAlign::right);
  EXPECT_EQ(t->x, picture.plot.right());
  EXPECT_GT(t->baseline, picture.plot.bottom() + 20);
  for (const auto& text : picture.texts) {
    if (&text != v && &text != t) {
      EXPECT_EQ(text.text.find("m"), std::string::npos) << text.text;
    }
  }
}

TEST(PlotPicture, ticks_grid_and_labels_agree) {
  const EstimatedMetrics metrics;
  const auto picture = layout_plot(request(400, 300, 0), metrics);
  ASSERT_EQ(picture.x_ticks.size(), 5U);
  EXPECT_EQ(picture.x_step, 10);
  for (const auto& tick : picture.x_ticks) EXPECT_NEAR(tick.position, picture.px(tick.value), 0.51);
  ASSERT_GE(picture.y_ticks.size(), 4U);
  for (const auto& tick : picture.y_ticks) EXPECT_NEAR(tick.position, picture.py(tick.value), 0.51);
  // The tick at −80 lies on the axis itself.
  EXPECT_EQ(picture.grid.size(), picture.x_ticks.size() + picture.y_ticks.size() - 1);
  EXPECT_EQ(picture.axes.size(), 2U);
  EXPECT_EQ(picture.plot.x, std::floor(picture.plot.x));
  EXPECT_NEAR(picture.x_at(picture.px(100)), 100, 1e-9);
  EXPECT_NEAR(picture.y_at(picture.py(-12)), -12, 1e-9);
}

TEST(PlotPicture, legend_rows_are_the_height_of_a_row_and_values_stand_under_each_other) {
  const EstimatedMetrics metrics;
  auto r = request(400, 400, 3);
  r.series[1].bold = true;
  r.series[2].label = std::string(200, 'x');
  const auto picture = layout_plot(r, metrics);
  ASSERT_EQ(picture.legend.size(), 3U);
  EXPECT_EQ(picture.legend[1].area.y - picture.legend[0].area.y, 22);
  EXPECT_EQ(picture.legend[0].value.x, picture.legend[2].value.x);
  EXPECT_EQ(picture.legend[1].label.weight, 600);
  EXPECT_TRUE(picture.legend[2].label.text.ends_with("…"));
  EXPECT_LE(picture.legend[2].area.y + 22, picture.plot.y);
  EXPECT_EQ(picture.legend_at(50, picture.legend[1].area.y + 5), 1);
  EXPECT_EQ(picture.legend_at(50, picture.plot.y + 20), -1);
}

TEST(PlotPicture, names_that_differ_at_their_ends_lose_what_they_have_in_common_and_not_the_difference) {
  const EstimatedMetrics metrics;
  auto r = request(240, 400, 3);
  const std::vector<std::string> ends = {"dend[3](0.5)", "dend[4](0.5)", "soma(0.5)"};
  const std::string common = "PyramidalCellOfLayerFive[17].";
  const auto labels = [&](const PlotPicture& picture) {
    std::vector<std::string> out;
    for (const auto& item : picture.legend) out.push_back(item.label.text);
    return out;
  };
  for (std::size_t i = 0; i < 3; ++i) r.series[i].label = common + ends[i];
  EXPECT_THAT(labels(layout_plot(r, metrics)), testing::ElementsAre("…" + ends[0], "…" + ends[1], "…" + ends[2]));
  r.width = 900;
  EXPECT_EQ(labels(layout_plot(r, metrics))[0], common + ends[0]) << "there is room";
  r.width = 240;
  r.series[1].label = "another, and as long as the others are, cell";
  EXPECT_TRUE(labels(layout_plot(r, metrics))[0].starts_with("Pyra")) << "nothing in common";
}

TEST(PlotPicture, many_series_take_columns_and_the_rest_is_counted) {
  const EstimatedMetrics metrics;
  const auto wide = layout_plot(request(900, 300, 12), metrics);
  EXPECT_EQ(wide.legend.size(), 12U);
  EXPECT_GT(wide.legend.back().area.x, wide.legend.front().area.x);
  EXPECT_GT(wide.plot.height, 110);
  const auto narrow = layout_plot(request(220, 300, 40), metrics);
  ASSERT_TRUE(narrow.legend_rest);
  EXPECT_EQ(narrow.legend_rest->text, "+ " + std::to_string(40 - narrow.legend.size()) + " more");
  EXPECT_GT(narrow.plot.height, 80);
}

TEST(PlotPicture, the_cursor_shows_its_time_and_a_ring_on_each_visible_trace) {
  const EstimatedMetrics metrics;
  auto r = request(400, 300, 4);
  r.cursor = PlotCursor{107.1, "107.10 ms"};
  r.series[1].visible = false;
  r.series[2].cursor_y = std::nullopt;
  r.series[3].cursor_y = 400;  // outside the range
  const auto picture = layout_plot(r, metrics);
  ASSERT_TRUE(picture.cursor);
  ASSERT_EQ(picture.cursor->rings.size(), 1U);
  EXPECT_EQ(picture.cursor->rings[0].series, 0U);
  EXPECT_NEAR(picture.cursor->rings[0].x, picture.px(107.1), 1e-9);
  EXPECT_NEAR(picture.cursor->rings[0].y, picture.py(-65), 1e-9);
  EXPECT_LE(picture.cursor->box.bottom(), picture.plot.y);
  r.cursor->x = 500;
  EXPECT_FALSE(layout_plot(r, metrics).cursor);
}

TEST(PlotPicture, plots_above_each_other_can_share_their_left_edge) {
  const EstimatedMetrics metrics;
  auto r = request(400, 300, 0);
  r.least_margins.left = 90;
  EXPECT_EQ(layout_plot(r, metrics).plot.x, 90);
}

TEST(PlotPicture, unusable_ranges_have_no_ticks) {
  const EstimatedMetrics metrics;
  auto r = request(400, 300, 1);
  r.x.range = {5, 5};
  r.y.range = {0, NAN};
  const auto picture = layout_plot(r, metrics);
  EXPECT_TRUE(picture.x_ticks.empty());
  EXPECT_TRUE(picture.y_ticks.empty());
  EXPECT_TRUE(picture.grid.empty());
}

PlotRequest request_with_ends(double width, double height, int series, double apart) {
  auto r = request(width, height, series);
  for (int i = 0; i < series; ++i) {
    r.series[static_cast<std::size_t>(i)].end_label = true;
    r.series[static_cast<std::size_t>(i)].end_y = -60 + apart * i;
  }
  return r;
}

TEST(PlotPicture, names_at_the_ends_stand_beside_their_traces_without_touching) {
  const EstimatedMetrics metrics;
  for (const double apart : {0.0, 1.0, 25.0}) {
    const auto picture = layout_plot(request_with_ends(500, 300, 5, apart), metrics);
    ASSERT_EQ(picture.end_labels.size(), 5U) << apart;
    std::vector<double> rows;
    for (const auto& end : picture.end_labels) {
      EXPECT_NEAR(end.lead.y0, picture.py(*picture.series[end.series].end_y), 1e-9);
      EXPECT_GE(end.label.x, picture.plot.right());
      EXPECT_LE(bounds_of(end.label, metrics).right(), 500);
      EXPECT_LE(end.label.baseline, 300);
      rows.push_back(end.label.baseline);
    }
    for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_GE(rows[i] - rows[i - 1], 11) << apart;
  }
}

TEST(PlotPicture, names_at_the_ends_need_room_and_visible_series) {
  const EstimatedMetrics metrics;
  EXPECT_TRUE(layout_plot(request_with_ends(240, 300, 3, 10), metrics).end_labels.empty());
  auto r = request_with_ends(500, 300, 3, 10);
  r.series[0].visible = false;
  r.series[1].end_y = 400;  // outside the range
  EXPECT_EQ(layout_plot(r, metrics).end_labels.size(), 1U);
  // Room follows from the names, not from the data: nothing moves while samples come.
  const double width = layout_plot(r, metrics).plot.width;
  r.series[2].end_y.reset();
  EXPECT_EQ(layout_plot(r, metrics).plot.width, width);
}

TEST(PlotPicture, a_long_legend_scrolls_to_its_end_and_no_further) {
  const EstimatedMetrics metrics;
  auto r = request(220, 300, 40);
  const auto start = layout_plot(r, metrics);
  r.legend_first = 7;
  const auto moved = layout_plot(r, metrics);
  EXPECT_EQ(moved.legend.front().series, 7U);
  EXPECT_EQ(moved.legend.size(), start.legend.size());
  EXPECT_EQ(moved.plot.y, start.plot.y);
  r.legend_first = 1000;
  const auto end = layout_plot(r, metrics);
  EXPECT_EQ(end.legend.back().series, 39U);
  EXPECT_EQ(end.legend_first, 40 - end.legend.size());
  EXPECT_EQ(end.legend_area.height, 22.0 * static_cast<double>(end.legend.size() + 1));
  r.width = 900;
  r.height = 900;
  EXPECT_EQ(layout_plot(r, metrics).legend_first, 0U) << "all have room";
}

TEST(PlotPicture, a_narrow_legend_gives_up_units_before_names) {
  const EstimatedMetrics metrics;
  auto r = request(400, 400, 3);
  EXPECT_EQ(layout_plot(r, metrics).legend[0].unit.text, "mV");
  r.width = 210;
  const auto narrow = layout_plot(r, metrics);
  ASSERT_EQ(narrow.legend.size(), 3U);
  EXPECT_EQ(narrow.legend[2].unit.text, "");
  EXPECT_EQ(narrow.legend[2].value.text, "−65.00");
  EXPECT_EQ(narrow.legend[2].value.x, 210 - 12);
}

}  // namespace
}  // namespace cnv
