#include "cnv/draw/pieces.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include <glm/geometric.hpp>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

constexpr float touch_um = 1e-3f;

Error bad(const char* column, std::size_t piece, const std::string& what) {
  return Error{"pieces: " + std::string(column) + " of piece " + plain_text(piece) + " " + what};
}

bool finite(glm::vec3 p) { return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z); }

Result<void> check_lengths(const Pieces& p) {
  const std::size_t n = p.size();
  const struct {
    const char* name;
    std::size_t size;
    bool may_be_empty;
  } columns[] = {{"end", p.end.size(), false},
                 {"start_radius", p.start_radius.size(), false},
                 {"end_radius", p.end_radius.size(), false},
                 {"entity", p.entity.size(), false},
                 {"value", p.value.size(), false},
                 {"section", p.section.size(), true},
                 {"parent", p.parent.size(), true}};
  for (const auto& column : columns)
    if (column.size != n && !(column.may_be_empty && column.size == 0))
      return Error{"pieces: column " + std::string(column.name) + " has " + plain_text(column.size) +
                   " rows, start has " + plain_text(n)};
  return {};
}

// Follows parents upwards, marking each piece once; a walk that meets its own marks is a circle.
Result<void> check_no_circle(std::span<const std::int32_t> parent) {
  std::vector<std::size_t> walk(parent.size(), 0);
  for (std::size_t i = 0; i < parent.size(); ++i) {
    for (std::int32_t at = static_cast<std::int32_t>(i); at >= 0;) {
      std::size_t& mark = walk[static_cast<std::size_t>(at)];
      if (mark == i + 1) return bad("parent", i, "leads in a circle");
      if (mark != 0) break;
      mark = i + 1;
      at = parent[static_cast<std::size_t>(at)];
    }
  }
  return {};
}

struct Cell {
  std::array<std::int64_t, 3> at;
  friend bool operator==(const Cell&, const Cell&) = default;
};
struct CellHash {
  std::size_t operator()(const Cell& c) const {
    std::uint64_t h = 1469598103934665603ull;
    for (const std::int64_t k : c.at) h = (h ^ static_cast<std::uint64_t>(k)) * 0x9E3779B97F4A7C15ull, h ^= h >> 29;
    return h;
  }
};

Cell cell_of(glm::dvec3 p) {
  const double size = 2 * touch_um;
  return {{std::llround(std::floor(p.x / size)), std::llround(std::floor(p.y / size)),
           std::llround(std::floor(p.z / size))}};
}

// What lies at the start of a piece: an end of another one. No piece: an open end.
struct Neighbour {
  std::int32_t piece = -1;
  bool at_its_end = true;
};

class Joints {
 public:
  Joints(const Pieces& pieces, std::span<const std::int32_t> parents) : p_(pieces), parents_(parents) {
    length_.reserve(p_.size());
    for (std::size_t i = 0; i < p_.size(); ++i) length_.push_back(glm::distance(p_.start[i], p_.end[i]));
  }

  std::vector<Cone> cones() const {
    std::vector<Cone> out(p_.size());
    std::vector<bool> is_step(p_.size(), false);
    for (std::size_t i = 0; i < p_.size(); ++i) out[i] = p_.cone(i);
    for (std::size_t i = 0; i < p_.size(); ++i) {
      mark_steps(i, is_step);
      if (const Neighbour n = neighbour(i); n.piece >= 0 && length_[i] > 0) join(out, i, n);
    }
    for (std::size_t i = 0; i < p_.size(); ++i)
      if (is_step[i]) out[i].start_radius = out[i].end_radius = 0;
    return out;
  }

 private:
  bool touch(glm::vec3 a, glm::vec3 b, float radius) const {
    // Coordinates far from the origin are that much coarser.
    const float grain = 4e-7f * std::max({std::fabs(a.x), std::fabs(a.y), std::fabs(a.z)});
    return glm::distance(a, b) <= touch_um + grain + 0.1f * radius;
  }

  // Pieces without length are passed over.
  Neighbour neighbour(std::size_t i) const {
    for (std::int32_t at = parents_[i]; at >= 0; at = parents_[static_cast<std::size_t>(at)]) {
      const auto k = static_cast<std::size_t>(at);
      const bool at_end = touch(p_.start[i], p_.end[k], std::min(p_.start_radius[i], p_.end_radius[k]));
      if (at_end && !(length_[k] > 0)) continue;
      if (at_end) return {at, true};
      if (!touch(p_.start[i], p_.start[k], std::min(p_.start_radius[i], p_.start_radius[k]))) return {};
      if (length_[k] > 0) return {at, false};
    }
    return {};
  }

  // A root without length is a body of its own where it is clearly thicker than what leaves it.
  void mark_steps(std::size_t i, std::vector<bool>& is_step) const {
    constexpr float clearly = 1.5f;
    if (parents_[i] < 0) return;
    const auto parent = static_cast<std::size_t>(parents_[i]);
    if (!(length_[i] > 0)) is_step[i] = true;
    if (!(length_[parent] > 0) && p_.end_radius[parent] < clearly * p_.start_radius[i]) is_step[parent] = true;
  }

  void join(std::vector<Cone>& out, std::size_t i, Neighbour n) const {
    const auto k = static_cast<std::size_t>(n.piece);
    Cone &child = out[i], &other = out[k];
    const glm::vec3 along = (p_.end[k] - p_.start[k]) / length_[k];
    child.before = n.at_its_end ? along : -along;
    const float radius = n.at_its_end ? other.end_radius : other.start_radius;
    child.start_joint = std::min(child.start_radius, radius);
    float& joint = n.at_its_end ? other.end_joint : other.start_joint;
    joint = std::max(joint, std::min(radius, child.start_radius));
    constexpr float bent = 0.9f, straight = 0.98f, even = 0.2f, alike = 0.02f;
    const float turn = glm::dot(child.before, (p_.end[i] - p_.start[i]) / length_[i]);
    // Of an arc round the bend the end faces would cross beyond the shorter piece.
    const float inner = child.start_joint * std::sqrt(std::max(1 - turn, 0.0f) / std::max(1 + turn, 1e-6f));
    if (turn < bent && inner > std::min(length_[i], length_[k])) child.add(Cone::round_start);
    const auto slope = [&](std::size_t piece) {
      return (p_.end_radius[piece] - p_.start_radius[piece]) / length_[piece];
    };
    if (n.at_its_end && turn > straight && std::fabs(slope(i) - slope(k)) < even &&
        std::fabs(child.start_radius - radius) <= alike * radius) {
      child.add(Cone::smooth_start);
      other.add(Cone::smooth_end);
    }
  }

  const Pieces& p_;
  std::span<const std::int32_t> parents_;
  std::vector<float> length_;
};

}  // namespace

float Bounds::radius() const { return empty() ? 0 : 0.5f * glm::distance(low, high); }

std::int32_t Pieces::add(const Cone& cone, std::int32_t entity_index, std::int32_t value_index,
                         std::int32_t section_index, std::int32_t parent_piece) {
  start.push_back(cone.start);
  end.push_back(cone.end);
  start_radius.push_back(cone.start_radius);
  end_radius.push_back(cone.end_radius);
  entity.push_back(entity_index);
  value.push_back(value_index);
  section.push_back(section_index);
  parent.push_back(parent_piece);
  return static_cast<std::int32_t>(size() - 1);
}

Result<void> check(const Pieces& p) {
  if (Result<void> lengths = check_lengths(p); !lengths) return lengths;
  const auto n = static_cast<std::int32_t>(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!finite(p.start[i]) || !finite(p.end[i])) return bad("coordinates", i, "are not finite");
    if (!std::isfinite(p.start_radius[i]) || !std::isfinite(p.end_radius[i]) || p.start_radius[i] < 0 ||
        p.end_radius[i] < 0)
      return bad("radius", i, "is negative or not finite");
    if (p.entity[i] < 0) return bad("entity", i, "is negative");
    if (!p.entity_colors.empty() && static_cast<std::size_t>(p.entity[i]) >= p.entity_colors.size())
      return bad("entity", i, "has no row in entity_colors");
    if (p.value[i] < -1) return bad("value", i, "is below -1");
    if (!p.parent.empty() && (p.parent[i] < -1 || p.parent[i] >= n)) return bad("parent", i, "is not a piece");
  }
  return check_no_circle(p.parent);
}

Bounds bounds(const Pieces& pieces) {
  Bounds box;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    box.add(pieces.start[i], pieces.start_radius[i]);
    box.add(pieces.end[i], pieces.end_radius[i]);
  }
  return box;
}

std::vector<std::int32_t> parents_by_end_points(const Pieces& pieces) {
  std::unordered_multimap<Cell, std::int32_t, CellHash> ends;
  ends.reserve(pieces.size());
  std::vector<std::int32_t> parents(pieces.size(), -1);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::int32_t best = -1;
    for (int corner = 0; corner < 8; ++corner) {
      const glm::dvec3 shift((corner & 1) ? touch_um : -touch_um, (corner & 2) ? touch_um : -touch_um,
                             (corner & 4) ? touch_um : -touch_um);
      const auto [from, to] = ends.equal_range(cell_of(glm::dvec3(pieces.start[i]) + shift));
      for (auto at = from; at != to; ++at) {
        const bool near = glm::distance(pieces.end[static_cast<std::size_t>(at->second)], pieces.start[i]) <= touch_um;
        if (near && (best < 0 || at->second < best)) best = at->second;
      }
    }
    parents[i] = best;
    ends.emplace(cell_of(glm::dvec3(pieces.end[i])), static_cast<std::int32_t>(i));
  }
  return parents;
}

std::vector<Cone> drawn_cones(const Pieces& pieces, std::span<const std::int32_t> parents) {
  return Joints(pieces, parents).cones();
}

}  // namespace cnv
