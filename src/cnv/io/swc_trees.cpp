#include "cnv/io/swc_trees.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

#include "cnv/base/numbers.hpp"

namespace cnv::io {
namespace {

// One kind of oddity: its first line, and how often it comes.
struct Remark {
  int line = 0;
  std::string text;
  int count = 0;

  template <class Text>
  void add(const SwcNode& node, Text&& text_of) {
    if (count++ > 0) return;
    line = node.line;
    text = text_of();
  }
  void put(SwcTrees& trees, const std::string& path) const {
    if (count == 0) return;
    const std::string others = count == 1   ? ""
                               : count == 2 ? " (and 1 other line)"
                                            : " (and " + plain_text(count - 1) + " other lines)";
    trees.warnings.push_back(swc_error(path, line, text + others).message);
  }
};

std::unordered_map<std::int64_t, std::size_t> index_of(const std::vector<SwcNode>& nodes) {
  std::unordered_map<std::int64_t, std::size_t> out;
  out.reserve(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) out.emplace(nodes[i].id, i);
  return out;
}

// Positions of the nodes with parents before their children, otherwise in their order; fewer than the nodes when some
// hang on themselves.
std::vector<std::size_t> parents_first(const std::vector<SwcNode>& nodes) {
  const auto index = index_of(nodes);
  std::vector<std::vector<std::size_t>> children(nodes.size());
  std::vector<std::size_t> waiting;
  for (std::size_t i = nodes.size(); i-- > 0;) {
    if (nodes[i].parent < 0) waiting.push_back(i);
    else children[index.at(nodes[i].parent)].push_back(i);
  }
  std::vector<std::size_t> out;
  out.reserve(nodes.size());
  while (!waiting.empty()) {
    const std::size_t i = waiting.back();
    waiting.pop_back();
    out.push_back(i);
    waiting.insert(waiting.end(), children[i].begin(), children[i].end());
  }
  return out;
}

}  // namespace

Result<SwcTrees> read_swc_trees(const std::string& path) {
  auto read = read_swc(path);
  if (!read) return Error{read.error()};
  if (read->empty()) return Error{path + ": holds no points"};
  SwcTrees trees{std::move(read).value(), {}};
  std::unordered_map<std::int64_t, int> line_of;
  for (const SwcNode& node : trees.nodes) {
    const auto [known, added] = line_of.emplace(node.id, node.line);
    if (!added)
      return swc_error(path, node.line,
                       "id " + plain_text(node.id) + " is used already on line " + plain_text(known->second));
    if (node.id < 0) return swc_error(path, node.line, "id " + plain_text(node.id) + " is negative");
    if (node.radius < 0)
      return swc_error(path, node.line, "the radius " + general_text(node.radius, 6) + " is negative");
  }
  Remark missing, own, thin;
  for (SwcNode& node : trees.nodes) {
    if (node.radius == 0) thin.add(node, [&] { return "the radius is 0: a section as thin there conducts nothing"; });
    if (node.parent == node.id) {
      own.add(node, [&] { return "point " + plain_text(node.id) + " is its own parent: it is taken as a root"; });
      node.parent = -1;
    } else if (node.parent >= 0 && !line_of.contains(node.parent)) {
      missing.add(node, [&] {
        return "parent " + plain_text(node.parent) + " does not exist: point " + plain_text(node.id) +
               " is taken as a root";
      });
      node.parent = -1;
    }
  }
  for (const Remark* remark : {&missing, &own, &thin}) remark->put(trees, path);
  if (const auto reached = parents_first(trees.nodes); reached.size() < trees.nodes.size()) {
    std::vector<bool> known(trees.nodes.size(), false);
    for (const std::size_t i : reached) known[i] = true;
    const SwcNode& lost = trees.nodes[static_cast<std::size_t>(std::ranges::find(known, false) - known.begin())];
    return swc_error(path, lost.line, "point " + plain_text(lost.id) + " is its own ancestor, or hangs on one that is");
  }
  return trees;
}

void put_in_order(SwcTrees& trees, const std::string& path) {
  auto& nodes = trees.nodes;
  const auto falls = std::ranges::adjacent_find(nodes, std::ranges::greater_equal(), &SwcNode::id);
  if (falls != nodes.end()) {
    const SwcNode& after = *std::next(falls);
    trees.warnings.push_back(swc_error(path, after.line,
                                       "id " + plain_text(after.id) + " follows " + plain_text(falls->id) +
                                           ": the points are taken in the order of their ids")
                                 .message);
    std::ranges::stable_sort(nodes, {}, &SwcNode::id);
  }
  const auto late =
      std::ranges::find_if(nodes, [&](const SwcNode& node) { return node.parent >= 0 && node.parent > node.id; });
  if (late == nodes.end()) return;
  trees.warnings.push_back(swc_error(path, late->line,
                                     "point " + plain_text(late->id) + " comes before its parent " +
                                         plain_text(late->parent) + ": the points are taken from the root outwards")
                               .message);
  std::vector<SwcNode> ordered;
  ordered.reserve(nodes.size());
  for (const std::size_t i : parents_first(nodes)) ordered.push_back(nodes[i]);
  nodes = std::move(ordered);
}

void warn_of_further_roots(SwcTrees& trees, const std::string& path, const std::string& advice) {
  Remark further;
  bool first = true;
  for (const SwcNode& node : trees.nodes) {
    if (node.parent >= 0) continue;
    if (!std::exchange(first, false)) further.add(node, [&] { return "starts a further tree: " + advice; });
  }
  further.put(trees, path);
}

}  // namespace cnv::io
