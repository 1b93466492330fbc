#include <dlfcn.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "cnv/backends/neuron/api.hpp"
#include "cnv/backends/neuron/library.hpp"
#include "cnv/base/numbers.hpp"

// libnrniv leaves this symbol to the program that loads it; it registers mechanisms linked into the program: none.
extern "C" __attribute__((visibility("default"))) void modl_reg() {}

namespace cnv::nrn {
namespace fs = std::filesystem;
namespace {

constexpr int first_major = 9;

// Without NEURONHOME NEURON looks for its hoc files on the machine where it was built.
void set_home(const std::string& library) {
  const fs::path home = fs::path(library).parent_path() / ".." / "share" / "nrn";
  std::error_code ignored;
  if (!std::getenv("NEURONHOME") && fs::is_directory(home, ignored)) {
    setenv("NEURONHOME", fs::weakly_canonical(home).c_str(), 1);
  }
}

void* load(const std::string& path, bool attached) {
  // Loading lazily without modl_reg would end the process later, at the first use.
  void* handle = dlopen(path.c_str(), attached ? RTLD_NOLOAD | RTLD_LAZY : RTLD_NOW | RTLD_GLOBAL);
  if (handle) return handle;
  const std::string reason = dlerror();
  std::string advice;
  if (reason.find("modl_reg") != std::string::npos) {
    advice =
        ". The program must export modl_reg: link with -Wl,--export-dynamic-symbol=modl_reg (the CMake target "
        "compneurovis::neuron does)";
  }
  throw NeuronError("NEURON's library cannot be loaded: " + reason + advice);
}

std::string query_version(const Api& api) {
  raw::Symbol* query = api.symbol("nrnversion");
  if (!query) return {};
  constexpr double release_only = 5;
  char error[256];
  api.double_push(release_only);
  if (api.function_call_nothrow(query, 1, error, sizeof error) != 0) return {};
  char** text = api.str_pop();
  return text && *text ? *text : std::string();
}

}  // namespace

void check_version(const std::string& version, const std::string& path) {
  int major = 0;
  std::from_chars(version.data(), version.data() + version.size(), major);
  if (major < first_major) {
    throw NeuronError("NEURON " + (version.empty() ? "of unknown version" : version) + " at " + path +
                      " is too old: 9.0 or later is needed. Install it with: pip install 'neuron>=9'");
  }
}

Runtime* Runtime::instance_ = nullptr;

Runtime& Runtime::open(const std::string& library) {
  if (!instance_) {
    const std::string loaded = loaded_library();
    auto* runtime = new Runtime(loaded.empty() ? find_library(library) : loaded, !loaded.empty());
    instance_ = runtime;  // never freed: NEURON cannot be closed
  }
  std::error_code unknown;
  if (!library.empty() && !fs::equivalent(library, instance_->path_, unknown) &&
      fs::is_regular_file(library, unknown)) {
    throw NeuronError("NEURON is already loaded from " + instance_->path_ + "; one process cannot load another from " +
                      library);
  }
  return *instance_;
}

Runtime::Runtime(std::string path, bool attached) : path_(std::move(path)), attached_(attached) {
  set_home(path_);
  api_ = bind_api(load(path_, attached_), path_);
  if (!attached_) start();
  version_ = query_version(api_);
  check_version(version_, path_);
}

void Runtime::start() {
  // NEURON expects a null after the last argument, and keeps the array.
  static const char* arguments[] = {"NEURON", "-nogui", "-nopython", nullptr};
  if (int code = api_.init(3, arguments); code != 0) {
    throw NeuronError("NEURON at " + path_ + " did not start (code " + plain_text(code) + ")");
  }
}

}  // namespace cnv::nrn
