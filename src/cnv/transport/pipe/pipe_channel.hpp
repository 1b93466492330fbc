// A channel over a connected stream socket. Used by launch and by the viewer's executable.
#pragma once

#include "cnv/transport/channel.hpp"

namespace cnv::transport {

enum class Served {
  by_thread,  // an I/O thread of its own
  // serve() and send() of the caller. A process with one thread has locks that cost nothing, which a simulator notices
  // at each step. When the system does not take all that is sent at once, the channel starts a thread and goes on with
  // it.
  by_caller,
};

// Takes over the descriptor, also when it throws (std::runtime_error: no thread or no event queue to be had).
// Destruction joins the thread without waiting for the peer, even if that one is stopped; what is queued is lost: see
// close().
std::unique_ptr<Channel> make_pipe_channel(int socket, ChannelLimits limits = {}, Served served = Served::by_thread);

struct SocketPair {
  int ours = -1, theirs = -1;
};
// A connected pair of local sockets of a kind (SOCK_STREAM, …), both closed on exec. Throws std::system_error.
SocketPair connected_sockets(int kind);
// Of stream sockets, for a channel.
SocketPair make_socket_pair();

}  // namespace cnv::transport
