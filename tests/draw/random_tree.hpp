// Random branched pieces for tests of the level-of-detail tree and of picking.
#pragma once

#include <memory>
#include <random>

#include <glm/geometric.hpp>

#include "cnv/draw/pieces.hpp"

namespace cnv::test {

// `n` pieces around the origin; value and entity index = piece; sections of 7 pieces.
inline std::shared_ptr<const Pieces> random_tree(std::size_t n, unsigned seed = 1, float step_um = 3) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, 1);
  const auto vector = [&] { return glm::vec3(normal(random), normal(random), normal(random)); };
  auto pieces = std::make_shared<Pieces>();
  pieces->add({{-5, 0, 0}, 5, {5, 0, 0}, 5}, 0, 0, 0, -1);
  std::vector<glm::vec3> heading{glm::vec3(1, 0, 0)};
  while (pieces->size() < n) {
    const auto me = static_cast<std::int32_t>(pieces->size());
    const bool branch = random() % 8 == 0;
    const auto parent = branch ? static_cast<std::int32_t>(random() % pieces->size()) : me - 1;
    const auto p = static_cast<std::size_t>(parent);
    heading.push_back(glm::normalize(heading[p] + 0.4f * vector()));
    const float from = std::min(pieces->end_radius[p], 1.0f), to = std::max(0.05f, from * 0.98f);
    pieces->add({pieces->end[p], from, pieces->end[p] + heading.back() * step_um, to}, me, me, me / 7, parent);
  }
  return pieces;
}

}  // namespace cnv::test
