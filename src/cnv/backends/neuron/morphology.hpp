// The shape of NEURON sections as plain arrays: entities (what a script sees), compartments (NEURON's segments) and
// pieces (what is drawn). Made once by the session, on the owner thread of NEURON; the result is plain data.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

enum class Detail {
  points,       // one entity for each pair of neighbouring 3-D points
  compartment,  // one entity for each compartment
};

// A truncated cone, µm: an entity cut at the borders of compartments. Pieces run away from the root.
struct Piece {
  std::array<double, 3> start{}, end{};
  double start_radius = 0, end_radius = 0;
  double length = 0;  // along the path, as NEURON counts it; differs from the distance of the ends by float32 rounding
  std::int32_t entity = 0;
  std::int32_t compartment = 0;
  std::int32_t section = 0;  // index into the sections given
  std::int32_t parent = -1;  // piece that this one continues or leaves, or -1
};

struct Morphology {
  // One row per entity, in the order of the sections and of the points within each.
  std::vector<float> positions;     // (n, 3) µm: middles
  std::vector<float> orientations;  // (n, 3, 3) rotations that turn +z into the axis, from point to point
  std::vector<float> radii;         // (n,) µm
  std::vector<float> lengths;       // (n,) µm, may be 0
  std::vector<float> xlocs;         // (n,) 0…1
  std::vector<std::string> entity_ids;     // (n,) "dend[3]@0.12500"; repeats carry "#2", "#3", …
  std::vector<std::string> section_names;  // (n,)
  std::vector<Segment> entity_places;      // (n,) where to sample
  std::vector<std::int32_t> entity_compartments;  // (n,) compartment that contains the place

  // One row per compartment, in the order of the sections.
  std::vector<Segment> compartment_places;  // (m,) centres

  std::vector<Piece> pieces;

  std::size_t entity_count() const { return entity_ids.size(); }
  std::size_t compartment_count() const { return compartment_places.size(); }
};

// Sections without 3-D points get a computed place (see layout.hpp); the model is not changed.
// Throws cnv::ValueError when `sections` is empty, NeuronError when one of them was deleted.
Morphology build_morphology(std::span<const Section> sections, Detail detail = Detail::points);

// Row-major rotation that turns +z into `axis` (a unit vector) the shortest way; around x for -z.
std::array<double, 9> rotation_from_z(const std::array<double, 3>& axis);

// Lateral area of a piece, µm².
double lateral_area(const Piece& piece);

}  // namespace cnv::nrn
