#include "cnv/runtime/launch_process.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>

#include "cnv/base/numbers.hpp"
#include "cnv/runtime/find_viewer.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"

namespace cnv {
namespace {

[[noreturn]] void cannot_start(const std::string& path, const transport::SpawnError& error) {
  const std::string text = "the viewer " + path + " could not be started: " + error.text;
  if (transport::refused_by_system(error, path)) throw StartRefused(text);
  throw ViewerError(text + (error.number == EACCES ? ". Is it executable (chmod +x)?" : ""));
}

transport::SocketPair socket_pair_for(const std::string& path) {
  try {
    return transport::make_socket_pair();
  } catch (const std::system_error& e) {
    cannot_start(path, {e.code().value(), e.what()});
  }
}

}  // namespace

const char* const no_display_text =
    "no window can be opened: run it in a desktop session, or without a window: compneurovis run --headless script.py "
    "(a C++ app: --headless)";

std::unique_ptr<transport::Channel> ViewerProcesses::start(const std::string& name) {
  try {
    return spawn_one(name);
  } catch (const ViewerError&) {
    throw;
  } catch (const std::exception& e) {
    throw ViewerError(std::string("the viewer could not be started: ") + e.what());
  }
}

std::unique_ptr<transport::Channel> ViewerProcesses::spawn_one(const std::string& name) {
  const std::string path = require_viewer(options_.viewer);
  auto ends = socket_pair_for(path);
  transport::SpawnRequest request{
      path, {}, transport::viewer_environment(transport::current_environment()), ends.theirs};
  if (options_.headless) request.arguments.push_back("--headless");
  auto spawned = spawn_ ? spawn_(request) : transport::spawn(request);
  ::close(ends.theirs);
  if (const auto* error = std::get_if<transport::SpawnError>(&spawned)) {
    ::close(ends.ours);
    cannot_start(path, *error);
  }
  children_.insert_or_assign(name, std::get<transport::ChildProcess>(spawned));
  return transport::make_pipe_channel(ends.ours, {}, transport::Served::by_caller);
}

std::string ViewerProcesses::end_of(const std::string& name) {
  const auto child = children_.find(name);
  if (child == children_.end()) return {};
  const std::string how = child->second.stop(1.0);
  children_.erase(child);
  return how;
}

std::unique_ptr<transport::Channel> ViewerProcesses::replace(const std::string& name, const std::string& reason) {
  const std::string status = end_of(name);
  const std::string how = status.empty() ? reason : status;
  if (status == "exit status " + plain_text(transport::no_display_status)) {
    last_words_ = no_display_text;
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
  for (auto& [name, child] : children_)
    child.stop(std::max(0.0, std::chrono::duration<double>(until - Clock::now()).count()));
  children_.clear();
}

}  // namespace cnv
