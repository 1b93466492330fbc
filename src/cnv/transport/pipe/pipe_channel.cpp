#include "cnv/transport/pipe/pipe_channel.hpp"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

#include "cnv/base/numbers.hpp"
#include "cnv/transport/frame.hpp"
#include "cnv/transport/wake.hpp"

namespace cnv::transport {
namespace asio = boost::asio;
namespace {

using Socket = asio::local::stream_protocol::socket;
using boost::system::error_code;

constexpr int socket_buffer_bytes = 1 << 20;
// Small messages are read many at a time through this much memory; what is larger goes straight to its place.
constexpr std::size_t read_ahead_bytes = 64 << 10;
// As many pieces as asio hands to the system in one call.
constexpr std::size_t pieces_per_write = 64;

bool peer_is_gone(const error_code& error) {
  return error == asio::error::eof || error == asio::error::connection_reset || error == asio::error::broken_pipe;
}

// Closes the descriptor unless somebody else has taken it over.
class DescriptorGuard {
 public:
  explicit DescriptorGuard(int descriptor) : descriptor_(descriptor) {}
  ~DescriptorGuard() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  void release() { descriptor_ = -1; }

 private:
  int descriptor_;
};

// A thread that takes no signals: a handler of the program's must interrupt the program's own threads.
template <class Function>
std::thread quiet_thread(Function function) {
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    std::thread thread(std::move(function));
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
  } catch (...) {
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    throw;
  }
}

// All socket work is done in handlers of `context_`: by the I/O thread or, before there is one, by serve() under
// `serving_`. What handlers share with callers is guarded by `mutex_`; memory of messages is never let go under that
// mutex, because its owner may need other locks for it.
//   outgoing_  filled by send(), drained by handlers; unbounded, see Channel::send
//   incoming_  filled by handlers, drained by receive(); at the limits reading pauses and the peer's writes wait
class PipeChannel final : public Channel {
 public:
  PipeChannel(int socket, ChannelLimits limits, Served served, DescriptorGuard& guard)
      : limits_(limits),
        context_(1),
        socket_(context_),
        work_(asio::make_work_guard(context_)),
        reader_(limits.message_bytes),
        ahead_(read_ahead_bytes),
        descriptor_(socket) {
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &socket_buffer_bytes, sizeof socket_buffer_bytes);
    ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &socket_buffer_bytes, sizeof socket_buffer_bytes);
    socket_.assign(asio::local::stream_protocol(), socket);
    guard.release();
    asio::post(context_, [this] { read_next(); });
    if (served == Served::by_thread) start_thread();
  }

  ~PipeChannel() override {
    wake_.set(nullptr);
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }

  void serve() override {
    if (has_thread_) return;
    bool wake = false;
    {
      std::lock_guard lock(serving_);
      if (has_thread_) return;
      context_.poll();
      wake = std::exchange(wake_due_, false);
    }
    if (wake) wake_.call();
  }

  int descriptor() const override { return has_thread_ ? -1 : descriptor_; }

  void send(Message message) override {
    const std::uint64_t size = message.size();
    if (size > limits_.message_bytes)
      return end_here(End::broken, "a message of " + plain_text(size) + " bytes is above the limit of " +
                                       plain_text(limits_.message_bytes));
    {
      std::lock_guard lock(mutex_);
      if (end_ != End::open || sending_stopped_) return;
      queued_bytes_ += framed_size(size);
      ++counters_.messages_sent;
      outgoing_.push_back(std::move(message));
      if (std::exchange(writing_, true)) return;
    }
    asio::post(context_, [this] { write_next(); });
    if (has_thread_) return;
    serve();
    if (!waits_for_the_peer()) return;
    std::lock_guard lock(serving_);
    try {
      if (!has_thread_) start_thread();
    } catch (const std::system_error&) {
      // serve() and close() go on with it.
    }
  }

  bool receive(Received& message) override {
    Received next;
    bool resume = false;
    {
      std::lock_guard lock(mutex_);
      if (incoming_.empty()) return false;
      next = std::move(incoming_.front());
      incoming_.pop_front();
      waiting_bytes_ -= next.size;
      resume = reading_paused_ && incoming_.size() <= limits_.waiting_messages / 2 &&
               waiting_bytes_ <= limits_.waiting_bytes / 2;
      if (resume) reading_paused_ = false;
    }
    if (resume) asio::post(context_, [this] { resume_reading(); });
    message = std::move(next);
    return true;
  }

  void on_wake(std::function<void()> wake) override {
    wake_.set(std::move(wake));
    bool now = false;
    {
      std::lock_guard lock(mutex_);
      now = !incoming_.empty() || end_ != End::open;
    }
    if (now) wake_.call();
  }

  End end() const override {
    std::lock_guard lock(mutex_);
    return end_shows() ? end_ : End::open;
  }
  std::string end_text() const override {
    std::lock_guard lock(mutex_);
    return end_shows() ? end_text_ : std::string();
  }
  std::size_t queued_bytes() const override {
    std::lock_guard lock(mutex_);
    return queued_bytes_;
  }
  ChannelCounters counters() const override {
    std::lock_guard lock(mutex_);
    return counters_;
  }

  void close(double seconds) override {
    const std::chrono::duration<double> patience(seconds);
    if (!has_thread_) {
      std::lock_guard lock(serving_);
      const auto until =
          std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(patience);
      while (!has_thread_ && waits_for_the_peer() && std::chrono::steady_clock::now() < until)
        context_.run_one_until(until);
    }
    if (has_thread_) {
      std::unique_lock lock(mutex_);
      drained_.wait_for(lock, patience, [this] { return end_ != End::open || sending_stopped_ || queued_bytes_ == 0; });
    }
    end_here(End::local, "closed here");
  }

 private:
  bool end_shows() const { return end_ == End::local || incoming_.empty(); }
  bool full() const { return incoming_.size() >= limits_.waiting_messages || waiting_bytes_ >= limits_.waiting_bytes; }

  bool waits_for_the_peer() const {
    std::lock_guard lock(mutex_);
    return writing_ && end_ == End::open && !sending_stopped_;
  }

  // In the constructor, or under `serving_`.
  void start_thread() {
    has_thread_ = true;
    try {
      thread_ = quiet_thread([this] {
        ::pthread_setname_np(::pthread_self(), "cnv-channel");
        context_.run();
      });
    } catch (...) {
      has_thread_ = false;
      throw;
    }
  }

  // The first end counts; false when there is one. Any thread.
  bool set_end(End end, const std::string& text) {
    {
      std::lock_guard lock(mutex_);
      if (end_ != End::open) return false;
      end_ = end;
      end_text_ = text;
      // Whoever sees the end sees that nothing is on the way any more.
      queued_bytes_ = 0;
    }
    // An operation that waits for the socket ends with an error; the peer sees the end behind what has left.
    asio::post(context_, [this] { stop_sending(); });
    return true;
  }

  // By a caller.
  void end_here(End end, const std::string& text) {
    if (!set_end(end, text)) return;
    serve();
    wake_.call();
  }

  // ---- handlers ----

  // Not while `serving_` is held: the function may send.
  void wake_from_handler() {
    if (has_thread_) wake_.call();
    else wake_due_ = true;
  }

  void end_with(End end, const std::string& text) {
    if (set_end(end, text)) wake_from_handler();
  }

  // ---- handlers: reading ----

  void read_next() {
    const auto want = reader_.want();
    const std::array<asio::mutable_buffer, 2> into{asio::buffer(want.data(), want.size()), asio::buffer(ahead_)};
    socket_.async_read_some(into, [this](const error_code& error, std::size_t count) {
      if (error) return read_failed(error);
      if (take_in(count)) read_next();
    });
  }

  // True when reading goes on.
  bool take_in(std::size_t count) {
    const std::size_t direct = std::min(count, reader_.want().size());
    Result<void> taken;
    if (auto first = reader_.got(direct); !first) taken = Error{first.error()};
    else {
      if (*first) arrived_.push_back(std::move(**first));
      taken = reader_.take(std::span(ahead_).first(count - direct), arrived_);
    }
    const bool go_on = deliver(count);
    if (!taken) end_with(End::broken, taken.error());
    return go_on && taken.ok();
  }

  bool deliver(std::size_t bytes) {
    const bool any = !arrived_.empty();
    bool go_on = true;
    {
      std::lock_guard lock(mutex_);
      counters_.bytes_received += bytes;
      counters_.messages_received += arrived_.size();
      for (auto& message : arrived_) {
        waiting_bytes_ += message.size;
        incoming_.push_back(std::move(message));
      }
      reading_paused_ = full();
      go_on = !reading_paused_ && end_ == End::open;
    }
    arrived_.clear();
    if (any) wake_from_handler();
    return go_on;
  }

  void read_failed(const error_code& error) {
    if (error == asio::error::operation_aborted) return;
    if (!write_problem_.empty()) return end_with(End::broken, write_problem_);
    if (!peer_is_gone(error)) return end_with(End::broken, "reading failed: " + error.message());
    end_with(End::closed_by_peer, reader_.unfinished() ? "the other side ended in the middle of a message"
                                                       : "the other side closed the connection");
  }

  void resume_reading() {
    {
      std::lock_guard lock(mutex_);
      if (end_ != End::open) return;
    }
    read_next();
  }

  // ---- handlers: writing ----

  void write_next() {
    std::deque<Message> more;
    {
      std::lock_guard lock(mutex_);
      more.swap(outgoing_);
      if (more.empty() && writer_.empty()) {
        writing_ = false;
        return;
      }
    }
    for (auto& message : more) writer_.add(std::move(message));
    writer_.pieces(pieces_, pieces_per_write);
    buffers_.clear();
    for (const auto piece : pieces_) buffers_.emplace_back(piece.data(), piece.size());
    write_in_flight_ = true;
    socket_.async_write_some(buffers_, [this](const error_code& error, std::size_t count) {
      write_in_flight_ = false;
      if (error) return write_failed(error);
      wrote(count);
      write_next();
    });
  }

  void wrote(std::size_t count) {
    writer_.written(count);
    bool drained = false;
    {
      std::lock_guard lock(mutex_);
      counters_.bytes_sent += count;
      queued_bytes_ -= std::min(queued_bytes_, count);
      drained = queued_bytes_ == 0;
    }
    if (drained) drained_.notify_all();
  }

  // The end is left to the reading side: what the peer said before it went, perhaps its farewell, is still to be read.
  void write_failed(const error_code& error) {
    if (!peer_is_gone(error) && error != asio::error::operation_aborted)
      write_problem_ = "writing failed: " + error.message();
    stop_sending();
  }

  // After the shutdown a waiting operation ends with an error, and reading ends behind what has already come.
  void stop_sending() {
    std::deque<Message> dropped;
    {
      std::lock_guard lock(mutex_);
      sending_stopped_ = true;
      queued_bytes_ = 0;
      dropped.swap(outgoing_);
    }
    drained_.notify_all();
    error_code ignored;
    (void)socket_.shutdown(Socket::shutdown_both, ignored);
    if (!write_in_flight_) writer_.clear();
  }

  const ChannelLimits limits_;
  Wake wake_;

  // Of handlers.
  asio::io_context context_;
  Socket socket_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  FrameReader reader_;
  FrameWriter writer_;
  std::vector<std::byte> ahead_;
  std::vector<Received> arrived_;
  std::vector<std::span<const std::byte>> pieces_;
  std::vector<asio::const_buffer> buffers_;
  bool write_in_flight_ = false;
  std::string write_problem_;

  mutable std::mutex mutex_;
  std::condition_variable drained_;
  std::deque<Message> outgoing_;
  std::deque<Received> incoming_;
  std::size_t queued_bytes_ = 0, waiting_bytes_ = 0;
  bool writing_ = false, sending_stopped_ = false, reading_paused_ = false;
  End end_ = End::open;
  std::string end_text_;
  ChannelCounters counters_;

  const int descriptor_;
  std::mutex serving_;
  bool wake_due_ = false;  // of serve()
  std::atomic<bool> has_thread_{false};
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Channel> make_pipe_channel(int socket, ChannelLimits limits, Served served) {
  DescriptorGuard guard(socket);
  return std::make_unique<PipeChannel>(socket, limits, served, guard);
}

SocketPair connected_sockets(int kind) {
  int ends[2];
  if (::socketpair(AF_UNIX, kind | SOCK_CLOEXEC, 0, ends) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  return {ends[0], ends[1]};
}
SocketPair make_socket_pair() { return connected_sockets(SOCK_STREAM); }

}  // namespace cnv::transport
