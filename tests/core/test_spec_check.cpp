// A scene whose specs do not agree with themselves is refused by a text that names the id and both values.
#include "cnv/core/spec_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "cnv/base/exceptions.hpp"
#include "cnv/core/scene.hpp"

namespace cnv {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

ControlSpec number(ScalarValueSpec value, ControlPresentationSpec shown = {}) {
  return {.id = "amp", .label = "Amplitude", .value_spec = std::move(value), .presentation = std::move(shown)};
}
ControlSpec pad(XYValueSpec value) { return {.id = "p", .label = "Place", .value_spec = std::move(value)}; }

struct Case {
  ControlSpec control;
  std::vector<std::string> named;
};

TEST(SpecCheck, a_control_that_contradicts_itself_is_named_with_both_values) {
  const std::vector<Case> cases{
      {slider("amp", "I", 25, {0, 10}), {"'amp'", "default", "25", "10"}},
      {slider("amp", "I", -1, {0, 10}), {"'amp'", "default", "-1", "0"}},
      {slider("amp", "I", 1, {10, 0}), {"'amp'", "min 10", "max 0"}},
      {slider("amp", "I", 1, {0, inf}), {"'amp'", "max", "inf"}},
      {slider("amp", "I", 1, {nan, 2}), {"'amp'", "min", "nan"}},
      {slider("amp", "I", nan, {0, 2}), {"'amp'", "nan", "finite"}},
      {log_slider("amp", "I", 1, {0, 10}), {"'amp'", "log", "min is 0", "max 10"}},
      {log_slider("amp", "I", -1, {-5, 10}), {"'amp'", "log", "min is -5"}},
      {number({.default_value = 1.0, .max = 3}, {.scale = "log"}), {"'amp'", "log", "not given"}},
      {number({.default_value = 1.0, .min = 0}, {.scale = "logarithmic"}), {"'amp'", "logarithmic", "linear"}},
      {number({.default_value = 1.0, .min = 0}, {.steps = -4}), {"'amp'", "steps", "-4"}},
      {number({.default_value = "one"}), {"'amp'", "default", "'one'", "not a number"}},
      {number({.default_value = true}), {"'amp'", "default", "True", "not a number"}},
      {number({.default_value = 2.5, .value_type = "int"}), {"'amp'", "2.5", "whole"}},
      {number({.default_value = 1.0, .value_type = "double"}), {"'amp'", "'double'", "'float'"}},
      {number({.default_value = 1, .min = 0.2, .max = 0.8, .value_type = "int"}), {"'amp'", "0.2", "0.8", "whole"}},
      {dropdown("b", "Blocker", "TTX", {"none", "TEA"}), {"'b'", "'TTX'", "'none'", "'TEA'"}},
      {dropdown("b", "Blocker", "x", {}), {"'b'", "no options"}},
      {dropdown("b", "Blocker", "x", {"x", "y", "x"}), {"'b'", "'x'", "twice"}},
      {pad({.default_value = {{"x", 2.0}, {"y", 0.5}}}), {"'p'", "default", "2.0", "1.0"}},
      {pad({.default_value = {{"x", 0.5}, {"y", "up"}}}), {"'p'", "default", "'up'"}},
      {pad({.default_value = {{"x", 5.0}, {"y", 5.0}}, .x_range = {5, 5}, .y_range = {0, 9}}), {"'p'", "x_range", "5"}},
      {pad({.y_range = {0, inf}}), {"'p'", "y_range", "inf"}},
      {number({.default_value = 1.0}, {.kind = "xy_pad"}), {"'amp'", "'xy_pad'", "'slider'"}},
  };
  for (const auto& [control, named] : cases) {
    const std::string problem = problem_of(control);
    for (const auto& part : named) EXPECT_THAT(problem, testing::HasSubstr(part));
    Scene scene;
    scene.controls.set(control.id, control);
    EXPECT_THROW(scene.normalize(), ValueError) << problem;
  }
}

TEST(SpecCheck, what_people_expect_is_accepted) {
  for (const auto& control : {
           slider("amp", "I", 0, {0, 10}),
           slider("amp", "I", 10, {0, 10}),
           slider("amp", "I", 3, {3, 3}),
           log_slider("amp", "I", 1e-9, {1e-9, 1}),
           number({.default_value = 7}),
           number({.default_value = 3, .min = 0, .max = 9, .value_type = "int"}, {.kind = "slider"}),
           number({.default_value = 3.0, .value_type = "int"}),
           number({.default_value = 1.0}, {.steps = 0}),
           pad({.default_value = {{"x", 0.25}}}),
           pad({.default_value = {{"x", 1.0}, {"y", 0.0}}, .x_range = {1, 0}}),
           dropdown("b", "Blocker", "TEA", {"none", "TEA"}),
           checkbox("c", "On", true),
       })
    EXPECT_EQ(problem_of(control), "") << control.id;
}

TEST(SpecCheck, a_plot_needs_a_range_with_an_inside) {
  const std::vector<std::pair<LinePlotViewSpec, std::vector<std::string>>> cases{
      {{.id = "v", .y_min = 50, .y_max = -80}, {"'v'", "y_min 50", "y_max -80"}},
      {{.id = "v", .y_min = 5, .y_max = 5}, {"'v'", "5"}},
      {{.id = "v", .y_max = nan}, {"'v'", "y_max", "nan"}},
      {{.id = "v", .rolling_window = -100}, {"'v'", "rolling_window", "-100"}},
      {{.id = "v", .x_major_tick_spacing = 0}, {"'v'", "x_major_tick_spacing", "0"}},
      {{.id = "v", .x_minor_tick_spacing = inf}, {"'v'", "x_minor_tick_spacing", "inf"}},
  };
  for (const auto& [view, named] : cases) {
    Scene scene;
    scene.views.set("v", view);
    try {
      scene.normalize();
      ADD_FAILURE() << named[1];
    } catch (const ValueError& e) {
      for (const auto& part : named) EXPECT_THAT(e.what(), testing::HasSubstr(part));
    }
  }
  EXPECT_EQ(problem_of(LinePlotViewSpec{.id = "v", .rolling_window = 0, .max_refresh_hz = 0, .y_min = -80}), "");
}

TEST(SpecCheck, a_spec_stands_under_its_own_id) {
  Scene scene;
  scene.controls.set("a", slider("amp", "I", 1, {0, 2}));
  EXPECT_THROW(scene.normalize(), ValueError);
  Scene views;
  views.views.set("plot", LinePlotViewSpec{.id = "trace"});
  EXPECT_THROW(views.normalize(), ValueError);
}

TEST(SpecCheck, controls_of_one_state_start_with_one_value) {
  Scene scene;
  auto first = slider("a", "A", 1, {0, 2}), second = slider("b", "B", 2, {0, 2});
  first.state_key = second.state_key = "gain";
  scene.controls.set("a", first);
  scene.controls.set("b", second);
  EXPECT_THAT(problem_of_shared_states(scene.controls),
              testing::AllOf(testing::HasSubstr("'a'"), testing::HasSubstr("'b'"), testing::HasSubstr("'gain'"),
                             testing::HasSubstr("1.0"), testing::HasSubstr("2.0")));
  EXPECT_THROW(scene.normalize(), ValueError);
  second.value_spec = first.value_spec;
  scene.controls.set("b", second);
  scene.normalize();
}

TEST(SpecCheck, a_change_that_contradicts_the_rest_changes_nothing) {
  Scene scene;
  scene.controls.set("amp", slider("amp", "I", 1, {0, 2}));
  scene.views.set("v", LinePlotViewSpec{.id = "v", .y_min = 0, .y_max = 1});
  scene.normalize();
  const Scene before = scene;
  EXPECT_THROW(scene.replace_view("v", {{"y_min", 2.0}}), ValueError);
  EXPECT_EQ(scene, before);
  scene.replace_view("v", {{"y_min", 2.0}, {"y_max", 3.0}});
}

}  // namespace
}  // namespace cnv
