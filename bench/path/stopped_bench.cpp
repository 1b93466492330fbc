// Question: what does a viewer that stands still (SIGSTOP) cost its model, and how does it come back? A NEURON model
// runs as fast as it goes; its rate, the memory of both sides and the counters are taken before, while the viewer
// stands, and after. The bare loop of the same model runs before and behind all of it.
//   stopped_bench <model> <seconds before> <seconds stopped> <seconds after>
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>

#include "bare.hpp"
#include "path_viewer.hpp"

namespace {

using namespace cnv;

double resident_mb(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
  double total = 0, resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) * 1e-6;
}

// One stretch of time, from what is asked at its beginning and end.
class Phase {
 public:
  Phase(HostLoop& loop, int viewer, double now_s) : loop_(loop), viewer_(viewer), start_s_(now_s), start_(taken()) {}
  void print(const char* name, double now_s) const {
    const Figures end = taken();
    const double seconds = now_s - start_s_;
    std::printf(
        "\"%s\": {\"seconds\": %.3f, \"steps_per_s\": %.1f, \"model_mb\": %.3f, \"viewer_mb\": %.3f, \"fields_mb\": "
        "%.3f, \"batches\": %llu, \"superseded\": %llu, \"trimmed\": %llu, \"sent_mb\": %.3f}",
        name, seconds, static_cast<double>(end.steps - start_.steps) / seconds, resident_mb(::getpid()),
        resident_mb(viewer_), static_cast<double>(end.counters.store_bytes) * 1e-6,
        static_cast<unsigned long long>(end.counters.batches - start_.counters.batches),
        static_cast<unsigned long long>(end.counters.superseded - start_.counters.superseded),
        static_cast<unsigned long long>(end.counters.trimmed - start_.counters.trimmed),
        static_cast<double>(end.counters.bytes - start_.counters.bytes) * 1e-6);
  }
  double start_s() const { return start_s_; }
  std::uint64_t batches() const { return taken().counters.batches - start_.counters.batches; }

 private:
  struct Figures {
    std::uint64_t steps = 0;
    Counters counters;
  };
  Figures taken() const {
    const auto counters = loop_.viewer_counters();
    return {loop_.steps(), counters.empty() ? Counters{} : counters.front()};
  }
  HostLoop& loop_;
  int viewer_;
  double start_s_;
  Figures start_;
};

// Two batches may be on their way to a viewer; the third tells that it takes them again.
constexpr std::uint64_t batches_of_one_that_is_back = 3;
constexpr double settle_s = 3;

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5)
    return std::fprintf(stderr, "stopped_bench <model> <seconds before> <seconds stopped> <seconds after>\n"), 2;
  const double lengths_s[] = {settle_s, std::stod(argv[2]), std::stod(argv[3]), std::stod(argv[4])};
  bench::model = bench::build_model(argv[1], EXAMPLE_DATA_DIR);

  (void)bench::bare_steps_per_s(0.2);
  const double bare_before = bench::bare_steps_per_s(lengths_s[1]);

  auto viewer = bench::start_viewer();
  SteadyClock clock;
  HostSettings settings;
  settings.speed = 0;
  settings.log = [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
  HostLoop* running = nullptr;
  std::optional<Phase> phase;
  int stage = -1;  // settle, before, stopped, after
  double back_s = -1;
  const auto next = [&](double now) {
    static const char* const names[] = {"", "before", "stopped", "after"};
    if (stage > 0) {
      std::printf(stage > 1 ? ", " : "{");
      phase->print(names[stage], now);
    }
    if (++stage == 2) ::kill(viewer.process.pid(), SIGSTOP);
    if (stage == 3) ::kill(viewer.process.pid(), SIGCONT);
    phase.emplace(*running, viewer.process.pid(), now);
  };
  // Asked once per turn, between batches. Ends the run as Ctrl-C would.
  settings.interrupted = [&] {
    if (!running || running->steps() == 0) return false;
    const double now = clock.now_s();
    if (stage < 0) next(now);
    if (stage == 3 && back_s < 0 && phase->batches() >= batches_of_one_that_is_back) back_s = now - phase->start_s();
    if (stage < 4 && now - phase->start_s() >= lengths_s[stage]) next(now);
    return stage == 4;
  };
  {
    HostLoop loop(make_session<bench::PathSession>(), settings, clock);
    running = &loop;
    loop.add_viewer(std::move(viewer.channel));
    loop.run();
  }
  viewer.process.stop(2.0);
  std::printf(", \"back_s\": %.4f, \"bare_before\": %.1f, \"bare_after\": %.1f}\n", back_s, bare_before,
              bench::bare_steps_per_s(lengths_s[3]));
  return stage == 4 ? 0 : 1;
}
