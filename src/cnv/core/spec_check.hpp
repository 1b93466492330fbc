// What a spec says that cannot be, checked where a scene is accepted and where one of its specs is changed. Each text
// names the id and both values; it is empty when all is well.
#pragma once

#include <string>

#include "cnv/core/specs.hpp"

namespace cnv {

// Range and scale, options, start value and widget agree.
std::string problem_of(const ControlSpec& control);
// Ranges that have no inside, widths and distances that are none.
std::string problem_of(const ViewSpec& view);
// Controls of one state start with the same value.
std::string problem_of_shared_states(const OrderedMap<ControlSpec>& controls);

}  // namespace cnv
