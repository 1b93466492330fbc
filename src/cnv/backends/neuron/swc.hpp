// Cells from SWC files, as NEURON's own importer (Import3d) divides them into sections. The owner thread of NEURON only.
#pragma once

#include <string>
#include <vector>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

// Reads a file with one tree into new sections soma[0], dend[3], axon[…], apic[…], dend_<type>[…], connected and with
// their 3-D points. Returns the new sections only, ordered by type. hoc sees them under these names, unless sections of
// such a name exist already: those stay as they are, and the new ones have the names without being known to hoc.
// Throws NeuronError "<path>:<line>: <what is wrong>".
std::vector<Section> load_swc(const std::string& path);

// The checks of load_swc alone: columns, numbers, ids, parents, one root. Throws NeuronError.
void check_swc(const std::string& path);

}  // namespace cnv::nrn
