#include "cnv/draw/draw_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include <glm/geometric.hpp>

#include "draw/random_tree.hpp"

namespace cnv {
namespace {

constexpr glm::vec2 size_px(1280, 800);

std::vector<int> times_covered(const DrawList& list, const LodTree& tree) {
  std::vector<int> times(tree.pieces().size(), 0);
  for (const auto& [first, last] : list.ranges())
    for (auto k = first; k < last; ++k) ++times[static_cast<std::size_t>(tree.order()[static_cast<std::size_t>(k)])];
  return times;
}

class DrawListOfTree : public ::testing::Test {
 protected:
  LodTree tree{test::random_tree(4000, 11)};
  Camera whole = best_initial_view(fit_points(tree.cones()), size_px);
  Projection projection_of(const Camera& camera) const { return make_projection(camera, size_px, tree.bounds()); }
};

TEST_F(DrawListOfTree, with_everything_in_view_each_piece_is_covered_exactly_once) {
  for (const bool orthographic : {false, true}) {
    Camera camera = whole;
    camera.orthographic = orthographic;
    camera = fitted(camera, fit_points(tree.cones()), size_px);
    for (const float factor : {1.0f, 4.0f, 30.0f}) {
      Camera far = camera;
      far.distance *= factor;
      DrawList list;
      list.select(tree, projection_of(far));
      for (const int times : times_covered(list, tree)) ASSERT_EQ(times, 1);
    }
  }
}

TEST_F(DrawListOfTree, farther_away_less_is_drawn) {
  DrawList near, far;
  near.select(tree, projection_of(whole));
  Camera away = whole;
  away.distance *= 20;
  far.select(tree, projection_of(away));
  EXPECT_LT(far.size() * 2, near.size());
}

TEST_F(DrawListOfTree, culling_leaves_out_no_piece_of_which_a_point_is_in_view) {
  for (int view = 0; view < 24; ++view) {
    Camera camera = whole;
    camera.orthographic = view % 2 == 1;
    camera.azimuth_deg = 37.0f * static_cast<float>(view);
    camera.elevation_deg = -80.0f + 7 * static_cast<float>(view);
    camera.distance *= view % 3 == 0 ? 0.5f : view % 3 == 1 ? 0.1f : 0.02f;
    camera.center = tree.cone(static_cast<std::int32_t>(97 * view)).end;
    const Projection p = projection_of(camera);
    DrawList list;
    list.select(tree, p);
    const std::vector<int> times = times_covered(list, tree);
    for (std::size_t i = 0; i < times.size(); ++i) {
      ASSERT_LE(times[i], 1);
      const Cone& cone = tree.cone(static_cast<std::int32_t>(i));
      for (int step = 0; step <= 10; ++step) {
        const glm::vec3 at = project(p, glm::mix(cone.start, cone.end, 0.1f * static_cast<float>(step)));
        const bool inside = at.z > p.near_um && at.x >= 0 && at.y >= 0 && at.x <= size_px.x && at.y <= size_px.y;
        ASSERT_TRUE(!inside || times[i] == 1) << "piece " << i << " in view " << view;
      }
    }
  }
}

TEST_F(DrawListOfTree, stand_ins_are_short_and_straight_on_the_screen) {
  const LodOptions options;
  const Projection p = projection_of(whole);
  DrawList list;
  list.select(tree, p, options);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto [first, last] = list.ranges()[i];
    if (last - first == 1) continue;
    const Cone& cone = list.cones()[i];
    const glm::vec3 a = project(p, cone.start), b = project(p, cone.end);
    const float radius_px = cone.start_radius * p.pixels_per_um(std::min(a.z, b.z));
    EXPECT_LE(glm::distance(glm::vec2(a), glm::vec2(b)), std::max(4.0f, 2.2f * radius_px) + 1e-2f);
  }
}

TEST_F(DrawListOfTree, runs_cover_the_list_and_go_from_back_to_front) {
  const Projection p = projection_of(whole);
  DrawList list;
  list.select(tree, p);
  std::int32_t next = 0;
  float previous_slab = 1e30f;
  for (const DrawRun& run : list.runs()) {
    EXPECT_EQ(run.first, next);
    EXPECT_GT(run.count, 0);
    next += run.count;
    float nearest = 1e30f, before = 1e30f;
    for (std::int32_t k = run.first; k < next; ++k) {
      const Cone& c = list.cones()[static_cast<std::size_t>(k)];
      const float depth = project(p, 0.5f * (c.start + c.end)).z;
      // Sorting is by the bounding sphere's centre in 16 bits, for a leaf its middle; lines go by their nearest point.
      const auto [first, last] = list.ranges()[static_cast<std::size_t>(k)];
      if (last - first == 1 && run.style != PieceStyle::line && run.style != PieceStyle::thin) {
        EXPECT_LE(depth, before + 0.01f * (p.far_um - p.near_um));
        before = depth;
      }
      nearest = std::min(nearest, depth);
    }
    EXPECT_LE(nearest, previous_slab + 0.1f * (p.far_um - p.near_um));
    previous_slab = nearest;
  }
  EXPECT_EQ(next, static_cast<std::int32_t>(list.size()));
}

TEST_F(DrawListOfTree, thick_pieces_are_solid_and_without_large_points_long_ones_are_ribbons) {
  Camera close = whole;
  close.center = glm::vec3(0);
  close.distance = 40;
  DrawList list;
  list.select(tree, projection_of(close));
  std::set<PieceStyle> styles;
  for (const DrawRun& run : list.runs()) styles.insert(run.style);
  EXPECT_TRUE(styles.contains(PieceStyle::solid));
  LodOptions no_points;
  no_points.sprite_px = 0;
  list.select(tree, projection_of(whole), no_points);
  for (const DrawRun& run : list.runs())
    EXPECT_TRUE(run.style != PieceStyle::short_piece && run.style != PieceStyle::thin);
}

TEST_F(DrawListOfTree, chosen_pieces_are_drawn_without_stand_ins) {
  Camera away = whole;
  away.distance *= 30;
  DrawList list;
  const auto positions = tree.positions_of_section(40);
  list.select_pieces(tree, positions, projection_of(away));
  EXPECT_EQ(list.size(), 7u);
}

TEST(DrawList, an_empty_tree_gives_an_empty_list) {
  const LodTree tree(std::make_shared<const Pieces>());
  DrawList list;
  list.select(tree, make_projection(Camera{}, size_px, tree.bounds()));
  EXPECT_EQ(list.size(), 0u);
  EXPECT_TRUE(list.runs().empty());
}

}  // namespace
}  // namespace cnv
