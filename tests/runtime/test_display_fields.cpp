// Which variable a session's display fields show, and how a choice reaches them.
#include "cnv/runtime/display_fields.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "runtime/hand_driven.hpp"
#include "runtime/toy_session.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;

// v as the toy has it, and "gate" = 0.1 · (place + 1), known everywhere but at the last place.
struct TwoVariables : test::ToySession {
  bool sampled_by_hook = false;
  std::optional<Limits> limits = Limits{-80, 50};

  std::vector<DisplayVariable> display_variables() override {
    return {
        {"v", "mV", "", Limits{-80, 50}}, {"gate", "", "hh", Limits{0, 1}}, {"flow", "mA/cm²", "na_ion", std::nullopt}};
  }
  std::string initial_display_variable() override { return "v"; }
  std::optional<Limits> morphology_color_limits() override { return limits; }
  std::vector<ControlSpec> control_specs() override {
    return {ControlSpec{.id = "shown",
                        .label = "Shown",
                        .value_spec = ChoiceValueSpec{.default_value = "v", .options = {"v", "gate"}},
                        .state_key = std::string(display_variable_key)}};
  }
  VariableReader variable_reader(const std::string& variable, bool) override {
    if (variable == "flow") return [this](float* out) { std::fill_n(out, entities, static_cast<float>(time_ms())); };
    if (variable != "gate") return {};
    return [this](float* out) {
      for (std::int64_t i = 0; i < entities; ++i)
        out[i] = i + 1 < entities ? 0.1F * static_cast<float>(i + 1) : std::nanf("");
    };
  }
  Scene build_scene(GeometryPtr geometry, std::span<const float> display, double t) override {
    Scene scene = SampledSession::build_scene(std::move(geometry), display, t);
    scene.fields.set("other", Field{"other",
                                    Array::copy_of(std::vector<float>(2, 0)),
                                    {"segment"},
                                    {{"segment", this->geometry()->entity_ids}},
                                    {},
                                    {{"variable", "gate"}, {"variable_key", "other_variable"}}});
    scene.views.set("second",
                    MorphologyViewSpec{.id = "second", .color_field_id = "other", .sample_dim = std::nullopt});
    scene.layout = {};
    scene.normalize();
    return scene;
  }
};

struct DisplayFieldsTest : test::HandDriven<TwoVariables> {
  std::vector<double> values(const char* field) const {
    std::vector<double> out;
    const Array array = viewer.find_field(field)->values();
    for (std::int64_t i = 0; i < array.size(); ++i) out.push_back(array.number_at(i));
    return out;
  }
  Value attr(const char* field, std::string_view name) const {
    const auto* value = viewer.find_field(field)->attrs().find(name);
    return value ? *value : Value();
  }
};

TEST_F(DisplayFieldsTest, the_scene_says_what_is_shown_and_what_else_there_is) {
  EXPECT_EQ(attr("segment_display", variable_attr), Value("v"));
  EXPECT_EQ(attr("segment_display", variable_key_attr), Value(display_variable_key));
  const auto offered = variables_of(attr("segment_compartments", variables_attr));
  EXPECT_EQ(offered, session.display_variables());
  EXPECT_EQ(session.display_variable(), "v");
}

TEST_F(DisplayFieldsTest, a_choice_changes_what_the_display_shows_and_leaves_the_trace_alone) {
  advance();
  session.state_changed(display_variable_key, "gate");
  take(session.read_updates());
  EXPECT_FLOAT_EQ(values("segment_display")[0], 0.1F);
  EXPECT_TRUE(std::isnan(values("segment_display")[1]));
  EXPECT_FLOAT_EQ(values("segment_compartments")[0], 0.1F);
  EXPECT_EQ(attr("segment_display", variable_attr), Value("gate"));
  EXPECT_EQ(attr("segment_display", variable_unit_attr), Value(""));
  EXPECT_EQ(attr("segment_display", variable_limits_attr), Value(List{0.0, 1.0}));
  EXPECT_EQ(*viewer.state().find(display_variable_key), Value("gate"));
  session.amplitude = 5;
  advance();
  EXPECT_FLOAT_EQ(values("segment_display")[0], 0.1F) << "the next batch shows the choice too";
  EXPECT_THAT(values("segment_history"), ElementsAre(0, 0.5, 1, 7.5, 10)) << "the trace is still the potential";
  session.reset();
  take(session.read_updates());
  EXPECT_FLOAT_EQ(values("segment_display")[0], 0.1F) << "and so does Reset";
  session.set_display_variable("v");
  advance();
  EXPECT_THAT(values("segment_display"), ElementsAre(5, 10));
}

TEST_F(DisplayFieldsTest, an_unknown_variable_is_refused_and_the_state_goes_back) {
  viewer.set_state(display_variable_key, "nonsense");
  session.state_changed(display_variable_key, "nonsense");
  take(session.read_updates());
  EXPECT_EQ(*viewer.state().find(display_variable_key), Value("v"));
  session.state_changed(display_variable_key, 3);
  take(session.read_updates());
  EXPECT_EQ(*viewer.state().find(display_variable_key), Value("v"));
  EXPECT_FALSE(session.set_display_variable("nonsense"));
  EXPECT_FALSE(session.set_display_variable("gate", "no such key"));
  session.state_changed("something else", "gate");
  EXPECT_EQ(session.display_variable(), "v");
}

TEST_F(DisplayFieldsTest, a_control_with_the_state_key_of_the_display_chooses) {
  session.handle(SetControl{"shown", "gate"});
  EXPECT_EQ(session.display_variable(), "gate");
}

TEST_F(DisplayFieldsTest, a_field_that_names_a_variable_is_filled_and_chosen_by_its_own_key) {
  advance();
  EXPECT_FLOAT_EQ(values("other")[0], 0.1F);
  EXPECT_EQ(attr("other", initial_variable_attr), Value("")) << "its view has no limits: the variable's own hold";
  session.state_changed("other_variable", "flow");
  take(session.read_updates());
  EXPECT_THAT(values("other"), ElementsAre(1, 1));
  EXPECT_THAT(values("segment_display"), ElementsAre(1, 2));
  advance();
  EXPECT_THAT(values("other"), ElementsAre(2, 2));
  EXPECT_EQ(session.display_variable("other_variable"), "flow");
  EXPECT_EQ(session.display_variable(), "v");
}

TEST(DisplayFieldsAlone, a_session_without_a_list_offers_none) {
  test::ToySession session;
  const auto scene = session.initialize();
  EXPECT_TRUE(scene->fields.find("segment_display")->attrs.empty());
  EXPECT_FALSE(session.set_display_variable("v"));
  EXPECT_TRUE(session.offered_display_variables().empty());
}

}  // namespace
}  // namespace cnv
