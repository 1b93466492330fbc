#include <nanobind/stl/string.h>

#include "cnv/base/exceptions.hpp"
#include "cnv/io/swc.hpp"
#include "register.hpp"

namespace cnv::python {
namespace {

namespace nb = nanobind;

nb::list swc_rows(const std::string& path) {
  const auto nodes = io::read_swc(path);
  if (!nodes) throw ValueError(nodes.error());
  nb::list rows;
  for (const io::SwcNode& n : *nodes)
    rows.append(nb::make_tuple(n.id, n.type, n.x, n.y, n.z, n.radius, n.parent, n.line));
  return rows;
}

}  // namespace

void register_swc(nb::module_& m) {
  m.def("swc_rows", &swc_rows, nb::arg("path"),
        "(id, type, x, y, z, radius, parent, line) of each point. Raises ValueError '<path>:<line>: <what is wrong>'.");
}

}  // namespace cnv::python
