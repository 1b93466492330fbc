// Where sections are drawn. Those without 3-D points get a computed place next to their neighbours, for display only:
// the model is not changed. Used by morphology.cpp. The owner thread of NEURON only.
#pragma once

#include <span>
#include <vector>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

struct DisplayPath {
  std::vector<Point3d> points;  // at least 2, from the end at the parent outwards
  bool computed = false;        // false: the section's own 3-D points
};

// How a section hangs among the given ones. `parent` is an index, -1 for a root or when the parent is not given.
struct Attachment {
  int parent = -1;
  double parent_x = 0;
  bool reversed = false;  // attached by x = 1

  // NEURON counts 3-D points from the end at the parent, also when that is x = 1.
  double fraction_of_path(double x) const { return reversed ? 1 - x : x; }
};
std::vector<Attachment> attachments(std::span<const Section> sections);

// One path per section. Computed paths are straight, as long as the section and as wide as its middle; a branch
// continues its parent, or leaves it at an angle where it would lie inside it or beside a sibling. Trees without any
// 3-D point stand beside each other in the xy plane, away from what has points, and grow along z.
std::vector<DisplayPath> display_paths(std::span<const Section> sections, std::span<const Attachment> attached);

}  // namespace cnv::nrn
