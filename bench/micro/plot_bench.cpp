// Redraw of 8 traces of 10^4 … 10^6 samples into 800 x 400 pixels: all samples, and zoomed to a few thousand. Goal: at most
// 4 ms for 8 x 10^6 samples at any zoom, independent of the history; append of one display batch in microseconds.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "cnv/draw/palette.hpp"
#include "cnv/draw/stroker.hpp"

namespace {

constexpr int trace_count = 8;
constexpr int width = 800, height = 400;
constexpr double dt_ms = 0.025;

float voltage_mV(int trace, std::size_t i) {
  const double t = static_cast<double>(i) * dt_ms, spike = std::fmod(t + trace * 7, 40.0) - 20;
  return static_cast<float>(-65 + 3 * trace + 60 * std::exp(-spike * spike / 2) + std::sin(static_cast<double>(i) * 0.7 + trace) +
                            0.5 * std::sin(static_cast<double>(i) * 1.3));
}

struct Traces {
  cnv::SampleAxis axis;
  std::vector<cnv::Pyramid> series;

  explicit Traces(std::size_t samples) : series(trace_count) {
    std::vector<double> t(samples);
    for (std::size_t i = 0; i < samples; ++i) t[i] = static_cast<double>(i) * dt_ms;
    axis.append(t.data(), samples);
    std::vector<float> v(samples);
    for (int k = 0; k < trace_count; ++k) {
      for (std::size_t i = 0; i < samples; ++i) v[i] = voltage_mV(k, i);
      series[static_cast<std::size_t>(k)].append(v.data(), samples);
    }
  }
};

// Arguments: samples stored, samples in view.
void redraw(benchmark::State& state) {
  const auto stored = static_cast<std::size_t>(state.range(0));
  const Traces traces(stored);
  std::vector<std::uint32_t> pixels(std::size_t{width} * height);
  const cnv::PixelBuffer target{pixels.data(), width, height, width};
  const double end = static_cast<double>(stored) * dt_ms;
  const cnv::PlotWindow window{{0, 0, width, height}, end - static_cast<double>(state.range(1)) * dt_ms, end, -80, 40};
  cnv::Stroker stroker;
  for (auto _ : state) {
    std::fill(pixels.begin(), pixels.end(), 0xFFFFFFFF);
    stroker.begin(window, traces.axis);
    for (std::size_t k = 0; k < trace_count; ++k)
      stroker.series(target, traces.series[k], {.color = cnv::rgba8(cnv::light_traces[k])});
    benchmark::ClobberMemory();
  }
}
BENCHMARK(redraw)
    ->ArgNames({"stored", "in_view"})
    ->Args({10'000, 10'000})->Args({100'000, 100'000})->Args({1'000'000, 1'000'000})
    ->Args({1'000'000, 100'000})->Args({1'000'000, 10'000})->Args({1'000'000, 4'000})->Args({1'000'000, 2'000})
    ->Args({1'000'000, 1'500})->Args({1'000'000, 800})->Args({1'000'000, 100})
    ->Unit(benchmark::kMillisecond);

// White noise over the whole height: the most pixels a trace can cover. Not part of the goal; below two samples per
// column every line crosses the picture and is drawn exactly.
void redraw_noise(benchmark::State& state) {
  Traces traces(0);
  const auto count = static_cast<std::size_t>(state.range(0));
  std::uint32_t seed = 1;
  for (std::size_t i = 0; i < count; ++i) {
    const double t = static_cast<double>(i);
    traces.axis.append(&t, 1);
    for (auto& series : traces.series) {
      seed = seed * 1664525 + 1013904223;
      const float v = static_cast<float>(seed >> 8) / 16777216.0F;
      series.append(&v, 1);
    }
  }
  std::vector<std::uint32_t> pixels(std::size_t{width} * height);
  const cnv::PixelBuffer target{pixels.data(), width, height, width};
  cnv::Stroker stroker;
  for (auto _ : state) {
    std::fill(pixels.begin(), pixels.end(), 0xFFFFFFFF);
    stroker.begin({{0, 0, width, height}, 0, static_cast<double>(count - 1), 0, 1}, traces.axis);
    for (std::size_t k = 0; k < trace_count; ++k)
      stroker.series(target, traces.series[k], {.color = cnv::rgba8(cnv::light_traces[k])});
    benchmark::ClobberMemory();
  }
}
BENCHMARK(redraw_noise)->Arg(800)->Arg(1'500)->Arg(100'000)->Unit(benchmark::kMillisecond);

// Minima and maxima of every column of all traces, without drawing.
void decimate(benchmark::State& state) {
  const Traces traces(1'000'000);
  std::vector<cnv::SampleNumber> bounds;
  std::vector<cnv::ColumnRange> columns;
  for (auto _ : state) {
    traces.axis.column_bounds(0, 1'000'000 * dt_ms, width, bounds);
    for (const auto& series : traces.series) series.columns(bounds, columns);
    benchmark::DoNotOptimize(columns.data());
  }
}
BENCHMARK(decimate)->Unit(benchmark::kMillisecond);

// One display batch of 40 samples for 8 traces out of 1,000 that lie side by side in memory, the oldest dropped.
void append_and_trim(benchmark::State& state) {
  Traces traces(100'000);
  const std::vector<float> batch(40 * 1000, 1.0F);
  double t = traces.axis.last();
  for (auto _ : state) {
    for (int i = 0; i < 40; ++i) t += dt_ms, traces.axis.append(&t, 1);
    traces.axis.trim(traces.axis.end() - 100'000);
    for (std::size_t k = 0; k < trace_count; ++k) {
      traces.series[k].append(batch.data() + 100 * k, 40, 1000);
      traces.series[k].trim(traces.axis.begin());
    }
  }
}
BENCHMARK(append_and_trim)->Unit(benchmark::kMicrosecond);

void build(benchmark::State& state) {
  std::vector<float> v(1'000'000);
  for (std::size_t i = 0; i < v.size(); ++i) v[i] = voltage_mV(0, i);
  for (auto _ : state) {
    cnv::Pyramid pyramid;
    pyramid.append(v.data(), v.size());
    benchmark::DoNotOptimize(pyramid.end());
  }
}
BENCHMARK(build)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
