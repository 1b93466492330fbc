// TestHost: a host loop and a viewer's store in one process, for tests of Python sessions. One tick is one display
// batch.
#pragma once

#include <nanobind/nanobind.h>

#include "cnv/base/clock.hpp"
#include "cnv/runtime/host_loop.hpp"

namespace cnv::python {

namespace nb = nanobind;

class TestHost {
 public:
  TestHost(nb::handle source, nb::handle scene, nb::handle target, std::optional<double> until_ms, bool windowless);
  ~TestHost();

  // Attaches a viewer that acknowledges at once.
  void add_viewer();
  // False when the run is over. The GIL is released meanwhile, as in run_app.
  bool tick(int count);
  void send_key(const std::string& key) { send(KeyEvent{key}); }
  void send_action(const std::string& id) { send(ActionEvent{id}); }
  void send_click(const std::string& id) { send(EntityEvent{id}); }
  void send_control(const std::string& id, nb::handle value);
  void send_state(const std::string& key, nb::handle value);
  void send_run_control(const std::string& action, double value) { send(RunControl{action, value}); }
  void send_bye() { send(Bye{}); }

  const SceneStore& model() { return loop_->store(); }
  const SceneStore& viewer() const { return viewer_; }
  std::uint64_t batches() const { return batches_; }
  // Updates that the viewer got, by name, since the last call.
  std::vector<std::string> take_received() { return std::exchange(received_, {}); }
  const std::vector<std::string>& lines() const { return lines_; }
  const std::vector<SessionFailure>& failures() const { return failures_; }
  // Status and Error texts that the viewer got.
  const std::vector<std::string>& messages() const { return messages_; }
  // Steps of the start, by name.
  const std::vector<std::string>& progress() const { return progress_; }
  std::string end() const;
  int exit_status() const { return loop_->exit_status(); }
  RunState run_state() const { return loop_->run_state(); }

 private:
  void send(const ViewerMessage& message);
  void receive();
  void take(const HostMessage& message);

  nb::object source_;
  ManualClock clock_;
  std::unique_ptr<HostLoop> loop_;
  std::shared_ptr<InteractionTarget> target_;
  std::unique_ptr<transport::Channel> channel_;
  SceneStore viewer_;
  std::uint64_t batches_ = 0;
  std::vector<std::string> lines_, received_, messages_;
  std::vector<SessionFailure> failures_;
  std::vector<std::string> progress_;
};

}  // namespace cnv::python
