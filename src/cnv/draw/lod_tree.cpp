#include "cnv/draw/lod_tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <glm/common.hpp>
#include <glm/geometric.hpp>

namespace cnv {
namespace {

constexpr float touch_um = 1e-3f;

// Children after their parents; pieces on a circle of parents never become ready and are left out.
std::vector<std::int32_t> parents_first(std::span<const std::int32_t> parents) {
  const std::size_t n = parents.size();
  std::vector<std::int32_t> first_child(n, -1), next_sibling(n, -1), out;
  out.reserve(n);
  for (std::size_t k = n; k-- > 0;) {
    if (parents[k] < 0) continue;
    next_sibling[k] = std::exchange(first_child[static_cast<std::size_t>(parents[k])], static_cast<std::int32_t>(k));
  }
  for (std::size_t k = 0; k < n; ++k)
    if (parents[k] < 0) out.push_back(static_cast<std::int32_t>(k));
  for (std::size_t at = 0; at < out.size(); ++at)
    for (std::int32_t c = first_child[static_cast<std::size_t>(out[at])]; c >= 0;
         c = next_sibling[static_cast<std::size_t>(c)])
      out.push_back(c);
  return out;
}

float distance_to_segment(glm::vec3 p, glm::vec3 a, glm::vec3 b) {
  const glm::vec3 d = b - a;
  const float l2 = glm::dot(d, d);
  const float t = l2 > 0 ? glm::clamp(glm::dot(p - a, d) / l2, 0.0f, 1.0f) : 0.0f;
  return glm::distance(p, a + d * t);
}

class Builder {
 public:
  Builder(std::span<const Cone> cones, std::span<const std::int32_t> order) : cones_(cones), order_(order) {}

  // Appends the subtree over positions [first, last) in preorder.
  void add(std::int32_t first, std::int32_t last) {
    const std::size_t me = nodes.size();
    summarise(first, last);
    if (last - first > 1) {
      const std::int32_t middle = (first + last) / 2;
      add(first, middle);
      add(middle, last);
    }
    nodes[me].skip = static_cast<std::int32_t>(nodes.size());
  }

  // Appends neighbouring chains, by their beginnings and the end of the last one, under nodes that are never drawn.
  void add_chains(std::span<const std::int32_t> first) {
    const std::size_t count = first.size() - 1;
    if (count == 1) return add(first[0], first[1]);
    const std::size_t me = nodes.size();
    nodes.emplace_back();
    stand_ins.push_back({{}, first.front(), first.back()});
    constexpr std::size_t most_children = 8;
    const std::size_t children = std::min(count, most_children);
    for (std::size_t k = 0; k < children; ++k) {
      const std::size_t from = count * k / children, to = count * (k + 1) / children;
      add_chains(first.subspan(from, to - from + 1));
    }
    enclose_children(me);
  }

  std::vector<LodNode> nodes;
  std::vector<StandIn> stand_ins;

 private:
  void enclose_children(std::size_t me) {
    Bounds box;
    LodNode node;
    for (std::size_t child = me + 1; child < nodes.size(); child = static_cast<std::size_t>(nodes[child].skip)) {
      box.add(nodes[child].center, nodes[child].radius);
      node.length += nodes[child].length;
      node.thickness = std::max(node.thickness, nodes[child].thickness);
    }
    node.center = box.center();
    for (std::size_t child = me + 1; child < nodes.size(); child = static_cast<std::size_t>(nodes[child].skip))
      node.radius = std::max(node.radius, glm::distance(node.center, nodes[child].center) + nodes[child].radius);
    node.deviation = std::numeric_limits<float>::infinity();
    node.skip = static_cast<std::int32_t>(nodes.size());
    nodes[me] = node;
  }

  const Cone& at(std::int32_t position) const {
    return cones_[static_cast<std::size_t>(order_[static_cast<std::size_t>(position)])];
  }

  void summarise(std::int32_t first, std::int32_t last) {
    LodNode node;
    const Cone &head = at(first), &tail = at(last - 1);
    Cone cone = head;
    cone.end = tail.end;
    cone.end_radius = tail.end_radius;
    cone.end_joint = tail.end_joint;
    cone.joints = 0;
    for (const int joint : {Cone::smooth_start, Cone::round_start})
      if (head.has(joint)) cone.add(joint);
    if (tail.has(Cone::smooth_end)) cone.add(Cone::smooth_end);
    glm::vec3 low = glm::min(head.start, tail.end), high = glm::max(head.start, tail.end);
    float area = 0, thickest = 0;
    for (std::int32_t i = first; i < last; ++i) {
      const Cone& c = at(i);
      const float length = glm::distance(c.start, c.end);
      node.length += length;
      area += length * 0.5f * (c.start_radius + c.end_radius);
      thickest = std::max({thickest, c.start_radius, c.end_radius});
      low = glm::min(low, glm::min(c.start, c.end));
      high = glm::max(high, glm::max(c.start, c.end));
      node.deviation = std::max({node.deviation, distance_to_segment(c.start, head.start, tail.end),
                                 distance_to_segment(c.end, head.start, tail.end)});
    }
    if (last - first > 1) {
      const float mean = node.length > 0 ? area / node.length : thickest;
      // A swelling must not vanish in a thin stand-in.
      node.deviation = std::max(node.deviation, 0.5f * (thickest - mean));
      cone.start_joint = head.start_is_open() ? std::min(head.start_joint, mean) : mean;
      cone.end_joint = tail.end_is_open() ? std::min(tail.end_joint, mean) : mean;
      cone.start_radius = cone.end_radius = mean;
    }
    node.center = 0.5f * (low + high);
    node.radius = 0.5f * glm::distance(low, high) + thickest;
    node.thickness = std::max(cone.start_radius, cone.end_radius);
    nodes.push_back(node);
    stand_ins.push_back({cone, first, last});
  }

  std::span<const Cone> cones_;
  std::span<const std::int32_t> order_;
};

std::vector<std::int32_t> positions_where(std::span<const std::int32_t> column, std::span<const std::int32_t> order,
                                          std::int32_t wanted) {
  std::vector<std::int32_t> out;
  if (wanted < 0 || column.empty()) return out;
  for (std::size_t k = 0; k < order.size(); ++k)
    if (column[static_cast<std::size_t>(order[k])] == wanted) out.push_back(static_cast<std::int32_t>(k));
  return out;
}

}  // namespace

Chains make_chains(std::span<const Cone> cones, std::span<const std::int32_t> parents) {
  const std::size_t n = cones.size();
  const std::vector<std::int32_t> downwards = parents_first(parents);
  std::vector<float> weight(n);
  std::vector<std::int32_t> heaviest(n, -1);
  for (std::size_t i = 0; i < n; ++i) weight[i] = glm::distance(cones[i].start, cones[i].end);
  for (std::size_t k = downwards.size(); k-- > 0;) {
    const auto child = static_cast<std::size_t>(downwards[k]);
    if (parents[child] < 0) continue;
    const auto parent = static_cast<std::size_t>(parents[child]);
    if (glm::distance(cones[parent].end, cones[child].start) > cones[parent].end_radius + touch_um) continue;
    const float own = glm::distance(cones[parent].start, cones[parent].end);
    if (heaviest[parent] < 0 || own + weight[child] > weight[parent]) {
      weight[parent] = own + weight[child];
      heaviest[parent] = static_cast<std::int32_t>(child);
    }
  }
  Chains chains;
  chains.order.reserve(n);
  std::vector<bool> taken(n, false);
  const auto follow = [&](std::int32_t piece) {
    chains.first.push_back(static_cast<std::int32_t>(chains.order.size()));
    for (; piece >= 0 && !taken[static_cast<std::size_t>(piece)]; piece = heaviest[static_cast<std::size_t>(piece)]) {
      taken[static_cast<std::size_t>(piece)] = true;
      chains.order.push_back(piece);
    }
  };
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t piece = static_cast<std::int32_t>(i);
    if (parents[i] < 0 || heaviest[static_cast<std::size_t>(parents[i])] != piece) follow(piece);
  }
  for (std::size_t i = 0; i < n; ++i)
    if (!taken[i]) follow(static_cast<std::int32_t>(i));
  chains.first.push_back(static_cast<std::int32_t>(n));
  return chains;
}

LodTree::LodTree(std::shared_ptr<const Pieces> pieces) : pieces_(std::move(pieces)) {
  const Pieces& p = *pieces_;
  const std::vector<std::int32_t> parents = p.parent.empty() ? parents_by_end_points(p) : p.parent;
  cones_ = drawn_cones(p, parents);
  Chains chains = make_chains(cones_, parents);
  order_ = std::move(chains.order);
  Builder builder(cones_, order_);
  builder.nodes.reserve(2 * order_.size());
  builder.stand_ins.reserve(2 * order_.size());
  if (chains.first.size() > 1) builder.add_chains(chains.first);
  nodes_ = std::move(builder.nodes);
  stand_ins_ = std::move(builder.stand_ins);
  leaf_at_.resize(order_.size());
  for (std::size_t k = 0; k < nodes_.size(); ++k)
    if (is_leaf(k)) leaf_at_[static_cast<std::size_t>(stand_ins_[k].first)] = static_cast<std::int32_t>(k);
  value_at_.reserve(order_.size());
  for (const std::int32_t piece : order_) {
    const std::int32_t value = p.value[static_cast<std::size_t>(piece)];
    value_at_.push_back(value);
    largest_value_ = std::max(largest_value_, value);
    all_have_values_ = all_have_values_ && value >= 0;
  }
  for (const Cone& cone : cones_) {
    bounds_.add(cone.start, cone.start_radius);
    bounds_.add(cone.end, cone.end_radius);
  }
}

void LodTree::means(std::span<const std::pair<std::int32_t, std::int32_t>> ranges, std::span<const float> values,
                    std::vector<float>& out) const {
  constexpr float none = std::numeric_limits<float>::quiet_NaN();
  out.resize(ranges.size());
  const auto careful = [&](std::int32_t first, std::int32_t last) {
    double sum = 0;
    int count = 0;
    for (std::int32_t i = first; i < last; ++i) {
      const auto index = static_cast<std::size_t>(value_at_[static_cast<std::size_t>(i)]);  // -1 is out of range too
      if (index >= values.size() || std::isnan(values[index])) continue;
      sum += static_cast<double>(values[index]);
      ++count;
    }
    return count > 0 ? static_cast<float>(sum / count) : none;
  };
  const bool complete = all_have_values_ && largest_value_ < static_cast<std::int64_t>(values.size());
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    const auto [first, last] = ranges[k];
    float sum = none;
    if (complete) {
      sum = 0;
      for (std::int32_t i = first; i < last; ++i)
        sum += values[static_cast<std::size_t>(value_at_[static_cast<std::size_t>(i)])];
    }
    out[k] = std::isfinite(sum) ? sum / static_cast<float>(last - first) : careful(first, last);
  }
}

std::vector<std::int32_t> LodTree::positions_of_section(std::int32_t section) const {
  return positions_where(pieces_->section, order_, section);
}

std::vector<std::int32_t> LodTree::positions_of_entity(std::int32_t entity) const {
  return positions_where(pieces_->entity, order_, entity);
}

}  // namespace cnv
