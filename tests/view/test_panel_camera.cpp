// Where the camera of a cell starts: fitted, and beside the colour bar where the cell would lie under it.
#include <gtest/gtest.h>

#include <algorithm>

#include "cnv/view/panel_camera.hpp"

namespace cnv {
namespace {

const glm::vec2 size{480, 372};

// 101 points of 2 um radius from -half to half along a direction in the xy plane.
FitPoints row(glm::vec3 direction, float half = 100) {
  FitPoints out;
  for (int i = -50; i <= 50; ++i) {
    out.points.push_back(direction * (half * static_cast<float>(i) / 50));
    out.radii.push_back(2);
  }
  return out;
}

Camera from_above() { return {.azimuth_deg = 0, .elevation_deg = 90}; }

float rightmost(const Camera& camera, const FitPoints& points) {
  float x = 0;
  for (const auto& point : points.points) x = std::max(x, project(camera, size, point).x);
  return x;
}

TEST(FittedCell, stands_beside_the_colour_bar_that_would_cover_it) {
  const FitPoints wide = row({1, 0, 0});
  EXPECT_GT(rightmost(fitted_cell(from_above(), wide, size, false), wide), 400);
  const Camera beside = fitted_cell(from_above(), wide, size, true);
  EXPECT_LT(rightmost(beside, wide), 400);
  EXPECT_GT(rightmost(beside, wide), 350) << "but uses the room that is left";
  for (const auto& point : wide.points) EXPECT_GT(project(beside, size, point).x, 0);
  EXPECT_EQ(initial_camera({}, wide, size, true).distance,
            fitted_cell(initial_camera({}, wide, size, true), wide, size, true).distance);
}

TEST(FittedCell, stands_above_the_scale_bar_that_would_cover_it) {
  const glm::vec2 tall{480, 700};
  const FitPoints falling = row(glm::vec3(0.3F, 0.95F, 0)), rising = row(glm::vec3(-0.3F, 0.95F, 0));
  const auto lowest = [&](const FitPoints& points) {
    float y = 0;
    for (const auto& point : points.points)
      y = std::max(y, project(fitted_cell(from_above(), points, tall, false), tall, point).y);
    return y;
  };
  // Seen from above, x points to the right and y upwards: one of the two ends at the lower left.
  const float left = std::min(lowest(falling), lowest(rising)), right = std::max(lowest(falling), lowest(rising));
  EXPECT_LT(left, 700 - 48);
  EXPECT_GT(left, 600) << "but uses the room that is left";
  EXPECT_GT(right, 700 - 48) << "nothing lies under it there";
}

TEST(FittedCell, is_not_moved_by_a_bar_that_is_far_from_it) {
  const FitPoints tall = row({0, 1, 0}), rising = row(glm::vec3(0.8F, 0.6F, 0));
  EXPECT_EQ(fitted_cell(from_above(), tall, size, true), fitted_cell(from_above(), tall, size, false));
  EXPECT_EQ(fitted_cell(from_above(), rising, size, true), fitted_cell(from_above(), rising, size, false))
      << "its right end is above the bar";
}

TEST(FittedCell, in_a_panel_without_room_for_a_bar_nothing_is_kept_free) {
  const FitPoints wide = row({1, 0, 0});
  for (const glm::vec2 small : {glm::vec2{480, 200}, glm::vec2{200, 372}})
    EXPECT_EQ(fitted_cell(from_above(), wide, small, true), fitted_cell(from_above(), wide, small, false));
}

}  // namespace
}  // namespace cnv
