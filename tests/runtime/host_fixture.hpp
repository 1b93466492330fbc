// A host with a viewer that the test plays, and a clock of the test's own: nothing waits.
#pragma once

#include <gmock/gmock.h>

#include "cnv/runtime/host_loop.hpp"
#include "cnv/transport/thread/thread_channel.hpp"
#include "runtime/toy_session.hpp"

namespace cnv::test {

// The viewer's side: keeps a store, acknowledges, remembers what it was told.
struct FakeViewer {
  std::unique_ptr<transport::Channel> channel;
  SceneStore store;
  RunState run;
  Counters counters;
  std::vector<SessionFailure> failures;
  std::vector<std::string> statuses, errors;
  std::vector<Progress> progress;
  std::vector<Restart> restarts;
  std::optional<Finish> finish;
  int batches = 0;
  double rest_s = 0;  // told with each Ack
  bool acknowledge = true, welcomed = false, closed = false;

  void say(const ViewerMessage& message) { channel->send(to_transport(protocol::encode(message))); }
  void read() {
    transport::Received received;
    while (channel->receive(received)) {
      auto message = protocol::decode_host({received.data.get(), received.size}, received.data);
      ASSERT_TRUE(message) << message.error();
      if (std::get_if<Welcome>(&*message)) welcomed = true;
      if (const auto* m = std::get_if<RunState>(&*message)) run = *m;
      if (const auto* m = std::get_if<Counters>(&*message)) counters = *m;
      if (const auto* m = std::get_if<SessionFailure>(&*message)) failures.push_back(*m);
      if (const auto* m = std::get_if<Progress>(&*message)) progress.push_back(*m);
      if (const auto* m = std::get_if<Restart>(&*message)) restarts.push_back(*m);
      if (const auto* m = std::get_if<Finish>(&*message)) finish = *m;
      if (std::get_if<Close>(&*message)) closed = true;
      if (const auto* m = std::get_if<Batch>(&*message)) take(*m);
    }
  }
  void take(const Batch& batch) {
    ++batches;
    run = batch.run;
    for (const auto& update : batch.updates) {
      const auto problem = store.apply(update);
      EXPECT_FALSE(problem) << problem->message;
      if (const auto* s = std::get_if<Status>(&update)) statuses.push_back(s->message);
      if (const auto* e = std::get_if<ErrorReport>(&update)) errors.push_back(e->message);
    }
    if (acknowledge) say(Ack{batch.number, rest_s});
  }
};

struct HostLoopTest : testing::Test {
  HostSettings settings;
  ManualClock clock;
  std::vector<std::string> log;
  std::unique_ptr<FakeViewer> viewer;
  std::unique_ptr<HostLoop> loop;

  template <class S = ToySession>
  void start() {
    settings.log = [this](const std::string& text) { log.push_back(text); };
    loop = std::make_unique<HostLoop>([] { return std::make_unique<S>(); }, settings, clock);
    attach();
  }
  // With the first picture painted: model time is about to run.
  template <class S = ToySession>
  void start_shown() {
    start<S>();
    turn();
    viewer->say(FirstFrame{});
  }
  void attach() {
    auto [a, b] = transport::make_thread_channels();
    viewer = std::make_unique<FakeViewer>();
    viewer->channel = std::move(b);
    loop->add_viewer(std::move(a));
    viewer->say(Hello{});
  }
  void turn(double seconds = 0.02) {
    clock.advance(seconds);
    loop->tick();
    viewer->read();
  }
  void run_for(double seconds) {
    for (double t = 0; t < seconds - 1e-9; t += 0.01) turn(0.01);
  }
  double model_ms() { return *loop->session()->model_time_ms(); }
};

}  // namespace cnv::test
