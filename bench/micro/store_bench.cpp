// Question: what does a change of a field cost in the store, and does the cost of an append grow with what is already there?
// Figure: time to append 1,000 series sample by sample (three lengths, without and with a limit on the history), and of one
// replacement of a field.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "cnv/core/scene_store.hpp"

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

void append_one_by_one(benchmark::State& state) {
  const std::int64_t samples = state.range(0);
  const std::optional<std::int64_t> limit = state.range(1) ? std::optional(state.range(1)) : std::nullopt;
  const Array slice = Array::copy_of(std::vector<float>(series, -65.0f), {series, 1});
  for (auto _ : state) {
    auto store = store_with({"history", Array::copy_of(std::vector<float>{}, {series, 0}), {"series", "time"}, {{"series", Array::strings(names(series))}, {"time", Array::copy_of(std::vector<double>{})}}, "mV", {}});
    for (std::int64_t i = 0; i < samples; ++i)
      must_apply(store, FieldAppend{.field_id = "history", .append_dim = "time", .values = slice, .coord_values = Array::copy_of(std::vector<double>{0.1 * static_cast<double>(i)}), .max_length = limit});
    if (store.find_field("history")->extent(1) != limit.value_or(samples)) std::abort();
  }
  state.SetItemsProcessed(state.iterations() * samples);
}

void replace(benchmark::State& state) {
  const std::int64_t n = state.range(0);
  auto store = store_with({"v", Array::copy_of(std::vector<float>(static_cast<std::size_t>(n), -65.0f)), {"segment"}, {{"segment", Array::strings(names(n))}}, "mV", {}});
  const Array values = Array::copy_of(std::vector<float>(static_cast<std::size_t>(n), -60.0f));
  for (auto _ : state) must_apply(store, FieldReplace{.field_id = "v", .values = values});
  state.SetBytesProcessed(state.iterations() * n * static_cast<std::int64_t>(sizeof(float)));
}

BENCHMARK(append_one_by_one)->Args({5000, 0})->Args({10000, 0})->Args({20000, 0})->Args({20000, 1000})->Unit(benchmark::kMillisecond);
BENCHMARK(replace)->Arg(100)->Arg(10000)->Arg(257054);

}  // namespace

BENCHMARK_MAIN();
