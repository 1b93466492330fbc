#include "cnv/transport/pipe/spawn.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "cnv/transport/pipe/pipe_channel.hpp"

namespace cnv::transport {
namespace {

// A shell with its socket; what it writes there is read until it ends.
class Shell {
 public:
  explicit Shell(const std::string& script, std::vector<std::string> environment = current_environment())
      : child_(start(script, std::move(environment))) {}
  ~Shell() { ::close(socket_); }

  ChildProcess& child() { return child_; }
  std::string line() {
    std::string text;
    for (char c; ::read(socket_, &c, 1) == 1 && c != '\n';) text += c;
    return text;
  }
  void say(const std::string& text) {
    EXPECT_EQ(::write(socket_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

 private:
  ChildProcess start(const std::string& script, std::vector<std::string> environment) {
    const auto pair = make_socket_pair();
    socket_ = pair.ours;
    auto spawned = spawn({"/bin/sh", {"-c", script}, std::move(environment), pair.theirs});
    ::close(pair.theirs);
    return std::get<ChildProcess>(spawned);
  }
  int socket_ = -1;
  ChildProcess child_;
};

int refusal(const std::string& executable) {
  const auto spawned = spawn({executable, {}, {}, -1});
  const auto* error = std::get_if<SpawnError>(&spawned);
  if (!error) return 0;
  EXPECT_FALSE(error->text.empty());
  return error->number;
}

TEST(SpawnTest, gives_the_child_its_socket_and_no_other_descriptor) {
  const int closed_on_exec = ::fcntl(0, F_DUPFD_CLOEXEC, 50), left_open = ::fcntl(0, F_DUPFD, 60);
  Shell shell("for fd in /proc/$$/fd/*; do n=${fd##*/}; [ $n -lt 10 ] && printf '%s ' $n; [ $n = " +
              std::to_string(closed_on_exec) + " ] || [ $n = " + std::to_string(left_open) +
              " ] && printf 'leaked '; done >&3; echo >&3");
  const std::string seen = shell.line();
  EXPECT_EQ(shell.child().stop(30), "exit status 0");
  ::close(closed_on_exec);
  EXPECT_NE(::fcntl(left_open, F_GETFD), -1) << "the parent keeps its own";
  EXPECT_EQ(::fcntl(left_open, F_GETFD) & FD_CLOEXEC, 0);
  ::close(left_open);
  EXPECT_NE(seen.find('3'), std::string::npos);
  EXPECT_EQ(seen.find("leaked"), std::string::npos) << seen;
}

TEST(SpawnTest, passes_a_socket_that_already_has_the_number_of_the_childs) {
  const int saved = ::fcntl(child_socket, F_DUPFD_CLOEXEC, 20);  // -1 when the number is free
  const auto pair = make_socket_pair();
  const int ours = ::fcntl(pair.ours, F_DUPFD_CLOEXEC, 20), theirs = ::fcntl(pair.theirs, F_DUPFD_CLOEXEC, 20);
  ::close(pair.ours);
  ::close(pair.theirs);
  ASSERT_EQ(::dup3(theirs, child_socket, O_CLOEXEC), child_socket);
  auto spawned = spawn({"/bin/sh", {"-c", "echo good >&3"}, {}, child_socket});
  EXPECT_EQ(std::get<ChildProcess>(spawned).stop(30), "exit status 0");
  char buffer[6] = {};
  EXPECT_EQ(::read(ours, buffer, 5), 5);
  EXPECT_STREQ(buffer, "good\n");
  for (const int descriptor : {ours, theirs, child_socket}) ::close(descriptor);
  if (saved >= 0) ::dup2(saved, child_socket), ::close(saved);
}

TEST(SpawnTest, passes_arguments_and_environment) {
  const auto pair = make_socket_pair();
  auto spawned =
      spawn({"/bin/sh", {"-c", "echo \"$0|$1|$NAME|$HOME\" >&3", "two words", "ü"}, {"NAME=a value"}, pair.theirs});
  ::close(pair.theirs);
  char buffer[100] = {};
  EXPECT_GT(::read(pair.ours, buffer, sizeof buffer - 1), 0);
  EXPECT_STREQ(buffer, "two words|ü|a value|\n");
  EXPECT_EQ(std::get<ChildProcess>(spawned).stop(30), "exit status 0");
  ::close(pair.ours);
}

TEST(SpawnTest, tells_how_a_child_ended) {
  EXPECT_EQ(Shell("exit 3").child().stop(30), "exit status 3");
  EXPECT_EQ(Shell("kill -SEGV $$").child().stop(30), "killed by signal 11 (Segmentation fault)");
  Shell waits("read x <&3; exit 7");
  EXPECT_EQ(waits.child().poll(), std::nullopt);
  EXPECT_EQ(waits.child().wait(0), std::nullopt);
  waits.say("go\n");
  EXPECT_EQ(waits.child().wait(30), "exit status 7");
  EXPECT_EQ(waits.child().poll(), "exit status 7");
  EXPECT_EQ(waits.child().terminate(1), "exit status 7");
}

TEST(SpawnTest, ends_a_child_politely_if_it_listens) {
  Shell shell("trap 'exit 5' TERM; echo ready >&3; read x <&3");
  ASSERT_EQ(shell.line(), "ready");
  EXPECT_EQ(shell.child().terminate(30), "exit status 5");
}

TEST(SpawnTest, ends_a_child_that_ignores_the_polite_signal_or_is_stopped) {
  Shell deaf("trap '' TERM; echo ready >&3; read x <&3");
  ASSERT_EQ(deaf.line(), "ready");
  EXPECT_EQ(deaf.child().terminate(0.01), "killed by signal 9 (Killed)");
  Shell stopped("echo ready >&3; kill -STOP $$; read x <&3");
  ASSERT_EQ(stopped.line(), "ready");
  EXPECT_EQ(stopped.child().terminate(30), "killed by signal 15 (Terminated)");
}

TEST(SpawnTest, leaves_no_process_behind_when_the_last_handle_goes) {
  int pid = 0;
  {
    auto shell = std::make_unique<Shell>("read x <&3");
    pid = shell->child().pid();
    EXPECT_EQ(::kill(pid, 0), 0);
  }
  EXPECT_EQ(::kill(pid, 0), -1);
  EXPECT_EQ(errno, ESRCH);
}

TEST(SpawnTest, a_child_does_not_feel_ctrl_c_and_the_parent_still_does) {
  struct sigaction before{}, during{};
  ::sigaction(SIGINT, nullptr, &before);
  Shell shell("kill -INT $$; echo alive >&3");
  EXPECT_EQ(shell.line(), "alive");
  ::sigaction(SIGINT, nullptr, &during);
  EXPECT_EQ(before.sa_handler, during.sa_handler);
}

TEST(SpawnTest, a_child_starts_with_default_signals_that_are_not_blocked) {
  sigset_t term, before;
  ::sigemptyset(&term);
  ::sigaddset(&term, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &term, &before);
  struct sigaction ignore{}, old{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGTERM, &ignore, &old);
  EXPECT_EQ(Shell("kill -TERM $$").child().stop(30), "killed by signal 15 (Terminated)");
  ::sigaction(SIGTERM, &old, nullptr);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(SpawnTest, says_why_a_start_was_refused) {
  EXPECT_EQ(refusal("/nonexistent/viewer"), ENOENT);
  const auto path = std::filesystem::temp_directory_path() / ("cnv_spawn_" + std::to_string(::getpid()));
  std::ofstream(path) << "no program\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  EXPECT_EQ(refusal(path.string()), EACCES);
  EXPECT_FALSE(refused_by_system({EACCES, ""}, path.string()));
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  EXPECT_EQ(refusal(path.string()), ENOEXEC);
  EXPECT_TRUE(refused_by_system({EACCES, ""}, path.string()));
  std::filesystem::remove(path);
  EXPECT_TRUE(refused_by_system({EPERM, ""}, "/bin/sh"));
  EXPECT_TRUE(refused_by_system({EAGAIN, ""}, "/bin/sh"));
  EXPECT_TRUE(refused_by_system({ENOSYS, ""}, "/bin/sh"));
  EXPECT_FALSE(refused_by_system({ENOENT, ""}, "/nonexistent/viewer"));
}

TEST(SpawnTest, a_refused_start_leaves_no_process_and_no_descriptor) {
  const int next_before = ::dup(0);
  ::close(next_before);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(refusal("/nonexistent/viewer"), ENOENT);
  const int next_after = ::dup(0);
  ::close(next_after);
  EXPECT_EQ(next_before, next_after);
}

TEST(EnvironmentTest, variables_are_replaced_and_dropped_by_their_whole_name) {
  const std::vector<std::string> environment{"A=1", "AB=2", "B=3"};
  EXPECT_EQ(with_variable(environment, "A", "x=y"), (std::vector<std::string>{"AB=2", "B=3", "A=x=y"}));
  EXPECT_EQ(without_variable(environment, "A"), (std::vector<std::string>{"AB=2", "B=3"}));
}

TEST(EnvironmentTest, the_viewer_does_not_inherit_the_libraries_of_python_packages) {
  const auto out =
      viewer_environment({"HOME=/h", "QT_PLUGIN_PATH=/x/site-packages/PyQt6/plugins", "QT_QPA_PLATFORM_PLUGIN_PATH=/y",
                          "QT_QPA_PLATFORM=offscreen", "QT_QPA_FONTDIR=/f",
                          "LD_LIBRARY_PATH=/opt/lib:/v/lib/python3.11/site-packages/PyQt6/lib::/usr/lib/python3/"
                          "dist-packages/x:/usr/local/lib",
                          "DISPLAY=:0"});
  EXPECT_EQ(out, (std::vector<std::string>{"HOME=/h", "QT_QPA_PLATFORM=offscreen",
                                           "LD_LIBRARY_PATH=/opt/lib:/usr/local/lib", "DISPLAY=:0"}));
  EXPECT_EQ(viewer_environment({"LD_LIBRARY_PATH=/v/site-packages/a"}), std::vector<std::string>{});
  EXPECT_EQ(viewer_environment({"LD_LIBRARY_PATH="}), std::vector<std::string>{});
}

}  // namespace
}  // namespace cnv::transport
