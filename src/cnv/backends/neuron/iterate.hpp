// From NEURON's lists of sections to vectors. Used inside this folder only.
#pragma once

#include <vector>

#include "cnv/backends/neuron/api.hpp"
#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

inline std::vector<Section> sections_of(raw::Item* list) {
  const Api& nrn = api();
  std::vector<Section> out;
  raw::SectionIterator* iterator = nrn.sectionlist_iterator_new(list);
  while (!nrn.sectionlist_iterator_done(iterator)) {
    if (raw::Section* section = nrn.sectionlist_iterator_next(iterator)) out.emplace_back(section);
  }
  nrn.sectionlist_iterator_free(iterator);
  return out;
}

}  // namespace cnv::nrn
