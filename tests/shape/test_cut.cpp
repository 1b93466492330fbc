#include "cnv/backends/shape/cut.hpp"

#include <gtest/gtest.h>

namespace cnv::shape {
namespace {

// Along x, 8 µm, from radius 1 to radius 3 at its middle and on from there.
std::vector<PathPoint> flared() { return {{{0, 0, 0}, 1, 0}, {{4, 0, 0}, 3, 4}, {{8, 0, 0}, 3, 8}}; }

TEST(Cut, every_border_and_every_point_ends_a_piece) {
  const auto pieces = cut_at_compartments(flared(), 4);
  ASSERT_EQ(pieces.size(), 4U) << "the point in the middle is a border";
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_EQ(pieces[k].compartment, static_cast<int>(k));
    EXPECT_EQ(pieces[k].entity, k < 2 ? 0 : 1);
    EXPECT_DOUBLE_EQ(pieces[k].start[0], 2.0 * static_cast<double>(k));
    EXPECT_DOUBLE_EQ(pieces[k].length, 2);
  }
  EXPECT_DOUBLE_EQ(pieces[0].end_radius, 2);
  EXPECT_EQ(cut_at_compartments(flared(), 1).size(), 2U);
  EXPECT_EQ(cut_at_compartments(flared(), 3).size(), 4U);
}

TEST(Cut, cylinders_are_as_wide_as_given) {
  const std::vector<double> radii{1, 5};
  const auto pieces = cut_cylinders(flared(), radii);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].end, (Vector3{4, 0, 0}));
  EXPECT_EQ(pieces[1].start_radius, 5);
  EXPECT_EQ(pieces[1].end_radius, 5);
}

TEST(Cut, a_part_holds_the_pieces_of_its_compartment) {
  const auto pieces = cut_at_compartments(flared(), 3);
  const auto parts = compartment_parts(pieces, 3);
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].first, &pieces[0]);
  EXPECT_EQ(parts[0].last, &pieces[0]);
  EXPECT_EQ(parts[1].first, &pieces[1]) << "the middle compartment holds the point";
  EXPECT_EQ(parts[1].last, &pieces[2]);
  for (const auto& part : parts) EXPECT_DOUBLE_EQ(part.length, 8.0 / 3);
}

TEST(Cut, the_radius_of_a_part_is_its_mean_along_the_path) {
  const auto pieces = cut_at_compartments(flared(), 2);
  const auto parts = compartment_parts(pieces, 2);
  EXPECT_DOUBLE_EQ(parts[0].radius_times_length / parts[0].length, 2);
  EXPECT_DOUBLE_EQ(parts[1].radius_times_length / parts[1].length, 3);
  const auto whole = compartment_parts(cut_at_compartments(flared(), 1), 1);
  EXPECT_DOUBLE_EQ(whole[0].radius_times_length / whole[0].length, 2.5);
}

TEST(Cut, a_compartment_without_pieces_has_an_empty_part) {
  const std::vector<PathPoint> point{{{1, 2, 3}, 1, 0}, {{1, 2, 3}, 1, 0}};
  const auto pieces = cut_at_compartments(point, 3);
  const auto parts = compartment_parts(pieces, 3);
  ASSERT_EQ(pieces.size(), 1U);
  const auto own = static_cast<std::size_t>(pieces[0].compartment);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(parts[k].first, k == own ? &pieces[0] : nullptr);
    EXPECT_EQ(parts[k].last, parts[k].first);
    EXPECT_EQ(parts[k].length, 0);
  }
}

}  // namespace
}  // namespace cnv::shape
