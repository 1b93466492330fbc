// The painter without OpenGL shows what the renderer with OpenGL shows.
#include "cnv/draw/morphology_painter.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "draw/random_tree.hpp"
#include "draw/true_pictures.hpp"
#include "render/pictures.hpp"

namespace cnv {
namespace {

using test::Picture;

Picture paint(MorphologyPainter& painter, const MorphologyFrame& frame) {
  return test::picture_of(frame.size_px, [&](const PixelBuffer& target) { painter.draw(frame, target); });
}

// Pixels that differ by more than `levels` of 255 in a channel. Not at the rim: OpenGL drops a point whose middle lies
// outside.
int differing(const Picture& a, const Picture& b, int levels) {
  constexpr int rim = 8;
  int count = 0;
  for (int y = rim; y < a.height - rim; ++y)
    for (int x = rim; x < a.width - rim; ++x) count += Picture::near(a.at(x, y), b.at(x, y), levels) ? 0 : 1;
  return count;
}

class Painter : public test::PictureTest {
 protected:
  void show(const std::shared_ptr<const Pieces>& pieces) {
    const auto tree = std::make_shared<const LodTree>(pieces);
    std::vector<float> values;
    for (std::size_t i = 0; i < pieces->size(); ++i)
      values.push_back(i % 53 == 0 ? std::nanf("") : std::sin(0.01f * static_cast<float>(i)));
    renderer->set_tree(tree);
    painter.set_tree(tree);
    renderer->set_color_map(color_map("voltage").table, {-1, 1, 0});
    painter.set_color_map(color_map("voltage").table, {-1, 1, 0});
    renderer->set_values(values);
    painter.set_values(values);
  }

  // Every style's depth is computed in another order than on the GPU: where two surfaces cross, a pixel may show the
  // other one.
  void expect_same(const MorphologyFrame& frame, const std::string& what) {
    const Picture with_gl = draw(frame), without = paint(painter, frame);
    const int drawn = with_gl.count_not(frame.background);
    EXPECT_GT(drawn, 1000) << what;
    EXPECT_LE(differing(with_gl, without, 2), drawn / 250) << what << ", of " << drawn;
    EXPECT_LE(differing(with_gl, without, 20), drawn / 1000) << what << ", of " << drawn;
  }

  MorphologyPainter painter;
};

TEST_P(Painter, shows_random_trees_as_opengl_does) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const auto pieces = test::random_tree(4000, seed);
    show(pieces);
    for (const bool orthographic : {false, true}) {
      for (const float closer : {0.5f, 1.0f, 4.0f, 20.0f, 120.0f}) {
        MorphologyFrame frame;
        frame.size_px = {400, 300};
        frame.camera = best_initial_view(fit_points(renderer->tree()->cones()), frame.size_px);
        frame.camera.orthographic = orthographic;
        frame.camera.azimuth_deg += 20 * static_cast<float>(seed);
        if (closer > 1) frame.camera.center = pieces->end[pieces->size() / 3];
        frame.camera.distance /= closer;
        expect_same(frame, "seed " + std::to_string(seed) + (orthographic ? ", orthographic, " : ", perspective, ") +
                               std::to_string(closer) + " times as near");
      }
    }
  }
}

TEST_P(Painter, shows_highlights_and_dark_grounds_as_opengl_does) {
  show(test::random_tree(4000));
  for (const Theme theme : {Theme::light, Theme::dark}) {
    for (const float ratio : {1.0f, 2.0f}) {
      MorphologyFrame frame;
      frame.size_px = {400, 300};
      frame.device_pixel_ratio = ratio;
      frame.theme = theme;
      if (theme == Theme::dark) frame.background = {0x16, 0x18, 0x1C, 255};
      frame.camera = best_initial_view(fit_points(renderer->tree()->cones()), frame.size_px);
      frame.highlights = {{0, -1, {13, 123, 75, 255}}, {100, -1, {200, 80, 0, 255}}, {-1, 2000, {0, 80, 200, 255}}};
      expect_same(frame, (theme == Theme::dark ? "dark, ratio " : "light, ratio ") + std::to_string(ratio));
    }
  }
}

TEST_P(Painter, opengl_shows_truncated_cones_and_their_joints) {
  test::expect_true_pictures(100, [&](const auto& tree, const MorphologyFrame& frame, const ColorTable& table) {
    renderer->set_tree(tree);
    renderer->set_values(std::vector<float>{0});
    renderer->set_color_map(table, {0, 1, 0});
    std::vector<int> red;
    for (const Rgba8 pixel : draw(frame).pixels) red.push_back(pixel.r);
    return red;
  });
}

INSTANTIATE_TEST_SUITE_P(Gl, Painter, ::testing::Values(GlApi::desktop, GlApi::es),
                         [](const auto& api) { return api.param == GlApi::desktop ? "desktop" : "es"; });

}  // namespace
}  // namespace cnv
