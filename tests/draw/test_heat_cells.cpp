#include "cnv/draw/heat_cells.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace cnv {
namespace {

constexpr Rgba8 gap{1, 2, 3, 255}, ground{4, 5, 6, 255};

// Rows of samples, a column of pixels for each of so many of them.
struct Cells : testing::Test {
  HeatCells cells;
  ColumnGrid grid;
  std::vector<Pyramid> rows;
  std::vector<Rgba8> picture;
  HeatInks inks{color_map("grayscale").table, {-100, 155, 0}, gap, ground};  // one entry of the table for each unit
  int lines = 0;

  void add_row(const std::vector<double>& samples) {
    rows.emplace_back(Pyramid::Precision::f64);
    rows.back().append(samples.data(), samples.size());
    ++lines;
  }
  void draw(SampleNumber per_column) {
    const auto columns = static_cast<int>((rows.front().end() + per_column - 1) / per_column);
    grid.fix({0, static_cast<double>(columns)}, columns);
    std::vector<SampleSpan> spans;
    for (int i = 0; i < columns; ++i)
      spans.push_back({static_cast<SampleNumber>(i) * per_column,
                       std::min(static_cast<SampleNumber>(i + 1) * per_column, rows.front().end())});
    draw(spans);
  }
  void draw(const std::vector<SampleSpan>& spans) {
    cells.update(
        {1, 0, static_cast<int>(rows.size()), lines}, grid, spans,
        [this](int i) -> const Pyramid& { return rows[static_cast<std::size_t>(i)]; }, inks, picture);
  }
  Rgba8 cell(int line, int column) const { return picture[static_cast<std::size_t>(line * grid.columns() + column)]; }
  Rgba8 of(double value) const {
    return inks.table[static_cast<std::size_t>(inks.scale.entry(static_cast<float>(value)))];
  }
};

TEST_F(Cells, a_spike_and_a_dip_of_one_sample_both_show) {
  std::vector<double> samples(210, -65);
  samples[43] = 38;
  samples[46] = -72;  // what follows the spike
  samples[97] = -90;  // inhibition
  add_row(samples);
  draw(10);
  EXPECT_EQ(cell(0, 4), of(38));
  EXPECT_EQ(cell(0, 9), of(-90));
  EXPECT_EQ(cell(0, 5), of(-65));
}

TEST_F(Cells, what_has_no_value_and_what_has_no_sample_differ) {
  add_row({1, 2, NAN, NAN, 5, NAN});
  grid.fix({0, 4}, 4);
  draw(std::vector<SampleSpan>{{0, 2}, {2, 4}, {4, 6}, {6, 6}});
  EXPECT_EQ(cell(0, 0), of(1)) << "farther from 5, the median of 1.5 and 5";
  EXPECT_EQ(cell(0, 1), gap);
  EXPECT_EQ(cell(0, 2), of(5));
  EXPECT_EQ(cell(0, 3), ground);
}

TEST_F(Cells, a_line_of_several_rows_shows_the_one_that_departs_farthest) {
  std::vector<double> quiet(40, -65), spike(40, 20), silent(40, NAN);
  quiet[8] = -70;
  spike[8] = 60;
  add_row(quiet);
  add_row(spike);
  add_row(silent);
  lines = 1;
  draw(4);
  EXPECT_EQ(cell(0, 2), of(60));
  EXPECT_EQ(cell(0, 3), of(-65)) << "neither departs, the upper one is shown";
}

// Against all samples of each column, one after the other.
TEST_F(Cells, the_largest_departure_of_a_row_is_always_shown) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(20, 30);
  inks.scale = {-200, 200, 0};
  std::vector<std::vector<double>> samples(20, std::vector<double>(3000));
  for (auto& row : samples) {
    for (auto& v : row) v = static_cast<float>(noise(random));
    add_row(row);
  }
  draw(30);
  for (int row = 0; row < 20; ++row) {
    std::vector<double> middles;
    for (std::size_t i = 0; i < 3000; i += 30) {
      const auto [low, high] =
          std::minmax_element(samples[static_cast<std::size_t>(row)].begin() + static_cast<std::ptrdiff_t>(i),
                              samples[static_cast<std::size_t>(row)].begin() + static_cast<std::ptrdiff_t>(i) + 30);
      middles.push_back((*low + *high) / 2);
    }
    std::nth_element(middles.begin(), middles.begin() + 50, middles.end());
    for (std::size_t i = 0; i < 100; ++i) {
      double farthest = 0;
      for (std::size_t k = 30 * i; k < 30 * (i + 1); ++k)
        farthest = std::max(farthest, std::fabs(samples[static_cast<std::size_t>(row)][k] - middles[50]));
      const auto shown = cell(row, static_cast<int>(i));
      EXPECT_TRUE(shown == of(middles[50] + farthest) || shown == of(middles[50] - farthest)) << row << " " << i;
    }
  }
}

}  // namespace
}  // namespace cnv
