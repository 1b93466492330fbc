#include "cnv/io/swc_sections.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace cnv::io {
namespace {

constexpr int soma = 1;
constexpr double equal_um = 1e-11;  // hoc's comparisons take closer numbers for equal

class Cutter {
 public:
  explicit Cutter(std::span<const SwcNode> nodes)
      : nodes_(nodes),
        parent_(nodes.size(), -1),
        soma_children_(nodes.size()),
        hangs_on_start_(nodes.size()),
        children_(nodes.size()) {}

  std::vector<SwcSection> cut() {
    if (nodes_.empty()) return {};
    link();
    count_children();
    const bool sphere = is_three_point_sphere();
    if (sphere) parent_[2] = 1;
    keep_somas_together();
    number_sections();
    std::vector<SwcSection> out;
    for (int first = 0; first < size(); first = last_[out.size() - 1] + 1) {
      const int end = last_[out.size()] + 1;
      first_.push_back(first);
      out.push_back(first == 0 ? root(sphere ? 1 : end) : branch(first, end, out));
    }
    return out;
  }

 private:
  // How many children a point has; one that stands elsewhere in the file, or has another type, marks it as an end.
  struct Children {
    int count = 0;
    bool ends = false;
    bool go_on() const { return count == 1 && !ends; }
  };

  int size() const { return static_cast<int>(nodes_.size()); }
  int type(int i) const { return nodes_[static_cast<std::size_t>(i)].type; }
  SwcSection::Point point(int i) const {
    const SwcNode& n = nodes_[static_cast<std::size_t>(i)];
    return {{n.x, n.y, n.z}, 2 * n.radius};
  }

  void link() {
    std::unordered_map<std::int64_t, int> index;
    for (int i = 0; i < size(); ++i) {
      const SwcNode& node = nodes_[static_cast<std::size_t>(i)];
      if (const auto found = index.find(node.parent); node.parent >= 0 && found != index.end())
        parent_[i] = found->second;
      index.emplace(node.id, i);
    }
  }

  void count_children() {
    for (int i = 0; i < size(); ++i) {
      const int p = parent_[i];
      if (p < 0) continue;
      ++children_[p].count;
      if (p != i - 1) {
        children_[p].ends = true;
        // A second branch at the first point of a neurite on a soma, or at a root that is no soma: the point does not
        // become a section of its own.
        const bool starts_neurite =
            p > 1 ? type(p) != soma && parent_[p] >= 0 && type(parent_[p]) == soma : p == 0 && type(p) != soma;
        if (starts_neurite) {
          hangs_on_start_[i] = true;
          children_[p] = {1, false};
        }
      }
      if (type(p) != type(i)) children_[p].ends = true;
      if (type(p) == soma && type(i) == soma) ++soma_children_[p];
    }
  }

  bool is_three_point_sphere() const {
    int points = 0;
    for (int i = 0; i < size(); ++i) points += type(i) == soma;
    if (points != 3 || size() < 3 || parent_[1] != 0 || parent_[2] != 0 || children_[1].count != 0 ||
        children_[2].count != 0)
      return false;
    const auto center = point(0);
    double length = 0;
    for (int i = 1; i <= 2; ++i) {
      const auto end = point(i);
      if (std::abs(end.diam - center.diam) > equal_um) return false;
      length += std::hypot(end.position[0] - center.position[0], end.position[1] - center.position[1],
                           end.position[2] - center.position[2]);
    }
    return std::abs(length / center.diam - 1) < 0.01;
  }

  void keep_somas_together() {
    for (int i = 0; i + 1 < size(); ++i)
      if (type(i) == soma && type(i + 1) == soma && parent_[i + 1] == i && (i == 0 || soma_children_[i] <= 1))
        children_[i] = {1, false};
  }

  void number_sections() {
    section_of_.resize(nodes_.size());
    for (int i = 0; i < size(); ++i) {
      section_of_[i] = static_cast<int>(last_.size());
      if (!children_[i].go_on() || i + 1 == size()) last_.push_back(i);
    }
  }

  SwcSection root(int end) const {
    SwcSection section{.type = type(0)};
    for (int i = 0; i < end; ++i) section.points.push_back(point(i));
    return section;
  }

  SwcSection branch(int first, int end, const std::vector<SwcSection>& before) const {
    const int at =
        parent_[first];  // -1: a further root, which Import3d hangs on the first section, from its first point
    const int place = std::max(0, at);
    SwcSection section{.type = type(first), .parent = section_of_[place]};
    const SwcSection& parent = before[static_cast<std::size_t>(section.parent)];
    const bool neurite = section.type != soma, wire_possible = end - first > 1;
    const int parent_first = first_[static_cast<std::size_t>(section.parent)],
              parent_points = static_cast<int>(parent.points.size());
    if (section.parent == 0 && parent.type == soma && neurite && parent_points == 1) {
      section.parent_x = 0.5;
      section.starts_with_wire = wire_possible;
    } else if (section.parent == 0 && at == parent_first) {
      section.parent_x = 0;
      section.starts_with_wire = neurite && soma_children_[place] > 1;
    } else if (parent.type == soma) {
      if (at < parent_first + parent_points - (parent_first == 0 ? 1 : 2)) {
        section.parent_x = 0.5;
        section.starts_with_wire = neurite && wire_possible;
      } else {
        section.starts_with_wire = neurite && wire_possible && soma_children_[place] > 1;
      }
    }
    section.points.push_back(point(place));
    for (int i = first; i < end; ++i) section.points.push_back(point(i));
    if (parent.type == soma && neurite) section.points[0].diam = section.points[1].diam;
    if (hangs_on_start_[first]) section.parent_x = 0;
    return section;
  }

  std::span<const SwcNode> nodes_;
  std::vector<int> parent_, soma_children_;
  std::vector<char> hangs_on_start_;  // the section that begins here hangs on the start of its parent
  std::vector<Children> children_;
  std::vector<int> section_of_;    // of each point
  std::vector<int> first_, last_;  // points of each section
};

}  // namespace

std::vector<SwcSection> swc_sections(std::span<const SwcNode> nodes) { return Cutter(nodes).cut(); }

}  // namespace cnv::io
