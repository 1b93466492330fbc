// Builds the tables of small networks for the tests of this folder.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "cnv/backends/jaxley/geometry.hpp"

namespace cnv::jaxley::test {

constexpr double unknown_place = std::numeric_limits<double>::quiet_NaN();

struct Row {
  double length = 10, radius = 1;
  double x = unknown_place, y = unknown_place, z = unknown_place;
};

struct NetworkTable {
  std::vector<double> length, radius, x, y, z, points;
  std::vector<std::int64_t> cell, branch, comp, local_branch, local_comp, ends, parents;
  std::vector<std::string> names;
  bool give_parents = true;

  // Adds a branch to the last cell. `polyline` holds x, y, z, radius per point; `parent` is a branch of the network.
  void add_branch(std::int64_t in_cell, const std::vector<Row>& rows, const std::vector<double>& polyline,
                  std::int64_t parent = -1) {
    const auto index = static_cast<std::int64_t>(parents.size());
    const auto first = static_cast<std::int64_t>(std::ranges::find(cell_of_branch, in_cell) - cell_of_branch.begin());
    for (std::size_t k = 0; k < rows.size(); ++k) {
      length.push_back(rows[k].length), radius.push_back(rows[k].radius);
      x.push_back(rows[k].x), y.push_back(rows[k].y), z.push_back(rows[k].z);
      cell.push_back(in_cell), branch.push_back(index), comp.push_back(static_cast<std::int64_t>(comp.size()));
      local_branch.push_back(index - first), local_comp.push_back(static_cast<std::int64_t>(k));
    }
    cell_of_branch.push_back(in_cell);
    points.insert(points.end(), polyline.begin(), polyline.end());
    ends.push_back(static_cast<std::int64_t>(points.size() / 4));
    parents.push_back(parent);
  }

  MorphologyGeometry build() const {
    const Polylines polylines{points, ends,
                              give_parents ? std::span<const std::int64_t>(parents) : std::span<const std::int64_t>()};
    MorphologyGeometry out =
        build_geometry({length, radius, x, y, z, cell, branch, comp, local_branch, local_comp}, polylines, names);
    out.check();
    return out;
  }

 private:
  std::vector<std::int64_t> cell_of_branch;
};

// A column of the result.
inline std::vector<float> floats(const Array& array) {
  const auto values = array.as<float>();
  return {values.begin(), values.end()};
}
inline std::vector<std::int32_t> integers(const Array& array) {
  const auto values = array.as<std::int32_t>();
  return {values.begin(), values.end()};
}
inline std::vector<std::string> texts(const Array& array) {
  std::vector<std::string> out;
  for (std::int64_t i = 0; i < array.size(); ++i) out.emplace_back(array.string_at(i));
  return out;
}
// Rows `first` … of an (n, 3) column, as distance between two of them.
inline double distance(const Array& a, std::size_t i, const Array& b, std::size_t j) {
  const auto p = a.as<float>(), q = b.as<float>();
  return std::hypot(p[3 * i] - q[3 * j], p[3 * i + 1] - q[3 * j + 1], p[3 * i + 2] - q[3 * j + 2]);
}

}  // namespace cnv::jaxley::test
