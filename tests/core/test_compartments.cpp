// Which entities, pieces and places belong to one compartment.
#include "cnv/core/compartments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

template <class T>
Array column(std::initializer_list<T> values) {
  return Array::copy_of(std::vector<T>(values));
}

// Entities with their x; pieces as (entity, compartment, section).
MorphologyGeometry geometry(std::vector<float> x, std::vector<std::array<std::int32_t, 3>> pieces) {
  MorphologyGeometry out;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < x.size(); ++i) ids.push_back("e" + plain_text(i));
  out.entity_ids = Array::strings(ids);
  out.xlocs = Array::copy_of(x);
  PieceTable table;
  std::vector<std::int32_t> columns[3];
  for (const auto& piece : pieces)
    for (std::size_t k = 0; k < 3; ++k) columns[k].push_back(piece[k]);
  table.entity = Array::copy_of(columns[0]);
  table.compartment = Array::copy_of(columns[1]);
  table.section = Array::copy_of(columns[2]);
  if (!pieces.empty()) out.pieces = table;
  return out;
}

// The entity that stands for that of an entity, or the entity itself.
std::int64_t standing_for(const Compartments& held, std::int64_t entity) {
  const auto stands = held.entity_for(held.of_entity(entity));
  return stands < 0 ? entity : stands;
}

TEST(Compartments, without_pieces_each_entity_is_one) {
  const Compartments held(geometry({0.25F, 0.75F}, {}));
  EXPECT_EQ(held.count(), 2);
  EXPECT_EQ(standing_for(held, 1), 1);
  EXPECT_EQ(held.entity_for(2), -1);
  EXPECT_FLOAT_EQ(static_cast<float>(held.x_of(1)), 0.75F);
}

TEST(Compartments, of_several_spans_the_one_nearest_to_the_middle_stands_for_all) {
  // Section 0: three spans in one compartment; section 1: two compartments, the first with two spans.
  const Compartments held(geometry({0.1F, 0.4F, 0.8F, 0.1F, 0.3F, 0.75F},
                                   {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 1, 1}, {4, 1, 1}, {5, 2, 1}}));
  EXPECT_EQ(held.count(), 3);
  for (const int entity : {0, 1, 2}) EXPECT_EQ(standing_for(held, entity), 1);
  for (const int entity : {3, 4}) EXPECT_EQ(standing_for(held, entity), 4);
  EXPECT_EQ(standing_for(held, 5), 5);
  EXPECT_EQ(held.entity_for(1), 4);
  EXPECT_DOUBLE_EQ(held.x_of(0), 0.5);
  EXPECT_DOUBLE_EQ(held.x_of(3), 0.25);
  EXPECT_DOUBLE_EQ(held.x_of(5), 0.75);
}

TEST(Compartments, a_section_drawn_in_part_keeps_the_places_of_its_entities) {
  const Compartments held(geometry({0.7F, 0.9F}, {{0, 3, 0}, {1, 4, 0}}));  // compartments 3 and 4 of five
  EXPECT_EQ(held.count(), 2);
  EXPECT_FLOAT_EQ(static_cast<float>(held.x_of(0)), 0.7F);
  EXPECT_FLOAT_EQ(static_cast<float>(held.x_of(1)), 0.9F);
}

TEST(Compartments, an_entity_without_pieces_stands_for_itself_and_counts) {
  const Compartments held(geometry({0.25F, 0.75F}, {{0, 0, 0}}));
  EXPECT_EQ(held.count(), 2);
  EXPECT_EQ(held.of_entity(1), -1);
  EXPECT_EQ(standing_for(held, 1), 1);
  EXPECT_FLOAT_EQ(static_cast<float>(held.x_of(1)), 0.75F);
}

}  // namespace
}  // namespace cnv
