// Where the viewer executable lies. Used by launches and by programs that ask; any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cnv {

// How the viewer names itself in its first message, before its version.
inline constexpr std::string_view viewer_name = "compneurovis-viewer ";

// The viewer could not be started, or was lost twice.
struct ViewerError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Path of the viewer executable: `given`, the environment's COMPNEUROVIS_VIEWER, beside or near this library or
// program, also in the Python package compneurovis_viewer beside it. Empty when there is none; `tried` lists the
// places.
std::string find_viewer(const std::string& given, std::vector<std::string>* tried = nullptr);
// What is wrong with a viewer of this version, and what helps; empty: it is the one that belongs to this library.
std::string other_version_problem(std::string_view version, const std::string& path);
// As find_viewer; throws ViewerError that lists where it was looked for.
std::string require_viewer(const std::string& given);

}  // namespace cnv
