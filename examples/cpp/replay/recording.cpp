// A recording played back: two drops of dye that spread along a dendrite and merge, computed beforehand by finite
// differences. The time bar plays, pauses, steps, and leads to any frame; its speed is in frames per second. A drop
// that starts as a Gaussian of width s0 stays one, far from the ends: c(x, t) = a s0/s exp(-(x - x0)² / 2 s²) with s² =
// s0² + 2 D t.
#include <cnv/replay.hpp>

#include <cmath>

namespace {

constexpr double diffusion_um2_per_ms = 0.4, width_um = 4, dx_um = 0.25, dt_ms = 0.05;  // D dt / dx² = 0.32 is stable
constexpr std::size_t points = 481, frame_count = 200, steps_per_frame = 20;            // one frame per ms

std::vector<double> places() {
  std::vector<double> x(points);
  for (std::size_t i = 0; i < points; ++i) x[i] = -60 + dx_um * static_cast<double>(i);
  return x;
}

std::vector<double> drops(double t_ms) {
  const double variance = width_um * width_um + 2 * diffusion_um2_per_ms * t_ms;
  std::vector<double> c;
  for (const double x : places()) {
    double sum = 0;
    for (const auto& [x0, a] : {std::pair{-16.0, 1.0}, std::pair{14.0, 0.6}})
      sum += a * width_um / std::sqrt(variance) * std::exp(-(x - x0) * (x - x0) / (2 * variance));
    c.push_back(sum);
  }
  return c;
}

// One step of the diffusion equation with closed ends.
std::vector<double> spread(const std::vector<double>& c) {
  std::vector<double> next(points);
  for (std::size_t i = 0; i < points; ++i) {
    const double left = c[i > 0 ? i - 1 : 0], right = c[i + 1 < points ? i + 1 : i];
    next[i] = c[i] + diffusion_um2_per_ms * dt_ms / (dx_um * dx_um) * (right - 2 * c[i] + left);
  }
  return next;
}

cnv::Array both(const std::vector<double>& now, const std::vector<double>& start) {
  std::vector<double> curves = now;
  curves.insert(curves.end(), start.begin(), start.end());
  return cnv::Array::copy_of(curves, {2, static_cast<std::int64_t>(points)});
}

cnv::Recording record() {
  cnv::Recording recording{.field_id = "dye"};
  const std::vector<double> start = drops(0);
  std::vector<double> c = start;
  for (std::size_t frame = 0; frame < frame_count; ++frame) {
    recording.frames.push_back({both(c, start), {}});
    for (std::size_t step = 0; step < steps_per_frame; ++step) c = spread(c);
  }
  const std::vector<std::string> curves{"now", "at the start"};
  auto& scene = recording.scene;
  scene.fields.set("dye", {"dye",
                           recording.frames.front().values,
                           {"curve", "x"},
                           {{"curve", cnv::Array::strings(curves)}, {"x", cnv::Array::copy_of(places())}},
                           "µM",
                           {}});
  scene.views.set("dye", cnv::LinePlotViewSpec{.id = "dye",
                                               .title = "Dye along the dendrite",
                                               .field_id = "dye",
                                               .x_dim = "x",
                                               .series_dim = "curve",
                                               .x_label = "x",
                                               .y_label = "c",
                                               .x_unit = "µm",
                                               .y_unit = "µM",
                                               .series_colors = {{"at the start", "gray"}},
                                               .y_min = 0.0,
                                               .y_max = 1.05});
  scene.layout.title = "Diffusion, recorded";
  return recording;
}

}  // namespace

int main(int argc, char** argv) { return cnv::run_app(cnv::build_replay_app(record()), argc, argv); }
