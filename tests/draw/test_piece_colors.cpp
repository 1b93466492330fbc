#include "cnv/draw/piece_colors.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cnv {
namespace {

std::shared_ptr<Pieces> bar_of_two() {
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{0, 0, 0}, 1, {10, 0, 0}, 1}, 0, 0, 0, -1);
  pieces->add({{10, 0, 0}, 1, {20, 0, 0}, 1}, 1, 1, 0, 0);
  return pieces;
}

TEST(PieceColors, a_range_takes_the_colour_of_its_mean) {
  const LodTree tree(bar_of_two());
  const ColorTable table = color_map("grayscale").table;
  std::vector<float> means;
  std::vector<Rgba8> colors;
  const std::vector<DrawList::Range> ranges{{0, 1}, {1, 2}, {0, 2}};
  value_colors(tree, ranges, std::vector<float>{0, 100}, table, {0, 100, 0}, Theme::light, means, colors);
  EXPECT_EQ(colors[0], (Rgba8{0, 0, 0}));
  EXPECT_EQ(colors[1], (Rgba8{255, 255, 255}));
  EXPECT_EQ(colors[2], (Rgba8{127, 127, 127}));
}

TEST(PieceColors, nan_is_neutral) {
  const LodTree tree(bar_of_two());
  std::vector<float> means;
  std::vector<Rgba8> colors;
  const std::vector<DrawList::Range> ranges{{0, 1}};
  value_colors(tree, ranges, std::vector<float>{std::nanf(""), 1}, color_map("bwr").table, {0, 1, 0}, Theme::dark,
               means, colors);
  EXPECT_EQ(colors[0], neutral_color(Theme::dark));
}

TEST(PieceColors, what_has_no_value_keeps_its_base_colour) {
  auto pieces = bar_of_two();
  pieces->entity_colors = {{255, 0, 0, 255}, {0, 255, 0, 255}};
  const LodTree tree(pieces);
  const ColorTable table = color_map("grayscale").table;
  std::vector<float> means;
  std::vector<Rgba8> colors;
  const std::vector<DrawList::Range> ranges{{0, 1}, {1, 2}, {0, 2}};
  value_colors(tree, ranges, std::vector<float>{missing_value, std::nanf("")}, table, {0, 1, 0}, Theme::dark, means,
               colors);
  EXPECT_EQ(colors[0], (Rgba8{255, 0, 0, 255}));
  EXPECT_EQ(colors[1], neutral_color(Theme::dark)) << "a value that is no number is not missing";
  EXPECT_EQ(colors[2], neutral_color(Theme::dark));
  value_colors(tree, ranges, std::vector<float>{missing_value, 1}, table, {0, 1, 0}, Theme::dark, means, colors);
  EXPECT_EQ(colors[2], (Rgba8{255, 255, 255, 255})) << "the mean of what has values";
  value_colors(tree, ranges, std::vector<float>{1}, table, {0, 1, 0}, Theme::dark, means, colors);
  EXPECT_EQ(colors[1], (Rgba8{0, 255, 0, 255})) << "beyond the end of the values";
}

TEST(PieceColors, without_values_base_colours_or_grey_are_used) {
  auto pieces = bar_of_two();
  const std::vector<DrawList::Range> ranges{{0, 1}, {0, 2}};
  std::vector<Rgba8> colors;
  base_colors(LodTree(pieces), ranges, colors);
  EXPECT_EQ(colors[0], (Rgba8{179, 179, 179}));
  pieces = bar_of_two();
  pieces->entity_colors = {{200, 0, 0}, {0, 100, 0}};
  base_colors(LodTree(pieces), ranges, colors);
  EXPECT_EQ(colors[0], (Rgba8{200, 0, 0}));
  EXPECT_EQ(colors[1], (Rgba8{100, 50, 0}));
}

}  // namespace
}  // namespace cnv
