// What does a picture of a heat map of 100 … 3,000 rows on 1440 x 800 pixels cost: while columns are appended and all
// of them, or a rolling window, are in view; and whole, after a zoom. Per picture: `median_ms` and `min_ms` of taking
// in what is new and laying out, without the store and without painting.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "cnv/view/heat_map_view.hpp"

namespace {

constexpr double width = 1440, height = 800, dt_ms = 0.1;
constexpr std::int64_t samples_before = 5000, samples_per_picture = 10;
using Clock = std::chrono::steady_clock;

// A row rests with some noise and has a spike every 40 ms.
float voltage_mV(std::int64_t row, std::int64_t sample) {
  const double phase = std::fmod(static_cast<double>(sample) * dt_ms + static_cast<double>(row) * 7.3, 40.0);
  const auto noise = static_cast<std::uint32_t>(sample * 2654435761 + row * 40503) >> 16;
  return static_cast<float>(-65 + noise / 65536.0 + (phase < 1 ? 100 * std::exp(-phase * 3) : 0));
}

struct Map {
  cnv::SceneStore store;
  cnv::HeatMapViewSpec spec{.id = "map", .field_id = "v", .x_unit = "ms"};
  cnv::HeatMapView view;
  std::int64_t rows, samples = 0;
  std::vector<double> milliseconds;

  explicit Map(std::int64_t rows_) : rows(rows_) {
    std::vector<std::string> names;
    for (std::int64_t row = 0; row < rows; ++row) names.push_back("cell " + std::to_string(row));
    cnv::Scene scene;
    scene.fields.set("v", cnv::Field{"v",
                                     cnv::Array::copy_of(std::vector<float>(), {rows, 0}),
                                     {"cell", "time"},
                                     {{"cell", cnv::Array::strings(names)},
                                      {"time", cnv::Array::copy_of(std::vector<double>(), {0})}},
                                     "mV",
                                     {}});
    if (const auto problem = store.apply(cnv::SceneReady{std::move(scene)})) throw std::runtime_error(problem->message);
    append(samples_before);
  }
  void append(std::int64_t count) {
    std::vector<float> values;
    std::vector<double> times;
    for (std::int64_t row = 0; row < rows; ++row)
      for (std::int64_t i = 0; i < count; ++i) values.push_back(voltage_mV(row, samples + i));
    for (std::int64_t i = 0; i < count; ++i) times.push_back(static_cast<double>(samples + i) * dt_ms);
    samples += count;
    if (const auto problem = store.apply(cnv::FieldAppend{
            "v", "time", cnv::Array::copy_of(values, {rows, count}), cnv::Array::copy_of(times), {}, {}}))
      throw std::runtime_error(problem->message);
  }
  double picture() {
    const auto start = Clock::now();
    view.update(spec, store, {}, cnv::Theme::light);
    view.layout(width, height, cnv::EstimatedMetrics{});
    const std::chrono::duration<double> took = Clock::now() - start;
    milliseconds.push_back(1000 * took.count());
    return took.count();
  }
  void report(benchmark::State& state) {
    std::sort(milliseconds.begin(), milliseconds.end());
    state.counters["min_ms"] = milliseconds.front();
    state.counters["median_ms"] = milliseconds[milliseconds.size() / 2];
  }
};

void append(benchmark::State& state, std::optional<double> window_ms) {
  Map map(state.range(0));
  map.spec.rolling_window = window_ms;
  for (int i = 0; i < 3; ++i) {
    map.picture();
    map.append(samples_per_picture);
  }
  map.milliseconds.clear();
  for (auto _ : state) {
    map.append(samples_per_picture);
    state.SetIterationTime(map.picture());
  }
  map.report(state);
}
BENCHMARK_CAPTURE(append, growing, std::nullopt)
    ->ArgName("rows")
    ->Arg(100)
    ->Arg(300)
    ->Arg(1000)
    ->Arg(3000)
    ->UseManualTime()
    ->Iterations(60)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(append, rolling, 400.0)
    ->ArgName("rows")
    ->Arg(100)
    ->Arg(300)
    ->Arg(1000)
    ->Arg(3000)
    ->UseManualTime()
    ->Iterations(60)
    ->Unit(benchmark::kMillisecond);

void whole_after_zoom(benchmark::State& state) {
  Map map(state.range(0));
  map.picture();
  map.milliseconds.clear();
  bool closer = true;
  for (auto _ : state) {
    map.view.zoom_at(width / 2, height / 2, closer ? 1.25 : 0.8, 1);
    closer = !closer;
    state.SetIterationTime(map.picture());
  }
  map.report(state);
}
BENCHMARK(whole_after_zoom)
    ->ArgName("rows")
    ->Arg(100)
    ->Arg(300)
    ->Arg(1000)
    ->Arg(3000)
    ->UseManualTime()
    ->Iterations(20)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
