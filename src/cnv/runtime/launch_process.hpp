// The viewers of one run_app call as processes: found, started, started again once, ended. Used by launch, on its
// thread.
#pragma once

#include <map>

#include "cnv/runtime/find_viewer.hpp"
#include "cnv/runtime/launch_hooks.hpp"
#include "cnv/runtime/run_options.hpp"

namespace cnv {

// The system does not let this program start processes.
struct StartRefused : ViewerError {
  using ViewerError::ViewerError;
};

// What a window that no display takes is answered with.
extern const char* const no_display_text;

class ViewerProcesses {
 public:
  using Log = std::function<void(const std::string&)>;
  ViewerProcesses(const RunOptions& options, transport::SpawnFunction spawn, Log log)
      : options_(options), spawn_(std::move(spawn)), log_(std::move(log)) {}

  // Throws ViewerError, StartRefused.
  std::unique_ptr<transport::Channel> start(const std::string& name);
  // After `name` was lost: the channel to a new one, or null.
  std::unique_ptr<transport::Channel> replace(const std::string& name, const std::string& reason);
  // Gives all of them together this long to end by themselves.
  void stop(double seconds);
  // Why there is no viewer any more.
  const std::string& last_words() const { return last_words_; }

 private:
  std::unique_ptr<transport::Channel> spawn_one(const std::string& name);
  // How it ended; empty when it was never started.
  std::string end_of(const std::string& name);

  const RunOptions& options_;
  transport::SpawnFunction spawn_;
  Log log_;
  std::map<std::string, transport::ChildProcess> children_;
  std::map<std::string, bool> replaced_;
  std::string last_words_;
};

}  // namespace cnv
