// Cells from SWC files: divided into sections as by NEURON's own importer (Import3d), or several trees at once. The
// owner thread of NEURON only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::io {
struct SwcBranch;
}  // namespace cnv::io

namespace cnv::nrn {

// Where readers put what is odd in a file, and how they take it: "<path>:<line>: …". Null: it is printed to stderr.
using SwcWarnings = std::vector<std::string>*;

// Reads a cell (how it is cut: cnv/io/swc_sections.hpp) into new sections soma[0], dend[3], axon[…], apic[…],
// dend_<type>[…], connected and with their 3-D points. Points are taken in the order of their ids; further trees hang
// on the first point, as in NEURON's importer, with a warning. Returns the new sections only, ordered by type. hoc sees
// them under these names, unless sections of such a name exist already: those stay as they are, and the new ones have
// the names without being known to hoc. Throws cnv::ValueError "<path>:<line>: <what is wrong>".
std::vector<Section> load_swc(const std::string& path, SwcWarnings warnings = nullptr);

// One cell of a file with several.
struct SwcTree {
  std::int64_t root_id = 0;       // of the point without parent
  std::vector<Section> sections;  // a parent before its children
};

// Reads a file with any number of trees, ids in any order, into new sections soma[0], dendrite[3], axon[…], apical[…],
// sec[…], with "<basename>_" in front unless that is empty; connected and with their 3-D points. How trees are cut:
// cnv/io/swc_branches.hpp. hoc does not see the names. One entry for each root, in the order of the file.
// Throws cnv::ValueError "<path>:<line>: <what is wrong>".
std::vector<SwcTree> load_swc_multi(const std::string& path, const std::string& basename = {},
                                    SwcWarnings warnings = nullptr);

// The two halves of load_swc_multi, for callers that make the sections: the second connects sections[i] and gives it
// the points of branches[i].
std::vector<io::SwcBranch> read_swc_branches(const std::string& path, const std::string& basename = {},
                                             SwcWarnings warnings = nullptr);
void shape_as_branches(std::span<const io::SwcBranch> branches, std::span<Section> sections);

}  // namespace cnv::nrn
