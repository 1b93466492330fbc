// A window is handed from one process to the next: what is said over the control socket, and the end of who held it.
#include "cnv/transport/pipe/handover.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cnv/transport/pipe/spawn.hpp"

namespace cnv::transport {
namespace {

struct HandoverTest : testing::Test {
  SocketPair control = make_control_pair();
  ~HandoverTest() override {
    for (const int end : {control.ours, control.theirs})
      if (end >= 0) ::close(end);
  }
  Said said() { return take_message(control.ours).said; }
};

TEST_F(HandoverTest, messages_come_one_by_one_and_in_order) {
  EXPECT_EQ(said(), Said::nothing);
  EXPECT_TRUE(tell_started(control.theirs));
  EXPECT_TRUE(tell_dismissed(control.theirs));
  EXPECT_EQ(said(), Said::started);
  EXPECT_EQ(said(), Said::dismissed);
  EXPECT_EQ(said(), Said::nothing);
}

TEST_F(HandoverTest, a_connection_that_is_handed_over_leads_to_its_other_end) {
  const auto connection = make_socket_pair();
  ASSERT_TRUE(hand_over(control.theirs, connection.theirs));
  ::close(connection.theirs);
  const auto message = take_message(control.ours);
  ASSERT_EQ(message.said, Said::connection);
  EXPECT_EQ(::fcntl(message.descriptor, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
  ASSERT_EQ(::write(connection.ours, "cell", 4), 4);
  char text[5] = {};
  EXPECT_EQ(::read(message.descriptor, text, 4), 4);
  EXPECT_STREQ(text, "cell");
  ::close(message.descriptor);
  ::close(connection.ours);
}

TEST_F(HandoverTest, the_end_shows_after_what_was_said_and_only_when_nobody_holds_the_socket) {
  const int another = ::fcntl(control.theirs, F_DUPFD_CLOEXEC, 10);
  ASSERT_TRUE(tell_started(control.theirs));
  ::close(std::exchange(control.theirs, -1));
  EXPECT_EQ(said(), Said::started);
  EXPECT_EQ(said(), Said::nothing) << "another process could hold it";
  ::close(another);
  EXPECT_EQ(said(), Said::gone);
}

TEST_F(HandoverTest, nobody_is_told_when_the_window_is_closed) {
  ::close(std::exchange(control.ours, -1));
  EXPECT_FALSE(tell_started(control.theirs));
  EXPECT_FALSE(hand_over(control.theirs, 0));
}

TEST_F(HandoverTest, a_started_program_finds_the_control_socket_and_its_folder) {
  auto spawned = spawn({.executable = "/bin/sh",
                        .arguments = {"-c", "[ -e /proc/$$/fd/4 ] && [ ! -e /proc/$$/fd/3 ] && [ \"$(pwd)\" = / ]"},
                        .environment = current_environment(),
                        .control = control.theirs,
                        .folder = "/"});
  EXPECT_EQ(std::get<ChildProcess>(spawned).wait(60), "exit status 0");
}

TEST_F(HandoverTest, a_window_knows_the_process_that_made_its_socket) {
  EXPECT_EQ(maker_of(control.ours), ::getpid());
  EXPECT_EQ(maker_of(-1), 0);
}

TEST(HandedText, is_read_back) {
  const std::vector<Handed> windows{{4, 812, "viewer-1"}, {17, 0, "viewer-2"}};
  EXPECT_EQ(handed_from(handed_text(windows)), windows);
  EXPECT_THAT(handed_from(""), testing::IsEmpty());
}

TEST(HandedText, anything_else_gives_no_window) {
  for (const char* text : {"4", "4,5", "x,5,viewer-1", "4,x,viewer-1", "1,5,viewer-1", "-4,5,viewer-1", "1e300,5,v"})
    EXPECT_THAT(handed_from(text), testing::IsEmpty()) << text;
}

TEST(AgainSignal, does_nothing_to_a_program_that_does_not_know_it) {
  auto spawned = spawn(
      {.executable = "/bin/sh", .arguments = {"-c", "kill -URG $$; exit 5"}, .environment = current_environment()});
  EXPECT_EQ(std::get<ChildProcess>(spawned).wait(60), "exit status 5");
}

}  // namespace
}  // namespace cnv::transport
