#include "cnv/backends/jaxley/placement.hpp"

#include <algorithm>
#include <map>
#include <numbers>

namespace cnv::jaxley {
namespace {

constexpr double touch_um = 1e-3;                    // µm
constexpr double fan_spread = std::numbers::pi / 3;  // angle between the outermost of several children
constexpr Vector3 layout_axis{1, 0, 0};              // Jaxley's own layouts grow along x too
constexpr Vector3 up_axis{0, 0, 1};                  // towards the viewer at first: a ball cut into slices looks round

class Placement {
 public:
  explicit Placement(const std::vector<Branch>& branches)
      : branches_(branches), children_(branches.size()), shapes_(branches.size()) {
    for (std::size_t i = 0; i < branches.size(); ++i)
      if (branches[i].parent >= 0) children_[static_cast<std::size_t>(branches[i].parent)].push_back(i);
  }

  std::vector<BranchShape> place() {
    std::vector<std::size_t> waiting;
    for (std::size_t i = branches_.size(); i-- > 0;)
      if (branches_[i].parent < 0) waiting.push_back(i);
    while (!waiting.empty()) {
      const std::size_t i = waiting.back();
      waiting.pop_back();
      shapes_[i] = shape_of(i);
      waiting.insert(waiting.end(), children_[i].begin(), children_[i].end());
    }
    return std::move(shapes_);
  }

 private:
  BranchShape shape_of(std::size_t i) const {
    const Branch& branch = branches_[i];
    if (branch.has_extent()) return branch.traced || branch.path.size() > 2 ? cut_path(branch) : straightened(branch);
    if (!branch.path.empty()) return around_point(branch);
    if (std::ranges::all_of(branch.compartments, [](const Compartment& c) { return c.centre.has_value(); }))
      return cut_through_centres(branch);
    return cut_straight(branch, branch.parent < 0 ? Vector3{} : parent_shape(branch).end(), direction(i));
  }

  const BranchShape& parent_shape(const Branch& branch) const {
    return shapes_[static_cast<std::size_t>(branch.parent)];
  }

  // Lengths may have changed after Jaxley laid the branch out: it keeps its direction and its place on the parent.
  BranchShape straightened(const Branch& branch) const {
    const Vector3 first = branch.path.front().position;
    const Vector3 axis = normalized(branch.path.back().position - first, layout_axis);
    Vector3 start = first;
    if (branch.parent >= 0) {
      const Branch& parent = branches_[static_cast<std::size_t>(branch.parent)];
      if (!parent.path.empty() && norm(parent.path.back().position - first) < touch_um)
        start = parent_shape(branch).end();
    }
    return cut_straight(branch, start, axis);
  }

  // Jaxley leaves the soma's point out of the branches that leave a soma. Where the branch is as long as the way from
  // its parent it lies there; else it is a ball, or a stub, around its only point.
  BranchShape around_point(const Branch& branch) const {
    const Vector3 point = branch.path.front().position;
    const double length = branch.length();
    if (branch.parent < 0) return cut_straight(branch, point - length / 2 * up_axis, up_axis);
    const Vector3 from = parent_shape(branch).end();
    const Vector3 axis = normalized(point - from, up_axis);
    const bool joined = std::abs(norm(point - from) - length) < touch_um * length + least_extent;
    return cut_straight(branch, joined ? from : point - length / 2 * axis, axis);
  }

  Vector3 direction(std::size_t i) const {
    const Branch& branch = branches_[i];
    if (branch.parent < 0) return layout_axis;
    const Vector3 onward = parent_shape(branch).cylinders.back().axis;
    const auto& siblings = children_[static_cast<std::size_t>(branch.parent)];
    if (siblings.size() == 1) return onward;
    const auto k = std::ranges::find(siblings, i) - siblings.begin();
    const double angle = fan_spread * (static_cast<double>(k) / static_cast<double>(siblings.size() - 1) - 0.5);
    const double c = std::cos(angle), s = std::sin(angle);
    return {c * onward[0] - s * onward[1], s * onward[0] + c * onward[1], onward[2]};
  }

  const std::vector<Branch>& branches_;
  std::vector<std::vector<std::size_t>> children_;
  std::vector<BranchShape> shapes_;
};

struct CellPlace {
  std::vector<std::size_t> branches;
  bool traced = false;
  double width = 0, height = 0, thickness = 0;  // µm: extents along x and y, largest radius
};

void measure(CellPlace& cell, const std::vector<BranchShape>& shapes) {
  Vector3 low{1e300, 1e300, 1e300}, high{-1e300, -1e300, -1e300};
  for (const std::size_t b : cell.branches) {
    for (const Piece& piece : shapes[b].pieces) {
      cell.thickness = std::max(cell.thickness, piece.start_radius);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        low[axis] = std::min({low[axis], piece.start[axis], piece.end[axis]});
        high[axis] = std::max({high[axis], piece.start[axis], piece.end[axis]});
      }
    }
  }
  cell.width = high[0] - low[0] + 2 * cell.thickness;
  cell.height = high[1] - low[1] + 2 * cell.thickness;
}

void shift(BranchShape& shape, const Vector3& by) {
  for (Piece& piece : shape.pieces) piece.start = piece.start + by, piece.end = piece.end + by;
  for (Cylinder& cylinder : shape.cylinders) cylinder.middle = cylinder.middle + by;
}

// Rows along x and y that fill about a square, with room between neighbours.
void set_apart(const std::vector<const CellPlace*>& cells, std::vector<BranchShape>& shapes) {
  double width = 0, height = 0, thickness = 0;
  for (const CellPlace* cell : cells) {
    width = std::max(width, cell->width);
    height = std::max(height, cell->height);
    thickness = std::max(thickness, cell->thickness);
  }
  const double room = std::max(0.15 * std::max(width, height), 4 * thickness);
  const double step_x = width + room, step_y = height + room;
  const auto columns = static_cast<std::size_t>(
      std::max(1.0, std::round(std::sqrt(static_cast<double>(cells.size()) * step_y / step_x))));
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const Vector3 by{static_cast<double>(k % columns) * step_x, static_cast<double>(k / columns) * step_y, 0};
    for (const std::size_t b : cells[k]->branches) shift(shapes[b], by);
  }
}

}  // namespace

std::vector<BranchShape> place_branches(const std::vector<Branch>& branches) { return Placement(branches).place(); }

void separate_cells(const std::vector<Branch>& branches, std::vector<BranchShape>& shapes) {
  std::map<std::int64_t, CellPlace> cells;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    CellPlace& cell = cells[branches[i].cell];
    cell.branches.push_back(i);
    cell.traced = cell.traced || (branches[i].traced && !branches[i].path.empty());
  }
  std::map<std::array<std::int64_t, 3>, std::vector<const CellPlace*>> at_start;
  for (auto& [index, cell] : cells) {
    if (cell.traced) continue;
    measure(cell, shapes);
    const Vector3 start = shapes[cell.branches.front()].start();
    at_start[{std::llround(start[0] / touch_um), std::llround(start[1] / touch_um), std::llround(start[2] / touch_um)}]
        .push_back(&cell);
  }
  for (const auto& [start, group] : at_start)
    if (group.size() > 1) set_apart(group, shapes);
}

}  // namespace cnv::jaxley
