#include "cnv/draw/camera.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

constexpr glm::vec2 size_px(1000, 600);

void expect_near(glm::vec3 a, glm::vec3 b, float tolerance) {
  EXPECT_NEAR(a.x, b.x, tolerance);
  EXPECT_NEAR(a.y, b.y, tolerance);
  EXPECT_NEAR(a.z, b.z, tolerance);
}

FitPoints cloud(glm::vec3 spread, glm::vec3 at, unsigned seed = 1, float radius = 0) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> side(-1, 1);
  FitPoints out;
  for (int i = 0; i < 500; ++i) {
    out.points.push_back(at + spread * glm::vec3(side(random), side(random), side(random)));
    out.radii.push_back(radius);
  }
  return out;
}

// Low and high corner on the screen of the points with their radii.
std::pair<glm::vec2, glm::vec2> picture_of(const FitPoints& points, const Camera& camera) {
  const Projection p = make_projection(camera, size_px, Bounds{});
  glm::vec2 low(1e9f), high(-1e9f);
  for (std::size_t i = 0; i < points.points.size(); ++i) {
    const glm::vec3 at = project(p, points.points[i]);
    EXPECT_GT(at.z, 0);
    const float r = points.radii[i] * p.pixels_per_um(at.z);
    low = glm::min(low, glm::vec2(at) - r);
    high = glm::max(high, glm::vec2(at) + r);
  }
  return {low, high};
}

TEST(Camera, without_turn_it_looks_along_y_with_z_up) {
  const Camera camera{.azimuth_deg = 0, .elevation_deg = 0, .distance = 100};
  expect_near(camera.eye(), {0, -100, 0}, 1e-4f);
  const glm::vec3 right = project(camera, size_px, {10, 0, 0}), up = project(camera, size_px, {0, 0, 10});
  EXPECT_GT(right.x, 500);
  EXPECT_LT(up.y, 300);
}

TEST(Camera, azimuth_90_looks_from_plus_x_and_elevation_90_from_above_with_y_up) {
  expect_near((Camera{.azimuth_deg = 90, .elevation_deg = 0, .distance = 10}).eye(), {10, 0, 0}, 1e-4f);
  const Camera top{.azimuth_deg = 0, .elevation_deg = 90, .distance = 10};
  expect_near(top.eye(), {0, 0, 10}, 1e-4f);
  EXPECT_LT(project(top, size_px, {0, 1, 0}).y, 300);
  EXPECT_GT(project(top, size_px, {1, 0, 0}).x, 500);
}

TEST(Camera, project_and_unproject_are_inverse) {
  for (const bool orthographic : {false, true}) {
    const Camera camera{
        .center = {3, -2, 8}, .azimuth_deg = 48, .elevation_deg = -21, .distance = 150, .orthographic = orthographic};
    const Projection p = make_projection(camera, size_px, Bounds{{-50, -50, -50}, {50, 50, 50}});
    for (const glm::vec3 point : {glm::vec3(3, -2, 8), glm::vec3(20, 30, -40), glm::vec3(-30, 5, 10)}) {
      const glm::vec3 at = project(p, point);
      expect_near(unproject(p, {at.x, at.y}, at.z), point, 2e-3f);
    }
    expect_near(project(p, camera.center), {500, 300, 150}, 1e-2f);
  }
}

TEST(Camera, pixels_per_um_is_the_scale_at_the_centre_in_both_projections) {
  for (const bool orthographic : {false, true}) {
    const Camera camera{.azimuth_deg = 0, .elevation_deg = 0, .distance = 80, .orthographic = orthographic};
    const float dx = project(camera, size_px, {1, 0, 0}).x - 500;
    EXPECT_NEAR(dx, camera.pixels_per_um(size_px), 1e-3f);
  }
}

TEST(Camera, orbit_turns_half_a_degree_per_pixel_and_stops_at_the_poles) {
  Camera camera{.azimuth_deg = 0, .elevation_deg = 0};
  camera.orbit({20, 10});
  EXPECT_FLOAT_EQ(camera.azimuth_deg, -10);
  EXPECT_FLOAT_EQ(camera.elevation_deg, 5);
  camera.orbit({0, 1000});
  EXPECT_FLOAT_EQ(camera.elevation_deg, 90);
}

TEST(Camera, what_is_at_the_centre_follows_a_pan) {
  Camera camera{.center = {1, 2, 3}, .azimuth_deg = 70, .elevation_deg = 25, .distance = 60};
  const glm::vec3 held = camera.center;
  camera.pan({37, -12}, size_px);
  const glm::vec3 at = project(camera, size_px, held);
  EXPECT_NEAR(at.x, 537, 0.05f);
  EXPECT_NEAR(at.y, 288, 0.05f);
}

TEST(Camera, a_notch_is_a_factor_of_1_1_and_keeps_the_place_under_the_cursor) {
  for (const bool orthographic : {false, true}) {
    Camera camera{.distance = 110, .orthographic = orthographic};
    const glm::vec2 cursor(800, 100);
    const glm::vec3 place = unproject_at_center(camera, size_px, cursor);
    camera.zoom_at(1, cursor, size_px);
    EXPECT_NEAR(camera.distance, 100, 1e-3f);
    const glm::vec3 after = project(camera, size_px, place);
    EXPECT_NEAR(after.x, cursor.x, 0.05f);
    EXPECT_NEAR(after.y, cursor.y, 0.05f);
    camera.dolly(-2);
    EXPECT_NEAR(camera.distance, 121, 1e-3f);
  }
}

TEST(Camera, distances_stay_positive_and_finite) {
  Camera camera;
  camera.dolly(100000);
  EXPECT_GT(camera.distance, 0);
  camera.dolly(-1e9f);
  EXPECT_TRUE(std::isfinite(camera.distance));
}

TEST(Camera, a_fit_fills_the_tighter_direction_and_stays_inside) {
  for (const bool orthographic : {false, true}) {
    for (int k = 0; k < 12; ++k) {
      Camera camera{.azimuth_deg = 31.0f * static_cast<float>(k),
                    .elevation_deg = -60 + 10.0f * static_cast<float>(k),
                    .orthographic = orthographic};
      const FitPoints points = cloud({40.0f + 20 * static_cast<float>(k), 30, 90}, {1000, -500, 20}, 3, 2);
      camera = fitted(camera, points, size_px, 0.08f);
      const auto [low, high] = picture_of(points, camera);
      const glm::vec2 share = (high - low) / size_px;
      EXPECT_LE(std::max(share.x, share.y), 0.925f);
      EXPECT_GE(std::max(share.x, share.y), 0.90f);
      EXPECT_GE(low.x, 0.035f * size_px.x);
      EXPECT_GE(low.y, 0.035f * size_px.y);
      EXPECT_LE(high.x, 0.965f * size_px.x);
      EXPECT_LE(high.y, 0.965f * size_px.y);
    }
  }
}

TEST(Camera, a_fit_of_nothing_changes_nothing_and_of_a_point_is_finite) {
  const Camera camera;
  EXPECT_EQ(fitted(camera, FitPoints{}, size_px), camera);
  const Camera point = fitted(camera, FitPoints{{{5, 6, 7}}, {}}, size_px);
  EXPECT_GT(point.distance, 0);
  expect_near(point.center, {5, 6, 7}, 1e-3f);
}

TEST(Camera, a_planar_cell_is_seen_face_on_with_the_axes_upright) {
  const Camera xy = best_initial_view(cloud({100, 80, 5}, {0, 0, 0}), size_px);
  EXPECT_FLOAT_EQ(xy.elevation_deg, 90);
  EXPECT_FLOAT_EQ(xy.azimuth_deg, 0);
  const Camera xz = best_initial_view(cloud({100, 5, 80}, {0, 0, 0}), size_px);
  EXPECT_FLOAT_EQ(xz.elevation_deg, 0);
  EXPECT_FLOAT_EQ(xz.azimuth_deg, 0);
  const Camera yz = best_initial_view(cloud({5, 100, 80}, {0, 0, 0}), size_px);
  EXPECT_FLOAT_EQ(yz.elevation_deg, 0);
  EXPECT_FLOAT_EQ(yz.azimuth_deg, 90);
}

TEST(Camera, a_tilted_plane_is_seen_along_its_normal) {
  FitPoints points = cloud({100, 100, 1}, {0, 0, 0});
  const glm::vec3 normal = glm::normalize(glm::vec3(1, -1, 1));
  const glm::vec3 u = glm::normalize(glm::cross(normal, glm::vec3(0, 0, 1))), v = glm::cross(normal, u);
  for (glm::vec3& p : points.points) p = u * p.x + v * p.y + normal * p.z;
  const Camera camera = best_initial_view(points, size_px);
  EXPECT_GT(glm::dot(camera.axes()[2], normal), 0.99f);
}

TEST(Camera, a_straight_axon_lies_across_the_view) {
  FitPoints points;
  for (int i = 0; i < 100; ++i) points.points.push_back({float(i), 0, 0}), points.radii.push_back(0.5f);
  const Camera camera = best_initial_view(points, size_px);
  EXPECT_LT(std::abs(camera.axes()[2].x), 0.1f);
}

TEST(Camera, clip_distances_hold_the_bounds) {
  const Bounds box{{-50, -20, -30}, {40, 60, 10}};
  for (const float distance : {5.0f, 50.0f, 500.0f}) {
    const Camera camera{.distance = distance};
    const Projection p = make_projection(camera, size_px, box);
    EXPECT_GT(p.near_um, 0);
    for (const glm::vec3 corner : fit_points(box).points) {
      EXPECT_LT(project(p, corner).z, p.far_um);
      EXPECT_TRUE(distance < 400 || project(p, corner).z > p.near_um);
    }
  }
}

TEST(Camera, axis_directions_are_those_of_the_screen) {
  const auto axes = axis_directions(Camera{.azimuth_deg = 0, .elevation_deg = 90});
  expect_near(axes[0], {1, 0, 0}, 1e-5f);
  expect_near(axes[1], {0, 1, 0}, 1e-5f);
  expect_near(axes[2], {0, 0, 1}, 1e-5f);
}

}  // namespace
}  // namespace cnv
