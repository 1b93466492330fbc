// What a run finds on this machine: `compneurovis doctor` and every app's --doctor. Nothing is kept or changed.
#pragma once

#include <string>
#include <vector>

#include "cnv/base/findings.hpp"

namespace cnv {

// The machine, and what of the environment changes a run.
std::vector<Finding> examine_system();
// The viewer that a run would start (`given` as in find_viewer), and what it says of itself: started twice, without a
// window and with one.
std::vector<Finding> examine_viewer(const std::string& given);

}  // namespace cnv
