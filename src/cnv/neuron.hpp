// Everything a NEURON app in C++ needs: #include <cnv/neuron.hpp>, link compneurovis::neuron.
#pragma once

#include "cnv/backends/neuron/generate_layout.hpp"
#include "cnv/backends/neuron/library.hpp"
#include "cnv/backends/neuron/neuron_session.hpp"
#include "cnv/backends/neuron/section_json.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "cnv/backends/neuron/swc.hpp"
#include "cnv/builders/apps.hpp"
#include "cnv/runtime/launch.hpp"

namespace cnv {

// An app that runs one session of this class, which is made inside run_app(). Title: of the window; empty: the
// session's.
template <class S>
  requires std::is_base_of_v<NeuronSession, S>
AppSpec build_neuron_app(std::string title = {}, std::shared_ptr<InteractionTarget> target = {}) {
  AppSpec app = build_session_app<S>(std::move(title), std::move(target));
  app.examine = nrn::examine;
  return app;
}

}  // namespace cnv
