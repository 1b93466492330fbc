#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cnv/builders/surface.hpp"
#include "cnv/core/keys.hpp"
#include "convert.hpp"
#include "records.hpp"
#include "register.hpp"

namespace cnv::python {

void register_records(nb::module_& m) {
  m.def("resolve_indexer", &resolve_selector, nb::arg("field_id"), nb::arg("dim"), nb::arg("coord"),
        nb::arg("selector").none(), "A position, or an int64 array of positions, that a selector means on a dim.");
  m.def("normalize_panels", &normalized_panels, nb::arg("layout"), nb::arg("views"), nb::arg("controls"),
        nb::arg("actions"),
        "The panels of a layout, derived or cleaned. `views`: (key, id, class) of each. Raises ValueError.");
  m.def(
      "surface_panels",
      [](const std::string& view_id, const std::vector<std::string>& plots, nb::handle operators,
         const std::string& field_id, std::optional<std::string> geometry_id, bool has_controls, nb::handle given) {
        const auto fitting = fitting_operators(from_python<OrderedMap<OperatorSpec>>(operators), field_id, geometry_id);
        return to_python(
            surface_panels(view_id, plots, fitting, has_controls, from_python<std::vector<PanelSpec>>(given)));
      },
      nb::arg("view_id"), nb::arg("plots"), nb::arg("operators"), nb::arg("field_id"), nb::arg("geometry_id").none(),
      nb::arg("has_controls"), nb::arg("panels"), "Panels of a surface app.");
  m.def(
      "normalize_key", [](const std::string& text) { return normalize_key(text); }, nb::arg("text"),
      "The normal form of a key text; empty when it names no key.");
}

}  // namespace cnv::python
