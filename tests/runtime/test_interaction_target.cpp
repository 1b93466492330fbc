// An interaction target in a host: it comes first, acts through its context, and cannot break the run.
#include "cnv/runtime/interaction_target.hpp"

#include "runtime/host_fixture.hpp"

namespace cnv::test {
namespace {

struct Target : InteractionTarget {
  std::function<bool(TargetContext&)> key, action, click;
  std::vector<std::string> log;
  TargetContext* last = nullptr;

  bool on_key_press(std::string_view text) override {
    return log.push_back("key " + std::string(text)), key && key(context());
  }
  bool on_action(std::string_view id, const Dict& payload) override {
    return log.push_back("action " + std::string(id) + " " + Value(payload).repr()), action && action(context());
  }
  bool on_entity_clicked(std::string_view id) override {
    return log.push_back("click " + std::string(id)), click && click(context());
  }
  void attach(TargetContext* context) override { InteractionTarget::attach(last = context); }
};

class Toy : public ToySession {
 public:
  std::vector<ActionSpec> action_specs() override {
    return {
        {.id = "kick", .label = "Kick", .payload = {{"at", StateBinding{"place"}}, {"size", 2}}, .shortcuts = {"K"}},
        {.id = "pick", .label = "Pick", .selection_mode = true}};
  }
  bool apply_action(std::string_view id, const Dict& payload) override {
    return log.push_back("action " + std::string(id) + " " + Value(payload).repr()), true;
  }
};

struct InteractionTargetTest : HostLoopTest {
  Target target;
  ~InteractionTargetTest() override { loop.reset(); }  // it lets its target go
  void begin() {
    settings.log = [this](const std::string& text) { log.push_back(text); };
    loop = std::make_unique<HostLoop>([] { return std::make_unique<Toy>(); }, settings, clock, std::nullopt, &target);
    attach();
    viewer->say(FirstFrame{});
    run_for(0.1);
  }
  std::vector<std::string>& session_log() { return dynamic_cast<Toy*>(loop->session())->log; }
  const Value* state(const char* key) { return viewer->store.state().find(key); }
};

TEST_F(InteractionTargetTest, what_it_takes_never_reaches_the_session) {
  target.key = target.action = target.click = [](TargetContext&) { return true; };
  begin();
  viewer->say(KeyEvent{"x"});
  viewer->say(ActionEvent{"kick"});
  viewer->say(EntityEvent{"s1@0.50000"});
  run_for(0.05);
  EXPECT_EQ(target.log,
            (std::vector<std::string>{"key x", "action kick " + Value(Dict{{"at", Value()}, {"size", 2}}).repr(),
                                      "click s1@0.50000"}));
  EXPECT_EQ(session_log(), std::vector<std::string>{});
  EXPECT_EQ(*state("selected_entity_id"), Value("s1@0.50000")) << "the selection itself is not its to refuse";
}

TEST_F(InteractionTargetTest, what_it_leaves_goes_its_usual_way) {
  begin();
  viewer->say(KeyEvent{"x"});
  viewer->say(EntityEvent{"s1@0.50000"});
  run_for(0.05);
  EXPECT_EQ(session_log(), (std::vector<std::string>{"key x", "clicked s1@0.50000"}));
}

TEST_F(InteractionTargetTest, its_context_knows_the_app) {
  std::optional<Dict> at_start, selected, named, unknown;
  std::optional<Value> gain, missing;
  bool has_scene = false;
  target.key = [&](TargetContext& c) {
    at_start = c.entity_info();
    named = c.entity_info("s0@0.50000");
    unknown = c.entity_info("nowhere");
    gain = c.state("amplitude");
    missing = c.state("never set");
    has_scene = c.scene() && c.scene()->controls.find("amplitude");
    return true;
  };
  target.click = [&](TargetContext& c) {
    selected = c.entity_info();
    return true;
  };
  begin();
  viewer->say(ControlEvent{"amplitude", 3.0});
  viewer->say(KeyEvent{"x"});
  viewer->say(EntityEvent{"s1@0.50000"});
  run_for(0.05);
  EXPECT_FALSE(unknown);
  EXPECT_FALSE(missing);
  EXPECT_TRUE(has_scene);
  EXPECT_EQ(gain, Value(3.0));
  ASSERT_TRUE(at_start && named && selected);
  EXPECT_EQ(*at_start->find("entity_id"), Value("s0@0.50000")) << "the first one is selected from the start";
  EXPECT_EQ(*named->find("entity_id"), Value("s0@0.50000"));
  EXPECT_EQ(*selected->find("entity_id"), Value("s1@0.50000"));
}

TEST_F(InteractionTargetTest, it_sets_state_and_shows_a_status_without_the_session) {
  target.key = [](TargetContext& c) {
    c.set_state("place", "soma");
    c.show_status("placed", 1000);
    return true;
  };
  begin();
  viewer->say(KeyEvent{"x"});
  run_for(0.05);
  EXPECT_EQ(*state("place"), Value("soma"));
  EXPECT_THAT(viewer->statuses, testing::Contains("placed"));
  EXPECT_EQ(session_log(), std::vector<std::string>{});
}

TEST_F(InteractionTargetTest, it_fires_actions_straight_at_the_session) {
  bool known = false, unknown = true;
  target.key = [&](TargetContext& c) {
    c.set_state("place", "soma");
    known = c.invoke_action("kick") && c.invoke_action("pick", Dict{{"n", 3}});
    unknown = c.invoke_action("nothing");
    return true;
  };
  begin();
  viewer->say(KeyEvent{"x"});
  run_for(0.05);
  EXPECT_TRUE(known);
  EXPECT_FALSE(unknown);
  EXPECT_EQ(session_log(), (std::vector<std::string>{"action kick " + Value(Dict{{"at", "soma"}, {"size", 2}}).repr(),
                                                     "action pick " + Value(Dict{{"n", 3}}).repr()}));
  EXPECT_EQ(target.log, std::vector<std::string>{"key x"}) << "it is not asked about its own actions";
}

TEST_F(InteractionTargetTest, it_sets_controls_as_a_user_does) {
  bool unknown = true;
  target.key = [&](TargetContext& c) {
    c.set_control("amplitude", 4.0);
    unknown = c.set_control("nothing", 1);
    return true;
  };
  target.click = [](TargetContext& c) { return c.set_control("amplitude", 1000.0); };
  begin();
  viewer->say(KeyEvent{"x"});
  run_for(0.05);
  EXPECT_FALSE(unknown);
  EXPECT_EQ(*state("amplitude"), Value(4.0));
  EXPECT_EQ(dynamic_cast<Toy*>(loop->session())->amplitude, 4.0);
  viewer->say(EntityEvent{"s1@0.50000"});
  run_for(0.05);
  EXPECT_EQ(dynamic_cast<Toy*>(loop->session())->amplitude, 4.0) << "a value outside of the slider is refused";
  EXPECT_EQ(*state("amplitude"), Value(4.0));
}

TEST_F(InteractionTargetTest, its_exceptions_are_reported_and_the_model_goes_on) {
  target.key = [](TargetContext&) -> bool { throw std::runtime_error("no such thing"); };
  begin();
  viewer->say(KeyEvent{"x"});
  run_for(0.05);
  ASSERT_EQ(viewer->failures.size(), 1u);
  EXPECT_EQ(viewer->failures[0].where, "interaction target");
  EXPECT_FALSE(viewer->failures[0].stops);
  const double before = model_ms();
  run_for(0.5);
  EXPECT_GT(model_ms(), before);
}

TEST_F(InteractionTargetTest, works_on_a_scene_without_a_session_and_is_let_go_at_the_end) {
  target.key = [](TargetContext& c) {
    c.set_state("seen", true);
    c.set_control("nothing", 1);
    return false;
  };
  loop = std::make_unique<HostLoop>(SessionFactory(), settings, clock, Scene(), &target);
  attach();
  run_for(0.05);
  viewer->say(KeyEvent{"x"});
  run_for(0.05);
  EXPECT_EQ(*state("seen"), Value(true));
  EXPECT_NE(target.last, nullptr);
  loop.reset();
  EXPECT_EQ(target.last, nullptr);
}

}  // namespace
}  // namespace cnv::test
