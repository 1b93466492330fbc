#include "cnv/render/morphology_renderer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include <glm/trigonometric.hpp>

#include "cnv/draw/draw_list.hpp"
#include "draw/random_tree.hpp"
#include "render/pictures.hpp"

namespace cnv {
namespace {

using test::Picture;

constexpr Rgba8 white{255, 255, 255, 255};

// Looks at the xz plane from the front, 1 px per um at the centre.
MorphologyFrame front_frame(bool orthographic = false) {
  MorphologyFrame frame;
  frame.size_px = {400, 200};
  frame.camera = {.azimuth_deg = 0,
                  .elevation_deg = 0,
                  .distance = 100 / std::tan(glm::radians(30.0f)),
                  .fov_deg = 60,
                  .orthographic = orthographic};
  return frame;
}

std::shared_ptr<Pieces> bar(float radius, float half_length = 100) {
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{-half_length, 0, 0}, radius, {half_length, 0, 0}, radius}, 0, 0, 0, -1);
  return pieces;
}

class Morphology : public test::PictureTest {
 protected:
  void show(std::shared_ptr<const Pieces> pieces, std::vector<float> values = {}) {
    renderer->set_pieces(std::move(pieces));
    renderer->set_values(values);
    renderer->set_color_map(color_map("ramp:#ff0000:#0000ff").table, {0, 1, 0});
  }
};

TEST_P(Morphology, without_pieces_the_picture_is_background) {
  EXPECT_EQ(draw(front_frame()).count_not(white), 0);
  show(std::make_shared<Pieces>());
  EXPECT_EQ(draw(front_frame()).count_not(white), 0);
}

TEST_P(Morphology, a_bar_covers_its_pixels_and_nothing_else) {
  show(bar(20), {0});
  for (const bool orthographic : {false, true}) {
    const Picture picture = draw(front_frame(orthographic));
    for (int x = 0; x < 400; ++x) {
      for (int y = 0; y < 200; ++y) {
        // Perspective widens its side towards the eye a little.
        const float along = std::abs(static_cast<float>(x) - 199.5f), across = std::abs(static_cast<float>(y) - 99.5f);
        const Rgba8 p = picture.at(x, y);
        if (along < 98 && across < 18) {
          EXPECT_GT(p.r, 80) << x << ", " << y;
          EXPECT_LT(p.b, p.r / 2) << x << ", " << y;
        } else if (along > (orthographic ? 101 : 114) || across > (orthographic ? 21 : 25)) {
          EXPECT_EQ(p, white) << x << ", " << y;
        }
      }
    }
  }
}

TEST_P(Morphology, light_comes_from_above) {
  show(bar(40), {0});
  const Picture picture = draw(front_frame());
  EXPECT_GT(picture.at(200, 75).r, picture.at(200, 130).r + 20);
}

TEST_P(Morphology, one_piece_as_long_as_thick_is_as_wide_as_high) {
  show(bar(50, 50), {0});
  const Picture picture = draw(front_frame(true));
  int wide = 0, high = 0;
  for (int x = 0; x < 400; ++x) wide += picture.at(x, 100) == white ? 0 : 1;
  for (int y = 0; y < 200; ++y) high += picture.at(200, y) == white ? 0 : 1;
  EXPECT_NEAR(wide, 100, 2);
  EXPECT_NEAR(high, 100, 2);
}

TEST_P(Morphology, a_thin_neurite_of_short_pieces_stays_connected) {
  for (const float slope : {0.0f, 0.31f, 0.9f}) {
    auto pieces = std::make_shared<Pieces>();
    for (int i = 0; i < 2000; ++i) {
      const float x = -90 + 0.09f * static_cast<float>(i);
      pieces->add({{x, 0, slope * x}, 0.02f, {x + 0.09f, 0, slope * (x + 0.09f)}, 0.02f}, i, 0, 0, i - 1);
    }
    show(pieces, {1});
    const Picture picture = draw(front_frame());
    for (int x = 115; x < 285; ++x) {
      int darkest = 255;
      for (int y = 0; y < 200; ++y) darkest = std::min<int>(darkest, picture.at(x, y).r);
      EXPECT_LT(darkest, 215) << "gap at column " << x << " with slope " << slope;
    }
  }
}

TEST_P(Morphology, values_colour_their_pieces_and_nan_is_neutral) {
  auto pieces = std::make_shared<Pieces>();
  for (int i = 0; i < 3; ++i) {
    const float x = -120 + 80 * static_cast<float>(i);
    pieces->add({{x, 0, 0}, 15, {x + 80, 0, 0}, 15}, i, i, i, i - 1);
  }
  show(pieces, {0, std::nanf(""), 1});
  const Picture picture = draw(front_frame());
  const Rgba8 first = picture.at(120, 95), middle = picture.at(200, 95), last = picture.at(280, 95);
  EXPECT_GT(first.r, first.b + 100);
  EXPECT_GT(last.b, last.r + 100);
  EXPECT_LT(std::abs(middle.r - middle.b), 30);
  EXPECT_LT(std::abs(middle.r - middle.g), 30);
}

TEST_P(Morphology, without_values_base_colours_are_drawn) {
  auto pieces = bar(20);
  pieces->entity_colors = {{0, 200, 0}};
  show(pieces);
  const Rgba8 p = draw(front_frame()).at(200, 95);
  EXPECT_GT(p.g, p.r + 80);
  EXPECT_GT(p.g, p.b + 80);
}

TEST_P(Morphology, a_highlight_has_a_contour_and_a_gap_and_leaves_the_cell_as_it_is) {
  show(bar(20), {0});
  const Picture plain = draw(front_frame());
  MorphologyFrame frame = front_frame();
  const Rgba8 green{13, 123, 75, 255};
  frame.highlights = {{0, -1, green}};
  const Picture picture = draw(frame);
  EXPECT_EQ(picture.at(200, 100), plain.at(200, 100));
  EXPECT_EQ(picture.at(200, 90), plain.at(200, 90));
  int contour = 0, gap = 0;
  for (int y = 60; y < 80; ++y) {
    contour += Picture::near(picture.at(200, y), green, 40);
    gap += contour > 0 && Picture::near(picture.at(200, y), white, 40);
  }
  EXPECT_NEAR(contour, 2, 1);
  EXPECT_NEAR(gap, 2, 1);
  EXPECT_EQ(picture.at(200, 60), white);
  frame.device_pixel_ratio = 2;
  EXPECT_GT(draw(frame).count_near(green), 1.7 * picture.count_near(green));
  frame.highlights = {{-1, 0, green}};
  EXPECT_GT(draw(frame).count_near(green), 0) << "an entity can be highlighted too";
  frame.highlights = {{5, -1, green}};
  EXPECT_EQ(draw(frame).count_near(green), 0) << "a section that is not there is no error";
}

TEST_P(Morphology, a_highlight_behind_other_pieces_is_still_seen) {
  auto pieces = bar(3);
  pieces->add({{0, -60, -80}, 30, {0, -60, 80}, 30}, 1, 1, 1, -1);
  show(pieces, {0, 1});
  MorphologyFrame frame = front_frame();
  const Rgba8 green{13, 123, 75, 255};
  frame.highlights = {{0, -1, green}};
  const Picture picture = draw(frame);
  int contour = 0;
  for (int y = 85; y < 115; ++y) contour += Picture::near(picture.at(200, y), green, 40);
  EXPECT_GE(contour, 3);
}

TEST_P(Morphology, the_nearer_piece_hides_the_farther) {
  auto pieces = bar(10);
  pieces->add({{0, -40, -60}, 10, {0, -40, 60}, 10}, 1, 1, 1, -1);
  show(pieces, {0, 1});
  const Rgba8 p = draw(front_frame()).at(200, 98);
  EXPECT_GT(p.b, p.r + 80);
  pieces = bar(10);
  pieces->add({{0, 40, -60}, 10, {0, 40, 60}, 10}, 1, 1, 1, -1);
  show(pieces, {0, 1});
  const Rgba8 q = draw(front_frame()).at(200, 98);
  EXPECT_GT(q.r, q.b + 80);
}

TEST_P(Morphology, a_piece_that_runs_past_the_eye_is_drawn) {
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{20, -400, 0}, 8, {20, 400, 0}, 8}, 0, 0, 0, -1);
  show(pieces, {0});
  for (const bool orthographic : {false, true}) {
    const Picture picture = draw(front_frame(orthographic));
    EXPECT_FALSE(picture.at(orthographic ? 220 : 222, 100) == white);
    EXPECT_EQ(picture.at(100, 100), white);
  }
}

TEST_P(Morphology, with_a_still_camera_only_colours_are_uploaded_and_the_choice_is_kept) {
  show(bar(20), {0});
  draw(front_frame());
  EXPECT_EQ(renderer->counters().uploaded_bytes, static_cast<std::int64_t>(sizeof(Cone) + sizeof(Rgba8)));
  EXPECT_EQ(renderer->counters().selections, 1);
  draw(front_frame());
  EXPECT_EQ(renderer->counters().uploaded_bytes, 0);
  renderer->set_values(std::vector<float>{1});
  draw(front_frame());
  EXPECT_EQ(renderer->counters().uploaded_bytes, 4);
  EXPECT_EQ(renderer->counters().selections, 1);
  EXPECT_EQ(renderer->counters().draw_calls, 1);
  EXPECT_EQ(renderer->counters().visible_pieces, 1);
  MorphologyFrame moved = front_frame();
  moved.camera.azimuth_deg = 3;
  draw(moved);
  EXPECT_EQ(renderer->counters().selections, 2);
}

TEST_P(Morphology, a_picture_costs_what_is_seen_and_new_values_upload_values_only) {
  constexpr std::int64_t cone_bytes = sizeof(Cone), color_bytes = sizeof(Rgba8);
  constexpr std::int64_t most_draw_calls = 32 * static_cast<std::int64_t>(piece_style_count);  // layers of depth
  for (const std::size_t n : {1000U, 10'000U, 100'000U}) {
    show(test::random_tree(n), std::vector<float>(n, 0.5f));
    MorphologyFrame frame = front_frame();
    frame.camera = best_initial_view(fit_points(renderer->tree()->cones()), frame.size_px);
    draw(frame);
    const MorphologyCounters first = renderer->counters();
    EXPECT_LE(first.visible_pieces, static_cast<std::int64_t>(n));
    EXPECT_EQ(first.uploaded_bytes, (cone_bytes + color_bytes) * first.visible_pieces);
    EXPECT_LE(first.draw_calls, most_draw_calls);
    for (int k = 0; k < 3; ++k) {
      renderer->set_values(std::vector<float>(n, 0.1f * static_cast<float>(k)));
      draw(frame);
      EXPECT_EQ(renderer->counters().uploaded_bytes, color_bytes * first.visible_pieces) << "the camera rests";
      EXPECT_EQ(renderer->counters().draw_calls, first.draw_calls);
    }
    draw(frame);
    EXPECT_EQ(renderer->counters().uploaded_bytes, 0) << "nothing is new";
    frame.camera.azimuth_deg += 5;
    draw(frame);
    EXPECT_EQ(renderer->counters().uploaded_bytes, (cone_bytes + color_bytes) * renderer->counters().visible_pieces);
    EXPECT_LE(renderer->counters().draw_calls, most_draw_calls);
    // Seven pieces, their contour and its gap.
    frame.highlights = {{3, -1, {13, 123, 75, 255}}};
    draw(frame);
    EXPECT_LE(renderer->counters().uploaded_bytes,
              color_bytes * renderer->counters().visible_pieces + 3 * 7 * (cone_bytes + color_bytes));
    EXPECT_LE(renderer->counters().draw_calls, most_draw_calls + 3 * 7);
  }
}

// A flat spiral of twenty turns in `n` pieces.
std::shared_ptr<const Pieces> spiral(int n) {
  auto pieces = std::make_shared<Pieces>();
  const auto at = [n](int i) {
    const float t = static_cast<float>(i) / static_cast<float>(n), angle = t * 20 * 6.2831853f;
    return 90 * t * glm::vec3(std::cos(angle), 0, std::sin(angle));
  };
  for (int i = 0; i < n; ++i) pieces->add({at(i), 0.3f, at(i + 1), 0.3f}, i, i, 0, i - 1);
  return pieces;
}

TEST_P(Morphology, more_pieces_of_the_same_shape_cost_no_more) {
  std::vector<MorphologyCounters> costs;
  for (const int n : {10'000, 30'000, 100'000}) {
    show(spiral(n), std::vector<float>(static_cast<std::size_t>(n), 0.5f));
    draw(front_frame());
    costs.push_back(renderer->counters());
  }
  for (const MorphologyCounters& cost : costs) {
    EXPECT_LE(cost.visible_pieces, 2 * costs[0].visible_pieces) << "halving decides to a factor of two";
    EXPECT_LE(cost.uploaded_bytes, 2 * costs[0].uploaded_bytes);
    EXPECT_LE(cost.draw_calls, 32 * static_cast<std::int64_t>(piece_style_count));
  }
  EXPECT_LT(costs[0].visible_pieces, 5000);
}

TEST_P(Morphology, the_background_is_the_one_asked_for) {
  show(bar(20), {0});
  MorphologyFrame frame = front_frame();
  frame.background = {0x16, 0x18, 0x1C, 255};
  frame.theme = Theme::dark;
  EXPECT_EQ(draw(frame).at(3, 3), frame.background);
}

INSTANTIATE_TEST_SUITE_P(Gl, Morphology, ::testing::Values(GlApi::desktop, GlApi::es),
                         [](const auto& api) { return api.param == GlApi::desktop ? "desktop" : "es"; });

}  // namespace
}  // namespace cnv
