// Sections that are removed again when making them up fails halfway. Used inside this folder only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

class UnfinishedSections {
 public:
  UnfinishedSections() = default;
  ~UnfinishedSections() { delete_sections(sections_); }
  UnfinishedSections(const UnfinishedSections&) = delete;
  UnfinishedSections& operator=(const UnfinishedSections&) = delete;

  void create(const std::string& name) { sections_.push_back(create_section(name)); }
  std::vector<Section>& sections() { return sections_; }
  // From now on they stay.
  std::vector<Section> keep() { return std::exchange(sections_, {}); }

 private:
  std::vector<Section> sections_;
};

}  // namespace cnv::nrn
