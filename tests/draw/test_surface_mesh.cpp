#include "cnv/draw/surface_mesh.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

namespace cnv {
namespace {

constexpr float hole = NAN;

std::vector<float> random_heights(std::size_t n, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> out(n);
  for (auto& v : out) v = normal(random);
  return out;
}

TEST(SurfaceThinning, keeps_everything_within_the_budget) {
  const SurfaceThinning thinning(40, 30, 1200);
  EXPECT_FALSE(thinning.thins());
  EXPECT_EQ(thinning.points(), 1200);
  const auto heights = random_heights(1200, 1);
  std::vector<float> out;
  thinning.apply(heights, out);
  EXPECT_EQ(out, heights);
}

TEST(SurfaceThinning, stays_within_the_budget_and_keeps_first_and_last) {
  for (const auto& [columns, rows] : {std::pair(500, 500), {1000, 7}, {3, 90000}, {2, 5000}, {250, 251}}) {
    const SurfaceThinning thinning(columns, rows, 62500);
    EXPECT_LE(thinning.points(), 62500) << columns << " x " << rows;
    EXPECT_GE(thinning.columns().size(), 2U);
    EXPECT_EQ(thinning.columns().front(), 0);
    EXPECT_EQ(thinning.columns().back(), columns - 1);
    EXPECT_EQ(thinning.rows().front(), 0);
    EXPECT_EQ(thinning.rows().back(), rows - 1);
    EXPECT_TRUE(std::is_sorted(thinning.columns().begin(), thinning.columns().end()));
    EXPECT_EQ(std::set(thinning.rows().begin(), thinning.rows().end()).size(), thinning.rows().size());
  }
  EXPECT_EQ(SurfaceThinning(500, 500, 62500).points(), 62500);
}

TEST(SurfaceThinning, no_peak_of_a_single_sample_is_lost) {
  const SurfaceThinning thinning(500, 500, 62500);
  std::mt19937 random(3);
  for (int k = 0; k < 50; ++k) {
    std::vector<float> heights(250000, 0.0f), out;
    const float peak = k % 2 ? 7.0f : -7.0f;
    heights[random() % heights.size()] = peak;
    thinning.apply(heights, out);
    EXPECT_EQ(std::count(out.begin(), out.end(), peak), 1) << k;
  }
}

TEST(SurfaceThinning, slopes_are_not_shifted_and_holes_stay) {
  const SurfaceThinning thinning(100, 100, 2500);
  std::vector<float> heights(10000), out;
  for (std::size_t i = 0; i < heights.size(); ++i) heights[i] = static_cast<float>(i % 100);
  heights[0] = hole;
  thinning.apply(heights, out);
  EXPECT_TRUE(std::isnan(out[0]));
  const auto n = thinning.columns().size();
  for (std::size_t row = 1; row + 1 < thinning.rows().size(); ++row)
    for (std::size_t column = 1; column + 1 < n; ++column)
      EXPECT_EQ(out[row * n + column], static_cast<float>(thinning.columns()[column]));
}

TEST(SurfaceNormals, of_a_plane_over_uneven_ground_are_its_own) {
  const std::vector<float> x{0, 1, 1.5f, 4}, y{-3, 0, 0.25f, 9, 10};
  std::vector<float> heights;
  for (const float yy : y)
    for (const float xx : x) heights.push_back(2 * xx - yy + 5);
  std::vector<SurfaceNormal> normals;
  surface_normals(x, y, heights, 0.5f, normals);
  const float size = 127 / std::sqrt(1 + 0.25f + 1);
  for (const auto& n : normals) {
    EXPECT_NEAR(n[0], -1 * size, 1);
    EXPECT_NEAR(n[1], 0.5f * size, 1);
    EXPECT_NEAR(n[2], size, 1);
  }
}

TEST(SurfaceNormals, towards_a_hole_are_level) {
  const std::vector<float> at{0, 1, 2};
  std::vector<float> heights{0, 1, 2, 0, 1, hole, 0, 1, 2};
  std::vector<SurfaceNormal> normals;
  surface_normals(at, at, heights, 1, normals);
  EXPECT_EQ(normals[4][0], 0);
  EXPECT_EQ(normals[4][2], 127);
  EXPECT_LT(normals[1][0], -80);
}

TEST(SurfaceTriangles, cover_each_cell_once_in_any_order) {
  const std::int32_t columns = 7, rows = 5;
  const std::vector<float> heights(35, 0.0f);
  for (const FarFirst order : {FarFirst{}, {3, 2}, {6, 4}, {6, 0}}) {
    std::vector<std::uint32_t> indices;
    surface_triangles(columns, rows, heights, order, indices);
    ASSERT_EQ(indices.size(), 6U * 4U * 6U);
    double area = 0;
    for (std::size_t i = 0; i < indices.size(); i += 3) {
      const auto at = [&](std::size_t k) {
        return std::pair(static_cast<int>(indices[i + k]) % columns, static_cast<int>(indices[i + k]) / columns);
      };
      const auto [ax, ay] = at(0);
      const auto [bx, by] = at(1);
      const auto [cx, cy] = at(2);
      area += 0.5 * std::abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));
    }
    EXPECT_DOUBLE_EQ(area, 24);
  }
}

TEST(SurfaceTriangles, far_ones_come_first) {
  const std::vector<float> heights(100, 0.0f);
  std::vector<std::uint32_t> indices;
  const FarFirst eye{4, 6};
  surface_triangles(10, 10, heights, eye, indices);
  // Along each row of cells, and over the rows, a later cell is never farther on its side than an earlier one.
  int left = -1, right = 10;
  for (std::size_t i = 0; i < 9; ++i) {
    const int column = static_cast<int>(indices[i * 6]) % 10;
    if (column < eye.column) {
      EXPECT_GT(column, left);
      left = column;
    } else {
      EXPECT_LT(column, right);
      right = column;
    }
  }
  EXPECT_EQ(left, 3);
  EXPECT_EQ(right, 4);
}

TEST(SurfaceTriangles, without_a_height_are_holes) {
  std::vector<float> heights(9, 0.0f);
  heights[4] = hole;  // the middle of 3 x 3: each of the four cells keeps half
  std::vector<std::uint32_t> indices;
  surface_triangles(3, 3, heights, {}, indices);
  EXPECT_EQ(indices.size(), 4U * 3U);
  for (const auto i : indices) EXPECT_NE(i, 4U);
  heights.assign(9, hole);
  surface_triangles(3, 3, heights, {}, indices);
  EXPECT_TRUE(indices.empty());
  surface_triangles(1, 9, std::vector<float>(9, 0.0f), {}, indices);
  EXPECT_TRUE(indices.empty());
}

}  // namespace
}  // namespace cnv
