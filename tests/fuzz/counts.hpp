// What became of the inputs of the fuzz target.
#pragma once

#include <cstdint>

namespace cnv::fuzz {

struct Counts {
  std::uint64_t inputs = 0, streams_of_frames = 0, frames_accepted = 0, messages_decoded = 0, messages_refused = 0,
                updates_applied = 0, updates_refused = 0;
  // The most that was allocated for one input, beyond its own bytes.
  std::uint64_t largest_bytes_of_a_reader = 0, largest_bytes_of_a_decoder = 0, largest_bytes_of_an_update = 0;
};
Counts& counts();

}  // namespace cnv::fuzz
