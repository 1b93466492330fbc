#include "cnv/draw/heat_map_picture.hpp"

#include <gtest/gtest.h>

namespace cnv {
namespace {

HeatMapRequest request(std::size_t rows, double width = 500, double height = 300) {
  HeatMapRequest out{.width = width, .height = height, .x = {.range = {0, 100}, .label = "t", .unit = "ms", .major_spacing = {}, .minor_spacing = {}, .previous_step = {}}, .y_label = "cell", .y_unit = "", .rows = {}, .bar = ColorBar{.title = "v (mV)", .scale = {-80, 40, 0}, .ticks = {}}};
  for (std::size_t i = 0; i < rows; ++i) out.rows.push_back("cell " + std::to_string(i));
  return out;
}

TEST(HeatMapPicture, EachRowHasItsLabelInItsMiddle) {
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

TEST(HeatMapPicture, LabelsOfManyRowsDoNotCollide) {
  const auto picture = layout_heat_map(request(500), EstimatedMetrics{});
  ASSERT_GT(picture.row_labels.size(), 5U);
  for (std::size_t i = 1; i < picture.row_labels.size(); ++i) EXPECT_GE(picture.row_labels[i].baseline - picture.row_labels[i - 1].baseline, 13);
}

TEST(HeatMapPicture, ManyRowsOfNumbersHaveRoundTicksInThePlacesOfTheirRows) {
  auto given = request(101);
  for (int i = 0; i <= 100; ++i) given.row_numbers.push_back(2.0 * (100 - i));  // 200 … 0 from the top
  const auto picture = layout_heat_map(given, EstimatedMetrics{});
  ASSERT_EQ(picture.row_labels.size(), 5U);
  EXPECT_EQ(picture.row_labels.front().text, "0");
  EXPECT_EQ(picture.row_labels[3].text, "150");
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(picture.row_at(picture.row_ticks[i].y0), 100 - 25 * static_cast<int>(i));
}

TEST(HeatMapPicture, LongLabelsAreCutAndLeaveRoomForCells) {
  auto given = request(2);
  given.rows[0] = std::string(200, 'w');
  const auto picture = layout_heat_map(given, EstimatedMetrics{});
  EXPECT_TRUE(picture.row_labels[0].text.ends_with("\u2026"));
  EXPECT_GT(picture.frame.plot.width, 120);
}

TEST(HeatMapPicture, TheColourBarStandsBesideTheCellsWithinThePicture) {
  const auto picture = layout_heat_map(request(4), EstimatedMetrics{});
  ASSERT_TRUE(picture.bar);
  EXPECT_GT(picture.bar->x, picture.frame.plot.right());
  EXPECT_DOUBLE_EQ(picture.bar->height, picture.frame.plot.height);
  ASSERT_GE(picture.bar_ticks.size(), 3U);
  for (const auto& text : picture.bar_texts) EXPECT_LE(text.x + EstimatedMetrics{}.text_width(text.text, text.size_px, text.weight), 500);
  EXPECT_FALSE(layout_heat_map(request(4, 150, 100), EstimatedMetrics{}).bar) << "no room";
}

}  // namespace
}  // namespace cnv
