#include "cnv/app/display_check.hpp"

#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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

// True when a compositor listens at the socket, or when its name is none that a socket can have.
bool wayland_answers(const std::string& name) {
  const std::string path = name.starts_with('/') ? name : variable("XDG_RUNTIME_DIR") + "/" + name;
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  if (path.size() >= sizeof address.sun_path) return true;
  path.copy(address.sun_path, path.size());
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return true;
  const bool answers = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return answers;
}

}  // namespace

std::string display_problem() {
  // Whoever names a platform knows what it needs.
  if (!variable("QT_QPA_PLATFORM").empty()) return {};
  const std::string wayland = variable("WAYLAND_DISPLAY"), display = variable("DISPLAY");
  if (!wayland.empty() && wayland_answers(wayland)) return {};
  if (!display.empty()) return x_server_answers() ? std::string() : "the display '" + display + "' does not answer";
  return wayland.empty() ? "there is no display (DISPLAY is not set)"
                         : "the Wayland display '" + wayland + "' does not answer";
}

}  // namespace cnv::app
