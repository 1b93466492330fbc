#include "cnv/draw/pick.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <glm/geometric.hpp>

namespace cnv {
namespace {

// The line of sight through a pixel, in camera space.
struct Sight {
  glm::vec3 origin{0};
  glm::vec3 direction{0, 0, -1};
  glm::vec2 screen{0};  // px from the centre of the view, y up
};

Sight sight_through(const Projection& p, glm::vec2 pixel) {
  Sight s;
  s.screen = {pixel.x - 0.5f * p.size_px.x, 0.5f * p.size_px.y - pixel.y};
  const glm::vec2 at = s.screen / p.focal_px;
  if (p.orthographic) {
    s.origin = {at.x, at.y, 0};
  } else {
    s.direction = glm::normalize(glm::vec3(at.x, at.y, -1));
  }
  return s;
}

bool may_touch(const LodNode& node, const Projection& p, const Sight& sight, float tolerance_px) {
  const glm::vec3 c = glm::vec3(p.view * glm::vec4(node.center, 1)) - sight.origin;
  const float along = glm::dot(c, sight.direction);
  if (!p.orthographic && along + node.radius < p.near_um) return false;
  const float um_per_px = (p.orthographic ? 1 : std::max(along + node.radius, p.near_um)) / p.focal_px;
  const float reach = node.radius + tolerance_px * um_per_px;
  return glm::dot(c, c) - along * along <= reach * reach;
}

// A cone cut at the near plane, in camera space.
struct Cut {
  glm::vec3 a, b;
  float ra, rb;
  float from = 0, to = 1;  // share of the drawn cone that is left
};

bool cut_at_near(const Cone& cone, const Projection& p, Cut& cut) {
  cut = {glm::vec3(p.view * glm::vec4(cone.start, 1)), glm::vec3(p.view * glm::vec4(cone.end, 1)), cone.start_radius,
         cone.end_radius};
  if (p.orthographic) return true;
  const float a = -cut.a.z - p.near_um, b = -cut.b.z - p.near_um;
  if (a < 0 && b < 0) return false;
  if (a < 0) cut.from = a / (a - b);
  if (b < 0) cut.to = a / (a - b);
  const Cut whole = cut;
  cut.a = glm::mix(whole.a, whole.b, cut.from);
  cut.b = glm::mix(whole.a, whole.b, cut.to);
  cut.ra = glm::mix(whole.ra, whole.rb, cut.from);
  cut.rb = glm::mix(whole.ra, whole.rb, cut.to);
  return true;
}

struct Near {
  float outside_px;  // distance from the drawn outline, <= 0 inside
  float depth;       // of the surface that is seen
  float along;       // 0..1 on the drawn cone
};

// Distance on the screen with the drawn width, as the picture has it.
Near nearest(const Cut& c, const Projection& p, const Sight& sight, float min_half_width_px) {
  const float sa = p.pixels_per_um(-c.a.z), sb = p.pixels_per_um(-c.b.z);
  const glm::vec2 a(c.a.x * sa, c.a.y * sa), ba = glm::vec2(c.b.x * sb, c.b.y * sb) - a;
  const float l2 = glm::dot(ba, ba);
  const float h = l2 > 0 ? glm::clamp(glm::dot(sight.screen - a, ba) / l2, 0.0f, 1.0f) : 0.0f;
  const float width = std::max(glm::mix(c.ra * sa, c.rb * sb, h), min_half_width_px);
  const float d = glm::distance(sight.screen, a + ba * h);
  // Even steps on the screen are uneven steps along the cone in perspective.
  const float t = p.orthographic ? h : h * c.a.z / (h * c.a.z + (1 - h) * c.b.z);
  const float e = std::min(d / width, 1.0f);
  const float depth = -glm::mix(c.a.z, c.b.z, t) - glm::mix(c.ra, c.rb, t) * std::sqrt(1 - e * e);
  return {d - width, depth, c.from + (c.to - c.from) * t};
}

PickHit hit_of(const LodTree& tree, std::int32_t piece, const Near& near) {
  const Cone& drawn = tree.cone(piece);
  const Cone whole = tree.pieces().cone(static_cast<std::size_t>(piece));
  const glm::vec3 seen = glm::mix(drawn.start, drawn.end, near.along), d = whole.end - whole.start;
  const float l2 = glm::dot(d, d);
  PickHit hit;
  hit.piece = piece;
  hit.position = l2 > 0 ? glm::clamp(glm::dot(seen - whole.start, d) / l2, 0.0f, 1.0f) : 0.5f;
  hit.point = whole.start + d * hit.position;
  hit.depth_um = near.depth;
  hit.distance_px = std::max(near.outside_px, 0.0f);
  return hit;
}

}  // namespace

std::optional<PickHit> pick(const LodTree& tree, const Projection& projection, glm::vec2 pixel,
                            const PickOptions& options) {
  const Sight sight = sight_through(projection, pixel);
  const float reach_px = options.tolerance_px + options.min_half_width_px;
  constexpr float far = std::numeric_limits<float>::max();
  Near front{0, far, 0}, beside{far, far, 0};
  std::int32_t front_node = -1, beside_node = -1;
  const std::span<const LodNode> nodes = tree.nodes();
  for (std::size_t i = 0; i < nodes.size();) {
    const LodNode& node = nodes[i];
    const bool touched = may_touch(node, projection, sight, reach_px);
    if (touched && !tree.is_leaf(i)) {
      ++i;
      continue;
    }
    Cut cut;
    if (touched && cut_at_near(tree.stand_in(i).cone, projection, cut)) {
      const Near near = nearest(cut, projection, sight, options.min_half_width_px);
      const auto me = static_cast<std::int32_t>(i);
      if (near.outside_px <= 0 && near.depth < front.depth) front = near, front_node = me;
      if (near.outside_px > 0 && near.outside_px <= options.tolerance_px && near.outside_px < beside.outside_px)
        beside = near, beside_node = me;
    }
    i = static_cast<std::size_t>(node.skip);
  }
  const std::int32_t found = front_node >= 0 ? front_node : beside_node;
  if (found < 0) return std::nullopt;
  const std::int32_t position = tree.stand_in(static_cast<std::size_t>(found)).first;
  return hit_of(tree, tree.order()[static_cast<std::size_t>(position)], front_node >= 0 ? front : beside);
}

}  // namespace cnv
