#include "neuron_functions.hpp"
#include "neuron_tools.hpp"
#include "register.hpp"
#include "register_sampled.hpp"

namespace cnv::python {

void register_neuron(nb::module_& m) {
  using Core = PyNeuronSession;
  bind_sampled<Core>(m, "NeuronCore", "The C++ part of a NeuronSession.")
      .def("__init__", &make_core, nb::arg("session"), nb::arg("options"))
      .def("prepare_display", &Core::prepare_display)
      .def("record", &Core::record, nb::arg("name"), nb::arg("ref"))
      .def("plot", &Core::plot, nb::arg("title"), nb::arg("labels"), nb::arg("refs"), nb::arg("unit"),
           nb::arg("y_label"), nb::arg("window_ms"))
      .def("record_many", &Core::record_many, nb::arg("names"), nb::arg("refs"))
      .def("recorded_values",
           [](Core& s) {
             nb::dict values;
             for (const auto& [name, value] : s.recorded_values()) values[name.c_str()] = value;
             return values;
           })
      .def_prop_ro("recorded_times",
                   [](Core& s) {
                     return numpy_copy(s.recorded_times(), {static_cast<std::int64_t>(s.recorded_times().size())});
                   })
      .def_prop_ro("recorded_names", &Core::recorded_names)
      .def_prop_ro("recorded_references", &Core::recorded_references)
      .def("forget_recorded", &Core::forget_recorded);
  m.def("neuron_geometry", &python_geometry, nb::arg("sections"),
        "The MorphologyGeometry of a list of NEURON sections.");
  register_neuron_tools(m);
}

}  // namespace cnv::python
