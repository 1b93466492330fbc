#include "errors.hpp"
#include "register.hpp"

NB_MODULE(_core, m) {
  nanobind::set_leak_warnings(false);  // record classes are kept for the life of the process
  cnv::python::register_errors();
  cnv::python::register_records(m);
  cnv::python::register_session(m);
  cnv::python::register_run(m);
  cnv::python::register_worker(m);
  cnv::python::register_sampled(m);
  cnv::python::register_neuron(m);
  cnv::python::register_jaxley(m);
  cnv::python::register_swc(m);
  auto testing = m.def_submodule("testing", "The store, outbox and codec, for tests.");
  cnv::python::register_testing(testing);
}
