#include "cnv/runtime/event_router.hpp"

#include <gtest/gtest.h>

#include "cnv/core/keys.hpp"
#include "runtime/toy_session.hpp"

namespace cnv {
namespace {

class EventRouterTest : public testing::Test {
 protected:
  EventRouterTest() {
    Scene scene;
    scene.geometries.set("morphology", test::toy_geometry());
    scene.actions.set("pulse", {.id = "pulse",
                                .label = "Pulse",
                                .payload = {{"at", StateBinding{"where"}}, {"size", 2}},
                                .shortcuts = {"ctrl+p", "space"}});
    scene.actions.set("reset", {.id = "reset", .label = "Reset", .shortcuts = {"r"}});
    scene.actions.set("pick", {.id = "pick", .label = "Pick", .selection_mode = true, .selection_payload_key = "id"});
    scene.controls.set("gain", slider("gain", "Gain", 1, {0, 2}));
    scene.controls.set("local", {.id = "local", .label = "Local", .value_spec = BoolValueSpec{}, .state_key = "shown"});
    EXPECT_FALSE(store.apply(SceneReady{scene}));
    store.set_state("where", "soma");
  }
  SceneStore store;
};

TEST_F(EventRouterTest, shortcuts_come_before_space_and_other_keys) {
  EventRouter router(store);
  EXPECT_EQ(router.route(KeyEvent{"Ctrl+P"}), Command(InvokeAction{"pulse", {{"at", "soma"}, {"size", 2}}}));
  EXPECT_EQ(router.route(KeyEvent{"Space"}), Command(InvokeAction{"pulse", {{"at", "soma"}, {"size", 2}}}));
  EXPECT_EQ(router.route(KeyEvent{"R"}), Command(Reset{}));
  EXPECT_EQ(router.route(KeyEvent{"Shift+R"}), Command(KeyPressed{"Shift+R"}));
  EXPECT_FALSE(store.apply(SceneReady{}));
  EXPECT_EQ(router.route(KeyEvent{"Space"}), Command(Reset{}));
}

TEST_F(EventRouterTest, a_selection_mode_sends_the_clicked_entity_until_it_ends) {
  EventRouter router(store);
  EXPECT_EQ(router.route(ActionEvent{"pick"}), std::nullopt);
  EXPECT_TRUE(router.take_status());
  EXPECT_EQ(router.route(EntityEvent{"s1@0.50000"}), Command(InvokeAction{"pick", {{"id", "s1@0.50000"}}}));
  EXPECT_EQ(*store.state().find("selected_entity_id"), Value("s1@0.50000"));
  (void)router.route(ActionEvent{"pick"});
  EXPECT_EQ(router.route(EntityEvent{"s0@0.50000"}), Command(EntityClicked{"s0@0.50000"}));
  EXPECT_EQ(router.route(EntityEvent{"unknown"}), std::nullopt);
  EXPECT_EQ(*store.state().find("selected_entity_id"), Value("s0@0.50000"));
}

TEST_F(EventRouterTest, escape_ends_a_selection_mode_and_is_a_key_like_others_otherwise) {
  EventRouter router(store);
  EXPECT_EQ(router.route(KeyEvent{"Esc"}), Command(KeyPressed{"Esc"}));
  (void)router.route(ActionEvent{"pick"});
  EXPECT_EQ(router.armed_action(), "pick");
  EXPECT_EQ(*store.state().find(armed_action_key), Value("pick")) << "viewers show it on the button";
  EXPECT_EQ(router.take_status()->message, "Pick: on. Click a segment; Esc or the action again ends it.");
  EXPECT_EQ(router.route(KeyEvent{"Escape"}), std::nullopt);
  EXPECT_EQ(router.armed_action(), "");
  EXPECT_EQ(*store.state().find(armed_action_key), Value(""));
  EXPECT_EQ(router.take_status()->message, "Pick: off.");
  EXPECT_EQ(router.route(EntityEvent{"s0@0.50000"}), Command(EntityClicked{"s0@0.50000"}));
}

TEST_F(EventRouterTest, a_new_scene_ends_a_selection_mode) {
  EventRouter router(store);
  (void)router.route(ActionEvent{"pick"});
  router.scene_changed();
  EXPECT_EQ(*store.state().find(armed_action_key), Value(""));
  EXPECT_EQ(router.route(EntityEvent{"s0@0.50000"}), Command(EntityClicked{"s0@0.50000"}));
}

// Each step of the order, taken away one after the other for the same key.
TEST_F(EventRouterTest, the_order_is_target_shortcut_selection_mode_reset_command) {
  struct Asked : InteractionTarget {
    bool takes_key = true, takes_action = true;
    std::vector<std::string> log;
    bool on_key_press(std::string_view key) override { return log.push_back("key " + std::string(key)), takes_key; }
    bool on_action(std::string_view id, const Dict&) override {
      return log.push_back("action " + std::string(id)), takes_action;
    }
  } target;
  Scene scene = store.snapshot();
  scene.actions.set("pick", {.id = "pick", .label = "Pick", .shortcuts = {"Esc", "space"}, .selection_mode = true});
  EXPECT_FALSE(store.apply(SceneReady{scene}));
  EventRouter router(store, &target);
  EXPECT_EQ(router.route(KeyEvent{"Space"}), std::nullopt);
  EXPECT_EQ(target.log, std::vector<std::string>{"key Space"});
  target.takes_key = false;
  EXPECT_EQ(router.route(KeyEvent{"Space"}), std::nullopt);
  EXPECT_EQ(target.log.back(), "action pulse") << "the first action of the scene with that shortcut";
  target.takes_action = false;
  EXPECT_EQ(router.route(KeyEvent{"Space"}), Command(InvokeAction{"pulse", {{"at", "soma"}, {"size", 2}}}));
  // Esc is a shortcut of the action first: it arms, and the action again ends it.
  EXPECT_EQ(router.route(KeyEvent{"Esc"}), std::nullopt);
  EXPECT_EQ(router.armed_action(), "pick");
  scene.actions.erase("pulse");
  scene.actions.erase("pick");
  EXPECT_FALSE(store.apply(SceneReady{scene}));
  EXPECT_EQ(router.route(KeyEvent{"Esc"}), std::nullopt) << "an armed mode ends";
  EXPECT_EQ(router.armed_action(), "");
  EXPECT_EQ(router.route(KeyEvent{"Esc"}), Command(KeyPressed{"Esc"}));
  EXPECT_EQ(router.route(KeyEvent{"Space"}), Command(Reset{}));
  EXPECT_EQ(router.route(KeyEvent{"x"}), Command(KeyPressed{"x"}));
}

TEST_F(EventRouterTest, an_added_selection_keeps_the_earlier_ones) {
  EventRouter router(store);
  (void)router.route(EntityEvent{"s0@0.50000"});
  (void)router.route(EntityEvent{"s1@0.50000", true});
  EXPECT_EQ(*store.state().find("selected_trace_entity_ids"), Value(List{"s0@0.50000", "s1@0.50000"}));
  (void)router.route(EntityEvent{"s1@0.50000"});
  EXPECT_EQ(*store.state().find("selected_trace_entity_ids"), Value(List{"s1@0.50000"}));
}

TEST_F(EventRouterTest, controls_write_their_state_and_reach_the_session_when_they_should) {
  EventRouter router(store);
  EXPECT_EQ(router.route(ControlEvent{"gain", 1.5}, "v"), Command(SetControl{"gain", 1.5}));
  EXPECT_EQ(router.route(ControlEvent{"local", true}, "v"), std::nullopt);
  EXPECT_EQ(*store.state().find("shown"), Value(true));
}

TEST_F(EventRouterTest, an_interaction_target_may_take_an_event) {
  struct Taker : InteractionTarget {
    bool on_key_press(std::string_view key) override { return key == "R"; }
    bool on_action(std::string_view, const Dict&) override { return true; }
    bool on_entity_clicked(std::string_view) override { return true; }
  } taker;
  EventRouter router(store, &taker);
  EXPECT_EQ(router.route(KeyEvent{"R"}), std::nullopt);
  EXPECT_EQ(router.route(ActionEvent{"pulse"}), std::nullopt);
  EXPECT_EQ(router.route(EntityEvent{"s0@0.50000"}), std::nullopt);
}

TEST(KeysTest, texts_have_one_normal_form) {
  EXPECT_EQ(normalize_key("ctrl+alt+shift+a"), "Ctrl+Alt+Shift+A");
  EXPECT_EQ(normalize_key("Shift+Ctrl+a"), "Ctrl+Shift+A");
  EXPECT_EQ(normalize_key(" "), "Space");
  EXPECT_EQ(normalize_key("escape"), "Esc");
  EXPECT_EQ(normalize_key("f11"), "F11");
  EXPECT_EQ(normalize_key("+"), "+");
  EXPECT_EQ(normalize_key("Ctrl++"), "Ctrl++");
  EXPECT_EQ(normalize_key("nonsense"), "");
  EXPECT_EQ(normalize_key(""), "");
}

}  // namespace
}  // namespace cnv
