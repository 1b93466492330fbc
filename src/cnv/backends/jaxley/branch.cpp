#include "cnv/backends/jaxley/branch.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::jaxley {
namespace {

constexpr double touch_um = 1e-3;  // µm: end points this close are one

double at_least(double value) { return value > least_extent && std::isfinite(value) ? value : least_extent; }

bool finite(const Vector3& v) {
  return std::ranges::all_of(v, [](double c) { return std::isfinite(c); });
}

std::vector<std::size_t> rows_by_comp(const Compartments& table) {
  std::vector<std::size_t> rows(table.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return table.comp[row]; });
  return rows;
}

Compartment compartment_of(const Compartments& table, std::size_t row, std::int64_t counted) {
  Compartment out{table.comp[row], table.local_comp.empty() ? counted : table.local_comp[row],
                  at_least(table.length[row]), at_least(table.radius[row]), std::nullopt};
  const Vector3 centre{table.x[row], table.y[row], table.z[row]};
  if (finite(centre)) out.centre = centre;
  return out;
}

// Points that repeat the one before are left out; unknown coordinates make the whole path unknown.
void read_path(Branch& branch, const Polylines& polylines) {
  const auto i = static_cast<std::size_t>(branch.index);
  if (branch.index < 0 || i >= polylines.ends.size()) return;
  branch.traced = true;
  for (std::int64_t row = i ? polylines.ends[i - 1] : 0; row < polylines.ends[i]; ++row) {
    const auto columns = polylines.points.subspan(4 * static_cast<std::size_t>(row), 4);
    PathPoint point{{columns[0], columns[1], columns[2]}, columns[3], 0};
    if (!finite(point.position)) return branch.path.clear();
    if (!std::isfinite(point.radius)) branch.traced = false;
    if (!branch.path.empty()) {
      const PathPoint& last = branch.path.back();
      if (last.position == point.position && (last.radius == point.radius || !branch.traced)) continue;
      point.arc = last.arc + norm(point.position - last.position);
    }
    branch.path.push_back(point);
  }
}

std::vector<Branch> branches_of(const Compartments& table) {
  std::vector<Branch> out;
  std::unordered_map<std::int64_t, std::size_t> place;
  std::map<std::int64_t, std::int64_t> first_branch;  // of each cell
  for (const std::size_t row : rows_by_comp(table)) {
    const auto [found, is_new] = place.try_emplace(table.branch[row], out.size());
    if (is_new) {
      const auto first = first_branch.try_emplace(table.cell[row], table.branch[row]).first->second;
      const auto local = table.local_branch.empty() ? table.branch[row] - first : table.local_branch[row];
      out.push_back({.index = table.branch[row], .cell = table.cell[row], .local = local});
    }
    if (found->second + 1 != out.size())
      throw ValueError("the compartments of branch " + plain_text(table.branch[row]) +
                       " are not numbered one after the other: entities follow global_comp_index");
    Branch& branch = out.back();
    branch.compartments.push_back(compartment_of(table, row, static_cast<std::int64_t>(branch.compartments.size())));
    branch.compartment_count = std::max({branch.compartment_count, branch.compartments.back().local + 1,
                                         static_cast<std::int64_t>(branch.compartments.size())});
  }
  return out;
}

void take_parents(std::vector<Branch>& branches, std::span<const std::int64_t> parents) {
  std::unordered_map<std::int64_t, int> place;
  for (std::size_t i = 0; i < branches.size(); ++i) place[branches[i].index] = static_cast<int>(i);
  for (Branch& branch : branches) {
    if (branch.index < 0 || static_cast<std::size_t>(branch.index) >= parents.size()) continue;
    const auto found = place.find(parents[static_cast<std::size_t>(branch.index)]);
    if (found != place.end()) branch.parent = found->second;
  }
}

// The first earlier branch of the cell that ends where this one starts.
void find_parents(std::vector<Branch>& branches) {
  using Key = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>;
  const auto key = [](const Branch& branch, const Vector3& at) {
    return Key{branch.cell, std::llround(at[0] / touch_um), std::llround(at[1] / touch_um),
               std::llround(at[2] / touch_um)};
  };
  std::map<Key, int> ends;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    Branch& branch = branches[i];
    if (branch.path.empty()) continue;
    const auto found = ends.find(key(branch, branch.path.front().position));
    if (found != ends.end()) branch.parent = found->second;
    ends.try_emplace(key(branch, branch.path.back().position), static_cast<int>(i));
  }
}

// A branch whose parents lead in a circle becomes a root.
void cut_circles(std::vector<Branch>& branches) {
  std::vector<std::size_t> walk(branches.size(), 0);
  for (std::size_t i = 0; i < branches.size(); ++i) {
    for (auto at = static_cast<int>(i); at >= 0 && walk[static_cast<std::size_t>(at)] != i + 1;) {
      auto& mark = walk[static_cast<std::size_t>(at)];
      if (mark) break;
      mark = i + 1;
      int& parent = branches[static_cast<std::size_t>(at)].parent;
      if (parent >= 0 && walk[static_cast<std::size_t>(parent)] == i + 1) parent = -1;
      at = parent;
    }
  }
}

}  // namespace

double Branch::length() const {
  return std::accumulate(compartments.begin(), compartments.end(), 0.0,
                         [](double sum, const Compartment& c) { return sum + c.length; });
}

std::vector<Branch> group_branches(const Compartments& table, const Polylines& polylines) {
  std::vector<Branch> out = branches_of(table);
  for (Branch& branch : out) read_path(branch, polylines);
  if (polylines.parents.empty()) find_parents(out);
  else take_parents(out, polylines.parents);
  cut_circles(out);
  return out;
}

}  // namespace cnv::jaxley
