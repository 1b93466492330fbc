#include "cnv/view/trace_data.hpp"

#include <random>

#include <gmock/gmock.h>

#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;

LinePlotViewSpec all_series() { return {.id = "p", .field_id = "history", .x_dim = "time", .series_dim = "segment"}; }

std::vector<double> xs(const TraceData& data) {
  std::vector<double> out;
  for (auto i = data.axis().begin(); i < data.axis().end(); ++i) out.push_back(data.axis()[i]);
  return out;
}
std::vector<double> ys(const TraceData& data, std::size_t series) {
  std::vector<double> out;
  for (auto i = data.series(series).begin(); i < data.series(series).end(); ++i) out.push_back(data.series(series)[i]);
  return out;
}

// Everything that the data holds equals what Field::select gives for the whole field.
void expect_equal_to_field(const TraceData& data, const SceneStore& store, const LinePlotViewSpec& spec) {
  const Field field = store.find_field(spec.field_id)->snapshot();
  const auto selection = select_series(spec, store);
  ASSERT_EQ(data.series_count(), selection.series.size());
  const Array time = field.coord("time");
  ASSERT_EQ(xs(data).size(), static_cast<std::size_t>(time.size()));
  for (std::int64_t i = 0; i < time.size(); ++i) ASSERT_EQ(xs(data)[static_cast<std::size_t>(i)], time.number_at(i));
  for (std::size_t s = 0; s < selection.series.size(); ++s) {
    const Array row = field.select({{"segment", selection.series[s].index[0]}}).values;
    const auto mine = ys(data, s);
    ASSERT_EQ(mine.size(), static_cast<std::size_t>(row.size()));
    for (std::int64_t i = 0; i < row.size(); ++i) ASSERT_EQ(mine[static_cast<std::size_t>(i)], row.number_at(i));
  }
}

TEST(TraceData, holds_exactly_the_samples_of_the_field_through_random_updates) {
  std::mt19937 random(7);
  auto store = scenes::store_of(scenes::cell_scene());
  TraceData data;
  const auto spec = all_series();
  double now = 10;
  for (int round = 0; round < 300; ++round) {
    const auto n = static_cast<std::int64_t>(random() % 40);
    std::optional<std::int64_t> limit;
    if (random() % 3 == 0) limit = 20 + static_cast<std::int64_t>(random() % 100);
    if (random() % 25 == 0) {
      const Field fresh = scenes::history_field({"e0", "e1", "e2"}, 5 + random() % 30);
      const Coords coords = fresh.coords;
      ASSERT_FALSE(store.apply(FieldReplace{"history", fresh.values, coords, {}}).has_value());
      now = static_cast<double>(fresh.values.extent(1));
    } else {
      ASSERT_FALSE(store.apply(scenes::append_columns(3, n, now, 1, static_cast<float>(round), limit)).has_value());
      now += static_cast<double>(n);
    }
    if (random() % 4 != 0) {  // some updates come between two paints
      data.sync(select_series(spec, store));
      expect_equal_to_field(data, store, spec);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(TraceData, an_append_reads_only_what_is_new) {
  std::vector<std::string> labels;
  for (int i = 0; i < 8; ++i) labels.push_back("e" + std::to_string(i));
  Scene scene;
  scene.fields.set("history", scenes::history_field(labels, 1000000, 0.025));
  scene.views.set("p", all_series());
  auto store = scenes::store_of(scene);
  ASSERT_FALSE(store.apply(scenes::append_columns(8, 1, 25000, 0.025, 0)).has_value());
  TraceData data;
  const auto selection = select_series(all_series(), store);
  data.sync(selection);
  EXPECT_EQ(data.samples_read(), 9U * 1000001U);
  for (int round = 0; round < 50; ++round) {
    ASSERT_FALSE(store.apply(scenes::append_columns(8, 40, 25001 + round, 0.025, 1)).has_value());
    const auto before = data.samples_read();
    data.sync(selection);
    EXPECT_EQ(data.samples_read() - before, 9U * 40U);
  }
  data.sync(selection);
  EXPECT_EQ(data.samples_read(), 9U * (1000001U + 2000U));
}

TEST(TraceData, series_come_and_go_without_reading_the_others_again) {
  auto store = scenes::store_of(scenes::cell_scene());
  auto spec = all_series();
  spec.selectors = {{"segment", List{"e0"}}};
  TraceData data;
  data.sync(select_series(spec, store));
  EXPECT_EQ(data.samples_read(), 20U);
  spec.selectors = {{"segment", List{"e2", "e0"}}};
  data.sync(select_series(spec, store));
  EXPECT_EQ(data.samples_read(), 30U);
  EXPECT_EQ(ys(data, 0)[3], 203);
  EXPECT_EQ(ys(data, 1)[3], 3);
  spec.selectors = {{"segment", List{"e2"}}};
  data.sync(select_series(spec, store));
  EXPECT_EQ(data.series_count(), 1U);
  EXPECT_EQ(data.samples_read(), 30U);
}

// What a sweep that is over holds of series i.
std::vector<double> earlier_ys(const TraceData& data, std::size_t sweep, std::size_t i) {
  const auto& over = data.earlier()[sweep];
  std::vector<double> out;
  for (auto n = over.axis.begin(); n < over.axis.end(); ++n) out.push_back(over.series[i][n]);
  return out;
}

TEST(TraceData, a_time_that_falls_begins_a_sweep_and_the_ones_before_stay) {
  auto store = scenes::store_of(scenes::cell_scene());
  TraceData data;
  const auto selection = select_series(all_series(), store);
  data.sync(selection);
  const auto first = ys(data, 1);
  const auto times = xs(data);
  ASSERT_FALSE(store.apply(scenes::append_columns(3, 4, 0, 1, 7)).has_value());
  data.sync(selection);
  EXPECT_THAT(xs(data), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(ys(data, 1), ElementsAre(7, 7, 7, 7));
  EXPECT_TRUE(data.axis().monotone());
  ASSERT_FALSE(store.apply(scenes::append_columns(3, 1, 4, 1, 8)).has_value());
  data.sync(selection);
  EXPECT_THAT(ys(data, 2), ElementsAre(7, 7, 7, 7, 8));
  ASSERT_EQ(data.earlier().size(), 1U);
  EXPECT_EQ(earlier_ys(data, 0, 1), first);
  EXPECT_EQ(data.x_high(), times.back());
  // A fall of a part of the way, not to the start, is a sweep too; one that is known gets its series back.
  ASSERT_FALSE(store.apply(scenes::append_columns(3, 2, 3, 1, 9)).has_value());
  data.sync(selection);
  EXPECT_THAT(xs(data), ElementsAre(3, 4));
  auto one = all_series();
  one.selectors = {{"segment", std::string("e1")}};
  one.series_dim.reset();
  data.sync(select_series(one, store));
  data.sync(selection);
  ASSERT_EQ(data.earlier().size(), 2U);
  EXPECT_EQ(earlier_ys(data, 0, 1), first);
  EXPECT_THAT(earlier_ys(data, 1, 2), ElementsAre(7, 7, 7, 7, 8));
}

TEST(TraceData, sweeps_go_with_the_samples_that_the_field_forgets) {
  auto store = scenes::store_of(scenes::cell_scene());
  TraceData data;
  const auto selection = select_series(all_series(), store);
  for (int sweep = 0; sweep < 5; ++sweep) {
    ASSERT_FALSE(store.apply(scenes::append_columns(3, 10, 0, 1, static_cast<float>(sweep), 25)).has_value());
    data.sync(selection);
  }
  ASSERT_EQ(data.earlier().size(), 2U);
  EXPECT_THAT(earlier_ys(data, 0, 0), testing::Each(2));
  EXPECT_EQ(earlier_ys(data, 0, 0).size(), 5U);
  EXPECT_EQ(earlier_ys(data, 1, 0).size(), 10U);
}

// It runs backwards, or jumps back and forth at each sample: a curve, not a sweep for each sample.
TEST(TraceData, a_time_that_only_falls_is_one_curve) {
  Scene scene;
  scene.fields.set(
      "p", Field{"p", scenes::floats({1, 2, 3, 4}), {"time"}, {{"time", scenes::doubles({9, 8, 7, 6})}}, {}, {}});
  scene.views.set("p", LinePlotViewSpec{.id = "p", .field_id = "p"});
  auto store = scenes::store_of(scene);
  TraceData data;
  data.sync(select_series({.id = "p", .field_id = "p"}, store));
  EXPECT_EQ(xs(data).size(), 4U);
  EXPECT_TRUE(data.earlier().empty());
}

TEST(TraceData, a_closed_curve_given_as_a_whole_stays_whole) {
  Scene scene;
  scene.fields.set(
      "square",
      Field{"square", scenes::floats({0, 0, 1, 1, 0}), {"v"}, {{"v", scenes::doubles({0, 1, 1, 0, 0})}}, {}, {}});
  scene.views.set("p", LinePlotViewSpec{.id = "p", .field_id = "square"});
  auto store = scenes::store_of(scene);
  TraceData data;
  data.sync(select_series({.id = "p", .field_id = "square"}, store));
  EXPECT_EQ(xs(data).size(), 5U);
}

TEST(TraceData, x_that_turns_back_smoothly_stays_whole) {
  Scene scene;
  const auto [x, y] = scenes::circle(100);
  scene.fields.set("orbit", Field{"orbit", scenes::floats(y), {"v"}, {{"v", scenes::doubles(x)}}, {}, {}});
  scene.views.set("p", LinePlotViewSpec{.id = "p", .field_id = "orbit"});
  auto store = scenes::store_of(scene);
  TraceData data;
  data.sync(select_series({.id = "p", .field_id = "orbit"}, store));
  EXPECT_EQ(xs(data).size(), 100U);
  EXPECT_FALSE(data.axis().monotone());
  EXPECT_NEAR(data.x_low(), -1, 1e-3);
  EXPECT_NEAR(data.x_high(), 1, 1e-3);
}

TEST(TraceData, a_part_of_x_and_other_memory_orders_are_read_correctly) {
  auto store = scenes::store_of(scenes::cell_scene());
  auto spec = all_series();
  spec.selectors = {{"time", Slice{1, 9, 4}}};
  TraceData data;
  data.sync(select_series(spec, store));
  EXPECT_THAT(xs(data), ElementsAre(1, 5));
  EXPECT_THAT(ys(data, 2), ElementsAre(201, 205));
  const auto read = data.samples_read();
  data.sync(select_series(spec, store));
  EXPECT_EQ(data.samples_read(), read);  // nothing changed

  const Array values = store.find_field("history")->values().with_outer_axis(1).astype(DType::i32);
  ASSERT_FALSE(store.apply(FieldReplace{"history", values, {}, {}}).has_value());
  data.sync(select_series(all_series(), store));
  expect_equal_to_field(data, store, all_series());
}

TEST(TraceData, growing_along_the_series_dim_also_shows) {
  auto store = scenes::store_of(scenes::cell_scene());
  TraceData data;
  data.sync(select_series(all_series(), store));
  ASSERT_FALSE(
      store
          .apply(FieldAppend{
              "history", "segment", scenes::floats(std::vector<float>(10, 5), {1, 10}), scenes::texts({"e3"}), {}, {}})
          .has_value());
  data.sync(select_series(all_series(), store));
  expect_equal_to_field(data, store, all_series());
}

TEST(TraceData, a_kept_width_drops_older_samples_but_one_and_giving_it_up_reads_them_again) {
  auto store = scenes::store_of(scenes::cell_scene());
  const auto sync = [&](TraceData& data, std::optional<double> width) {
    data.sync(select_series(all_series(), store), width);
  };
  TraceData data;
  sync(data, 3);
  EXPECT_THAT(xs(data), ElementsAre(5, 6, 7, 8, 9));
  EXPECT_THAT(ys(data, 1), ElementsAre(105, 106, 107, 108, 109));
  ASSERT_FALSE(store.apply(scenes::append_columns(3, 2, 10, 1, -7)).has_value());
  sync(data, 3);
  EXPECT_THAT(xs(data), ElementsAre(7, 8, 9, 10, 11));
  EXPECT_THAT(ys(data, 2), ElementsAre(207, 208, 209, -7, -7));
  sync(data, {});
  expect_equal_to_field(data, store, all_series());
}

}  // namespace
}  // namespace cnv
