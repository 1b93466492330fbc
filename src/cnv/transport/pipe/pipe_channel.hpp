// A channel over a connected stream socket, with an I/O thread of its own. Used by launch and by the viewer's executable.
#pragma once

#include "cnv/transport/channel.hpp"

namespace cnv::transport {

// Takes over the descriptor, also when it throws (std::runtime_error: no thread or no event queue to be had).
// Destruction joins the thread without waiting for the peer, even if that one is stopped; what is queued is lost: see close().
std::unique_ptr<Channel> make_pipe_channel(int socket, ChannelLimits limits = {});

struct SocketPair {
  int ours = -1, theirs = -1;
};
// A connected pair of stream sockets, both closed on exec. Throws std::system_error.
SocketPair make_socket_pair();

}  // namespace cnv::transport
