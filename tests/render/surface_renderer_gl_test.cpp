#include "cnv/render/surface_renderer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "render/pictures.hpp"

namespace cnv {
namespace {

using test::Picture;

constexpr Rgba8 white{255, 255, 255, 255};

class Surface : public test::PictureTest {
 protected:
  void SetUp() override {
    test::PictureTest::SetUp();
    make(4'000'000);
  }
  void TearDown() override {
    surface.reset();
    test::PictureTest::TearDown();
  }
  void make(std::int64_t most_points) {
    auto made = SurfaceRenderer::create(most_points);
    ASSERT_TRUE(made.ok()) << made.error();
    surface = std::move(*made);
    surface->set_color_map(color_map("ramp:#ff0000:#0000ff").table, {0, 1, 0});
  }
  // A square of 100 x 100 units seen from above, one pixel per unit.
  void show(int columns, int rows, std::vector<float> heights) {
    grid = {};
    for (int i = 0; i < columns; ++i) grid.x.push_back(-50 + 100.0 * i / (columns - 1));
    for (int i = 0; i < rows; ++i) grid.y.push_back(-50 + 100.0 * i / (rows - 1));
    surface->set_grid(grid);
    surface->set_heights(heights);
  }
  static SurfaceFrame from_above() {
    SurfaceFrame frame;
    frame.size_px = {200, 200};
    frame.camera = {.azimuth_deg = 0,
                    .elevation_deg = 90,
                    .distance = 100 / std::tan(30 * 3.14159265f / 180),
                    .fov_deg = 60,
                    .orthographic = true};
    frame.bounds.add({-50, -50, -100});
    frame.bounds.add({50, 50, 100});
    frame.background = white;
    return frame;
  }
  Picture draw(const SurfaceFrame& frame) {
    EXPECT_TRUE(target->resize(frame.size_px.x, frame.size_px.y).ok());
    target->bind();
    surface->draw(frame);
    Picture out{frame.size_px.x, frame.size_px.y, {}};
    out.pixels.resize(static_cast<std::size_t>(out.width * out.height));
    target->read({reinterpret_cast<std::uint8_t*>(out.pixels.data()), out.pixels.size() * 4}, PixelOrder::rgba);
    return out;
  }
  const SurfaceCounters& counters() const { return surface->counters(); }

  std::unique_ptr<SurfaceRenderer> surface;
  SurfaceGrid grid;
};

TEST_P(Surface, without_heights_the_picture_is_background) {
  EXPECT_EQ(draw(from_above()).count_not(white), 0);
  EXPECT_EQ(counters().draw_calls, 0);
}

TEST_P(Surface, covers_its_ground_in_the_colours_of_its_heights) {
  std::vector<float> heights;
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 11; ++column) heights.push_back(static_cast<float>(column) / 10);
  show(11, 3, heights);
  const Picture picture = draw(from_above());
  EXPECT_EQ(counters().draw_calls, 1);
  EXPECT_EQ(counters().triangles, 40);
  const ColorTable table = color_map("ramp:#ff0000:#0000ff").table;
  for (int x = 52; x < 148; ++x) {
    const float u = (static_cast<float>(x) + 0.5f - 50) / 100;
    EXPECT_TRUE(Picture::near(picture.at(x, 100), table[static_cast<std::size_t>(255 * u)], 3)) << x;
  }
  for (int y = 0; y < 200; ++y)
    for (int x = 0; x < 200; ++x) {
      const bool inside = x > 50 && x < 149 && y > 50 && y < 149, outside = x < 49 || x > 150 || y < 49 || y > 150;
      if (inside || outside) {
        EXPECT_EQ(picture.at(x, y) == white, outside) << x << ", " << y;
      }
    }
}

TEST_P(Surface, a_height_without_a_value_is_a_hole) {
  std::vector<float> heights(25, 0.0f);
  heights[12] = NAN;  // the middle
  show(5, 5, heights);
  const Picture picture = draw(from_above());
  EXPECT_EQ(picture.at(100, 100), white);
  EXPECT_FALSE(picture.at(60, 60) == white);
  EXPECT_FALSE(picture.at(80, 118) == white && picture.at(118, 80) == white);
  surface->set_heights(std::vector<float>(25, 0.0f));
  EXPECT_FALSE(draw(from_above()).at(100, 100) == white) << "the hole closes";
  surface->set_heights(std::vector<float>(25, NAN));
  EXPECT_EQ(draw(from_above()).count_not(white), 0);
}

TEST_P(Surface, new_heights_upload_the_heights_only) {
  const std::size_t n = 100 * 80;
  SurfaceFrame frame = from_above();
  frame.camera.azimuth_deg = 30;
  frame.camera.elevation_deg = 60;
  show(100, 80, std::vector<float>(n, 0.0f));
  draw(frame);
  EXPECT_EQ(counters().uploaded_bytes, static_cast<std::int64_t>(n * (8 + 4) + 99 * 79 * 6 * 4 + 1024));
  draw(frame);
  EXPECT_EQ(counters().uploaded_bytes, 0) << "nothing new";
  for (int k = 1; k < 4; ++k) {
    surface->set_heights(std::vector<float>(n, static_cast<float>(k)));
    draw(frame);
    EXPECT_EQ(counters().uploaded_bytes, static_cast<std::int64_t>(4 * n));
  }
  SurfaceFrame smooth = frame;
  smooth.shading = SurfaceShading::smooth;
  surface->set_heights(std::vector<float>(n, 9.0f));
  draw(smooth);
  EXPECT_EQ(counters().uploaded_bytes, static_cast<std::int64_t>(8 * n)) << "and their normals";
  smooth.camera.orbit({30, -20});
  draw(smooth);
  EXPECT_EQ(counters().uploaded_bytes, 0) << "turning uploads nothing";
  smooth.camera.azimuth_deg += 180;
  draw(smooth);
  EXPECT_EQ(counters().uploaded_bytes, 99 * 79 * 6 * 4) << "from another corner the order of the triangles";
  draw(frame);
  grid.space.scale.z = 2;
  surface->set_grid(grid);
  draw(frame);
  EXPECT_EQ(counters().uploaded_bytes, 0) << "another vertical scale neither";
  grid.x[3] += 0.1;
  surface->set_grid(grid);
  draw(frame);
  EXPECT_EQ(counters().uploaded_bytes, static_cast<std::int64_t>(8 * n)) << "other coordinates: the ground";
}

TEST_P(Surface, a_picture_is_one_draw_call_and_uploads_what_is_drawn_at_every_size) {
  make(2500);
  for (const int n : {10, 50, 100, 300}) {
    const std::vector<float> heights(static_cast<std::size_t>(n * n), 0.5f);
    show(n, n, heights);
    SurfaceFrame frame = from_above();
    for (const auto shading : {SurfaceShading::unlit, SurfaceShading::flat, SurfaceShading::smooth}) {
      frame.shading = shading;
      draw(frame);
      surface->set_heights(heights);
      draw(frame);
      EXPECT_EQ(counters().draw_calls, 1) << n;
      EXPECT_LE(counters().points, 2500) << n;
      EXPECT_EQ(counters().uploaded_bytes, counters().points * (shading == SurfaceShading::smooth ? 8 : 4)) << n;
      draw(frame);
      EXPECT_EQ(counters().uploaded_bytes, 0) << n;
    }
  }
}

TEST_P(Surface, large_grids_are_thinned_to_the_budget) {
  make(2500);
  std::vector<float> heights(200 * 200, 0.0f);
  heights[101 * 200 + 99] = 1;
  show(200, 200, heights);
  const Picture picture = draw(from_above());
  EXPECT_EQ(counters().points, 2500);
  int blue = 0;
  for (const Rgba8 p : picture.pixels) blue += p.b > 100 && p.r < 200 && !(p == white);
  EXPECT_GT(blue, 0) << "a peak of a single sample is seen";
}

TEST_P(Surface, translucent_heights_blend_from_far_to_near) {
  // A hill seen from the side: its back shines through its front, from wherever one looks.
  std::vector<float> heights;
  for (int row = 0; row < 21; ++row)
    for (int column = 0; column < 21; ++column)
      heights.push_back(40 - 4 * std::hypot(static_cast<float>(row - 10), static_cast<float>(column - 10)));
  show(21, 21, heights);
  surface->set_color_map(color_map("ramp:#ff0000:#ff0000").table, {0, 1, 0});
  for (const bool orthographic : {true, false})
    for (int azimuth = 0; azimuth < 360; azimuth += 45) {
      SurfaceFrame frame = from_above();
      frame.camera.elevation_deg = 5;
      frame.camera.azimuth_deg = static_cast<float>(azimuth);
      frame.camera.orthographic = orthographic;
      frame.opacity = 0.5f;
      // Two layers of red at one half leave a quarter of the green of the white behind.
      const Picture picture = draw(frame);
      for (const int x : {90, 100, 110}) EXPECT_NEAR(picture.at(x, 85).g, 64, 2) << azimuth << " at " << x;
    }
}

TEST_P(Surface, light_falls_from_the_upper_left_on_both_sides) {
  std::vector<float> heights;
  for (int row = 0; row < 41; ++row)
    for (int column = 0; column < 41; ++column)
      heights.push_back(30 - 1.5f * std::hypot(static_cast<float>(row - 20), static_cast<float>(column - 20)));
  surface->set_color_map(color_map("ramp:#808080:#808080").table, {0, 1, 0});
  show(41, 41, heights);
  for (const SurfaceShading shading : {SurfaceShading::smooth, SurfaceShading::flat}) {
    SurfaceFrame frame = from_above();
    frame.shading = shading;
    const Picture lit = draw(frame);
    EXPECT_GT(lit.at(85, 85).g, lit.at(115, 115).g + 20);
    frame.camera.elevation_deg = -90;
    const Picture below = draw(frame);
    EXPECT_GT(std::max({below.at(85, 85).g, below.at(115, 85).g, below.at(85, 115).g, below.at(115, 115).g}), 70);
  }
  const Picture plain = draw(from_above());
  EXPECT_EQ(plain.at(85, 85), plain.at(115, 115));
}

TEST_P(Surface, leaves_a_transparent_ground_for_what_lies_behind) {
  show(3, 3, std::vector<float>(9, 0.0f));
  SurfaceFrame frame = from_above();
  frame.background = {0, 0, 0, 0};
  frame.opacity = 0.5f;
  const Picture picture = draw(frame);
  EXPECT_EQ(picture.at(10, 10).a, 0);
  EXPECT_NEAR(picture.at(100, 100).a, 128, 1);
  EXPECT_NEAR(picture.at(100, 100).r, 128, 2) << "premultiplied";
}

TEST_P(Surface, several_samples_for_a_pixel_make_edges_smooth) {
  show(3, 3, std::vector<float>(9, 0.0f));
  SurfaceFrame frame = from_above();
  frame.camera.azimuth_deg = 20;
  const auto in_between = [&](int samples) {
    EXPECT_TRUE(target->resize(200, 200, samples).ok());
    target->bind();
    surface->draw(frame);
    std::vector<Rgba8> pixels(200 * 200);
    target->read({reinterpret_cast<std::uint8_t*>(pixels.data()), pixels.size() * 4}, PixelOrder::rgba);
    return std::count_if(pixels.begin(), pixels.end(), [](Rgba8 p) { return p.g > 10 && p.g < 245; });
  };
  EXPECT_EQ(in_between(1), 0);
  EXPECT_GT(in_between(4), 100);
}

TEST_P(Surface, the_eye_may_stand_inside) {
  show(30, 30, std::vector<float>(900, 0.5f));
  SurfaceFrame frame = from_above();
  frame.camera = {.center = {0, 0, 0.6f}, .azimuth_deg = 30, .elevation_deg = 1, .distance = 3, .fov_deg = 60};
  const Picture picture = draw(frame);
  EXPECT_FALSE(picture.at(100, 190) == white) << "the ground before the eye";
  EXPECT_EQ(picture.at(100, 10), white);
}

INSTANTIATE_TEST_SUITE_P(Gl, Surface, ::testing::Values(GlApi::desktop, GlApi::es),
                         [](const auto& api) { return api.param == GlApi::desktop ? "desktop" : "es"; });

}  // namespace
}  // namespace cnv
