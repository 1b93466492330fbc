#include "neuron_tools.hpp"

#include <nanobind/stl/array.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include "cnv/backends/neuron/generate_layout.hpp"
#include "cnv/backends/neuron/receiver.hpp"
#include "cnv/backends/neuron/section_json.hpp"
#include "cnv/backends/neuron/swc.hpp"
#include "cnv/io/swc_branches.hpp"
#include "py_neuron_session.hpp"

namespace cnv::python {
namespace {

// Sections made by Python, which live as long as Python refers to them, with their handles here.
struct MadeSections {
  explicit MadeSections(const std::vector<std::string>& names)
      : objects(nb::borrow<nb::list>(neuron_helper("make_sections")(nb::cast(names)))),
        handles(take_sections(objects)) {}
  nb::list objects;
  std::vector<nrn::Section> handles;
};

nb::tuple load_swc_multi(const std::string& path, const std::string& basename) {
  open_neuron();
  std::vector<std::string> warnings;
  const auto branches = nrn::read_swc_branches(path, basename, &warnings);
  std::vector<std::string> names;
  for (const auto& branch : branches) names.push_back(branch.name);
  MadeSections made(names);
  nrn::shape_as_branches(branches, made.handles);
  nb::dict trees;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const nb::object root = nb::cast(branches[i].root_id);
    if (!trees.contains(root)) trees[root] = nb::list();
    nb::cast<nb::list>(trees[root]).append(made.objects[i]);
  }
  return nb::make_tuple(trees, warnings);
}

void generate_layout(nb::list sections, const std::vector<std::tuple<std::size_t, std::size_t, double>>& connections,
                     const std::array<double, 3>& default_direction, double branch_angle, double min_length,
                     double root_spacing) {
  const std::vector<nrn::Section> handles = take_sections(sections);
  std::vector<nrn::CellConnection> links;
  for (const auto& [child, parent, x] : connections) links.push_back({handles.at(child), handles.at(parent), x});
  nrn::generate_layout(handles, {default_direction, branch_angle, min_length, root_spacing}, links);
}

nb::object import_section_json(const std::string& path) {
  open_neuron();
  const nrn::ModelFile file(path);
  const std::vector<std::string> names = file.names();
  MadeSections made(names);
  const nb::object points = nb::borrow(neuron_helper("offer_list")());
  const nrn::ObjectRef list = nrn::take_object();
  for (const nrn::PointProcess& point : file.build(made.handles)) list.call("append", {point.object().get()});
  nb::dict sections;
  for (std::size_t i = 0; i < names.size(); ++i) sections[names[i].c_str()] = made.objects[i];
  return nb::make_tuple(sections, nb::list(points));
}

}  // namespace

void register_neuron_tools(nb::module_& m) {
  m.def(
      "load_swc",
      [](const std::string& path) {
        std::vector<std::string> warnings;
        nrn::load_swc(path, &warnings);
        return warnings;
      },
      nb::arg("path"),
      "New sections from a file; returns what was odd in it. Raises ValueError '<path>:<line>: <what is wrong>'.");
  m.def("load_swc_multi", &load_swc_multi, nb::arg("path"), nb::arg("basename"),
        "(root id → new sections, what was odd). Raises ValueError '<path>:<line>: <what is wrong>'.");
  m.def("generate_layout", &generate_layout, nb::arg("sections"), nb::arg("connections"), nb::arg("default_direction"),
        nb::arg("branch_angle"), nb::arg("min_length"), nb::arg("root_spacing"),
        "Two 3-D points for each section; connections are (child index, parent index, parent x).");
  m.def(
      "define_shape_layout",
      [] {
        open_neuron();
        nrn::define_shape_layout();
      },
      "NEURON's own layout of sections without 3-D points.");
  m.def(
      "export_section_json",
      [](const std::string& path, nb::list sections) { nrn::export_json(path, take_sections(sections)); },
      nb::arg("path"), nb::arg("sections"));
  m.def("import_section_json", &import_section_json, nb::arg("path"),
        "(name → section, point processes). Raises ValueError '<path>: <key>: <what is wrong>'.");
}

}  // namespace cnv::python
