// Where the viewer executable lies. Used by launches and by programs that ask; any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace cnv {

// The viewer could not be started, or was lost twice.
struct ViewerError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Path of the viewer executable: `given`, the environment's COMPNEUROVIS_VIEWER, beside or near this library or
// program. Empty when there is none; `tried` lists the places.
std::string find_viewer(const std::string& given, std::vector<std::string>* tried = nullptr);
// As find_viewer; throws ViewerError that lists where it was looked for.
std::string require_viewer(const std::string& given);

}  // namespace cnv
