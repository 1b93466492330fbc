// How the sections and objects of a Python program reach C++: through functions that NEURON's interpreter calls.
// Used by the Python binding. The owner thread of NEURON only.
#pragma once

#include <vector>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

// Makes two functions known to NEURON; may be called again. Python then calls
//   h.cnv_take_sections(h.SectionList(sections))   and   h.cnv_take_object(ptr_vector)
void register_receivers();

// The sections of the last cnv_take_sections, in their order, equal names kept; then forgets them.
std::vector<Section> take_sections();
// The object of the last cnv_take_object; then forgets it. Empty when there was none.
ObjectRef take_object();

}  // namespace cnv::nrn
