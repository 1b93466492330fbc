// Channel: one end of a connection that carries messages of opaque bytes, both ways, in order. Used by the host loop
// and by viewers; how the bytes travel is up to pipe/ and thread/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cnv::transport {

// Memory that is kept alive until it is written.
struct Chunk {
  std::shared_ptr<const void> owner;
  const std::byte* data = nullptr;
  std::size_t size = 0;
};

// An outgoing message: its chunks are written one after the other, never copied.
struct Message {
  std::uint16_t kind = 0;
  std::vector<Chunk> chunks;
  std::size_t size() const {
    std::size_t n = 0;
    for (const auto& chunk : chunks) n += chunk.size;
    return n;
  }
};

// An incoming message; the data are 64-byte aligned.
struct Received {
  std::uint16_t kind = 0;
  std::shared_ptr<std::byte> data;
  std::size_t size = 0;
};

enum class End {
  open,
  closed_by_peer,  // the other side closed or died
  broken,          // bytes that are no message, a message above the limit, or an error of the system
  local,           // close() was called here
};

struct ChannelLimits {
  // Nothing more is taken in while this much waits for receive(); taking in goes on when half of it is gone.
  // What arrived with one read may exceed the limit.
  std::size_t waiting_messages = 1024;
  std::size_t waiting_bytes = std::size_t{256} << 20;
  // A larger message breaks the channel, at either side.
  std::uint64_t message_bytes = std::uint64_t{8} << 30;
};

// Bytes as they travel: a pipe counts its frame headers.
struct ChannelCounters {
  std::uint64_t messages_sent = 0, messages_received = 0, bytes_sent = 0, bytes_received = 0;
};

class Channel {
 public:
  virtual ~Channel() = default;
  // Any thread; never blocks. Queued without bound: callers limit what is on its way. Dropped once the channel has
  // ended.
  virtual void send(Message message) = 0;
  // One consumer thread; false when nothing waits.
  virtual bool receive(Received& message) = 0;
  // Called after something arrived or the channel ended: from a thread of the channel's, from send() or close() of
  // either side, possibly from two threads at once; from on_wake() itself if there is something to see already. Must
  // not block, and must not destroy or close the channel. After on_wake(nullptr) returns, the function before is not
  // running and never called.
  virtual void on_wake(std::function<void()> wake) = 0;
  // A channel without a thread of its own does its work inside send() and here, without waiting; others have nothing to
  // do.
  virtual void serve() {}
  // Readable when serve() has something to do; -1 when the channel wakes by itself, which may change with each call.
  virtual int descriptor() const { return -1; }
  // `closed_by_peer` and `broken` show only when every message that arrived before has been received: who sees an end
  // has seen all there was. So, when woken: receive() until false, then look at end().
  virtual End end() const = 0;
  // Why the channel ended, for a person; empty while open.
  virtual std::string end_text() const = 0;
  // Bytes that have not left for the other side.
  virtual std::size_t queued_bytes() const = 0;
  // Waits until what is queued has left, at most `seconds`, then ends the channel. The other side still receives what
  // left.
  virtual void close(double seconds) = 0;
  virtual ChannelCounters counters() const = 0;
};

// 64-byte aligned memory of at least one byte, not initialised. Throws std::bad_alloc.
std::shared_ptr<std::byte> aligned_bytes(std::size_t size);

}  // namespace cnv::transport
