#include "cnv/backends/neuron/layout.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <unordered_map>

#include "cnv/backends/neuron/branch_fan.hpp"
#include "cnv/backends/neuron/vector3.hpp"

namespace cnv::nrn {
namespace {

constexpr Vector3 up_axis{0, 0, 1};
constexpr double fan_angle_deg = 30;   // degrees between the stem and several branches at its end
constexpr double side_angle_deg = 70;  // degrees between a section and a branch on its side
constexpr double widest_angle_deg = 80;
constexpr double tree_gap_um = 50;      // µm between trees
constexpr std::size_t longest_row = 8;  // trees in one row before they form a square

struct Spot {
  Vector3 position;
  Vector3 direction;  // of the path, away from the parent
};

Spot spot_on(const std::vector<Point3d>& points, double fraction_of_path) {
  const double at = fraction_of_path * points.back().arc;
  std::size_t i = 0;
  while (i + 2 < points.size() && points[i + 1].arc < at) ++i;
  const double span = points[i + 1].arc - points[i].arc;
  const double fraction = span > 0 ? std::clamp((at - points[i].arc) / span, 0.0, 1.0) : 0;
  const Vector3 step = points[i + 1].position - points[i].position;
  const Vector3 whole = points.back().position - points.front().position;
  return {points[i].position + fraction * step, normalized(step, normalized(whole, up_axis))};
}

class Layout {
 public:
  Layout(std::span<const Section> sections, std::span<const Attachment> attached)
      : sections_(sections), attached_(attached), paths_(sections.size()), children_(sections.size()) {
    for (std::size_t i = 0; i < sections.size(); ++i) {
      if (attached[i].parent >= 0) children_[attached[i].parent].push_back(i);
    }
  }

  std::vector<DisplayPath> run() {
    std::deque<std::size_t> placed;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      std::vector<Point3d> points = sections_[i].points();
      if (points.size() < 2) continue;
      paths_[i].points = std::move(points);
      placed.push_back(i);
    }
    grow(placed);
    place_trees();
    return std::move(paths_);
  }

 private:
  bool is_placed(std::size_t i) const { return !paths_[i].points.empty(); }

  // Places everything that hangs together with what is placed.
  std::vector<std::size_t> grow(std::deque<std::size_t> placed) {
    std::vector<std::size_t> members(placed.begin(), placed.end());
    while (!placed.empty()) {
      const std::size_t i = placed.front();
      placed.pop_front();
      const std::size_t before = members.size();
      place_children(i, members);
      place_parent(i, members);
      placed.insert(placed.end(), members.begin() + static_cast<std::ptrdiff_t>(before), members.end());
    }
    return members;
  }

  void place_children(std::size_t parent, std::vector<std::size_t>& members) {
    std::map<double, std::vector<std::size_t>> junctions;
    for (std::size_t child : children_[parent]) {
      if (!is_placed(child)) junctions[attached_[child].parent_x].push_back(child);
    }
    for (const auto& [x, group] : junctions) {
      const double along = attached_[parent].fraction_of_path(x);
      const Spot spot = spot_on(paths_[parent].points, along);
      const Vector3 outward = along == 0 ? -1.0 * spot.direction : spot.direction;
      // At the end that hangs on the grandparent, straight on would lead into it.
      const bool free_end = along == 1 || (along == 0 && attached_[parent].parent < 0);
      for (std::size_t k = 0; k < group.size(); ++k) {
        place(group[k], spot.position, branch_direction(outward, k, group.size(), free_end, parent));
        members.push_back(group[k]);
      }
    }
  }

  static Vector3 branch_direction(const Vector3& outward, std::size_t k, std::size_t count, bool free_end,
                                  std::size_t parent) {
    if (free_end && count == 1) return outward;
    const double fan = std::min(widest_angle_deg, fan_angle_deg + 5.0 * (static_cast<double>(count) - 2));
    return on_cone(outward, radians(free_end ? fan : side_angle_deg), fan_turn(k, count, parent));
  }

  void place_parent(std::size_t child, std::vector<std::size_t>& members) {
    const Attachment& link = attached_[child];
    if (link.parent < 0 || is_placed(link.parent)) return;
    const Spot spot = spot_on(paths_[child].points, 0);
    const double along = attached_[link.parent].fraction_of_path(link.parent_x);
    const Vector3 axis = along < 0.5 ? -1.0 * spot.direction : spot.direction;
    const double length = sections_[link.parent].length_um();
    place(link.parent, spot.position - (along * length) * axis, axis);
    members.push_back(link.parent);
  }

  void place(std::size_t i, const Vector3& start, const Vector3& axis) {
    const double length = sections_[i].length_um();
    const double diam = sections_[i](0.5).diam_um();
    paths_[i].points = {{start, diam, 0}, {start + length * axis, diam, length}};
    paths_[i].computed = true;
  }

  struct Box {
    Vector3 low{far_away, far_away, far_away};
    Vector3 high{-far_away, -far_away, -far_away};
    bool empty() const { return low[0] > high[0]; }
    double width(int axis) const { return high[axis] - low[axis]; }
    static constexpr double far_away = std::numeric_limits<double>::max();
  };

  void extend(Box& box, std::size_t i) const {
    for (const Point3d& point : paths_[i].points) {
      for (int axis = 0; axis < 3; ++axis) {
        box.low[axis] = std::min(box.low[axis], point.position[axis] - point.diam / 2);
        box.high[axis] = std::max(box.high[axis], point.position[axis] + point.diam / 2);
      }
    }
  }

  // Each tree without points is laid out around the origin, then moved into its cell of a grid.
  void place_trees() {
    Box occupied;
    for (std::size_t i = 0; i < paths_.size(); ++i) extend(occupied, i);
    std::vector<std::vector<std::size_t>> trees;
    std::vector<Box> boxes;
    double pitch_x = 0, pitch_y = 0;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (is_placed(i) || attached_[i].parent >= 0) continue;
      place(i, {0, 0, 0}, up_axis);
      trees.push_back(grow({i}));
      Box& box = boxes.emplace_back();
      for (std::size_t member : trees.back()) extend(box, member);
      pitch_x = std::max(pitch_x, box.width(0));
      pitch_y = std::max(pitch_y, box.width(1));
    }
    const std::size_t columns = trees.size() <= longest_row
                                    ? longest_row
                                    : static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(trees.size()))));
    for (std::size_t k = 0; k < trees.size(); ++k) {
      Vector3 shift{static_cast<double>(k % columns) * (pitch_x + tree_gap_um),
                    static_cast<double>(k / columns) * (pitch_y + tree_gap_um), 0};
      if (!occupied.empty()) shift[0] += occupied.high[0] + tree_gap_um - boxes[k].low[0];
      for (std::size_t member : trees[k]) {
        for (Point3d& point : paths_[member].points) point.position = point.position + shift;
      }
    }
  }

  std::span<const Section> sections_;
  std::span<const Attachment> attached_;
  std::vector<DisplayPath> paths_;
  std::vector<std::vector<std::size_t>> children_;
};

}  // namespace

std::vector<Attachment> attachments(std::span<const Section> sections) {
  std::unordered_map<const raw::Section*, int> index;
  for (std::size_t i = 0; i < sections.size(); ++i) index.emplace(sections[i].get(), static_cast<int>(i));
  std::vector<Attachment> out(sections.size());
  for (std::size_t i = 0; i < sections.size(); ++i) {
    out[i].reversed = sections[i].child_x() == 1;
    const std::optional<Section> parent = sections[i].parent();
    if (!parent) continue;
    const auto known = index.find(parent->get());
    if (known == index.end()) continue;
    out[i].parent = known->second;
    out[i].parent_x = sections[i].parent_x();
  }
  return out;
}

std::vector<DisplayPath> display_paths(std::span<const Section> sections, std::span<const Attachment> attached) {
  return Layout(sections, attached).run();
}

}  // namespace cnv::nrn
