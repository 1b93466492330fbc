// What a step and a batch cost, in counts that no machine changes: allocations, bytes copied, bytes sent. A count that grows
// with the size of the model or the length of the history is a fault even where it takes no measurable time yet.
#include <gtest/gtest.h>

#include "cnv/protocol/codec.hpp"
#include "cnv/runtime/outbox.hpp"
#include "cnv/runtime/store_host.hpp"
#include "fuzz/allocation.hpp"
#include "runtime/toy_session.hpp"

namespace cnv {
namespace {

using fuzz::AllocationWatch;

struct Running {
  StoreHost link;
  std::unique_ptr<test::ToySession> session;

  Running(std::int64_t entities, std::int64_t max_samples, std::optional<double> display_dt) {
    session = std::make_unique<test::ToySession>(SampledOptions{.dt = 0.5, .max_samples = max_samples, .display_dt = display_dt});
    session->entities = entities;
    session->attach(&link);
    link.set_scene(*session->initialize());
  }
  void run(int batches) {
    for (int i = 0; i < batches; ++i) {
      session->advance();
      for (auto& update : session->read_updates()) link.emit(std::move(update));
    }
  }
};

double allocations_per_batch(std::int64_t entities, std::int64_t max_samples) {
  Running model(entities, max_samples, 5.0);
  model.run(200);
  constexpr int batches = 100;
  AllocationWatch watch;
  model.run(batches);
  return static_cast<double>(watch.allocations()) / batches;
}

TEST(Costs, a_batch_of_steps_allocates_alike_in_small_and_large_models) {
  const double small = allocations_per_batch(10, 1000);
  RecordProperty("allocations", std::to_string(small));
  EXPECT_LE(small, 1);
  EXPECT_LE(allocations_per_batch(20'000, 1000), small + 1);
  EXPECT_LE(allocations_per_batch(10, 20'000), small + 1);
}

// Messages of the protocol for what changed since the last call.
std::size_t sent_bytes(Outbox& outbox, const SceneStore& store) { return protocol::encode(HostMessage(Batch{.number = 1, .updates = outbox.next(store)})).size(); }

TEST(Costs, a_viewer_is_sent_what_is_new_and_not_what_it_has) {
  Running model(1000, 5000, 5.0);
  Outbox outbox;
  model.run(10);
  (void)sent_bytes(outbox, model.link.store());
  model.run(1);
  const std::size_t early = sent_bytes(outbox, model.link.store());
  model.run(300);
  (void)sent_bytes(outbox, model.link.store());
  model.run(1);
  const std::size_t late = sent_bytes(outbox, model.link.store());
  // 1,000 values for the cell and for its pieces, ten samples of one trace with their times, and a header.
  EXPECT_LE(early, 2 * 1000 * sizeof(float) + 10 * (sizeof(float) + sizeof(double)) + 1500);
  EXPECT_NEAR(static_cast<double>(late), static_cast<double>(early), 64);
  EXPECT_FALSE(outbox.has_news(model.link.store()));
}

TEST(Costs, values_are_sent_from_where_they_lie) {
  constexpr std::int64_t n = 257'054;
  const Array values = Array::copy_of(std::vector<float>(n, -65.0f));
  AllocationWatch watch;
  const auto encoded = protocol::encode(HostMessage(Batch{.number = 1, .updates = {FieldReplace{.field_id = "v", .values = values}}}));
  EXPECT_LT(watch.most(), 16'000u);
  EXPECT_GE(encoded.size(), n * sizeof(float));
}

TEST(Costs, a_replacement_takes_the_values_that_it_is_given) {
  constexpr std::int64_t n = 257'054;
  Scene scene;
  scene.fields.set("v", Field{"v", Array::copy_of(std::vector<float>(n, -65.0f)), {"segment"}, {{"segment", Array::copy_of(std::vector<std::int32_t>(n, 0))}}, "mV", {}});
  SceneStore store;
  ASSERT_FALSE(store.apply(SceneReady{std::move(scene)}));
  const Array values = Array::copy_of(std::vector<float>(n, -60.0f));
  AllocationWatch watch;
  ASSERT_FALSE(store.apply(FieldReplace{.field_id = "v", .values = values}));
  EXPECT_LT(watch.most(), 4'000u);
}

}  // namespace
}  // namespace cnv
