#include "cnv/draw/morphology_painter.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "draw/random_tree.hpp"

namespace cnv {
namespace {

using Picture = std::vector<std::uint32_t>;

class MorphologyPainterTest : public ::testing::Test {
 protected:
  void show(std::shared_ptr<const Pieces> shown) {
    pieces = std::move(shown);
    tree = std::make_shared<const LodTree>(pieces);
    prepare(painter);
    frame.size_px = {300, 200};
    frame.camera = best_initial_view(fit_points(tree->cones()), frame.size_px);
    set_values(0);
  }

  void prepare(MorphologyPainter& p) const {
    p.set_tree(tree);
    p.set_color_map(color_map("voltage").table, {-1, 1, 0});
  }

  // The `k`th values: a wave, with some that are no number.
  void set_values(int k) {
    values.resize(pieces->size());
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = (i + static_cast<std::size_t>(k)) % 31 == 0
                      ? std::nanf("")
                      : std::sin(0.02f * static_cast<float>(i) - static_cast<float>(k));
    painter.set_values(values);
  }

  Picture picture_of(MorphologyPainter& p) const {
    Picture pixels(static_cast<std::size_t>(frame.size_px.x * frame.size_px.y), 0x12345678);
    p.draw(frame, {pixels.data(), frame.size_px.x, frame.size_px.y, frame.size_px.x});
    return pixels;
  }
  Picture paint() { return picture_of(painter); }

  // By a painter that remembers nothing yet.
  Picture fresh() const {
    MorphologyPainter other;
    prepare(other);
    other.set_values(values);
    return picture_of(other);
  }

  const MorphologyCounters& counters() const { return painter.counters(); }

  std::shared_ptr<const Pieces> pieces;
  std::shared_ptr<const LodTree> tree;
  MorphologyPainter painter;
  MorphologyFrame frame;
  std::vector<float> values;
};

TEST_F(MorphologyPainterTest, without_pieces_the_picture_is_background) {
  const Picture background(30 * 20, 0xFF102030);
  frame.size_px = {30, 20};
  frame.background = {0x10, 0x20, 0x30, 255};
  EXPECT_EQ(paint(), background);
  painter.set_tree(std::make_shared<const LodTree>(std::make_shared<Pieces>()));
  EXPECT_EQ(paint(), background);
  EXPECT_EQ(paint(), background);
}

TEST_F(MorphologyPainterTest, with_a_still_camera_new_values_only_colour_pixels_that_are_known) {
  for (const std::size_t n : {1000U, 10'000U, 100'000U}) {
    show(test::random_tree(n));
    paint();
    const MorphologyCounters first = counters();
    EXPECT_EQ(first.placed_pieces, first.visible_pieces);
    EXPECT_EQ(first.uploaded_bytes, static_cast<std::int64_t>(sizeof(Cone) + sizeof(Rgba8)) * first.visible_pieces);
    set_values(1);
    paint();  // remembers
    for (int k = 2; k < 5; ++k) {
      set_values(k);
      paint();
      EXPECT_EQ(counters().placed_pieces, 0);
      EXPECT_GT(counters().fragments, 0);
      EXPECT_LE(counters().fragments, first.fragments) << "what is covered is left out";
      EXPECT_EQ(counters().uploaded_bytes, static_cast<std::int64_t>(sizeof(Rgba8)) * first.visible_pieces);
      EXPECT_EQ(counters().selections, first.selections);
    }
  }
}

TEST_F(MorphologyPainterTest, coloured_again_a_picture_is_the_same_as_drawn_anew) {
  for (const unsigned seed : {1U, 2U, 3U, 4U}) {
    show(test::random_tree(3000, seed));
    const Camera overview = frame.camera;
    for (const float closer : {0.3f, 1.0f, 5.0f, 30.0f, 150.0f}) {
      for (const bool orthographic : {false, true}) {
        frame.camera = overview;
        frame.camera.orthographic = orthographic;
        frame.camera.azimuth_deg += closer;
        if (closer > 1) frame.camera.center = pieces->end[pieces->size() / 2];
        frame.camera.distance /= closer;
        for (int k = 0; k < 4; ++k) {
          set_values(k);
          ASSERT_EQ(paint(), fresh()) << "picture " << k << ", seed " << seed << ", " << closer << " times as near";
        }
        EXPECT_EQ(counters().placed_pieces, 0);
      }
    }
  }
}

TEST_F(MorphologyPainterTest, whatever_changes_how_pieces_lie_or_look_is_drawn_anew) {
  show(test::random_tree(3000));
  const auto rest = [&] {
    for (int k = 0; k < 3; ++k) paint();
    ASSERT_EQ(counters().placed_pieces, 0);
  };
  const auto expect_anew = [&](const char* what) {
    EXPECT_EQ(paint(), fresh()) << what;
    EXPECT_GT(counters().placed_pieces, 0) << what;
    rest();
    EXPECT_EQ(paint(), fresh()) << what;
  };
  rest();
  frame.camera.azimuth_deg += 1;
  expect_anew("another camera");
  frame.size_px = {310, 190};
  expect_anew("another size");
  frame.highlights = {{3, -1, {13, 123, 75, 255}}, {-1, 70, {200, 0, 0, 255}}};
  expect_anew("highlights");
  frame.device_pixel_ratio = 2;
  expect_anew("finer pixels");
  frame.theme = Theme::dark;
  frame.background = {20, 22, 27, 255};
  expect_anew("a dark ground");
  frame.highlights.clear();
  expect_anew("no highlights");
  show(test::random_tree(2000, 5));
  expect_anew("another cell");
}

TEST_F(MorphologyPainterTest, another_colour_map_colours_known_pixels) {
  show(test::random_tree(3000));
  for (int k = 0; k < 2; ++k) paint();
  const Picture before = paint();
  painter.set_color_map(color_map("ramp:#ff0000:#0000ff").table, {-1, 1, 0});
  EXPECT_NE(paint(), before);
  EXPECT_EQ(counters().placed_pieces, 0);
  painter.set_color_map(color_map("voltage").table, {-1, 1, 0});
  EXPECT_EQ(paint(), before);
}

TEST_F(MorphologyPainterTest, what_lies_behind_translucent_pieces_is_seen_also_later) {
  auto two = std::make_shared<Pieces>();
  two->add({{-50, 0, 0}, 10, {50, 0, 0}, 10}, 0, 0, 0, -1);
  two->add({{0, -40, -30}, 10, {0, -40, 30}, 10}, 1, 1, 1, -1);
  show(two);
  frame.camera = {.azimuth_deg = 0, .elevation_deg = 0, .distance = 200};
  const auto middle = [&](const Picture& p) {
    return p[static_cast<std::size_t>(frame.size_px.y / 2 * frame.size_px.x + frame.size_px.x / 2)];
  };
  ColorTable table = color_map("ramp:#ff0000:#0000ff").table;
  painter.set_color_map(table, {0, 1, 0});
  painter.set_values(std::vector<float>{0, 1});
  for (int k = 0; k < 3; ++k) paint();
  const std::uint32_t opaque = middle(paint());
  EXPECT_LT(opaque >> 16 & 255, 40U) << "only the blue one in front";
  for (Rgba8& c : table) c.a = 128;
  painter.set_color_map(table, {0, 1, 0});
  std::uint32_t translucent = 0;
  for (int k = 0; k < 4; ++k) {
    translucent = middle(paint());
    EXPECT_GT(translucent >> 16 & 255, (opaque >> 16 & 255) + 60) << "red and white shine through, picture " << k;
    EXPECT_GT(counters().placed_pieces, 0);
  }
  for (Rgba8& c : table) c.a = 255;
  painter.set_color_map(table, {0, 1, 0});
  for (int k = 0; k < 3; ++k) EXPECT_EQ(middle(paint()), opaque);
}

TEST_F(MorphologyPainterTest, a_picture_too_rich_to_be_remembered_is_drawn_anew_each_time) {
  show(test::random_tree(3000));
  const Picture wanted = paint();
  for (const std::size_t most : {1UL, 1000UL, 5000UL}) {
    MorphologyPainter small(most);
    prepare(small);
    small.set_values(values);
    for (int k = 0; k < 4; ++k) {
      EXPECT_EQ(picture_of(small), wanted);
      EXPECT_GT(small.counters().placed_pieces, 0);
    }
  }
}

TEST_F(MorphologyPainterTest, rows_may_be_farther_apart_than_they_are_wide) {
  show(test::random_tree(3000));
  const Picture wanted = paint();
  constexpr int stride = 320;
  const int width = frame.size_px.x, height = frame.size_px.y;
  for (int k = 0; k < 3; ++k) {
    Picture pixels(static_cast<std::size_t>(stride * height), 7);
    painter.draw(frame, {pixels.data(), width, height, stride});
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < stride; ++x)
        ASSERT_EQ(pixels[static_cast<std::size_t>(y * stride + x)],
                  x < width ? wanted[static_cast<std::size_t>(y * width + x)] : 7)
            << x << ", " << y << ", picture " << k;
    }
  }
}

TEST_F(MorphologyPainterTest, a_piece_that_reaches_beyond_the_picture_is_drawn_as_far_as_it_is_seen) {
  auto one = std::make_shared<Pieces>();
  one->add({{-3000, 0, 0}, 20, {3000, 0, 0}, 20}, 0, 0, 0, -1);
  show(one);
  for (const float distance : {0.5f, 30.0f, 300.0f}) {  // inside it, near, far
    for (const bool orthographic : {false, true}) {
      frame.camera = {.azimuth_deg = 0, .elevation_deg = 0, .distance = distance, .orthographic = orthographic};
      const Picture picture = paint();
      EXPECT_LE(counters().fragments, static_cast<std::int64_t>(picture.size()));
      if (distance < 20) continue;
      for (int x = 0; x < frame.size_px.x; ++x)
        EXPECT_NE(picture[static_cast<std::size_t>(100 * frame.size_px.x + x)], 0xFFFFFFFF)
            << x << " from " << distance;
    }
  }
}

}  // namespace
}  // namespace cnv
