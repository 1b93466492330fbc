// One function per topic adds its names to the module.
#pragma once

#include <nanobind/nanobind.h>

namespace cnv::python {

void register_records(nanobind::module_& m);
void register_session(nanobind::module_& m);
void register_run(nanobind::module_& m);
void register_worker(nanobind::module_& m);
void register_sampled(nanobind::module_& m);
void register_neuron(nanobind::module_& m);
void register_jaxley(nanobind::module_& m);
void register_swc(nanobind::module_& m);
void register_testing(nanobind::module_& m);

}  // namespace cnv::python
