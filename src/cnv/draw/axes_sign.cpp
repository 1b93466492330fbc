#include "cnv/draw/axes_sign.hpp"

#include <algorithm>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

constexpr float shortest_share = 0.15f;  // an axis that looks shorter has no line
constexpr float line_slack_px = 4, letter_slack_px = 9;

float distance_to_line(glm::vec2 p, glm::vec2 end) {
  const float u = std::clamp(glm::dot(p, end) / std::max(glm::dot(end, end), 1e-6f), 0.0f, 1.0f);
  return glm::distance(p, u * end);
}

}  // namespace

std::array<AxisMark, 3> axes_sign(const Camera& camera) {
  std::array<AxisMark, 3> out;
  const auto directions = axis_directions(camera);
  for (std::size_t i = 0; i < 3; ++i) {
    const glm::vec2 on_screen(directions[i].x, -directions[i].y);
    const float length = glm::length(on_screen);
    out[i].towards = length < shortest_share;
    if (out[i].towards) continue;
    out[i].end = axes_sign_length_px * on_screen;
    out[i].label = out[i].end + axes_sign_label_px * on_screen / length;
  }
  return out;
}

std::optional<int> axis_at(const Camera& camera, glm::vec2 place_px) {
  const auto marks = axes_sign(camera);
  std::optional<int> best;
  float nearest = letter_slack_px;
  for (int i = 0; i < 3; ++i) {
    const auto& mark = marks[static_cast<std::size_t>(i)];
    const float letter = glm::distance(place_px, mark.label);
    if (letter <= nearest) {  // for an axis that points at the viewer the letter lies at the origin
      nearest = letter;
      best = i;
    }
  }
  if (best) return best;
  for (int i = 0; i < 3; ++i)
    if (const auto& mark = marks[static_cast<std::size_t>(i)];
        !mark.towards && distance_to_line(place_px, mark.end) <= line_slack_px)
      return i;
  return std::nullopt;
}

}  // namespace cnv
