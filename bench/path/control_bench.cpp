// Question: a person moves a slider while a NEURON model runs as fast as it goes, with the viewer attached: how long
// until the batch that shows what it does? A second viewer, in a process of its own, moves the slider of a voltage
// clamp at moments that the model does not know, and waits for a batch with a sample at the new potential. Times run
// from before the ControlEvent is sent until after that batch has been received and decoded. Part of each is the batch
// itself: the rest of the one that is being computed when the event comes, and the steps of the one that shows it.
// Prints one JSON object.
//   control_bench <model> <changes>
#include <sys/mman.h>
#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "bare.hpp"
#include "cnv/protocol/codec.hpp"
#include "cnv/runtime/viewer_link.hpp"
#include "path_viewer.hpp"

namespace {

using namespace cnv;
using bench::now_s;

constexpr int most_changes = 1000;
constexpr double levels_mV[] = {-70, -60}, tolerance_mV = 1, settle_s = 3, patience_s = 20;
constexpr double least_pause_s = 0.05, most_pause_s = 0.15;

// Of one change, seconds of the clock that all processes share.
struct Change {
  double sent, received;  // by the process that moves the slider
  double looked;          // by the host, after the batch that it was computing
  double computed;        // how long the steps of the batch that shows it took
};
struct Shared {
  Change changes[most_changes];
  int count;
};

// ---- the model's side --------------------------------------------------------------------------------------------

struct Clamped : bench::PathSession {
  explicit Clamped(Shared& to) : shared(to) {}
  void setup_model(std::span<nrn::Section> sections) override {
    auto& first = sections[0];
    clamp = nrn::PointProcess("SEClamp", first(0.5 / first.nseg()));
    clamp.set("dur1", 1e9);
    clamp.set("rs", 1e-3);
    clamp.set("amp1", levels_mV[0]);
  }
  std::vector<ControlSpec> control_specs() override {
    return {slider("level", "Level", levels_mV[0], {-100, 0}, "mV")};
  }
  bool apply_control(std::string_view id, const Value& value) override {
    if (id != "level") return PathSession::apply_control(id, value);
    change = &shared.changes[number++];
    change->looked = *std::lower_bound(looks.begin(), looks.end(), change->sent);
    composed = false;
    clamp.set("amp1", value.as_double());
    return true;
  }
  void advance() override {
    const double start = now_s();
    PathSession::advance();
    if (change && !composed) change->computed += now_s() - start;
  }
  // Before each batch.
  void publish() override {
    PathSession::publish();
    composed = composed || (change && change->computed > 0);
  }
  // At the beginning of each turn of the host.
  void host_looks() {
    if (looks.size() == most_looks) looks.pop_front();
    looks.push_back(now_s());
  }

  static constexpr std::size_t most_looks = 10000;
  Shared& shared;
  nrn::PointProcess clamp;
  Change* change = nullptr;
  bool composed = false;
  int number = 0;
  std::deque<double> looks;
};

// ---- the process that moves the slider ---------------------------------------------------------------------------

class Mover {
 public:
  Mover(int socket, Shared& shared) : shared_(shared), channel_(transport::make_pipe_channel(socket)) {
    channel_->on_wake([this] {
      {
        std::lock_guard lock(mutex_);
        woken_ = true;
      }
      signal_.notify_one();
    });
    say(Hello{.viewer = "control_bench"});
  }
  ~Mover() { channel_->on_wake(nullptr); }

  // False: the model has ended, or shows nothing.
  bool run(int changes) {
    std::minstd_rand random(1);
    std::uniform_real_distribution<double> pause(least_pause_s, most_pause_s);
    wait_for(settle_s, [this] { return started_; });
    wait_for(settle_s, [] { return false; });
    for (int i = 0; i < changes; ++i) {
      wait_for(pause(random), [] { return false; });
      level_mV_ = levels_mV[(i + 1) % 2];
      shown_ = false;
      auto& change = shared_.changes[i];
      change.sent = now_s();
      say(ControlEvent{"level", level_mV_});
      if (!wait_for(patience_s, [this] { return shown_; })) return false;
      change.received = shown_s_;
      ++shared_.count;
    }
    say(Bye{});
    channel_->close(1);
    return true;
  }

 private:
  void say(const ViewerMessage& message) { channel_->send(to_transport(protocol::encode(message))); }
  template <class Done>
  bool wait_for(double seconds, Done done) {
    const double until = now_s() + seconds;
    for (;;) {
      take();
      if (done()) return true;
      const double left = until - now_s();
      if (left <= 0 || channel_->end() != transport::End::open) return false;
      std::unique_lock lock(mutex_);
      signal_.wait_for(lock, std::chrono::duration<double>(left), [this] { return woken_; });
      woken_ = false;
    }
  }
  void take() {
    for (transport::Received received; channel_->receive(received);) {
      const auto message = protocol::decode_host({received.data.get(), received.size}, received.data);
      const auto* batch = message ? std::get_if<Batch>(&*message) : nullptr;
      if (!batch) continue;
      // The window beside sets the pace: this one has no use for more.
      say(Ack{batch->number, 0.5});
      if (!started_) say(FirstFrame{});
      started_ = true;
      if (!shown_ && shows_level(*batch)) shown_ = true, shown_s_ = now_s();
    }
  }
  // The newest sample of the trace. A batch that holds a whole history anew replaces it.
  bool shows_level(const Batch& batch) const {
    for (const auto& update : batch.updates) {
      const auto* append = std::get_if<FieldAppend>(&update);
      const auto* replace = std::get_if<FieldReplace>(&update);
      if (!append && !(replace && replace->field_id == "segment_history")) continue;
      const Array& values = append ? append->values : replace->values;
      if (values.size() > 0 && std::fabs(values.number_at(values.size() - 1) - level_mV_) < tolerance_mV) return true;
    }
    return false;
  }

  Shared& shared_;
  std::mutex mutex_;
  std::condition_variable signal_;
  bool woken_ = false, started_ = false, shown_ = true;
  double level_mV_ = levels_mV[0], shown_s_ = 0;
  std::unique_ptr<transport::Channel> channel_;
};

template <class Fn>
void print(const char* name, const Shared& shared, Fn&& of, const char* end) {
  std::printf("\"%s\": [", name);
  for (int i = 0; i < shared.count; ++i)
    std::printf("%s%.6f", i ? ", " : "", static_cast<double>(of(shared.changes[i])));
  std::printf("]%s", end);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "control_bench <model> <changes>\n"), 2;
  const int changes = std::clamp(std::stoi(argv[2]), 1, most_changes);
  void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return std::perror("mmap"), 1;
  auto& shared = *new (memory) Shared{};
  const auto ends = transport::make_socket_pair();
  const pid_t mover = ::fork();  // before NEURON is there
  if (mover == 0) {
    ::close(ends.ours);
    const bool all = Mover(ends.theirs, shared).run(changes);
    std::_Exit(all ? 0 : 1);
  }
  ::close(ends.theirs);
  bench::model = bench::build_model(argv[1], EXAMPLE_DATA_DIR);

  auto viewer = bench::start_viewer();
  SteadyClock clock;
  HostSettings settings;
  settings.speed = 0;
  settings.log = [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
  int status = 1;
  Clamped* session = nullptr;
  settings.interrupted = [&] {
    if (session) session->host_looks();
    return ::waitpid(mover, &status, WNOHANG) == mover;
  };
  {
    HostLoop loop(
        [&] {
          auto made = std::make_unique<Clamped>(shared);
          session = made.get();
          return made;
        },
        settings, clock);
    loop.add_viewer(std::move(viewer.channel));
    loop.add_viewer(transport::make_pipe_channel(ends.ours, {}, transport::Served::by_caller));
    loop.run();
  }
  viewer.process.stop(2.0);
  if (status != 0)
    std::fprintf(stderr, "after %d changes no batch showed the next one within %g s\n", shared.count, patience_s);
  std::printf("{\"model\": \"%s\", ", argv[1]);
  print("change_ms", shared, [](const Change& c) { return 1e3 * (c.received - c.sent); }, ", ");
  const auto batch_s = [](const Change& c) { return c.looked - c.sent + c.computed; };
  print("batch_ms", shared, [&](const Change& c) { return 1e3 * batch_s(c); }, ", ");
  print("beyond_ms", shared, [&](const Change& c) { return 1e3 * (c.received - c.sent - batch_s(c)); }, "}\n");
  return status == 0 ? 0 : 1;
}
