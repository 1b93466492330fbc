// Two ends of a channel inside one process: for a viewer in the model's process and for tests. No thread of its own:
// delivery is immediate, and the other end's wake function runs inside send() and close(). A message is copied once,
// into the contiguous, aligned payload that a pipe would deliver.
#pragma once

#include <utility>

#include "cnv/transport/channel.hpp"

namespace cnv::transport {

// The limits hold for both ends; what exceeds them counts as queued at the sender.
std::pair<std::unique_ptr<Channel>, std::unique_ptr<Channel>> make_thread_channels(ChannelLimits limits = {});

}  // namespace cnv::transport
