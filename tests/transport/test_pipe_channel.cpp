// What only a channel between two processes can suffer.
#include "cnv/transport/pipe/pipe_channel.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "cnv/transport/frame.hpp"
#include "cnv/transport/pipe/spawn.hpp"
#include "transport/channel_tools.hpp"

namespace cnv::transport {
namespace {

using namespace test;

// A channel and the bare other end of its socket.
struct HalfBare {
  explicit HalfBare(Served served, ChannelLimits limits = {}) {
    const auto pair = make_socket_pair();
    channel = make_pipe_channel(pair.ours, limits, served);
    bare = pair.theirs;
  }
  ~HalfBare() { close_bare(); }
  void close_bare() {
    if (bare >= 0) ::close(std::exchange(bare, -1));
  }
  void write(const void* data, std::size_t size) { ASSERT_EQ(::write(bare, data, size), static_cast<ssize_t>(size)); }
  void write(const FrameHeader& header) {
    const auto bytes = write_frame_header(header);
    write(bytes.data(), bytes.size());
  }

  std::unique_ptr<Channel> channel;
  int bare = -1;
};

class PipeChannelTest : public testing::TestWithParam<Served> {};

TEST_P(PipeChannelTest, garbage_ends_it_with_a_text_and_delivers_nothing) {
  HalfBare pipe(GetParam());
  Waiter waiter(*pipe.channel);
  const std::string garbage(200, 'x');
  pipe.write(garbage.data(), garbage.size());
  ASSERT_TRUE(waiter.ended());
  EXPECT_EQ(pipe.channel->end(), End::broken);
  EXPECT_NE(pipe.channel->end_text().find("no frame"), std::string::npos);
  Received got;
  EXPECT_FALSE(pipe.channel->receive(got));
  char byte;
  EXPECT_EQ(::read(pipe.bare, &byte, 1), 0) << "the other side sees that it is over";
}

TEST_P(PipeChannelTest, garbage_behind_a_message_does_not_take_the_message_away) {
  HalfBare pipe(GetParam());
  Waiter waiter(*pipe.channel);
  pipe.write({3, 1, false, 4, 4});
  const std::string rest = "good" + std::string(100, 'x');
  pipe.write(rest.data(), rest.size());
  Received got;
  ASSERT_TRUE(waiter.next(got));
  EXPECT_EQ(std::string_view(reinterpret_cast<char*>(got.data.get()), got.size), "good");
  ASSERT_TRUE(waiter.ended());
  EXPECT_EQ(pipe.channel->end(), End::broken);
}

TEST_P(PipeChannelTest, a_peer_that_dies_in_the_middle_of_a_message_delivers_no_part_of_it) {
  for (const std::size_t sent : {1u, 63u, 64u, 67u}) {
    HalfBare pipe(GetParam());
    Waiter waiter(*pipe.channel);
    const auto header = write_frame_header({1, 1, false, 1000, 1000});
    std::string bytes(reinterpret_cast<const char*>(header.data()), header.size());
    bytes += "abc";
    pipe.write(bytes.data(), sent);
    pipe.close_bare();
    ASSERT_TRUE(waiter.ended());
    EXPECT_EQ(pipe.channel->end(), End::closed_by_peer);
    EXPECT_NE(pipe.channel->end_text().find("middle of a message"), std::string::npos) << sent;
    Received got;
    EXPECT_FALSE(pipe.channel->receive(got));
  }
}

TEST_P(PipeChannelTest, a_farewell_is_heard_although_writing_to_the_peer_fails_first) {
  for (int i = 0; i < 100; ++i) {
    HalfBare pipe(GetParam());
    // The peer leaves with data unread: our writes are refused while its last message is still on the way.
    for (int k = 0; k < 5; ++k) pipe.channel->send(message_of(pattern(400'000, 1)));
    pipe.write({5, 1, false, 3, 3});
    pipe.write("bye", 3);
    pipe.close_bare();
    Waiter waiter(*pipe.channel);
    Received got;
    bool heard = false;
    ASSERT_TRUE(waiter.until([&] {
      while (pipe.channel->receive(got)) heard = true;
      return pipe.channel->end() != End::open;
    }));
    EXPECT_TRUE(heard);
    EXPECT_EQ(got.kind, 5);
    EXPECT_EQ(pipe.channel->end(), End::closed_by_peer);
    EXPECT_EQ(pipe.channel->queued_bytes(), 0u);
  }
}

TEST_P(PipeChannelTest, a_peer_that_no_longer_reads_ends_it) {
  HalfBare pipe(GetParam());
  Waiter waiter(*pipe.channel);
  ASSERT_EQ(::shutdown(pipe.bare, SHUT_RD), 0);
  pipe.channel->send(message_of(pattern(100, 1)));
  ASSERT_TRUE(waiter.ended());
}

TEST_P(PipeChannelTest, speaks_the_documented_frames) {
  HalfBare pipe(GetParam());
  pipe.channel->send(message_of({std::byte{1}, std::byte{2}}, 0x0102));
  pipe.channel->close(10);
  unsigned char bytes[100] = {};
  ssize_t size = 0;
  for (ssize_t n; (n = ::read(pipe.bare, bytes + size, sizeof bytes - static_cast<std::size_t>(size))) > 0;) size += n;
  ASSERT_EQ(size, 66);
  const unsigned char expected[66] = {'C', 'N', 'V', '1', 1, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                      0,   0,   2,   0,   0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                      0,   0,   0,   0,   0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2};
  EXPECT_EQ(std::memcmp(bytes, expected, sizeof expected), 0);
}

TEST_P(PipeChannelTest, a_stopped_peer_hangs_neither_close_nor_destruction) {
  auto pair = make_socket_pair();
  auto spawned = spawn({"/bin/sh", {"-c", "kill -STOP $$"}, current_environment(), pair.theirs});
  ::close(pair.theirs);
  auto& child = std::get<ChildProcess>(spawned);
  int status = 0;
  ASSERT_EQ(::waitpid(child.pid(), &status, WUNTRACED), child.pid());
  ASSERT_TRUE(WIFSTOPPED(status));
  auto channel = make_pipe_channel(pair.ours, {}, GetParam());
  for (int i = 0; i < 20; ++i) channel->send(message_of(pattern(2'000'000, 1)));
  const auto start = std::chrono::steady_clock::now();
  channel->close(0.05);
  channel.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_NE(child.terminate(10), "");
}

TEST_P(PipeChannelTest, takes_over_its_descriptor) {
  auto pair = make_socket_pair();
  EXPECT_NE(::fcntl(pair.ours, F_GETFD) & FD_CLOEXEC, 0);
  EXPECT_NE(::fcntl(pair.theirs, F_GETFD) & FD_CLOEXEC, 0);
  make_pipe_channel(pair.ours, {}, GetParam()).reset();
  EXPECT_EQ(::fcntl(pair.ours, F_GETFD), -1);
  ::close(pair.theirs);
}

INSTANTIATE_TEST_SUITE_P(all, PipeChannelTest, testing::Values(Served::by_thread, Served::by_caller),
                         [](const auto& chosen) {
                           return std::string(chosen.param == Served::by_thread ? "by_thread" : "by_caller");
                         });

int channel_threads() {
  int count = 0;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    std::getline(std::ifstream(task.path() / "comm"), name);
    count += name == "cnv-channel";
  }
  return count;
}

TEST(ServedPipeChannelTest, needs_a_thread_only_when_the_system_does_not_take_what_is_sent) {
  HalfBare pipe(Served::by_caller);
  pipe.channel->send(message_of(pattern(1000, 1)));
  std::vector<std::byte> bytes(30'000'000);
  ASSERT_EQ(::recv(pipe.bare, bytes.data(), bytes.size(), MSG_DONTWAIT), 64 + 1000) << "it has left with send()";
  EXPECT_EQ(channel_threads(), 0);
  EXPECT_GE(pipe.channel->descriptor(), 0);

  pipe.channel->send(message_of(pattern(20'000'000, 2)));
  EXPECT_EQ(pipe.channel->descriptor(), -1);
  ASSERT_EQ(::recv(pipe.bare, bytes.data(), 64 + 20'000'000, MSG_WAITALL), 64 + 20'000'000)
      << "the thread sends the rest";
  EXPECT_EQ(std::memcmp(bytes.data() + 64, pattern(20'000'000, 2).data(), 20'000'000), 0);
  EXPECT_EQ(channel_threads(), 1);
}

TEST(ServedPipeChannelTest, a_wake_function_may_send) {
  auto pair = make_socket_pair();
  const auto a = make_pipe_channel(pair.ours, {}, Served::by_caller),
             b = make_pipe_channel(pair.theirs, {}, Served::by_caller);
  b->on_wake([&] {
    for (Received got; b->receive(got);)
      b->send(message_of(pattern(got.size, got.kind + 1u), static_cast<std::uint16_t>(got.kind + 1)));
  });
  Waiter at_a(*a);
  a->send(message_of(pattern(10, 5), 5));
  b->serve();
  Received answer;
  ASSERT_TRUE(at_a.next(answer));
  EXPECT_EQ(answer.kind, 6);
  b->on_wake(nullptr);
}

}  // namespace
}  // namespace cnv::transport
