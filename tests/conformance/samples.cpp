#include "conformance/samples.hpp"

#include "cnv/protocol/message_tables.hpp"
#include "conformance/value_json.hpp"

namespace cnv::test {
namespace {

template <class T>
Array numbers(std::initializer_list<T> values, Shape shape = {}) {
  return Array::copy_of(std::span(values.begin(), values.size()), std::move(shape));
}
Array texts(std::initializer_list<std::string> values) {
  return Array::strings(std::span(values.begin(), values.size()));
}

// Every kind of value, every dtype, both memory orders.
Dict every_value() {
  const Array twice = numbers<float>({0.5f, -1.5f, 2.0f});
  const Array matrix = numbers<std::int32_t>({1, 2, 3, 4, 5, 6}, {2, 3});
  return {{"null", Value()},
          {"true", true},
          {"false", false},
          {"small", 7},
          {"negative", -3},
          {"large", std::int64_t{1} << 62},
          {"smallest", std::numeric_limits<std::int64_t>::min()},
          {"one", 1.0},
          {"minus_zero", -0.0},
          {"text", "µm 膜 \"quoted\"\n"},
          {"long_text", std::string(300, 'x')},
          {"list", List{1, 2.5, "a", List{}, Dict{}}},
          {"dict", Dict{{"z", 1}, {"a", 2}}},
          {"binding", StateBinding{"cut_axis"}},
          {"attribute", AttributeRef{"clamp", "amp"}},
          {"slice", Slice{2, {}, -1}},
          {"bool", Array::copy_of(std::span<const bool>(std::array{true, false, true}))},
          {"int8", numbers<std::int8_t>({-128, 127})},
          {"int16", numbers<std::int16_t>({-32768, 32767})},
          {"int32", matrix},
          {"int64", numbers<std::int64_t>({-1, 1})},
          {"uint8", numbers<std::uint8_t>({0, 255})},
          {"uint16", numbers<std::uint16_t>({65535})},
          {"uint32", numbers<std::uint32_t>({4294967295u})},
          {"uint64", numbers<std::uint64_t>({18446744073709551615u})},
          {"float32", twice},
          {"float64", numbers<double>({0.1, -1e300})},
          {"str", texts({"", "soma", "Na⁺"})},
          {"column_major", matrix.with_outer_axis(1)},
          {"same_array_again", twice},
          {"scalar_array", Array::scalar(4.5)},
          {"empty_array", Array::copy_of(std::vector<float>{}, {0, 3})}};
}

MorphologyGeometry morphology() {
  MorphologyGeometry g;
  g.id = "cell";
  g.positions = numbers<float>({0, 0, 0, 10, 0, 0}, {2, 3});
  g.orientations = numbers<float>({1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, -1, 0, 0}, {2, 3, 3});
  g.radii = numbers<float>({5, 1});
  g.lengths = numbers<float>({10, 20});
  g.entity_ids = texts({"soma(0.5)", "dend[0](0.5)"});
  g.section_names = texts({"soma", "dend[0]"});
  g.xlocs = numbers<float>({0.5f, 0.5f});
  g.colors = numbers<float>({1, 0, 0, 1, 0, 0, 1, 1}, {2, 4});
  g.labels = texts({"soma", "dendrite"});
  g.metadata = {{"source", "cell.swc"}};
  const Array zero = numbers<std::int32_t>({0}), one = numbers<float>({1});
  g.pieces =
      PieceTable{numbers<float>({0, 0, 0}, {1, 3}), numbers<float>({1, 0, 0}, {1, 3}), one, one, zero, zero, zero,
                 numbers<std::int32_t>({-1})};
  return g;
}

OrderedMap<ViewSpec> views() {
  const Limits limits{-80.0, 40.0};
  return {{"cell", MorphologyViewSpec{.id = "cell",
                                      .title = "Cell",
                                      .geometry_id = "cell",
                                      .color_field_id = "v",
                                      .entity_dim = "entity",
                                      .sample_dim = std::nullopt,
                                      .color_map = "viridis",
                                      .color_limits = std::optional(limits),
                                      .color_norm = "symmetric",
                                      .background_color = Value(List{0.1, 0.2, 0.3}),
                                      .max_refresh_hz = 15.0,
                                      .detail_field_id = "detail"}},
          {"surface", SurfaceViewSpec{.id = "surface",
                                      .title = "Surface",
                                      .field_id = "h",
                                      .geometry_id = "grid",
                                      .color_map = StateBinding{"map"},
                                      .color_limits = StateBinding{"limits"},
                                      .color_by = "surface_color",
                                      .surface_color = Value("red"),
                                      .surface_shading = "lit",
                                      .surface_alpha = 0.5,
                                      .background_color = Value("black"),
                                      .render_axes = true,
                                      .axes_in_middle = false,
                                      .tick_count = 7,
                                      .tick_length_scale = 2.0,
                                      .tick_label_size = 9.0,
                                      .axis_label_size = 11.0,
                                      .axis_color = Value("gray"),
                                      .text_color = Value("gray"),
                                      .axis_alpha = 0.25,
                                      .axis_labels = std::vector<std::string>{"x", "y", "h"},
                                      .max_refresh_hz = 20.0}},
          {"plot", LinePlotViewSpec{.id = "plot",
                                    .title = "Traces",
                                    .field_id = "history",
                                    .operator_id = "cut",
                                    .x_dim = "time",
                                    .series_dim = "segment",
                                    .selectors = {{"segment", List{"soma(0.5)"}}, {"time", Slice{0, 10, {}}}},
                                    .x_label = "t",
                                    .y_label = "v",
                                    .x_unit = "ms",
                                    .y_unit = "mV",
                                    .pen = Value("b"),
                                    .background_color = Value("w"),
                                    .show_legend = false,
                                    .series_colors = {{"soma(0.5)", StateBinding{"color"}}},
                                    .series_palette = {"r", "g"},
                                    .rolling_window = 100.0,
                                    .trim_to_rolling_window = true,
                                    .max_refresh_hz = 25.0,
                                    .y_min = -90.0,
                                    .y_max = 50.0,
                                    .x_major_tick_spacing = 20.0,
                                    .x_minor_tick_spacing = 5.0}},
          {"states", StateGraphViewSpec{.id = "states",
                                        .title = "Channel",
                                        .node_field_id = "nodes",
                                        .edge_field_id = "edges",
                                        .node_positions = {{"C", 0.25, 0.5}, {"O", 0.75, 0.5}},
                                        .edges = {{"C", "O", "open"}},
                                        .node_color_map = "gray",
                                        .edge_color_map = "fire",
                                        .node_color_limits = {0.0, 2.0},
                                        .edge_color_limits = {-1.0, 1.0},
                                        .node_size = 30.0,
                                        .background_color = Value("white"),
                                        .max_refresh_hz = 5.0,
                                        .open_states = {"O"}}},
          {"map", HeatMapViewSpec{.id = "map",
                                  .title = "Activity",
                                  .field_id = "history",
                                  .x_dim = "time",
                                  .y_dim = "segment",
                                  .selectors = {{"trial", StateBinding{"trial"}}},
                                  .color_map = StateBinding{"map"},
                                  .color_limits = std::optional(limits),
                                  .color_norm = "symmetric",
                                  .x_label = "t",
                                  .y_label = "segment",
                                  .x_unit = "ms",
                                  .y_unit = "µm",
                                  .rolling_window = 50.0,
                                  .max_refresh_hz = 10.0,
                                  .background_color = Value("black")}}};
}

std::vector<PanelSpec> panels() {
  return {{.id = "p",
           .kind = "view_3d",
           .view_ids = {"surface"},
           .operator_ids = {"cut"},
           .host_kind = "independent_canvas",
           .title = "Surface",
           .camera_distance = 300.0,
           .camera_elevation = 10.0,
           .camera_azimuth = 20.0},
          {.id = "c",
           .kind = "controls",
           .control_ids = {"amp"},
           .action_ids = {"reset"},
           .title = std::nullopt,
           .camera_distance = std::nullopt}};
}

Scene scene() {
  const Array segments = texts({"soma(0.5)", "dend[0](0.5)"});
  Scene s;
  s.fields.set("v",
               Field{"v", numbers<float>({-65, -64}), {"segment"}, {{"segment", segments}}, "mV", {{"variable", "v"}}});
  s.fields.set("history", Field{"history",
                                numbers<float>({-65, -64, -63, -62, -61, -60}, {2, 3}).with_outer_axis(1),
                                {"segment", "time"},
                                {{"segment", segments}, {"time", numbers<double>({0, 0.1, 0.2})}},
                                std::nullopt,
                                {}});
  s.geometries.set("cell", std::make_shared<const AnyGeometry>(morphology()));
  s.geometries.set(
      "grid",
      std::make_shared<const AnyGeometry>(GridGeometry{
          "grid", {"y", "x"}, {{"y", numbers<double>({0, 1})}, {"x", numbers<double>({0, 1, 2})}}, {{"unit", "um"}}}));
  s.views = views();
  s.operators.set("cut", GridSliceOperatorSpec{.id = "cut",
                                               .field_id = "h",
                                               .geometry_id = "grid",
                                               .axis_state_key = "axis",
                                               .position_state_key = "position",
                                               .color = Value("red"),
                                               .alpha = 0.5,
                                               .fill_alpha = StateBinding{"fill"},
                                               .width = 2.0});
  s.controls.set(
      "amp", ControlSpec{.id = "amp",
                         .label = "Amplitude",
                         .value_spec = ScalarValueSpec{.default_value = 0.5, .min = 0.25, .max = 2.0},
                         .presentation =
                             ControlPresentationSpec{.kind = "slider", .steps = 200, .scale = "log", .shape = "circle"},
                         .state_key = "clamp_amp",
                         .send_to_session = true,
                         .target = AttributeRef{"clamp", "amp"},
                         .unit = "nA"});
  s.controls.set("count", ControlSpec{.id = "count",
                                      .label = "Count",
                                      .value_spec = ScalarValueSpec{.default_value = 3, .value_type = "int"}});
  s.controls.set("axis", ControlSpec{.id = "axis", .label = "Axis", .value_spec = ChoiceValueSpec{"x", {"x", "y"}}});
  s.controls.set("on", ControlSpec{.id = "on", .label = "On", .value_spec = BoolValueSpec{true}});
  s.controls.set("pad", ControlSpec{.id = "pad",
                                    .label = "Pad",
                                    .value_spec = XYValueSpec{
                                        {{"x", 0.25}, {"y", 0.75}}, {-1.0, 1.0}, {-2.0, 2.0}, "dx", "dy", "mV", "nA"}});
  s.actions.set("clamp", ActionSpec{.id = "clamp",
                                    .label = "Clamp here",
                                    .payload = {{"amp", StateBinding{"clamp_amp"}}},
                                    .shortcuts = {"C", "Ctrl+C"},
                                    .selection_mode = true,
                                    .selection_payload_key = "segment"});
  s.layout = {.title = "Everything", .panels = panels(), .panel_grid = {{"p"}, {"c"}}};
  s.metadata = {{"author", "nobody"}};
  return s;
}

RunState run_state() {
  return {true, true, false, true, true, true, 12.5, 0.025, 100.0, 40.0, 0.25, 19.5, 125, 250.0, 40, 7, 1000.25};
}

std::vector<Update> updates() {
  return {SceneReady{scene()},
          FieldReplace{"v", numbers<float>({-60, -61}), Coords{{"segment", texts({"a", "b"})}}, every_value()},
          FieldAppend{"history",
                      "time",
                      numbers<float>({1, 2, 3, 4}, {2, 2}).with_outer_axis(1),
                      numbers<double>({0.3, 0.4}),
                      1000,
                      {{"last", 0.4}}},
          ScenePatch{{{"cell", {{"color_map", "bwr"}, {"color_limits", List{0.0, 1.0}}}}},
                     {{"cut", {{"width", 1.0}}}},
                     {{"amp", {{"label", "I"}}}},
                     {{"note", "x"}}},
          StatePatch{{{"selected_entity_id", "soma(0.5)"}, {"cleared", Value()}}},
          PanelPatch{"c", std::vector<std::string>{"amp", "on"}, std::vector<std::string>{},
                     std::vector<std::string>{"plot"}, "Controls"},
          LayoutReplace{panels(), {{"p", "c"}}},
          Status{"Scene ready", 2000},
          ErrorReport{"clamp: the segment is gone"}};
}

std::vector<Command> commands() {
  return {Reset{},
          SetControl{"amp", 0.75},
          InvokeAction{"clamp", every_value()},
          KeyPressed{"Shift+Left"},
          EntityClicked{"soma(0.5)"},
          StopSession{}};
}
std::vector<ViewerMessage> viewer_messages() {
  return {Hello{protocol_version, "compneurovis-viewer 0.1.0", 4711},
          Ack{17, 0.125},
          FirstFrame{},
          KeyEvent{"Space"},
          ActionEvent{"clamp"},
          EntityEvent{"soma(0.5)", true},
          ControlEvent{"pad", Dict{{"x", 0.5}, {"y", 0.25}}},
          StateEvent{{{"axis", "y"}}},
          RunControl{"speed", 100.0},
          Bye{},
          Finished{"report.json could not be written"},
          ViewProblem{false, "colour map", "there is no colour map of that name"}};
}
std::vector<HostMessage> host_messages() {
  auto all = updates();
  all.erase(all.begin());  // the scene has a file of its own
  return {Welcome{protocol_version, "Cell", "cell.py", "dark", 2},
          Batch{3, std::move(all), run_state()},
          run_state(),
          Progress{{{"Building", "3 cells", "done", 0.5}, {"Starting", "", "current", 0.25}}},
          SessionFailure{"advance", "ValueError: no", "Traceback\n  …", false, true},
          Counters{1, 2, 3, 4, 5, {{"NaN voltage", 2}}},
          Finish{"a.png", "b.json", "c.bin", {{"steps", 100}}, false, "85x60mm,8pt,600dpi"},
          Close{"the run is over"},
          Restart{"",
                  {"/home/ada/cell.py", "/home/ada/channels.py"},
                  {1480, 1764576000000000000, 655361, 512, 1764489600000000000, 655370},
                  {"/usr/bin/python3", "cell.py", "--fast"},
                  {"LANG=C.UTF-8", "HOME=/home/ada"},
                  "/home/ada"}};
}

template <class... Ts>
std::string type_name(const std::variant<Ts...>& message) {
  return std::string(std::visit([]<class T>(const T&) { return Table<T>::name; }, message));
}

template <class T>
Result<std::string> as_json(const Result<T>& decoded) {
  if (!decoded) return Error{decoded.error()};
  return to_json(to_value(*decoded));
}

}  // namespace

std::vector<Sample> samples() {
  std::vector<Sample> all;
  for (auto& m : commands()) all.push_back({"command-" + type_name(m), m});
  for (auto& m : viewer_messages()) all.push_back({"viewer-" + type_name(m), m});
  for (auto& m : host_messages()) all.push_back({"host-" + type_name(m), m});
  for (auto& m : updates()) all.push_back({"updates-" + type_name(m), std::vector<Update>{m}});
  return all;
}

std::vector<std::byte> payload_of(const Sample& sample) {
  const auto encoded = std::visit([](const auto& m) { return protocol::encode(m); }, sample.message);
  std::vector<std::byte> all;
  for (const auto& chunk : encoded.chunks) all.insert(all.end(), chunk.data, chunk.data + chunk.size);
  return all;
}

Result<std::string> json_of(const Sample& like, std::span<const std::byte> payload, std::shared_ptr<const void> owner) {
  switch (like.message.index()) {
    case 0: return as_json(protocol::decode_command(payload, std::move(owner)));
    case 1: return as_json(protocol::decode_viewer(payload, std::move(owner)));
    case 2: return as_json(protocol::decode_host(payload, std::move(owner)));
    default: return as_json(protocol::decode_updates(payload, std::move(owner)));
  }
}

}  // namespace cnv::test
