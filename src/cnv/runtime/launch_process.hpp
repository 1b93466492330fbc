// The viewers of one run_app call as processes: found, started, started again once, ended, or left to the next process
// of the program. Used by launch, on its thread.
#pragma once

#include <map>

#include "cnv/runtime/find_viewer.hpp"
#include "cnv/runtime/launch_hooks.hpp"
#include "cnv/runtime/run_options.hpp"
#include "cnv/transport/pipe/handover.hpp"

namespace cnv {

// The system does not let this program start processes.
struct StartRefused : ViewerError {
  using ViewerError::ViewerError;
};

// The windows that were left to this program have been closed before it came to them.
struct WindowsClosed : std::exception {};

// What a window that no display takes is answered with.
std::string no_display_text();

class ViewerProcesses {
 public:
  using Log = std::function<void(const std::string&)>;
  // `left`: windows of the process before this one.
  ViewerProcesses(const RunOptions& options, transport::SpawnFunction spawn, Log log,
                  std::vector<transport::Handed> left);
  ~ViewerProcesses();
  ViewerProcesses(const ViewerProcesses&) = delete;
  ViewerProcesses& operator=(const ViewerProcesses&) = delete;

  // The window of that name that was left, or a new one. Throws ViewerError, StartRefused, WindowsClosed.
  std::unique_ptr<transport::Channel> start(const std::string& name);
  // Windows that were left and that nobody has asked for are closed.
  void dismiss_others();
  // All that are there now.
  std::vector<transport::Handed> windows() const;
  // After each change of these.
  std::function<void()> on_change;
  // After `name` was lost: the channel to a new one, or null.
  std::unique_ptr<transport::Channel> replace(const std::string& name, const std::string& reason);
  // Gives all of them together this long to end by themselves.
  void stop(double seconds);
  // They are the next process's: nothing here ends them.
  void let_go();
  // Why there is no viewer any more.
  const std::string& last_words() const { return last_words_; }

 private:
  struct Window {
    std::optional<transport::ChildProcess> child;  // none: it is no child of this process
    int control = -1;
  };
  std::unique_ptr<transport::Channel> spawn_one(const std::string& name);
  std::unique_ptr<transport::Channel> take_over(const transport::Handed& left);
  void keep(const std::string& name, Window window);
  void forget(const std::string& name);
  // How it ended; empty when it was never started.
  std::string end_of(const std::string& name);

  const RunOptions& options_;
  transport::SpawnFunction spawn_;
  Log log_;
  std::vector<transport::Handed> left_;
  std::map<std::string, Window> windows_;
  std::map<std::string, bool> replaced_;
  std::string last_words_;
};

}  // namespace cnv
