// Elements of range variables that are arrays (xraxial[1]), which only NEURON's interpreter reaches. Used by
// section_json.
#pragma once

#include <string>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

// The section must have the variable. Throw NeuronError.
double get_element(const Segment& where, const std::string& variable, int index);
void set_element(const Segment& where, const std::string& variable, int index, double value);

}  // namespace cnv::nrn
