// The models of the whole-path benchmark, built in NEURON: the same work for the bare loop and for the hosted session.
#pragma once

#include <string>
#include <vector>

#include "cnv/backends/neuron/point_process.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::bench {

struct Model {
  std::vector<nrn::Section> sections;
  std::vector<nrn::PointProcess> processes;
  std::vector<nrn::NetCon> connections;
  double dt_ms = 0.1;
  std::string title;
};

// "net103": three cells in a ring of synapses, 103 segments, hh. "passive10k": a tree of 10,000 passive segments.
// "hh1k", "hh10k": trees with hh. "large": the reconstruction of 25,709 sections with 257,054 segments, hh.
Model build_model(const std::string& name, const std::string& data_folder);

}  // namespace cnv::bench
