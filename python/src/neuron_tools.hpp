// Binds the tools for NEURON models: SWC files, layouts, section files. Used by register_neuron.cpp.
#pragma once

#include <nanobind/nanobind.h>

namespace cnv::python {

void register_neuron_tools(nanobind::module_& m);

}  // namespace cnv::python
