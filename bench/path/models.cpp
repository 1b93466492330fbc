#include "models.hpp"

#include <algorithm>
#include <regex>
#include <stdexcept>

#include "cnv/backends/neuron/simulation.hpp"
#include "cnv/backends/neuron/swc.hpp"

namespace cnv::bench {
namespace {

void pulse(Model& model, nrn::Section& where, double amp_nA) {
  model.processes.push_back(nrn::IClamp(where(0.5), {.delay_ms = 1, .dur_ms = 1e9, .amp_nA = amp_nA}));
}

constexpr int segments_per_section = 10;

// A binary tree.
void add_tree(Model& model, int sections, const std::string& mechanism) {
  const std::size_t first = model.sections.size();
  for (int i = 0; i < sections; ++i) {
    auto section = nrn::create_section("tree" + std::to_string(first) + "_" + std::to_string(i));
    section.set_length_um(i ? 100 : 20);
    section.set_nseg(segments_per_section);
    section.set("diam", i ? 1.5 : 20);
    if (i) section.connect(model.sections[first + static_cast<std::size_t>((i - 1) / 2)](1));
    section.insert(mechanism);
    model.sections.push_back(section);
  }
}

Model ring_of_three() {
  Model model{.title = "Three cells, 103 segments"};
  std::vector<std::size_t> somas;
  for (int cell = 0; cell < 3; ++cell) {
    somas.push_back(model.sections.size());
    for (int i = 0; i < 4; ++i) {
      auto section = nrn::create_section("cell" + std::to_string(cell) + "_" + std::to_string(i));
      section.set_length_um(i ? 150 : 20);
      section.set("diam", i ? 2 : 20);
      section.set_nseg(i ? 11 : (cell == 0 ? 2 : 1));
      if (i) section.connect(model.sections[somas.back()](i == 1 ? 0 : 1));
      section.insert("hh");
      model.sections.push_back(section);
    }
  }
  for (std::size_t cell = 0; cell < 3; ++cell) {
    auto& target = model.sections[somas[(cell + 1) % 3]];
    nrn::PointProcess synapse("ExpSyn", target(0.5));
    model.connections.emplace_back(model.sections[somas[cell]](0.5), synapse,
                                   nrn::NetConOptions{.threshold_mV = 0, .delay_ms = 5, .weight = 0.02});
    model.processes.push_back(synapse);
  }
  pulse(model, model.sections[somas[0]], 0.5);
  return model;
}

Model large(const std::string& data) {
  Model model{.title = "Granule cell, 257,054 segments"};
  model.sections = nrn::load_swc(data + "/Animal_2_Basal_2.CNG.swc");
  for (auto& section : model.sections) {
    if (section.name().rfind("soma", 0) != 0) section.set_nseg(10);
    section.insert("hh");
  }
  pulse(model, model.sections[0], 5);
  return model;
}

}  // namespace

Model build_model(const std::string& name, const std::string& data) {
  if (name == "net103") return ring_of_three();
  if (name == "large") return large(data);
  static const std::regex tree("(hh|passive)([0-9]+)(k?)");
  std::smatch parts;
  if (!std::regex_match(name, parts, tree)) throw std::invalid_argument("unknown model '" + name + "'");
  Model model{.title = name};
  const int segments = std::stoi(parts[2]) * (parts[3].length() ? 1000 : 1);
  add_tree(model, std::max(1, segments / segments_per_section), parts[1] == "hh" ? "hh" : "pas");
  model.dt_ms = 0.025;
  pulse(model, model.sections[0], 2);
  return model;
}

}  // namespace cnv::bench
