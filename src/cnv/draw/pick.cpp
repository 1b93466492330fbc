#include "cnv/draw/pick.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <glm/geometric.hpp>

#include "cnv/draw/draw_list.hpp"
#include "cnv/draw/piece_kernels.hpp"

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

struct Near {
  float outside_px;  // distance from the drawn outline, <= 0 inside
  float depth;       // of the surface that is seen
  float along;       // 0..1 on the drawn cone
};

// A cone as the picture has it at the pixel: its surface where the sight meets it, else how far its outline is. False:
// it lies behind the eye.
bool nearest(const Cone& cone, const Projection& p, const Sight& sight, const PickOptions& options, Near& out) {
  RodShape rod;
  if (!RodShape::make(p, cone, {.half_width_px = options.min_half_width_px, .least_opacity = 1}, 0, rod)) return false;
  const float widest = std::max(rod.half_width, rod.half_width + rod.half_width_more);
  const glm::vec3 a = p.view * glm::vec4(cone.start, 1), b = p.view * glm::vec4(cone.end, 1), axis = b - a;
  const float length2 = glm::dot(axis, axis);
  PixelBlock block;
  if (widest > options.min_half_width_px) {
    if (widest > LodOptions{}.solid_radius_px)
      solid_block(SolidShape(p, cone, 0), sight.screen.x, sight.screen.y, block);
    else rod_block(rod, sight.screen.x, sight.screen.y, block);
    if (block.coverage[0] > 0) {
      const glm::vec3 seen = sight.origin + sight.direction * (block.depth[0] / -sight.direction.z);
      out = {0, block.depth[0], length2 > 0 ? glm::clamp(glm::dot(seen - a, axis) / length2, 0.0f, 1.0f) : 0.0f};
      return true;
    }
  }
  const glm::vec2 off = sight.screen - rod.a;
  const float u = glm::dot(off, rod.along), aside = std::fabs(rod.along.x * off.y - rod.along.y * off.x);
  const float h = rod.length > 1e-3f ? glm::clamp(u / rod.length, 0.0f, 1.0f) : 0.0f;
  const float half_width = rod.half_width + rod.half_width_more * h, ratio = std::min(aside / half_width, 1.0f);
  const float arc = rod.flatness * half_width * std::sqrt(1 - ratio * ratio);
  const float beyond = std::max(-u, u - rod.length) - arc, beside = aside - half_width;
  // Even steps on the screen are uneven steps along the cone in perspective.
  const float za = std::max(-glm::mix(a.z, b.z, rod.from), p.near_um),
              zb = std::max(-glm::mix(a.z, b.z, rod.to), p.near_um);
  const float t = p.orthographic ? h : h * za / (h * za + (1 - h) * zb);
  out.outside_px = std::min(beyond, beside) > 0 ? std::hypot(beyond, beside) : std::max(beyond, beside);
  out.depth = glm::mix(za, zb, t);
  out.along = rod.from + (rod.to - rod.from) * t;
  return true;
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
    Near near{};
    if (touched && nearest(tree.stand_in(i).cone, projection, sight, options, near)) {
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
