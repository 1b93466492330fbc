// The shape of NEURON sections as plain arrays: entities (what a script sees), compartments (NEURON's segments) and
// pieces (what is drawn). Made once by the session, on the owner thread of NEURON; the result is plain data.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cnv/backends/neuron/section.hpp"
#include "cnv/backends/shape/entities.hpp"

namespace cnv::nrn {

// What an entity, the thing that a click names, is.
enum class Detail {
  // One entity for each pair of neighbouring 3-D points, and for each compartment that holds the middle of no pair; in
  // a section with fewer pairs than compartments (or no points) one for each compartment.
  points,
  compartment,  // one for each compartment
};

using shape::lateral_area;
using shape::Piece;
using shape::rotation_from_z;

// Entities in the order of the sections and of their places within each; those of points run from point to point. A
// piece and its entity lie in one compartment.
struct Morphology : shape::Entities {
  std::vector<Segment> entity_places;             // (n,) where to sample
  std::vector<std::int32_t> entity_compartments;  // (n,) compartment that contains the place

  // One row per compartment, in the order of the sections.
  std::vector<Segment> compartment_places;  // (m,) centres

  std::vector<Piece> pieces;  // what is drawn

  // Number of compartments.
  std::size_t compartment_count() const { return compartment_places.size(); }
};

// Sections without 3-D points get a computed place (see layout.hpp); the model is not changed.
// Throws cnv::ValueError when `sections` is empty, NeuronError when one of them was deleted.
Morphology build_morphology(std::span<const Section> sections, Detail detail = Detail::points);

}  // namespace cnv::nrn
