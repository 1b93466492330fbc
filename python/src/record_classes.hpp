// The Python classes of the records, looked up once by name. Used by the converter; call with the GIL held.
#pragma once

#include <nanobind/nanobind.h>

#include <string_view>

#include "cnv/core/record.hpp"
#include "cnv/protocol/message_tables.hpp"

namespace cnv::python {

namespace nb = nanobind;

// Attribute of the module compneurovis.<module>, kept for the life of the process.
nb::handle lookup(const char* module, const char* name);

template <Record T>
nb::handle record_class() {
  static const nb::handle found = lookup("compneurovis._records", std::string(Table<T>::name).c_str());
  return found;
}
nb::handle binding_class();    // StateBinding
nb::handle reference_class();  // AttributeRef

inline bool is_instance(nb::handle object, nb::handle type) {
  return Py_TYPE(object.ptr()) == reinterpret_cast<PyTypeObject*>(type.ptr()) ||
         PyObject_IsInstance(object.ptr(), type.ptr()) == 1;
}

// Interned text for attribute look-ups.
template <class T>
nb::handle attribute_name(std::size_t row) {
  static const auto names = [] {
    std::array<PyObject*, row_count<T>> made{};
    std::size_t i = 0;
    for_each_row<T>([&](const auto& r) { made[i++] = PyUnicode_InternFromString(std::string(r.name).c_str()); });
    return made;
  }();
  return names[row];
}

}  // namespace cnv::python
