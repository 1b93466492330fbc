// Cells are painted as they are, from every side.
#include <gtest/gtest.h>

#include "cnv/draw/morphology_painter.hpp"
#include "draw/true_pictures.hpp"

namespace cnv {
namespace {

TEST(TruePictures, the_painter_shows_truncated_cones_and_their_joints) {
  MorphologyPainter painter;
  test::expect_true_pictures(100, [&](const auto& tree, const MorphologyFrame& frame, const ColorTable& table) {
    painter.set_tree(tree);
    painter.set_values(std::vector<float>{0});
    painter.set_color_map(table, {0, 1, 0});
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(frame.size_px.x * frame.size_px.y));
    painter.draw(frame, {pixels.data(), frame.size_px.x, frame.size_px.y, frame.size_px.x});
    std::vector<int> red;
    for (const std::uint32_t p : pixels) red.push_back(static_cast<int>(p >> 16 & 255));
    return red;
  });
}

// Straight, of one thickness: the same picture in one piece as in many.
TEST(TruePictures, joints_of_a_straight_neurite_are_not_seen) {
  for (const float radius : {0.3f, 1.0f, 3.0f, 8.0f}) {
    for (const Camera& camera :
         {Camera{.azimuth_deg = 0, .elevation_deg = 0}, Camera{.azimuth_deg = 40, .elevation_deg = 0},
          Camera{.azimuth_deg = 70, .elevation_deg = 15}, Camera{.azimuth_deg = -80, .elevation_deg = 2}}) {
      const auto red = [&](int parts) {
        auto pieces = std::make_shared<Pieces>();
        for (int i = 0; i < parts; ++i) {
          const auto x = [&](int k) { return -50 + 100 * static_cast<float>(k) / static_cast<float>(parts); };
          pieces->add({{x(i), 0, 0}, radius, {x(i + 1), 0, 0}, radius}, i, 0, 0, i - 1);
        }
        const auto tree = std::make_shared<const LodTree>(pieces);
        MorphologyPainter painter;
        painter.set_tree(tree);
        painter.set_values(std::vector<float>{0});
        MorphologyFrame frame;
        frame.size_px = {300, 200};
        frame.camera = camera;
        frame.camera.distance = 400;
        std::vector<std::uint32_t> pixels(300 * 200);
        painter.draw(frame, {pixels.data(), 300, 200, 300});
        return pixels;
      };
      const auto one = red(1), many = red(13);
      int off = 0, covered = 0;
      for (std::size_t i = 0; i < one.size(); ++i) {
        covered += (one[i] & 255) < 250;
        off += std::abs(static_cast<int>(one[i] & 255) - static_cast<int>(many[i] & 255)) > (radius < 2 ? 60 : 12);
      }
      EXPECT_GT(covered, 30);
      EXPECT_LE(off, covered / 15) << "radius " << radius << " um, azimuth " << camera.azimuth_deg << ", of "
                                   << covered;
    }
  }
}

TEST(TruePictures, light_stays_in_its_band) {
  for (int k = 0; k < 1000; ++k) {
    const float turn = 0.1f * static_cast<float>(k), up = std::fabs(std::cos(0.37f * static_cast<float>(k)));
    const glm::vec3 normal(std::sqrt(1 - up * up) * std::cos(turn), std::sqrt(1 - up * up) * std::sin(turn), up);
    EXPECT_GE(light_on(normal), darkest);
    EXPECT_LE(light_on(normal), brightest);
  }
  EXPECT_EQ(light_on({0, 0, 1}), 1) << "what faces the eye has the colour of the colour bar";
}

}  // namespace
}  // namespace cnv
