// Options by name from a Python dict. Used where a Python object is made into a C++ one; call with the GIL held.
#pragma once

#include "convert.hpp"

namespace cnv::python {

// The value of that name as T, if it is there. Throws TypeError with the name in front.
template <class T>
void read_option(nb::dict from, const char* name, T& out) {
  if (!from.contains(name)) return;
  try {
    from_python(from[name], out);
  } catch (const TypeError&) {
    rethrow_at(name);
  }
}

}  // namespace cnv::python
