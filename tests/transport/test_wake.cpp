#include "cnv/transport/wake.hpp"

#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <thread>

namespace cnv::transport {
namespace {

TEST(WakeTest, calls_the_present_function) {
  Wake wake;
  wake.call();
  int first = 0, second = 0;
  wake.set([&] { ++first; });
  wake.call();
  wake.set([&] { ++second; });
  wake.call();
  wake.set(nullptr);
  wake.call();
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 1);
}

TEST(WakeTest, taking_the_function_away_waits_until_nobody_is_inside) {
  Wake wake;
  std::latch inside(1), go_on(1);
  bool left = false;  // not atomic: the thread sanitizer would see a missing order
  wake.set([&] {
    inside.count_down();
    go_on.wait();
    left = true;
  });
  std::thread caller([&] { wake.call(); });
  inside.wait();
  auto taken = std::async(std::launch::async, [&] {
    wake.set(nullptr);
    return left;
  });
  EXPECT_EQ(taken.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  go_on.count_down();
  EXPECT_TRUE(taken.get());
  caller.join();
}

TEST(WakeTest, a_function_may_replace_itself) {
  Wake wake;
  int calls = 0;
  wake.set([&] {
    ++calls;
    wake.set(nullptr);
  });
  wake.call();
  wake.call();
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace cnv::transport
