// Further variables that are plotted where a person clicks: which samples they keep, and how they come and go.
#include "cnv/runtime/variable_traces.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "runtime/hand_driven.hpp"
#include "runtime/toy_session.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;

// "flow" = 100 · (place + 1) + t; "gate" is known at the first place only.
struct Flows : test::ToySession {
  using ToySession::ToySession;
  std::vector<DisplayVariable> display_variables() override {
    return {{"v", "mV", "", Limits{-80, 50}, {}},
            {"flow", "mA/cm²", "na_ion", std::nullopt, {}},
            {"gate", "", "hh", Limits{0, 1}, {{0, 1}}}};
  }
  std::string initial_display_variable() override { return "v"; }
  VariableReader variable_reader(const std::string& variable, bool) override {
    if (variable != "flow" && variable != "gate") return {};
    return [this, flow = variable == "flow"](float* out) {
      for (std::int64_t i = 0; i < entities; ++i)
        out[i] = flow     ? static_cast<float>(100.0 * static_cast<double>(i + 1) + time_ms())
                 : i == 0 ? 0.5F
                          : std::nanf("");
    };
  }
};

struct VariableTracesTest : test::HandDriven<Flows> {
  void click(const char* id) {
    session.handle(EntityClicked{id});
    look();
  }
  std::vector<double> row(const char* field_id, std::int64_t at) const {
    const auto* field = viewer.find_field(field_id);
    std::vector<double> out;
    for (std::int64_t i = 0; field && i < field->extent(1); ++i)
      out.push_back(field->values().number_at(at * field->extent(1) + i));
    return out;
  }
  std::vector<double> times(const char* field_id) const {
    const Array array = viewer.find_field(field_id)->coord(1);
    std::vector<double> out;
    for (std::int64_t i = 0; i < array.size(); ++i) out.push_back(array.number_at(i));
    return out;
  }
};

TEST_F(VariableTracesTest, a_click_plots_the_variable_that_is_shown_at_each_step) {
  click("s1@0.50000");
  EXPECT_TRUE(session.plotted_variables().empty()) << "the potential has its trace already";
  session.set_display_variable("flow");
  advance();
  click("s0@0.50000");
  EXPECT_THAT(session.plotted_variables(), ElementsAre("flow"));
  const auto* view = std::get_if<LinePlotViewSpec>(viewer.scene().views.find("trace:flow"));
  ASSERT_NE(view, nullptr);
  EXPECT_EQ(view->y_label, "flow");
  EXPECT_EQ(view->y_unit, "mA/cm²");
  EXPECT_EQ(*viewer.state().find(plotted_variables_key), Value(List{"flow"}));
  advance();
  EXPECT_THAT(times("segment_trace:flow"), ElementsAre(1, 1.5, 2));
  EXPECT_THAT(row("segment_trace:flow", 0), ElementsAre(101, 101.5, 102));
  EXPECT_THAT(row("segment_trace:flow", 1), ElementsAre(201, 201.5, 202)) << "clicked before";
  EXPECT_THAT(row("segment_history", 0), ElementsAre(0, 0.5, 1, 1.5, 2)) << "the potential is kept as ever";
  // The colours may go back: what is plotted stays.
  session.set_display_variable("v");
  advance();
  EXPECT_THAT(times("segment_trace:flow"), ElementsAre(1, 1.5, 2, 2.5, 3));
}

TEST_F(VariableTracesTest, a_place_that_is_added_later_has_a_gap_before) {
  session.plot_variables({"flow"});
  advance();
  EXPECT_EQ(viewer.find_field("segment_trace:flow")->extent(0), 1);
  click("s1@0.50000");
  advance();
  EXPECT_THAT(row("segment_trace:flow", 0), ElementsAre(100, 100.5, 101, 101.5, 102));
  const auto added = row("segment_trace:flow", 1);
  EXPECT_TRUE(std::isnan(added[0]) && std::isnan(added[1]));
  EXPECT_THAT(std::vector(added.begin() + 2, added.end()), ElementsAre(201, 201.5, 202));
}

TEST_F(VariableTracesTest, a_viewer_says_what_is_plotted_and_hears_what_is) {
  session.state_changed(plotted_variables_key, List{"gate", "v", "nonsense", "flow"});
  look();
  EXPECT_EQ(*viewer.state().find(plotted_variables_key), Value(List{"flow", "gate"}));
  EXPECT_TRUE(viewer.scene().views.contains("trace:gate"));
  advance();
  session.state_changed(plotted_variables_key, List{"gate"});
  look();
  EXPECT_FALSE(viewer.scene().views.contains("trace:flow"));
  EXPECT_EQ(viewer.find_field("segment_trace:flow"), nullptr);
  EXPECT_THAT(row("segment_trace:gate", 0), ElementsAre(0.5, 0.5, 0.5));
  advance();
  session.state_changed(plotted_variables_key, 3);
  look();
  EXPECT_EQ(*viewer.state().find(plotted_variables_key), Value(List{}));
  EXPECT_EQ(viewer.scene().layout.panels.size(), 3U) << "cell, trace, controls";
}

TEST_F(VariableTracesTest, a_place_that_is_selected_otherwise_than_by_a_click_has_its_traces_too) {
  session.state_changed(selected_traces_key, List{"s0@0.50000", "s1@0.50000", "unknown"});
  session.state_changed(plotted_variables_key, List{"flow"});
  look();
  EXPECT_EQ(viewer.find_field("segment_history")->extent(0), 2);
  EXPECT_EQ(viewer.find_field("segment_trace:flow")->extent(0), 2);
}

TEST_F(VariableTracesTest, reset_begins_them_anew) {
  session.plot_variables({"flow"});
  advance();
  session.reset();
  look();
  EXPECT_THAT(times("segment_trace:flow"), ElementsAre(0));
  advance();
  EXPECT_THAT(row("segment_trace:flow", 0), ElementsAre(100, 100.5, 101));
}

TEST_F(VariableTracesTest, only_what_is_offered_can_be_plotted) {
  try {
    session.plot_variables({"flaw"});
    FAIL();
  } catch (const ValueError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("'flaw'"));
  }
  EXPECT_TRUE(session.plotted_variables().empty());
}

TEST(VariableTraces, a_full_history_gets_rows_of_further_variables_for_what_is_clicked_only) {
  Flows session({.dt = 0.5, .max_samples = 4, .display_dt = 1.0, .history_capture_mode = HistoryCaptureMode::full});
  session.initialize();
  session.plot_variables({"flow"});
  for (int i = 0; i < 5; ++i) session.advance();
  session.handle(EntityClicked{"s1@0.50000"});
  session.advance();
  SceneStore viewer;
  for (const auto& update : session.read_updates()) ASSERT_FALSE(viewer.apply(update));
  EXPECT_EQ(viewer.find_field("segment_history")->extent(0), 2);
  const auto* flow = viewer.find_field("segment_trace:flow");
  EXPECT_EQ(flow->extent(0), 2);
  EXPECT_EQ(flow->extent(1), 4) << "as many samples as the history keeps";
  EXPECT_EQ(flow->coord(0).string_at(1), "s1@0.50000");
}

TEST(VariableTraces, they_may_be_asked_for_before_there_is_a_scene_and_so_may_the_colours) {
  Flows session;
  session.plot_variables({"flow", "flaw"});
  SceneStore viewer;
  ASSERT_FALSE(viewer.apply(SceneReady{*session.initialize()}));
  session.advance();
  for (const auto& update : session.read_updates()) ASSERT_FALSE(viewer.apply(update));
  EXPECT_THAT(session.plotted_variables(), ElementsAre("flow"));
  ASSERT_NE(viewer.find_field("segment_trace:flow"), nullptr);
  EXPECT_EQ(viewer.find_field("segment_trace:flow")->extent(1), 3);
}

TEST(VariableTraces, its_panel_stands_where_the_plots_are) {
  struct Rows : Flows {
    Scene build_scene(GeometryPtr geometry, std::span<const float> display, double t) override {
      Scene scene = SampledSession::build_scene(std::move(geometry), display, t);
      scene.layout.panel_grid = {{"trace-panel"}, {"morphology-panel", "controls-panel"}};
      return scene;
    }
  } session;
  session.initialize();
  session.plot_variables({"flow"});
  SceneStore viewer;
  for (const auto& update : session.read_updates()) ASSERT_FALSE(viewer.apply(update));
  EXPECT_EQ(viewer.scene().layout.panel_grid,
            (PanelGrid{{"trace-panel", "trace:flow-panel"}, {"morphology-panel", "controls-panel"}}));
  session.plot_variables({});
  for (const auto& update : session.read_updates()) ASSERT_FALSE(viewer.apply(update));
  EXPECT_EQ(viewer.scene().layout.panel_grid, (PanelGrid{{"trace-panel"}, {"morphology-panel", "controls-panel"}}));
}

}  // namespace
}  // namespace cnv
