#include "cnv/backends/neuron/library.hpp"

#include <dlfcn.h>
#include <link.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <system_error>
#include <vector>

#include "cnv/backends/neuron/error.hpp"

namespace cnv::nrn {
namespace fs = std::filesystem;
namespace {

constexpr const char* library_file = "libnrniv.so";
constexpr const char* install_advice =
    "Install NEURON with: pip install 'neuron>=9', and start the program inside that environment, or set "
    "CNV_NEURON_LIBRARY to the path of libnrniv.so.";

int visit_library(dl_phdr_info* info, std::size_t, void* visitor) {
  const auto& visit = *static_cast<std::function<bool(const char*)>*>(visitor);
  return info->dlpi_name && visit(info->dlpi_name) ? 1 : 0;
}

void for_each_library(std::function<bool(const char*)> visit) { dl_iterate_phdr(visit_library, &visit); }

// The library in `place`: a file, or a folder in which it lies as in the neuron package. Empty if there is none.
std::string library_at(const fs::path& place) {
  std::error_code ignored;
  if (fs::is_regular_file(place, ignored)) return place.string();
  for (const char* folder : {"", "lib", ".data/lib", "lib64", "x86_64/lib", "aarch64/lib"}) {
    const fs::path candidate = place / folder / library_file;
    if (fs::is_regular_file(candidate, ignored)) return candidate.string();
  }
  return {};
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// Folder of the neuron package that this Python would import (without importing it), or empty.
std::string package_folder(const std::string& python) {
  const std::string command = quoted(python) +
                              " -c \"import importlib.util,os;s=importlib.util.find_spec('neuron');"
                              "print(os.path.dirname(s.origin) if s and s.origin else '')\" 2>/dev/null";
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  if (!pipe) return {};
  std::string out;
  std::array<char, 512> buffer;
  while (fgets(buffer.data(), buffer.size(), pipe.get())) out += buffer.data();
  while (!out.empty() && (out.back() == '\n' || out.back() == '\r')) out.pop_back();
  return out;
}

std::string library_of_python(const std::string& python) {
  const std::string folder = package_folder(python);
  return folder.empty() ? std::string() : library_at(folder);
}

std::string library_of_system() {
  for (const char* folder : {"/usr/local/nrn", "/usr/local", "/usr", "/opt/nrn", "/usr/lib/x86_64-linux-gnu"}) {
    if (std::string found = library_at(folder); !found.empty()) return found;
  }
  return {};
}

std::string required(const std::string& place, const std::string& origin) {
  std::string found = library_at(place);
  if (found.empty()) {
    throw NeuronError("There is no " + std::string(library_file) + " at " + place + " (" + origin + "). " +
                      install_advice);
  }
  return found;
}

}  // namespace

std::string loaded_library() {
  std::string found;
  for_each_library([&](const char* name) {
    if (fs::path(name).filename().string().rfind("libnrniv", 0) != 0) return false;
    found = name;
    return true;
  });
  return found;
}

bool is_loaded(const std::string& path) {
  bool found = false;
  for_each_library([&](const char* name) {
    std::error_code failed;
    found = *name && fs::equivalent(name, path, failed) && !failed;
    return found;
  });
  return found;
}

std::string find_library(const std::string& library) {
  if (!library.empty()) return required(library, "the path given");
  if (const char* path = std::getenv("CNV_NEURON_LIBRARY"); path && *path) {
    return required(path, "CNV_NEURON_LIBRARY");
  }
  std::string looked;
  const char* environment = std::getenv("VIRTUAL_ENV");
  std::vector<std::string> pythons;
  if (environment && *environment) pythons.push_back(std::string(environment) + "/bin/python");
  pythons.insert(pythons.end(), {"python3", "python"});
  for (const std::string& python : pythons) {
    if (std::string found = library_of_python(python); !found.empty()) return found;
    looked += "the packages of " + python + ", ";
  }
  if (std::string found = library_of_system(); !found.empty()) return found;
  throw NeuronError("NEURON was not found: looked at " + looked + "/usr/local and /usr. " + install_advice);
}

std::vector<Finding> examine() {
  try {
    const std::string path = find_library();
    if (::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL)) return {{"NEURON", path, {}}};
    return {{"NEURON", path, "it cannot be loaded: " + std::string(::dlerror()) + ". " + install_advice}};
  } catch (const NeuronError& e) {
    return {{"NEURON", "none", e.what()}};
  }
}

}  // namespace cnv::nrn
