#include "cnv/draw/stroker.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <span>
#include <vector>

namespace cnv {
namespace {

constexpr Rgba8 black{0, 0, 0, 255};

struct Canvas {
  int width, height;
  std::vector<std::uint32_t> pixels;

  Canvas(int w, int h, std::uint32_t background = 0xFFFFFFFF)
      : width(w), height(h), pixels(std::size_t(w) * h, background) {}
  PixelBuffer buffer() { return {pixels.data(), width, height, width}; }
  // 0 white … 1 black.
  double ink(int x, int y) const { return 1 - (pixels[std::size_t(y) * width + x] & 255) / 255.0; }
  double total() const {
    double sum = 0;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) sum += ink(x, y);
    }
    return sum;
  }
};

struct Data {
  SampleAxis axis;
  Pyramid y{Pyramid::Precision::f64};
  void add(double x, double value) {
    axis.append(&x, 1);
    y.append(&value, 1);
  }
};

double distance(double px, double py, PixelPoint a, PixelPoint b) {
  const double dx = b.x - a.x, dy = b.y - a.y, l2 = dx * dx + dy * dy;
  const double t = l2 > 0 ? std::clamp(((px - a.x) * dx + (py - a.y) * dy) / l2, 0.0, 1.0) : 0;
  return std::hypot(px - a.x - t * dx, py - a.y - t * dy);
}

// Coverage by 16 × 16 points per pixel of everything within width/2 of the lines, joins and ends round.
std::vector<double> supersampled(int w, int h, std::span<const PixelPoint> points, double width) {
  std::vector<double> result(std::size_t(w) * h);
  constexpr int n = 16;
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      std::vector<std::size_t> near;
      for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        if (distance(x + 0.5, y + 0.5, points[i], points[i + 1]) < width / 2 + 1) near.push_back(i);
      }
      int hits = 0;
      for (int s = 0; s < (near.empty() ? 0 : n * n); ++s) {
        const double px = x + (s % n + 0.5) / n, py = y + (s / n + 0.5) / n;
        hits += std::any_of(near.begin(), near.end(),
                            [&](std::size_t i) { return distance(px, py, points[i], points[i + 1]) <= width / 2; });
      }
      result[std::size_t(y) * w + x] = hits / double(n * n);
    }
  }
  return result;
}

struct Difference {
  double mean = 0, largest = 0, ink_ratio = 0;  // mean over pixels that either touches
};

Difference compare(const Canvas& canvas, const std::vector<double>& reference) {
  Difference d;
  double touched = 0, ink = 0, expected = 0;
  for (int y = 0; y < canvas.height; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      const double a = canvas.ink(x, y), b = reference[std::size_t(y) * canvas.width + x];
      if (a == 0 && b == 0) continue;
      ++touched;
      d.mean += std::abs(a - b);
      d.largest = std::max(d.largest, std::abs(a - b));
      ink += a;
      expected += b;
    }
  }
  d.mean /= touched;
  d.ink_ratio = ink / expected;
  return d;
}

TEST(Stroker, exact_lines_equal_a_supersampled_reference) {
  std::mt19937 random(1);
  for (const float width : {1.5F, 2.0F, 3.0F, 5.0F}) {
    std::vector<PixelPoint> points;
    for (int i = 0; i < 12; ++i)
      points.push_back({static_cast<float>(random() % 1000) / 10, static_cast<float>(random() % 800) / 10});
    Canvas canvas(100, 80);
    Stroker().polyline(canvas.buffer(), {0, 0, 100, 80}, points, {black, width});
    const Difference d = compare(canvas, supersampled(100, 80, points, width));
    EXPECT_LT(d.mean, 0.06) << width;
    EXPECT_LT(d.largest, 0.5) << width;
    EXPECT_NEAR(d.ink_ratio, 1, 0.04) << width;
  }
}

// A smooth curve with a steep spike, from few to many samples per column: it must look the same.
TEST(Stroker, smooth_data_looks_the_same_at_every_sampling_density) {
  const auto curve = [](double x) { return 0.25 + 0.1 * std::sin(x / 9) + 0.6 * std::exp(-std::pow((x - 60) / 4, 2)); };
  constexpr int w = 120, h = 90;
  for (const float width : {1.5F, 3.0F}) {
    std::vector<PixelPoint> points;
    for (int i = 0; i <= w * 8; ++i) points.push_back({i / 8.0F, static_cast<float>(h - h * curve(i / 8.0))});
    const auto reference = supersampled(w, h, points, width);
    for (const double per_column : {0.5, 1.0, 1.9, 2.3, 4.0, 8.0, 40.0, 500.0}) {
      Data data;
      const int count = static_cast<int>(w * per_column);
      for (int i = 0; i <= count; ++i) data.add(i / per_column, curve(i / per_column));
      Canvas canvas(w, h);
      Stroker stroker;
      stroker.begin({{0, 0, w, h}, 0, w, 0, 1}, data.axis);
      stroker.series(canvas.buffer(), data.y, {black, width});
      const Difference d = compare(canvas, reference);
      EXPECT_LT(d.mean, 0.1) << per_column << " " << width;
      EXPECT_NEAR(d.ink_ratio, 1, 0.06) << per_column << " " << width;
    }
  }
}

TEST(Stroker, steep_edges_are_not_thinner_than_flat_lines) {
  // A square wave whose edges lie at different places within a column, 5 and 50 samples per column.
  for (const double per_column : {5.0, 50.0}) {
    Data data;
    for (int i = 0; i < 100 * per_column; ++i) {
      const double x = i / per_column;
      data.add(x, std::fmod(x, 20.3) < 10.15 ? 0.1 : 0.9);
    }
    Canvas canvas(100, 100);
    Stroker stroker;
    stroker.begin({{0, 0, 100, 100}, 0, 100, 0, 1}, data.axis);
    stroker.series(canvas.buffer(), data.y, {black, 1.5F});
    for (int edge = 1; edge < 9; ++edge) {
      const int at = static_cast<int>(edge * 10.15);
      double across = 0;
      for (int x = at - 4; x <= at + 4; ++x) across += canvas.ink(x, 50);
      EXPECT_GT(across, 1.35) << edge;
      EXPECT_LT(across, 2.1) << edge;
    }
    double down = 0;
    for (int y = 0; y < 100; ++y) down += canvas.ink(15, y);
    EXPECT_NEAR(down, 1.5, 0.1);
  }
}

TEST(Stroker, a_spike_of_one_sample_reaches_its_top_at_every_zoom) {
  constexpr int count = 50'000, spike = 30'011;
  Data data;
  for (int i = 0; i < count; ++i) data.add(i, i == spike ? 0.95 : 0.1);
  for (const double span : {50'000.0, 20'000.0, 3'000.0, 700.0, 150.0, 20.0}) {
    for (const bool dashed : {false, true}) {
      Canvas canvas(200, 100);
      Stroker stroker;
      stroker.begin({{0, 0, 200, 100}, spike - span * 0.4, spike + span * 0.6, 0, 1}, data.axis);
      stroker.series(canvas.buffer(), data.y, {black, 1.5F, dashed});
      double ink = 0;
      for (int x = 70; x < 90; ++x) {
        for (int y = 4; y < 60; ++y) ink += canvas.ink(x, y);
      }
      EXPECT_GT(ink, dashed ? 30 : 70) << span;
      EXPECT_EQ(canvas.ink(80, 0), 0);
    }
  }
}

TEST(Stroker, breaks_the_line_at_gaps) {
  for (const double per_column : {0.3, 1.5, 6.0, 2000.0}) {
    Data data;
    for (int i = 0; i < 100 * per_column; ++i) {
      const double x = i / per_column;
      data.add(x, x > 40 && x < 60 ? NAN : 0.5);
    }
    Canvas canvas(100, 20);
    Stroker stroker;
    stroker.begin({{0, 0, 100, 20}, 0, 100, 0, 1}, data.axis);
    stroker.series(canvas.buffer(), data.y, {black, 2});
    for (int x = 43; x < 57; ++x) EXPECT_EQ(canvas.ink(x, 10), 0) << per_column << " " << x;
    EXPECT_EQ(canvas.ink(30, 10), 1) << per_column;
    EXPECT_EQ(canvas.ink(70, 10), 1) << per_column;
  }
}

TEST(Stroker, a_gap_within_a_column_is_not_bridged) {
  Data data;
  for (int i = 0; i < 400; ++i) data.add(i / 4.0, i == 201 ? NAN : i < 201 ? 0.1 : 0.9);
  Canvas canvas(100, 100);
  Stroker stroker;
  stroker.begin({{0, 0, 100, 100}, 0, 100, 0, 1}, data.axis);
  stroker.series(canvas.buffer(), data.y, {black, 1.5F});
  for (int x = 45; x < 55; ++x) {
    for (int y = 15; y < 85; ++y) EXPECT_EQ(canvas.ink(x, y), 0);
  }
}

TEST(Stroker, a_lone_sample_is_a_dot) {
  Data data;
  for (const double x : {1.0, 2.0, 3.0}) data.add(x, x == 2.0 ? 0.5 : NAN);
  Canvas canvas(40, 40);
  Stroker stroker;
  stroker.begin({{0, 0, 40, 40}, 0, 4, 0, 1}, data.axis);
  stroker.series(canvas.buffer(), data.y, {black, 4});
  EXPECT_NEAR(canvas.total(), 3.14159 * 2.25 * 2.25, 0.8);
  EXPECT_EQ(canvas.ink(20, 20), 1);
}

// Also where a pixel column holds many samples, and at the border of the plot only the part that lies inside.
TEST(Stroker, a_lone_sample_among_many_gaps_is_a_dot_too) {
  for (const int samples : {1000, 100'000}) {
    Data data;
    for (int i = 0; i < samples; ++i) data.add(i, i == samples / 2 ? 0.5 : NAN);
    Canvas canvas(40, 40);
    Stroker stroker;
    stroker.begin({{0, 0, 40, 40}, 0, static_cast<double>(samples), 0, 1}, data.axis);
    stroker.series(canvas.buffer(), data.y, {black, 1.5F});
    EXPECT_NEAR(canvas.total(), 3.14159 * 2.25 * 2.25, 0.8) << samples;
  }
}

TEST(Stroker, lines_enter_and_leave_at_the_borders_and_stay_inside) {
  Data data;
  data.add(-50, 0.5);
  data.add(150, 0.5);
  Canvas canvas(60, 40);
  Stroker stroker;
  stroker.begin({{10, 5, 30, 30}, 0, 100, 0, 1}, data.axis);
  stroker.series(canvas.buffer(), data.y, {black, 2});
  for (int x = 0; x < 60; ++x) EXPECT_EQ(canvas.ink(x, 20) > 0, x >= 10 && x < 40) << x;
}

TEST(Stroker, draws_nothing_outside_the_rectangle_for_wild_data) {
  std::mt19937 random(4);
  for (int round = 0; round < 40; ++round) {
    Data data;
    double x = -1000;
    for (int i = 0; i < 3000; ++i) {
      x += std::pow(10.0, static_cast<double>(random() % 60) / 10 - 4);
      data.add(x,
               random() % 30 == 0 ? NAN : (static_cast<double>(random() % 1000) - 500) * std::pow(10.0, random() % 12));
    }
    Canvas canvas(70, 50);
    Stroker stroker;
    const PixelRect rect{static_cast<int>(random() % 90) - 20, static_cast<int>(random() % 60) - 20,
                         1 + static_cast<int>(random() % 80), 1 + static_cast<int>(random() % 60)};
    stroker.begin({rect, -900, x / 2, -1e5, 1e5 * static_cast<double>(1 + random() % 9)}, data.axis);
    stroker.series(canvas.buffer(), data.y, {black, 0.5F + static_cast<float>(random() % 6), random() % 2 == 0, 1.25F});
    for (int py = 0; py < 50; ++py) {
      for (int px = 0; px < 70; ++px) {
        const bool inside = px >= rect.x && px < rect.x + rect.width && py >= rect.y && py < rect.y + rect.height;
        if (!inside) {
          ASSERT_EQ(canvas.ink(px, py), 0);
        }
      }
    }
  }
}

TEST(Stroker, a_series_that_began_later_than_the_axis_is_drawn_where_it_has_samples) {
  Data data;
  for (int i = 0; i < 1000; ++i) {
    const double x = i / 10.0;
    data.axis.append(&x, 1);
  }
  data.y.reset(600);
  for (int i = 0; i < 400; ++i) {
    const double v = 0.5;
    data.y.append(&v, 1);
  }
  Canvas canvas(100, 20);
  Stroker stroker;
  stroker.begin({{0, 0, 100, 20}, 0, 100, 0, 1}, data.axis);
  stroker.series(canvas.buffer(), data.y, {black, 2});
  EXPECT_EQ(canvas.ink(50, 10), 0);
  EXPECT_EQ(canvas.ink(80, 10), 1);
}

TEST(Stroker, dashes_are_six_on_three_off_times_the_scale_and_move_with_the_data) {
  for (const float scale : {1.0F, 2.0F}) {
    for (const double per_pixel : {0.2, 20.0}) {
      Data data;
      for (int i = 0; i < 1000 * per_pixel; ++i) data.add(i / per_pixel, 0.5);
      const auto row = [&](double shift) {
        Canvas canvas(180, 20);
        Stroker stroker;
        stroker.begin({{0, 0, 180, 20}, shift, shift + 180, 0, 1}, data.axis);
        stroker.series(canvas.buffer(), data.y, {black, 1.5F, true, scale});
        std::vector<double> ink;
        for (int x = 0; x < 180; ++x) ink.push_back(canvas.ink(x, 10));
        return ink;
      };
      const auto at_18 = row(18);
      const int period = static_cast<int>(9 * scale), on = static_cast<int>(6 * scale);
      for (int x = 20; x < 160; ++x) {
        const int phase = x % period;
        if (phase > 0 && phase < on - 1) {
          EXPECT_GT(at_18[std::size_t(x)], 0.5) << x << " " << scale << " " << per_pixel;
        }
        if (phase > on && phase < period - 1) {
          EXPECT_LT(at_18[std::size_t(x)], 0.3) << x << " " << scale << " " << per_pixel;
        }
      }
      const auto at_23 = row(23);
      for (int x = 20; x < 150; ++x) EXPECT_NEAR(at_23[std::size_t(x)], at_18[std::size_t(x) + 5], 0.02);
    }
  }
}

TEST(Stroker, blends_into_premultiplied_pixels) {
  const std::vector<PixelPoint> line{{-5, 2}, {15, 2}};
  Canvas clear(10, 4, 0);
  Stroker stroker;
  stroker.polyline(clear.buffer(), {0, 0, 10, 4}, line, {{255, 128, 0, 255}, 2});
  EXPECT_EQ(clear.pixels[15], 0xFFFF8000U);
  Canvas half(10, 4, 0);
  stroker.polyline(half.buffer(), {0, 0, 10, 4}, line, {{255, 128, 0, 128}, 2});
  EXPECT_EQ(half.pixels[15], 0x80804000U);
  Canvas over(10, 4, 0xFF0000FF);
  stroker.polyline(over.buffer(), {0, 0, 10, 4}, line, {{255, 0, 0, 51}, 2});
  EXPECT_EQ(over.pixels[15], 0xFF3300CCU);
  EXPECT_EQ(over.pixels[0], 0xFF0000FFU);
}

TEST(Stroker, a_phase_plot_that_runs_back_is_drawn_and_breaks_at_gaps) {
  std::vector<PixelPoint> circle;
  for (int i = 0; i <= 360; ++i)
    circle.push_back({50 + 30 * std::cos(i * 0.0174533F), 50 + 30 * std::sin(i * 0.0174533F)});
  Canvas canvas(100, 100);
  Stroker stroker;
  stroker.polyline(canvas.buffer(), {0, 0, 100, 100}, circle, {black, 2});
  EXPECT_NEAR(canvas.total(), 2 * 3.14159 * 30 * 2, 12);
  for (int i = 150; i < 210; ++i) circle[std::size_t(i)].x = NAN;
  Canvas broken(100, 100);
  stroker.polyline(broken.buffer(), {0, 0, 100, 100}, circle, {black, 2});
  EXPECT_EQ(broken.ink(20, 50), 0);
  EXPECT_GT(broken.ink(79, 50), 0.5);
}

TEST(Stroker, unusable_windows_draw_nothing) {
  Data data;
  data.add(0, 0);
  data.add(1, 1);
  Canvas canvas(10, 10);
  Stroker stroker;
  for (const PlotWindow& window : {PlotWindow{{0, 0, 10, 10}, 1, 1, 0, 1}, PlotWindow{{0, 0, 10, 10}, 0, NAN, 0, 1},
                                   PlotWindow{{0, 0, 0, 10}, 0, 1, 0, 1}, PlotWindow{{0, 0, 10, 10}, 0, 1, 2, -2}}) {
    stroker.begin(window, data.axis);
    stroker.series(canvas.buffer(), data.y, {black});
  }
  EXPECT_EQ(canvas.total(), 0);
}

}  // namespace
}  // namespace cnv
