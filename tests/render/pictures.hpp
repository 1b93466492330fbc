// Off-screen pictures for tests of `render`: a context, a frame buffer and access to pixels.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "cnv/draw/pixel_buffer.hpp"
#include "cnv/render/frame_buffer.hpp"
#include "cnv/render/gl_context.hpp"
#include "cnv/render/morphology_renderer.hpp"

namespace cnv::test {

struct Picture {
  int width = 0, height = 0;
  std::vector<Rgba8> pixels;  // top row first

  Rgba8 at(int x, int y) const { return pixels[static_cast<std::size_t>(y * width + x)]; }
  int count_near(Rgba8 color, int tolerance = 6) const {
    return static_cast<int>(
        std::count_if(pixels.begin(), pixels.end(), [&](Rgba8 p) { return near(p, color, tolerance); }));
  }
  int count_not(Rgba8 color) const {
    return static_cast<int>(std::count_if(pixels.begin(), pixels.end(), [&](Rgba8 p) { return !(p == color); }));
  }
  static bool near(Rgba8 a, Rgba8 b, int tolerance) {
    return std::abs(a.r - b.r) <= tolerance && std::abs(a.g - b.g) <= tolerance && std::abs(a.b - b.b) <= tolerance;
  }
};

// What a painter fills its target with; `paint` gets the target.
template <class Paint>
Picture picture_of(glm::ivec2 size_px, Paint&& paint) {
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(size_px.x * size_px.y));
  paint(PixelBuffer{pixels.data(), size_px.x, size_px.y, size_px.x});
  Picture out{size_px.x, size_px.y, {}};
  for (const std::uint32_t p : pixels)
    out.pixels.push_back({static_cast<std::uint8_t>(p >> 16), static_cast<std::uint8_t>(p >> 8),
                          static_cast<std::uint8_t>(p), static_cast<std::uint8_t>(p >> 24)});
  return out;
}

// Every test runs with desktop GL and with ES.
class PictureTest : public ::testing::TestWithParam<GlApi> {
 protected:
  void SetUp() override {
    bound_gl_threads();
    auto made = GlContext::create(GetParam());
    ASSERT_TRUE(made.ok()) << made.error();
    context = std::move(*made);
    ASSERT_TRUE(context->make_current().ok());
    auto renderer_made = MorphologyRenderer::create();
    ASSERT_TRUE(renderer_made.ok()) << renderer_made.error();
    renderer = std::move(*renderer_made);
    target = std::make_unique<FrameBuffer>();
    ASSERT_TRUE(target->resize(400, 200).ok());
  }
  void TearDown() override {
    renderer.reset();
    target.reset();
  }

  Picture draw(const MorphologyFrame& frame) {
    EXPECT_TRUE(target->resize(frame.size_px.x, frame.size_px.y).ok());
    target->bind();
    renderer->draw(frame);
    Picture out{frame.size_px.x, frame.size_px.y, {}};
    out.pixels.resize(static_cast<std::size_t>(out.width * out.height));
    target->read({reinterpret_cast<std::uint8_t*>(out.pixels.data()), out.pixels.size() * 4}, PixelOrder::rgba);
    return out;
  }

  std::unique_ptr<GlContext> context;
  std::unique_ptr<FrameBuffer> target;
  std::unique_ptr<MorphologyRenderer> renderer;
};

}  // namespace cnv::test
