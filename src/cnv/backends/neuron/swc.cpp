#include "cnv/backends/neuron/swc.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/swc_warnings.hpp"
#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/io/swc_sections.hpp"
#include "cnv/io/swc_trees.hpp"

namespace cnv::nrn {
namespace {

struct Imported : io::SwcSection {
  bool removed = false;
  std::size_t first() const { return starts_with_wire ? 1 : 0; }
};

bool too_short(const Imported& section) {
  const std::size_t count = section.points.size() - section.first();
  return count <= 1 || (count == 2 && section.points[section.first()].position == section.points.back().position);
}

// As the importer does: a branch without extent is left out, and its children move to its parent.
void remove_short_branches(std::vector<Imported>& imported) {
  for (std::size_t i = imported.size(); i-- > 0;) {
    Imported& section = imported[i];
    if (section.parent < 0 || !too_short(section)) continue;
    section.removed = true;
    for (std::size_t child = i + 1; child < imported.size(); ++child) {
      if (imported[child].removed || imported[child].parent != static_cast<int>(i)) continue;
      imported[child].parent = section.parent;
      imported[child].parent_x = section.parent_x;
    }
  }
}

std::string type_name(int type) {
  switch (type) {
    case 1: return "soma";
    case 2: return "axon";
    case 3: return "dend";
    case 4: return "apic";
    default: return type < 0 ? "minus_" + plain_text(-type) : "dend_" + plain_text(type);
  }
}

// hoc's create removes the sections that it made under the same name before: only if none of those is left.
bool hoc_may_create(const std::string& name) {
  static std::set<std::string> made;
  if (!api().symbol(name.c_str())) {
    made.insert(name);
    return true;
  }
  return made.contains(name) && std::ranges::none_of(all_sections(), [&](const Section& section) {
           return section.name().rfind(name + "[", 0) == 0;
         });
}

std::vector<Section> create_sections(const std::string& name, int count) {
  std::vector<Section> out;
  if (hoc_may_create(name)) {
    run_hoc("create " + name + "[" + plain_text(count) + "]");
    std::vector<Section> all = all_sections();
    out.assign(all.end() - count, all.end());
  } else {
    for (int i = 0; i < count; ++i) out.push_back(create_section(name + "[" + plain_text(i) + "]"));
  }
  return out;
}

void add_points(Section& section, const Imported& imported) {
  const auto& points = imported.points;
  const auto add = [&](const io::SwcSection::Point& p, double shift) {
    section.add_point(p.position[0] + shift, p.position[1], p.position[2], p.diam);
  };
  if (imported.starts_with_wire) {
    const auto& place = points[0].position;
    const CurrentSection current(section.get());
    call_function("pt3dstyle", {1.0, place[0], place[1], place[2]});
  }
  if (points.size() - imported.first() == 1) {  // a sphere: a cylinder as long as wide
    const auto& center = points.back();
    for (double end : {-0.5, 0.0, 0.5}) add(center, end * center.diam);
    return;
  }
  for (std::size_t i = imported.first(); i < points.size(); ++i) add(points[i], 0);
}

std::vector<Section> instantiate(const std::vector<Imported>& imported) {
  std::map<int, std::vector<std::size_t>> of_type;
  for (std::size_t i = 0; i < imported.size(); ++i) {
    if (!imported[i].removed) of_type[imported[i].type].push_back(i);
  }
  std::vector<Section> made, by_index(imported.size());
  for (const auto& [type, members] : of_type) {
    const std::vector<Section> sections = create_sections(type_name(type), static_cast<int>(members.size()));
    for (std::size_t k = 0; k < members.size(); ++k) by_index[members[k]] = sections[k];
    made.insert(made.end(), sections.begin(), sections.end());
  }
  for (std::size_t i = 0; i < imported.size(); ++i) {
    if (imported[i].removed) continue;
    Section& section = by_index[i];
    if (imported[i].parent >= 0) {
      api().section_connect(section.get(), 0, by_index[imported[i].parent].get(), imported[i].parent_x);
    }
    add_points(section, imported[i]);
  }
  return made;
}

}  // namespace

void tell(const std::vector<std::string>& found, SwcWarnings warnings) {
  for (const std::string& text : found) {
    if (warnings) warnings->push_back(text);
    else std::fprintf(stderr, "%s\n", text.c_str());
  }
}

std::vector<Section> load_swc(const std::string& path, SwcWarnings warnings) {
  auto trees = io::read_swc_trees(path);
  if (!trees) throw ValueError(trees.error());
  io::put_in_order(*trees, path);
  io::warn_of_further_roots(
      *trees, path, "it hangs on the first point, as in NEURON's own importer; load_swc_multi keeps trees apart");
  tell(trees->warnings, warnings);
  std::vector<Imported> imported;
  for (auto& section : io::swc_sections(trees->nodes)) imported.push_back({std::move(section)});
  remove_short_branches(imported);
  return instantiate(imported);
}

}  // namespace cnv::nrn
