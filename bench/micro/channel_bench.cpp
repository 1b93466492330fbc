// Question: what does the channel cost over the socket it uses? Figure: messages of 100 … 257,054 floats per second,
// from one thread to another, through the pipe channel and through a bare socket pair that moves the same bytes (header
// and payload, one writev and one or two reads into a buffer that is used again, so that the bare side allocates
// nothing). Goal: at least 0.7 of the bare pair. At most eight messages are on their way in both. Beside them one copy
// of the same bytes in memory.
#include <benchmark/benchmark.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

#include "cnv/transport/frame.hpp"
#include "cnv/transport/pipe/pipe_channel.hpp"

namespace {
using namespace cnv::transport;

constexpr std::size_t on_the_way = 8;

// Counts what has arrived; the sender stays at most `on_the_way` ahead.
class Window {
 public:
  void arrived(std::size_t count) {
    {
      std::lock_guard lock(mutex_);
      arrived_ += count;
    }
    signal_.notify_one();
  }
  void wait_for_room(std::size_t sent) { wait_until_arrived(sent < on_the_way ? 0 : sent - on_the_way + 1); }
  void wait_until_arrived(std::size_t count) {
    std::unique_lock lock(mutex_);
    signal_.wait(lock, [&] { return arrived_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable signal_;
  std::size_t arrived_ = 0;
};

void count_bytes(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * state.range(0) * static_cast<std::int64_t>(sizeof(float)));
}

void pipe_channel(benchmark::State& state) {
  const auto values = std::make_shared<std::vector<float>>(static_cast<std::size_t>(state.range(0)), -65.0f);
  const std::size_t size = values->size() * sizeof(float);
  const auto pair = make_socket_pair();
  Window window;  // outlives the channels, whose threads call it
  // As the model's process and the viewer have them.
  const auto sender = make_pipe_channel(pair.ours, {}, Served::by_caller), receiver = make_pipe_channel(pair.theirs);
  receiver->on_wake([&] {
    std::size_t count = 0;
    for (Received message; receiver->receive(message); ++count)
      benchmark::DoNotOptimize(message.data.get()[message.size - 1]);
    window.arrived(count);
  });
  std::size_t sent = 0;
  for (auto _ : state) {
    window.wait_for_room(sent);
    sender->send({1, {{values, reinterpret_cast<const std::byte*>(values->data()), size}}});
    ++sent;
  }
  window.wait_until_arrived(sent);
  receiver->on_wake(nullptr);
  count_bytes(state);
}
BENCHMARK(pipe_channel)->Arg(100)->Arg(10'000)->Arg(257'054)->UseRealTime();

bool read_all(int socket, std::byte* to, std::size_t size) {
  while (size > 0) {
    const auto got = ::read(socket, to, size);
    if (got <= 0) return false;
    to += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

void write_all(int socket, std::array<std::byte, frame_header_size>& header, std::vector<float>& values) {
  iovec pieces[2] = {{header.data(), header.size()}, {values.data(), values.size() * sizeof(float)}};
  for (iovec* piece = pieces; piece != pieces + 2;) {
    auto count = static_cast<std::size_t>(::writev(socket, piece, static_cast<int>(pieces + 2 - piece)));
    for (; piece != pieces + 2 && count >= piece->iov_len; ++piece) count -= piece->iov_len;
    if (piece != pieces + 2) *piece = {static_cast<std::byte*>(piece->iov_base) + count, piece->iov_len - count};
  }
}

void bare_socket_pair(benchmark::State& state) {
  std::vector<float> values(static_cast<std::size_t>(state.range(0)), -65.0f);
  const std::size_t size = values.size() * sizeof(float);
  const auto pair = make_socket_pair();
  const int buffer_bytes = static_cast<int>(state.range(1));
  for (const int socket : {pair.ours, pair.theirs})
    if (buffer_bytes > 0) ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof buffer_bytes);
  Window window;
  std::thread reader([&] {
    std::vector<std::byte> buffer(frame_header_size + size);
    while (read_all(pair.theirs, buffer.data(), frame_header_size) &&
           read_all(pair.theirs, buffer.data() + frame_header_size, size))
      window.arrived(1);
  });
  auto header = write_frame_header({1, 1, false, size, size});
  std::size_t sent = 0;
  for (auto _ : state) {
    window.wait_for_room(sent);
    write_all(pair.ours, header, values);
    ++sent;
  }
  window.wait_until_arrived(sent);
  ::shutdown(pair.ours, SHUT_WR);
  reader.join();
  ::close(pair.ours);
  ::close(pair.theirs);
  count_bytes(state);
}
// The second argument is the size of the system's buffer; 0 leaves it as it is.
BENCHMARK(bare_socket_pair)->ArgsProduct({{100, 10'000, 257'054}, {0, 1 << 20}})->UseRealTime();

void memory_copy(benchmark::State& state) {
  const std::vector<float> values(static_cast<std::size_t>(state.range(0)), -65.0f);
  std::vector<std::byte> copy(frame_header_size + values.size() * sizeof(float));
  const auto header = write_frame_header({1, 1, false, values.size() * sizeof(float), values.size() * sizeof(float)});
  for (auto _ : state) {
    std::memcpy(copy.data(), header.data(), header.size());
    std::memcpy(copy.data() + header.size(), values.data(), values.size() * sizeof(float));
    benchmark::DoNotOptimize(copy.data());
    benchmark::ClobberMemory();
  }
  count_bytes(state);
}
BENCHMARK(memory_copy)->Arg(100)->Arg(10'000)->Arg(257'054)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
