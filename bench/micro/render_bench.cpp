// How long one picture of n pieces takes off-screen at 1280 x 800, as the viewer draws it without a GPU and with OpenGL
// and read-back, and one pick in it. Question of docs: 257,054 pieces with new values each frame in at most 20 ms on a
// processor, the thick worst case in at most 33 ms, a pick in at most 1 ms. Arguments: pieces; camera (0 still, 1
// moving); radius factor (12: the thick worst case).
#include <benchmark/benchmark.h>

#include <cmath>
#include <utility>

#include "cnv/draw/morphology_painter.hpp"
#include "cnv/draw/pick.hpp"
#include "cnv/render/frame_buffer.hpp"
#include "cnv/render/morphology_renderer.hpp"
#include "off_screen.hpp"
#include "swc_pieces.hpp"

namespace {

using namespace cnv;
using bench::size_px;

// The large cell of data/, every section in ten equal parts; fewer pieces are the first ones, more are several cells.
// Only the tree of last time is kept: a million pieces take some hundred MB.
std::shared_ptr<const LodTree> tree_of(std::size_t n, float radius_factor) {
  static std::pair<std::size_t, float> made;
  static std::shared_ptr<const LodTree> tree;
  if (!tree || made != std::pair(n, radius_factor)) {
    tree.reset();
    made = {n, radius_factor};
    Pieces cell = bench::swc_pieces(CNV_SOURCE_DIR "/data/Animal_2_Basal_2.CNG.swc", 10, n, radius_factor);
    if (cell.size() < n) cell = bench::side_by_side(cell, n);
    tree = std::make_shared<const LodTree>(std::make_shared<const Pieces>(std::move(cell)));
  }
  return tree;
}

// A wave that moves along the cell, frame by frame.
void wave(const std::vector<float>& path_um, int frame, std::vector<float>& values) {
  values.resize(path_um.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = -65 + 50 * std::sin(path_um[i] * 0.05f - static_cast<float>(frame) * 0.3f);
}

// `picture` draws the frame it is given; it makes the first one before the clock runs.
template <class Picture>
void time_frames(benchmark::State& state, const LodTree& tree, const Picture& picture) {
  const bool moving = state.range(1) == 1;
  MorphologyFrame frame;
  frame.size_px = size_px;
  frame.camera = best_initial_view(fit_points(tree.cones()), size_px);
  const std::vector<float> path_um = bench::path_distances(tree.pieces());
  std::vector<std::vector<float>> values(8);
  for (int k = 0; k < 8; ++k) wave(path_um, k, values[static_cast<std::size_t>(k)]);
  std::size_t count = 0;
  // With a resting camera the first two pictures prepare what the others use.
  for (; count < 2; ++count) picture(frame, values[count]);
  for (auto _ : state) {
    if (moving) frame.camera.azimuth_deg += 0.5f;
    picture(frame, values[count++ % 8]);
  }
}

std::shared_ptr<const LodTree> tree_of(const benchmark::State& state) {
  return tree_of(static_cast<std::size_t>(state.range(0)), static_cast<float>(state.range(2)));
}

void draw_frame_with_gl(benchmark::State& state) {
  const auto tree = tree_of(state);
  auto* gl = bench::current_context();
  if (!gl) return state.SkipWithError("no OpenGL");
  auto renderer = MorphologyRenderer::create();
  FrameBuffer target;
  if (!renderer || !target.resize(size_px.x, size_px.y)) return state.SkipWithError("no renderer");
  (*renderer)->set_tree(tree);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size_px.x * size_px.y) * 4);
  time_frames(state, *tree, [&](const MorphologyFrame& frame, const std::vector<float>& values) {
    (*renderer)->set_values(values);
    target.bind();
    (*renderer)->draw(frame);
    target.read(pixels, PixelOrder::bgra);
  });
  state.counters["visible"] = static_cast<double>((*renderer)->counters().visible_pieces);
  state.counters["draw_calls"] = static_cast<double>((*renderer)->counters().draw_calls);
  state.counters["uploaded_bytes"] = static_cast<double>((*renderer)->counters().uploaded_bytes);
  state.SetLabel(gl->renderer());
}

void draw_frame(benchmark::State& state) {
  const auto tree = tree_of(state);
  MorphologyPainter painter;
  painter.set_tree(tree);
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(size_px.x * size_px.y));
  const PixelBuffer target{pixels.data(), size_px.x, size_px.y, size_px.x};
  time_frames(state, *tree, [&](const MorphologyFrame& frame, const std::vector<float>& values) {
    painter.set_values(values);
    painter.draw(frame, target);
  });
  state.counters["visible"] = static_cast<double>(painter.counters().visible_pieces);
  state.counters["placed"] = static_cast<double>(painter.counters().placed_pieces);
  state.counters["fragments"] = static_cast<double>(painter.counters().fragments);
}

void sizes(benchmark::internal::Benchmark* each) {
  each->ArgNames({"pieces", "moving", "radius"})
      ->ArgsProduct({{1000, 10000, 100000, 257054, 1000000}, {0, 1}, {1, 12}})
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}
BENCHMARK(draw_frame_with_gl)->Apply(sizes);
BENCHMARK(draw_frame)->Apply(sizes);

void pick_piece(benchmark::State& state) {
  const auto tree = tree_of(static_cast<std::size_t>(state.range(0)), 1);
  Camera camera = best_initial_view(fit_points(tree->cones()), size_px);
  camera.distance /= static_cast<float>(state.range(1));
  const Projection projection = make_projection(camera, size_px, tree->bounds());
  std::size_t k = 0;
  for (auto _ : state) {
    const Cone& cone = tree->cone(static_cast<std::int32_t>((k += 7919) % tree->cones().size()));
    const glm::vec3 at = project(projection, cone.start);
    benchmark::DoNotOptimize(pick(*tree, projection, {at.x, at.y}));
  }
}
BENCHMARK(pick_piece)
    ->ArgNames({"pieces", "zoom"})
    ->ArgsProduct({{1000, 10000, 100000, 257054, 1000000}, {1, 10}})
    ->Unit(benchmark::kMillisecond);

void build_tree(benchmark::State& state) {
  const auto pieces = tree_of(static_cast<std::size_t>(state.range(0)), 1)->shared_pieces();
  for (auto _ : state) benchmark::DoNotOptimize(LodTree(pieces).nodes().size());
}
BENCHMARK(build_tree)->Arg(10000)->Arg(100000)->Arg(257054)->Arg(1000000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
