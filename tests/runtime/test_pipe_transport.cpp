#include "cnv/runtime/pipe_transport.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/toy_session.hpp"

namespace cnv {
namespace {

using testing::HasSubstr;

constexpr double patience_s = 30;  // a bound on failure, not a wait

// Tells what it is asked, in the worker it runs in.
class Echo : public BufferedSession {
 public:
  std::optional<Scene> initialize() override {
    tell("hello from " + std::to_string(::getpid()));
    return Scene();
  }
  void advance() override {}
  bool is_live() override { return false; }
  void handle(const Command& command) override {
    const auto* action = std::get_if<InvokeAction>(&command);
    if (!action) return tell("something else");
    if (action->action_id == "throw") throw std::runtime_error("as it was asked");
    if (action->action_id == "exit") ::_exit(3);
    if (action->action_id == "hang")
      for (volatile bool forever = true; forever;) ::pause();
    tell(action->action_id);
  }

 private:
  void tell(const std::string& text) { emit(Status{text}); }
};

// Raises at the third step.
class Failing : public test::ToySession {
 protected:
  void step() override {
    if (++steps_ > 2) throw std::runtime_error("the solver diverged");
    ToySession::step();
  }

 private:
  int steps_ = 0;
};

PipeTransportOptions refused(int number) {
  return {.fork = [number] { return errno = number, -1; }};
}

struct Program {
  PipeTransport transport;
  std::vector<Update> updates;  // all that came
  std::size_t looked_at = 0;

  explicit Program(SessionFactory source, PipeTransportOptions options = {})
      : transport(std::move(source), std::move(options)) {
    transport.start();
  }
  // Polls until an update comes for which `test` holds; the next call goes on behind it.
  template <class Test>
  bool until(Test test) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(patience_s);
    while (std::chrono::steady_clock::now() < end) {
      while (looked_at < updates.size())
        if (test(updates[looked_at++])) return true;
      for (auto& update : transport.poll_updates(patience_s)) updates.push_back(std::move(update));
    }
    return false;
  }
  bool told(const std::string& text) {
    return until([&](const Update& u) { return u == Update(Status{text}); });
  }
  bool error(const std::string& part) {
    return until([&](const Update& u) {
      const auto* e = std::get_if<ErrorReport>(&u);
      return e && e->message.find(part) != std::string::npos;
    });
  }
};

class PipeTransportTest : public testing::TestWithParam<bool> {
 protected:
  // True: the worker is a thread, because no process may start.
  PipeTransportOptions options() const { return GetParam() ? refused(EPERM) : PipeTransportOptions{}; }
};
INSTANTIATE_TEST_SUITE_P(Worker, PipeTransportTest, testing::Values(false, true),
                         [](const auto& chosen) { return std::string(chosen.param ? "thread" : "process"); });

TEST_P(PipeTransportTest, brings_the_scene_once_and_answers_commands_in_order) {
  Program program(make_session<Echo>(), options());
  EXPECT_EQ(program.transport.pid() == 0, GetParam());
  const int worker = GetParam() ? ::getpid() : program.transport.pid();
  ASSERT_TRUE(program.told("hello from " + std::to_string(worker)));
  for (const char* id : {"a", "b", "c"}) program.transport.send_command(InvokeAction{id, {}});
  ASSERT_TRUE(program.told("c"));
  std::vector<std::string> texts;
  for (const auto& update : program.updates)
    if (const auto* status = std::get_if<Status>(&update)) texts.push_back(status->message);
  EXPECT_EQ(std::vector<std::string>(texts.end() - 3, texts.end()), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(std::count_if(program.updates.begin(), program.updates.end(),
                          [](const Update& u) { return std::holds_alternative<SceneReady>(u); }),
            1);
}

TEST_P(PipeTransportTest, a_store_fed_by_it_holds_what_the_model_computed) {
  Program program(make_session<test::ToySession>(), options());
  SceneStore store;
  ASSERT_TRUE(program.until([&](const Update& update) {
    EXPECT_FALSE(store.apply(update));
    const auto* history = store.find_field("segment_history");
    return history && history->extent(1) == 100;
  }));
  const Scene scene = store.snapshot();
  const Field& history = *scene.fields.find("segment_history");
  const auto times = history.coord("time");
  for (std::int64_t k = 0; k < history.values.shape().at(1); ++k)
    for (std::int64_t i = 0; i < history.values.shape().at(0); ++i)
      EXPECT_FLOAT_EQ(static_cast<float>(history.values.number_at(i * history.values.shape().at(1) + k)),
                      static_cast<float>((i + 1) * times.number_at(k)));
}

TEST_P(PipeTransportTest, an_exception_in_a_reaction_is_told_and_the_session_goes_on) {
  Program program(make_session<Echo>(), options());
  program.transport.send_command(InvokeAction{"throw", {}});
  program.transport.send_command(InvokeAction{"after", {}});
  ASSERT_TRUE(program.error("as it was asked"));
  EXPECT_TRUE(program.told("after"));
}

TEST_P(PipeTransportTest, an_exception_in_a_step_ends_the_worker_which_is_told_once) {
  Program program(make_session<Failing>(), options());
  ASSERT_TRUE(program.error("the solver diverged"));
  ASSERT_TRUE(program.error("worker of the session has ended (exit status 1)"));
  EXPECT_TRUE(program.transport.poll_updates().empty());
  EXPECT_TRUE(program.transport.poll_updates(1).empty()) << "returns at once";
}

TEST_P(PipeTransportTest, it_can_be_started_again) {
  Program program(make_session<Echo>(), options());
  program.transport.send_command(InvokeAction{"first", {}});
  ASSERT_TRUE(program.told("first"));
  program.transport.stop();
  EXPECT_TRUE(program.transport.poll_updates().empty());
  program.transport.send_command(InvokeAction{"lost", {}});
  program.transport.start();
  program.transport.send_command(InvokeAction{"second", {}});
  ASSERT_TRUE(program.told("second"));
}

TEST(PipeTransportProcessTest, a_worker_that_crashes_leaves_the_program_alive) {
  Program program(make_session<Echo>());
  program.transport.send_command(InvokeAction{"exit", {}});
  EXPECT_TRUE(program.error("has ended (exit status 3)"));
}

TEST(PipeTransportProcessTest, a_worker_that_hangs_is_ended_by_force) {
  Program program(make_session<Echo>());
  const int worker = program.transport.pid();
  program.transport.send_command(InvokeAction{"ready", {}});
  ASSERT_TRUE(program.told("ready"));
  program.transport.send_command(InvokeAction{"hang", {}});
  program.transport.stop();
  EXPECT_EQ(::kill(worker, 0), -1);
  EXPECT_EQ(errno, ESRCH);
}

TEST(PipeTransportProcessTest, other_errors_than_a_refusal_are_raised) {
  PipeTransport transport(make_session<Echo>(), refused(EINVAL));
  EXPECT_THROW(transport.start(), std::system_error);
}

}  // namespace
}  // namespace cnv
