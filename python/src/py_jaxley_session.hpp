// PyJaxleySession: the C++ core of the Python class JaxleySession. JAX is driven through one Python object, the runner;
// it is called once per block of steps. Everything is called with the GIL held, on the host's thread.
#pragma once

#include "cnv/backends/jaxley/jaxley_session.hpp"
#include "py_sampled_session.hpp"

namespace cnv::python {

class PyJaxleySession final : public PySampledSession<JaxleySession> {
 public:
  using PySampledSession::PySampledSession;

  // What can colour the cell: names, units, groups; as the runner tells.
  std::vector<DisplayVariable> display_variables() override;
  // The runner, or None.
  nb::object runner_object();
  void shutdown() override;

 protected:
  Model build_model() override;

 private:
  nb::object runner_object_;
};

}  // namespace cnv::python
