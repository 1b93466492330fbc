#include "cnv/draw/draw_list.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cnv {
namespace {

constexpr std::uint32_t farthest_key = 65535;

// Where a bounding sphere lies in the view, and how large one um is drawn there at most.
struct Placed {
  bool visible = false;
  float depth_um = 0;
  float px_per_um = 0;
};

// The four side planes of the view through the eye (or parallel to the axis) and the near plane.
class Frustum {
 public:
  explicit Frustum(const Projection& p) : p_(p), half_(0.5f * p.size_px / p.focal_px) {
    const glm::vec2 slope = p.orthographic ? glm::vec2(0) : half_;
    lean_ = {1 / std::sqrt(1 + slope.x * slope.x), 1 / std::sqrt(1 + slope.y * slope.y)};
    key_scale_ = static_cast<float>(farthest_key) / (p.far_um - p.near_um);
  }

  Placed place(glm::vec3 center, float radius) const {
    const glm::mat4& v = p_.view;
    const float depth = -(v[0][2] * center.x + v[1][2] * center.y + v[2][2] * center.z + v[3][2]);
    if (!p_.orthographic && depth + radius < p_.near_um) return {};
    const float x = v[0][0] * center.x + v[1][0] * center.y + v[2][0] * center.z + v[3][0];
    const float y = v[0][1] * center.x + v[1][1] * center.y + v[2][1] * center.z + v[3][1];
    const float open = p_.orthographic ? 1 : depth;
    // One pixel more than the sphere: nothing is drawn thinner than that.
    const float reach = radius + std::max(depth, p_.near_um) / p_.focal_px;
    const float ortho_reach = radius + 1 / p_.focal_px;
    const float r = p_.orthographic ? ortho_reach : reach;
    if ((std::fabs(x) - open * half_.x) * lean_.x > r || (std::fabs(y) - open * half_.y) * lean_.y > r) return {};
    return {true, depth, p_.orthographic ? p_.focal_px : p_.focal_px / std::max(depth - radius, p_.near_um)};
  }

  std::uint32_t key(float depth) const {
    const float far_first = static_cast<float>(farthest_key) - (depth - p_.near_um) * key_scale_;
    return static_cast<std::uint32_t>(std::clamp(far_first, 0.0f, static_cast<float>(farthest_key)));
  }

 private:
  const Projection& p_;
  glm::vec2 half_, lean_;
  float key_scale_;
};

bool good_enough(const LodNode& node, float px_per_um, const LodOptions& o) {
  const float longest_px = std::max(o.max_length_px, o.max_length_radii * node.thickness * px_per_um);
  return node.length * px_per_um <= longest_px && node.deviation * px_per_um <= o.max_deviation_px;
}

PieceStyle style_of(const LodNode& node, float px_per_um, const LodOptions& o) {
  const float radius_px = node.thickness * px_per_um;
  if (radius_px > o.solid_radius_px) return PieceStyle::solid;
  const bool thin = radius_px < o.thin_radius_px;
  if (node.length * px_per_um + 2 * radius_px > o.sprite_px) return thin ? PieceStyle::line : PieceStyle::ribbon;
  return thin ? PieceStyle::thin : PieceStyle::short_piece;
}

// What writes no depth must come after everything that any part of it lies in front of.
float sorting_depth(const LodNode& node, float depth_um, PieceStyle style) {
  return style == PieceStyle::line || style == PieceStyle::thin ? depth_um - node.radius : depth_um;
}

}  // namespace

void DrawList::sort_entries(std::vector<Entry>& entries) {
  spare_.resize(entries.size());
  for (int shift = 0; shift < 16; shift += 8) {
    std::uint32_t at[257] = {};
    for (const Entry& e : entries) ++at[((e.key >> shift) & 255) + 1];
    for (int i = 0; i < 256; ++i) at[i + 1] += at[i];
    for (const Entry& e : entries) spare_[at[(e.key >> shift) & 255]++] = e;
    entries.swap(spare_);
  }
}

void DrawList::gather(const LodTree& tree, int slabs) {
  std::uint32_t low = std::numeric_limits<std::uint32_t>::max(), high = 0;
  std::size_t total = 0;
  for (auto& entries : entries_) {
    if (entries.empty()) continue;
    sort_entries(entries);
    low = std::min(low, entries.front().key);
    high = std::max(high, entries.back().key);
    total += entries.size();
  }
  cones_.reserve(total);
  ranges_.reserve(total);
  std::array<std::size_t, piece_style_count> at{};
  for (int slab = 0; total > 0 && slab < slabs; ++slab) {
    const std::uint32_t end = low + static_cast<std::uint32_t>(std::uint64_t(high - low) * (slab + 1) / slabs);
    for (std::size_t style = 0; style < piece_style_count; ++style) {
      const auto first = static_cast<std::int32_t>(cones_.size());
      const auto& entries = entries_[style];
      for (; at[style] < entries.size() && entries[at[style]].key <= end; ++at[style]) {
        const StandIn& chosen = tree.stand_in(static_cast<std::size_t>(entries[at[style]].node));
        cones_.push_back(chosen.cone);
        ranges_.push_back({chosen.first, chosen.last});
      }
      const auto count = static_cast<std::int32_t>(cones_.size()) - first;
      if (count > 0) runs_.push_back({static_cast<PieceStyle>(style), first, count});
    }
  }
}

void DrawList::clear() {
  for (auto& entries : entries_) entries.clear();
  cones_.clear();
  ranges_.clear();
  runs_.clear();
}

void DrawList::select(const LodTree& tree, const Projection& projection, const LodOptions& options) {
  clear();
  const Frustum frustum(projection);
  const std::span<const LodNode> nodes = tree.nodes();
  for (std::size_t i = 0; i < nodes.size();) {
    const LodNode& node = nodes[i];
    const Placed placed = frustum.place(node.center, node.radius);
    if (placed.visible && !tree.is_leaf(i) && !good_enough(node, placed.px_per_um, options)) {
      ++i;
      continue;
    }
    if (placed.visible) {
      const PieceStyle style = style_of(node, placed.px_per_um, options);
      entries_[static_cast<std::size_t>(style)].push_back(
          {frustum.key(sorting_depth(node, placed.depth_um, style)), static_cast<std::int32_t>(i)});
    }
    i = static_cast<std::size_t>(node.skip);
  }
  gather(tree, options.slabs);
}

void DrawList::select_pieces(const LodTree& tree, std::span<const std::int32_t> positions, const Projection& projection,
                             const LodOptions& options) {
  clear();
  const Frustum frustum(projection);
  for (const std::int32_t position : positions) {
    const std::int32_t leaf = tree.leaf(position);
    const LodNode& node = tree.nodes()[static_cast<std::size_t>(leaf)];
    const Placed placed = frustum.place(node.center, node.radius);
    if (!placed.visible) continue;
    const PieceStyle style = style_of(node, placed.px_per_um, options);
    entries_[static_cast<std::size_t>(style)].push_back(
        {frustum.key(sorting_depth(node, placed.depth_um, style)), leaf});
  }
  gather(tree, options.slabs);
}

}  // namespace cnv
