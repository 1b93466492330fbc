// Pieces of an SWC file for drawing benchmarks: one per pair of points, sections between branch points, optionally
// every section cut into equal parts. A soma becomes one piece as long as it is thick. Not a general importer.
#pragma once

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <glm/geometric.hpp>
#include <glm/vec4.hpp>

#include "cnv/draw/pieces.hpp"

namespace cnv::bench {

struct SwcPoint {
  int type = 0;
  glm::vec3 at{0};
  float radius = 0;
  int parent = -1;  // row, or -1
  int children = 0;
};

inline std::vector<SwcPoint> read_swc(const std::string& path) {
  std::ifstream file(path);
  std::vector<SwcPoint> points;
  std::vector<int> row_of;
  for (std::string line; std::getline(file, line);) {
    std::istringstream in(line);
    int id = 0, parent = 0;
    SwcPoint p;
    if (!(in >> id >> p.type >> p.at.x >> p.at.y >> p.at.z >> p.radius >> parent)) continue;
    p.parent = parent >= 0 && parent < static_cast<int>(row_of.size()) ? row_of[static_cast<std::size_t>(parent)] : -1;
    if (p.parent >= 0) ++points[static_cast<std::size_t>(p.parent)].children;
    row_of.resize(static_cast<std::size_t>(std::max<int>(id + 1, static_cast<int>(row_of.size()))), -1);
    row_of[static_cast<std::size_t>(id)] = static_cast<int>(points.size());
    points.push_back(p);
  }
  return points;
}

// Rows of one section: its points in order, the first one being the point it grows from.
inline std::vector<std::vector<int>> sections_of(const std::vector<SwcPoint>& points) {
  std::vector<std::vector<int>> sections;
  std::vector<int> section_of(points.size(), -1);
  const auto is_soma = [&](int row) { return points[static_cast<std::size_t>(row)].type == 1; };
  for (int row = 0; row < static_cast<int>(points.size()); ++row) {
    const int parent = points[static_cast<std::size_t>(row)].parent;
    if (parent < 0 || is_soma(row)) continue;
    const bool starts = is_soma(parent) || points[static_cast<std::size_t>(parent)].children != 1 ||
                        section_of[static_cast<std::size_t>(parent)] < 0;
    if (starts) sections.push_back({parent});
    const int mine = starts ? static_cast<int>(sections.size()) - 1 : section_of[static_cast<std::size_t>(parent)];
    section_of[static_cast<std::size_t>(row)] = mine;
    sections[static_cast<std::size_t>(mine)].push_back(row);
  }
  return sections;
}

inline std::vector<Cone> cones_of_section(const std::vector<SwcPoint>& points, const std::vector<int>& rows,
                                          int parts) {
  std::vector<glm::vec4> line;
  for (const int row : rows) {
    const SwcPoint& p = points[static_cast<std::size_t>(row)];
    const bool soma = p.type == 1;  // neurites keep their own width inside the soma
    line.push_back({p.at, soma ? points[static_cast<std::size_t>(rows[1])].radius : p.radius});
  }
  if (parts > 0) {
    std::vector<float> path{0};
    for (std::size_t k = 1; k < line.size(); ++k)
      path.push_back(path.back() + glm::distance(glm::vec3(line[k - 1]), glm::vec3(line[k])));
    std::vector<glm::vec4> even;
    std::size_t k = 1;
    for (int i = 0; i <= parts; ++i) {
      const float s = path.back() * static_cast<float>(i) / static_cast<float>(parts);
      while (k + 1 < path.size() && path[k] < s) ++k;
      const float step = path[k] - path[k - 1];
      even.push_back(glm::mix(line[k - 1], line[k], step > 0 ? std::min((s - path[k - 1]) / step, 1.0f) : 0.0f));
    }
    line = even;
  }
  std::vector<Cone> cones;
  for (std::size_t k = 1; k < line.size(); ++k)
    cones.push_back({glm::vec3(line[k - 1]), line[k - 1].w, glm::vec3(line[k]), line[k].w});
  return cones;
}

// `parts` = 0: one piece per pair of points; else that many per section. At most `limit` pieces.
inline Pieces swc_pieces(const std::string& path, int parts = 0, std::size_t limit = ~std::size_t{0},
                         float radius_factor = 1) {
  const std::vector<SwcPoint> points = read_swc(path);
  Pieces pieces;
  std::vector<std::int32_t> piece_at(points.size(), -1);  // piece that ends at a point
  const auto add = [&](Cone cone, std::int32_t section, std::int32_t parent) {
    cone.start_radius *= radius_factor;
    cone.end_radius *= radius_factor;
    const auto index = static_cast<std::int32_t>(pieces.size());
    return pieces.add(cone, index, index, section, parent);
  };
  if (!points.empty() && points[0].type == 1) {
    const glm::vec3 reach(points[0].radius, 0, 0);
    add({points[0].at - reach, points[0].radius, points[0].at + reach, points[0].radius}, 0, -1);
  }
  std::int32_t section = 0;
  for (const std::vector<int>& rows : sections_of(points)) {
    ++section;
    std::int32_t parent = piece_at[static_cast<std::size_t>(rows[0])];
    for (const Cone& cone : cones_of_section(points, rows, parts)) {
      if (pieces.size() >= limit) return pieces;
      parent = add(cone, section, parent);
    }
    piece_at[static_cast<std::size_t>(rows.back())] = parent;
  }
  return pieces;
}

// `count` pieces: the cell as often as it takes, side by side along x, the last one cut off.
inline Pieces side_by_side(const Pieces& cell, std::size_t count) {
  const Bounds box = bounds(cell);
  const glm::vec3 apart(1.05f * (box.high.x - box.low.x), 0, 0);
  std::int32_t sections = 0;
  for (const std::int32_t section : cell.section) sections = std::max(sections, section + 1);
  Pieces pieces;
  for (std::int32_t copy = 0; pieces.size() < count; ++copy) {
    const auto first = static_cast<std::int32_t>(pieces.size());
    const glm::vec3 offset = static_cast<float>(copy) * apart;
    for (std::size_t i = 0; i < cell.size() && pieces.size() < count; ++i) {
      Cone cone = cell.cone(i);
      cone.start += offset;
      cone.end += offset;
      pieces.add(cone, first + cell.entity[i], first + cell.value[i], copy * sections + cell.section[i],
                 cell.parent[i] < 0 ? -1 : first + cell.parent[i]);
    }
  }
  return pieces;
}

// Path distance of each piece's middle from its root, um.
inline std::vector<float> path_distances(const Pieces& pieces) {
  std::vector<float> end(pieces.size()), middle(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const float length = glm::distance(pieces.start[i], pieces.end[i]);
    const float from = pieces.parent[i] >= 0 ? end[static_cast<std::size_t>(pieces.parent[i])] : 0;
    middle[i] = from + length / 2;
    end[i] = from + length;
  }
  return middle;
}

}  // namespace cnv::bench
