// How long one picture of a surface takes off-screen at 1280 x 800 with read-back, all heights new in each; what each
// part of it costs; and picking. Question of docs: 500 x 500 in at most 20 ms on software GL.
// Arguments: samples per side; 0 unlit, 1 smooth, 2 flat; samples per pixel; most drawn samples (0: as the window).
#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

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

void new_heights(benchmark::State& state) {
  const int n = static_cast<int>(state.range(0));
  auto* gl = bench::current_context();
  if (!gl) return state.SkipWithError("no OpenGL");
  auto renderer = SurfaceRenderer::create(state.range(3));
  FrameBuffer target;
  if (!renderer || !target.resize(size_px.x, size_px.y, static_cast<int>(state.range(2))))
    return state.SkipWithError("no renderer");
  (*renderer)->set_grid(grid_of(n));
  (*renderer)->set_color_map(color_map("mpl:viridis").table, {-3, 3, 0});
  std::vector<std::vector<float>> heights;
  for (int k = 0; k < frames; ++k) heights.push_back(wave(n, k));
  SurfaceFrame frame;
  frame.bounds = bounds_of_wave();
  frame.size_px = size_px;
  frame.camera = fitted({}, fit_points(frame.bounds), size_px);
  frame.shading = static_cast<SurfaceShading>(state.range(1));
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size_px.x * size_px.y) * 4);
  std::size_t count = 0;
  const auto picture = [&] {
    (*renderer)->set_heights(heights[count++ % frames]);
    target.bind();
    (*renderer)->draw(frame);
    target.read(pixels, PixelOrder::bgra);
  };
  picture();  // the first one makes what the others use
  for (auto _ : state) picture();
  state.counters["points"] = static_cast<double>((*renderer)->counters().points);
  state.counters["uploaded_bytes"] = static_cast<double>((*renderer)->counters().uploaded_bytes);
  state.SetLabel(gl->renderer());
}
BENCHMARK(new_heights)
    ->ArgNames({"side", "shading", "samples", "most"})
    ->ArgsProduct({{20, 200, 500, 1000}, {0, 1}, {1}, {0}})
    ->Args({500, 2, 1, 0})
    ->Args({500, 1, 4, 62500})
    ->Args({500, 1, 1, 250000})
    ->Args({1000, 1, 1, 1000000})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

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
