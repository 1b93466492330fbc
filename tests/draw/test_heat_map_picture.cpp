#include "cnv/draw/heat_map_picture.hpp"

#include <gtest/gtest.h>

namespace cnv {
namespace {

HeatMapRequest request(std::size_t rows, double width = 500, double height = 300) {
  HeatMapRequest out{.width = width,
                     .height = height,
                     .x = {.range = {0, 100},
                           .label = "t",
                           .unit = "ms",
                           .major_spacing = {},
                           .minor_spacing = {},
                           .previous_step = {}},
                     .y_label = "cell",
                     .y_unit = "",
                     .rows = {},
                     .bar = ColorBar{.title = "v (mV)", .scale = {-80, 40, 0}, .ticks = {}}};
  for (std::size_t i = 0; i < rows; ++i) out.rows.push_back("cell " + std::to_string(i));
  return out;
}

TEST(HeatMapPicture, each_row_has_its_label_in_its_middle) {
  const auto picture = layout_heat_map(request(4), EstimatedMetrics{});
  ASSERT_EQ(picture.row_labels.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(picture.row_labels[i].text, "cell " + std::to_string(i));
    EXPECT_EQ(picture.row_at(picture.row_labels[i].baseline - 4), static_cast<int>(i));
    EXPECT_LT(picture.row_labels[i].x, picture.frame.plot.x);
  }
  EXPECT_EQ(picture.row_at(picture.frame.plot.y - 1), -1);
  EXPECT_EQ(picture.row_at(picture.frame.plot.bottom()), -1);
}

// In a column of a journal a long title would push the cells into a third of the picture.
TEST(HeatMapPicture, a_long_title_of_the_bar_takes_no_room_from_narrow_cells) {
  const EstimatedMetrics metrics;
  auto wide = request(4, 700), narrow = request(4, 330), plain = request(4, 330);
  wide.bar->title = narrow.bar->title = "segment history (mV)";
  const auto title = [](const HeatMapPicture& picture) { return picture.bar_texts.back(); };
  const auto beside = layout_heat_map(wide, metrics);
  EXPECT_EQ(title(beside).align, TextAlign::left);
  EXPECT_EQ(title(beside).x, beside.bar->x);
  const auto above = layout_heat_map(narrow, metrics), usual = layout_heat_map(plain, metrics);
  EXPECT_EQ(title(above).text, "segment history (mV)");
  EXPECT_EQ(title(above).align, TextAlign::right);
  EXPECT_LT(title(above).x, 330);
  EXPECT_GT(above.frame.plot.width, 165);
  EXPECT_LE(above.frame.plot.width, usual.frame.plot.width);
  EXPECT_GE(above.frame.plot.width, usual.frame.plot.width - metrics.text_width("v (mV)", 11, 500));
  // It ends where the name of the rows would begin.
  narrow.bar->title = "membrane potential of all the segments of the cell (mV)";
  const auto cut = layout_heat_map(narrow, metrics);
  EXPECT_TRUE(title(cut).text.ends_with("…"));
  EXPECT_GT(title(cut).x - metrics.text_width(title(cut).text, 11, 500),
            cut.frame.plot.x + metrics.text_width("cell", 11, 400));
}

TEST(HeatMapPicture, labels_of_many_rows_do_not_collide) {
  const auto picture = layout_heat_map(request(500), EstimatedMetrics{});
  ASSERT_GT(picture.row_labels.size(), 5U);
  for (std::size_t i = 1; i < picture.row_labels.size(); ++i)
    EXPECT_GE(picture.row_labels[i].baseline - picture.row_labels[i - 1].baseline, 13);
}

TEST(HeatMapPicture, many_rows_of_numbers_have_round_ticks_in_the_places_of_their_rows) {
  auto given = request(101);
  for (int i = 0; i <= 100; ++i) given.row_numbers.push_back(2.0 * (100 - i));  // 200 … 0 from the top
  const auto picture = layout_heat_map(given, EstimatedMetrics{});
  ASSERT_EQ(picture.row_labels.size(), 5U);
  EXPECT_EQ(picture.row_labels.front().text, "0");
  EXPECT_EQ(picture.row_labels[3].text, "150");
  for (std::size_t i = 0; i < 5; ++i)
    EXPECT_EQ(picture.row_at(picture.row_ticks[i].y0), 100 - 25 * static_cast<int>(i));
}

TEST(HeatMapPicture, parts_of_rows_are_in_view_and_their_cells_reach_beyond_the_plot) {
  auto given = request(10);
  given.shown_rows = {2.5, 6.5};
  const auto picture = layout_heat_map(given, EstimatedMetrics{});
  const auto& plot = picture.frame.plot;
  EXPECT_EQ(picture.first_row(), 2);
  EXPECT_EQ(picture.end_row(), 7);
  EXPECT_DOUBLE_EQ(picture.cells_area.height, 1.25 * plot.height);
  EXPECT_DOUBLE_EQ(picture.cells_area.y, plot.y - plot.height / 8);
  EXPECT_EQ(picture.row_at(plot.y + 1), 2);
  EXPECT_EQ(picture.row_at(plot.bottom() - 1), 6);
  ASSERT_EQ(picture.row_labels.size(), 5U);
  EXPECT_EQ(picture.row_labels[0].text, "cell 2");
  for (const auto& label : picture.row_labels) EXPECT_GE(label.baseline, plot.y);
}

TEST(HeatMapPicture, round_ticks_are_those_of_the_rows_in_view) {
  auto given = request(101);
  for (int i = 0; i <= 100; ++i) given.row_numbers.push_back(2.0 * (100 - i));
  given.shown_rows = {0, 51};
  const auto picture = layout_heat_map(given, EstimatedMetrics{});
  ASSERT_GT(picture.row_labels.size(), 3U);
  EXPECT_EQ(picture.row_labels.front().text, "100");
  EXPECT_EQ(picture.row_labels.back().text, "200");
}

TEST(HeatMapPicture, the_cursor_has_its_line_and_a_ring_on_its_row) {
  auto given = request(4);
  given.cursor = PlotCursor{25, "25 ms"};
  EXPECT_FALSE(layout_heat_map(given, EstimatedMetrics{}).ring);
  given.cursor_row = 2;
  const auto picture = layout_heat_map(given, EstimatedMetrics{});
  ASSERT_TRUE(picture.frame.cursor && picture.ring);
  EXPECT_EQ(picture.frame.cursor->label.text, "25 ms");
  EXPECT_DOUBLE_EQ(picture.ring->x, picture.frame.px(25));
  EXPECT_DOUBLE_EQ(picture.ring->y, picture.row_y(2.5));
  given.shown_rows = {0, 2};
  EXPECT_FALSE(layout_heat_map(given, EstimatedMetrics{}).ring) << "its row is out of view";
}

TEST(HeatMapPicture, long_labels_are_cut_and_leave_room_for_cells) {
  auto given = request(2);
  given.rows[0] = std::string(200, 'w');
  const auto picture = layout_heat_map(given, EstimatedMetrics{});
  EXPECT_TRUE(picture.row_labels[0].text.ends_with("\u2026"));
  EXPECT_GT(picture.frame.plot.width, 120);
}

TEST(HeatMapPicture, the_colour_bar_stands_beside_the_cells_within_the_picture) {
  const auto picture = layout_heat_map(request(4), EstimatedMetrics{});
  ASSERT_TRUE(picture.bar);
  EXPECT_GT(picture.bar->x, picture.frame.plot.right());
  EXPECT_DOUBLE_EQ(picture.bar->height, picture.frame.plot.height);
  ASSERT_GE(picture.bar_ticks.size(), 3U);
  for (const auto& text : picture.bar_texts)
    EXPECT_LE(text.x + EstimatedMetrics{}.text_width(text.text, text.size_px, text.weight), 500);
  EXPECT_FALSE(layout_heat_map(request(4, 150, 100), EstimatedMetrics{}).bar) << "no room";
}

}  // namespace
}  // namespace cnv
