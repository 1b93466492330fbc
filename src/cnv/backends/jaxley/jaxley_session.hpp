// JaxleySession: a live Jaxley model. Steps are computed in blocks ahead of what is shown, and handed out one by one;
// what changes acts at the very next step. A derived class builds the network and brings the BlockRunner. Host's thread
// only.
#pragma once

#include <deque>

#include "cnv/backends/jaxley/block_runner.hpp"
#include "cnv/backends/jaxley/block_size.hpp"
#include "cnv/base/clock.hpp"
#include "cnv/runtime/sampled_session.hpp"

namespace cnv {

class JaxleySession : public SampledSession {
 public:
  explicit JaxleySession(SampledOptions options = {}) : SampledSession(std::move(options)) {}

  // The trace shows the potential, whatever the cell is coloured by.
  std::string trace_y_label() override { return "v"; }
  std::string initial_display_variable() override { return "v"; }

  // Drops what was computed ahead: parameters and stimuli that have changed act at the next step. Nothing before there
  // is a network.
  void rewind();
  // Steps since the start or the last reset: the column of stimulus tables that the next step takes.
  std::int64_t step_index() const { return step_; }
  // Steps of the present block that were handed out; 0 before the first.
  std::int64_t taken() const { return row_ + 1; }
  void shutdown() override;

 protected:
  struct Model {
    GeometryPtr geometry;
    std::unique_ptr<jaxley::BlockRunner> runner;
  };
  // Builds the network and what computes it.
  virtual Model build_model() = 0;
  jaxley::BlockRunner* runner() { return runner_.get(); }
  // The initial state again, and time 0.
  void initialize_state() override;

  Built build() override;
  void step() override;
  double time_ms() override { return start_ms_ + static_cast<double>(step_ - start_step_) * dt_ms_; }
  void sample_entities(float* out) override;
  std::string cause_of_missing(std::int64_t entity) override;
  VariableReader variable_reader(const std::string& variable, bool compartments) override;
  // Which entities have each of them.
  void tell_places(std::vector<DisplayVariable>& variables);
  // For tests.
  virtual double now_s() { return clock_.now_s(); }

 private:
  struct Begun {
    std::int64_t steps;
    double at_s;
    bool hurried;
  };
  void next_block();
  void dispatch();
  std::int64_t next_size();
  void take_dt();

  std::unique_ptr<jaxley::BlockRunner> runner_;
  jaxley::BlockRows rows_;
  std::int64_t row_ = -1;       // handed out last; −1: none of this block
  std::vector<float> present_;  // values of the present step, while no row holds them
  std::int64_t step_ = 0;
  std::deque<Begun> begun_;  // blocks that are being computed, at most two
  bool hurried_ = false;     // something has changed: the next block is one batch, so that it is seen soon
  double ready_s_ = 0;       // when the last block was there
  double dt_ms_ = 0, start_ms_ = 0;
  std::int64_t start_step_ = 0;  // step and time at which dt_ms_ began to hold
  jaxley::BlockSize size_;
  SteadyClock clock_;
};

}  // namespace cnv
