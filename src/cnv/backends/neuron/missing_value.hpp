// Why values of a model may be missing (NaN): what a person would look at first, in words. Used by the session when it
// happens. The owner thread of NEURON only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

// The first cause found: a deleted section, a variable that is not there or switched off, geometry without extent, a
// parameter that is not a number. `place` is where the value is missing; as one cell without
// a number spoils its neighbours within a step, then `sections` are searched too. Empty: none of these.
std::string cause_of_missing(std::span<const Section> sections, const Segment& place, const std::string& variable);

// The POINTERs of density mechanisms that are not set, as "dend(0.5): vpre_gap"; at most a few. (NEURON's C interface
// does not tell where those of point processes lead.)
std::vector<std::string> unset_pointers(std::span<const Section> sections);

}  // namespace cnv::nrn
