// What a live NEURON model costs beyond NEURON itself, in allocations. NEURON's own are counted in a bare loop beside
// it.
#include "cnv/backends/neuron/neuron_session.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "cnv/runtime/store_host.hpp"
#include "fuzz/allocation.hpp"
#include "neuron/neuron_fixture.hpp"

namespace cnv {
namespace {

using fuzz::AllocationWatch;

constexpr int batches = 100;
constexpr double dt_ms = 0.1;

struct Cables : NeuronSession {
  Cables(int count, int steps_per_batch)
      : NeuronSession({.dt = dt_ms, .display_dt = dt_ms * steps_per_batch}), count_(count) {}
  std::vector<nrn::Section> build_sections() override {
    std::vector<nrn::Section> sections;
    for (int i = 0; i < count_; ++i) {
      sections.push_back(nrn::create_section("cable" + std::to_string(i)));
      sections.back().set_nseg(11);
      sections.back().insert("hh");
      if (i) sections.back().connect(sections[static_cast<std::size_t>(i - 1)](1));
    }
    return sections;
  }

 private:
  int count_;
};

double of_the_bare_loop(int steps) {
  AllocationWatch watch;
  for (int i = 0; i < batches * steps; ++i) nrn::fadvance();
  return static_cast<double>(watch.allocations()) / batches;
}

// Allocations per batch beyond those of the bare loop.
double added_per_batch(int sections, int steps) {
  StoreHost link;
  Cables session(sections, steps);
  session.attach(&link);
  link.set_scene(*session.initialize());
  const auto run = [&](int count) {
    for (int i = 0; i < count; ++i) {
      session.advance();
      for (auto& update : session.read_updates()) link.emit(std::move(update));
      session.publish();
    }
  };
  run(1100 / steps + 100);  // the rings have their final size
  AllocationWatch watch;
  run(batches);
  const double hosted = static_cast<double>(watch.allocations()) / batches;
  const double added = hosted - of_the_bare_loop(steps);
  session.shutdown();
  return added;
}

using NeuronCosts = nrn::test::NeuronTest;

TEST_F(NeuronCosts, a_step_adds_no_allocation_and_a_batch_as_many_for_every_model) {
  const double small = added_per_batch(1, 1);
  RecordProperty("allocations", std::to_string(small));
  EXPECT_LE(small, 4);
  for (const int sections : {1, 10, 100})
    for (const int steps : {1, 10})
      EXPECT_LE(added_per_batch(sections, steps), small) << sections << " sections, " << steps << " steps";
}

}  // namespace
}  // namespace cnv
