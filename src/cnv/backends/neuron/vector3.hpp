// The operations on 3-D vectors under the names that the files of this folder use.
#pragma once

#include "cnv/backends/shape/vector3.hpp"

namespace cnv::nrn {

using namespace shape;

}  // namespace cnv::nrn
