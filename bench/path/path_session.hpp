// The session of the whole-path benchmarks: one of their models, every step displayed.
#pragma once

#include <cnv/neuron.hpp>

#include "models.hpp"

namespace cnv::bench {

// Never destroyed: NEURON's own data may be gone before the statics of a program.
inline Model& model = *new Model;

struct PathSession : NeuronSession {
  PathSession()
      : NeuronSession(
            {.dt = model.dt_ms, .display_dt = model.dt_ms, .title = model.title, .detail = nrn::Detail::compartment}) {}
  std::vector<nrn::Section> build_sections() override { return model.sections; }

 protected:
  bool owns_sections() const override { return false; }
};

}  // namespace cnv::bench
