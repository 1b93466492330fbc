#include "cnv/transport/thread/thread_channel.hpp"

#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>

#include "cnv/base/numbers.hpp"
#include "cnv/transport/wake.hpp"

namespace cnv::transport {
namespace {

// What one end sees. Memory of messages is copied in and let go without the mutex.
struct Side {
  std::deque<Received> incoming;  // filled by the other side, drained by receive(), bounded by the limits
  std::deque<Received> queued;    // of the other side: what did not fit; unbounded, see Channel::send
  std::size_t waiting_bytes = 0, queued_bytes = 0;
  End end = End::open;
  std::string end_text;
  ChannelCounters counters;
  Wake wake;
};

// Both ends; one mutex guards everything but the wake functions, which are called without it.
struct Shared {
  explicit Shared(ChannelLimits limits) : limits(limits) {}
  const ChannelLimits limits;
  std::mutex mutex;
  std::condition_variable drained;
  Side sides[2];

  bool full(const Side& side) const {
    return side.incoming.size() >= limits.waiting_messages || side.waiting_bytes >= limits.waiting_bytes;
  }
  bool half_empty(const Side& side) const {
    return side.incoming.size() <= limits.waiting_messages / 2 && side.waiting_bytes <= limits.waiting_bytes / 2;
  }

  // With the mutex held; `to` takes in what fits, counted for both.
  void move_queued(Side& to, Side& from) {
    while (!to.queued.empty() && !full(to)) {
      Received& message = to.queued.front();
      to.queued_bytes -= message.size;
      to.waiting_bytes += message.size;
      ++to.counters.messages_received;
      to.counters.bytes_received += message.size;
      from.counters.bytes_sent += message.size;
      to.incoming.push_back(std::move(message));
      to.queued.pop_front();
    }
  }
};

class ThreadChannel final : public Channel {
 public:
  ThreadChannel(std::shared_ptr<Shared> shared, int side)
      : shared_(std::move(shared)), me_(shared_->sides[side]), other_(shared_->sides[1 - side]) {}
  ~ThreadChannel() override {
    me_.wake.set(nullptr);
    end_with(End::local, "closed here");
    std::deque<Received> dropped;
    std::lock_guard lock(shared_->mutex);
    dropped.swap(me_.incoming);
    me_.waiting_bytes = 0;
  }

  void send(Message message) override {
    const std::uint64_t size = message.size();
    if (size > shared_->limits.message_bytes)
      return end_with(End::broken, "a message of " + plain_text(size) + " bytes is above the limit of " +
                                       plain_text(shared_->limits.message_bytes));
    if (end_now() != End::open) return;
    Received received = joined(message);
    bool arrived = false;
    {
      std::lock_guard lock(shared_->mutex);
      if (me_.end != End::open) return;
      ++me_.counters.messages_sent;
      other_.queued_bytes += received.size;
      other_.queued.push_back(std::move(received));
      // Once something is queued, only receive() lets more in: a pipe, too, pauses until half of the limit is gone.
      if (other_.queued.size() == 1) shared_->move_queued(other_, me_);
      arrived = other_.queued.empty();
    }
    if (arrived) other_.wake.call();
  }

  bool receive(Received& message) override {
    Received next;
    bool moved = false;
    {
      std::lock_guard lock(shared_->mutex);
      if (me_.incoming.empty()) return false;
      next = std::move(me_.incoming.front());
      me_.incoming.pop_front();
      me_.waiting_bytes -= next.size;
      if (!me_.queued.empty() && shared_->half_empty(me_)) {
        shared_->move_queued(me_, other_);
        moved = true;
      }
    }
    if (moved) shared_->drained.notify_all();
    message = std::move(next);
    return true;
  }

  void on_wake(std::function<void()> wake) override {
    me_.wake.set(std::move(wake));
    bool now = false;
    {
      std::lock_guard lock(shared_->mutex);
      now = !me_.incoming.empty() || me_.end != End::open;
    }
    if (now) me_.wake.call();
  }

  End end() const override {
    std::lock_guard lock(shared_->mutex);
    return end_shows() ? me_.end : End::open;
  }
  std::string end_text() const override {
    std::lock_guard lock(shared_->mutex);
    return end_shows() ? me_.end_text : std::string();
  }
  std::size_t queued_bytes() const override {
    std::lock_guard lock(shared_->mutex);
    return other_.queued_bytes;
  }
  ChannelCounters counters() const override {
    std::lock_guard lock(shared_->mutex);
    return me_.counters;
  }

  void close(double seconds) override {
    {
      std::unique_lock lock(shared_->mutex);
      shared_->drained.wait_for(lock, std::chrono::duration<double>(seconds),
                                [this] { return me_.end != End::open || other_.queued.empty(); });
    }
    end_with(End::local, "closed here");
  }

 private:
  static Received joined(const Message& message) {
    Received received{message.kind, aligned_bytes(message.size()), message.size()};
    std::byte* at = received.data.get();
    for (const auto& chunk : message.chunks) {
      if (chunk.size > 0) std::memcpy(at, chunk.data, chunk.size);
      at += chunk.size;
    }
    return received;
  }

  bool end_shows() const { return me_.end == End::local || me_.incoming.empty(); }
  End end_now() const {
    std::lock_guard lock(shared_->mutex);
    return me_.end;
  }

  // Ends both sides; what did not leave is lost in both directions.
  void end_with(End end, const std::string& text) {
    std::deque<Received> dropped[2];
    {
      std::lock_guard lock(shared_->mutex);
      if (me_.end != End::open) return;
      me_.end = end;
      me_.end_text = text;
      if (other_.end == End::open) {
        other_.end = End::closed_by_peer;
        other_.end_text = "the other side closed the connection";
      }
      for (Side* side : {&me_, &other_}) {
        side->queued_bytes = 0;
        side->queued.swap(dropped[side == &me_]);
      }
    }
    shared_->drained.notify_all();
    me_.wake.call();
    other_.wake.call();
  }

  std::shared_ptr<Shared> shared_;
  Side& me_;
  Side& other_;
};

}  // namespace

std::pair<std::unique_ptr<Channel>, std::unique_ptr<Channel>> make_thread_channels(ChannelLimits limits) {
  auto shared = std::make_shared<Shared>(limits);
  return {std::make_unique<ThreadChannel>(shared, 0), std::make_unique<ThreadChannel>(shared, 1)};
}

}  // namespace cnv::transport
