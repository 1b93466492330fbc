// What a batch costs on its way from the store to the socket and into the viewer's store, in counts that no machine
// changes: bytes sent, bytes copied, allocations, messages.
#include <cstring>
#include <deque>

#include "costs/running.hpp"
#include "runtime/host_fixture.hpp"

namespace cnv {
namespace {

using fuzz::AllocationWatch;
using test::Running;
using test::Size;

constexpr std::int64_t steps = 10;
constexpr std::int64_t sizes[] = {10, 1000, 20'000};

// Values of the cell and of its pieces, and the samples of one trace with their times.
std::size_t new_values(std::int64_t entities) {
  return 2 * static_cast<std::size_t>(entities) * sizeof(float) + steps * (sizeof(float) + sizeof(double));
}

// One batch, composed and not sent.
transport::Message next_batch(Running& model) {
  model.run(1);
  return model.message();
}

TEST(BatchCosts, a_viewer_is_sent_what_is_new_and_not_what_it_has) {
  for (const auto entities : sizes) {
    Running model({.entities = entities, .max_samples = 5000, .steps_per_batch = steps});
    model.run(10);
    (void)model.message();
    const std::size_t early = next_batch(model).size();
    model.settle();
    const std::size_t late = next_batch(model).size();
    EXPECT_GE(early, new_values(entities));
    EXPECT_LE(early, new_values(entities) + 1500) << "and a header, for " << entities;
    EXPECT_NEAR(static_cast<double>(late), static_cast<double>(early), 128) << "however long the history is";
    EXPECT_FALSE(model.outbox.has_news(model.store()));
  }
}

// Bytes of the message that do not lie in the store's own memory.
std::size_t copied_bytes(const transport::Message& message, const SceneStore& store) {
  std::size_t copied = 0;
  for (const auto& chunk : message.chunks) {
    bool shared = false;
    for (const auto& [id, field] : store.fields()) {
      if (field->growing()) continue;
      const auto* values = static_cast<const std::byte*>(field->values().data());
      shared = shared || (chunk.data >= values && chunk.data + chunk.size <= values + field->values().nbytes());
    }
    if (!shared) copied += chunk.size;
  }
  return copied;
}

TEST(BatchCosts, values_of_the_cell_go_from_the_model_to_the_socket_without_a_copy) {
  // Of smaller cells the values are joined with the header: one copy costs less than one more piece to write.
  for (const std::int64_t entities : {10'000, 20'000, 100'000}) {
    Running model({.entities = entities, .steps_per_batch = steps});
    model.settle();
    for (int i = 0; i < 5; ++i) {
      const auto message = next_batch(model);
      EXPECT_GE(message.size(), new_values(entities));
      EXPECT_LE(copied_bytes(message, model.store()), 2000u) << entities;
    }
  }
}

TEST(BatchCosts, batches_that_a_viewer_has_not_acknowledged_cost_no_new_memory_for_values) {
  constexpr std::int64_t entities = 20'000;
  Running model({.entities = entities, .steps_per_batch = steps});
  model.settle();
  std::deque<transport::Message> held;  // two, as many as may be on their way
  const auto send = [&] {
    held.push_back(next_batch(model));
    if (held.size() > 2) held.pop_front();
  };
  for (int i = 0; i < 10; ++i) send();
  for (int i = 0; i < 10; ++i) {
    const AllocationWatch watch;
    send();
    EXPECT_LT(watch.most(), entities * sizeof(float));
  }
}

TEST(BatchCosts, composing_a_batch_takes_the_same_allocations_for_every_model) {
  std::size_t first = 0;
  for (const auto entities : sizes) {
    Running model({.entities = entities, .steps_per_batch = steps});
    model.settle();
    model.run(1);
    AllocationWatch watch;
    const auto message = model.message();
    EXPECT_LT(watch.most(), 16'000u) << entities;
    if (!first) first = watch.allocations();
    EXPECT_LE(watch.allocations(), first + 8) << entities;
  }
  RecordProperty("allocations", std::to_string(first));
  EXPECT_LE(first, 150u);
}

TEST(BatchCosts, several_batches_of_steps_make_one_message_with_the_latest_values) {
  Running model({.entities = 1000, .steps_per_batch = steps});
  model.settle();
  const std::size_t one = next_batch(model).size();
  const auto superseded = model.outbox.superseded();
  model.run(20);
  EXPECT_LE(model.message().size(), one + 19 * steps * (sizeof(float) + sizeof(double)) + 256)
      << "only the trace is longer";
  EXPECT_EQ(model.outbox.superseded() - superseded, 2u * 19) << "values that no viewer has seen, of both fields";
}

// The payload in one piece, as a transport delivers it.
std::shared_ptr<std::byte> delivered(const transport::Message& message) {
  auto data = transport::aligned_bytes(message.size());
  std::size_t at = 0;
  for (const auto& chunk : message.chunks) {
    std::memcpy(data.get() + at, chunk.data, chunk.size);
    at += chunk.size;
  }
  return data;
}

TEST(BatchCosts, a_viewer_takes_values_from_the_bytes_that_arrived) {
  for (const auto entities : sizes) {
    Running model({.entities = entities, .max_samples = 100, .steps_per_batch = steps});
    SceneStore viewer;
    const auto take = [&](const std::shared_ptr<std::byte>& data, std::size_t size) {
      const auto message = protocol::decode_host({data.get(), size}, data);
      ASSERT_TRUE(message) << message.error();
      for (const auto& update : std::get<Batch>(*message).updates) ASSERT_FALSE(viewer.apply(update));
    };
    for (int i = 0; i < 50; ++i) {
      const auto message = next_batch(model);
      take(delivered(message), message.size());
    }
    const auto message = next_batch(model);
    const auto data = delivered(message);
    AllocationWatch watch;
    take(data, message.size());
    EXPECT_LT(watch.most(), 16'000u) << entities;
    EXPECT_LE(watch.allocations(), 150u) << entities;
    const auto* values = static_cast<const std::byte*>(viewer.find_field("segment_display")->values().data());
    EXPECT_TRUE(values >= data.get() && values < data.get() + message.size());
  }
}

TEST(BatchCosts, values_are_sent_from_where_they_lie) {
  constexpr std::int64_t n = 257'054;
  const Array values = Array::copy_of(std::vector<float>(n, -65.0f));
  AllocationWatch watch;
  const auto encoded =
      protocol::encode(HostMessage(Batch{.number = 1, .updates = {FieldReplace{.field_id = "v", .values = values}}}));
  EXPECT_LT(watch.most(), 16'000u);
  EXPECT_GE(encoded.size(), n * sizeof(float));
}

struct LoopCosts : test::HostLoopTest {
  void start_running() {
    start();
    turn();
    viewer->say(FirstFrame{});
    run_for(1);
  }
  transport::ChannelCounters received() const { return viewer->channel->counters(); }
};

TEST_F(LoopCosts, a_viewer_gets_one_message_for_a_batch_and_few_others) {
  start_running();
  const int before = viewer->batches;
  const auto first = received();
  run_for(10);
  const auto batches_of_it = static_cast<std::uint64_t>(viewer->batches - before);
  const auto messages = received().messages_received - first.messages_received;
  EXPECT_NEAR(static_cast<double>(batches_of_it), 200, 10)
      << "one for each ms of the model, which runs at 20 ms in a second";
  EXPECT_GE(messages, batches_of_it);
  EXPECT_LE(messages, batches_of_it + 10 * 2 + 2) << "the counters, twice in a second";
  EXPECT_LE(received().bytes_received - first.bytes_received, batches_of_it * 1600 + 22 * 400);
}

TEST_F(LoopCosts, a_model_that_rests_sends_no_values) {
  start_running();
  viewer->say(RunControl{"pause"});
  run_for(1);
  const int before = viewer->batches;
  const auto first = received();
  run_for(10);
  EXPECT_EQ(viewer->batches, before);
  EXPECT_LE(received().messages_received - first.messages_received, 10u * (10 + 2) + 4)
      << "its state ten times in a second, the counters twice";
  EXPECT_LE(received().bytes_received - first.bytes_received, 124u * 400);
}

TEST_F(LoopCosts, an_hour_holds_no_more_memory_than_the_first_minute) {
  start_running();
  run_for(60);
  const std::size_t host = loop->store().memory_bytes(), shown = viewer->store.memory_bytes();
  const int before = viewer->batches;
  AllocationWatch watch;
  for (int second = 0; second < 3600; ++second) turn(1.0);
  EXPECT_GE(viewer->batches - before, 3600);
  EXPECT_EQ(loop->store().memory_bytes(), host);
  EXPECT_EQ(viewer->store.memory_bytes(), shown);
  EXPECT_LT(watch.most(), 12u << 10) << "a batch on its way";
}

}  // namespace
}  // namespace cnv
