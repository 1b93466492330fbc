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

// Largest radius attached to each end of each piece.
struct Attached {
  std::vector<float> at_start, at_end;
};

Attached attached_radii(const Pieces& p, std::span<const std::int32_t> parents) {
  Attached out{std::vector<float>(p.size(), 0.0f), std::vector<float>(p.size(), 0.0f)};
  const auto touches = [&](std::size_t child, std::size_t parent) {
    return glm::distance(p.start[child], p.end[parent]) <= p.end_radius[parent] + touch_um;
  };
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (parents[i] < 0) continue;
    const auto parent = static_cast<std::size_t>(parents[i]);
    if (!touches(i, parent)) continue;
    out.at_start[i] = p.end_radius[parent];
    out.at_end[parent] = std::max(out.at_end[parent], p.start_radius[i]);
  }
  // Siblings hold each other up: a fork whose stem is thinner than both branches has no open ends.
  for (std::size_t i = 0; i < p.size(); ++i)
    if (parents[i] >= 0 && out.at_start[i] > 0)
      out.at_start[i] = std::max(out.at_start[i], out.at_end[static_cast<std::size_t>(parents[i])]);
  return out;
}

Cone drawn_back(Cone cone, bool open_start, bool open_end) {
  const float length = glm::distance(cone.start, cone.end);
  if (!(length > 0)) return cone;
  float from = open_start ? cone.start_radius : 0, back = open_end ? cone.end_radius : 0;
  const float most = open_start && open_end ? length : 0.9f * length;
  if (from + back > most) {
    const float shrink = most / (from + back);
    from *= shrink;
    back *= shrink;
  }
  const float a = from / length, b = 1 - back / length;
  const auto radius = [&](float t) { return cone.start_radius + (cone.end_radius - cone.start_radius) * t; };
  return {cone.start + (cone.end - cone.start) * a, radius(a), cone.start + (cone.end - cone.start) * b, radius(b)};
}

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
  const Attached attached = attached_radii(pieces, parents);
  std::vector<Cone> cones(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Cone cone = pieces.cone(i);
    cones[i] =
        drawn_back(cone, attached.at_start[i] < 0.5f * cone.start_radius, attached.at_end[i] < 0.5f * cone.end_radius);
  }
  return cones;
}

}  // namespace cnv
