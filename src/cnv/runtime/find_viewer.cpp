#include "cnv/runtime/find_viewer.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

// Programs that CMake builds have it (cmake/viewer_place.cpp.in): where the viewer of these libraries lies.
extern "C" __attribute__((weak)) const char* compneurovis_viewer_place();

namespace cnv {
namespace {

namespace fs = std::filesystem;

void somewhere_in_this_library() {}

fs::path folder_of_this_library() {
  Dl_info info{};
  if (!::dladdr(reinterpret_cast<const void*>(&somewhere_in_this_library), &info) || !info.dli_fname) return {};
  std::error_code ignored;
  return fs::weakly_canonical(info.dli_fname, ignored).parent_path();
}

std::string install_advice() {
  return "Install it (pip install compneurovis-viewer==" CNV_VERSION
         "), build it (./run build in the sources), or name another one with --viewer or COMPNEUROVIS_VIEWER.";
}

}  // namespace

std::string find_viewer(const std::string& given, std::vector<std::string>* tried) {
  std::vector<fs::path> places;
  const char* named = std::getenv("COMPNEUROVIS_VIEWER");
  if (!given.empty()) places = {given};
  else if (named && *named) places = {named};
  else {
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    const fs::path library = folder_of_this_library();
    for (const auto& base : {library, program})
      for (const char* near : {"", "bin", "../compneurovis_viewer", "../bin", "../../bin", "../libexec/compneurovis"})
        places.push_back((base / near / "compneurovis-viewer").lexically_normal());
    if (compneurovis_viewer_place) places.emplace_back(compneurovis_viewer_place());
  }
  for (const auto& place : places) {
    std::error_code ignored;
    if (tried) tried->push_back(place.string());
    if (fs::is_regular_file(place, ignored)) return place.string();
  }
  return {};
}

std::string other_version_problem(std::string_view version, const std::string& path) {
  if (version == CNV_VERSION) return {};
  return "the viewer" + (path.empty() ? std::string() : " " + path) + " is of version " + std::string(version) +
         ", this program of version " CNV_VERSION ": both must be of one version. " + install_advice();
}

std::string require_viewer(const std::string& given) {
  std::vector<std::string> tried;
  const std::string path = find_viewer(given, &tried);
  if (!path.empty()) return path;
  if (given.empty() && tried.size() == 1)
    throw ViewerError("there is no viewer at " + tried.front() +
                      ", which COMPNEUROVIS_VIEWER names: unset it, or name "
                      "the executable compneurovis-viewer.");
  std::string text = "the viewer executable compneurovis-viewer was not found. Looked at:";
  for (const auto& place : tried) text += "\n  " + place;
  throw ViewerError(text + "\n" + install_advice());
}

}  // namespace cnv
