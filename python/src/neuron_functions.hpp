// What register_neuron.cpp binds besides members of PyNeuronSession.
#pragma once

#include "py_neuron_session.hpp"

namespace cnv::python {

// Placement-constructs the core of `session` from a dict of options.
void make_core(PyNeuronSession* memory, nb::handle session, nb::dict options);
// What the hook of this name gives when it is not overridden.
std::string default_text(PyNeuronSession& core, const std::string& hook);
nb::object default_build_scene(PyNeuronSession& core, nb::handle geometry, nb::handle display_values, double time_value);
nb::object stored_field(PyNeuronSession& core, const std::string& field_id);
nb::object python_default_scene(nb::dict parts);
nb::object python_geometry(nb::handle sections);

}  // namespace cnv::python
