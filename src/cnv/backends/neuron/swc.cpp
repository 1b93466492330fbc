#include "cnv/backends/neuron/swc.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "cnv/backends/neuron/call.hpp"

namespace cnv::nrn {
namespace {

// A section as the importer describes it. `parent` indexes the list of all, -1 for the root.
struct Imported {
  int type = 0;
  int parent = -1;
  double parent_x = 1;
  std::size_t first = 0;  // 1: point 0 is only the place on the parent that a wire leads to
  std::vector<Point3d> points;
  bool removed = false;
};

std::vector<Imported>* receiving = nullptr;

void receive_section() {
  const Api& nrn = api();
  Imported section;
  section.type = static_cast<int>(*nrn.getarg(1));
  section.parent = static_cast<int>(*nrn.getarg(2));
  section.parent_x = *nrn.getarg(3);
  section.first = static_cast<std::size_t>(*nrn.getarg(4));
  raw::Object* columns[4];
  for (int i = 0; i < 4; ++i) columns[i] = *nrn.objgetarg(5 + i);
  section.points.resize(nrn.vector_capacity(columns[3]));
  for (std::size_t i = 0; i < section.points.size(); ++i) {
    for (int axis = 0; axis < 3; ++axis) section.points[i].position[axis] = nrn.vector_data(columns[axis])[i];
    section.points[i].diam = nrn.vector_data(columns[3])[i];
  }
  receiving->push_back(std::move(section));
  nrn.hoc_ret();
  nrn.double_push(0);
}

raw::Symbol* importer() {
  static raw::Symbol* const read = [] {
    load_file("stdlib.hoc");
    load_file("import3d.hoc");
    api().register_function(receive_section, "cnv_note_swc_", api().symbol_type(required_symbol("fadvance")));
    run_hoc(
        "func cnv_read_swc_() { local i, p  localobj reader, sec\n"
        "reader = new Import3d_SWC_read()  reader.quiet = 1  reader.input($s1)\n"
        "for i = 0, reader.sections.count - 1 { reader.sections.o(i).volatile2 = i }\n"
        "for i = 0, reader.sections.count - 1 {\n"
        "sec = reader.sections.o(i)\n"
        "p = -1\n"
        "if (object_id(sec.parentsec)) { p = sec.parentsec.volatile2 }\n"
        "cnv_note_swc_(sec.type, p, sec.parentx, sec.first, "
        "sec.raw.getrow(0), sec.raw.getrow(1), sec.raw.getrow(2), sec.d)\n"
        "}\n"
        "return 1\n"
        "}");
    return required_symbol("cnv_read_swc_");
  }();
  return read;
}

std::vector<Imported> read_file(const std::string& path) {
  raw::Symbol* const read = importer();
  std::vector<Imported> imported;
  receiving = &imported;
  OutputCapture quiet(true);
  call_function(read, path, {path});
  return imported;
}

bool too_short(const Imported& section) {
  const std::size_t count = section.points.size() - section.first;
  return count <= 1 || (count == 2 && section.points[section.first].position == section.points.back().position);
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
    default: return type < 0 ? "minus_" + std::to_string(-type) : "dend_" + std::to_string(type);
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
    run_hoc("create " + name + "[" + std::to_string(count) + "]");
    std::vector<Section> all = all_sections();
    out.assign(all.end() - count, all.end());
  } else {
    for (int i = 0; i < count; ++i) out.push_back(create_section(name + "[" + std::to_string(i) + "]"));
  }
  return out;
}

void add_points(Section& section, const Imported& imported) {
  const std::vector<Point3d>& points = imported.points;
  const auto add = [&](const Point3d& p, double shift) {
    section.add_point(p.position[0] + shift, p.position[1], p.position[2], p.diam);
  };
  if (imported.first == 1) {
    const auto& place = points[0].position;
    const CurrentSection current(section.get());
    call_function("pt3dstyle", {1.0, place[0], place[1], place[2]});
  }
  if (points.size() - imported.first == 1) {  // a sphere: a cylinder as long as wide
    const Point3d& center = points.back();
    for (double end : {-0.5, 0.0, 0.5}) add(center, end * center.diam);
    return;
  }
  for (std::size_t i = imported.first; i < points.size(); ++i) add(points[i], 0);
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

std::vector<Section> load_swc(const std::string& path) {
  check_swc(path);
  std::vector<Imported> imported = read_file(path);
  remove_short_branches(imported);
  return instantiate(imported);
}

}  // namespace cnv::nrn
