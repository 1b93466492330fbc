// Sections with their shape, biophysics and point processes as a JSON file, and back. Global parameters, connections
// between cells (NetCon) and artificial cells are not part of the file. The owner thread of NEURON only.
//
// {"sections": {<name>: {"parent": <name or null>, "parent_x": <0…1 or null>, "geometry": [{"x", "y", "z", "diam"}]
// (µm),
//   "nseg", "Ra" (ohm cm), "cm": [per segment] (µF/cm²), "density_mechs": {<mechanism>: {<parameter>: [per segment]}},
//   "ions": {<ion>: {<variable>: [per segment]}},
//   "point_processes": [{"type", "section_loc": {"section", "loc"}, "parameters": {<name>: number}}]}}}
// Parameters stand without the suffix of their mechanism ("gnabar"); an array has a list where others have a number.
// Three keys appear only where the model cannot be told without them: "L" (µm) and "diam" [per segment] (µm) when
// "geometry" is empty, and "child_x": 1 for a section that is attached by its 1 end.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cnv/backends/neuron/point_process.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

// Writes the file, indented by 2. A section whose parent is not among the given ones becomes a root. Throws NeuronError
// that names the section for two sections of one name, and for values that are not finite; cnv::ValueError when the
// file cannot be written.
void export_json(const std::string& path, std::span<const Section> sections);

// What a file made.
struct ImportedModel {
  std::vector<Section> sections;              // named and ordered as in the file; hoc does not see the names
  std::vector<PointProcess> point_processes;  // in the order of the file; they leave the model with their last handle
};

// Makes new sections and point processes. Throws cnv::ValueError "<path>: <key>: <what is wrong>"; then nothing is
// made.
ImportedModel import_json(const std::string& path);

// The two halves of import_json, for callers that make the sections: the names, and then their contents into
// sections[i].
class ModelFile {
 public:
  // Reads and checks the file. Throws cnv::ValueError as import_json() does.
  explicit ModelFile(const std::string& path);
  ~ModelFile();
  ModelFile(ModelFile&&) noexcept;

  // Of its sections, in order.
  std::vector<std::string> names() const;
  // Fills sections[i], made for names()[i]. Returns the point processes. Throws cnv::ValueError.
  std::vector<PointProcess> build(std::span<Section> sections) const;

 private:
  struct Contents;
  std::unique_ptr<Contents> contents_;
};

}  // namespace cnv::nrn
