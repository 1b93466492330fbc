#include "cnv/draw/spike_shape.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace cnv {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
const SpikeRule rule = *spike_rule("mV", "ms");

struct Trace {
  SampleAxis t;
  Pyramid v{Pyramid::Precision::f64};

  Trace(double from, double to, double dt, const std::function<double(double)>& value) {
    const auto count = static_cast<int>(std::lround((to - from) / dt)) + 1;
    for (int i = 0; i < count; ++i) add(from + i * dt, value(from + i * dt));
  }
  void add(double x, double y) {
    t.append(&x, 1);
    v.append(&y, 1);
  }
  std::optional<SpikeShape> near(double x, const SpikeRule& by = rule) const {
    return nearest_spike(t, v, by, {t.first(), t.last()}, x);
  }
};

// At rest until `start`, up by `height` at `rise` mV/ms, down again at `fall` mV/ms.
double triangle(double t, double start = 10, double rest = -65, double height = 100, double rise = 100,
                double fall = 50) {
  const double up = height / rise;
  if (t <= start) return rest;
  if (t <= start + up) return rest + rise * (t - start);
  return std::max(rest, rest + height - fall * (t - start - up));
}

TEST(SpikeShape, a_triangle_has_its_parts_exactly_where_its_lines_say) {
  for (const double dt : {0.1, 0.025, 0.01}) {
    const auto spike = Trace(5, 20, dt, [](double t) { return triangle(t); }).near(11);
    ASSERT_TRUE(spike) << dt;
    EXPECT_EQ(spike->end, SpikeShape::End::fell);
    EXPECT_NEAR(spike->peak.x, 11, 1e-9);
    EXPECT_NEAR(spike->peak.y, 35, 1e-9);
    // The slope is 0 one sample before the corner and 50 at the corner: 10 lies a fifth of the way.
    EXPECT_NEAR(spike->threshold->x, 10 - 0.8 * dt, 1e-9);
    EXPECT_NEAR(spike->threshold->y, -65, 1e-9);
    EXPECT_NEAR(*spike->amplitude(), 100, 1e-9);
    EXPECT_NEAR(spike->rise_50->x, 10.5, 1e-9);
    EXPECT_NEAR(spike->fall_50->x, 12, 1e-9);
    EXPECT_NEAR(*spike->half_width(), 1.5, 1e-9);
    EXPECT_NEAR(*spike->rise_time(), 0.8, 1e-9);
    EXPECT_EQ(spike->rise_samples, static_cast<int>(std::lround(1 / dt)) + 1);
  }
}

TEST(SpikeShape, a_bell_finely_sampled_is_measured_as_its_formula_says) {
  constexpr double mu = 10, sigma = 0.3, rest = -70, height = 100;
  const auto v = [&](double t) { return rest + height * std::exp(-(t - mu) * (t - mu) / (2 * sigma * sigma)); };
  const auto slope = [&](double t) { return -(t - mu) / (sigma * sigma) * (v(t) - rest); };
  double low = mu - 6 * sigma, high = mu - 2 * sigma;  // the slope grows between them, through 10 mV/ms
  for (int i = 0; i < 100; ++i) (slope((low + high) / 2) < 10 ? low : high) = (low + high) / 2;
  const auto before = [&](double value) { return mu - sigma * std::sqrt(-2 * std::log((value - rest) / height)); };
  const auto spike = Trace(0, 20, 0.001, v).near(3);
  ASSERT_TRUE(spike);
  EXPECT_NEAR(spike->threshold->x, low, 1e-5);
  EXPECT_NEAR(spike->threshold->y, v(low), 1e-4);
  const double above = rest + height - v(low), half = v(low) + above / 2;
  EXPECT_NEAR(*spike->amplitude(), above, 1e-4);
  EXPECT_NEAR(*spike->half_width(), 2 * (mu - before(half)), 1e-5);
  EXPECT_NEAR(*spike->rise_time(), before(v(low) + 0.9 * above) - before(v(low) + 0.1 * above), 1e-5);
}

TEST(SpikeShape, units_of_the_axes_only_scale_the_numbers) {
  const auto in_volts = spike_rule("V", "s"), in_micro = spike_rule("µV", "µs");
  ASSERT_TRUE(in_volts && in_micro);
  const Trace seconds(0.005, 0.02, 0.000025, [](double t) { return 1e-3 * triangle(1e3 * t); });
  const Trace micro(5000, 20000, 25, [](double t) { return 1e3 * triangle(1e-3 * t); });
  EXPECT_NEAR(*seconds.near(0.011, *in_volts)->half_width(), 0.0015, 1e-12);
  EXPECT_NEAR(*seconds.near(0.011, *in_volts)->amplitude(), 0.1, 1e-12);
  EXPECT_NEAR(*micro.near(11000, *in_micro)->rise_time(), 800, 1e-6);
  EXPECT_EQ(spike_rule("\u03BCV", "ms")->least_height, 1e4);
  for (const auto& [y, x] : {std::pair("nA", "ms"), std::pair("", "ms"), std::pair("mV", ""), std::pair("mV", "µm"),
                             std::pair("kV", "ms"), std::pair("mV", "mV")})
    EXPECT_FALSE(spike_rule(y, x)) << y << " " << x;
}

TEST(SpikeShape, of_several_spikes_the_nearest_peak_in_view_is_taken) {
  const Trace three(0, 40, 0.025, [](double t) {
    return std::max({triangle(t, 5), triangle(t, 15, -65, 90), triangle(t, 25, -65, 80)});
  });
  EXPECT_NEAR(three.near(0)->peak.x, 6, 1e-9);
  EXPECT_NEAR(three.near(20)->peak.x, 15.9, 1e-9);
  EXPECT_NEAR(three.near(22)->peak.x, 25.8, 1e-9);
  EXPECT_NEAR(nearest_spike(three.t, three.v, rule, {20, 40}, 0)->peak.x, 25.8, 1e-9);
  // A view that begins within the rise, or after it, still knows where it began.
  for (const double low : {15.4, 15.89}) {
    const auto cut = nearest_spike(three.t, three.v, rule, {low, 20}, 16);
    ASSERT_TRUE(cut) << low;
    EXPECT_NEAR(cut->threshold->x, 15 - 0.8 * 0.025, 1e-9);
  }
  // One that ends before the fall: the data goes on.
  EXPECT_NEAR(*nearest_spike(three.t, three.v, rule, {10, 15.95}, 16)->half_width(), 0.45 + 0.9, 1e-9);
  EXPECT_FALSE(nearest_spike(three.t, three.v, rule, {8, 14}, 10));
}

TEST(SpikeShape, bumps_that_are_small_or_slow_are_no_spikes) {
  EXPECT_FALSE(Trace(0, 20, 0.025, [](double t) { return triangle(t, 10, -65, 9.5); }).near(10));
  EXPECT_FALSE(Trace(0, 60, 0.025, [](double t) { return triangle(t, 10, -65, 100, 9.5); }).near(20));
  EXPECT_FALSE(Trace(0, 20, 0.025, [](double) { return -65.0; }).near(10));
  // A fast jump of some mV, as at the onset of a pulse, does not carry the threshold away from the spike.
  const auto spike = Trace(0, 20, 0.01, [](double t) {
                       const double pulse = t < 5 ? 0 : std::min(4.0, (t - 5) * 40);
                       return std::max(-65 + pulse, triangle(t, 10, -61));
                     }).near(10);
  ASSERT_TRUE(spike);
  EXPECT_NEAR(spike->threshold->x, 10 - 0.8 * 0.01, 1e-9);
}

TEST(SpikeShape, a_slower_piece_of_the_rise_does_not_split_a_spike) {
  // Up to −25 mV, 0.5 ms level, up to 35 mV, as where the axon's spike invades the soma.
  const auto spike = Trace(5, 20, 0.01, [](double t) {
                       if (t <= 10.4) return triangle(t);
                       return t <= 10.9 ? -25 : triangle(t - 0.5);
                     }).near(11);
  ASSERT_TRUE(spike);
  EXPECT_NEAR(spike->threshold->x, 10 - 0.8 * 0.01, 1e-9);
  EXPECT_NEAR(spike->peak.x, 11.5, 1e-9);
  EXPECT_NEAR(*spike->half_width(), 12.5 - 11, 1e-9);
  EXPECT_NEAR(*spike->rise_time(), 1.3, 1e-9);
}

TEST(SpikeShape, what_the_samples_do_not_show_is_absent) {
  const auto whole = [](double t) { return triangle(t); };
  const auto no_fall = Trace(5, 11.5, 0.025, whole).near(11);
  ASSERT_TRUE(no_fall);
  EXPECT_EQ(no_fall->end, SpikeShape::End::samples_end);
  EXPECT_TRUE(no_fall->amplitude() && no_fall->rise_time());
  EXPECT_FALSE(no_fall->half_width());

  const auto no_peak = Trace(5, 10.7, 0.025, whole).near(11);
  ASSERT_TRUE(no_peak);
  EXPECT_EQ(no_peak->end, SpikeShape::End::before_peak);
  EXPECT_FALSE(no_peak->amplitude() || no_peak->rise_time() || no_peak->half_width());

  const auto no_start = Trace(10.3, 20, 0.025, whole).near(11);
  ASSERT_TRUE(no_start);
  EXPECT_NEAR(no_start->peak.y, 35, 1e-9);
  EXPECT_FALSE(no_start->threshold || no_start->amplitude() || no_start->half_width() || no_start->rise_time());
  EXPECT_FALSE(Trace(11.1, 20, 0.025, whole).near(11)) << "only the fall is there";
}

TEST(SpikeShape, a_gap_ends_a_spike_as_the_end_of_the_samples_does) {
  const auto with_gap = [](double from, double to) {
    return Trace(5, 20, 0.025, [=](double t) { return t > from && t < to ? nan : triangle(t); }).near(11);
  };
  EXPECT_EQ(with_gap(11.2, 11.9)->end, SpikeShape::End::samples_end);
  EXPECT_FALSE(with_gap(11.2, 11.9)->half_width());
  EXPECT_FALSE(with_gap(10.6, 10.8)->threshold) << "what is after the gap has no beginning";
  EXPECT_NEAR(with_gap(10.6, 10.8)->peak.y, 35, 1e-9);
  EXPECT_EQ(with_gap(11.01, 12)->end, SpikeShape::End::before_peak);
  EXPECT_TRUE(with_gap(13.5, 15)->half_width()) << "a gap behind it is of no matter";
}

TEST(SpikeShape, two_spikes_without_a_deep_trough_between_them_are_two) {
  // From 35 mV down to 5 mV only, above the half of the first at −15 mV, and up again.
  const auto v = [](double t) {
    if (t <= 11) return triangle(t);
    if (t <= 11.6) return 35 - 50 * (t - 11);
    return t <= 12 ? 5 + 100 * (t - 11.6) : triangle(t, 11, -65, 110, 110);
  };
  const Trace doublet(5, 20, 0.01, v);
  const auto first = doublet.near(11), second = doublet.near(12);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->end, SpikeShape::End::next_spike);
  EXPECT_NEAR(first->peak.y, 35, 1e-9);
  EXPECT_TRUE(first->rise_time());
  EXPECT_FALSE(first->half_width());
  EXPECT_NEAR(second->peak.x, 12, 1e-9);
  EXPECT_EQ(second->end, SpikeShape::End::fell);
  EXPECT_NEAR(second->threshold->x, 11.6, 0.011);
}

TEST(SpikeShape, uneven_steps_and_times_that_occur_twice_are_no_trouble) {
  SampleAxis t;
  Pyramid v(Pyramid::Precision::f64);
  double x = 5;
  for (int i = 0; x < 20; ++i) {
    const double y = triangle(x);
    t.append(&x, 1);
    v.append(&y, 1);
    if (i % 7 != 0) x += 0.004 + 0.003 * (i % 5);  // else the same time again, as at an event of a variable step
  }
  const auto spike = nearest_spike(t, v, rule, {5, 20}, 11);
  ASSERT_TRUE(spike);
  EXPECT_NEAR(*spike->half_width(), 1.5, 0.02);
  EXPECT_NEAR(spike->threshold->x, 10, 0.03);
  SampleAxis back;
  for (const double at : {0.0, 2.0, 1.0}) back.append(&at, 1);
  EXPECT_FALSE(nearest_spike(back, v, rule, {0, 2}, 1)) << "an axis that turns back";
}

}  // namespace
}  // namespace cnv
