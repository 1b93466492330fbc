#include "cnv/draw/sliding_median.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace cnv {
namespace {

using Entry = SlidingMedian::Entry;

TEST(SlidingMedian, numbers_sort_as_they_are) {
  const float numbers[] = {-INFINITY, -3e38F, -65.5F, -1e-30F, 0, 1e-30F, 0.5F, 7, 3e38F, INFINITY};
  for (std::size_t i = 0; i + 1 < std::size(numbers); ++i) {
    EXPECT_LT(Entry(numbers[i], 9), Entry(numbers[i + 1], 1));
    EXPECT_EQ(Entry(numbers[i], 9).value(), numbers[i]);
    EXPECT_EQ(Entry(numbers[i], 9).place(), 9U);
  }
  EXPECT_LT(Entry(5, 1), Entry(5, 2));
}

TEST(SlidingMedian, without_numbers_there_is_none) {
  SlidingMedian median;
  EXPECT_TRUE(median.known());
  EXPECT_TRUE(std::isnan(median.value()));
  median.insert({3, 0});
  EXPECT_EQ(median.value(), 3);
  median.remove({3, 0});
  EXPECT_TRUE(std::isnan(median.value()));
}

// Numbers come and go; `distinct` different ones, so that many are equal.
void live(unsigned seed, int distinct, std::size_t count) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); };
  std::vector<Entry> all;
  SlidingMedian median;
  int anew = 0;
  float drift = 0;
  for (std::uint32_t step = 0; step < 6000; ++step) {
    if (all.size() > count || (!all.empty() && below(3) == 0)) {
      const auto at = below(all.size());
      median.remove(all[at]);
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      all.emplace_back(drift + static_cast<float>(below(static_cast<std::size_t>(distinct))), step);
      median.insert(all.back());
    }
    drift += 0.01F;
    if (!median.known()) {
      ++anew;
      auto copy = all;
      median.assign(copy);
    }
    auto sorted = all;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty()) continue;
    const float middle = sorted[sorted.size() / 2].value();
    ASSERT_EQ(median.value(), middle) << "seed " << seed << ", step " << step;
    const float low = middle - static_cast<float>(below(3)), high = middle + static_cast<float>(below(3));
    std::set<std::uint32_t> expected, found;
    for (const auto entry : sorted)
      if (entry.value() >= low && entry.value() < high) expected.insert(entry.place());
    const bool all_kept = median.for_each_in(low, high, [&](std::uint32_t place) { found.insert(place); });
    if (all_kept) {
      ASSERT_EQ(found, expected);
    }
  }
  EXPECT_LT(anew, 600) << "rarely";
}

TEST(SlidingMedian, it_is_the_median_of_whatever_comes_and_goes) {
  live(1, 1000, 40);
  live(2, 1000, 700);
  live(3, 3, 700);
  live(4, 1, 300);
  live(5, 100, 3);
}

}  // namespace
}  // namespace cnv
