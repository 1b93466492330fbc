#include "cnv/core/scene_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cnv/base/exceptions.hpp"
#include "cnv/core/record.hpp"
#include "conformance/value_json.hpp"
#include "core/random.hpp"

namespace cnv {
namespace {

using testing::HasSubstr;

template <class T>
Array a(std::initializer_list<T> values, Shape shape = {}) {
  return Array::copy_of(std::span(values.begin(), values.size()), std::move(shape));
}
Array texts(std::vector<std::string> values) { return Array::strings(values); }

GeometryPtr cell(std::vector<std::string> ids) {
  const auto n = static_cast<std::int64_t>(ids.size());
  const auto zeros = [](Shape shape) {
    void* memory = nullptr;
    return Array::allocate(DType::f32, std::move(shape), &memory);
  };
  return std::make_shared<const AnyGeometry>(MorphologyGeometry{.id = "cell",
                                                                .positions = zeros({n, 3}),
                                                                .orientations = zeros({n, 3, 3}),
                                                                .radii = zeros({n}),
                                                                .lengths = zeros({n}),
                                                                .entity_ids = texts(ids),
                                                                .section_names = texts(ids),
                                                                .xlocs = zeros({n})});
}

Scene sample_scene() {
  Scene s;
  s.fields.set("v",
               Field{"v", a<float>({1, 2}), {"segment"}, {{"segment", texts({"soma", "dend"})}}, "mV", {{"k", 1}}});
  s.fields.set("h", Field{"h",
                          Array::copy_of(std::vector<float>{}, {2, 0}),
                          {"segment", "time"},
                          {{"segment", texts({"soma", "dend"})}, {"time", Array()}},
                          "mV",
                          {}});
  s.geometries.set("cell", cell({"soma", "dend"}));
  s.views.set("cell", MorphologyViewSpec{.id = "cell", .geometry_id = "cell", .color_field_id = "v"});
  s.views.set("plot", LinePlotViewSpec{.id = "plot", .field_id = "h"});
  s.views.set("plot2", LinePlotViewSpec{.id = "plot2", .field_id = "h"});
  s.operators.set("cut", GridSliceOperatorSpec{.id = "cut", .field_id = "v"});
  s.controls.set("amp", slider("amp", "I", 0.5, {0, 2}));
  s.actions.set("reset", ActionSpec{.id = "reset", .label = "Reset"});
  s.layout.panels = {{.id = "p3", .kind = "view_3d", .view_ids = {"cell"}},
                     {.id = "p1", .kind = "line_plot", .view_ids = {"plot"}},
                     {.id = "p2", .kind = "line_plot", .view_ids = {"plot2"}},
                     {.id = "pc", .kind = "controls"}};
  return s;
}

SceneStore ready_store() {
  SceneStore store;
  EXPECT_FALSE(store.apply(SceneReady{sample_scene()}));
  return store;
}

// Everything that an update could have changed.
struct Everything {
  Value scene, state;
  std::uint64_t revision;
  explicit Everything(const SceneStore& store)
      : scene(to_value(store.snapshot())), state(store.state()), revision(store.revision()) {}
};
void expect_unchanged(const SceneStore& store, const Everything& before) {
  const Everything after(store);
  EXPECT_EQ(after.scene, before.scene);
  EXPECT_EQ(after.state, before.state);
  EXPECT_EQ(after.revision, before.revision);
}

FieldReplace replace(std::string id, Array values) { return {std::move(id), std::move(values), {}, {}}; }
FieldAppend append(std::string id, std::string dim, Array values, Array coord) {
  return {std::move(id), std::move(dim), std::move(values), std::move(coord), {}, {{"note", 1}}};
}
ScenePatch view_patch(std::string id, Dict updates) {
  return {{{std::move(id), std::move(updates)}}, {}, {}, {{"note", 1}}};
}

struct Refusal {
  const char* what;
  Update update;
  Severity severity;
  const char* text;  // part of the message
};

std::vector<Refusal> refusals() {
  Scene bad_field = sample_scene(), bad_layout = sample_scene(), no_geometry = sample_scene();
  bad_field.fields.find("v")->values = a<float>({1, 2, 3});
  bad_layout.layout.panels[0].kind = "hologram";
  no_geometry.geometries.set("gone", nullptr);
  const Array two = a<float>({1, 2}, {2, 1}), t = a<double>({0});
  using enum Severity;
  return {
      {"a scene with a field that does not fit", SceneReady{bad_field}, error, "'segment' has 2 entries"},
      {"a scene with an unknown panel kind", SceneReady{bad_layout}, error, "hologram"},
      {"a scene with a missing geometry", SceneReady{no_geometry}, error, "'gone'"},
      {"replace of an unknown field", replace("x", a<float>({1})), warning, "no field 'x'"},
      {"replace with another shape", replace("v", a<float>({1, 2, 3})), error, "(3,)"},
      {"replace with another rank", replace("v", two), error, "(2, 1)"},
      {"replace with coordinates that do not fit",
       FieldReplace{"v", a<float>({1, 2, 3}), Coords{{"segment", texts({"a"})}}, {}}, error,
       "1 entries for an axis of 3"},
      {"replace with coordinates of another dim",
       FieldReplace{"v", a<float>({1}), Coords{{"x", texts({"a"})}}, {{"k", 2}}}, error, "exactly the dims"},
      {"append to an unknown field", append("x", "time", two, t), warning, "no field 'x'"},
      {"append along an unknown dim", append("h", "x", two, t), error, "no dim 'x'"},
      {"append of another rank", append("h", "time", a<float>({1, 2}), t), error, "(2,)"},
      {"append with another extent", append("h", "time", a<float>({1, 2, 3}, {3, 1}), t), error, "(3, 1)"},
      {"append with too few coordinates", append("h", "time", two, Array()), error, "0 coordinates for 1"},
      {"append with coordinates of rank 2", append("h", "time", two, a<double>({0}, {1, 1})), error, "one dimension"},
      {"patch of an unknown view", view_patch("x", {{"title", "t"}}), error, "no view 'x'"},
      {"patch of an unknown property", view_patch("plot", {{"title", "t"}, {"colour", "red"}}), error, "colour"},
      {"patch with a value of another type", view_patch("plot", {{"title", "t"}, {"y_min", "low"}}), error,
       "LinePlotViewSpec.y_min"},
      {"patch of which the second part is bad",
       ScenePatch{{{"plot", {{"title", "t"}}}}, {{"x", {{"width", 1.0}}}}, {}, {}}, error, "no operator 'x'"},
      {"patch of an unknown control", ScenePatch{{{"plot", {{"title", "t"}}}}, {}, {{"x", {{"label", "l"}}}}, {}},
       error, "no control 'x'"},
      {"patch of an unknown panel", PanelPatch{.panel_id = "x", .title = "t"}, warning, "no panel 'x'"},
      {"patch of a panel with an unknown view",
       PanelPatch{.panel_id = "p1", .view_ids = std::vector<std::string>{"x"}, .title = "t"}, error, "no view 'x'"},
      {"patch of a panel with a view of another kind",
       PanelPatch{.panel_id = "p1", .view_ids = std::vector<std::string>{"cell"}, .title = "t"}, error, "does not fit"},
      {"patch of a panel with a view of another panel",
       PanelPatch{.panel_id = "p1", .view_ids = std::vector<std::string>{"plot2"}, .title = "t"}, error,
       "hosted by panel 'p2'"},
      {"patch of a plot panel with the same view twice",
       PanelPatch{.panel_id = "p1", .view_ids = std::vector<std::string>{"plot", "plot"}}, error, "one view"},
      {"patch of a 3-D panel with the same view twice",
       PanelPatch{.panel_id = "p3", .view_ids = std::vector<std::string>{"cell", "cell"}}, error, "listed twice"},
      {"layout with a blank id", LayoutReplace{{{.id = " ", .kind = "controls"}}, {}}, error, "blank id"},
      {"layout with an id twice", LayoutReplace{{{.id = "a", .kind = "controls"}, {.id = "a", .kind = "controls"}}, {}},
       error, "used twice"},
      {"layout with a view twice",
       LayoutReplace{{{.id = "a", .kind = "line_plot", .view_ids = {"plot"}},
                      {.id = "b", .kind = "line_plot", .view_ids = {"plot"}}},
                     {}},
       error, "two panels"},
  };
}

TEST(SceneStore, a_bad_update_is_refused_with_its_severity_and_changes_nothing) {
  SceneStore store = ready_store();
  ASSERT_FALSE(store.apply(append("h", "time", a<float>({1, 2}, {2, 1}), a<double>({0.1}))));
  for (const auto& [what, update, severity, text] : refusals()) {
    const Everything before(store);
    const auto problem = store.apply(update);
    ASSERT_TRUE(problem) << what;
    EXPECT_EQ(problem->severity, severity) << what;
    EXPECT_THAT(problem->message, HasSubstr(text)) << what;
    expect_unchanged(store, before);
  }
}

TEST(SceneStore, repetitions_of_a_mistake_have_the_same_cause_and_other_mistakes_another) {
  SceneStore store = ready_store();
  for (const auto& refusal : refusals()) {
    const auto first = store.apply(refusal.update), second = store.apply(refusal.update);
    EXPECT_EQ(first->cause, second->cause);
    EXPECT_FALSE(first->cause.empty());
  }
  // The same mistake with other values.
  EXPECT_EQ(store.apply(replace("v", a<float>({1, 2, 3})))->cause,
            store.apply(replace("v", a<float>({1, 2, 3, 4})))->cause);
  EXPECT_NE(store.apply(replace("x", a<float>({1})))->cause, store.apply(replace("y", a<float>({1})))->cause);
}

TEST(SceneStore, before_a_scene_updates_of_it_are_warnings) {
  SceneStore store;
  const std::vector<Update> updates{replace("v", Array()), append("h", "time", Array(), Array()), ScenePatch{},
                                    PanelPatch{"p", {}, {}, {}, {}}, LayoutReplace{}};
  for (const auto& update : updates) {
    const auto problem = store.apply(update);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->severity, Severity::warning);
    EXPECT_FALSE(store.has_scene());
    EXPECT_EQ(store.revision(), 0u);
  }
  EXPECT_FALSE(store.apply(Status{"building", {}}));
  EXPECT_FALSE(store.apply(ErrorReport{"no"}));
  EXPECT_FALSE(store.apply(StatePatch{{{"k", 1}}}));
  EXPECT_EQ(*store.state().find("k"), Value(1));
}

TEST(SceneStore, a_new_scene_keeps_state_and_adds_defaults_of_new_controls) {
  SceneStore store;
  store.set_state("amp", 1.5);
  ASSERT_FALSE(store.apply(SceneReady{sample_scene()}));
  EXPECT_EQ(*store.state().find("amp"), Value(1.5));
  Scene next = sample_scene();
  next.controls.set("on", checkbox("on", "On", true));
  next.controls.set("n", spin_box("n", "N", 3, {0, 9}));
  next.controls.find("n")->state_key = "count";
  next.controls.set("huge", ControlSpec{.id = "huge",
                                        .label = "",
                                        .value_spec = ScalarValueSpec{.default_value = 1e300, .value_type = "int"}});
  ASSERT_FALSE(store.apply(SceneReady{next}));
  EXPECT_EQ(*store.state().find("amp"), Value(1.5));
  EXPECT_EQ(*store.state().find("on"), Value(true));
  EXPECT_EQ(*store.state().find("count"), Value(3));
  EXPECT_FALSE(store.state().contains("n"));
}

TEST(SceneStore, a_selection_that_the_new_scene_does_not_have_is_cleared) {
  SceneStore store = ready_store();
  for (const auto key : {selected_entity_key, selected_label_key}) store.set_state(key, "dend");
  store.set_state(selected_traces_key, List{"dend"});
  ASSERT_FALSE(store.apply(SceneReady{sample_scene()}));
  EXPECT_EQ(*store.state().find(selected_entity_key), Value("dend")) << "it is still there";
  Scene other = sample_scene();
  other.geometries.set("cell", cell({"soma", "axon"}));
  ASSERT_FALSE(store.apply(SceneReady{other}));
  for (const auto key : {selected_entity_key, selected_label_key, selected_traces_key})
    EXPECT_TRUE(store.state().find(key)->is_null());
}

TEST(SceneStore, notes_what_changed_and_who_set_it) {
  SceneStore store = ready_store();
  const auto scene = store.scene_revision();
  ASSERT_FALSE(store.apply(view_patch("plot", {{"title", "T"}, {"y_min", 1}})));
  const auto patched = store.revision();
  EXPECT_EQ(*store.view_revisions().find("plot")->find("title"), patched);
  EXPECT_EQ(*store.metadata_revisions().find("note"), patched);
  EXPECT_EQ(store.view_revisions().find("cell"), nullptr);
  ASSERT_FALSE(store.apply(PanelPatch{.panel_id = "pc", .control_ids = std::vector<std::string>{}, .title = "C"}));
  EXPECT_EQ(*store.panel_revisions().find("pc")->find("title"), store.revision());
  EXPECT_EQ(store.panel_revisions().find("pc")->find("view_ids"), nullptr);
  ASSERT_FALSE(store.apply(LayoutReplace{{{.id = "all", .kind = "controls"}}, {}}));
  EXPECT_EQ(store.layout_revision(), store.revision());
  EXPECT_TRUE(store.panel_revisions().empty());
  store.set_state("k", 1, "viewer");
  EXPECT_EQ(store.state_revisions().find("k")->origin, "viewer");
  ASSERT_FALSE(store.apply(StatePatch{{{"k", 2}}}));
  EXPECT_EQ(store.state_revisions().find("k")->origin, "");
  EXPECT_EQ(store.scene_revision(), scene);
}

TEST(SceneStore, a_panel_patch_changes_what_it_names) {
  SceneStore store = ready_store();
  ASSERT_FALSE(store.apply(PanelPatch{.panel_id = "p1", .view_ids = std::vector<std::string>{}, .title = "free"}));
  ASSERT_FALSE(store.apply(PanelPatch{.panel_id = "p2", .view_ids = std::vector<std::string>{"plot"}}));
  const auto* p1 = store.scene().layout.find_panel("p1");
  EXPECT_TRUE(p1->view_ids.empty());
  EXPECT_EQ(p1->title, "free");
  EXPECT_EQ(store.scene().layout.find_panel("p2")->view_ids, std::vector<std::string>{"plot"});
}

// ---- random sequences --------------------------------------------------------------------------------------------

using test::Random;

// The specification's words, with no thought of speed: each update makes a new scene, or throws and makes none.
struct Naive {
  Scene scene;
  Dict state;

  void apply(const FieldReplace& u) {
    auto& field = *scene.fields.find(u.field_id);
    field = field.with_values(u.values, u.coords ? &*u.coords : nullptr, &u.attrs_update);
  }
  void apply(const FieldAppend& u) {
    auto& field = *scene.fields.find(u.field_id);
    field = field.append(u.append_dim, u.values, u.coord_values, u.max_length, &u.attrs_update);
  }
  void apply(const ScenePatch& u) {
    Scene changed = scene;
    for (const auto& [id, updates] : u.view_updates) changed.replace_view(id, updates);
    for (const auto& [id, updates] : u.control_updates) changed.replace_control(id, updates);
    for (const auto& [key, value] : u.metadata_updates) changed.metadata.set(key, value);
    scene = changed;
  }
  void apply(const StatePatch& u) {
    for (const auto& [key, value] : u.updates) state.set(key, value);
  }
};

FieldReplace random_replace(Random& random, const Field& field) {
  FieldReplace u{field.id, {}, {}, {}};
  Shape shape = field.values.shape();
  if (random.chance(40)) {
    u.coords = field.coords;
    shape.back() = random.below(5);
    u.coords->set(field.dims.back(), random.numbers(DType::f64, {shape.back()}));
  }
  if (random.chance(15)) shape[0] += 1;  // bad, unless the coordinates agree
  u.values = random.numbers(random.chance(70) ? DType::f32 : DType::f64, shape);
  if (random.chance(20)) u.attrs_update = {{"k", random.below(5)}};
  return u;
}

FieldAppend random_append(Random& random, const Field& field) {
  const auto axis =
      static_cast<std::size_t>(random.chance(85) ? static_cast<std::int64_t>(field.dims.size()) - 1
                                                 : random.below(static_cast<std::int64_t>(field.dims.size())));
  Shape shape = field.values.shape();
  const auto count = shape[axis] = random.below(4);
  if (random.chance(10)) shape[0] += 1;
  FieldAppend u{field.id,
                random.chance(3) ? "nowhere" : field.dims[axis],
                random.numbers(random.chance(95) ? DType::f32 : DType::f64, shape),
                {},
                {},
                {}};
  const auto given = random.chance(5) ? count + 1 : count;
  u.coord_values = field.coords.find(field.dims[axis])->is_string()
                       ? Array::strings(std::vector<std::string>(static_cast<std::size_t>(given), "x"))
                       : random.numbers(DType::f64, {given});
  if (random.chance(70)) u.max_length = random.chance(70) ? 6 : random.below(10);
  if (random.chance(20)) u.attrs_update = {{"k", random.below(5)}};
  return u;
}

Update random_update(Random& random, const Scene& scene) {
  const Field& field = *scene.fields.find(random.chance(30) ? "v" : "h");
  switch (random.below(8)) {
    case 0: return random_replace(random, field);
    case 1: {
      ScenePatch patch{{{random.chance(85) ? "plot" : "none", {{"title", std::to_string(random.below(100))}}}},
                       {},
                       {},
                       {{"m", random.below(9)}}};
      if (random.chance(50)) patch.control_updates.set("amp", {{random.chance(80) ? "label" : "lable", "I"}});
      return patch;
    }
    case 2: return StatePatch{{{"s" + std::to_string(random.below(4)), random.below(100)}}};
    default: return random_append(random, field);
  }
}

TEST(SceneStore, random_updates_give_what_the_specification_gives_and_refuse_what_it_refuses) {
  for (std::uint32_t seed = 1; seed <= 1500; ++seed) {
    Random random(seed);
    SceneStore store = ready_store();
    Naive naive{store.snapshot(), store.state()};
    for (int step = 0; step < 20; ++step) {
      const Update update = random_update(random, naive.scene);
      const auto revision = store.revision();
      const auto problem = store.apply(update);
      bool refused = false;
      std::visit(
          [&](const auto& u) {
            if constexpr (requires { naive.apply(u); }) {
              try {
                naive.apply(u);
              } catch (const Exception&) {
                refused = true;
              }
            }
          },
          update);
      ASSERT_EQ(problem.has_value(), refused)
          << "seed " << seed << ", step " << step << (problem ? problem->message : "");
      if (refused) {
        ASSERT_EQ(store.revision(), revision);
      }
      ASSERT_EQ(to_value(store.snapshot()), to_value(naive.scene)) << "seed " << seed << ", step " << step;
      ASSERT_EQ(store.state(), naive.state);
    }
  }
}

}  // namespace
}  // namespace cnv
