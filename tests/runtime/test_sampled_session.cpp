#include "cnv/runtime/sampled_session.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "runtime/toy_session.hpp"

namespace cnv {
namespace {

using test::ToySession;
using testing::ElementsAre;

// What a viewer would hold after these updates.
struct Mirror {
  SceneStore store;
  void take(const std::vector<Update>& updates) {
    for (const auto& update : updates) {
      const auto problem = store.apply(update);
      EXPECT_FALSE(problem) << problem->message;
    }
  }
};

std::vector<double> numbers(const Array& array) {
  std::vector<double> out;
  for (std::int64_t i = 0; i < array.size(); ++i) out.push_back(array.number_at(i));
  return out;
}

TEST(SampledSessionTest, without_a_host_read_updates_describes_each_batch) {
  ToySession session;
  Mirror mirror;
  mirror.take({SceneReady{*session.initialize()}});
  session.advance();
  mirror.take(session.read_updates());
  EXPECT_THAT(numbers(mirror.store.find_field("segment_display")->values()), ElementsAre(1, 2));
  EXPECT_THAT(numbers(mirror.store.find_field("segment_history")->values()), ElementsAre(0, 0.5, 1));
  EXPECT_THAT(numbers(mirror.store.find_field("segment_history")->coord(1)), ElementsAre(0, 0.5, 1));
  EXPECT_TRUE(session.read_updates().empty());
}

TEST(SampledSessionTest, a_scene_is_built_from_what_is_given_before_there_is_a_model) {
  ToySession session;
  const Scene scene = session.build_scene(test::toy_geometry(3), std::vector<float>{1, 2, 3}, 7.5);
  EXPECT_THAT(numbers(scene.fields.find("segment_display")->values), ElementsAre(1, 2, 3));
  const Field& history = *scene.fields.find("segment_history");
  EXPECT_THAT(numbers(history.values), ElementsAre(1));
  EXPECT_THAT(numbers(history.coord("time")), ElementsAre(7.5));
  EXPECT_EQ(history.coord("segment").string_at(0), "s0@0.50000");
  EXPECT_TRUE(scene.views.contains("trace"));
  EXPECT_THROW(session.build_scene(test::toy_geometry(3), std::vector<float>{1, 2}, 0), ValueError);
}

TEST(SampledSessionTest, a_scene_of_another_geometry_has_the_traces_that_it_can_show) {
  ToySession session;
  session.entities = 4;
  (void)session.initialize();
  session.capture_trace("s1@0.50000");
  session.capture_trace("s3@0.50000");
  const Scene scene = session.build_scene(test::toy_geometry(2), std::vector<float>{5, 6}, 0);
  EXPECT_THAT(numbers(scene.fields.find("segment_history")->values), ElementsAre(5, 6));
}

TEST(SampledSessionTest, full_history_keeps_every_sample_of_every_entity_within_the_limit) {
  ToySession session(
      {.dt = 0.5, .max_samples = 7, .display_dt = 2.0, .history_capture_mode = HistoryCaptureMode::full});
  Mirror mirror;
  mirror.take({SceneReady{*session.initialize()}});
  for (int i = 0; i < 5; ++i) {
    session.advance();
    if (i % 2) mirror.take(session.read_updates());
  }
  mirror.take(session.read_updates());
  const auto& history = *mirror.store.find_field("segment_history");
  EXPECT_THAT(numbers(history.coord(1)), ElementsAre(7, 7.5, 8, 8.5, 9, 9.5, 10));
  EXPECT_THAT(numbers(history.values().take_one(0, 1)), ElementsAre(14, 15, 16, 17, 18, 19, 20));
  EXPECT_EQ(history.coord_dtype(1), DType::f64);
}

TEST(SampledSessionTest, a_captured_trace_starts_with_the_recent_past) {
  ToySession session;
  Mirror mirror;
  mirror.take({SceneReady{*session.initialize()}});
  session.advance();
  session.handle(EntityClicked{"s1@0.50000"});
  EXPECT_THAT(session.log, ElementsAre("clicked s1@0.50000"));
  session.advance();
  mirror.take(session.read_updates());
  const auto history = mirror.store.find_field("segment_history")->snapshot();
  EXPECT_THAT(numbers(history.values), ElementsAre(0, 0.5, 1, 1.5, 2, 0, 1, 2, 3, 4));
  EXPECT_EQ(history.coord("segment").string_at(1), "s1@0.50000");
  EXPECT_FALSE(session.capture_trace("s1@0.50000"));
  EXPECT_FALSE(session.capture_trace("nothing"));
}

// What a backend with single places to read does.
struct LargeCell : ToySession {
  LargeCell() { entities = 5000; }
  void sample_some(std::span<const std::int64_t> wanted, float* out) override {
    for (const auto entity : wanted) *out++ = static_cast<float>(value(entity));
  }
};

TEST(SampledSessionTest, a_selection_from_before_the_session_has_its_traces_and_is_no_click) {
  ToySession session(
      {.dt = 0.5, .max_samples = 100, .display_dt = 1.0, .history_capture_mode = HistoryCaptureMode::on_demand});
  session.entities = 4;
  Mirror mirror;
  mirror.take({SceneReady{*session.initialize()}});
  session.advance();
  session.state_changed("selected_entity_id", "s3@0.50000");
  session.state_changed("selected_trace_entity_ids", List{"s2@0.50000", "s3@0.50000", "gone@0.5"});
  EXPECT_THAT(session.captured_entities(), ElementsAre("s0@0.50000", "s3@0.50000", "s2@0.50000"));
  EXPECT_THAT(session.log, testing::IsEmpty());
  EXPECT_EQ(*session.ui_state().find("selected_entity_id"), Value("s3@0.50000"));
}

TEST(SampledSessionTest, of_a_large_cell_only_chosen_traces_are_read_at_each_step_and_one_begins_with_the_click) {
  LargeCell session;
  Mirror mirror;
  mirror.take({SceneReady{*session.initialize()}});
  session.advance();
  session.handle(EntityClicked{"s4999@0.50000"});
  const int before = session.whole_samples;
  for (int i = 0; i < 10; ++i) session.advance();
  EXPECT_EQ(session.whole_samples, before);
  session.publish();
  EXPECT_EQ(session.whole_samples, before + 2) << "entities and compartments, once for the picture";
  mirror.take(session.read_updates());
  const auto history = mirror.store.find_field("segment_history")->snapshot();
  const auto values = numbers(history.values), times = numbers(history.coords.find("time")->astype(DType::f64));
  ASSERT_EQ(times.size(), 23u);
  for (std::size_t k = 0; k < times.size(); ++k) {
    EXPECT_EQ(values[k], times[k]);
    if (k < 2) EXPECT_TRUE(std::isnan(values[times.size() + k]));
    else EXPECT_EQ(values[times.size() + k], 5000 * times[k]);
  }
}

TEST(SampledSessionTest, a_backend_that_reads_all_or_nothing_gives_the_same_traces) {
  ToySession session;
  session.entities = 5000;
  Mirror mirror;
  mirror.take({SceneReady{*session.initialize()}});
  session.handle(EntityClicked{"s7@0.50000"});
  session.advance();
  mirror.take(session.read_updates());
  EXPECT_THAT(numbers(mirror.store.find_field("segment_history")->values()), ElementsAre(0, 0.5, 1, 0, 4, 8));
}

TEST(SampledSessionTest, reset_starts_again_and_keeps_traces_and_controls) {
  ToySession session;
  Mirror mirror;
  mirror.take({SceneReady{*session.initialize()}});
  session.handle(SetControl{"amplitude", 3.0});
  session.handle(EntityClicked{"s1@0.50000"});
  session.advance();
  session.handle(Reset{});
  mirror.take(session.read_updates());
  EXPECT_THAT(numbers(mirror.store.find_field("segment_history")->values()), ElementsAre(0, 0));
  session.advance();
  mirror.take(session.read_updates());
  EXPECT_THAT(numbers(mirror.store.find_field("segment_history")->values()), ElementsAre(0, 1.5, 3, 0, 3, 6));
}

TEST(SampledSessionTest, a_rolling_window_lengthens_the_history) {
  struct Long : ToySession {
    using ToySession::ToySession;
    Dict trace_view_updates() override { return {{"rolling_window", 200.0}}; }
  } session;
  (void)session.initialize();
  EXPECT_EQ(session.field_max_samples(), 401);
}

TEST(SampledSessionTest, steps_per_update_forgives_round_off_and_refuses_nonsense) {
  const auto steps = [](double display_dt, double dt) {
    return ToySession({.dt = dt, .display_dt = display_dt}).steps_per_update();
  };
  EXPECT_EQ(steps(0.3, 0.1), 3);
  EXPECT_EQ(steps(0.1 + 0.2, 0.1), 3);
  EXPECT_EQ(steps(0.31, 0.1), 4);
  EXPECT_EQ(steps(0.01, 0.1), 1);
  EXPECT_THROW(steps(0, 0.1), ValueError);
  EXPECT_EQ(ToySession({.display_dt = std::nullopt}).steps_per_update(), 1);
}

TEST(SampledSessionTest, hooks_see_each_step_once_and_replace_the_default_updates) {
  struct Hooked : ToySession {
    std::vector<double> seen;
    std::size_t samples = 0;
    std::optional<StepSample> sample_step() override {
      return StepSample{{"double", {static_cast<float>(2 * value(0))}}};
    }
    void emit_batch(std::span<const double> times, std::span<const StepSample> steps) override {
      seen.insert(seen.end(), times.begin(), times.end());
      samples += steps.size();
      emit(FieldReplace{
          "segment_display", Array::copy_of(std::vector<float>{steps.back().find("double")->front(), -1}), {}, {}});
    }
  } session;
  Mirror mirror;
  mirror.take({SceneReady{*session.initialize()}});
  session.advance();
  session.advance();
  mirror.take(session.read_updates());
  EXPECT_THAT(session.seen, ElementsAre(0.5, 1, 1.5, 2));
  EXPECT_EQ(session.samples, 4u);
  EXPECT_THAT(numbers(mirror.store.find_field("segment_display")->values()), ElementsAre(4, -1));
}

std::vector<std::string> errors_after(ToySession& session, int batches) {
  std::vector<std::string> errors;
  for (int i = 0; i < batches; ++i) {
    session.advance();
    for (const auto& update : session.read_updates())
      if (const auto* error = std::get_if<ErrorReport>(&update)) errors.push_back(error->message);
  }
  return errors;
}

TEST(SampledSessionTest, an_entity_without_a_value_from_the_start_is_no_problem_but_one_that_loses_it_is) {
  struct Partial : ToySession {
    bool lost = false;
    void sample_entities(float* out) override {
      ToySession::sample_entities(out);
      out[0] = std::nanf("");
      if (lost) out[1] = std::nanf("");
    }
  } session;
  (void)session.initialize();
  EXPECT_THAT(errors_after(session, 3), testing::IsEmpty());
  session.lost = true;
  EXPECT_THAT(errors_after(session, 2), ElementsAre(testing::HasSubstr("s1@0.50000")));
}

TEST(SampledSessionTest, a_history_without_room_is_refused) {
  ToySession session({.dt = 0.5, .max_samples = 0});
  EXPECT_THROW((void)session.initialize(), ValueError);
}

TEST(SampledSessionTest, values_that_are_none_from_the_start_are_reported) {
  ToySession session;
  session.amplitude = std::nan("");
  (void)session.initialize();
  EXPECT_THAT(errors_after(session, 2), ElementsAre(testing::HasSubstr("s0@0.50000")));
}

TEST(SampledSessionTest, not_a_number_is_reported_once_with_its_section_and_first_time) {
  ToySession session;
  (void)session.initialize();
  session.advance();
  (void)session.read_updates();
  session.amplitude = std::nan("");
  const auto errors = errors_after(session, 2);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_THAT(errors[0], testing::AllOf(testing::HasSubstr("s0@0.50000"), testing::HasSubstr("x = 0.5"),
                                        testing::HasSubstr("t = 1.5 ms")));
}

}  // namespace
}  // namespace cnv
