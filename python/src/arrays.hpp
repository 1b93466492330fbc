// numpy arrays and cnv::Array. To C++ always by a copy: values are what they are at that moment. To Python without one:
// a read-only view that keeps the Array's memory alive. Call with the GIL held.
#pragma once

#include <nanobind/nanobind.h>

#include <span>

#include "cnv/core/array.hpp"

namespace cnv::python {

namespace nb = nanobind;

// Anything that numpy.asarray takes. Throws TypeError for element types that are not in dtype.hpp.
Array array_from_python(nb::handle object);
nb::object array_to_python(const Array& array);

// New writable numpy arrays.
nb::object numpy_copy(std::span<const float> values, const Shape& shape);
nb::object numpy_copy(std::span<const double> values, const Shape& shape);

}  // namespace cnv::python
