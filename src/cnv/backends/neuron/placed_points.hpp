// Which point processes stand on sections. NEURON offers the list to hoc only, hence the small hoc helper. Used by
// section_json and missing_value.
#pragma once

#include <string>
#include <vector>

#include "cnv/backends/neuron/call.hpp"

namespace cnv::nrn {

struct PlacedPoint {
  ObjectRef object;
  raw::Section* section = nullptr;
  double x = 0;
};

// All of a class that have a place, in order of creation. `type` must be a point process. Throws NeuronError.
std::vector<PlacedPoint> placed_points(const std::string& type);

}  // namespace cnv::nrn
