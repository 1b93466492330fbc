#include "cnv/backends/jaxley/geometry.hpp"

#include <gmock/gmock.h>

#include <random>

#include "cnv/base/exceptions.hpp"
#include "jaxley/network_table.hpp"

namespace cnv::jaxley {
namespace {

using namespace test;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::Pointwise;

constexpr double small_extent = 1e-3;

// A point of a polyline, with radius, at an arc length: the slow way.
std::array<double, 4> at_arc(const std::vector<double>& polyline, double arc) {
  for (std::size_t i = 0; i + 8 <= polyline.size(); i += 4) {
    const double* a = &polyline[i];
    const double* b = a + 4;
    const double length = std::hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
    if (arc <= length || i + 8 == polyline.size()) {
      const double f = length > 0 ? std::min(arc / length, 1.0) : 0;
      std::array<double, 4> out;
      for (std::size_t k = 0; k < 4; ++k) out[k] = a[k] + f * (b[k] - a[k]);
      return out;
    }
    arc -= length;
  }
  return {};
}

double arc_length(const std::vector<double>& polyline) {
  double sum = 0;
  for (std::size_t i = 0; i + 8 <= polyline.size(); i += 4)
    sum +=
        std::hypot(polyline[i + 4] - polyline[i], polyline[i + 5] - polyline[i + 1], polyline[i + 6] - polyline[i + 2]);
  return sum;
}

// The radius along [from, to], averaged over many small steps.
double mean_radius(const std::vector<double>& polyline, double from, double to) {
  constexpr int step_count = 4000;
  double sum = 0;
  for (int i = 0; i < step_count; ++i) sum += at_arc(polyline, from + (to - from) * (i + 0.5) / step_count)[3];
  return sum / step_count;
}

std::vector<double> random_polyline(std::mt19937& random, int count) {
  std::uniform_real_distribution<double> step(-20, 20), radius(0.2, 3);
  std::vector<double> out;
  std::array<double, 3> at{};
  for (int i = 0; i < count; ++i) {
    for (double& c : at) c += step(random);
    out.insert(out.end(), {at[0], at[1], at[2], radius(random)});
    if (i % 4 == 1) out.insert(out.end(), out.end() - 4, out.end());  // a repeated point, as files have them
  }
  return out;
}

TEST(JaxleyGeometry, compartments_are_equal_parts_of_the_polyline) {
  std::mt19937 random(1);
  for (int n = 1; n <= 9; ++n) {
    const std::vector<double> polyline = random_polyline(random, 2 + n % 5);
    NetworkTable table;
    table.add_branch(0, std::vector<Row>(static_cast<std::size_t>(n)), polyline);
    const MorphologyGeometry g = table.build();
    ASSERT_EQ(g.size(), n);
    const double part = arc_length(polyline) / n;
    for (int k = 0; k < n; ++k) {
      const auto a = at_arc(polyline, k * part), b = at_arc(polyline, (k + 1) * part);
      const auto i = static_cast<std::size_t>(k);
      const double chord = std::hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
      EXPECT_NEAR(floats(g.lengths)[i], chord, small_extent);
      EXPECT_NEAR(floats(g.radii)[i], mean_radius(polyline, k * part, (k + 1) * part), small_extent);
      EXPECT_NEAR(floats(g.xlocs)[i], (k + 0.5) / n, 1e-6);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        EXPECT_NEAR(floats(g.positions)[3 * i + axis], (a[axis] + b[axis]) / 2, small_extent);
        EXPECT_NEAR(floats(g.orientations)[9 * i + 3 * axis + 2] * chord, b[axis] - a[axis], small_extent);
      }
    }
  }
}

TEST(JaxleyGeometry, pieces_follow_every_bend_without_gaps) {
  std::mt19937 random(2);
  const std::vector<double> polyline = random_polyline(random, 12);
  NetworkTable table;
  table.add_branch(0, std::vector<Row>(5), polyline);
  const MorphologyGeometry g = table.build();
  const PieceTable& p = *g.pieces;
  std::vector<double> per_compartment(5);
  for (std::size_t i = 0; i < static_cast<std::size_t>(p.entity.size()); ++i) {
    const double length = distance(p.start, i, p.end, i);
    EXPECT_GT(length, 0);
    per_compartment[static_cast<std::size_t>(integers(p.entity)[i])] += length;
    EXPECT_EQ(integers(p.parent)[i], static_cast<int>(i) - 1);
    EXPECT_EQ(i ? distance(p.start, i, p.end, i - 1) : 0, 0);
  }
  EXPECT_THAT(per_compartment, Each(::testing::DoubleNear(arc_length(polyline) / 5, small_extent)));
  EXPECT_EQ(integers(p.compartment), integers(p.entity));
}

TEST(JaxleyGeometry, entities_are_named_by_cell_branch_and_place) {
  NetworkTable table;
  table.names = {"basket", "", "basket"};
  for (int cell = 0; cell < 3; ++cell) {
    table.add_branch(cell, {{}, {}}, {0, 0, 0, 1, 20, 0, 0, 1});
    table.add_branch(cell, {{}}, {20, 0, 0, 1, 20, 9, 0, 1}, 2 * cell);
  }
  const MorphologyGeometry g = table.build();
  EXPECT_THAT(texts(g.entity_ids),
              ElementsAre("basket_branch_0@0.250", "basket_branch_0@0.750", "basket_branch_1@0.500",
                          "cell_1_branch_0@0.250", "cell_1_branch_0@0.750", "cell_1_branch_1@0.500",
                          "basket_branch_0@0.250#2", "basket_branch_0@0.750#2", "basket_branch_1@0.500#2"));
  EXPECT_EQ(g.section_names.string_at(8), "basket_branch_1");
  EXPECT_THAT(integers(g.pieces->section), ElementsAre(0, 0, 1, 2, 2, 3, 4, 4, 5));
}

TEST(JaxleyGeometry, rows_may_come_in_any_order_and_without_local_indices) {
  NetworkTable table;
  table.add_branch(7, {{1}, {2}, {3}}, {});
  table.add_branch(7, {{4}}, {}, 0);
  const MorphologyGeometry in_order = table.build();
  std::ranges::reverse(table.length), std::ranges::reverse(table.cell), std::ranges::reverse(table.branch),
      std::ranges::reverse(table.comp);
  table.local_branch.clear(), table.local_comp.clear();
  const MorphologyGeometry reversed = table.build();
  EXPECT_EQ(reversed.entity_ids, in_order.entity_ids);
  EXPECT_THAT(floats(reversed.lengths), ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(reversed.entity_ids.string_at(3), "cell_7_branch_1@0.500");
}

TEST(JaxleyGeometry, unknown_radii_are_those_of_the_table) {
  NetworkTable table;
  table.add_branch(0, {{10, 3}, {10, 0.5}}, {0, 0, 0, unknown_place, 12, 0, 0, unknown_place, 12, 8, 0, unknown_place});
  table.add_branch(0, {{unknown_place, unknown_place}}, {0, 0, 0, unknown_place, 0, 5, 0, unknown_place});
  const MorphologyGeometry g = table.build();
  EXPECT_THAT(floats(g.radii), Pointwise(FloatNear(1e-9F), {3.0F, 0.5F, 1e-6F}));
  EXPECT_THAT(floats(g.pieces->start_radius), Pointwise(FloatNear(1e-9F), {3.0F, 0.5F, 0.5F, 1e-6F}));
  EXPECT_THAT(floats(g.positions),
              Pointwise(FloatNear(1e-5F), {5.0F, 0.0F, 0.0F, 11.0F, 4.0F, 0.0F, 0.0F, 0.0F, 0.0F}));
  EXPECT_THAT(floats(g.lengths), Pointwise(FloatNear(1e-5F), {10.0F, std::hypot(2.0F, 8.0F), 1e-6F}));
}

TEST(JaxleyGeometry, computed_branches_are_as_long_as_their_compartments) {
  NetworkTable table;
  table.add_branch(0, {{30}, {20}}, {0, 0, 0, unknown_place, 20, 0, 0, unknown_place});
  table.add_branch(0, {{7}}, {20, 0, 0, unknown_place, 20, 10, 0, unknown_place}, 0);
  const MorphologyGeometry g = table.build();
  EXPECT_THAT(floats(g.lengths), ElementsAre(30, 20, 7));
  EXPECT_THAT(floats(g.positions), ElementsAre(15, 0, 0, 40, 0, 0, 50, 3.5, 0));
  EXPECT_THAT(floats(g.pieces->start), ElementsAre(0, 0, 0, 30, 0, 0, 50, 0, 0));
}

TEST(JaxleyGeometry, branches_against_z_are_turned_properly) {
  NetworkTable table;
  table.add_branch(0, {{}, {}}, {0, 0, 0, 1, 0, 0, -40, 3});
  const MorphologyGeometry g = table.build();
  EXPECT_THAT(floats(g.orientations), Pointwise(FloatNear(1e-6F), {1.F, 0.F, 0.F, 0.F, -1.F, 0.F, 0.F, 0.F, -1.F, 1.F,
                                                                   0.F, 0.F, 0.F, -1.F, 0.F, 0.F, 0.F, -1.F}));
  EXPECT_THAT(floats(g.radii), ElementsAre(1.5, 2.5));
}

TEST(JaxleyGeometry, a_soma_of_one_point_is_as_long_as_its_compartments_around_that_point) {
  NetworkTable table;
  table.add_branch(0, {{4, 8}, {4, 8}, {4, 8}, {4, 8}}, {5, 6, 7, 8, 5, 6, 7, 8});
  const MorphologyGeometry g = table.build();
  EXPECT_THAT(floats(g.lengths), Each(4));
  EXPECT_THAT(floats(g.radii), Each(8));
  const auto p = floats(g.positions);
  EXPECT_THAT(p, ElementsAre(5, 6, 1, 5, 6, 5, 5, 6, 9, 5, 6, 13));
  EXPECT_EQ(g.pieces->entity.size(), 4);
}

TEST(JaxleyGeometry, a_branch_of_one_point_fills_the_way_from_its_parent_when_it_is_that_long) {
  NetworkTable table;
  table.add_branch(0, {{10, 2}}, {0, 0, 0, 2, 10, 0, 0, 2});
  table.add_branch(0, {{2.5, 2}, {2.5, 2}}, {13, 4, 0, 2, 13, 4, 0, 2}, 0);
  table.add_branch(0, {{0.1, 2}}, {10, 9, 0, 2}, 0);
  const MorphologyGeometry g = table.build();
  EXPECT_THAT(floats(g.pieces->start),
              Pointwise(FloatNear(1e-5F), {0.F, 0.F, 0.F, 10.F, 0.F, 0.F, 11.5F, 2.F, 0.F, 10.F, 8.95F, 0.F}));
  EXPECT_THAT(integers(g.pieces->parent), ElementsAre(-1, 0, 1, 0));
}

TEST(JaxleyGeometry, without_polylines_compartments_lie_at_their_centres) {
  NetworkTable table;
  table.add_branch(0, {{4, 1, 0, 0, 0}, {6, 2, 5, 0, 0}, {6, 2, 5, 6, 0}}, {});
  table.add_branch(0, {{3, 0.5, 50, 0, 1}}, {});
  const MorphologyGeometry g = table.build();
  EXPECT_THAT(floats(g.positions), ElementsAre(0, 0, 0, 5, 0, 0, 5, 6, 0, 50, 0, 1));
  EXPECT_THAT(floats(g.lengths), ElementsAre(4, 6, 6, 3));
  const auto axis = [&](std::size_t i) {
    return std::vector<float>{floats(g.orientations)[9 * i + 2], floats(g.orientations)[9 * i + 5],
                              floats(g.orientations)[9 * i + 8]};
  };
  EXPECT_THAT(axis(0), ElementsAre(1, 0, 0));
  EXPECT_THAT(axis(1), ElementsAre(0, 1, 0));
  EXPECT_THAT(axis(2), ElementsAre(0, 1, 0));
  EXPECT_THAT(axis(3), ElementsAre(0, 0, 1));
  const PieceTable& p = *g.pieces;
  EXPECT_EQ(distance(p.start, 0, g.positions, 0), 2);
  EXPECT_EQ(floats(p.end)[3 * 5 + 1], 9);
  for (std::size_t i = 1; i < 6; ++i) EXPECT_EQ(distance(p.start, i, p.end, i - 1), 0);
}

TEST(JaxleyGeometry, without_any_coordinates_branches_are_laid_out_as_a_tree) {
  NetworkTable table;
  table.add_branch(0, {{10}, {10}}, {});
  table.add_branch(0, {{8}}, {}, 0);
  table.add_branch(0, {{8}}, {}, 0);
  table.add_branch(0, {{6}}, {}, 1);
  const MorphologyGeometry g = table.build();
  const PieceTable& p = *g.pieces;
  EXPECT_THAT(floats(g.lengths), ElementsAre(10, 10, 8, 8, 6));
  for (std::size_t i = 1; i < 5; ++i)
    EXPECT_EQ(distance(p.start, i, p.end, static_cast<std::size_t>(integers(p.parent)[i])), 0);
  EXPECT_GT(distance(p.end, 2, p.end, 3), 4) << "siblings part";
}

TEST(JaxleyGeometry, computed_cells_do_not_lie_on_each_other) {
  NetworkTable table;
  constexpr int cell_count = 7;
  for (int cell = 0; cell < cell_count; ++cell) {
    const auto first = static_cast<std::int64_t>(table.parents.size());
    table.add_branch(cell, {{20, 2}, {20, 2}}, {0, 0, 0, unknown_place, 40, 0, 0, unknown_place});
    table.add_branch(cell, {{20, 1}}, {40, 0, 0, unknown_place, 40, 20, 0, unknown_place}, first);
  }
  const MorphologyGeometry g = table.build();
  struct Box {
    float low[2]{1e9F, 1e9F}, high[2]{-1e9F, -1e9F};
  };
  std::vector<Box> boxes(cell_count);
  for (std::size_t i = 0; i < static_cast<std::size_t>(g.pieces->entity.size()); ++i)
    for (const auto& end : {floats(g.pieces->start), floats(g.pieces->end)})
      for (std::size_t axis = 0; axis < 2; ++axis) {
        Box& box = boxes[i / 3];
        box.low[axis] = std::min(box.low[axis], end[3 * i + axis] - 2);
        box.high[axis] = std::max(box.high[axis], end[3 * i + axis] + 2);
      }
  for (int a = 0; a < cell_count; ++a)
    for (int b = 0; b < a; ++b) {
      const bool apart = boxes[a].low[0] > boxes[b].high[0] || boxes[b].low[0] > boxes[a].high[0] ||
                         boxes[a].low[1] > boxes[b].high[1] || boxes[b].low[1] > boxes[a].high[1];
      EXPECT_TRUE(apart) << a << " and " << b;
    }
  EXPECT_EQ(floats(g.positions)[0], 10) << "the first stays";
  EXPECT_EQ(floats(g.positions)[1], 0);
}

TEST(JaxleyGeometry, traced_cells_and_cells_with_places_of_their_own_stay) {
  NetworkTable table;
  for (int cell = 0; cell < 2; ++cell) table.add_branch(cell, {{}}, {0, 0, 0, 1, 10, 0, 0, 1});
  for (int cell = 2; cell < 4; ++cell)
    table.add_branch(cell, {{}}, {0, 30.0 * cell, 0, unknown_place, 10, 30.0 * cell, 0, unknown_place});
  EXPECT_THAT(floats(table.build().positions), ElementsAre(5, 0, 0, 5, 0, 0, 5, 60, 0, 5, 90, 0));
}

TEST(JaxleyGeometry, parents_are_given_or_found_by_equal_ends) {
  NetworkTable table;
  table.add_branch(0, {{}, {}}, {0, 0, 0, 1, 10, 0, 0, 1});
  table.add_branch(0, {{}}, {10, 0, 0, 1, 20, 5, 0, 1}, 0);
  table.add_branch(0, {{}}, {10, 0, 1e-4, 1, 20, -5, 0, 1}, 0);
  table.add_branch(1, {{}}, {10, 0, 0, 1, 20, -5, 0, 1}, -1);
  const auto given = integers(table.build().pieces->parent);
  EXPECT_THAT(given, ElementsAre(-1, 0, 1, 1, -1));
  table.give_parents = false;
  EXPECT_EQ(integers(table.build().pieces->parent), given);
}

TEST(JaxleyGeometry, parents_in_a_circle_are_cut) {
  NetworkTable table;
  for (std::int64_t parent : {2, 0, 1, 9, 4}) table.add_branch(0, {{}}, {}, parent);
  const auto parents = integers(table.build().pieces->parent);
  for (std::size_t i = 0; i < parents.size(); ++i) {
    int steps = 0;
    for (int at = static_cast<int>(i); at >= 0; at = parents[static_cast<std::size_t>(at)]) ASSERT_LE(++steps, 5);
  }
}

TEST(JaxleyGeometry, a_part_of_a_branch_keeps_its_place) {
  NetworkTable table;
  table.add_branch(0, std::vector<Row>(4), {0, 0, 0, 1, 40, 0, 0, 1});
  for (auto* column : {&table.length, &table.radius, &table.x, &table.y, &table.z}) column->erase(column->begin());
  for (auto* column : {&table.cell, &table.branch, &table.comp, &table.local_branch, &table.local_comp})
    column->erase(column->begin());
  const MorphologyGeometry g = table.build();
  EXPECT_THAT(texts(g.entity_ids),
              ElementsAre("cell_0_branch_0@0.375", "cell_0_branch_0@0.625", "cell_0_branch_0@0.875"));
  EXPECT_THAT(floats(g.positions), ElementsAre(15, 0, 0, 25, 0, 0, 35, 0, 0));
}

TEST(JaxleyGeometry, tables_that_do_not_fit_are_named) {
  const auto message = [](const NetworkTable& table) -> std::string {
    try {
      table.build();
    } catch (const ValueError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(message({}), ::testing::HasSubstr("empty"));
  NetworkTable table;
  table.add_branch(0, {{}, {}}, {});
  NetworkTable short_column = table;
  short_column.radius.pop_back();
  EXPECT_THAT(message(short_column), ::testing::HasSubstr("'radius' has 1"));
  NetworkTable mixed = table;
  mixed.add_branch(0, {{}}, {});
  mixed.comp = {0, 2, 1};
  EXPECT_THAT(message(mixed), ::testing::HasSubstr("branch 0"));
  NetworkTable points = table;
  points.ends = {5};
  EXPECT_THAT(message(points), ::testing::HasSubstr("polylines"));
}

}  // namespace
}  // namespace cnv::jaxley
