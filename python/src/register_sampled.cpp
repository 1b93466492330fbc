#include "cnv/runtime/default_scene.hpp"
#include "options.hpp"
#include "register.hpp"

namespace cnv::python {
namespace {

nb::object python_default_scene(nb::dict given) {
  DefaultSceneParts parts;
  read_option(given, "geometry", parts.geometry);
  read_option(given, "display", parts.display);
  read_option(given, "history", parts.history);
  read_option(given, "color_map", parts.color_map);
  read_option(given, "color_limits", parts.color_limits);
  read_option(given, "color_norm", parts.color_norm);
  read_option(given, "trace", parts.trace);
  read_option(given, "trace_title", parts.trace_title);
  read_option(given, "trace_y_label", parts.trace_y_label);
  read_option(given, "trace_y_unit", parts.trace_y_unit);
  read_option(given, "controls", parts.controls);
  read_option(given, "actions", parts.actions);
  read_option(given, "control_order", parts.control_order);
  read_option(given, "action_order", parts.action_order);
  read_option(given, "title", parts.title);
  return to_python(default_scene(std::move(parts)));
}

}  // namespace

void register_sampled(nb::module_& m) {
  m.def("default_scene", &python_default_scene, nb::arg("parts"),
        "The scene of views 'morphology' and 'trace' from a dict of its parts.");
}

}  // namespace cnv::python
