#include <algorithm>
#include <array>
#include <string_view>

#include "cnv/transport/pipe/spawn.hpp"

extern char** environ;

namespace cnv::transport {
namespace {

constexpr std::array<std::string_view, 5> qt_paths{"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR",
                                                   "QML_IMPORT_PATH", "QML2_IMPORT_PATH"};

bool names(const std::string& entry, std::string_view name) {
  return entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name);
}

bool of_a_python_package(std::string_view folder) {
  return folder.find("site-packages") != folder.npos || folder.find("dist-packages") != folder.npos;
}

// An empty entry means the working folder to the loader; the viewer has no use for that either.
std::string without_python_folders(std::string_view list) {
  std::string kept;
  while (true) {
    const auto colon = std::min(list.find(':'), list.size());
    const auto folder = list.substr(0, colon);
    if (!folder.empty() && !of_a_python_package(folder)) kept.append(kept.empty() ? "" : ":").append(folder);
    if (colon == list.size()) return kept;
    list.remove_prefix(colon + 1);
  }
}

}  // namespace

std::vector<std::string> current_environment() {
  std::vector<std::string> out;
  for (char** entry = environ; entry && *entry; ++entry) out.emplace_back(*entry);
  return out;
}

std::vector<std::string> without_variable(std::vector<std::string> environment, const std::string& name) {
  std::erase_if(environment, [&](const std::string& entry) { return names(entry, name); });
  return environment;
}

std::vector<std::string> with_variable(std::vector<std::string> environment, const std::string& name,
                                       const std::string& value) {
  environment = without_variable(std::move(environment), name);
  environment.push_back(name + "=" + value);
  return environment;
}

std::vector<std::string> viewer_environment(const std::vector<std::string>& environment) {
  constexpr std::string_view libraries = "LD_LIBRARY_PATH";
  std::vector<std::string> out;
  for (const auto& entry : environment) {
    if (std::any_of(qt_paths.begin(), qt_paths.end(), [&](auto name) { return names(entry, name); })) continue;
    if (!names(entry, libraries)) {
      out.push_back(entry);
      continue;
    }
    const std::string kept = without_python_folders(std::string_view(entry).substr(libraries.size() + 1));
    if (!kept.empty()) out.push_back(std::string(libraries) + "=" + kept);
  }
  return out;
}

}  // namespace cnv::transport
