// What every channel must do; each transport is one line at the end.
#include "cnv/transport/channel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "cnv/transport/pipe/pipe_channel.hpp"
#include "cnv/transport/thread/thread_channel.hpp"
#include "transport/channel_tools.hpp"

namespace cnv::transport {
namespace {

using namespace test;

struct Transport {
  const char* name;
  Ends (*make)(ChannelLimits);
};

Ends pipe_ends(ChannelLimits limits) {
  auto pair = make_socket_pair();
  return {make_pipe_channel(pair.ours, limits), make_pipe_channel(pair.theirs, limits)};
}

Ends served_pipe_ends(ChannelLimits limits) {
  auto pair = make_socket_pair();
  return {make_pipe_channel(pair.ours, limits, Served::by_caller),
          make_pipe_channel(pair.theirs, limits, Served::by_caller)};
}

class ChannelTest : public testing::TestWithParam<Transport> {
 protected:
  Ends make(ChannelLimits limits = {}) { return GetParam().make(limits); }
};

TEST_P(ChannelTest, delivers_messages_in_order_with_kind_and_aligned_bytes) {
  auto [a, b] = make();
  Waiter at_b(*b);
  for (unsigned i = 0; i < 500; ++i) a->send(message_of(pattern(i * 3, i), static_cast<std::uint16_t>(i)));
  for (unsigned i = 0; i < 500; ++i) {
    Received got;
    ASSERT_TRUE(at_b.next(got)) << i;
    EXPECT_EQ(got.kind, i);
    EXPECT_TRUE(holds(got, pattern(i * 3, i))) << i;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(got.data.get()) % 64, 0u);
  }
  Received none;
  EXPECT_FALSE(b->receive(none));
  EXPECT_EQ(a->counters().messages_sent, 500u);
  EXPECT_EQ(b->counters().messages_received, 500u);
}

TEST_P(ChannelTest, joins_chunks_and_accepts_empty_ones) {
  auto [a, b] = make();
  Waiter at_b(*b);
  auto one = std::make_shared<std::string>("mem"), two = std::make_shared<std::string>("brane");
  const auto* p = reinterpret_cast<const std::byte*>(one->data());
  const auto* q = reinterpret_cast<const std::byte*>(two->data());
  a->send({1, {{nullptr, nullptr, 0}, {one, p, 3}, {nullptr, nullptr, 0}, {two, q, 5}, {nullptr, nullptr, 0}}});
  a->send({2, {}});
  a->send({3, {{nullptr, nullptr, 0}}});
  Received got;
  ASSERT_TRUE(at_b.next(got));
  EXPECT_EQ(std::string_view(reinterpret_cast<char*>(got.data.get()), got.size), "membrane");
  for (unsigned kind : {2u, 3u}) {
    ASSERT_TRUE(at_b.next(got));
    EXPECT_EQ(got.kind, kind);
    EXPECT_EQ(got.size, 0u);
    EXPECT_NE(got.data, nullptr);
  }
}

TEST_P(ChannelTest, carries_200_MB_in_one_message) {
  auto [a, b] = make();
  Waiter at_b(*b);
  const auto large = pattern(200'000'003, 5);
  const auto half = large.size() / 2;
  a->send({9, {{nullptr, large.data(), half}, {nullptr, large.data() + half, large.size() - half}}});
  a->send(message_of(pattern(10, 1)));
  Received got;
  ASSERT_TRUE(at_b.next(got));
  EXPECT_EQ(got.kind, 9);
  EXPECT_TRUE(holds(got, large));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(got.data.get()) % 64, 0u);
  ASSERT_TRUE(at_b.next(got));
  EXPECT_TRUE(holds(got, pattern(10, 1)));
}

TEST_P(ChannelTest, carries_many_small_messages) {
  constexpr std::uint64_t count = 20'000;
  auto [a, b] = make();
  Waiter at_b(*b);
  std::thread sender([&, &a = a] {
    for (std::uint64_t i = 0; i < count; ++i) a->send(message_of(pattern(16, i)));
  });
  std::uint64_t good = 0;
  Received got;
  while (good < count && at_b.next(got) && holds(got, pattern(16, good))) ++good;
  sender.join();
  EXPECT_EQ(good, count);
}

TEST_P(ChannelTest, keeps_the_order_of_each_of_several_senders) {
  constexpr unsigned senders = 4, count = 500;
  auto [a, b] = make();
  Waiter at_b(*b);
  std::vector<std::thread> threads;
  for (unsigned s = 0; s < senders; ++s)
    threads.emplace_back([&, s, &a = a] {
      for (unsigned i = 0; i < count; ++i) a->send(message_of(pattern(100 + i, i), static_cast<std::uint16_t>(s)));
    });
  unsigned seen[senders] = {};
  for (unsigned i = 0; i < senders * count; ++i) {
    Received got;
    ASSERT_TRUE(at_b.next(got));
    EXPECT_EQ(got.size, 100 + seen[got.kind]++);
  }
  for (auto& thread : threads) thread.join();
}

TEST_P(ChannelTest, carries_both_directions_at_once) {
  auto [a, b] = make();
  Waiter at_a(*a), at_b(*b);
  const auto talk = [](Channel& mine, Waiter& waiter, std::uint64_t my_seed, std::uint64_t their_seed) {
    constexpr std::size_t count = 60;
    const auto size = [](std::size_t i) { return i % 10 == 0 ? 3'000'000 + i : 5000 + i; };
    for (std::size_t i = 0; i < count; ++i) mine.send(message_of(pattern(size(i), my_seed + i)));
    for (std::size_t i = 0; i < count; ++i) {
      Received got;
      if (!waiter.next(got) || !holds(got, pattern(size(i), their_seed + i))) return false;
    }
    return true;
  };
  bool other = false;
  std::thread thread([&, &b = b] { other = talk(*b, at_b, 2000, 1000); });
  EXPECT_TRUE(talk(*a, at_a, 1000, 2000));
  thread.join();
  EXPECT_TRUE(other);
}

TEST_P(ChannelTest, lets_go_of_the_memory_of_a_message_when_it_has_left) {
  auto [a, b] = make();
  Waiter at_b(*b);
  auto owner = std::make_shared<std::vector<std::byte>>(pattern(1000, 1));
  std::weak_ptr<const void> watch = owner;
  a->send({1, {{owner, owner->data(), owner->size()}}});
  owner.reset();
  Received got;
  ASSERT_TRUE(at_b.next(got));
  a.reset();
  EXPECT_TRUE(watch.expired());
  EXPECT_TRUE(holds(got, pattern(1000, 1)));
}

TEST_P(ChannelTest, wakes_at_once_if_something_came_before) {
  auto [a, b] = make();
  {
    Waiter at_b(*b);
    a->send(message_of(pattern(5, 1)));
    ASSERT_TRUE(at_b.until([&, &b = b] { return b->counters().messages_received == 1; }));
  }
  std::atomic<int> calls = 0;
  b->on_wake([&] { ++calls; });
  EXPECT_GE(calls, 1);
  b->on_wake(nullptr);
  const int before = calls;
  a->send(message_of(pattern(5, 1)));
  a->close(5);
  Waiter at_b(*b);
  Received got;
  EXPECT_TRUE(at_b.next(got));
  EXPECT_TRUE(at_b.next(got));
  EXPECT_TRUE(at_b.ended());
  EXPECT_EQ(calls, before) << "a function that was taken away must not be called";
}

TEST_P(ChannelTest, close_lets_what_is_queued_leave_and_shows_the_peer_the_end_after_the_last_message) {
  auto [a, b] = make();
  for (int i = 0; i < 50; ++i) a->send(message_of(pattern(100'000, 3)));
  a->send({8, {}});
  std::thread closer([&, &a = a] { a->close(30); });
  Waiter at_b(*b);
  Received got;
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(at_b.next(got));
    EXPECT_EQ(b->end(), End::open) << "a message still waits";
  }
  ASSERT_TRUE(at_b.next(got));
  EXPECT_EQ(got.kind, 8);
  ASSERT_TRUE(at_b.ended());
  EXPECT_EQ(b->end(), End::closed_by_peer);
  EXPECT_FALSE(b->end_text().empty());
  closer.join();
  EXPECT_EQ(a->end(), End::local);
}

TEST_P(ChannelTest, an_end_hides_until_all_that_came_before_is_received) {
  auto [a, b] = make();
  a->send(message_of(pattern(10, 1)));
  a->close(30);
  Waiter at_b(*b);
  ASSERT_TRUE(at_b.until([&, &b = b] { return b->counters().messages_received == 1; }));
  EXPECT_EQ(b->end(), End::open);
  EXPECT_EQ(b->end_text(), "");
  Received got;
  ASSERT_TRUE(b->receive(got));
  ASSERT_TRUE(at_b.ended());
}

TEST_P(ChannelTest, drops_what_is_sent_after_the_end) {
  auto [a, b] = make();
  b->close(1);
  Waiter at_a(*a);
  ASSERT_TRUE(at_a.ended());
  a->send(message_of(pattern(100, 1)));
  b->send(message_of(pattern(100, 1)));
  EXPECT_EQ(a->queued_bytes(), 0u);
  EXPECT_EQ(b->queued_bytes(), 0u);
  Received got;
  EXPECT_FALSE(a->receive(got));
  EXPECT_FALSE(b->receive(got));
  a->close(1);
  EXPECT_EQ(a->end(), End::closed_by_peer) << "the first end counts";
}

TEST_P(ChannelTest, an_end_that_is_destroyed_is_closed_for_the_other) {
  auto [a, b] = make();
  Waiter at_b(*b);
  a.reset();
  ASSERT_TRUE(at_b.ended());
  EXPECT_EQ(b->end(), End::closed_by_peer);
}

TEST_P(ChannelTest, takes_in_only_as_much_as_its_limits_while_nobody_receives) {
  constexpr int count = 200;
  auto [a, b] = make({.waiting_messages = 4, .waiting_bytes = 1 << 20});
  for (unsigned i = 0; i < count; ++i) a->send(message_of(pattern(200'000, i)));
  Waiter at_b(*b);
  ASSERT_TRUE(at_b.until([&, &b = b] { return b->counters().messages_received >= 4; }));
  EXPECT_LE(b->counters().messages_received, 5u);
  EXPECT_GT(a->queued_bytes(), 20u << 20) << "the rest waits at the sender";
  for (unsigned i = 0; i < count; ++i) {
    Received got;
    ASSERT_TRUE(at_b.next(got)) << i;
    EXPECT_TRUE(holds(got, pattern(200'000, i))) << i;
  }
}

TEST_P(ChannelTest, close_does_not_wait_longer_than_told_and_leaves_no_part_of_a_message) {
  auto [a, b] = make({.waiting_messages = 2});
  for (unsigned i = 0; i < 100; ++i) a->send(message_of(pattern(500'000, i)));
  const auto start = std::chrono::steady_clock::now();
  a->close(0.02);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  a.reset();
  Waiter at_b(*b);
  unsigned received = 0;
  at_b.until([&, &b = b] {
    for (Received got; b->receive(got); ++received) EXPECT_TRUE(holds(got, pattern(500'000, received)));
    return b->end() != End::open;
  });
  EXPECT_EQ(b->end(), End::closed_by_peer);
  EXPECT_GE(received, 2u);
  EXPECT_LT(received, 100u);
}

TEST_P(ChannelTest, a_message_above_the_limit_breaks_the_channel_with_a_text) {
  auto [a, b] = make({.message_bytes = 1000});
  Waiter at_b(*b);
  a->send(message_of(pattern(1000, 1)));
  Received got;
  ASSERT_TRUE(at_b.next(got));
  a->send(message_of(pattern(1001, 1)));
  EXPECT_EQ(a->end(), End::broken);
  EXPECT_NE(a->end_text().find("1001"), std::string::npos);
  ASSERT_TRUE(at_b.ended());
  EXPECT_FALSE(b->receive(got));
}

INSTANTIATE_TEST_SUITE_P(all, ChannelTest,
                         testing::Values(Transport{"pipe", pipe_ends}, Transport{"served_pipe", served_pipe_ends},
                                         Transport{"thread", make_thread_channels}),
                         [](const auto& chosen) { return std::string(chosen.param.name); });

}  // namespace
}  // namespace cnv::transport
