#include "cnv/draw/pyramid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <deque>
#include <random>

namespace cnv {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// The same series as a plain list.
struct BruteForce {
  SampleNumber begin = 0;
  std::deque<double> y;

  SampleNumber end() const { return begin + y.size(); }
  ColumnRange range(SampleNumber from, SampleNumber to) const {
    ColumnRange r{INFINITY, -INFINITY, nan, nan, false, false};
    for (SampleNumber i = std::max(from, begin); i < std::min(to, end()); ++i) {
      const double v = y[i - begin];
      if (!r.has_samples) r.first = v;
      r.has_samples = true;
      r.last = v;
      r.has_gap |= std::isnan(v);
      r.lo = std::fmin(r.lo, v);
      r.hi = std::fmax(r.hi, v);
    }
    return r;
  }
};

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void expect_same(const ColumnRange& a, const ColumnRange& b) {
  EXPECT_EQ(a.lo, b.lo);
  EXPECT_EQ(a.hi, b.hi);
  EXPECT_TRUE(same(a.first, b.first)) << a.first << " " << b.first;
  EXPECT_TRUE(same(a.last, b.last)) << a.last << " " << b.last;
  EXPECT_EQ(a.has_gap, b.has_gap);
  EXPECT_EQ(a.has_samples, b.has_samples);
}

void random_appends_trims_and_queries(Pyramid::Precision precision, unsigned seed, SampleNumber first) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return std::size_t{random() % n}; };
  Pyramid pyramid(precision, first);
  BruteForce expected{first, {}};
  for (int round = 0; round < 300; ++round) {
    const std::size_t count = below(10) == 0 ? below(6000) : below(50), stride = 1 + below(3);
    std::vector<float> values(count * stride + 1);
    for (auto& v : values) v = below(40) == 0 ? NAN : static_cast<float>(below(100000)) / 7 - 5000;
    pyramid.append(values.data(), count, static_cast<std::ptrdiff_t>(stride));
    for (std::size_t i = 0; i < count; ++i) expected.y.push_back(values[i * stride]);
    if (below(4) == 0 && !expected.y.empty()) {
      const SampleNumber keep_from = expected.begin + below(expected.y.size() + 1);
      pyramid.trim(keep_from);
      expected.y.erase(expected.y.begin(),
                       expected.y.begin() + static_cast<std::ptrdiff_t>(keep_from - expected.begin));
      expected.begin = keep_from;
    }
    ASSERT_EQ(pyramid.begin(), expected.begin);
    ASSERT_EQ(pyramid.end(), expected.end());
    for (int query = 0; query < 20; ++query) {
      const SampleNumber low = expected.begin > 20 ? expected.begin - 20 : 0, span = expected.y.size() + 40;
      const SampleNumber a = low + below(span), b = low + below(span);
      expect_same(pyramid.range(std::min(a, b), std::max(a, b)), expected.range(std::min(a, b), std::max(a, b)));
    }
    if (testing::Test::HasFailure()) return;
  }
}

TEST(Pyramid, equals_brute_force_for_random_appends_trims_and_queries) {
  random_appends_trims_and_queries(Pyramid::Precision::f32, 1, 0);
  random_appends_trims_and_queries(Pyramid::Precision::f32, 2, 1'000'003);
  random_appends_trims_and_queries(Pyramid::Precision::f64, 3, 17);
}

TEST(Pyramid, shows_a_spike_of_one_sample_in_the_column_that_holds_it_at_every_zoom) {
  constexpr std::size_t count = 300'000, spike = 123'457;
  Pyramid pyramid;
  std::vector<float> v(count, -65.0F);
  v[spike] = 40;
  pyramid.append(v.data(), count);
  for (const std::size_t columns : {1, 3, 100, 800, 5000}) {
    std::vector<SampleNumber> bounds;
    for (std::size_t i = 0; i <= columns; ++i) bounds.push_back(count * i / columns);
    std::vector<ColumnRange> out;
    pyramid.columns(bounds, out);
    int with_spike = 0;
    for (std::size_t i = 0; i < columns; ++i) {
      const bool holds = bounds[i] <= spike && spike < bounds[i + 1];
      EXPECT_EQ(out[i].hi, holds ? 40.0 : -65.0);
      EXPECT_EQ(out[i].lo, -65.0);
      with_spike += holds;
    }
    EXPECT_EQ(with_spike, 1);
  }
}

TEST(Pyramid, takes_what_is_not_finite_as_a_gap) {
  Pyramid pyramid;
  const double y[] = {1, INFINITY, 3, -INFINITY, nan, 2};
  pyramid.append(y, 6);
  const ColumnRange all = pyramid.range(0, 6);
  EXPECT_EQ(all.lo, 1);
  EXPECT_EQ(all.hi, 3);
  EXPECT_TRUE(all.has_gap);
  EXPECT_TRUE(std::isnan(pyramid[1]));
  const ColumnRange gaps = pyramid.range(3, 5);
  EXPECT_TRUE(gaps.has_samples);
  EXPECT_FALSE(gaps.has_values());
  EXPECT_TRUE(std::isnan(gaps.first));
  EXPECT_FALSE(pyramid.range(6, 9).has_samples);
}

TEST(Pyramid, keeps_float64_when_asked_to) {
  Pyramid exact(Pyramid::Precision::f64), rounded;
  const double y = 1e9 + 0.25;
  exact.append(&y, 1);
  rounded.append(&y, 1);
  EXPECT_EQ(exact[0], y);
  EXPECT_EQ(rounded[0], 1e9);
}

TEST(Pyramid, memory_stays_bounded_while_a_history_of_fixed_length_moves_on) {
  Pyramid pyramid;
  const std::vector<float> batch(100, 1.0F);
  std::size_t largest = 0;
  for (int i = 0; i < 5000; ++i) {
    pyramid.append(batch.data(), batch.size());
    if (pyramid.end() > 20'000) pyramid.trim(pyramid.end() - 20'000);
    largest = std::max(largest, pyramid.memory_bytes());
  }
  EXPECT_EQ(pyramid.end() - pyramid.begin(), 20'000U);
  EXPECT_LE(largest, 2 * 20'100 * (4 + 0.8) + 16 * 64 * 12);
}

TEST(Pyramid, values_are_na_n_where_nothing_is_kept) {
  Pyramid pyramid(Pyramid::Precision::f32, 10);
  const float y[] = {1, 2, 3};
  pyramid.append(y, 3);
  pyramid.trim(11);
  std::vector<double> out;
  pyramid.values(9, 15, out);
  ASSERT_EQ(out.size(), 6U);
  for (const std::size_t i : {0, 1, 4, 5}) EXPECT_TRUE(std::isnan(out[i]));
  EXPECT_EQ(out[2], 2);
  EXPECT_EQ(out[3], 3);
}

TEST(Pyramid, starts_again_after_reset) {
  Pyramid pyramid;
  const std::vector<float> y(1000, 5.0F);
  pyramid.append(y.data(), y.size());
  pyramid.reset(40);
  EXPECT_EQ(pyramid.begin(), 40U);
  EXPECT_EQ(pyramid.end(), 40U);
  const std::vector<float> z(600, -1.0F);
  pyramid.append(z.data(), z.size());
  EXPECT_EQ(pyramid.range(0, 2000).hi, -1);
}

}  // namespace
}  // namespace cnv
