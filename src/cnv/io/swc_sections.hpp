// A traced cell cut into sections the way NEURON's Import3d does. Plain data, no simulator; any thread.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "cnv/io/swc.hpp"

namespace cnv::io {

struct SwcSection {
  struct Point {
    std::array<double, 3> position{};  // µm
    double diam = 0;                   // µm
  };
  int type = 0;
  int parent = -1;      // index of the section that this one's start hangs on, always smaller; -1: the root
  double parent_x = 1;  // where on it: 0, 0.5 or 1
  std::vector<Point> points;
  // The first point is only the place on the parent from which a wire without membrane leads to the second.
  bool starts_with_wire = false;
};

// Cuts points whose parents come before their children (anything else gives sections without meaning, but no error).
// The rules, by which it agrees with Import3d of NEURON 9 (Import3d_SWC_read):
// - A section is a run of points that follow each other in the file, each the parent of the next; it ends where its
// last
//   point has no child, several, one elsewhere in the file, or one of another type. A soma goes on through points where
//   only neurites leave it.
// - Each section but the root begins with a copy of the point that it hangs on; where it leaves a soma, with its own
// first
//   diameter.
// - The root, if it is a single point, is a sphere; neurites hang on its middle (0.5) by a wire. So they do on an inner
//   point of a soma, and on a point where a soma itself branches.
// - A soma of three points, the second and third one radius from the first on either side and of its diameter, is a
// sphere.
// - What hangs on the root's first point hangs on 0; what branches at the first point of a neurite on a soma hangs on
// that
//   neurite's 0.
// - A further root hangs on the first section, from its first point: on 0.5 of a soma, by a wire if it is a neurite.
// A root of one point keeps that one point.
std::vector<SwcSection> swc_sections(std::span<const SwcNode> nodes);

}  // namespace cnv::io
