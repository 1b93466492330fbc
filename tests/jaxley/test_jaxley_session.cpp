#include "cnv/backends/jaxley/jaxley_session.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <deque>

#include "cnv/base/exceptions.hpp"
#include "cnv/runtime/store_host.hpp"
#include "runtime/toy_session.hpp"

namespace cnv {
namespace {

using testing::Each;
using testing::ElementsAre;

// An integrator, v += dt · rate, as a network of two compartments: the second is ten times the first. What it computed
// ahead with another rate shows if it is not dropped.
struct Network {
  double rate = 1;
  double seconds_per_step = 1e-5;
  std::vector<std::int64_t> blocks, first_steps, rewinds;
  std::vector<std::size_t> ahead_of_take;  // blocks that were begun behind the one that is waited for
  std::int64_t most = 128;
  double clock_s = 0;
  bool broken = false;
};

class Integrator : public jaxley::BlockRunner {
 public:
  explicit Integrator(Network& model) : model_(model) {}
  std::int64_t most_steps() const override { return model_.most; }
  void dispatch(std::int64_t first_step, std::int64_t steps, double dt) override {
    EXPECT_LT(begun_.size(), 2u) << "a change would wait for them all";
    model_.blocks.push_back(steps);
    model_.first_steps.push_back(first_step);
    double v = !begun_.empty() ? begun_.back().back() : rows_.empty() ? start_ : rows_.back();
    auto& block = begun_.emplace_back();
    for (std::int64_t i = 0; i < steps; ++i) block.push_back(v += dt * model_.rate);
  }
  jaxley::BlockRows take() override {
    if (model_.broken) throw ValueError("broken");
    model_.ahead_of_take.push_back(begun_.size() - 1);
    if (!rows_.empty()) start_ = rows_.back();
    rows_ = std::move(begun_.front());
    begun_.pop_front();
    model_.clock_s += static_cast<double>(rows_.size()) * model_.seconds_per_step;
    values_.clear();
    for (const double v : rows_) values_.insert(values_.end(), {static_cast<float>(v), static_cast<float>(10 * v)});
    return {values_.data(), static_cast<std::int64_t>(rows_.size()), 2, true};
  }
  void rewind(std::int64_t taken) override {
    model_.rewinds.push_back(taken);
    if (taken > 0) start_ = rows_[static_cast<std::size_t>(taken - 1)];
    rows_.clear();
    begun_.clear();
  }
  void restart(double) override {
    start_ = 0;
    rows_.clear();
    begun_.clear();
  }
  void read(const std::string& state, std::int64_t taken, float* out) override {
    const double v = taken > 0 ? rows_[static_cast<std::size_t>(taken - 1)] : start_;
    const double value = state == "v" ? v : -v;
    out[0] = static_cast<float>(value);
    out[1] = static_cast<float>(10 * value);
  }

 private:
  Network& model_;
  double start_ = 0;
  std::vector<double> rows_;
  std::deque<std::vector<double>> begun_;
  std::vector<float> values_;
};

class Live : public JaxleySession {
 public:
  explicit Live(SampledOptions options = {.dt = 0.5, .max_samples = 1000, .display_dt = 1.0})
      : JaxleySession(std::move(options)) {}
  Network model;
  std::vector<DisplayVariable> display_variables() override { return {{"v", "mV", "", {}}, {"minus", "", "", {}}}; }
  std::vector<float> now() {
    std::vector<float> out(2);
    sample_entities(out.data());
    return out;
  }

 protected:
  JaxleySession::Model build_model() override { return {test::toy_geometry(2), std::make_unique<Integrator>(model)}; }
  double now_s() override { return model.clock_s; }
};

// A host that wants a certain look-ahead.
struct Paced : StoreHost {
  double ahead_ms = 0;
  double horizon_ms() const override { return ahead_ms; }
};

TEST(JaxleySessionTest, steps_are_the_same_however_they_are_cut_into_blocks) {
  for (const std::int64_t most : {1, 3, 128}) {
    Live session;
    session.model.most = most;
    session.initialize();
    for (int i = 0; i < 150; ++i) session.advance();
    EXPECT_THAT(session.now(), ElementsAre(150, 1500)) << most;
    EXPECT_EQ(session.step_index(), 300);
    EXPECT_DOUBLE_EQ(*session.model_time_ms(), 150);
    std::int64_t expected = 0;
    for (std::size_t i = 0; i < session.model.blocks.size(); ++i) {
      EXPECT_EQ(session.model.first_steps[i], expected);
      expected += session.model.blocks[i];
    }
  }
}

TEST(JaxleySessionTest, a_change_acts_at_the_step_that_comes_next) {
  Live session;
  session.initialize();
  for (int i = 0; i < 10; ++i) session.advance();
  EXPECT_THAT(session.now(), ElementsAre(10, 100));
  session.model.rate = 3;
  session.rewind();
  EXPECT_THAT(session.now(), ElementsAre(10, 100)) << "what is shown stays";
  session.rewind();
  session.advance();
  EXPECT_THAT(session.now(), ElementsAre(13, 130));
  EXPECT_EQ(session.step_index(), 22);
}

TEST(JaxleySessionTest, the_block_after_a_change_is_one_batch_so_that_it_is_seen_soon) {
  Live session;
  session.initialize();
  for (int i = 0; i < 200; ++i) session.advance();
  ASSERT_EQ(session.model.blocks.back(), 128);
  const auto before = session.model.blocks.size();
  session.rewind();
  session.advance();
  session.advance();
  ASSERT_EQ(session.model.blocks.size(), before + 3);
  EXPECT_EQ(session.model.blocks[before], 2);
  EXPECT_EQ(session.model.blocks[before + 1], 128) << "what the short block cost says nothing of longer ones";
}

TEST(JaxleySessionTest, another_dt_holds_from_the_next_step_on) {
  Live session;
  session.initialize();
  for (int i = 0; i < 4; ++i) session.advance();
  session.options.dt = 0.25;
  session.advance();
  EXPECT_DOUBLE_EQ(*session.model_time_ms(), 5);
  EXPECT_EQ(session.step_index(), 8 + 4);
  EXPECT_THAT(session.now(), ElementsAre(5, 50));
  session.options.dt = 0;
  EXPECT_THROW(session.advance(), ValueError);
}

TEST(JaxleySessionTest, time_does_not_drift) {
  Live session({.dt = 0.1, .display_dt = 10.0});
  session.initialize();
  for (int i = 0; i < 10000; ++i) session.advance();
  EXPECT_DOUBLE_EQ(*session.model_time_ms(), 100000);
}

TEST(JaxleySessionTest, reset_is_the_beginning_again) {
  Live session;
  session.initialize();
  for (int i = 0; i < 7; ++i) session.advance();
  session.handle(Reset{});
  EXPECT_THAT(session.now(), ElementsAre(0, 0));
  EXPECT_EQ(session.step_index(), 0);
  session.advance();
  EXPECT_THAT(session.now(), ElementsAre(1, 10));
  EXPECT_DOUBLE_EQ(*session.model_time_ms(), 1);
}

TEST(JaxleySessionTest, blocks_take_about_four_milliseconds_at_full_speed) {
  Live session;
  session.initialize();
  session.model.seconds_per_step = 1e-4;
  for (int i = 0; i < 500; ++i) session.advance();
  EXPECT_NEAR(static_cast<double>(session.model.blocks.back()), 40, 1);
  session.model.seconds_per_step = 1e-2;  // more than a block's time: one step at a time
  for (int i = 0; i < 500; ++i) session.advance();
  EXPECT_EQ(session.model.blocks.back(), 1);
  session.model.seconds_per_step = 1e-7;
  for (int i = 0; i < 2000; ++i) session.advance();
  EXPECT_EQ(session.model.blocks.back(), 128);
}

TEST(JaxleySessionTest, at_full_speed_the_next_block_is_begun_before_one_is_waited_for) {
  Live session;
  session.initialize();
  for (int i = 0; i < 200; ++i) session.advance();
  EXPECT_GT(session.model.ahead_of_take.size(), 3u);
  EXPECT_THAT(session.model.ahead_of_take, Each(1u));
  session.model.ahead_of_take.clear();
  session.rewind();
  session.advance();
  EXPECT_THAT(session.model.ahead_of_take, ElementsAre(0u)) << "what is in a hurry waits for nothing else";
}

TEST(JaxleySessionTest, no_more_is_computed_ahead_than_a_paced_host_will_ask_for) {
  Live session;
  Paced host;
  session.attach(&host);
  host.set_scene(*session.initialize());
  for (int i = 0; i < 10; ++i) session.advance();
  EXPECT_THAT(session.model.blocks, Each(2)) << "one display batch, and nothing before it is asked for";
  EXPECT_EQ(session.model.blocks.size(), 10u);
  host.ahead_ms = 5;
  session.model.blocks.clear();
  for (int i = 0; i < 10; ++i) session.advance();
  EXPECT_THAT(session.model.blocks, ElementsAre(10, 10));
  session.attach(nullptr);
}

TEST(JaxleySessionTest, another_variable_is_read_at_the_present_step) {
  Live session;
  session.initialize();
  session.advance();
  ASSERT_TRUE(session.set_display_variable("minus"));
  SceneStore mirror;
  session.read_updates();
  session.advance();
  for (const auto& update : session.read_updates())
    if (const auto* replaced = std::get_if<FieldReplace>(&update);
        replaced && replaced->field_id == "segment_display") {
      EXPECT_EQ(replaced->values.number_at(0), -2);
      EXPECT_EQ(replaced->values.number_at(1), -20);
      return;
    }
  FAIL() << "the display was not replaced";
}

TEST(JaxleySessionTest, a_block_that_fails_leaves_what_was_shown_and_can_be_tried_again) {
  Live session({.dt = 0.5, .display_dt = 1.0});
  session.model.most = 2;
  session.initialize();
  session.advance();
  session.model.broken = true;
  EXPECT_THROW(session.advance(), ValueError);
  EXPECT_THAT(session.now(), ElementsAre(1, 10));
  session.model.broken = false;
  session.rewind();
  session.advance();
  EXPECT_THAT(session.now(), ElementsAre(2, 20));
}

TEST(JaxleySessionTest, before_and_after_there_is_a_network_a_change_is_nothing) {
  Live session;
  session.rewind();
  session.initialize();
  session.shutdown();
  session.rewind();
}

TEST(BlockSizeTest, a_block_that_was_ready_earlier_tells_only_that_it_is_not_slower) {
  jaxley::BlockSize size;
  EXPECT_EQ(size.steps(1.0, 128), 8);
  EXPECT_EQ(size.steps(1.0, 3), 3);
  size.measured(10, 1.0, true);
  EXPECT_EQ(size.steps(1.0, 128), 10);
  size.measured(10, 100.0, false);
  EXPECT_EQ(size.steps(1.0, 128), 10);
  size.measured(10, 0.5, false);
  EXPECT_EQ(size.steps(1.0, 128), 20);
}

}  // namespace
}  // namespace cnv
