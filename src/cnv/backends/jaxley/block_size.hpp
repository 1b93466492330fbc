// BlockSize: how many steps the next block should have, so that it takes about as long as wanted whatever the model
// costs. Used by JaxleySession; no clock of its own.
#pragma once

#include <cstdint>

namespace cnv::jaxley {

class BlockSize {
 public:
  // Steps for a block of `target_s` seconds, at most `most`; few as long as the model's cost is not known.
  std::int64_t steps(double target_s, std::int64_t most) const;
  // A block of `steps` was ready `seconds` after it was begun. Not `waited`: it may have been ready earlier.
  void measured(std::int64_t steps, double seconds, bool waited);

 private:
  double step_s_ = 0;  // 0: not known
};

}  // namespace cnv::jaxley
