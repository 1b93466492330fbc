#include "cnv/runtime/outbox.hpp"

#include <gmock/gmock.h>

#include <random>

namespace cnv {
namespace {

Scene scene_with(std::int64_t rows) {
  Scene scene;
  std::vector<std::int32_t> index(static_cast<std::size_t>(rows));
  for (std::int64_t i = 0; i < rows; ++i) index[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(i);
  scene.fields.set("f", {"f",
                         Array::copy_of(std::vector<float>(static_cast<std::size_t>(rows * 2), 0), {rows, 2}),
                         {"row", "time"},
                         {{"row", Array::copy_of(index)}, {"time", Array::copy_of(std::vector<double>{0, 1})}},
                         "mV",
                         {}});
  scene.views.set("plot", LinePlotViewSpec{.id = "plot", .field_id = "f"});
  scene.controls.set("gain", slider("gain", "Gain", 1, {0, 2}));
  return scene;
}

FieldAppend append(std::int64_t rows, double t, std::optional<std::int64_t> limit = {}) {
  return {"f",
          "time",
          Array::copy_of(std::vector<float>(static_cast<std::size_t>(rows), static_cast<float>(t)), {rows, 1}),
          Array::copy_of(std::vector<double>{t}),
          limit,
          {}};
}

TEST(OutboxTest, a_new_viewer_gets_the_scene_and_the_state_and_then_nothing) {
  SceneStore store;
  ASSERT_FALSE(store.apply(SceneReady{scene_with(3)}));
  Outbox outbox;
  const auto updates = outbox.next(store);
  ASSERT_EQ(updates.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<SceneReady>(updates[0]));
  EXPECT_EQ(std::get<StatePatch>(updates[1]).updates, (Dict{{"gain", 1.0}}));
  EXPECT_FALSE(outbox.has_news(store));
  EXPECT_TRUE(outbox.next(store).empty());
}

TEST(OutboxTest, appends_are_joined_to_one_with_the_unsent_samples) {
  SceneStore store;
  (void)store.apply(SceneReady{scene_with(2)});
  Outbox outbox;
  (void)outbox.next(store);
  for (int i = 2; i < 5; ++i) ASSERT_FALSE(store.apply(append(2, i)));
  const auto updates = outbox.next(store);
  ASSERT_EQ(updates.size(), 1u);
  const auto& joined = std::get<FieldAppend>(updates[0]);
  EXPECT_EQ(joined.values.shape(), (Shape{2, 3}));
  EXPECT_EQ(joined.max_length, 5);
  EXPECT_EQ(joined.coord_values, Array::copy_of(std::vector<double>{2, 3, 4}));
}

TEST(OutboxTest, samples_that_were_dropped_before_they_were_sent_become_a_replacement_and_are_counted) {
  SceneStore store, viewer;
  (void)store.apply(SceneReady{scene_with(2)});
  Outbox outbox;
  for (const auto& update : outbox.next(store)) (void)viewer.apply(update);
  for (int i = 2; i < 12; ++i) (void)store.apply(append(2, i, 3));
  const auto updates = outbox.next(store);
  ASSERT_EQ(updates.size(), 2u);
  EXPECT_EQ(std::get<FieldReplace>(updates[0]).values.shape(), (Shape{2, 2}));
  EXPECT_EQ(std::get<FieldAppend>(updates[1]).values.shape(), (Shape{2, 1}));
  EXPECT_EQ(outbox.trimmed(), 7u);
  for (const auto& update : updates) (void)viewer.apply(update);
  EXPECT_EQ(viewer.snapshot(), store.snapshot());
  EXPECT_TRUE(viewer.find_field("f")->growing()) << "it goes on there too";
}

TEST(OutboxTest, a_growing_field_of_no_or_one_sample_is_replaced_as_a_whole) {
  for (const std::int64_t kept : {0, 1}) {
    SceneStore store, viewer;
    (void)store.apply(SceneReady{scene_with(2)});
    Outbox outbox;
    for (const auto& update : outbox.next(store)) (void)viewer.apply(update);
    (void)store.apply(append(2, 2, 3));
    const Array coords = Array::copy_of(std::vector<double>(static_cast<std::size_t>(kept), 7.0));
    const Array values = Array::copy_of(std::vector<float>(static_cast<std::size_t>(2 * kept), 1.0f), {2, kept});
    const auto rows = store.find_field("f")->coord(0);
    (void)store.apply(FieldReplace{
        "f", values, Coords{{store.find_field("f")->dims()[0], rows}, {store.find_field("f")->dims()[1], coords}}, {}});
    for (const auto& update : outbox.next(store)) (void)viewer.apply(update);
    EXPECT_EQ(viewer.snapshot(), store.snapshot()) << kept;
  }
}

TEST(OutboxTest, replacing_values_sends_no_coordinates_that_the_viewer_has) {
  SceneStore store;
  (void)store.apply(SceneReady{scene_with(2)});
  Outbox outbox;
  (void)outbox.next(store);
  const Array values = Array::copy_of(std::vector<float>{1, 2, 3, 4}, {2, 2});
  (void)store.apply(FieldReplace{"f", values, {}, {}});
  (void)store.apply(FieldReplace{"f", values, {}, {{"note", "x"}}});
  const auto updates = outbox.next(store);
  ASSERT_EQ(updates.size(), 1u);
  const auto& replace = std::get<FieldReplace>(updates[0]);
  EXPECT_FALSE(replace.coords);
  EXPECT_EQ(replace.values.data(), values.data()) << "the values are shared, not copied";
  EXPECT_EQ(replace.attrs_update, (Dict{{"note", "x"}}));
  EXPECT_EQ(outbox.superseded(), 1u);
}

TEST(OutboxTest, only_changed_properties_panels_and_state_are_sent) {
  SceneStore store;
  (void)store.apply(SceneReady{scene_with(2)});
  Outbox outbox("me");
  (void)outbox.next(store);
  (void)store.apply(ScenePatch{.view_updates = {{"plot", {{"title", "old"}}}}});
  (void)store.apply(ScenePatch{.view_updates = {{"plot", {{"title", "new"}}}}});
  (void)store.apply(PanelPatch{.panel_id = "plot-panel", .title = "T"});
  store.set_state("mine", 1, "me");
  store.set_state("other", 2);
  const auto updates = outbox.next(store);
  ASSERT_EQ(updates.size(), 3u);
  EXPECT_EQ(std::get<ScenePatch>(updates[0]).view_updates, (OrderedMap<Dict>{{"plot", {{"title", "new"}}}}));
  EXPECT_EQ(std::get<PanelPatch>(updates[1]).title, "T");
  EXPECT_EQ(std::get<StatePatch>(updates[2]).updates, (Dict{{"other", 2}}));
  (void)store.apply(LayoutReplace{{{.id = "p", .kind = "line_plot", .view_ids = {"plot"}}}, {}});
  (void)store.apply(PanelPatch{.panel_id = "p", .title = "T2"});
  const auto layout = outbox.next(store);
  ASSERT_EQ(layout.size(), 1u);
  EXPECT_EQ(std::get<LayoutReplace>(layout[0]).panels[0].title, "T2");
}

TEST(OutboxTest, messages_keep_their_order_and_their_bounds) {
  SceneStore store;
  Outbox outbox;
  for (int i = 0; i < 70; ++i) outbox.add_message(Status{"s" + std::to_string(i), {}});
  for (int i = 0; i < 3; ++i) outbox.add_message(ErrorReport{"bad"});
  const auto updates = outbox.next(store);
  ASSERT_EQ(updates.size(), 65u);
  EXPECT_EQ(std::get<Status>(updates[0]).message, "s6");
  EXPECT_EQ(std::get<ErrorReport>(updates[64]).message, "bad (3 times)");
  EXPECT_EQ(outbox.dropped_messages(), 6u);
  outbox.add_message(ErrorReport{"bad"});
  EXPECT_TRUE(outbox.next(store).empty());
}

// Any sequence of changes, sent at any moments to viewers that come at any moment, ends with equal stores.
TEST(OutboxTest, viewers_always_end_with_what_the_session_has) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    SceneStore truth;
    (void)truth.apply(SceneReady{scene_with(3)});
    struct Viewer {
      Outbox outbox;
      SceneStore store;
      void take(const SceneStore& truth) {
        for (const auto& update : outbox.next(truth)) {
          const auto problem = store.apply(update);
          ASSERT_FALSE(problem) << problem->message;
        }
      }
    };
    std::vector<std::unique_ptr<Viewer>> viewers;
    double t = 1;
    for (int step = 0; step < 60; ++step) {
      auto& field = *truth.find_field("f");
      const Shape shape = field.shape();
      switch (below(9)) {
        case 0:
        case 1:
        case 2:
          (void)truth.apply(append(shape[0], ++t, below(2) ? std::optional<std::int64_t>(below(8)) : std::nullopt));
          break;
        case 3: {  // along the other dim
          const std::int64_t n = below(3);
          std::vector<std::int32_t> rows(static_cast<std::size_t>(n), 7);
          (void)truth.apply(
              FieldAppend{"f",
                          "row",
                          Array::copy_of(std::vector<float>(static_cast<std::size_t>(n * shape[1]), 3), {n, shape[1]}),
                          Array::copy_of(rows),
                          std::nullopt,
                          {}});
          break;
        }
        case 4:
          (void)truth.apply(FieldReplace{
              "f",
              Array::copy_of(std::vector<float>(static_cast<std::size_t>(shape[0] * shape[1]), static_cast<float>(t)),
                             shape),
              {},
              {{"k", static_cast<std::int64_t>(step)}}});
          break;
        case 5: {
          FieldAppend wide = append(shape[0], ++t);
          wide.values = wide.values.astype(DType::f64);
          (void)truth.apply(wide);
          break;
        }
        case 6: EXPECT_TRUE(truth.apply(append(shape[0] + 1, ++t))); break;
        case 7: viewers.push_back(std::make_unique<Viewer>()); break;
        default:
          if (below(15) == 0) (void)truth.apply(SceneReady{scene_with(1 + below(4))});
          else (void)truth.apply(StatePatch{{{"key", static_cast<std::int64_t>(step)}}});
      }
      for (auto& viewer : viewers)
        if (below(3) == 0) viewer->take(truth);
    }
    for (auto& viewer : viewers) {
      viewer->take(truth);
      ASSERT_EQ(viewer->store.snapshot(), truth.snapshot()) << "seed " << seed;
      ASSERT_EQ(viewer->store.state(), truth.state());
    }
  }
}

}  // namespace
}  // namespace cnv
