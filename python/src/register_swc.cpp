#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cnv/base/exceptions.hpp"
#include "cnv/io/swc_trees.hpp"
#include "register.hpp"

namespace cnv::python {
namespace {

namespace nb = nanobind;

nb::list rows_of(const std::vector<io::SwcNode>& nodes) {
  nb::list rows;
  for (const io::SwcNode& n : nodes)
    rows.append(nb::make_tuple(n.id, n.type, n.x, n.y, n.z, n.radius, n.parent, n.line));
  return rows;
}

nb::list swc_rows(const std::string& path) {
  const auto nodes = io::read_swc(path);
  if (!nodes) throw ValueError(nodes.error());
  return rows_of(*nodes);
}

nb::object swc_trees(const std::string& path) {
  const auto trees = io::read_swc_trees(path);
  if (!trees) throw ValueError(trees.error());
  return nb::make_tuple(rows_of(trees->nodes), trees->warnings);
}

}  // namespace

void register_swc(nb::module_& m) {
  m.def("swc_rows", &swc_rows, nb::arg("path"),
        "(id, type, x, y, z, radius, parent, line) of each point. Raises ValueError '<path>:<line>: <what is wrong>'.");
  m.def(
      "swc_trees", &swc_trees, nb::arg("path"),
      "(rows as swc_rows gives them, mended to trees; what was odd, a text each). Raises ValueError too for what makes "
      "no tree.");
}

}  // namespace cnv::python
