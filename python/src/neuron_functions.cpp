#include "neuron_functions.hpp"

#include "options.hpp"

namespace cnv::python {

void make_core(PyNeuronSession* memory, nb::handle session, nb::dict given) {
  const SampledOptions shared = sampled_options(given);
  NeuronOptions options{.max_samples = shared.max_samples,
                        .display_dt = shared.display_dt,
                        .history_capture_mode = shared.history_capture_mode,
                        .title = shared.title};
  read_option(given, "dt", options.dt);
  read_option(given, "v_init", options.v_init);
  read_option(given, "variable", options.variable);
  bool compartments = false;
  read_option(given, "compartments", compartments);
  if (compartments) options.detail = nrn::Detail::compartment;
  (new (memory) PyNeuronSession(std::move(options)))->bind(session);
}

nb::object python_geometry(nb::handle sections) {
  const auto morphology = nrn::build_morphology(take_sections(sections));
  return to_python(GeometryPtr(std::make_shared<const AnyGeometry>(morphology_geometry(morphology))));
}

}  // namespace cnv::python
