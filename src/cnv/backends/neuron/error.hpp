// NeuronError: what NEURON, or a check in front of it, refused. Thrown by everything in cnv::nrn.
#pragma once

#include <stdexcept>

namespace cnv::nrn {

struct NeuronError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace cnv::nrn
