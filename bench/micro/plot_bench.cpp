// Redraw of 8 traces of 10^4 … 10^6 samples into 800 x 400 pixels: all samples, closer, and while samples are appended.
// Goal: at most 4 ms for 8 x 10^6 samples at any zoom, independent of the history; append of one display batch in
// microseconds.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "cnv/draw/palette.hpp"
#include "cnv/draw/stroker.hpp"

namespace {

constexpr int trace_count = 8;
constexpr int width = 800, height = 400;
constexpr double dt_ms = 0.025;

float voltage_mV(int trace, std::size_t i) {
  const double t = static_cast<double>(i) * dt_ms, spike = std::fmod(t + trace * 7, 40.0) - 20;
  return static_cast<float>(-65 + 3 * trace + 60 * std::exp(-spike * spike / 2) +
                            std::sin(static_cast<double>(i) * 0.7 + trace) +
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

// Making them takes longer than measuring: those of last time are kept, with as many samples as they had.
Traces& traces_of(std::size_t samples) {
  static std::size_t made = 0;
  static std::unique_ptr<Traces> traces;
  if (!traces || made != samples) {
    traces.reset();
    traces = std::make_unique<Traces>(made = samples);
  }
  return *traces;
}

class Plot {
 public:
  // The last `in_view` samples.
  void draw(const Traces& traces, std::int64_t in_view) {
    const double end = traces.axis.last() + dt_ms;
    draw(traces, {{0, 0, width, height}, end - static_cast<double>(in_view) * dt_ms, end, -80, 40});
  }
  void draw(const Traces& traces, const cnv::PlotWindow& window) {
    std::fill(pixels_.begin(), pixels_.end(), 0xFFFFFFFF);
    stroker_.begin(window, traces.axis);
    for (std::size_t k = 0; k < trace_count; ++k)
      stroker_.series(target_, traces.series[k], {.color = cnv::rgba8(cnv::light_traces[k])});
    benchmark::ClobberMemory();
  }

 private:
  std::vector<std::uint32_t> pixels_ = std::vector<std::uint32_t>(std::size_t{width} * height);
  cnv::PixelBuffer target_{pixels_.data(), width, height, width};
  cnv::Stroker stroker_;
};

// Arguments: samples stored, samples in view.
void redraw(benchmark::State& state) {
  const Traces& traces = traces_of(static_cast<std::size_t>(state.range(0)));
  Plot plot;
  for (auto _ : state) plot.draw(traces, state.range(1));
}
BENCHMARK(redraw)
    ->ArgNames({"stored", "in_view"})
    ->ArgsProduct({{1'000'000}, {1'000'000, 100'000, 10'000, 4'000, 2'000, 1'500, 800, 100}})
    ->Unit(benchmark::kMillisecond);

void redraw_whole(benchmark::State& state) {
  const Traces& traces = traces_of(static_cast<std::size_t>(state.range(0)));
  Plot plot;
  for (auto _ : state) plot.draw(traces, state.range(0));
}
BENCHMARK(redraw_whole)->ArgName("stored")->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// New samples in batches of 40, for 8 traces out of 1,000 that lie side by side in memory; the oldest samples are
// dropped.
class Appender {
 public:
  explicit Appender(Traces& traces)
      : traces_(traces), held_(traces.axis.end() - traces.axis.begin()), rows_(period * row) {
    for (std::size_t i = 0; i < period; ++i)
      for (int k = 0; k < trace_count; ++k) rows_[i * row + 100 * static_cast<std::size_t>(k)] = voltage_mV(k, i);
  }
  void append_batch() {
    double t = traces_.axis.last();
    for (std::size_t i = 0; i < batch; ++i) t += dt_ms, traces_.axis.append(&t, 1);
    traces_.axis.trim(traces_.axis.end() - held_);
    const float* from = rows_.data() + row * next_;
    next_ = (next_ + batch) % period;
    for (std::size_t k = 0; k < trace_count; ++k) {
      traces_.series[k].append(from + 100 * k, batch, row);
      traces_.series[k].trim(traces_.axis.begin());
    }
  }

 private:
  static constexpr std::size_t batch = 40, period = 1600, row = 1000;  // samples, samples between two spikes, series
  Traces& traces_;
  std::size_t held_;
  std::vector<float> rows_;
  std::size_t next_ = 0;
};

// Arguments: samples held by each trace; how many times closer than all of them the picture is.
void redraw_while_appending(benchmark::State& state) {
  Traces& traces = traces_of(static_cast<std::size_t>(state.range(0)));
  Appender appender(traces);
  Plot plot;
  for (auto _ : state) {
    appender.append_batch();
    plot.draw(traces, state.range(0) / state.range(1));
  }
}
BENCHMARK(redraw_while_appending)
    ->ArgNames({"stored", "zoom"})
    ->ArgsProduct({{10'000, 100'000, 1'000'000}, {1, 10, 250}})
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
  Plot plot;
  for (auto _ : state) plot.draw(traces, {{0, 0, width, height}, 0, static_cast<double>(count - 1), 0, 1});
}
BENCHMARK(redraw_noise)->Arg(800)->Arg(1'500)->Arg(100'000)->Unit(benchmark::kMillisecond);

// Minima and maxima of every column of all traces, without drawing.
void decimate(benchmark::State& state) {
  const Traces& traces = traces_of(static_cast<std::size_t>(state.range(0)));
  std::vector<cnv::SampleNumber> bounds;
  std::vector<cnv::ColumnRange> columns;
  for (auto _ : state) {
    traces.axis.column_bounds(traces.axis.first(), traces.axis.last(), width, bounds);
    for (const auto& series : traces.series) series.columns(bounds, columns);
    benchmark::DoNotOptimize(columns.data());
  }
}
BENCHMARK(decimate)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void append_and_trim(benchmark::State& state) {
  Appender appender(traces_of(static_cast<std::size_t>(state.range(0))));
  for (auto _ : state) appender.append_batch();
}
BENCHMARK(append_and_trim)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

// A pyramid of so many samples from nothing.
void build(benchmark::State& state) {
  std::vector<float> v(static_cast<std::size_t>(state.range(0)));
  for (std::size_t i = 0; i < v.size(); ++i) v[i] = voltage_mV(0, i);
  for (auto _ : state) {
    cnv::Pyramid pyramid;
    pyramid.append(v.data(), v.size());
    benchmark::DoNotOptimize(pyramid.end());
  }
}
BENCHMARK(build)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
