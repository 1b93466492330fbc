#include "cnv/draw/scale_bar.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cnv {
namespace {

TEST(ScaleBar, it_is_the_longest_of_1_2_5_that_fits) {
  EXPECT_EQ(scale_bar(1, 120).label, "100 µm");
  EXPECT_EQ(scale_bar(2, 120).label, "50 µm");
  EXPECT_EQ(scale_bar(2, 99).label, "20 µm");
  EXPECT_EQ(scale_bar(200, 120).label, "0.5 µm");
  EXPECT_EQ(scale_bar(0.05f, 120).label, "2 mm");
  EXPECT_EQ(scale_bar(0.005f, 120).label, "2 cm");
  EXPECT_EQ(scale_bar(0.00005f, 120).label, "2 m");
  EXPECT_EQ(scale_bar(5000, 120).label, "20 nm");
  for (float scale = 1e-3f; scale < 1e4f; scale *= 1.37f) {
    const ScaleBar bar = scale_bar(scale, 120);
    EXPECT_LE(bar.width_px, 120.1f);
    EXPECT_GT(bar.width_px, 47.9f);
    EXPECT_NEAR(bar.width_px, bar.length_um * static_cast<double>(scale), 1e-3 * bar.width_px);
  }
}

TEST(ScaleBar, in_perspective_it_holds_for_what_is_about_as_far_as_the_centre) {
  Bounds flat, deep;
  for (const float x : {-100.0f, 100.0f}) {
    flat.add({x, 3, x / 100});
    deep.add({x, x, x});
  }
  Camera camera{.azimuth_deg = 0, .elevation_deg = 90, .distance = 600};
  EXPECT_TRUE(scale_holds(camera, flat));
  EXPECT_FALSE(scale_holds(camera, deep));
  camera.orthographic = true;
  EXPECT_TRUE(scale_holds(camera, deep));
}

TEST(ScaleBar, a_scale_that_is_no_scale_gives_no_bar) {
  for (const float scale : {0.0f, -1.0f, std::nanf("")}) EXPECT_EQ(scale_bar(scale, 100).label, "");
}

}  // namespace
}  // namespace cnv
