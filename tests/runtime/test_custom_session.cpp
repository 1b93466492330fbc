// Sessions without a simulator: what controls, actions, keys and clicks do to them through a host.
#include <gmock/gmock.h>

#include "cnv/runtime/default_scene.hpp"
#include "runtime/host_fixture.hpp"

namespace cnv {
namespace {

using test::HostLoopTest;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Writes down what it gets.
struct Custom : BufferedSession {
  std::vector<Command> commands;
  double gain = 1;

  static ControlSpec only_here(ControlSpec spec) {
    spec.send_to_session = false;
    return spec;
  }
  std::optional<Scene> initialize() override {
    Scene scene;
    const auto add = [&](ControlSpec spec) { scene.controls.set(spec.id, spec); };
    add(slider("gain", "Gain", 1, {0, 10}));
    add(spin_box("n", "Cells", 3, {1, 8}));
    add(checkbox("noise", "Noise", false));
    add(dropdown("mode", "Mode", "rest", {"rest", "spikes"}));
    add({.id = "at", .label = "At", .value_spec = XYValueSpec{.x_range = {0, 4}}, .send_to_session = true});
    add(only_here(checkbox("grid", "Grid", true)));
    scene.geometries.set("cell", test::toy_geometry());
    scene.actions.set("kick",
                      {.id = "kick", .label = "Kick", .payload = {{"gain", StateBinding{"gain"}}}, .shortcuts = {"K"}});
    scene.actions.set("mark", {.id = "mark", .label = "Mark", .selection_mode = true});
    scene.normalize();
    return scene;
  }
  void advance() override {}
  void handle(const Command& command) override {
    commands.push_back(command);
    if (const auto* control = std::get_if<SetControl>(&command); control && control->control_id == "gain") {
      if (control->value.as_double() > 5) throw ControlRefused("gain");
      gain = control->value.as_double();
    }
  }
};

struct CustomSession : HostLoopTest {
  Custom* session = nullptr;
  void SetUp() override {
    start<Custom>();
    turn();
    session = static_cast<Custom*>(loop->session());
  }
  std::vector<Command> commands_after(std::initializer_list<ViewerMessage> messages) {
    for (const auto& message : messages) viewer->say(message);
    turn();
    return std::exchange(session->commands, {});
  }
  Value shown(const char* key) const { return *viewer->store.state().find(key); }
};

TEST_F(CustomSession, gets_each_kind_of_control_with_its_own_type) {
  const Value point = Dict{{"x", 2.0}, {"y", 0.25}};
  EXPECT_THAT(commands_after({ControlEvent{"gain", 2.5}, ControlEvent{"n", std::int64_t{4}},
                              ControlEvent{"noise", true}, ControlEvent{"mode", "spikes"}, ControlEvent{"at", point}}),
              ElementsAre(SetControl{"gain", 2.5}, SetControl{"n", std::int64_t{4}}, SetControl{"noise", true},
                          SetControl{"mode", "spikes"}, SetControl{"at", point}));
  EXPECT_THAT(commands_after({ControlEvent{"grid", false}}), IsEmpty()) << "not sent to the session";
  EXPECT_EQ(*loop->store().state().find("grid"), Value(false));
}

TEST_F(CustomSession, gets_actions_keys_clicks_and_reset) {
  const std::string soma = "s1@0.50000";
  EXPECT_THAT(commands_after({ControlEvent{"gain", 2.0}, ActionEvent{"kick"}, KeyEvent{"k"}, KeyEvent{"Space"},
                              KeyEvent{"Up"}, EntityEvent{soma}}),
              ElementsAre(SetControl{"gain", 2.0}, InvokeAction{"kick", {{"gain", 2.0}}},
                          InvokeAction{"kick", {{"gain", 2.0}}}, Reset{}, KeyPressed{"Up"}, EntityClicked{soma}));
  EXPECT_THAT(commands_after({ActionEvent{"mark"}, EntityEvent{soma}}),
              ElementsAre(InvokeAction{"mark", {{"entity_id", soma}}}));
  EXPECT_EQ(shown("armed_action_id"), Value("mark"));
  EXPECT_THAT(viewer->statuses, testing::Contains(HasSubstr("Mark: on")));
  EXPECT_THAT(commands_after({KeyEvent{"Esc"}, EntityEvent{soma}}), ElementsAre(EntityClicked{soma}));
  EXPECT_EQ(shown("armed_action_id"), Value(""));
  EXPECT_THAT(viewer->statuses, testing::Contains(HasSubstr("Mark: off")));
}

TEST_F(CustomSession, may_refuse_a_value) {
  (void)commands_after({ControlEvent{"gain", 4.0}});
  (void)commands_after({ControlEvent{"gain", 7.0}});
  EXPECT_EQ(session->gain, 4);
  EXPECT_EQ(shown("gain"), Value(4.0));
  EXPECT_THAT(viewer->statuses.back(), HasSubstr("Gain stays at 4.0: the session refused the value"));
  EXPECT_EQ(loop->exit_status(), 0);
}

TEST_F(CustomSession, never_sees_a_value_that_its_control_cannot_have) {
  const std::pair<ControlEvent, const char*> wrong[] = {{{"gain", std::nan("")}, "is not a finite number"},
                                                        {{"gain", "much"}, "is not a number"},
                                                        {{"gain", 11.0}, "is above 10.0"},
                                                        {{"gain", -1.0}, "is below 0.0"},
                                                        {{"gain", true}, "is not a number"},
                                                        {{"n", 2.5}, "is not a whole number"},
                                                        {{"noise", 1.0}, "is neither true nor false"},
                                                        {{"mode", "sleep"}, "not one of the options"},
                                                        {{"at", Dict{{"x", 1.0}}}, "has no x and y"},
                                                        {{"at", Dict{{"x", 9.0}, {"y", 0.5}}}, "is above 4.0"}};
  for (const auto& [event, why] : wrong) {
    SCOPED_TRACE(event.control_id + " " + event.value.repr());
    const Value before = *loop->store().state().find(event.control_id);
    EXPECT_THAT(commands_after({event}), IsEmpty());
    EXPECT_EQ(shown(event.control_id.c_str()), before);
    ASSERT_FALSE(viewer->statuses.empty());
    EXPECT_THAT(viewer->statuses.back(), testing::AllOf(HasSubstr("stays at " + before.repr()), HasSubstr(why)));
  }
}

TEST_F(HostLoopTest, a_control_that_cannot_be_shown_is_an_error_of_the_scene) {
  struct Wrong : BufferedSession {
    std::optional<Scene> initialize() override {
      ControlSpec spec = checkbox("flag", "Flag", true);
      spec.presentation = ControlPresentationSpec{.kind = "slider"};
      Scene scene;
      scene.controls.set("flag", spec);
      return scene;
    }
    void advance() override {}
    void handle(const Command&) override {}
  };
  start<Wrong>();
  run_for(0.2);
  ASSERT_FALSE(viewer->errors.empty());
  EXPECT_THAT(viewer->errors.front(),
              testing::AllOf(HasSubstr("control 'flag' cannot be shown as 'slider'"), HasSubstr("'checkbox'")));
  EXPECT_EQ(loop->exit_status(), 1);
}

// A simulator session that shows no trace runs, is clicked and reset like any other.
TEST_F(HostLoopTest, a_simulator_session_needs_no_trace) {
  struct NoTrace : test::ToySession {
    Scene build_scene(GeometryPtr geometry, std::span<const float> display, double time_ms) override {
      Scene scene = ToySession::build_scene(std::move(geometry), display, time_ms);
      scene.views.erase("trace");
      scene.fields.erase("segment_history");
      scene.layout = {};
      return scene;
    }
  };
  start_shown<NoTrace>();
  run_for(0.5);
  const double before = model_ms();
  EXPECT_GT(before, 5);
  viewer->say(EntityEvent{"s1@0.50000"});
  viewer->say(ControlEvent{"amplitude", 2.0});
  run_for(0.2);
  viewer->say(KeyEvent{"Space"});
  run_for(0.2);
  EXPECT_LT(model_ms(), before);
  EXPECT_EQ(static_cast<NoTrace*>(loop->session())->log, std::vector<std::string>{"clicked s1@0.50000"});
  EXPECT_THAT(viewer->errors, IsEmpty());
  EXPECT_THAT(viewer->failures, IsEmpty());
  EXPECT_TRUE(loop->problems().empty());
  viewer->say(RunControl{"pause"});
  run_for(0.2);
  EXPECT_EQ(viewer->store.find_field("segment_display")->values().number_at(1), 2 * 2 * model_ms());
}

}  // namespace
}  // namespace cnv
