// The painter of surfaces against rays that are cut with every triangle.
#include "cnv/draw/surface_painter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include <glm/geometric.hpp>

#include "cnv/draw/light.hpp"
#include "cnv/draw/surface_pick.hpp"

namespace cnv {
namespace {

constexpr Rgba8 white{255, 255, 255, 255};
constexpr float pi = 3.14159265f;

struct Painted {
  int width, height;
  std::vector<std::uint32_t> pixels;
  std::uint32_t at(int x, int y) const { return pixels[static_cast<std::size_t>(y * width + x)]; }
  static int channel(std::uint32_t pixel, int shift) { return static_cast<int>(pixel >> shift & 0xFF); }
};

struct Scene {
  SurfaceGrid grid;
  std::vector<float> heights;
  ColorTable table = color_map("mpl:viridis").table;
  ColorScale scale{-1, 1, 0};

  Scene(int columns, int rows, auto height) {
    for (int i = 0; i < columns; ++i) grid.x.push_back(-50 + 100.0 * i / (columns - 1));
    for (int i = 0; i < rows; ++i) grid.y.push_back(-50 + 100.0 * i / (rows - 1));
    grid.space.scale.z = 20;
    for (int row = 0; row < rows; ++row)
      for (int column = 0; column < columns; ++column)
        heights.push_back(height(static_cast<float>(grid.x[static_cast<std::size_t>(column)]),
                                 static_cast<float>(grid.y[static_cast<std::size_t>(row)])));
  }
  Bounds bounds() const {
    Bounds out;
    out.add({-50, -50, -20});
    out.add({50, 50, 20});
    return out;
  }
};

Scene wave(int columns, int rows) {
  return {columns, rows, [](float x, float y) { return std::cos(std::hypot(x, y) / 9) * (1 - std::hypot(x, y) / 90); }};
}

SurfaceFrame frame_of(const Scene& scene, float azimuth, float elevation, bool orthographic, int side = 160) {
  SurfaceFrame frame;
  frame.size_px = {side, side};
  frame.bounds = scene.bounds();
  frame.camera = fitted({.azimuth_deg = azimuth, .elevation_deg = elevation, .orthographic = orthographic},
                        fit_points(frame.bounds), glm::vec2(frame.size_px));
  frame.background = white;
  return frame;
}

Painted painted(SurfacePainter& painter, const SurfaceFrame& frame, bool smooth_edges = false) {
  Painted out{frame.size_px.x, frame.size_px.y, {}};
  // The target is a part of larger memory, as pictures of a toolkit may be.
  const int stride = out.width + 3;
  std::vector<std::uint32_t> memory(static_cast<std::size_t>(stride * out.height), 0x12345678);
  painter.draw(frame, {memory.data(), out.width, out.height, stride}, smooth_edges);
  for (int y = 0; y < out.height; ++y) {
    const auto* row = memory.data() + y * stride;
    out.pixels.insert(out.pixels.end(), row, row + out.width);
    EXPECT_EQ(row[out.width], 0x12345678U) << "beside the picture";
  }
  return out;
}

Painted painted(const Scene& scene, const SurfaceFrame& frame, bool smooth_edges = false,
                std::int64_t most_points = 1'000'000) {
  SurfacePainter painter(most_points);
  painter.set_grid(scene.grid);
  painter.set_heights(scene.heights);
  painter.set_color_map(scene.table, scene.scale);
  return painted(painter, frame, smooth_edges);
}

// What a ray hits first: its triangle, the height there, and the light on the triangle.
struct Seen {
  int triangle = -1;
  double height = 0, light = 1;
};

Seen cast(const Scene& scene, const SurfaceFrame& frame, int px, int py) {
  const Projection projection = make_projection(frame.camera, glm::vec2(frame.size_px), frame.bounds);
  const Ray ray = ray_under(projection, {static_cast<float>(px) + 0.5f, static_cast<float>(py) + 0.5f});
  const glm::dvec3 start(ray.start), along = glm::normalize(glm::dvec3(ray.direction));
  const auto columns = static_cast<int>(scene.grid.columns()), rows = static_cast<int>(scene.grid.rows());
  Seen seen;
  double nearest = std::numeric_limits<double>::infinity();
  int number = 0;
  for (int row = 0; row + 1 < rows; ++row)
    for (int column = 0; column + 1 < columns; ++column) {
      const auto at = [&](int i) { return scene.grid.index(column + i % 2, row + i / 2); };
      const auto place = [&](int i) {
        return glm::dvec3(scene.grid.place(column + i % 2, row + i / 2, static_cast<double>(scene.heights[at(i)])));
      };
      for (const auto& [a, b, c] : {std::array{0, 1, 2}, std::array{2, 1, 3}}) {
        ++number;
        const glm::dvec3 p = place(a), u = place(b) - p, v = place(c) - p, n = glm::cross(u, v);
        const double slope = glm::dot(n, along);
        if (std::isnan(slope) || slope == 0) continue;
        const double t = glm::dot(n, p - start) / slope;
        const glm::dvec3 q = start + t * along - p;
        const double size = glm::dot(n, n), s = glm::dot(glm::cross(q, v), n) / size,
                     r = glm::dot(glm::cross(u, q), n) / size;
        if (t < 0 || s < 0 || r < 0 || s + r > 1 || t >= nearest) continue;
        nearest = t;
        const auto h = [&](int i) { return static_cast<double>(scene.heights[at(i)]); };
        const glm::dvec3 facing = n * ((slope > 0 ? -1 : 1) / std::sqrt(size));
        const glm::dvec3 in_camera = glm::dmat3(glm::mat3(projection.view)) * facing;
        const glm::dvec3 lamp(light_direction);
        seen = {number, h(a) + s * (h(b) - h(a)) + r * (h(c) - h(a)),
                1 + static_cast<double>(relief) * (glm::dot(in_camera, lamp) - lamp.z)};
      }
    }
  return seen;
}

// Compares a picture with rays: where the ray and those of the neighbouring pixels hit, or miss, the same part.
void expect_equal_to_rays(const Scene& scene, const SurfaceFrame& frame, const Painted& picture, const char* what) {
  const int w = picture.width, h = picture.height;
  std::vector<Seen> seen;
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) seen.push_back(cast(scene, frame, x, y));
  int wrong_cover = 0, wrong_color = 0, compared = 0;
  for (int y = 1; y + 1 < h; ++y)
    for (int x = 1; x + 1 < w; ++x) {
      const Seen& here = seen[static_cast<std::size_t>(y * w + x)];
      bool edge = false;
      double low = here.height, high = here.height, dark = here.light, bright = here.light;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          const Seen& there = seen[static_cast<std::size_t>((y + dy) * w + x + dx)];
          edge |= (there.triangle < 0) != (here.triangle < 0);
          low = std::min(low, there.height);
          high = std::max(high, there.height);
          dark = std::min(dark, there.light);
          bright = std::max(bright, there.light);
        }
      if (edge) continue;
      const std::uint32_t pixel = picture.at(x, y);
      if (here.triangle < 0) {
        wrong_cover += pixel != 0xFFFFFFFF;
        continue;
      }
      wrong_cover += pixel == 0xFFFFFFFF;
      ++compared;
      const auto entry = [&](double v) { return static_cast<int>(255 * std::clamp((v + 1) / 2, 0.0, 1.0)); };
      const bool lit = frame.shading != SurfaceShading::unlit;
      bool found = false;
      for (int e = std::max(entry(low) - 1, 0); e <= std::min(entry(high) + 1, 255) && !found; ++e) {
        const Rgba8 color = scene.table[static_cast<std::size_t>(e)];
        const auto fits = [&](std::uint8_t c, int shift) {
          const double value = Painted::channel(pixel, shift), l = lit ? dark : 1, m = lit ? bright : 1;
          return value >= c * l - 1.5 && value <= std::min(c * m, 255.0) + 1.5;
        };
        found = fits(color.r, 16) && fits(color.g, 8) && fits(color.b, 0);
      }
      wrong_color += !found;
    }
  EXPECT_EQ(wrong_cover, 0) << what;
  EXPECT_EQ(wrong_color, 0) << what << ", of " << compared;
  EXPECT_GT(compared, 100) << what;
}

TEST(surface_painter, shows_what_rays_hit_from_every_side) {
  const Scene scene = wave(17, 13);
  for (const bool orthographic : {false, true})
    for (int k = 0; k < 12; ++k) {
      const float azimuth = 30.0f * static_cast<float>(k) + 3, elevation = -80 + 14.5f * static_cast<float>(k);
      SurfaceFrame frame = frame_of(scene, azimuth, elevation, orthographic, 120);
      for (const auto shading : {SurfaceShading::unlit, SurfaceShading::flat}) {
        frame.shading = shading;
        const std::string what = std::to_string(azimuth) + ", " + std::to_string(elevation);
        expect_equal_to_rays(scene, frame, painted(scene, frame), what.c_str());
      }
    }
}

TEST(surface_painter, shows_what_rays_hit_from_within) {
  const Scene scene = wave(17, 13);
  for (int k = 0; k < 6; ++k) {
    SurfaceFrame frame = frame_of(scene, 60.0f * static_cast<float>(k), 4, false, 120);
    frame.camera.center = {5, -8, 24};
    frame.camera.distance = 6;
    frame.camera.fov_deg = 70;
    expect_equal_to_rays(scene, frame, painted(scene, frame), std::to_string(k).c_str());
  }
}

TEST(surface_painter, holes_are_holes_from_every_side) {
  Scene scene = wave(17, 13);
  std::mt19937 random(3);
  for (auto& height : scene.heights)
    if (random() % 6 == 0) height = NAN;
  // A corner without a height leaves half of a cell only where the diagonal says so: compare with cells that are whole
  // or wholly missing.
  for (int row = 0; row < 13; ++row)
    for (int column = 0; column < 17; ++column)
      if ((row / 3 + column / 3) % 2) scene.heights[scene.grid.index(column, row)] = NAN;
      else if (std::isnan(scene.heights[scene.grid.index(column, row)]))
        scene.heights[scene.grid.index(column, row)] = 0;
  for (const float elevation : {70.0f, 20.0f, -50.0f}) {
    const SurfaceFrame frame = frame_of(scene, 40, elevation, false, 120);
    const Painted picture = painted(scene, frame);
    int holes = 0, wrong = 0;
    for (int y = 0; y < 120; ++y)
      for (int x = 0; x < 120; ++x) {
        const bool hit = cast(scene, frame, x, y).triangle >= 0, drawn = picture.at(x, y) != 0xFFFFFFFF;
        holes += !drawn;
        wrong += hit && !drawn;  // whole cells are there; of cells with one missing corner a half may be, too
      }
    EXPECT_LE(wrong, 40) << "edges only";
    EXPECT_GT(holes, 4000);
  }
}

TEST(surface_painter, triangles_that_share_an_edge_share_no_pixel) {
  // Half-transparent and flat, seen from above at odd angles: twice covered pixels would be darker, gaps white.
  Scene scene(40, 23, [](float, float) { return 0.0f; });
  scene.table.fill({0, 0, 0, 255});
  for (int k = 0; k < 30; ++k) {
    SurfaceFrame frame = frame_of(scene, 12.3f * static_cast<float>(k), 90 - 2.0f * static_cast<float>(k), k % 2 == 0);
    frame.opacity = 0.5f;
    const Painted picture = painted(scene, frame);
    int once = 0, other = 0;
    for (const std::uint32_t pixel : picture.pixels) {
      once += pixel == 0xFF7F7F7F;
      other += pixel != 0xFF7F7F7F && pixel != 0xFFFFFFFF;
    }
    EXPECT_GT(once, 3000);
    EXPECT_EQ(other, 0) << k;
    for (int y = 0; y < picture.height; ++y) {  // no gap: each row is one stretch
      int changes = 0;
      for (int x = 1; x < picture.width; ++x) changes += picture.at(x, y) != picture.at(x - 1, y);
      EXPECT_LE(changes, 2) << k << ", row " << y;
    }
  }
}

TEST(surface_painter, translucent_heights_blend_from_far_to_near) {
  // A hill seen from the side: its back shines through its front, from wherever one looks.
  Scene scene(21, 21, [](float x, float y) { return 2 - std::hypot(x, y) / 25; });
  scene.table.fill({255, 0, 0, 255});
  for (const bool orthographic : {true, false})
    for (int azimuth = 0; azimuth < 360; azimuth += 45) {
      SurfaceFrame frame = frame_of(scene, static_cast<float>(azimuth), 4, orthographic);
      frame.opacity = 0.5f;
      const Painted picture = painted(scene, frame);
      const auto top = project(frame.camera, glm::vec2(frame.size_px), {0, 0, 15});
      EXPECT_NEAR(Painted::channel(picture.at(static_cast<int>(top.x), static_cast<int>(top.y)), 8), 64, 2)
          << "two layers of red at one half leave a quarter of the green, from " << azimuth;
    }
}

TEST(surface_painter, a_smooth_ball_is_lit_as_a_ball) {
  // The upper half of a ball: its normals are known.
  const float radius = 60;
  Scene scene(101, 101, [&](float x, float y) { return std::sqrt(radius * radius - x * x - y * y) / 20; });
  for (auto& height : scene.heights)
    if (std::isnan(height)) height = NAN;
  scene.table.fill({128, 128, 128, 255});
  SurfaceFrame frame = frame_of(scene, 0, 90, true, 200);
  frame.shading = SurfaceShading::smooth;
  frame.bounds.add({0, 0, 100});
  const Painted picture = painted(scene, frame);
  const Projection projection = make_projection(frame.camera, glm::vec2(frame.size_px), frame.bounds);
  for (int y = 60; y < 140; ++y)
    for (int x = 60; x < 140; ++x) {
      const glm::vec3 at = unproject(projection, {static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f}, 10);
      glm::vec3 normal(at.x / radius, at.y / radius, 0);
      normal.z = std::sqrt(1 - normal.x * normal.x - normal.y * normal.y);
      const float wanted = 128 * light_on(glm::mat3(projection.view) * normal);
      EXPECT_NEAR(Painted::channel(picture.at(x, y), 8), wanted, 2.0f) << x << ", " << y;
    }
}

TEST(surface_painter, a_transparent_ground_is_left_for_what_lies_behind) {
  Scene scene(3, 3, [](float, float) { return 0.0f; });
  scene.table.fill({255, 0, 0, 255});
  SurfaceFrame frame = frame_of(scene, 0, 90, true);
  frame.background = {0, 0, 0, 0};
  frame.opacity = 0.5f;
  for (const bool smooth_edges : {false, true}) {
    const Painted picture = painted(scene, frame, smooth_edges);
    EXPECT_EQ(picture.at(2, 2), 0U);
    EXPECT_NEAR(Painted::channel(picture.at(80, 80), 24), 128, 1);
    EXPECT_NEAR(Painted::channel(picture.at(80, 80), 16), 128, 1) << "premultiplied";
    EXPECT_EQ(Painted::channel(picture.at(80, 80), 8), 0);
  }
}

TEST(surface_painter, smooth_edges_are_means_of_four_samples) {
  const Scene scene = wave(17, 13);
  for (const int side : {90, 161}) {
    const SurfaceFrame frame = frame_of(scene, 25, 35, false, side);
    SurfaceFrame twice = frame;
    twice.size_px *= 2;
    const Painted fine = painted(scene, frame, true), large = painted(scene, twice);
    int differ = 0;
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x)
        for (const int shift : {0, 8, 16, 24}) {
          int sum = 0;
          for (const int k : {0, 1, 2, 3}) sum += Painted::channel(large.at(2 * x + k % 2, 2 * y + k / 2), shift);
          differ += std::abs(Painted::channel(fine.at(x, y), shift) - (sum + 2) / 4) > 0;
        }
    EXPECT_LE(differ, 4) << side;
  }
}

TEST(surface_painter, large_pictures_are_made_in_parts_without_seams) {
  const Scene scene = wave(60, 60);
  SurfaceFrame frame = frame_of(scene, 25, 35, false);
  frame.size_px = {2600, 1100};  // 11 million samples
  frame.camera = fitted(frame.camera, fit_points(frame.bounds), glm::vec2(frame.size_px));
  SurfaceFrame half = frame;
  half.size_px /= 2;
  const Painted large = painted(scene, frame, true), small = painted(scene, half, true);
  int differ = 0;
  for (int y = 0; y < small.height; ++y)
    for (int x = 0; x < small.width; ++x) {
      int sum = 0;
      for (const int k : {0, 1, 2, 3}) sum += Painted::channel(large.at(2 * x + k % 2, 2 * y + k / 2), 8);
      differ += std::abs(Painted::channel(small.at(x, y), 8) - sum / 4) > 40;
    }
  EXPECT_LT(differ, small.width * small.height / 500) << "steep edges only";
}

TEST(surface_painter, large_grids_are_thinned_and_keep_their_peaks) {
  Scene scene(200, 200, [](float, float) { return -1.0f; });
  scene.heights[101 * 200 + 99] = 1;
  SurfacePainter painter(2500);
  painter.set_grid(scene.grid);
  painter.set_heights(scene.heights);
  painter.set_color_map(color_map("ramp:#ff0000:#0000ff").table, scene.scale);
  const Painted picture = painted(painter, frame_of(scene, 0, 60, false, 200));
  EXPECT_EQ(painter.counters().points, 2500);
  EXPECT_GT(
      std::count_if(picture.pixels.begin(), picture.pixels.end(),
                    [](std::uint32_t p) { return Painted::channel(p, 0) > 100 && Painted::channel(p, 16) < 200; }),
      0);
}

TEST(surface_painter, new_heights_new_colours_and_no_heights) {
  Scene scene = wave(17, 13);
  const SurfaceFrame frame = frame_of(scene, 25, 35, false);
  SurfacePainter painter(1000);
  EXPECT_EQ(painted(painter, frame).pixels, std::vector<std::uint32_t>(160 * 160, 0xFFFFFFFF));
  painter.set_grid(scene.grid);
  painter.set_color_map(scene.table, scene.scale);
  EXPECT_EQ(painted(painter, frame).pixels, std::vector<std::uint32_t>(160 * 160, 0xFFFFFFFF)) << "no heights yet";
  painter.set_heights(scene.heights);
  const Painted before = painted(painter, frame);
  EXPECT_EQ(painter.counters().uploaded_bytes, 17 * 13 * 4);
  EXPECT_EQ(painted(painter, frame).pixels, before.pixels);
  EXPECT_EQ(painter.counters().uploaded_bytes, 0);
  for (auto& height : scene.heights) height = -height;
  painter.set_heights(scene.heights);
  const Painted after = painted(painter, frame);
  EXPECT_EQ(after.pixels, painted(scene, frame).pixels) << "as one that was made anew";
  EXPECT_NE(after.pixels, before.pixels);
  painter.set_heights(std::vector<float>(5, 0.0f));
  EXPECT_EQ(painted(painter, frame).pixels, after.pixels) << "heights of another shape are none";
  scene.table.fill({1, 2, 3, 255});
  painter.set_color_map(scene.table, scene.scale);
  EXPECT_EQ(painted(painter, frame).pixels, painted(scene, frame).pixels);
}

}  // namespace
}  // namespace cnv
