// Whether a window can be opened, found out before Qt tries: Qt would end the whole process.
#pragma once

#include <string>

namespace cnv::app {

// Empty, or why no window can be opened.
std::string display_problem();

}  // namespace cnv::app
