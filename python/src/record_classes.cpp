#include "record_classes.hpp"

namespace cnv::python {

nb::handle lookup(const char* module, const char* name) { return nb::module_::import_(module).attr(name).inc_ref(); }

nb::handle binding_class() {
  static const nb::handle found = lookup("compneurovis._methods.bindings", "StateBinding");
  return found;
}
nb::handle reference_class() {
  static const nb::handle found = lookup("compneurovis._methods.bindings", "AttributeRef");
  return found;
}

}  // namespace cnv::python
