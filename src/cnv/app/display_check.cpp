#include "cnv/app/display_check.hpp"

#include <dlfcn.h>

#include <cstdlib>

namespace cnv::app {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// True when an X server answers, or when that cannot be found out.
bool x_server_answers() {
  void* library = ::dlopen("libxcb.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) return true;
  const auto connect = reinterpret_cast<void* (*)(const char*, int*)>(::dlsym(library, "xcb_connect"));
  const auto failed = reinterpret_cast<int (*)(void*)>(::dlsym(library, "xcb_connection_has_error"));
  const auto disconnect = reinterpret_cast<void (*)(void*)>(::dlsym(library, "xcb_disconnect"));
  if (!connect || !failed || !disconnect) return true;
  void* connection = connect(nullptr, nullptr);
  const bool answers = failed(connection) == 0;
  disconnect(connection);
  return answers;
}

}  // namespace

std::string display_problem() {
  // Whoever names a platform knows what it needs.
  if (!variable("QT_QPA_PLATFORM").empty() || !variable("WAYLAND_DISPLAY").empty()) return {};
  const std::string display = variable("DISPLAY");
  if (display.empty()) return "there is no display (DISPLAY is not set)";
  return x_server_answers() ? std::string() : "the display '" + display + "' does not answer";
}

}  // namespace cnv::app
