#include "cnv/render/gl_context.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

#include "render/pictures.hpp"

namespace cnv {
namespace {

TEST(GlContext, it_needs_no_display_and_says_what_it_is) {
  auto made = GlContext::create();
  ASSERT_TRUE(made.ok()) << made.error();
  const GlContext& context = **made;
  EXPECT_FALSE(context.renderer().empty());
  EXPECT_FALSE(context.version().empty());
  EXPECT_EQ(context.is_software(), context.renderer().find("llvmpipe") != std::string::npos ||
                                       context.renderer().find("softpipe") != std::string::npos);
}

TEST(GlContext, two_contexts_keep_their_own_pictures) {
  auto first = GlContext::create(GlApi::desktop), second = GlContext::create(GlApi::es);
  ASSERT_TRUE(first.ok() && second.ok());
  const auto filled = [](GlContext& context, Rgba8 color) {
    EXPECT_TRUE(context.make_current().ok());
    FrameBuffer target;
    EXPECT_TRUE(target.resize(4, 4).ok());
    auto renderer = MorphologyRenderer::create();
    EXPECT_TRUE(renderer.ok());
    target.bind();
    MorphologyFrame frame;
    frame.size_px = {4, 4};
    frame.background = color;
    (*renderer)->draw(frame);
    std::vector<std::uint8_t> bytes(64);
    target.read(bytes, PixelOrder::bgra);
    return bytes;
  };
  EXPECT_EQ(filled(**first, {10, 20, 30, 255})[0], 30) << "blue comes first";
  EXPECT_EQ(filled(**second, {40, 50, 60, 255})[0], 60);
  EXPECT_EQ(filled(**first, {70, 80, 90, 255})[2], 70);
}

TEST(GlThreads, a_setting_of_the_user_is_kept) {
  setenv("LP_NUM_THREADS", "3", 1);
  bound_gl_threads();
  EXPECT_STREQ(getenv("LP_NUM_THREADS"), "3");
  unsetenv("LP_NUM_THREADS");
  bound_gl_threads();
  ASSERT_NE(getenv("LP_NUM_THREADS"), nullptr);
  EXPECT_GE(std::atoi(getenv("LP_NUM_THREADS")), 1);
}

class Target : public test::PictureTest {};

TEST_P(Target, rows_are_read_from_the_top_with_the_callers_stride) {
  MorphologyFrame frame;
  frame.size_px = {400, 200};
  frame.camera = {.azimuth_deg = 0, .elevation_deg = 0, .distance = 170, .fov_deg = 60};
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{-150, 0, 60}, 10, {150, 0, 60}, 10}, 0, 0);  // in the upper half
  renderer->set_pieces(pieces);
  draw(frame);
  const std::size_t stride = 400 * 4 + 64;
  std::vector<std::uint8_t> bytes(stride * 200, 7);
  target->read(bytes, PixelOrder::rgba, stride);
  const auto red = [&](int x, int y) {
    return bytes[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) * 4];
  };
  EXPECT_LT(red(200, 40), 250);
  EXPECT_EQ(red(200, 160), 255);
  EXPECT_EQ(bytes[1600], 7) << "bytes between rows are left alone";
}

TEST_P(Target, a_size_that_gl_cannot_draw_is_an_error) {
  EXPECT_FALSE(target->resize(0, 10).ok());
  EXPECT_FALSE(target->resize(10, 1 << 24).ok());
  EXPECT_TRUE(target->resize(10, 20).ok());
  EXPECT_EQ(target->height_px(), 20);
}

INSTANTIATE_TEST_SUITE_P(Gl, Target, ::testing::Values(GlApi::desktop, GlApi::es),
                         [](const auto& api) { return api.param == GlApi::desktop ? "desktop" : "es"; });

}  // namespace
}  // namespace cnv
