// The painter without OpenGL shows surfaces as the renderer with OpenGL does.
#include "cnv/draw/surface_painter.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "cnv/render/surface_renderer.hpp"
#include "render/pictures.hpp"

namespace cnv {
namespace {

using test::Picture;

class PaintedSurface : public test::PictureTest {
 protected:
  void SetUp() override {
    test::PictureTest::SetUp();
    auto made = SurfaceRenderer::create();
    ASSERT_TRUE(made.ok()) << made.error();
    surface = std::move(*made);
    SurfaceGrid grid;
    for (int i = 0; i < columns; ++i) grid.x.push_back(-50 + 100.0 * i / (columns - 1));
    for (int i = 0; i < rows; ++i) grid.y.push_back(-40 + 80.0 * i * i / ((rows - 1.0) * (rows - 1)));
    grid.space.scale.z = 15;
    std::vector<float> heights;
    for (const double y : grid.y)
      for (const double x : grid.x) heights.push_back(static_cast<float>(std::sin(x / 6) * std::cos(y / 8)));
    for (std::size_t i = 0; i < heights.size(); i += 97) heights[i] = NAN;
    for (const auto& give : {0, 1}) {
      const ColorTable table = color_map("mpl:turbo").table;
      if (give == 0) {
        surface->set_grid(grid);
        surface->set_heights(heights);
        surface->set_color_map(table, {-1, 1, 0});
      } else {
        painter.set_grid(grid);
        painter.set_heights(heights);
        painter.set_color_map(table, {-1, 1, 0});
      }
    }
    frame.size_px = {400, 300};
    frame.bounds.add({-50, -40, -15});
    frame.bounds.add({50, 40, 15});
    frame.background = {255, 255, 255, 255};
  }
  void TearDown() override {
    surface.reset();
    test::PictureTest::TearDown();
  }
  void expect_same(int samples, const std::string& what) {
    EXPECT_TRUE(target->resize(frame.size_px.x, frame.size_px.y, samples).ok());
    target->bind();
    surface->draw(frame);
    Picture with_gl{frame.size_px.x, frame.size_px.y, {}};
    with_gl.pixels.resize(static_cast<std::size_t>(with_gl.width * with_gl.height));
    target->read({reinterpret_cast<std::uint8_t*>(with_gl.pixels.data()), with_gl.pixels.size() * 4}, PixelOrder::rgba);
    const Picture without =
        test::picture_of(frame.size_px, [&](const PixelBuffer& pixels) { painter.draw(frame, pixels, samples > 1); });
    int drawn = 0, differ = 0, differ_much = 0;
    for (std::size_t i = 0; i < with_gl.pixels.size(); ++i) {
      drawn += !(with_gl.pixels[i] == frame.background);
      differ += !Picture::near(with_gl.pixels[i], without.pixels[i], 3);
      differ_much += !Picture::near(with_gl.pixels[i], without.pixels[i], 80);
    }
    EXPECT_GT(drawn, 5000) << what;
    EXPECT_LE(differ, drawn / (samples > 1 ? 8 : 50)) << what << ", of " << drawn << ": edges and steps of the colours";
    EXPECT_LE(differ_much, drawn / 100) << what << ", of " << drawn << ": edges";
  }

  static constexpr int columns = 60, rows = 45;
  std::unique_ptr<SurfaceRenderer> surface;
  SurfacePainter painter{1'000'000};
  SurfaceFrame frame;
};

TEST_P(PaintedSurface, is_as_opengl_draws_it) {
  for (const bool orthographic : {false, true})
    for (int k = 0; k < 8; ++k) {
      frame.camera = fitted({.azimuth_deg = 45.0f * static_cast<float>(k) + 10,
                             .elevation_deg = -60 + 19.0f * static_cast<float>(k),
                             .orthographic = orthographic},
                            fit_points(frame.bounds), glm::vec2(frame.size_px));
      for (const auto shading : {SurfaceShading::unlit, SurfaceShading::smooth, SurfaceShading::flat})
        for (const float opacity : {1.0f, 0.6f})
          for (const int samples : {1, 4}) {
            frame.shading = shading;
            frame.opacity = opacity;
            expect_same(samples, "view " + std::to_string(k) + ", shading " +
                                     std::to_string(static_cast<int>(shading)) + ", opacity " +
                                     std::to_string(opacity) + ", samples " + std::to_string(samples));
          }
    }
}

TEST_P(PaintedSurface, is_as_opengl_draws_it_near_the_eye) {
  for (int k = 0; k < 6; ++k) {
    frame.camera = {.center = {10, 5, 12},
                    .azimuth_deg = 60.0f * static_cast<float>(k),
                    .elevation_deg = 12,
                    .distance = 8,
                    .fov_deg = 60};
    frame.shading = SurfaceShading::smooth;
    expect_same(1, "near, view " + std::to_string(k));
  }
}

INSTANTIATE_TEST_SUITE_P(Gl, PaintedSurface, ::testing::Values(GlApi::desktop, GlApi::es),
                         [](const auto& api) { return api.param == GlApi::desktop ? "desktop" : "es"; });

}  // namespace
}  // namespace cnv
