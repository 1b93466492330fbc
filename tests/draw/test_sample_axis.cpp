#include "cnv/draw/sample_axis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace cnv {
namespace {

TEST(SampleAxis, searches_like_the_standard_library) {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    const SampleNumber first = random() % 100;
    SampleAxis axis(first);
    std::vector<double> x;
    double t = -20;
    for (int i = 0; i < 500; ++i) {
      t += static_cast<double>(random() % 4) * (random() % 20 == 0 ? 50 : 0.5);  // repeats and wide holes
      x.push_back(t);
    }
    axis.append(x.data(), x.size());
    const std::size_t dropped = random() % 300;
    axis.trim(first + dropped);
    const auto begin = x.begin() + static_cast<std::ptrdiff_t>(dropped);
    const auto number = [&](auto it) { return first + static_cast<SampleNumber>(it - x.begin()); };
    for (int query = 0; query < 50; ++query) {
      const double v = x[random() % x.size()] + static_cast<double>(random() % 3) * 0.25 - 0.25;
      EXPECT_EQ(axis.lower_bound(v), number(std::lower_bound(begin, x.end(), v)));
      EXPECT_EQ(axis.upper_bound(v), number(std::upper_bound(begin, x.end(), v)));
    }
    std::vector<SampleNumber> bounds;
    const int columns = 1 + static_cast<int>(random() % 200);
    const double x0 = x[random() % 250], x1 = x0 + 1 + random() % 2000;
    axis.column_bounds(x0, x1, columns, bounds);
    ASSERT_EQ(bounds.size(), static_cast<std::size_t>(columns) + 1);
    for (int i = 0; i < columns; ++i) {
      const double edge = i == 0 ? x0 : x0 + (x1 - x0) * i / columns;
      EXPECT_EQ(bounds[static_cast<std::size_t>(i)], number(std::lower_bound(begin, x.end(), edge)));
    }
    EXPECT_EQ(bounds.back(), number(std::upper_bound(begin, x.end(), x1)));
  }
}

TEST(SampleAxis, finds_the_nearest_sample) {
  SampleAxis axis(7);
  const double x[] = {0, 1, 1, 4};
  axis.append(x, 4);
  EXPECT_EQ(axis.nearest(-5), 7U);
  EXPECT_EQ(axis.nearest(0.5), 7U);
  EXPECT_EQ(axis.nearest(0.6), 8U);
  EXPECT_EQ(axis.nearest(3), 10U);
  EXPECT_EQ(axis.nearest(99), 10U);
}

TEST(SampleAxis, knows_when_x_goes_back) {
  SampleAxis axis;
  const double forward[] = {0, 1, 1, 2};
  axis.append(forward, 4);
  EXPECT_TRUE(axis.monotone());
  const double back[] = {1.5, 3};
  axis.append(back, 2);
  EXPECT_FALSE(axis.monotone());
  axis.trim(3);
  EXPECT_FALSE(axis.monotone());
  axis.trim(4);  // the sample that went back is now the first
  EXPECT_TRUE(axis.monotone());
  const double broken = NAN, later = 4;
  axis.append(&broken, 1);
  axis.append(&later, 1);
  EXPECT_FALSE(axis.monotone());
  axis.trim(7);
  EXPECT_TRUE(axis.monotone());
  axis.reset();
  EXPECT_TRUE(axis.monotone());
}

TEST(SampleAxis, reads_with_a_stride) {
  SampleAxis axis;
  const float x[] = {1, -1, 2, -1, 3};
  axis.append(x, 3, 2);
  EXPECT_TRUE(axis.monotone());
  EXPECT_EQ(axis.first(), 1);
  EXPECT_EQ(axis.last(), 3);
}

}  // namespace
}  // namespace cnv
