// Where the viewer executable lies. Used by launches and by programs that ask; any thread.
#pragma once

#include <string>
#include <vector>

namespace cnv {

// Path of the viewer executable: `given`, the environment's COMPNEUROVIS_VIEWER, beside or near this library or
// program. Empty when there is none; `tried` lists the places.
std::string find_viewer(const std::string& given, std::vector<std::string>* tried = nullptr);
// As find_viewer; throws ViewerError that lists where it was looked for.
std::string require_viewer(const std::string& given);

}  // namespace cnv
