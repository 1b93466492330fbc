#include "cnv/runtime/doctor.hpp"

#include <poll.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>

#include "cnv/runtime/find_viewer.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/pipe/spawn.hpp"

namespace cnv {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto viewer_takes_at_most = std::chrono::seconds(20);
constexpr std::size_t longest_answer = 1 << 20;

// Name of the system as its maker writes it.
std::string system_name() {
  for (const char* file : {"/etc/os-release", "/usr/lib/os-release"}) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      constexpr std::string_view key = "PRETTY_NAME=";
      if (!line.starts_with(key)) continue;
      std::erase(line, '"');
      return line.substr(key.size());
    }
  }
  return {};
}

std::string variables_text() {
  constexpr const char* names[] = {"DISPLAY",         "WAYLAND_DISPLAY",       "QT_QPA_PLATFORM",
                                   "QT_SCALE_FACTOR", "COMPNEUROVIS_VIEWER",   "COMPNEUROVIS_TRANSPORT",
                                   "LD_LIBRARY_PATH", "COMPNEUROVIS_DRAWING",  "CNV_NEURON_LIBRARY",
                                   "FONTCONFIG_FILE", "NEURON_MODULE_OPTIONS", "LD_PRELOAD"};
  std::string out;
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value && *value) out += (out.empty() ? "" : " ") + std::string(name) + "=" + value;
  }
  return out.empty() ? "none that change a run" : out;
}

// What is read until the other side closes; empty when it takes too long.
std::string read_to_end(int socket) {
  std::string out;
  const auto until = Clock::now() + viewer_takes_at_most;
  char buffer[4096];
  while (out.size() < longest_answer) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd ready{.fd = socket, .events = POLLIN, .revents = 0};
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) < 0) return {};
    const ssize_t got = ::read(socket, buffer, sizeof buffer);
    if (got <= 0) break;
    out.append(buffer, static_cast<std::size_t>(got));
  }
  return out;
}

struct Answer {
  std::vector<Finding> findings;
  std::string end;  // how the process ended
};

Answer ask_viewer(const std::string& path, std::vector<std::string> arguments) {
  const auto ends = transport::make_socket_pair();
  arguments.insert(arguments.begin(), "--facts");
  auto spawned = transport::spawn({.executable = path,
                                   .arguments = std::move(arguments),
                                   .environment = transport::viewer_environment(transport::current_environment()),
                                   .socket = ends.theirs});
  ::close(ends.theirs);
  Answer out;
  if (auto* child = std::get_if<transport::ChildProcess>(&spawned)) {
    out.findings = findings_from_lines(read_to_end(ends.ours));
    out.end = child->stop(1.0);
  } else {
    out.end = std::get<transport::SpawnError>(spawned).text;
  }
  ::close(ends.ours);
  return out;
}

}  // namespace

std::vector<Finding> examine_system() {
  utsname machine{};
  ::uname(&machine);
  const std::string name = system_name();
  char c_library[64] = "unknown C library";
  ::confstr(_CS_GNU_LIBC_VERSION, c_library, sizeof c_library);
  return {{"system",
           (name.empty() ? std::string() : name + ", ") + machine.sysname + " " + machine.release + ", " +
               machine.machine + ", " + c_library,
           {}},
          {"environment", variables_text(), {}}};
}

std::vector<Finding> examine_viewer(const std::string& given) {
  std::string path;
  try {
    path = require_viewer(given);
  } catch (const ViewerError& e) {
    return {{"viewer", "none", e.what()}};
  }
  const Answer plain = ask_viewer(path, {"--headless"});
  const auto version =
      std::find_if(plain.findings.begin(), plain.findings.end(), [](const Finding& f) { return f.name == "viewer"; });
  if (version == plain.findings.end())
    return {{"viewer", path,
             "it does not start (" + plain.end +
                 "); what it said stands above. Install it again, or name another one "
                 "with --viewer or COMPNEUROVIS_VIEWER."}};
  std::vector<Finding> out = plain.findings;
  out.front().value = path + " (" + version->value + ")";
  out.front().problem = other_version_problem(version->value, path);
  // Whatever stands in the way of a window stands in the way of this one.
  const Answer window = ask_viewer(path, {});
  const auto display = std::find_if(window.findings.begin(), window.findings.end(),
                                    [](const Finding& f) { return f.name == "display"; });
  if (display != window.findings.end()) out.push_back(*display);
  else out.push_back({"display", "none", "no window can be opened (" + window.end + "); what Qt said stands above."});
  return out;
}

}  // namespace cnv
