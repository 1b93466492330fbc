// Question: what does a change of a field cost in the store, and does the cost of an append grow with what is already
// there? What does it cost to find something by its coordinate? Figure: time to append 1,000 series sample by sample
// (three lengths, without and with a limit on the history), of one sample more for histories and cells of three sizes,
// of one replacement of a field, and of selections from a field: by label, nearest number and list, and of what a plot
// shows.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "cnv/core/scene_store.hpp"
#include "cnv/view/series_select.hpp"

namespace {
using namespace cnv;

constexpr std::int64_t series = 1000;

void must_apply(SceneStore& store, const Update& update) {
  if (const auto problem = store.apply(update)) {
    std::fprintf(stderr, "%s\n", problem->message.c_str());
    std::abort();
  }
}

SceneStore store_with(const Field& field) {
  Scene scene;
  scene.fields.set(field.id, field);
  SceneStore store;
  must_apply(store, SceneReady{std::move(scene)});
  return store;
}

std::vector<std::string> names(std::int64_t n) {
  std::vector<std::string> out;
  for (std::int64_t i = 0; i < n; ++i) out.push_back("s" + std::to_string(i));
  return out;
}

// (series, time), times 0, 0.1 … ms.
Field history(std::int64_t rows, std::int64_t samples) {
  std::vector<double> times;
  for (std::int64_t i = 0; i < samples; ++i) times.push_back(0.1 * static_cast<double>(i));
  return {"history",
          Array::copy_of(std::vector<float>(static_cast<std::size_t>(rows * samples), -65.0f), {rows, samples}),
          {"series", "time"},
          {{"series", Array::strings(names(rows))}, {"time", Array::copy_of(times)}},
          "mV",
          {}};
}

FieldAppend sample_of(const Array& slice, std::int64_t number, std::optional<std::int64_t> limit) {
  return {.field_id = "history",
          .append_dim = "time",
          .values = slice,
          .coord_values = Array::copy_of(std::vector<double>{0.1 * static_cast<double>(number)}),
          .max_length = limit};
}

void append_one_by_one(benchmark::State& state) {
  const std::int64_t samples = state.range(0);
  const std::optional<std::int64_t> limit = state.range(1) ? std::optional(state.range(1)) : std::nullopt;
  const Array slice = Array::copy_of(std::vector<float>(series, -65.0f), {series, 1});
  for (auto _ : state) {
    auto store = store_with(history(series, 0));
    for (std::int64_t i = 0; i < samples; ++i) must_apply(store, sample_of(slice, i, limit));
    if (store.find_field("history")->extent(1) != limit.value_or(samples)) std::abort();
  }
  state.SetItemsProcessed(state.iterations() * samples);
}

// Arguments: series; samples that are held, and stay as many.
void append_one_more(benchmark::State& state) {
  const std::int64_t rows = state.range(0), held = state.range(1);
  auto store = store_with(history(rows, held));
  const Array slice = Array::copy_of(std::vector<float>(static_cast<std::size_t>(rows), -65.0f), {rows, 1});
  std::int64_t number = held;
  for (std::int64_t i = 0; i < held; ++i)
    must_apply(store, sample_of(slice, number++, held));  // its memory is all there
  for (auto _ : state) must_apply(store, sample_of(slice, number++, held));
}

void replace(benchmark::State& state) {
  const std::int64_t n = state.range(0);
  auto store = store_with({"v",
                           Array::copy_of(std::vector<float>(static_cast<std::size_t>(n), -65.0f)),
                           {"segment"},
                           {{"segment", Array::strings(names(n))}},
                           "mV",
                           {}});
  const Array values = Array::copy_of(std::vector<float>(static_cast<std::size_t>(n), -60.0f));
  for (auto _ : state) must_apply(store, FieldReplace{.field_id = "v", .values = values});
  state.SetBytesProcessed(state.iterations() * n * static_cast<std::int64_t>(sizeof(float)));
}

// Arguments: labels, of which the last is wanted. The search goes through the labels.
void select_by_label(benchmark::State& state) {
  const Field field = history(state.range(0), 10);
  const Dict selectors{{"series", "s" + std::to_string(state.range(0) - 1)}};
  for (auto _ : state) benchmark::DoNotOptimize(field.select(selectors).values.size());
}

// Ten labels out of all, in no order.
void select_by_labels(benchmark::State& state) {
  const Field field = history(state.range(0), 10);
  List wanted;
  for (std::int64_t i = 0; i < 10; ++i) wanted.emplace_back("s" + std::to_string(i * 7919 % state.range(0)));
  const Dict selectors{{"series", wanted}};
  for (auto _ : state) benchmark::DoNotOptimize(field.select(selectors).values.size());
}

// Arguments: samples; the values nearest to a time.
void select_nearest(benchmark::State& state) {
  const Field field = history(10, state.range(0));
  const Dict selectors{{"time", 0.1 * static_cast<double>(state.range(0)) * 0.77}};
  for (auto _ : state) benchmark::DoNotOptimize(field.select(selectors).values.size());
}

// What a plot does when a person clicks: from the label to the trace. Arguments: traces in the field.
void select_for_plot(benchmark::State& state) {
  const auto store = store_with(history(state.range(0), 10));
  const LinePlotViewSpec spec{.id = "trace",
                              .field_id = "history",
                              .x_dim = "time",
                              .selectors = {{"series", "s" + std::to_string(state.range(0) - 1)}}};
  if (select_series(spec, store).series.size() != 1) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(select_series(spec, store).series.size());
}

BENCHMARK(append_one_by_one)
    ->Args({5000, 0})
    ->Args({10000, 0})
    ->Args({20000, 0})
    ->Args({20000, 1000})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(append_one_more)
    ->ArgNames({"series", "held"})
    ->ArgsProduct({{1000}, {100, 1000, 10000}})
    ->ArgsProduct({{10, 100, 10000}, {1000}})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(replace)->Arg(100)->Arg(10000)->Arg(257054);
BENCHMARK(select_by_label)->Arg(100)->Arg(10000)->Arg(257054)->Unit(benchmark::kMicrosecond);
BENCHMARK(select_by_labels)->Arg(100)->Arg(10000)->Arg(257054)->Unit(benchmark::kMicrosecond);
BENCHMARK(select_nearest)->Arg(100)->Arg(10000)->Arg(1000000)->Unit(benchmark::kMicrosecond);
BENCHMARK(select_for_plot)->Arg(100)->Arg(10000)->Arg(257054)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
