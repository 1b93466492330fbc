// Question: what does a message cost between store and socket, and between socket and store? Figure: time per message,
// of the batch that goes out for each picture (103 display values, one history append) and of a large scene.
#include <benchmark/benchmark.h>

#include <cstring>
#include <new>

#include "cnv/protocol/codec.hpp"

namespace {
using namespace cnv;

// The payload in one piece, as a transport delivers it.
struct Delivered {
  std::shared_ptr<std::byte> data;
  std::size_t size = 0;
  std::span<const std::byte> bytes() const { return {data.get(), size}; }
};
Delivered delivered(const protocol::Encoded& encoded) {
  constexpr std::align_val_t alignment{64};
  Delivered d{{static_cast<std::byte*>(::operator new(encoded.size(), alignment)),
               [](std::byte* p) { ::operator delete(p, alignment); }},
              encoded.size()};
  std::size_t at = 0;
  for (const auto& chunk : encoded.chunks) {
    std::memcpy(d.data.get() + at, chunk.data, chunk.size);
    at += chunk.size;
  }
  return d;
}

Array floats(std::int64_t n) { return Array::copy_of(std::vector<float>(static_cast<std::size_t>(n), -65.0f)); }

HostMessage picture_batch(std::int64_t values) {
  Batch batch{.number = 12345};
  batch.updates.push_back(FieldReplace{.field_id = "segment_display", .values = floats(values)});
  batch.updates.push_back(FieldAppend{.field_id = "segment_history",
                                      .append_dim = "time",
                                      .values = Array::copy_of(std::vector<float>(10, 1.0f), {2, 5}),
                                      .coord_values = Array::copy_of(std::vector<double>(5, 0.1)),
                                      .max_length = 20000});
  batch.run = {.running = true, .has_model_time = true, .model_time = 123.4, .steps = 99};
  return batch;
}

HostMessage scene_message(std::int64_t n) {
  std::vector<std::string> ids;
  for (std::int64_t i = 0; i < n; ++i)
    ids.push_back("Cell[0].dend[" + std::to_string(i / 9) + "](" + std::to_string(i % 9) + ")");
  MorphologyGeometry g{.positions = floats(3 * n).reshaped({n, 3}),
                       .orientations = floats(9 * n).reshaped({n, 3, 3}),
                       .radii = floats(n),
                       .lengths = floats(n),
                       .entity_ids = Array::strings(ids),
                       .section_names = Array::strings(ids),
                       .xlocs = floats(n)};
  Scene scene;
  scene.fields.set("segment_display",
                   Field{"segment_display", floats(n), {"segment"}, {{"segment", g.entity_ids}}, "mV", {}});
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(std::move(g)));
  scene.views.set("view", MorphologyViewSpec{.id = "view", .color_field_id = "segment_display"});
  return Batch{.number = 1, .updates = {SceneReady{std::move(scene)}}};
}

void encode_picture(benchmark::State& state) {
  const auto message = picture_batch(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(protocol::encode(message));
}
void decode_picture(benchmark::State& state) {
  const auto d = delivered(protocol::encode(picture_batch(state.range(0))));
  for (auto _ : state) benchmark::DoNotOptimize(protocol::decode_host(d.bytes(), d.data));
}
void encode_scene(benchmark::State& state) {
  const auto message = scene_message(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(protocol::encode(message));
}
void decode_scene(benchmark::State& state) {
  const auto d = delivered(protocol::encode(scene_message(state.range(0))));
  for (auto _ : state) benchmark::DoNotOptimize(protocol::decode_host(d.bytes(), d.data));
}

BENCHMARK(encode_picture)->Arg(103)->Arg(10000)->Arg(257054);
BENCHMARK(decode_picture)->Arg(103)->Arg(10000)->Arg(257054);
BENCHMARK(encode_scene)->Arg(103)->Arg(10000)->Arg(257054)->Unit(benchmark::kMicrosecond);
BENCHMARK(decode_scene)->Arg(103)->Arg(10000)->Arg(257054)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
