// How long one picture of a surface takes off-screen at 1280 x 800, all heights new in each, painted and with OpenGL
// (read-back included); what each part of it costs; and picking. Question of docs: 500 x 500 in at most 20 ms.
// Arguments: samples per side; 0 unlit, 1 smooth, 2 flat; samples per pixel; most drawn samples.
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "cnv/draw/surface_painter.hpp"
#include "cnv/draw/surface_pick.hpp"
#include "cnv/render/frame_buffer.hpp"
#include "cnv/render/surface_renderer.hpp"
#include "off_screen.hpp"

namespace {

using namespace cnv;
using bench::size_px;

constexpr int frames = 8;

// A ring wave that runs outwards.
std::vector<float> wave(int n, int frame) {
  std::vector<float> heights(static_cast<std::size_t>(n) * static_cast<std::size_t>(n));
  for (int row = 0; row < n; ++row)
    for (int column = 0; column < n; ++column) {
      const float x = 20.0f * static_cast<float>(column) / static_cast<float>(n - 1) - 10,
                  y = 20.0f * static_cast<float>(row) / static_cast<float>(n - 1) - 10, r = std::hypot(x, y);
      heights[static_cast<std::size_t>(row) * static_cast<std::size_t>(n) + static_cast<std::size_t>(column)] =
          3 * std::sin(2 * r - 0.7f * static_cast<float>(frame)) / (1 + 0.3f * r);
    }
  return heights;
}

SurfaceGrid grid_of(int n) {
  SurfaceGrid grid;
  for (int i = 0; i < n; ++i) grid.x.push_back(20.0 * i / (n - 1) - 10);
  grid.y = grid.x;
  return grid;
}

Bounds bounds_of_wave() {
  Bounds bounds;
  bounds.add({-10, -10, -3});
  bounds.add({10, 10, 3});
  return bounds;
}

struct Scene {
  int n;
  std::vector<std::vector<float>> heights;
  SurfaceFrame frame;
  std::vector<std::uint32_t> pixels = std::vector<std::uint32_t>(static_cast<std::size_t>(size_px.x * size_px.y));

  explicit Scene(const benchmark::State& state) : n(static_cast<int>(state.range(0))) {
    for (int k = 0; k < frames; ++k) heights.push_back(wave(n, k));
    frame.bounds = bounds_of_wave();
    frame.size_px = size_px;
    frame.camera = fitted({}, fit_points(frame.bounds), size_px);
    frame.shading = static_cast<SurfaceShading>(state.range(1));
  }

  // `picture` draws with what the drawer was given.
  template <class Drawer, class Picture>
  void run(benchmark::State& state, Drawer& drawer, Picture&& picture) {
    drawer.set_grid(grid_of(n));
    drawer.set_color_map(color_map("mpl:viridis").table, {-3, 3, 0});
    std::size_t count = 0;
    const auto next = [&] {
      drawer.set_heights(heights[count++ % frames]);
      picture();
    };
    next();  // the first one makes what the others use
    for (auto _ : state) next();
    state.counters["points"] = static_cast<double>(drawer.counters().points);
  }
};

void new_heights(benchmark::State& state) {
  SurfacePainter painter(state.range(3));
  Scene scene(state);
  const PixelBuffer target{scene.pixels.data(), size_px.x, size_px.y, size_px.x};
  scene.run(state, painter, [&] { painter.draw(scene.frame, target, state.range(2) > 1); });
}
void new_heights_opengl(benchmark::State& state) {
  auto* gl = bench::current_context();
  if (!gl) return state.SkipWithError("no OpenGL");
  auto renderer = SurfaceRenderer::create(state.range(3));
  FrameBuffer target;
  if (!renderer || !target.resize(size_px.x, size_px.y, static_cast<int>(state.range(2))))
    return state.SkipWithError("no renderer");
  Scene scene(state);
  scene.run(state, **renderer, [&] {
    target.bind();
    (*renderer)->draw(scene.frame);
    target.read({reinterpret_cast<std::uint8_t*>(scene.pixels.data()), scene.pixels.size() * 4}, PixelOrder::bgra);
  });
  state.SetLabel(gl->renderer());
}
void sizes(benchmark::internal::Benchmark* bench, std::int64_t most) {
  bench->ArgNames({"side", "shading", "samples", "most"})->Unit(benchmark::kMillisecond)->UseRealTime();
  for (const std::int64_t side : {20, 200, 500, 1000})
    for (const std::int64_t shading : {0, 1, 2}) bench->Args({side, shading, 1, most});
  bench->Args({500, 1, 4, 250'000})->Args({500, 1, 1, 250'000})->Args({1000, 1, 4, 1'000'000});
}
BENCHMARK(new_heights)->Apply([](auto* bench) { sizes(bench, 40'000); });
BENCHMARK(new_heights_opengl)->Apply([](auto* bench) { sizes(bench, 25'000); });

void thin(benchmark::State& state) {
  const int n = static_cast<int>(state.range(0));
  const SurfaceThinning thinning(n, n, 25000);
  const auto heights = wave(n, 0);
  std::vector<float> out;
  for (auto _ : state) {
    thinning.apply(heights, out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(thin)->Arg(200)->Arg(500)->Arg(1000)->Unit(benchmark::kMillisecond);

void pick_sample(benchmark::State& state) {
  const int n = static_cast<int>(state.range(0));
  const SurfaceGrid grid = grid_of(n);
  const auto heights = wave(n, 0);
  const Bounds bounds = bounds_of_wave();
  const Projection projection = make_projection(fitted({}, fit_points(bounds), size_px), size_px, bounds);
  std::size_t k = 0;
  for (auto _ : state) {
    k += 7919;
    benchmark::DoNotOptimize(pick_surface(
        grid, heights, ray_under(projection, {static_cast<float>(k % 1280), static_cast<float>(k % 800)})));
  }
}
BENCHMARK(pick_sample)->Arg(20)->Arg(200)->Arg(500)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
