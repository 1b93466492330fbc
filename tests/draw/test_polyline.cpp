#include "cnv/draw/polyline.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cnv {
namespace {

struct Data {
  SampleAxis axis;
  Pyramid y;
  void add(double x, double value) {
    axis.append(&x, 1);
    y.append(&value, 1);
  }
};

TEST(Polyline, keeps_few_samples_and_the_neighbours_outside_the_view) {
  Data data;
  for (int i = 0; i < 10; ++i) data.add(i, i * i);
  const auto lines = reduce_series(data.axis, data.y, 2.5, 5.5, 100);
  ASSERT_EQ(lines.size(), 1U);
  ASSERT_EQ(lines[0].size(), 5U);
  EXPECT_EQ(lines[0].front().x, 2);
  EXPECT_EQ(lines[0].back().x, 6);
  EXPECT_EQ(lines[0][1].y, 9);
}

TEST(Polyline, breaks_at_gaps) {
  Data data;
  for (int i = 0; i < 10; ++i) data.add(i, i == 4 || i == 5 ? NAN : 1);
  const auto lines = reduce_series(data.axis, data.y, 0, 9, 100);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].size(), 4U);
  EXPECT_EQ(lines[1].size(), 4U);
}

TEST(Polyline, breaks_at_gaps_in_dense_data_too) {
  Data data;
  for (int i = 0; i < 100'000; ++i) data.add(i, i > 40'000 && i < 60'000 ? NAN : std::sin(i));
  const auto lines = reduce_series(data.axis, data.y, 0, 100'000, 200);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_LE(lines[0].back().x, 40'000);
  EXPECT_GE(lines[1].front().x, 60'000);
}

TEST(Polyline, reduces_dense_data_to_four_points_per_column_and_keeps_a_spike) {
  Data data;
  for (int i = 0; i < 200'000; ++i) data.add(i * 0.025, i == 77'777 ? 50 : -65 + 0.1 * std::sin(i));
  const auto lines = reduce_series(data.axis, data.y, 0, 5000, 300);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_LE(lines[0].size(), 300U * 4 + 2);
  double last_x = -1, highest = -100;
  for (const auto& point : lines[0]) {
    EXPECT_GE(point.x, last_x);
    last_x = point.x;
    highest = std::max(highest, point.y);
  }
  EXPECT_EQ(highest, 50);
}

TEST(Polyline, of_nothing_is_empty) {
  Data data;
  EXPECT_TRUE(reduce_series(data.axis, data.y, 0, 1, 100).empty());
  data.add(0, 1);
  EXPECT_TRUE(reduce_series(data.axis, data.y, 1, 0, 100).empty());
  EXPECT_EQ(reduce_series(data.axis, data.y, 0, 1, 100).size(), 1U);
}

using Lines = std::vector<std::vector<PlotPoint>>;

std::vector<std::vector<std::pair<double, double>>> pairs(const Lines& lines) {
  std::vector<std::vector<std::pair<double, double>>> out;
  for (const auto& line : lines) {
    out.emplace_back();
    for (const auto& p : line) out.back().emplace_back(p.x, p.y);
  }
  return out;
}

TEST(ClippedLines, are_cut_exactly_at_the_border) {
  const Lines zigzag = {{{-2, 5}, {2, 5}, {2, 20}, {6, 20}, {6, 4}, {14, 4}}};
  const auto parts = pairs(clipped_lines(zigzag, 0, 0, 10, 10));
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0], (std::vector<std::pair<double, double>>{{0, 5}, {2, 5}, {2, 10}}));
  EXPECT_EQ(parts[1], (std::vector<std::pair<double, double>>{{6, 10}, {6, 4}, {10, 4}}));
}

TEST(ClippedLines, what_is_inside_stays_and_what_is_outside_goes) {
  const Lines lines = {{{1, 1}, {2, 3}, {4, 2}}, {{5, 5}}, {{50, 5}}, {{-5, -5}, {-1, 30}}, {{20, 0}, {30, 9}}};
  const auto parts = pairs(clipped_lines(lines, 0, 0, 10, 10));
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].size(), 3U);
  EXPECT_EQ(parts[1].size(), 1U);
}

TEST(UnbrokenLines, keep_every_sample_and_break_at_gaps) {
  Data data;
  for (const auto& [x, y] : std::vector<std::pair<double, double>>{{0, 1}, {1, 2}, {0.5, NAN}, {0.2, 4}, {0.1, 5}})
    data.add(x, y);
  EXPECT_EQ(pairs(unbroken_lines(data.axis, data.y)),
            (std::vector<std::vector<std::pair<double, double>>>{{{0, 1}, {1, 2}}, {{0.2, 4}, {0.1, 5}}}));
}

}  // namespace
}  // namespace cnv
