#include "cnv/io/swc_branches.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "cnv/base/numbers.hpp"

namespace cnv::io {
namespace {

constexpr int soma_type = 1;
constexpr int no_row = -1;

using Position = std::array<double, 3>;
Position position(const SwcNode& node) { return {node.x, node.y, node.z}; }
double diam(const SwcNode& node) { return 2 * node.radius; }

const char* label(int type) {
  switch (type) {
    case 1: return "soma";
    case 2: return "axon";
    case 3: return "dendrite";
    case 4: return "apical";
    default: return "sec";
  }
}

// The points as a forest of indices.
struct Forest {
  std::vector<int> parent;
  std::vector<std::vector<int>> children;  // in the order of the file
  std::vector<int> roots;
};

Forest link(const std::vector<SwcNode>& nodes) {
  std::unordered_map<std::int64_t, int> index;
  for (int i = 0; i < static_cast<int>(nodes.size()); ++i) index.emplace(nodes[i].id, i);
  Forest forest{std::vector<int>(nodes.size(), no_row), std::vector<std::vector<int>>(nodes.size()), {}};
  for (int i = 0; i < static_cast<int>(nodes.size()); ++i) {
    const auto parent = nodes[i].parent < 0 ? index.end() : index.find(nodes[i].parent);
    if (parent == index.end()) {
      forest.roots.push_back(i);
      continue;
    }
    forest.parent[i] = parent->second;
    forest.children[parent->second].push_back(i);
  }
  return forest;
}

class Cutter {
 public:
  Cutter(const std::vector<SwcNode>& nodes, Forest forest, const std::string& basename)
      : nodes_(nodes), forest_(std::move(forest)), prefix_(basename.empty() ? "" : basename + "_") {}

  std::vector<SwcBranch> run() {
    for (int root : forest_.roots) {
      root_ = root;
      cut_root();
      while (!starts_.empty()) {
        const Start start = starts_.back();
        starts_.pop_back();
        follow(start);
      }
    }
    return std::move(branches_);
  }

 private:
  struct Start {
    int node;     // the branch's first own point
    int branch;   // that it hangs on, or no_row
    double x;     // where on it
    bool sphere;  // that branch is a sphere
  };

  bool same_type(int a, int b) const { return nodes_[a].type == nodes_[b].type; }

  // Branches wait on a stack, so that deep trees need no recursion; the last pushed is followed first.
  void push_children(const std::vector<int>& children, int branch, double x, bool sphere) {
    for (auto child = children.rbegin(); child != children.rend(); ++child)
      starts_.push_back({*child, branch, x, sphere});
  }

  void cut_root() {
    std::vector<int> children = forest_.children[root_];
    const auto alike = std::ranges::find_if(children, [&](int child) { return same_type(child, root_); });
    if (children.empty() || (nodes_[root_].type == soma_type && alike == children.end())) {
      push_children(children, add_sphere(), 0.5, true);
      return;
    }
    // The root's point belongs to the branch that continues it; the others start where that one starts.
    const auto leading = alike == children.end() ? children.begin() : alike;
    const int first = *leading;
    children.erase(leading);
    const int branch = static_cast<int>(branches_.size());
    push_children(children, branch, 0, false);
    starts_.push_back({first, no_row, 0, false});
  }

  int add_sphere() {
    const SwcNode& center = nodes_[root_];
    SwcBranch& branch = add_branch(center.type);
    for (double side : {-1.0, 0.0, 1.0}) {
      branch.points.push_back({{center.x + side * center.radius, center.y, center.z}, diam(center)});
    }
    return static_cast<int>(branches_.size()) - 1;
  }

  SwcBranch& add_branch(int type) {
    SwcBranch& branch = branches_.emplace_back();
    const std::string name = prefix_ + label(type);
    branch.name = name + "[" + plain_text(counts_[name]++) + "]";
    branch.root_id = nodes_[root_].id;
    return branch;
  }

  void follow(const Start& start) {
    const int from = forest_.parent[start.node];
    SwcBranch& branch = add_branch(nodes_[start.node].type);
    branch.parent = start.branch;
    branch.parent_x = start.branch == no_row ? 0 : start.x;
    const std::vector<int> own = unbranched(start.node);
    const bool leaves_soma = nodes_[from].type == soma_type && nodes_[start.node].type != soma_type;
    if (leaves_soma && (start.sphere || is_inside_soma(from)) && has_extent(own)) {
      branch.start_on_parent = position(nodes_[from]);
    } else {
      branch.points.push_back({position(nodes_[from]), diam(nodes_[leaves_soma ? start.node : from])});
    }
    for (int node : own) branch.points.push_back({position(nodes_[node]), diam(nodes_[node])});
    make_stub_if_short(branch);
    push_children(forest_.children[own.back()], static_cast<int>(branches_.size()) - 1, 1, false);
  }

  std::vector<int> unbranched(int node) const {
    std::vector<int> out{node};
    while (forest_.children[node].size() == 1 && same_type(forest_.children[node][0], node)) {
      node = forest_.children[node][0];
      out.push_back(node);
    }
    return out;
  }

  bool has_extent(const std::vector<int>& own) const {
    return std::ranges::any_of(own, [&](int node) { return position(nodes_[node]) != position(nodes_[own[0]]); });
  }

  // Between soma points, not at the end of their chain.
  bool is_inside_soma(int node) const {
    const auto is_soma = [&](int other) { return nodes_[other].type == soma_type; };
    const auto below = std::ranges::count_if(forest_.children[node], is_soma);
    const bool above = forest_.parent[node] != no_row && is_soma(forest_.parent[node]);
    return below + above >= 2;
  }

  static void make_stub_if_short(SwcBranch& branch) {
    const SwcBranch::Point last = branch.points.back();
    const auto here = [&](const SwcBranch::Point& point) { return point.position == last.position; };
    if (!std::ranges::all_of(branch.points, here)) return;
    branch.points = {last, last};
    branch.points[1].position[0] += last.diam;
  }

  const std::vector<SwcNode>& nodes_;
  const Forest forest_;
  const std::string prefix_;
  int root_ = no_row;
  std::vector<Start> starts_;
  std::vector<SwcBranch> branches_;
  std::map<std::string, int> counts_;
};

}  // namespace

std::vector<SwcBranch> swc_branches(const std::vector<SwcNode>& nodes, const std::string& basename) {
  return Cutter(nodes, link(nodes), basename).run();
}

}  // namespace cnv::io
