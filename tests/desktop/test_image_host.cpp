#include "cnv/desktop/image_host.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "cnv/desktop/surface_image.hpp"
#include "view/surface_fixture.hpp"

namespace cnv::desktop {
namespace {

// The environment's wish for as long as this lives.
class Wish {
 public:
  explicit Wish(const char* value) { ::setenv("COMPNEUROVIS_DRAWING", value, 1); }
  ~Wish() { ::unsetenv("COMPNEUROVIS_DRAWING"); }
  Wish(const Wish&) = delete;
  Wish& operator=(const Wish&) = delete;
};

// Pixels of two pictures that differ by more than a tenth in a channel.
int differing(const QImage& a, const QImage& b) {
  int count = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
      count += std::abs(qRed(p) - qRed(q)) > 25 || std::abs(qGreen(p) - qGreen(q)) > 25 ||
               std::abs(qBlue(p) - qBlue(q)) > 25;
    }
  return count;
}

TEST(ImageHost, does_what_the_environment_says_and_says_why_it_paints) {
  {
    const Wish painter("painter");
    ImageHost host;
    EXPECT_TRUE(host.paints());
    EXPECT_EQ(host.renderer(), "painter on the processor (COMPNEUROVIS_DRAWING)");
    EXPECT_EQ(host.largest_side_px(), 0);
  }
  const Wish opengl("opengl");
  ImageHost host;
  ASSERT_FALSE(host.paints()) << host.renderer();
  EXPECT_GT(host.largest_side_px(), 1000);
}

TEST(MorphologyImage, a_picture_without_room_in_memory_is_an_error_and_the_next_one_is_drawn) {
  ImageHost host;
  MorphologyImage image(host);
  const MorphologyView view;
  constexpr int side = 1 << 29;  // a row alone is longer than images may be
  const auto drawn = image.draw(view, {}, {side, side}, 1, Theme::light);
  ASSERT_FALSE(drawn.ok());
  EXPECT_NE(drawn.error().find("no memory for a picture of 536870912 × 536870912 pixels"), std::string::npos)
      << drawn.error();
  EXPECT_TRUE(image.draw(view, {}, {30, 20}, 1, Theme::light).ok());
  EXPECT_EQ(image.image().size(), QSize(30, 20));
  EXPECT_TRUE(image.draw(view, {}, {0, 20}, 1, Theme::light).ok());
}

TEST(SurfaceImage, is_the_same_painted_and_by_opengl) {
  std::vector<QImage> pictures;
  std::vector<bool> fine;
  for (const char* wish : {"painter", "opengl"}) {
    const Wish given(wish);
    ImageHost host;
    SurfaceImage image(host);
    const Surface shown;
    const Camera camera = fitted({}, fit_points(shown.view.bounds()), {300, 200});
    ASSERT_TRUE(image.draw(shown.view, camera, {300, 200}, 1, false).ok());
    fine.push_back(image.is_fine());
    ASSERT_TRUE(image.draw(shown.view, camera, {300, 200}, 1, true).ok());
    EXPECT_TRUE(image.is_fine());
    pictures.push_back(image.image().copy());
  }
  EXPECT_EQ(fine, (std::vector{false, true}));
  EXPECT_LT(differing(pictures[0], pictures[1]), 300 * 200 / 100);
  EXPECT_GT(differing(pictures[0], QImage(300, 200, QImage::Format_ARGB32)), 5000);
}

TEST(SurfaceImage, a_picture_without_room_in_memory_is_an_error) {
  ImageHost host;
  SurfaceImage image(host);
  EXPECT_NE(image.draw(SurfaceView(), {}, {1 << 29, 1 << 29}, 1, true).error().find("no memory for"),
            std::string::npos);
  EXPECT_TRUE(image.draw(SurfaceView(), {}, {30, 20}, 1, true).ok());
}

}  // namespace
}  // namespace cnv::desktop
