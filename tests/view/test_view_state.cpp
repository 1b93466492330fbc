#include "cnv/view/view_state.hpp"

#include <gmock/gmock.h>

#include "view/scenes.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;

TEST(Resolve, gives_the_literal_or_the_states_value) {
  const Dict state{{"k", 2.5}, {"text", "x"}, {"loop", StateBinding{"k"}}};
  EXPECT_EQ(resolve(Bindable<double>(1.0), state), 1.0);
  EXPECT_EQ(resolve(Bindable<double>(StateBinding{"k"}), state), 2.5);
  EXPECT_EQ(resolve(Bindable<double>(StateBinding{"missing"}), state), std::nullopt);
  EXPECT_EQ(resolve(Bindable<double>(StateBinding{"text"}), state), std::nullopt);
  EXPECT_TRUE(resolve(Value(StateBinding{"loop"}), state).is_null());
}

TEST(Resolve, limits_are_two_numbers_in_a_list_or_an_array_or_nothing) {
  using L = Bindable<std::optional<Limits>>;
  const Dict state{{"list", List{-1, 2.0}},
                   {"array", scenes::doubles({3, 4})},
                   {"three", List{1, 2, 3}},
                   {"nan", List{0, NAN}},
                   {"none", Value()}};
  EXPECT_EQ(resolve_limits(L(StateBinding{"list"}), state), Limits(-1, 2));
  EXPECT_EQ(resolve_limits(L(StateBinding{"array"}), state), Limits(3, 4));
  for (const auto* key : {"three", "nan", "none", "missing"})
    EXPECT_EQ(resolve_limits(L(StateBinding{key}), state), std::nullopt) << key;
  EXPECT_EQ(resolve_limits(L(std::optional<Limits>()), state), std::nullopt);
}

TEST(Selection, the_list_counts_only_while_it_contains_the_latest) {
  EXPECT_THAT(selection({{"selected_entity_id", "b"}, {"selected_trace_entity_ids", List{"a", "b"}}}).entity_ids,
              ElementsAre("a", "b"));
  EXPECT_THAT(selection({{"selected_entity_id", "c"}, {"selected_trace_entity_ids", List{"a", "b"}}}).entity_ids,
              ElementsAre("c"));
  EXPECT_THAT(selection({{"selected_entity_id", "c"}}).entity_ids, ElementsAre("c"));
  EXPECT_TRUE(selection({}).entity_ids.empty());
  EXPECT_EQ(selection({{"selected_entity_id", "b"}, {"selected_trace_entity_ids", List{"a", "b"}}}).number("b"), 1);
}

TEST(Selection, a_click_replaces_and_shift_adds_once) {
  auto store = scenes::store_of(scenes::cell_scene());
  const auto click = [&](std::string_view id, bool add) {
    for (auto& [key, value] : selection_updates(store, id, add)) store.set_state(key, value);
    return selection(store.state()).entity_ids;
  };
  EXPECT_THAT(click("e0", false), ElementsAre("e0"));
  EXPECT_THAT(click("e2", true), ElementsAre("e0", "e2"));
  EXPECT_THAT(click("e0", true), ElementsAre("e0", "e2"));
  EXPECT_EQ(selection(store.state()).latest, "e0");
  EXPECT_THAT(click("e1", false), ElementsAre("e1"));
}

}  // namespace
}  // namespace cnv
