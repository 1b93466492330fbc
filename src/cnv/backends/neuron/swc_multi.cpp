#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/swc_warnings.hpp"
#include "cnv/backends/neuron/unfinished.hpp"
#include "cnv/base/exceptions.hpp"
#include "cnv/io/swc_branches.hpp"
#include "cnv/io/swc_trees.hpp"

namespace cnv::nrn {

std::vector<io::SwcBranch> read_swc_branches(const std::string& path, const std::string& basename,
                                             SwcWarnings warnings) {
  const auto trees = io::read_swc_trees(path);
  if (!trees) throw ValueError(trees.error());
  tell(trees->warnings, warnings);
  return io::swc_branches(trees->nodes, basename);
}

void shape_as_branches(std::span<const io::SwcBranch> branches, std::span<Section> sections) {
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const io::SwcBranch& branch = branches[i];
    if (branch.parent >= 0) {
      // Section::connect would walk to the root each time to look for loops; here a parent always comes before.
      guarded("connect " + branch.name,
              [&] { api().section_connect(sections[i].get(), 0, sections[branch.parent].get(), branch.parent_x); });
    }
    if (branch.start_on_parent) {
      const auto& place = *branch.start_on_parent;
      const CurrentSection current(sections[i].get());
      call_function("pt3dstyle", {1.0, place[0], place[1], place[2]});
    }
    for (const auto& [p, diam] : branch.points) sections[i].add_point(p[0], p[1], p[2], diam);
  }
}

std::vector<SwcTree> load_swc_multi(const std::string& path, const std::string& basename, SwcWarnings warnings) {
  const std::vector<io::SwcBranch> branches = read_swc_branches(path, basename, warnings);
  UnfinishedSections made;
  for (const io::SwcBranch& branch : branches) made.create(branch.name);
  shape_as_branches(branches, made.sections());
  const std::vector<Section> sections = made.keep();
  std::vector<SwcTree> trees;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    if (trees.empty() || trees.back().root_id != branches[i].root_id) trees.push_back({branches[i].root_id, {}});
    trees.back().sections.push_back(sections[i]);
  }
  return trees;
}

}  // namespace cnv::nrn
