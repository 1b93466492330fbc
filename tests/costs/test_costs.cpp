// What steps cost, in counts that no machine changes: allocations and reads of the model. A count that grows with the
// size of the model or the length of the history is a fault even where it takes no measurable time yet.
#include "costs/running.hpp"

namespace cnv {
namespace {

using fuzz::AllocationWatch;
using test::Running;
using test::Size;

constexpr int batches = 100;

double allocations_per_batch(Size size) {
  Running model(size);
  model.settle();
  AllocationWatch watch;
  model.run(batches);
  return static_cast<double>(watch.allocations()) / batches;
}

TEST(Costs, a_batch_of_steps_allocates_alike_in_small_and_large_models) {
  const double small = allocations_per_batch({});
  RecordProperty("allocations", std::to_string(small));
  EXPECT_LE(small, 4) << "of the two fields that are shown";
  for (const std::int64_t entities : {1000, 20'000})
    EXPECT_LE(allocations_per_batch({.entities = entities}), small) << entities;
  for (const std::int64_t samples : {5000, 20'000})
    EXPECT_LE(allocations_per_batch({.max_samples = samples}), small + 0.1) << samples;
}

TEST(Costs, a_step_allocates_nothing) {
  const double few = allocations_per_batch({.steps_per_batch = 1});
  for (const std::int64_t steps : {10, 100, 1000})
    EXPECT_LE(allocations_per_batch({.steps_per_batch = steps}), few) << steps;
}

TEST(Costs, the_cell_is_read_at_most_once_for_each_step_and_once_for_each_picture) {
  Running model({.entities = 100, .steps_per_batch = 10});
  model.settle();
  auto& session = *model.session;
  session.entity_reads = session.compartment_reads = 0;
  model.run(batches);
  EXPECT_LE(session.entity_reads, batches * (10 + 1));
  EXPECT_EQ(session.compartment_reads, batches);
}

TEST(Costs, what_nobody_looks_at_is_not_read_for_pictures) {
  Running model({.entities = 100, .steps_per_batch = 10});
  model.settle();
  auto& session = *model.session;
  session.entity_reads = session.compartment_reads = 0;
  for (int i = 0; i < batches; ++i) session.advance();
  EXPECT_LE(session.entity_reads, batches * 10) << "histories only";
  EXPECT_EQ(session.compartment_reads, 0);
}

TEST(Costs, a_million_steps_need_no_more_memory_than_the_first_thousands) {
  Running model({.entities = 10, .steps_per_batch = 100});
  model.settle();
  const std::size_t store = model.store().memory_bytes();
  AllocationWatch watch;
  for (int i = 0; i < 100; ++i) {
    model.run(100);
    (void)model.message();
  }
  EXPECT_EQ(model.session->step_count(), 100u * (301 + 100 * 100));
  EXPECT_EQ(model.store().memory_bytes(), store);
  EXPECT_LT(watch.most(), 64u << 10) << "what lies in a message on its way";
}

TEST(Costs, a_replacement_takes_the_values_that_it_is_given) {
  constexpr std::int64_t n = 257'054;
  Scene scene;
  scene.fields.set("v", Field{"v",
                              Array::copy_of(std::vector<float>(n, -65.0f)),
                              {"segment"},
                              {{"segment", Array::copy_of(std::vector<std::int32_t>(n, 0))}},
                              "mV",
                              {}});
  SceneStore store;
  ASSERT_FALSE(store.apply(SceneReady{std::move(scene)}));
  const Array values = Array::copy_of(std::vector<float>(n, -60.0f));
  AllocationWatch watch;
  ASSERT_FALSE(store.apply(FieldReplace{.field_id = "v", .values = values}));
  EXPECT_LT(watch.most(), 4'000u);
  EXPECT_EQ(store.find_field("v")->values().data(), values.data());
}

}  // namespace
}  // namespace cnv
