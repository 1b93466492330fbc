#include "cnv/draw/column_grid.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cnv {
namespace {

// Pictures of ranges that `next` gives; how often the columns began anew.
template <class Next>
int anew(ColumnGrid& grid, int pictures, int most, Next&& next) {
  const auto before = grid.version();
  for (int i = 0; i < pictures; ++i) {
    const AxisRange wanted = next(i);
    grid.follow(wanted, most);
    const auto range = grid.range();
    EXPECT_LE(range.low, wanted.low);
    EXPECT_GE(range.high, wanted.high);
    EXPECT_LE(range.span() - wanted.span(), 3.001 * grid.step());
    EXPECT_LE(grid.columns(), most);
    EXPECT_GE(grid.columns(), most - most / 6);
    EXPECT_NEAR(range.span(), grid.columns() * grid.step(), 1e-6 * grid.step());
    EXPECT_NEAR(grid.edge(grid.first()), range.low, 1e-6 * grid.step());
  }
  return static_cast<int>(grid.version() - before);
}

TEST(ColumnGrid, what_stays_is_shown_exactly) {
  ColumnGrid grid;
  EXPECT_TRUE(grid.empty());
  EXPECT_EQ(anew(grid, 10, 500, [](int) { return AxisRange{0.1, 7.3}; }), 1);
  EXPECT_EQ(grid.range(), (AxisRange{0.1, 7.3}));
  EXPECT_EQ(grid.columns(), 500);
  grid.resize(650);
  EXPECT_EQ(grid.columns(), 650);
  EXPECT_EQ(grid.range(), (AxisRange{0.1, 7.3}));
}

TEST(ColumnGrid, what_grows_begins_anew_with_each_ninth_more) {
  ColumnGrid grid;
  EXPECT_LE(anew(grid, 1000, 500, [](int i) { return AxisRange{0, 100 + i * 0.1}; }), 1 + 6) << "2 = (9 / 8) ^ 5.9";
}

TEST(ColumnGrid, what_rolls_keeps_its_columns_and_their_number) {
  ColumnGrid grid;
  anew(grid, 20, 500, [](int i) { return AxisRange{i * 0.37, 100 + i * 0.37}; });
  const int columns = grid.columns();
  EXPECT_GE(columns, 498);
  EXPECT_EQ(anew(grid, 5000, 500,
                 [&](int i) {
                   EXPECT_LE(grid.columns(), columns + 1);
                   return AxisRange{10 + i * 0.37, 110 + i * 0.37};
                 }),
            0);
}

TEST(ColumnGrid, a_window_that_is_full_gets_the_pixels_it_has) {
  ColumnGrid grid;
  const auto range = [](int i) { return AxisRange{std::max(0.0, i * 0.1 - 100), i * 0.1 + 1}; };
  anew(grid, 1000, 500, range);
  EXPECT_EQ(anew(grid, 5000, 500, [&](int i) { return range(1000 + i); }), 1) << "once, to fill them";
  EXPECT_GE(grid.columns(), 498);
}

TEST(ColumnGrid, spans_that_vary_a_little_begin_anew_rarely) {
  ColumnGrid grid;
  const auto range = [](int i) {
    return AxisRange{i * 0.4 + 0.1 * (i * 7 % 13) / 13, i * 0.4 + 200 + 0.3 * (i * 5 % 11) / 11};
  };
  EXPECT_LE(anew(grid, 3000, 500, range), 10);
}

TEST(ColumnGrid, a_fixed_range_has_its_own_columns) {
  ColumnGrid grid;
  grid.follow({0, 10}, 100);
  grid.fix({2, 4}, 100);
  const auto version = grid.version();
  EXPECT_EQ(grid.range(), (AxisRange{2, 4}));
  grid.fix({2, 4}, 100);
  EXPECT_EQ(grid.version(), version);
  grid.fix({1.94, 3.94}, 100);
  EXPECT_EQ(grid.version(), version) << "dragged by three pixels";
  EXPECT_EQ(grid.first(), -3);
  EXPECT_EQ(grid.range(), (AxisRange{1.94, 3.94}));
  grid.fix({1.945, 3.945}, 100);
  EXPECT_GT(grid.version(), version);
  grid.fix({2, 5}, 100);
  EXPECT_GT(grid.version(), version + 1);
  grid.follow({0, 10}, 100);
  EXPECT_EQ(grid.range(), (AxisRange{0, 10}));
  grid.reset();
  EXPECT_TRUE(grid.empty());
  grid.follow({0, 10}, 100);
  EXPECT_GT(grid.version(), version + 2) << "a version never comes back";
}

}  // namespace
}  // namespace cnv
