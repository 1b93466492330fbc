// Cells from SWC files: divided into sections as by NEURON's own importer (Import3d), or several trees at once. The
// owner thread of NEURON only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::io {
struct SwcBranch;
struct SwcNode;
}  // namespace cnv::io

namespace cnv::nrn {

// Reads a file with one tree and ascending ids (how it is cut: cnv/io/swc_sections.hpp) into new sections soma[0],
// dend[3], axon[…], apic[…], dend_<type>[…], connected and with their 3-D points. Returns the new sections only,
// ordered by type. hoc sees them under these names, unless sections of such a name exist already: those stay as they
// are, and the new ones have the names without being known to hoc. Throws cnv::ValueError "<path>:<line>: <what is
// wrong>".
std::vector<Section> load_swc(const std::string& path);

// The points of a file that load_swc can read: columns, numbers, ids, parents and the one root are checked. Throws
// cnv::ValueError.
std::vector<io::SwcNode> read_checked_swc(const std::string& path);

// One cell of a file with several.
struct SwcTree {
  std::int64_t root_id = 0;       // of the point without parent
  std::vector<Section> sections;  // a parent before its children
};

// Reads a file with any number of trees, ids in any order, into new sections soma[0], dendrite[3], axon[…], apical[…],
// sec[…], with "<basename>_" in front unless that is empty; connected and with their 3-D points. How trees are cut:
// cnv/io/swc_branches.hpp. hoc does not see the names. One entry for each root, in the order of the file.
// Throws cnv::ValueError "<path>:<line>: <what is wrong>".
std::vector<SwcTree> load_swc_multi(const std::string& path, const std::string& basename = {});

// The two halves of load_swc_multi, for callers that make the sections: the second connects sections[i] and gives it
// the points of branches[i].
std::vector<io::SwcBranch> read_swc_branches(const std::string& path, const std::string& basename = {});
void shape_as_branches(std::span<const io::SwcBranch> branches, std::span<Section> sections);

}  // namespace cnv::nrn
