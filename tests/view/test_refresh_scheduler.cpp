#include "cnv/view/refresh_scheduler.hpp"

#include <gmock/gmock.h>

namespace cnv {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

RefreshScheduler with_views(std::initializer_list<std::pair<const char*, std::optional<double>>> views,
                            double cap = 50) {
  RefreshScheduler s(cap);
  for (const auto& [id, hz] : views) s.set_view(id, hz);
  return s;
}

TEST(RefreshScheduler, a_view_that_was_never_painted_is_due_at_once) {
  auto s = with_views({{"a", 1.0}});
  EXPECT_THAT(s.due(0).view_ids, IsEmpty());
  s.mark_dirty("a", DirtyReason::data, 0);
  EXPECT_THAT(s.due(0).view_ids, ElementsAre("a"));
}

TEST(RefreshScheduler, a_positive_cap_is_an_upper_bound_and_the_wake_time_is_when_it_ends) {
  auto s = with_views({{"a", 10.0}});
  s.mark_dirty("a", DirtyReason::data, 0);
  s.painted("a", 0, 0.001);
  s.mark_dirty("a", DirtyReason::data, 0.01);
  EXPECT_THAT(s.due(0.05).view_ids, IsEmpty());
  EXPECT_NEAR(*s.due(0.05).wake_s, 0.1, 1e-12);
  EXPECT_THAT(s.due(0.1).view_ids, ElementsAre("a"));
}

TEST(RefreshScheduler, without_a_cap_of_its_own_the_default_holds) {
  auto s = with_views({{"a", std::nullopt}}, 30);
  s.mark_dirty("a", DirtyReason::data, 0);
  s.painted("a", 0, 0.001);
  s.mark_dirty("a", DirtyReason::data, 0.001);
  EXPECT_NEAR(*s.due(0.002).wake_s, 1.0 / 30, 1e-12);
}

TEST(RefreshScheduler, zero_or_less_paints_once_per_mark) {
  auto s = with_views({{"a", 0.0}, {"b", -1.0}});
  for (double t = 0; t < 0.01; t += 0.001) {
    s.mark_dirty("a", DirtyReason::data, t);
    s.mark_dirty("b", DirtyReason::data, t);
    EXPECT_EQ(s.due(t).view_ids.size(), 2U);
    s.painted("a", t, 0.1);
    s.painted("b", t, 0.1);
    EXPECT_THAT(s.due(t).view_ids, IsEmpty());
  }
}

TEST(RefreshScheduler, a_slow_paint_rests_a_multiple_of_its_duration) {
  auto s = with_views({{"a", std::nullopt}}, 1000);
  s.mark_dirty("a", DirtyReason::data, 0);
  s.painted("a", 0, 0.02);
  s.mark_dirty("a", DirtyReason::user, 0.03);
  EXPECT_NEAR(*s.due(0.03).wake_s, 0.02 * RefreshScheduler::rest_factor, 1e-12);
  s.painted("a", 0.06, 0.008);  // not above 8 ms
  s.mark_dirty("a", DirtyReason::data, 0.061);
  EXPECT_NEAR(*s.due(0.06).wake_s, 0.061, 1e-12);
}

TEST(RefreshScheduler, data_is_asked_for_when_all_views_that_show_it_may_be_painted_again) {
  auto s = with_views({{"a", 50.0}, {"b", 25.0}, {"still", 50.0}, {"hidden", 50.0}}, 50);
  EXPECT_EQ(s.rest_s(0.5, 1), 0) << "nothing was marked";
  const auto mark = [&](double t, std::initializer_list<const char*> ids) {
    for (const auto* id : ids) s.mark_dirty(id, DirtyReason::data, t);
  };
  mark(1, {"a", "b", "hidden"});
  s.set_visible("hidden", false);
  EXPECT_EQ(s.rest_s(1, 1), 0) << "not painted yet";
  s.painted("a", 1, 0.001);
  s.painted("b", 1, 0.001);
  EXPECT_NEAR(s.rest_s(1, 1.005), 0.035 - RefreshScheduler::lead_s, 1e-12);
  EXPECT_EQ(s.rest_s(1, 1.5), 0);
  mark(2, {"a"});
  EXPECT_EQ(s.rest_s(2, 2), 0);
  s.painted("a", 2, 0.001);
  EXPECT_NEAR(s.rest_s(2, 2), 0.02 - RefreshScheduler::lead_s, 1e-12) << "what b shows did not change";
  mark(2.018, {"a"});
  EXPECT_NEAR(s.rest_s(2.018, 2.018), 0.022 - RefreshScheduler::lead_s, 1e-12)
      << "its paint, in 2 ms, shows what has just come";
  mark(2.019, {"b"});
  s.painted("b", 2.019, 0.001);
  mark(2.03, {"b"});
  EXPECT_NEAR(s.rest_s(2.03, 2.03), 0.029 - RefreshScheduler::lead_s, 1e-12)
      << "a paint that is far shows something newer";
}

TEST(RefreshScheduler, a_slow_view_does_not_hold_up_the_others_and_a_hidden_one_needs_little) {
  auto s = with_views({{"slow", std::nullopt}, {"quick", std::nullopt}, {"every", 0.0}}, 50);
  const auto paint = [&](double t, const char* id, double duration) {
    s.mark_dirty(id, DirtyReason::data, t);
    s.painted(id, t, duration);
  };
  paint(1, "slow", 0.2);
  EXPECT_NEAR(s.rest_s(1, 1), RefreshScheduler::rest_factor * 0.2 - RefreshScheduler::lead_s, 1e-12)
      << "nobody else waits";
  paint(1, "quick", 0.001);
  EXPECT_NEAR(s.rest_s(1, 1), RefreshScheduler::longest_rest_s, 1e-12);
  paint(1, "every", 0.001);
  EXPECT_EQ(s.rest_s(1, 1), 0) << "it paints each mark";
  for (const auto* id : {"slow", "quick", "every"}) s.set_visible(id, false);
  EXPECT_EQ(s.rest_s(1, 1), RefreshScheduler::hidden_rest_s);
}

TEST(RefreshScheduler, what_the_user_does_is_not_held_back_by_the_views_cap) {
  auto s = with_views({{"a", 1.0}}, 50);
  s.mark_dirty("a", DirtyReason::data, 0);
  s.painted("a", 0, 0.001);
  s.mark_dirty("a", DirtyReason::user, 0.01);
  EXPECT_NEAR(*s.due(0.01).wake_s, 0.02, 1e-12);
  s.mark_dirty("a", DirtyReason::data, 0.011);  // a weaker reason does not take it back
  EXPECT_NEAR(*s.due(0.011).wake_s, 0.02, 1e-12);
  s.mark_dirty("a", DirtyReason::scene, 0.012);
  EXPECT_THAT(s.due(0.012).view_ids, ElementsAre("a"));
}

TEST(RefreshScheduler, the_one_not_painted_for_longest_comes_first) {
  auto s = with_views({{"a", std::nullopt}, {"b", std::nullopt}, {"c", std::nullopt}});
  s.painted("a", 2, 0.001);
  s.painted("b", 1, 0.001);
  for (const auto* id : {"a", "b", "c"}) s.mark_dirty(id, DirtyReason::data, 5);
  EXPECT_THAT(s.due(5).view_ids, ElementsAre("c", "b", "a"));
}

TEST(RefreshScheduler, a_mark_made_during_a_paint_is_not_lost) {
  auto s = with_views({{"a", std::nullopt}});
  s.mark_dirty("a", DirtyReason::data, 0);
  s.mark_dirty("a", DirtyReason::data, 1.5);
  s.painted("a", 1, 1);
  EXPECT_TRUE(s.is_dirty("a"));
}

TEST(RefreshScheduler, the_final_state_is_always_painted_under_every_cap) {
  for (const double hz : {0.0, 3.0, 17.0, 1000.0}) {
    auto s = with_views({{"a", hz}}, 60);
    double shown = -1, newest = -1, now = 0;
    int paints = 0;
    for (int i = 0; i < 500; ++i) {
      now = i * 0.004;
      if (i < 400) {
        newest = i;
        s.mark_dirty("a", DirtyReason::data, now);
      }
      if (!s.due(now).view_ids.empty()) {
        s.painted("a", now, 0.001);
        shown = newest;
        ++paints;
      }
    }
    EXPECT_EQ(shown, newest) << hz;
    if (hz > 0) {
      EXPECT_LE(paints, 2 + 2.0 * hz);
    }
    EXPECT_FALSE(s.due(now).wake_s.has_value());
  }
}

TEST(RefreshScheduler, a_hidden_view_waits_and_is_not_forgotten) {
  auto s = with_views({{"a", std::nullopt}});
  s.set_visible("a", false);
  s.mark_dirty("a", DirtyReason::data, 0);
  EXPECT_THAT(s.due(1).view_ids, IsEmpty());
  EXPECT_FALSE(s.due(1).wake_s.has_value());
  EXPECT_THAT(s.all_dirty(), ElementsAre("a"));
  s.set_visible("a", true);
  EXPECT_THAT(s.due(2).view_ids, ElementsAre("a"));
}

TEST(RefreshScheduler, views_of_an_old_scene_are_forgotten) {
  auto s = with_views({{"a", std::nullopt}, {"b", std::nullopt}});
  s.mark_dirty("a", DirtyReason::data, 0);
  s.keep_only({"b"});
  EXPECT_THAT(s.all_dirty(), IsEmpty());
  s.mark_dirty("a", DirtyReason::data, 0);
  EXPECT_THAT(s.due(0).view_ids, IsEmpty());
}

}  // namespace
}  // namespace cnv
