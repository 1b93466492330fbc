// A toy model driven as a host drives it, without one, for counting what its steps and batches cost. One thread.
#pragma once

#include <gtest/gtest.h>

#include "cnv/protocol/codec.hpp"
#include "cnv/runtime/outbox.hpp"
#include "cnv/runtime/store_host.hpp"
#include "cnv/runtime/viewer_link.hpp"
#include "fuzz/allocation.hpp"
#include "runtime/toy_session.hpp"

namespace cnv::test {

// Counts how often the values of the whole cell are read.
class CountingSession : public ToySession {
 public:
  using ToySession::ToySession;
  int entity_reads = 0, compartment_reads = 0;

 protected:
  void sample_entities(float* out) override {
    ++entity_reads;
    ToySession::sample_entities(out);
  }
  void sample_compartments(float* out) override {
    ++compartment_reads;
    for (std::int64_t i = 0; i < entities; ++i) out[i] = static_cast<float>(value(i));
  }
};

struct Size {
  std::int64_t entities = 10, max_samples = 1000, steps_per_batch = 10;
};

struct Running {
  StoreHost link;
  std::unique_ptr<CountingSession> session;
  Outbox outbox;

  explicit Running(Size size) {
    constexpr double dt_ms = 0.5;
    session = std::make_unique<CountingSession>(SampledOptions{
        .dt = dt_ms, .max_samples = size.max_samples, .display_dt = dt_ms * static_cast<double>(size.steps_per_batch)});
    session->entities = size.entities;
    session->attach(&link);
    link.set_scene(*session->initialize());
  }
  const SceneStore& store() const { return link.store(); }
  // Steps of one batch and the values that a viewer is to see.
  void run(int batches) {
    for (int i = 0; i < batches; ++i) {
      session->advance();
      for (auto& update : session->read_updates()) link.emit(std::move(update));
      session->publish();
    }
  }
  // What a viewer is sent of all that changed since the last call.
  transport::Message message() {
    return to_transport(protocol::encode(HostMessage(Batch{.number = 1, .updates = outbox.next(store())})));
  }
  // Until all rings have their final size, and the viewer has everything.
  void settle() {
    run(300);
    (void)message();
    run(1);
    (void)message();
  }
};

}  // namespace cnv::test
