#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cnv/core/keys.hpp"
#include "records.hpp"
#include "register.hpp"

namespace cnv::python {

void register_records(nb::module_& m) {
  m.def("resolve_indexer", &resolve_selector, nb::arg("field_id"), nb::arg("dim"), nb::arg("coord"), nb::arg("selector"),
        "A position, or an int64 array of positions, that a selector means on a dim.");
  m.def("normalize_panels", &normalized_panels, nb::arg("layout"), nb::arg("views"), nb::arg("controls"), nb::arg("actions"),
        "The panels of a layout, derived or cleaned. `views`: (key, id, class) of each. Raises ValueError.");
  m.def("normalize_key", [](const std::string& text) { return normalize_key(text); }, nb::arg("text"), "The normal form of a key text; empty when it names no key.");
}

}  // namespace cnv::python
