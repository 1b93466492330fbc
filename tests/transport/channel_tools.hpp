// What the channel tests share: messages with known bytes, and waiting without sleeping.
#pragma once

#include <poll.h>

#include <chrono>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "cnv/transport/channel.hpp"

namespace cnv::transport::test {

using Ends = std::pair<std::unique_ptr<Channel>, std::unique_ptr<Channel>>;

inline std::vector<std::byte> pattern(std::size_t size, std::uint64_t seed) {
  std::vector<std::byte> bytes(size);
  std::uint64_t word = seed * 2 + 1;
  for (std::size_t i = 0; i < size; i += sizeof word) {
    word = word * 6364136223846793005u + 1442695040888963407u;
    std::memcpy(&bytes[i], &word, std::min(sizeof word, size - i));
  }
  return bytes;
}

inline Message message_of(std::vector<std::byte> bytes, std::uint16_t kind = 7) {
  auto owner = std::make_shared<std::vector<std::byte>>(std::move(bytes));
  return {kind, {{owner, owner->data(), owner->size()}}};
}

inline bool holds(const Received& got, const std::vector<std::byte>& expected) {
  return got.size == expected.size() && (got.size == 0 || std::memcmp(got.data.get(), expected.data(), got.size) == 0);
}

// Waits for a condition of a channel with its wake function or its descriptor; the time is only a bound on failure.
class Waiter {
 public:
  explicit Waiter(Channel& channel) : channel_(channel) {
    channel.on_wake([this] {
      { std::lock_guard lock(mutex_); }
      signal_.notify_all();
    });
  }
  ~Waiter() { channel_.on_wake(nullptr); }
  template <class Test>
  bool until(Test test) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < end) {
      channel_.serve();
      std::unique_lock lock(mutex_);
      const int descriptor = channel_.descriptor();
      if (descriptor < 0) return signal_.wait_until(lock, end, test);
      if (test()) return true;
      lock.unlock();
      // A send() of another thread may give the channel a thread meanwhile.
      constexpr int look_again_ms = 20;
      pollfd watched{descriptor, POLLIN, 0};
      ::poll(&watched, 1, look_again_ms);
    }
    return false;
  }
  bool next(Received& message) {
    return until([&] { return channel_.receive(message); });
  }
  bool ended() {
    return until([&] { return channel_.end() != End::open; });
  }

 private:
  Channel& channel_;
  std::mutex mutex_;
  std::condition_variable signal_;
};

}  // namespace cnv::transport::test
