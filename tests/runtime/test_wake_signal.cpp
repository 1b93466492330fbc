#include "cnv/runtime/wake_signal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace cnv {
namespace {

// Only a bound on failure: a test that waits so long has failed.
constexpr double forever_s = 60;

TEST(WakeSignalTest, a_wait_after_set_returns_until_it_is_cleared) {
  WakeSignal signal;
  EXPECT_FALSE(signal.is_set());
  signal.set();
  signal.set();
  EXPECT_TRUE(signal.wait(forever_s, {}));
  EXPECT_TRUE(signal.is_set());
  signal.clear();
  EXPECT_FALSE(signal.is_set());
  EXPECT_FALSE(signal.wait(1e-6, {}));
  EXPECT_FALSE(signal.is_set());
}

TEST(WakeSignalTest, another_thread_ends_a_wait) {
  WakeSignal signal;
  for (int i = 0; i < 200; ++i) {
    std::thread other([&] { signal.set(); });
    while (!signal.is_set()) signal.wait(forever_s, {});
    other.join();
    signal.clear();
  }
}

TEST(WakeSignalTest, a_clear_while_another_thread_sets_leaves_nothing_that_ends_later_waits) {
  WakeSignal signal;
  constexpr int rounds = 2000;
  std::atomic<int> begun{0}, ended{0};
  std::thread other([&] {
    for (int i = 1; i <= rounds; ++i) {
      while (begun != i) std::this_thread::yield();
      signal.set();
      ended = i;
    }
  });
  int ended_by_nothing = 0;
  for (int i = 1; i <= rounds; ++i) {
    begun = i;
    while (!signal.is_set()) std::this_thread::yield();
    signal.clear();
    while (ended != i) std::this_thread::yield();
    ended_by_nothing += signal.wait(1e-6, {}) ? 1 : 0;
  }
  other.join();
  EXPECT_EQ(ended_by_nothing, 0);
}

TEST(WakeSignalTest, a_descriptor_that_can_be_read_ends_a_wait_as_does_its_end) {
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  WakeSignal signal;
  const int descriptors[] = {-1, pipe[0]};
  ASSERT_EQ(::write(pipe[1], "x", 1), 1);
  signal.wait(forever_s, descriptors);
  char byte;
  ASSERT_EQ(::read(pipe[0], &byte, 1), 1);
  ::close(pipe[1]);
  signal.wait(forever_s, descriptors);
  EXPECT_FALSE(signal.is_set());
  ::close(pipe[0]);
}

}  // namespace
}  // namespace cnv
