#include "cnv/draw/axes_sign.hpp"

#include <gtest/gtest.h>

namespace cnv {
namespace {

TEST(Camera, looks_along_an_axis_from_its_positive_end_then_from_the_other) {
  for (int axis = 0; axis < 3; ++axis) {
    Camera camera;
    camera.look_along(axis);
    glm::vec3 towards(0);
    towards[axis] = 1;
    for (int k = 0; k < 3; ++k) EXPECT_NEAR(camera.axes()[2][k], towards[k], 1e-6) << axis << k;
    camera.look_along(axis);
    for (int k = 0; k < 3; ++k) EXPECT_NEAR(camera.axes()[2][k], -towards[k], 1e-6) << axis << k;
    camera.look_along(axis);
    EXPECT_NEAR(camera.axes()[2][axis], 1, 1e-6);
  }
  Camera camera;
  const Camera before = camera;
  camera.look_along(3);
  EXPECT_EQ(camera, before);
}

TEST(AxesSign, every_letter_and_line_names_its_axis) {
  for (float azimuth = -170; azimuth < 180; azimuth += 35)
    for (float elevation = -80; elevation <= 80; elevation += 20) {
      Camera camera;
      camera.azimuth_deg = azimuth;
      camera.elevation_deg = elevation;
      const auto marks = axes_sign(camera);
      for (int axis = 0; axis < 3; ++axis)
        if (const auto& mark = marks[static_cast<std::size_t>(axis)]; !mark.towards) {
          // Letters of two axes may lie over each other: then either is right.
          const auto found = axis_at(camera, mark.label);
          ASSERT_TRUE(found);
          EXPECT_LE(glm::distance(marks[static_cast<std::size_t>(*found)].label, mark.label),
                    1e-3F + (*found == axis ? 0 : 9))
              << azimuth << ' ' << elevation;
        }
      EXPECT_FALSE(axis_at(camera, {60, 60}));
    }
}

TEST(AxesSign, the_axis_that_points_at_the_viewer_is_at_the_origin) {
  Camera camera;
  camera.look_along(2);
  EXPECT_TRUE(axes_sign(camera)[2].towards);
  EXPECT_EQ(axis_at(camera, {1, 1}), 2);
  EXPECT_EQ(axis_at(camera, {15, 0}), 0);
  EXPECT_EQ(axis_at(camera, {0, -31}), 1);
}

}  // namespace
}  // namespace cnv
