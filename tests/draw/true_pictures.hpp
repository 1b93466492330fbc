// Scenes whose pictures are held against the truth of ray_caster.hpp, and the comparison. Used for the painter and for
// OpenGL.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "cnv/draw/light.hpp"
#include "cnv/draw/lod_tree.hpp"
#include "cnv/draw/morphology_layers.hpp"
#include "draw/ray_caster.hpp"

namespace cnv::test {

struct TrueScene {
  std::string name;
  std::shared_ptr<const Pieces> pieces;
};

inline std::vector<TrueScene> true_scenes() {
  const auto made = [](const std::vector<std::pair<Cone, std::int32_t>>& cones) {
    auto pieces = std::make_shared<Pieces>();
    for (const auto& [cone, parent] : cones) {
      const auto i = static_cast<std::int32_t>(pieces->size());
      pieces->add(cone, i, 0, i, parent);
    }
    return pieces;
  };
  const auto cone = [](glm::vec3 a, float ra, glm::vec3 b, float rb) {
    return Cone{.start = a, .start_radius = ra, .end = b, .end_radius = rb};
  };
  std::vector<std::pair<Cone, std::int32_t>> stick{{cone({-10, 0, 0}, 10, {10, 0, 0}, 10), -1}};
  for (int i = 0; i < 7; ++i) {
    const float x = 10 + 12 * static_cast<float>(i);
    stick.push_back({cone({x, 0, 0}, 3, {x + 12, 0, 0}, 3), i});
  }
  return {
      {"a ball and a stick", made(stick)},
      {"shorter than thick", made({{cone({-5, 0, 0}, 10, {5, 0, 0}, 10), -1}})},
      {"bends and a branch", made({{cone({0, 0, 0}, 5, {30, 0, 0}, 5), -1},
                                   {cone({30, 0, 0}, 5, {40, 25, 0}, 5), 0},
                                   {cone({40, 25, 0}, 5, {20, 45, 10}, 4), 1},
                                   {cone({40, 25, 0}, 4, {70, 30, -10}, 4), 1},
                                   {cone({20, 45, 10}, 4, {23, 50, 12}, 4), 2}})},
      {"tapers", made({{cone({0, 0, 0}, 10, {20, 0, 0}, 4), -1},
                       {cone({20, 0, 0}, 4, {50, 0, 0}, 4), 0},
                       {cone({50, 0, 0}, 4, {58, 0, 0}, 12), 1},
                       {cone({58, 0, 0}, 12, {65, 5, 0}, 12), 2}})},
      {"short pieces of a curve",
       [&] {
         std::vector<std::pair<Cone, std::int32_t>> all;
         for (int i = 0; i < 16; ++i) {
           const auto at = [](int k) {
             const float t = 0.2f * static_cast<float>(k);
             return glm::vec3(30 * std::cos(t), 30 * std::sin(t), 4 * t);
           };
           all.push_back({cone(at(i), 5, at(i + 1), 5), i - 1});
         }
         return made(all);
       }()},
  };
}

constexpr glm::ivec2 true_size{80, 60};

// Directions all round the scene, its axes first, fitted or as near as inside its bounding box; every second one
// orthographic.
inline std::vector<Camera> true_cameras(const LodTree& tree, int count) {
  constexpr std::array<std::array<float, 2>, 8> first{
      {{90, 0}, {-90, 0}, {87, 0}, {93, 2}, {0, 0}, {0, 90}, {89, 1}, {0, -90}}};
  std::mt19937 random(7);
  std::uniform_real_distribution<float> azimuth(-180, 180), height(-1, 1);
  const FitPoints points = fit_points(tree.cones());
  std::vector<Camera> out;
  for (int k = 0; k < count; ++k) {
    Camera camera;
    const auto i = static_cast<std::size_t>(k / 2);
    camera.azimuth_deg = i < first.size() ? first[i][0] : azimuth(random);
    camera.elevation_deg = i < first.size() ? first[i][1] : glm::degrees(std::asin(height(random)));
    camera.orthographic = k % 2 == 1;
    camera = fitted(camera, points, true_size);
    if (k % 10 >= 8) {
      camera.center = tree.cones()[i % tree.cones().size()].end;
      camera.distance *= 0.23f;
    }
    out.push_back(camera);
  }
  return out;
}

struct Difference {
  int covered = 0;          // pixels that something covers wholly
  int edges_off = 0;        // pixels whose coverage is found nowhere within a pixel of the truth
  double coverage_off = 0;  // the largest error of coverage that is found nowhere within two pixels
  int lights_off = 0;       // smooth pixels whose light differs by more than a twentieth
  double light_off = 0;     // the mean over smooth pixels
};

// `black`: the picture in flat black on white; `grey`: lit, of colour 128. The red channel of each pixel.
inline Difference difference(const TruePicture& truth, const std::vector<int>& black, const std::vector<int>& grey) {
  Difference out;
  const auto index = [&](int x, int y) {
    return static_cast<std::size_t>(std::clamp(y, 0, truth.height - 1) * truth.width +
                                    std::clamp(x, 0, truth.width - 1));
  };
  double light_sum = 0;
  int smooth = 0;
  for (int y = 0; y < truth.height; ++y) {
    for (int x = 0; x < truth.width; ++x) {
      const auto error = [&](double painted, int reach) {
        double low = 1, high = 0;
        for (int dy = -reach; dy <= reach; ++dy) {
          for (int dx = -reach; dx <= reach; ++dx) {
            low = std::min(low, truth.covered[index(x + dx, y + dy)]);
            high = std::max(high, truth.covered[index(x + dx, y + dy)]);
          }
        }
        return std::max({low - painted, painted - high, 0.0});
      };
      const std::size_t i = index(x, y);
      const double painted = 1 - black[i] / 255.0;
      if (error(painted, 1) > 0.05) ++out.edges_off;
      out.coverage_off = std::max(out.coverage_off, error(painted, 2));
      if (truth.covered[i] < 1) continue;
      ++out.covered;
      if (truth.roughness[i] > 0.15 || error(1, 1) > 0 || error(0, 1) < 1) continue;  // not at an edge
      const auto light = static_cast<double>(light_on(glm::vec3(truth.normals[i])));
      const double off = std::abs(light - grey[i] / 128.0);
      ++smooth;
      light_sum += off;
      if (off > 0.05) ++out.lights_off;
    }
  }
  out.light_off = smooth > 0 ? light_sum / smooth : 0;
  return out;
}

// Draws every scene from `cameras` sides with `draw`, which returns red channels, and holds it against the truth.
inline void expect_true_pictures(
    int cameras, const std::function<std::vector<int>(const std::shared_ptr<const LodTree>&, const MorphologyFrame&,
                                                      const ColorTable&)>& draw) {
  for (const TrueScene& scene : true_scenes()) {
    const auto tree = std::make_shared<const LodTree>(scene.pieces);
    Difference all;
    double light_sum = 0;
    for (const Camera& camera : true_cameras(*tree, cameras)) {
      MorphologyFrame frame;
      frame.camera = camera;
      frame.size_px = true_size;
      const std::vector<int> grey = draw(tree, frame, color_map("ramp:#808080:#808080").table);
      frame.flat = true;
      const std::vector<int> black = draw(tree, frame, color_map("ramp:#000000:#000000").table);
      const Difference one = difference(RayCaster(*scene.pieces).picture(camera, true_size, 3), black, grey);
      const std::string where = scene.name + " from azimuth " + std::to_string(camera.azimuth_deg) + ", elevation " +
                                std::to_string(camera.elevation_deg) + (camera.orthographic ? ", orthographic" : "");
      EXPECT_LE(one.edges_off, 4 + one.covered / 100) << where;
      EXPECT_LE(one.coverage_off, 0.5) << where;
      EXPECT_LE(one.lights_off, 4 + one.covered / 100) << where;
      all.covered += one.covered;
      all.edges_off += one.edges_off;
      all.coverage_off = std::max(all.coverage_off, one.coverage_off);
      all.lights_off += one.lights_off;
      light_sum += one.light_off;
    }
    EXPECT_GT(all.covered, 100 * cameras);
    EXPECT_LE(all.edges_off, all.covered / 500) << scene.name << ", of " << all.covered;
    EXPECT_LE(all.lights_off, all.covered / 500) << scene.name << ", of " << all.covered;
    EXPECT_LE(light_sum / cameras, 0.01) << scene.name;
    const auto record = [&](const std::string& what, double value) {
      ::testing::Test::RecordProperty(scene.name + ", " + what, std::to_string(value));
    };
    record("largest coverage error", all.coverage_off);
    record("pixels off", static_cast<double>(all.edges_off) / all.covered);
    record("light error", light_sum / cameras);
  }
}

}  // namespace cnv::test
