// What register_neuron.cpp binds besides members of PyNeuronSession.
#pragma once

#include "py_neuron_session.hpp"

namespace cnv::python {

// Placement-constructs the core of `session` from a dict of options.
void make_core(PyNeuronSession* memory, nb::handle session, nb::dict options);
nb::object python_geometry(nb::handle sections);

}  // namespace cnv::python
