// Gives sections 3-D points. Unlike the layout for display (layout.hpp) this changes the model: length and diameter of
// a section follow its 3-D points. The owner thread of NEURON only.
#pragma once

#include <array>
#include <span>

#include "cnv/backends/neuron/section.hpp"

namespace cnv::nrn {

// Hangs the root of one cell on a section of another, for position only. Ignored when `child` has a parent, or when one
// of the two is not laid out.
struct CellConnection {
  Section child;        // a root among the sections
  Section parent;       // where it hangs
  double parent_x = 0;  // 0…1 on the parent
};

// How lines are laid out.
struct LayoutOptions {
  std::array<double, 3> default_direction{0, 0, 1};  // of roots; (0, 0, 1) if it has no length
  double branch_angle_deg = 30;                      // between a branch and its parent's line
  double min_length_um = 1;                          // of a line
  double root_spacing_um = 100;                      // between neighbouring roots, along x
};

// Replaces the 3-D points of each section by two: a straight line of length max(L, min_length) and of the section's
// diameter. The k-th root starts at (k·root_spacing, 0, 0). A branch starts on its parent's line. A single branch at a
// free end goes straight on (backwards at the 0 end of a root); several at one place spread evenly on a cone of
// branch_angle, and so does a branch where straight on would lead into its parent or grandparent. Throws NeuronError
// for a deleted section, cnv::ValueError for an option that is not finite, for parent_x outside 0…1 and for connections
// that close a loop; then nothing is changed.
void generate_layout(std::span<const Section> sections, const LayoutOptions& options = {},
                     std::span<const CellConnection> cell_connections = {});

// NEURON's own layout (define_shape), for all sections without 3-D points. Throws NeuronError.
void define_shape_layout();

}  // namespace cnv::nrn
