// The functions that Python records share with the viewer: selectors and panels.
#pragma once

#include <nanobind/nanobind.h>

#include <string>
#include <vector>

namespace cnv::python {

namespace nb = nanobind;

// A position, or an int64 array of positions.
nb::object resolve_selector(const std::string& field_id, const std::string& dim, nb::handle coord, nb::handle selector);

// The panels of `layout` derived or cleaned for views given as (key, id, class), and ids of controls and actions.
nb::object normalized_panels(nb::handle layout, nb::handle views, const std::vector<std::string>& controls,
                             const std::vector<std::string>& actions);

}  // namespace cnv::python
