#include "cnv/view/view_colors.hpp"

#include <gmock/gmock.h>

#include "view/scenes.hpp"

namespace cnv {
namespace {

TEST(PlotColor, tuples_are_bytes_and_scalars_are_grey_or_hue) {
  EXPECT_EQ(*plot_color(List{255, 128, 0}, Theme::light), (Rgba8{255, 128, 0, 255}));
  EXPECT_EQ(*plot_color(List{255, 128, 0, 10}, Theme::light), (Rgba8{255, 128, 0, 10}));
  EXPECT_EQ(*plot_color(scenes::doubles({1, 2, 3}), Theme::light), (Rgba8{1, 2, 3, 255}));
  EXPECT_EQ(*plot_color(1.0, Theme::light), (Rgba8{255, 255, 255, 255}));
  EXPECT_EQ(*plot_color(Value(1), Theme::dark), rgba8(dark_traces[1]));
  EXPECT_EQ(*plot_color("r", Theme::light), (Rgba8{255, 0, 0, 255}));
  EXPECT_FALSE(plot_color("no such colour", Theme::light));
  EXPECT_FALSE(plot_color(List{1, 2}, Theme::light));
  EXPECT_FALSE(plot_color(Dict{}, Theme::light));
}

TEST(SceneColor, tuples_are_fractions) {
  EXPECT_EQ(*scene_color(List{1.0, 0.0, 1}), (Rgba8{255, 0, 255, 255}));
  EXPECT_FALSE(scene_color(Value(3)));
}

TEST(Background, white_follows_the_theme_and_other_colours_stay) {
  EXPECT_EQ(background_for({255, 255, 255, 255}, Theme::dark).color, rgba8(dark_tokens.panel));
  EXPECT_EQ(background_for({255, 255, 255, 255}, Theme::dark).look, Theme::dark);
  EXPECT_EQ(background_for({0, 0, 0, 255}, Theme::light).look, Theme::dark);
  EXPECT_EQ(background_for({240, 240, 200, 255}, Theme::dark).color, (Rgba8{240, 240, 200, 255}));
  EXPECT_EQ(background_for({240, 240, 200, 255}, Theme::dark).look, Theme::light);
}

TEST(ReadableOn, keeps_readable_colours_and_brings_others_to_the_contrast) {
  const Rgba8 dark = rgba8(dark_tokens.panel), light = rgba8(light_tokens.panel);
  EXPECT_EQ(readable_on({255, 0, 0, 255}, light), (Rgba8{255, 0, 0, 255}));
  for (const Rgba8 color : {Rgba8{0, 0, 0, 255}, Rgba8{0, 0, 128, 255}, Rgba8{31, 60, 136, 255}})
    EXPECT_GE(contrast(readable_on(color, dark), dark), 3.0);
  EXPECT_GE(contrast(readable_on({255, 255, 0, 255}, light), light), 3.0);
  EXPECT_NEAR(contrast({0, 0, 0, 255}, {255, 255, 255, 255}), 21, 0.01);
}

TEST(SelectionColor, follows_the_plot_of_the_selection) {
  auto scene = scenes::cell_scene();
  EXPECT_EQ(selection_color(scenes::store_of(scene), Theme::dark, 0), rgba8(dark_traces[0]));
  EXPECT_EQ(selection_color(scenes::store_of(scene), Theme::light, 3), rgba8(light_traces[3]));
  scene.replace_view("trace", {{"pen", "r"}});
  EXPECT_EQ(selection_color(scenes::store_of(scene), Theme::light, 0), (Rgba8{255, 0, 0, 255}));
  EXPECT_EQ(selection_color(scenes::store_of(scene), Theme::light, 1), rgba8(light_traces[1]));
  scene.replace_view("trace", {{"selectors", Dict{{"segment", "e0"}}}});
  EXPECT_EQ(selection_color(scenes::store_of(scene), Theme::light, 0), rgba8(light_tokens.text1));
}

}  // namespace
}  // namespace cnv
