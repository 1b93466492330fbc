// Lists of texts as values. Any thread.
#pragma once

#include <string>
#include <vector>

#include "cnv/core/value.hpp"

namespace cnv {

// Those in a list or in an array of texts; what is no text is left out.
std::vector<std::string> texts_of(const Value& value);

}  // namespace cnv
