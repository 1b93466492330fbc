#include "cnv/draw/heat_cells.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace cnv {
namespace {

ColumnRange pixel(double lo, double hi) { return {lo, hi, lo, hi, false, true}; }
const ColumnRange nothing{1, 0, 0, 0, true, true};

TEST(HeatCells, ASpikeAndADipOfOneSampleBothShow) {
  std::vector<ColumnRange> row(21, pixel(-65.2, -64.8));
  row[4] = pixel(-72, 38);   // a spike with what follows it
  row[9] = pixel(-90, -64);  // inhibition
  const double rest = row_rest(row);
  EXPECT_DOUBLE_EQ(rest, -65);
  EXPECT_DOUBLE_EQ(shown_extreme(row[4], rest), 38);
  EXPECT_DOUBLE_EQ(shown_extreme(row[9], rest), -90);
}

TEST(HeatCells, PixelsWithoutAValueTakeNoPart) {
  const std::vector<ColumnRange> row{nothing, pixel(1, 3), nothing};
  EXPECT_DOUBLE_EQ(row_rest(row), 2);
  EXPECT_TRUE(std::isnan(shown_extreme(nothing, 2)));
  EXPECT_TRUE(std::isnan(row_rest(std::vector<ColumnRange>{nothing})));
  EXPECT_DOUBLE_EQ(shown_extreme(pixel(1, 3), 2), 3) << "equally far";
}

// Against all samples of each pixel, one after the other.
TEST(HeatCells, TheLargestDepartureOfARowIsAlwaysShown) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(-60, 5);
  for (int round = 0; round < 50; ++round) {
    Pyramid data(Pyramid::Precision::f64);
    std::vector<double> samples(3000);
    for (auto& v : samples) v = noise(random);
    data.append(samples.data(), samples.size());
    std::vector<ColumnRange> row;
    for (SampleNumber from = 0; from < samples.size(); from += 30) row.push_back(data.range(from, from + 30));
    const double rest = row_rest(row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      double expected = samples[30 * i];
      for (std::size_t k = 30 * i; k < 30 * (i + 1); ++k)
        if (std::fabs(samples[k] - rest) > std::fabs(expected - rest)) expected = samples[k];
      EXPECT_NEAR(std::fabs(shown_extreme(row[i], rest) - rest), std::fabs(expected - rest), 1e-9);
    }
  }
}

}  // namespace
}  // namespace cnv
