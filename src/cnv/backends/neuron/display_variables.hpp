// The range variables that can colour a cell, with unit and colour limits. Used by NeuronSession. The owner thread of
// NEURON only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cnv/backends/neuron/section.hpp"
#include "cnv/core/display_variable.hpp"

namespace cnv::nrn {

// v first, then those of each mechanism that any of the sections has, grouped by mechanism. Arrays and NEURON's own
// helpers (names that end in "_") are left out.
std::vector<DisplayVariable> display_variables(std::span<const Section> sections);

// Which of the places have each of them: those in sections with its mechanism.
void tell_places(std::vector<DisplayVariable>& variables, std::span<const Segment> places);

// One by name: limits −80 … 50 mV for v, 0 … 1 for states without a unit (gates), none for others. An unknown name has
// neither unit nor limits.
DisplayVariable display_variable(const std::string& name);

// A unit of NEURON as it is printed: "mA/cm2" → "mA/cm²", "um" → "µm", "MOhm" → "MΩ".
std::string printed_unit(const std::string& unit);

}  // namespace cnv::nrn
