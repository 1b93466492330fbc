// Declarative descriptions of what a window shows: views, operators, controls, actions, panels. Plain aggregates; their
// fields are listed once more, with limits and documentation, in spec_tables.hpp.
#pragma once

#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "cnv/core/one_of.hpp"
#include "cnv/core/value.hpp"

namespace cnv {

// A T, or a binding that the viewer replaces by the state's value when it draws.
template <class T>
struct Bindable {
  std::variant<T, StateBinding> v;  // one of the two
  Bindable() = default;
  // From a value, or from the key of the state that it follows.
  Bindable(T value) : v(std::move(value)) {}
  Bindable(StateBinding binding) : v(std::move(binding)) {}
  Bindable(const char* text)
    requires std::is_constructible_v<T, const char*>
      : v(T(text)) {}
  // Whether it follows a key.
  bool is_binding() const { return v.index() == 1; }
  // The value; throws std::bad_variant_access for a binding.
  const T& value() const { return std::get<0>(v); }
  // The binding; throws std::bad_variant_access for a value.
  const StateBinding& binding() const { return std::get<1>(v); }
  friend bool operator==(const Bindable&, const Bindable&) = default;
};

// Low and high end.
using Limits = std::pair<double, double>;

struct MorphologyViewSpec {
  std::string id;
  std::string title;
  std::string geometry_id = "morphology";
  std::optional<std::string> color_field_id;
  std::string entity_dim = "segment";
  std::optional<std::string> sample_dim = "time";
  std::string color_map = "scalar";
  Bindable<std::optional<Limits>> color_limits;
  std::string color_norm = "auto";
  Bindable<Value> background_color{Value("white")};
  std::optional<double> max_refresh_hz;
  std::optional<std::string> detail_field_id;
  friend bool operator==(const MorphologyViewSpec&, const MorphologyViewSpec&) = default;
};

struct SurfaceViewSpec {
  std::string id;
  std::string title;
  std::string field_id;
  std::optional<std::string> geometry_id;
  Bindable<std::string> color_map{std::string("mpl:viridis")};
  Bindable<std::optional<Limits>> color_limits;
  Bindable<std::string> color_by{std::string("height")};
  Bindable<Value> surface_color{Value(List{0.5, 0.6, 0.8, 1.0})};
  Bindable<std::string> surface_shading{std::string("unlit")};
  Bindable<double> surface_alpha{1.0};
  Bindable<Value> background_color{Value("white")};
  Bindable<bool> render_axes{true};
  Bindable<bool> axes_in_middle{false};
  Bindable<std::int64_t> tick_count{5};
  Bindable<double> tick_length_scale{1.0};
  Bindable<double> tick_label_size{12.0};
  Bindable<double> axis_label_size{16.0};
  Bindable<Value> axis_color{Value("black")};
  Bindable<Value> text_color{Value("black")};
  Bindable<double> axis_alpha{1.0};
  std::optional<std::vector<std::string>> axis_labels;
  std::optional<double> max_refresh_hz;
  friend bool operator==(const SurfaceViewSpec&, const SurfaceViewSpec&) = default;
};

struct LinePlotViewSpec {
  std::string id;
  std::string title;
  std::string field_id;
  std::optional<std::string> operator_id;
  std::optional<std::string> x_dim;
  std::optional<std::string> series_dim;
  Dict selectors;
  std::string x_label = "x";
  std::string y_label = "y";
  std::string x_unit;
  std::string y_unit;
  Bindable<Value> pen{Value("k")};
  Bindable<Value> background_color{Value("w")};
  bool show_legend = true;
  Dict series_colors;
  List series_palette;
  std::optional<double> rolling_window;
  bool trim_to_rolling_window = false;
  std::optional<double> max_refresh_hz;
  std::optional<double> y_min;
  std::optional<double> y_max;
  std::optional<double> x_major_tick_spacing;
  std::optional<double> x_minor_tick_spacing;
  friend bool operator==(const LinePlotViewSpec&, const LinePlotViewSpec&) = default;
};

struct StateGraphViewSpec {
  std::string id;
  std::string title;
  std::string node_field_id;
  std::string edge_field_id;
  std::vector<std::tuple<std::string, double, double>> node_positions;
  std::vector<std::tuple<std::string, std::string, std::string>> edges;
  std::string node_color_map = "fire";
  std::string edge_color_map = "bwr";
  Limits node_color_limits{0.0, 1.0};
  Limits edge_color_limits{-0.1, 0.1};
  double node_size = 20.0;
  Value background_color{"white"};
  std::optional<double> max_refresh_hz;
  std::vector<std::string> open_states;
  friend bool operator==(const StateGraphViewSpec&, const StateGraphViewSpec&) = default;
};

struct HeatMapViewSpec {
  std::string id;
  std::string title;
  std::string field_id;
  std::optional<std::string> x_dim;
  std::optional<std::string> y_dim;
  Dict selectors;
  Bindable<std::string> color_map{std::string("mpl:viridis")};
  Bindable<std::optional<Limits>> color_limits;
  std::string color_norm = "auto";
  std::string x_label;
  std::string y_label;
  std::string x_unit;
  std::string y_unit;
  std::optional<double> rolling_window;
  std::optional<double> max_refresh_hz;
  Bindable<Value> background_color{Value("white")};
  friend bool operator==(const HeatMapViewSpec&, const HeatMapViewSpec&) = default;
};

// Any of the views.
using ViewSpec = OneOf<MorphologyViewSpec, SurfaceViewSpec, LinePlotViewSpec, StateGraphViewSpec, HeatMapViewSpec>;

struct GridSliceOperatorSpec {
  std::string id;
  std::string field_id;
  std::optional<std::string> geometry_id;
  std::optional<std::string> axis_state_key;
  std::optional<std::string> position_state_key;
  Bindable<Value> color{Value("#111111")};
  Bindable<double> alpha{0.95};
  Bindable<double> fill_alpha{0.0};
  Bindable<double> width{3.0};
  // Whether it cuts a surface of this field and geometry: same field, and no other geometry.
  bool fits(std::string_view surface_field_id, const std::optional<std::string>& surface_geometry_id) const;
  friend bool operator==(const GridSliceOperatorSpec&, const GridSliceOperatorSpec&) = default;
};
// Any of the operators.
using OperatorSpec = OneOf<GridSliceOperatorSpec>;

struct ScalarValueSpec {
  Value default_value{0.0};  // float or int, by value_type
  std::optional<double> min;
  std::optional<double> max;
  std::string value_type = "float";
  friend bool operator==(const ScalarValueSpec&, const ScalarValueSpec&) = default;
};
struct ChoiceValueSpec {
  std::string default_value;
  std::vector<std::string> options;
  friend bool operator==(const ChoiceValueSpec&, const ChoiceValueSpec&) = default;
};
struct BoolValueSpec {
  bool default_value = false;
  friend bool operator==(const BoolValueSpec&, const BoolValueSpec&) = default;
};
struct XYValueSpec {
  Dict default_value{{"x", 0.5}, {"y", 0.5}};
  Limits x_range{0.0, 1.0};
  Limits y_range{0.0, 1.0};
  std::string x_label = "X";
  std::string y_label = "Y";
  std::string x_unit;
  std::string y_unit;
  friend bool operator==(const XYValueSpec&, const XYValueSpec&) = default;
};
// Any of the kinds of values that a control can have.
using ControlValueSpec = OneOf<ScalarValueSpec, ChoiceValueSpec, BoolValueSpec, XYValueSpec>;

struct ControlPresentationSpec {
  std::optional<std::string> kind;
  std::optional<std::int64_t> steps;
  std::string scale = "linear";
  std::optional<std::string> shape;
  std::optional<std::string> group;
  friend bool operator==(const ControlPresentationSpec&, const ControlPresentationSpec&) = default;
};

struct ControlSpec {
  std::string id;
  std::string label;
  ControlValueSpec value_spec;
  std::optional<ControlPresentationSpec> presentation;
  std::optional<std::string> state_key;
  bool send_to_session = false;
  std::optional<AttributeRef> target;
  std::string unit;

  // The value that the control starts with.
  Value default_value() const;
  // Key of the state that holds the value: state_key, or the id.
  const std::string& resolved_state_key() const { return state_key && !state_key->empty() ? *state_key : id; }
  // Why the control cannot have this value (type, not finite, out of range, no option); empty when it can.
  std::string value_problem(const Value& value) const;
  // The presentation kind for the value where none is asked for: "slider", "spinbox", "checkbox", "dropdown" or
  // "xy_pad". Whole numbers can also be shown by a slider.
  std::string_view fitting_kind() const;
  // Names the control and the kind when the presentation asks for another one; empty otherwise.
  std::string presentation_problem() const;
  friend bool operator==(const ControlSpec&, const ControlSpec&) = default;
};

struct ActionSpec {
  std::string id;
  std::string label;
  Dict payload;
  std::vector<std::string> shortcuts;
  bool selection_mode = false;
  std::string selection_payload_key = "entity_id";
  friend bool operator==(const ActionSpec&, const ActionSpec&) = default;
};

// The only value of PanelSpec::host_kind.
inline constexpr std::string_view panel_host_kind = "independent_canvas";

struct PanelSpec {
  std::string id;
  std::string kind;
  std::vector<std::string> view_ids;
  std::vector<std::string> control_ids;
  std::vector<std::string> action_ids;
  std::vector<std::string> operator_ids;
  std::string host_kind = std::string(panel_host_kind);
  std::optional<std::string> title;
  std::optional<double> camera_distance = 200.0;
  double camera_elevation = 30.0;
  double camera_azimuth = 30.0;
  friend bool operator==(const PanelSpec&, const PanelSpec&) = default;
};

// Kinds of panels: PanelSpec::kind.
inline constexpr std::string_view panel_kind_view_3d = "view_3d";
inline constexpr std::string_view panel_kind_line_plot = "line_plot";
inline constexpr std::string_view panel_kind_controls = "controls";
inline constexpr std::string_view panel_kind_state_graph = "state_graph";
inline constexpr std::string_view panel_kind_heat_map = "heat_map";

// Rows of panel ids, from the top.
using PanelGrid = std::vector<std::vector<std::string>>;

struct LayoutSpec {
  std::string title = "CompNeuroVis";
  std::vector<PanelSpec> panels;
  PanelGrid panel_grid;
  friend bool operator==(const LayoutSpec&, const LayoutSpec&) = default;

  // Null when there is no such panel.
  PanelSpec* find_panel(std::string_view panel_id);
  const PanelSpec* find_panel(std::string_view panel_id) const;
};

// What all kinds of views and operators have.
const std::string& view_id(const ViewSpec& view);
const std::string& operator_id(const OperatorSpec& op);
const std::string& view_title(const ViewSpec& view);
// The panel kind that shows this view.
std::string_view panel_kind_for(const ViewSpec& view);

// Shorthands for programs: id, text beside the control, value at the start, (low, high), unit (for display only),
// positions from end to end. The session is told of each change. A log_slider has equal ratios between its positions;
// its range is above 0.
ControlSpec slider(std::string id, std::string label, double default_value, Limits range, std::string unit = {},
                   std::int64_t steps = 100);
ControlSpec log_slider(std::string id, std::string label, double default_value, Limits range, std::string unit = {},
                       std::int64_t steps = 100);
ControlSpec spin_box(std::string id, std::string label, std::int64_t default_value,
                     std::pair<std::int64_t, std::int64_t> range, std::string unit = {});
ControlSpec checkbox(std::string id, std::string label, bool default_value);
ControlSpec dropdown(std::string id, std::string label, std::string default_value, std::vector<std::string> options);

}  // namespace cnv
