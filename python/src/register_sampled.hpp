// What the cores of all simulators' sessions offer to their Python classes. Used by register_<simulator>.cpp.
#pragma once

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "convert.hpp"
#include "py_sampled_session.hpp"

namespace cnv::python {

template <class Core>
nb::class_<Core, Session> bind_sampled(nb::module_& m, const char* name, const char* doc) {
  return nb::class_<Core, Session>(m, name, doc)
      .def_prop_rw(
          "dt", [](Core& s) { return s.options.dt; }, &Core::set_dt_ms)
      .def_prop_rw(
          "v_init", [](Core& s) { return s.options.v_init; }, &Core::set_v_init_mV)
      .def_prop_rw(
          "max_samples", [](Core& s) { return s.options.max_samples; },
          [](Core& s, std::int64_t v) { s.options.max_samples = v; })
      .def_prop_rw(
          "display_dt", [](Core& s) { return s.options.display_dt; },
          [](Core& s, std::optional<double> v) { s.options.display_dt = v; }, nb::for_setter(nb::arg().none()))
      .def_prop_rw(
          "full_history", [](Core& s) { return s.options.history_capture_mode == HistoryCaptureMode::full; },
          [](Core& s, bool full) {
            s.options.history_capture_mode = full ? HistoryCaptureMode::full : HistoryCaptureMode::on_demand;
          })
      .def_prop_rw(
          "title", [](Core& s) { return s.options.title; }, [](Core& s, const std::string& v) { s.options.title = v; })
      .def_prop_rw("geometry", &Core::geometry_object, &Core::set_geometry, nb::for_setter(nb::arg().none()))
      .def("initialize", [](Core& s) { return to_python(s.initialize()); })
      .def("advance", &Core::advance)
      .def("handle", [](Core& s, nb::handle command) { s.handle(from_python<Command>(command)); })
      .def("read_updates", [](Core& s) { return to_python(s.read_updates()); })
      .def("shutdown", &Core::shutdown)
      .def("steps_per_update", &Core::default_steps_per_update)
      .def("default_text", &Core::default_text, nb::arg("hook"))
      .def("default_limits", [](Core& s) { return to_python(s.default_color_limits()); })
      .def("build_scene", &Core::default_scene_of, nb::arg("geometry"), nb::arg("display_values"),
           nb::arg("time_value"))
      .def("read_display_values", &Core::read_display_values)
      .def("emit_samples", &Core::emit_samples, nb::arg("times"), nb::arg("samples"))
      .def("control_target", &Core::control_target, nb::arg("control_id"))
      .def("dispatch_action", [](Core& s, const std::string& id,
                                 nb::handle payload) { return s.dispatch_action(id, from_python<Dict>(payload)); })
      .def("capture_trace", [](Core& s, const std::string& id) { return s.capture_trace(id); })
      .def("captured_entities", &Core::captured_entities)
      .def("resolved_action_specs", [](Core& s) { return to_python(s.resolved_action_specs()); })
      .def_prop_ro("field_max_samples", &Core::field_max_samples)
      .def_prop_ro("display_variables",
                   [](const Core& s) {
                     nb::list names;
                     for (const auto& variable : s.offered_display_variables()) names.append(variable.name);
                     return names;
                   })
      .def(
          "display_variable", [](const Core& s, const std::string& key) { return s.display_variable(key); },
          nb::arg("key"))
      .def(
          "set_display_variable",
          [](Core& s, const std::string& variable, const std::string& key) {
            return s.set_display_variable(variable, key);
          },
          nb::arg("name"), nb::arg("key"))
      .def("plot_variables", [](Core& s, const std::vector<std::string>& names) { s.plot_variables(names); })
      .def_prop_ro("plotted_variables", &Core::plotted_variables)
      .def("field", &Core::field_object, nb::arg("field_id"), "A snapshot of a field of the present scene, or None.")
      .def("ui_state", [](Core& s) { return to_python(s.ui_state()); })
      .def(
          "set_ui_state",
          [](Core& s, const std::string& key, nb::handle value) { s.ui_state().set(key, from_python<Value>(value)); },
          nb::arg("key"), nb::arg("value").none())
      .def("drop_ui_state", [](Core& s, const std::string& key) { return s.ui_state().erase(key); })
      .def("set_unhandled", [](Core& s) { s.set_unhandled(); });
}

}  // namespace cnv::python
