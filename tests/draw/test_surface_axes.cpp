#include "cnv/draw/surface_axes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include <glm/geometric.hpp>

#include "cnv/draw/surface_grid.hpp"

namespace cnv {
namespace {

constexpr glm::vec2 size_px(900, 700);
const EstimatedMetrics metrics;

struct Shown {
  SurfaceAxesRequest request;
  Camera camera;
  Projection projection;
};

Shown shown(AxesPlace place, float azimuth = 30, float elevation = 30) {
  Shown out;
  out.request.box = {{-1500, 1500}, {0, 20}, {-80, 40}};
  out.request.space = surface_space(out.request.box, Proportions::automatic);
  out.request.place = place;
  out.request.labels = {"x (µm)", "t (ms)", "v (mV)"};
  const Bounds bounds = drawn_bounds(out.request.box, out.request.space);
  out.camera =
      fitted({.azimuth_deg = azimuth, .elevation_deg = elevation, .fov_deg = 32}, fit_points(bounds), size_px, 0.2f);
  out.projection = make_projection(out.camera, size_px, bounds);
  return out;
}

struct TextBox {
  float left, right, top, bottom;
};
TextBox box_of(const ScreenText& text) {
  const auto w = static_cast<float>(metrics.text_width(text.text, text.size_px, 400)) / 2,
             h = static_cast<float>(text.size_px) / 2;
  return {text.middle.x - w, text.middle.x + w, text.middle.y - h, text.middle.y + h};
}
bool overlap(TextBox a, TextBox b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

TEST(SurfaceAxes, none_are_drawn_without_a_place) {
  const auto s = shown(AxesPlace::none);
  const auto axes = layout_surface_axes(s.request, s.projection, metrics);
  EXPECT_TRUE(axes.lines.empty() && axes.texts.empty() && axes.grid.empty());
}

TEST(SurfaceAxes, ticks_are_round_and_texts_stay_inside_and_apart_from_all_sides) {
  for (const AxesPlace place : {AxesPlace::edges, AxesPlace::middle})
    for (float azimuth = 5; azimuth < 360; azimuth += 40)
      for (const float elevation : {10.0f, 30.0f, 60.0f}) {
        const auto s = shown(place, azimuth, elevation);
        const auto axes = layout_surface_axes(s.request, s.projection, metrics);
        ASSERT_EQ(axes.lines.size(), 3U);
        int numbers = 0;
        for (std::size_t i = 0; i < axes.texts.size(); ++i) {
          const auto a = box_of(axes.texts[i]);
          EXPECT_TRUE(a.left >= 0 && a.right <= size_px.x && a.top >= 0 && a.bottom <= size_px.y)
              << axes.texts[i].text << " at " << azimuth << ", " << elevation;
          numbers += !axes.texts[i].is_label;
        }
        EXPECT_GE(numbers, 6) << azimuth << ", " << elevation;
        EXPECT_EQ(static_cast<std::size_t>(numbers), axes.ticks.size());
        for (const double step : axes.steps) {
          if (step == 0) continue;
          const double mantissa = step / std::pow(10.0, std::floor(std::log10(step) + 1e-9));
          EXPECT_TRUE(std::abs(mantissa - 1) < 1e-9 || std::abs(mantissa - 2) < 1e-9 || std::abs(mantissa - 5) < 1e-9)
              << step;
        }
        if (place == AxesPlace::edges) {
          int touching = 0;
          for (std::size_t i = 0; i < axes.texts.size(); ++i)
            for (std::size_t k = i + 1; k < axes.texts.size(); ++k)
              touching += overlap(box_of(axes.texts[i]), box_of(axes.texts[k]));
          EXPECT_LE(touching, 1) << azimuth << ", " << elevation;
        }
      }
}

TEST(SurfaceAxes, ticks_lie_where_their_numbers_say) {
  const auto s = shown(AxesPlace::edges);
  const auto axes = layout_surface_axes(s.request, s.projection, metrics);
  // The x axis is the first line; -1000 lies a sixth along it in space, so its tick starts at that projected place.
  const auto minus =
      std::find_if(axes.texts.begin(), axes.texts.end(), [](const auto& t) { return t.text == "−1000"; });
  ASSERT_NE(minus, axes.texts.end());
  const auto number =
      static_cast<std::size_t>(std::count_if(axes.texts.begin(), minus, [](const auto& t) { return !t.is_label; }));
  const Bounds bounds = drawn_bounds(s.request.box, s.request.space);
  float nearest = 1e9f;
  for (const float y : {bounds.low.y, bounds.high.y})
    for (const float z : {bounds.low.z, bounds.high.z}) {
      glm::vec3 place = s.request.space.drawn({-1000, 0, 0});
      place.y = y;
      place.z = z;
      nearest = std::min(nearest, glm::distance(glm::vec2(project(s.projection, place)), axes.ticks[number].start));
    }
  EXPECT_LT(nearest, 0.05f);
  EXPECT_NEAR(glm::distance(axes.ticks[number].start, axes.ticks[number].end), 5, 1e-3);
}

TEST(SurfaceAxes, numbers_keep_clear_of_the_crossing) {
  const auto s = shown(AxesPlace::middle);
  const auto axes = layout_surface_axes(s.request, s.projection, metrics);
  const glm::vec2 crossing(project(s.projection, drawn_bounds(s.request.box, s.request.space).center()));
  for (const auto& tick : axes.ticks) EXPECT_GE(glm::distance(tick.start, crossing), 18);
  for (const auto& text : axes.texts) EXPECT_NE(text.text, "10") << "the middle of t";
}

TEST(SurfaceAxes, no_ticks_are_drawn_for_a_count_of_none) {
  auto s = shown(AxesPlace::edges);
  s.request.tick_count = 0;
  const auto axes = layout_surface_axes(s.request, s.projection, metrics);
  EXPECT_TRUE(axes.ticks.empty());
  EXPECT_EQ(axes.texts.size(), 3U) << "the labels stay";
}

TEST(SurfaceAxes, lines_end_before_the_eye) {
  Camera camera{.center = {0, 0, 0}, .azimuth_deg = 0, .elevation_deg = 0, .distance = 10};
  Bounds bounds;
  bounds.add({-100, -100, -100});
  bounds.add({100, 100, 100});
  const auto projection = make_projection(camera, size_px, bounds);
  EXPECT_FALSE(screen_line(projection, {-5, -50, 0}, {5, -60, 0})) << "behind";
  const auto line = screen_line(projection, {1, 50, 0}, {1, -50, 0});
  ASSERT_TRUE(line);
  EXPECT_TRUE(std::isfinite(line->end.x) && std::isfinite(line->end.y));
}

TEST(SurfaceSpace, keeps_data_units_while_they_can_be_read) {
  EXPECT_EQ(surface_space({{0, 10}, {0, 8}, {0, 4}}, Proportions::automatic).scale, glm::dvec3(1));
  EXPECT_EQ(surface_space({{0, 1000}, {0, 20}, {-80, 40}}, Proportions::data).scale, glm::dvec3(1));
  const auto needle = surface_space({{0, 1}, {0, 1}, {-80, 40}}, Proportions::automatic);
  EXPECT_EQ(needle.scale.x, 1);
  EXPECT_NEAR(needle.scale.z * 120, 0.4, 1e-9);
  const auto strip = surface_space({{0, 1000}, {0, 20}, {-80, 40}}, Proportions::automatic);
  EXPECT_NEAR(strip.scale.y * 20, 1000, 1e-9);
  EXPECT_NEAR(surface_space({{0, 10}, {0, 8}, {0, 4}}, Proportions::data, 3).scale.z, 3, 1e-12);
  EXPECT_EQ(surface_space({{0, 10}, {0, 8}, {5, 5}}, Proportions::automatic).scale, glm::dvec3(1)) << "level";
}

}  // namespace
}  // namespace cnv
