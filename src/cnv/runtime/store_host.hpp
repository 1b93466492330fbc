// StoreHost: applies what a session emits to a SceneStore, queues what comes before the scene, and keeps count of
// problems. Base of the HostLoop; also lets a session run without any host. Owner thread only.
#pragma once

#include "cnv/runtime/session.hpp"

namespace cnv {

class StoreHost : public SessionLink {
 public:
  SceneStore& store() override { return store_; }
  const SceneStore& store() const { return store_; }
  std::optional<Problem> offer(Update update) override;
  void report(Problem problem) override;
  void progress(std::string, std::string) override {}

  // Shows a scene and then applies what was emitted before it.
  void set_scene(Scene scene);

  struct ProblemCount {
    Severity severity = Severity::warning;
    std::string message;
    std::uint64_t count = 0;
  };
  // Cause → first message and how often.
  const OrderedMap<ProblemCount>& problems() const { return problems_; }
  std::uint64_t error_count() const { return errors_; }

 protected:
  // Status or ErrorReport; called at once.
  virtual void on_message(const Update&) {}
  // The first time that a cause appears.
  virtual void on_new_problem(const Problem&) {}
  void count_error() { ++errors_; }

 private:
  SceneStore store_;
  std::vector<Update> before_scene_;
  OrderedMap<ProblemCount> problems_;
  std::uint64_t errors_ = 0;
};

}  // namespace cnv
