// Where the camera of a cell starts: fitted, and beside the colour bar where the cell would lie under it.
#include <gtest/gtest.h>

#include <algorithm>

#include <glm/geometric.hpp>

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

// ---- figures of another size
// ------------------------------------------------------------------------------------------

// A camera that is aside from everything, with a perspective that matters.
Camera aside() {
  return {.center = {3, -2, 5}, .azimuth_deg = 40, .elevation_deg = 25, .distance = 300, .fov_deg = 40};
}

TEST(FigureCamera, in_the_same_proportions_everything_is_at_its_place) {
  for (const bool parallel : {false, true}) {
    Camera camera = aside();
    camera.orthographic = parallel;
    const float scale = figure_scale(size, 2.5F * size, {});
    EXPECT_FLOAT_EQ(scale, 2.5F);
    const Camera figure = figure_camera(camera, size, 2.5F * size, {}, scale);
    for (const glm::vec3 point : {glm::vec3(0, 0, 0), glm::vec3(40, -30, 20), glm::vec3(-25, 10, -60)}) {
      const glm::vec3 before = project(camera, size, point), now = project(figure, 2.5F * size, point);
      EXPECT_NEAR(now.x, 2.5F * before.x, 1e-2);
      EXPECT_NEAR(now.y, 2.5F * before.y, 1e-2);
      EXPECT_NEAR(now.z, before.z, 1e-3) << "the eye stays";
    }
  }
}

TEST(FigureCamera, the_same_size_is_the_same_camera) {
  const OverlayStrips strips = cell_strips(true);
  const Camera same = figure_camera(aside(), size, size, strips, figure_scale(size, size, strips));
  EXPECT_NEAR(same.fov_deg, aside().fov_deg, 1e-4);
  EXPECT_NEAR(glm::distance(same.center, aside().center), 0, 1e-4);
}

// Places in the plane through the centre, where a picture has one scale: corners of the panel, and of what is free.
TEST(FigureCamera, nothing_is_cut_and_what_was_free_of_the_overlay_stays_free) {
  for (const OverlayStrips strips : {cell_strips(true), surface_strips({.right_px = 100}, true)})
    for (const glm::vec2 paper : {glm::vec2(330, 233), glm::vec2(233, 330), glm::vec2(960, 372), glm::vec2(480, 900),
                                  glm::vec2(1500, 1400), glm::vec2(200, 150)}) {
      const Camera figure = figure_camera(aside(), size, paper, strips, figure_scale(size, paper, strips));
      const auto place = [&](glm::vec2 pixel) {
        return project(figure, paper, unproject_at_center(aside(), size, pixel));
      };
      for (const glm::vec2 corner : {glm::vec2(0, 0), size, glm::vec2(0, size.y), glm::vec2(size.x, 0)}) {
        const glm::vec3 at = place(corner);
        EXPECT_GE(at.x, -0.1) << paper.x;
        EXPECT_LE(at.x, paper.x + 0.1) << paper.x;
        EXPECT_GE(at.y, -0.1) << paper.x;
        EXPECT_LE(at.y, paper.y + 0.1) << paper.x;
      }
      const glm::vec2 smaller(std::min(paper.x, size.x), std::min(paper.y, size.y));
      const float left = std::min(strips.left_px, 0.2F * smaller.x),
                  right = std::min(strips.right_px, 0.4F * smaller.x),
                  bottom = std::min(strips.bottom_px, 0.4F * smaller.y);
      const glm::vec3 low = place({left, 0}), high = place({size.x - right, size.y - bottom});
      EXPECT_GE(low.x, left - 0.1) << paper.x;
      EXPECT_LE(high.x, paper.x - right + 0.1) << paper.x;
      EXPECT_LE(high.y, paper.y - bottom + 0.1) << paper.x;
    }
}

}  // namespace
}  // namespace cnv
