#include "cnv/backends/neuron/generate_layout.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "cnv/backends/neuron/branch_fan.hpp"
#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/layout.hpp"
#include "cnv/base/exceptions.hpp"

namespace cnv::nrn {
namespace {

struct Line {
  Vector3 start, end;
  Vector3 direction() const { return normalized(end - start, {0, 0, 1}); }
};

void require_finite(const LayoutOptions& options) {
  const auto& d = options.default_direction;
  for (double value : {d[0], d[1], d[2], options.branch_angle_deg, options.min_length_um, options.root_spacing_um}) {
    if (!std::isfinite(value)) throw ValueError("The options of a layout must be finite numbers");
  }
}

// Parents in the tree to lay out: those in the model, and cell connections for sections without one.
std::vector<Attachment> joined(std::span<const Section> sections, std::span<const CellConnection> connections) {
  std::vector<Attachment> out = attachments(sections);
  std::unordered_map<const raw::Section*, int> index;
  for (std::size_t i = 0; i < sections.size(); ++i) index.emplace(sections[i].get(), static_cast<int>(i));
  for (const CellConnection& link : connections) {
    const auto child = index.find(link.child.get());
    const auto parent = index.find(link.parent.get());
    if (child == index.end() || parent == index.end() || link.child.parent()) continue;
    if (!(link.parent_x >= 0 && link.parent_x <= 1)) {
      throw ValueError("cell connection of " + link.child.name() + " to " + link.parent.name() +
                       ": parent_x is not within 0…1");
    }
    out[child->second] = {parent->second, link.parent_x, false};
  }
  return out;
}

class GeneratedLayout {
 public:
  GeneratedLayout(std::span<const Section> sections, const LayoutOptions& options, std::vector<Attachment> attached)
      : sections_(sections),
        options_(options),
        attached_(std::move(attached)),
        lines_(sections.size()),
        children_(sections.size()) {
    for (std::size_t i = 0; i < sections.size(); ++i) {
      if (attached_[i].parent >= 0) children_[attached_[i].parent].push_back(i);
    }
  }

  std::vector<Line> run() {
    std::vector<std::size_t> order;  // breadth first
    const Vector3 ahead = normalized(options_.default_direction, {0, 0, 1});
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (attached_[i].parent >= 0) continue;
      place(i, {static_cast<double>(order.size()) * options_.root_spacing_um, 0, 0}, ahead);
      order.push_back(i);
    }
    for (std::size_t next = 0; next < order.size(); ++next) place_children(order[next], order);
    if (order.size() < sections_.size()) throw_loop(order);
    return std::move(lines_);
  }

 private:
  void place(std::size_t i, const Vector3& start, const Vector3& direction) {
    const double length = std::max(sections_[i].length_um(), options_.min_length_um);
    lines_[i] = {start, start + length * direction};
  }

  void place_children(std::size_t parent, std::vector<std::size_t>& order) {
    std::map<double, std::vector<std::size_t>> places;
    for (std::size_t child : children_[parent]) {
      places[attached_[parent].fraction_of_path(attached_[child].parent_x)].push_back(child);
    }
    const Line& line = lines_[parent];
    for (const auto& [along, group] : places) {
      const Vector3 spot = line.start + along * (line.end - line.start);
      const Vector3 onward = along == 0 ? -1.0 * line.direction() : line.direction();
      const bool free_end = along == 1 || (along == 0 && attached_[parent].parent < 0);
      for (std::size_t k = 0; k < group.size(); ++k) {
        const bool straight = free_end && group.size() == 1;
        const double angle = radians(options_.branch_angle_deg);
        place(group[k], spot, straight ? onward : on_cone(onward, angle, fan_turn(k, group.size(), parent)));
        order.push_back(group[k]);
      }
    }
  }

  [[noreturn]] void throw_loop(const std::vector<std::size_t>& placed) const {
    std::vector<bool> seen(sections_.size());
    for (std::size_t i : placed) seen[i] = true;
    const auto first = std::ranges::find(seen, false) - seen.begin();
    throw ValueError("The cell connections close a loop through " + sections_[first].name());
  }

  std::span<const Section> sections_;
  const LayoutOptions& options_;
  std::vector<Attachment> attached_;
  std::vector<Line> lines_;
  std::vector<std::vector<std::size_t>> children_;
};

void set_points(Section section, const Line& line) {
  const double diam = section(0.5).diam_um();
  section.clear_points();
  for (const Vector3& p : {line.start, line.end}) section.add_point(p[0], p[1], p[2], diam);
}

}  // namespace

void generate_layout(std::span<const Section> sections, const LayoutOptions& options,
                     std::span<const CellConnection> cell_connections) {
  require_finite(options);
  const std::vector<Line> lines = GeneratedLayout(sections, options, joined(sections, cell_connections)).run();
  for (std::size_t i = 0; i < sections.size(); ++i) set_points(sections[i], lines[i]);
}

void define_shape_layout() { call_function("define_shape"); }

}  // namespace cnv::nrn
