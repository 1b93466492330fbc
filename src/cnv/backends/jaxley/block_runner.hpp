// BlockRunner: computes steps of a network in blocks. Driven by JaxleySession on the host's thread; what computes is
// not known here.
#pragma once

#include <cstdint>
#include <string>

#include "cnv/core/display_variable.hpp"

namespace cnv::jaxley {

// One row of values per step, one value per displayed compartment.
struct BlockRows {
  const float* values = nullptr;  // (count, width), valid until the next take(), rewind() or restart()
  std::int64_t count = 0, width = 0;
  bool waited = false;  // it was still being computed when it was asked for
};

class BlockRunner {
 public:
  virtual ~BlockRunner() = default;

  // Most steps of a block.
  virtual std::int64_t most_steps() const = 0;
  // Begins to compute the `steps` steps after the last block that was begun (after restart() or rewind(): after that
  // state). Returns without waiting where that is possible. `first_step` counts from the start of the run: the column
  // of stimulus tables.
  virtual void dispatch(std::int64_t first_step, std::int64_t steps, double dt_ms) = 0;
  // Waits for the first block that was dispatched and not taken; it is the present one from now on.
  virtual BlockRows take() = 0;
  // Back to the state after the first `taken` steps of the present block, exactly; what was dispatched is dropped. What
  // is dispatched next has the network's present parameters and stimuli.
  virtual void rewind(std::int64_t taken) = 0;
  // The initial state, from the network's tables as they are now.
  virtual void restart(double dt_ms) = 0;
  // Values at the displayed compartments after the first `taken` steps of the present block, or of the state that
  // restart() or rewind() led to. KeyError: there is no such state.
  virtual void read(const std::string& state, std::int64_t taken, float* out) = 0;
  // What of the network's tables makes values that are not numbers, and what helps; empty: nothing that is known.
  virtual std::string cause_of_missing() { return {}; }
};

}  // namespace cnv::jaxley
