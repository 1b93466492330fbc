#include "cnv/runtime/launch_process.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "cnv/base/numbers.hpp"
#include "cnv/runtime/find_viewer.hpp"
#include "cnv/runtime/viewer_library.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"

namespace cnv {
namespace {

[[noreturn]] void cannot_start(const std::string& path, const transport::SpawnError& error) {
  const std::string text = "the viewer " + path + " could not be started: " + error.text;
  if (transport::refused_by_system(error, path)) throw StartRefused(text);
  throw ViewerError(text + (error.number == EACCES ? ". Is it executable (chmod +x)?" : ""));
}

transport::SocketPair socket_pair_for(const std::string& path, transport::SocketPair (*make)()) {
  try {
    return make();
  } catch (const std::system_error& e) {
    cannot_start(path, {e.code().value(), e.what()});
  }
}

}  // namespace

std::string no_display_text() { return std::string("no window can be opened: run it ") + no_window_advice; }

ViewerProcesses::ViewerProcesses(const RunOptions& options, transport::SpawnFunction spawn, Log log,
                                 std::vector<transport::Handed> left)
    : options_(options), spawn_(std::move(spawn)), log_(std::move(log)), left_(std::move(left)) {}

ViewerProcesses::~ViewerProcesses() {
  dismiss_others();
  for (const auto& [name, window] : windows_) ::close(window.control);
}

std::unique_ptr<transport::Channel> ViewerProcesses::start(const std::string& name) {
  try {
    const auto left = std::find_if(left_.begin(), left_.end(), [&](const auto& one) { return one.name == name; });
    if (left == left_.end()) return spawn_one(name);
    auto found = std::move(*left);
    left_.erase(left);
    return take_over(found);
  } catch (const ViewerError&) {
    throw;
  } catch (const WindowsClosed&) {
    throw;
  } catch (const std::exception& e) {
    throw ViewerError(std::string("the viewer could not be started: ") + e.what());
  }
}

std::unique_ptr<transport::Channel> ViewerProcesses::take_over(const transport::Handed& left) {
  auto ends = transport::make_socket_pair();
  const bool taken = transport::hand_over(left.control, ends.theirs);
  ::close(ends.theirs);
  if (!taken) {
    ::close(ends.ours);
    ::close(left.control);
    throw WindowsClosed();
  }
  keep(left.name,
       {.child = left.viewer_pid > 0 ? std::optional(transport::ChildProcess(left.viewer_pid)) : std::nullopt,
        .control = left.control});
  return transport::make_pipe_channel(ends.ours, {}, transport::Served::by_caller);
}

void ViewerProcesses::dismiss_others() {
  for (const auto& window : std::exchange(left_, {})) transport::dismiss(window);
}

std::vector<transport::Handed> ViewerProcesses::windows() const {
  std::vector<transport::Handed> out;
  for (const auto& [name, window] : windows_)
    out.push_back({window.control, window.child ? window.child->pid() : 0, name});
  return out;
}

void ViewerProcesses::keep(const std::string& name, Window window) {
  windows_.insert_or_assign(name, std::move(window));
  if (on_change) on_change();
}

void ViewerProcesses::forget(const std::string& name) {
  const auto found = windows_.find(name);
  if (found == windows_.end()) return;
  const int control = found->second.control;
  windows_.erase(found);
  if (on_change) on_change();
  ::close(control);
}

std::unique_ptr<transport::Channel> ViewerProcesses::spawn_one(const std::string& name) {
  const std::string path = require_viewer(options_.viewer);
  auto ends = socket_pair_for(path, transport::make_socket_pair);
  auto control = socket_pair_for(path, transport::make_control_pair);
  transport::SpawnRequest request{.executable = path,
                                  .environment = transport::viewer_environment(transport::current_environment()),
                                  .socket = ends.theirs,
                                  .control = control.theirs};
  if (options_.headless) request.arguments.push_back("--headless");
  auto spawned = spawn_ ? spawn_(request) : transport::spawn(request);
  ::close(ends.theirs);
  ::close(control.theirs);
  if (const auto* error = std::get_if<transport::SpawnError>(&spawned)) {
    ::close(ends.ours);
    ::close(control.ours);
    cannot_start(path, *error);
  }
  keep(name, {.child = std::get<transport::ChildProcess>(spawned), .control = control.ours});
  return transport::make_pipe_channel(ends.ours, {}, transport::Served::by_caller);
}

std::string ViewerProcesses::end_of(const std::string& name) {
  const auto found = windows_.find(name);
  if (found == windows_.end()) return {};
  const std::string how = found->second.child ? found->second.child->stop(1.0) : std::string();
  forget(name);
  return how;
}

std::unique_ptr<transport::Channel> ViewerProcesses::replace(const std::string& name, const std::string& reason) {
  const std::string status = end_of(name);
  const std::string how = status.empty() ? reason : status;
  if (status == "exit status " + plain_text(transport::no_display_status)) {
    last_words_ = no_display_text();
    return nullptr;
  }
  const bool again = std::exchange(replaced_[name], true);
  last_words_ = "the viewer ended (" + how + "), " +
                (again ? "also when it was started once more" : "and could not be started again") +
                "; the model was shut down. What the viewer said stands above; `compneurovis run --headless` runs "
                "without a window.";
  if (again) return nullptr;
  log_("The viewer ended (" + how + "); it is started once more.");
  try {
    return start(name);
  } catch (const ViewerError& e) {
    log_(e.what());
    return nullptr;
  }
}

void ViewerProcesses::stop(double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  for (auto& [name, window] : windows_)
    if (window.child) window.child->stop(std::max(0.0, std::chrono::duration<double>(until - Clock::now()).count()));
  while (!windows_.empty()) forget(windows_.begin()->first);
}

void ViewerProcesses::let_go() {
  on_change = nullptr;
  for (auto& [name, window] : windows_)
    if (window.child) window.child->let_go();
  windows_.clear();
}

}  // namespace cnv
