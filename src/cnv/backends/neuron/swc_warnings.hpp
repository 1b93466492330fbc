// What readers of SWC files say of them. Used by swc and swc_multi.
#pragma once

#include "cnv/backends/neuron/swc.hpp"

namespace cnv::nrn {

// To the caller's list, or to stderr.
void tell(const std::vector<std::string>& found, SwcWarnings warnings);

}  // namespace cnv::nrn
