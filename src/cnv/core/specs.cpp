#include "cnv/core/specs.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/core/one_of_members.hpp"

namespace cnv {
namespace {
// Without the fraction; what no integer can hold stays a number.
Value whole(const Value& number) {
  if (const auto* integer = number.get_if<std::int64_t>()) return *integer;
  const double value = number.as_double();
  return std::fabs(value) < 9e18 ? Value(static_cast<std::int64_t>(value)) : Value(value);
}
}  // namespace

Value ControlSpec::default_value() const {
  if (const auto* scalar = std::get_if<ScalarValueSpec>(&value_spec)) {
    if (!scalar->default_value.is_number()) return scalar->default_value;
    if (scalar->value_type == "int") return whole(scalar->default_value);
    return scalar->default_value.as_double();
  }
  if (const auto* choice = std::get_if<ChoiceValueSpec>(&value_spec)) return choice->default_value;
  if (const auto* flag = std::get_if<BoolValueSpec>(&value_spec)) return flag->default_value;
  const auto& xy = std::get<XYValueSpec>(value_spec);
  const auto part = [&](std::string_view key) {
    const auto* v = xy.default_value.find(key);
    return v && v->is_number() ? v->as_double() : 0.5;
  };
  return Dict{{"x", part("x")}, {"y", part("y")}};
}

namespace {

std::string number_problem(const Value& value, std::optional<double> low, std::optional<double> high) {
  if (!value.is_number() || value.is<bool>()) return value.repr() + " is not a number";
  const double number = value.as_double();
  if (!std::isfinite(number)) return value.repr() + " is not a finite number";
  if (low && number < *low) return value.repr() + " is below " + Value(*low).repr();
  if (high && number > *high) return value.repr() + " is above " + Value(*high).repr();
  return {};
}

std::string problem_of(const ScalarValueSpec& spec, const Value& value) {
  auto problem = number_problem(value, spec.min, spec.max);
  if (problem.empty() && spec.value_type == "int" && value.as_double() != std::floor(value.as_double()))
    problem = value.repr() + " is not a whole number";
  return problem;
}
std::string problem_of(const ChoiceValueSpec& spec, const Value& value) {
  const auto* text = value.get_if<std::string>();
  return text && std::find(spec.options.begin(), spec.options.end(), *text) != spec.options.end()
             ? std::string()
             : value.repr() + " is not one of the options";
}
std::string problem_of(const BoolValueSpec&, const Value& value) {
  return value.is<bool>() ? std::string() : value.repr() + " is neither true nor false";
}
std::string problem_of(const XYValueSpec& spec, const Value& value) {
  const auto* point = value.get_if<Dict>();
  const auto* x = point ? point->find("x") : nullptr;
  const auto* y = point ? point->find("y") : nullptr;
  if (!x || !y) return value.repr() + " has no x and y";
  const auto problem = [](const Value& number, Limits range) {
    return number_problem(number, std::min(range.first, range.second), std::max(range.first, range.second));
  };
  const std::string of_x = problem(*x, spec.x_range);
  return of_x.empty() ? problem(*y, spec.y_range) : of_x;
}

}  // namespace

std::string ControlSpec::value_problem(const Value& value) const {
  return std::visit([&](const auto& spec) { return problem_of(spec, value); }, value_spec);
}

std::string_view ControlSpec::fitting_kind() const {
  if (const auto* scalar = std::get_if<ScalarValueSpec>(&value_spec))
    return scalar->value_type == "int" ? "spinbox" : "slider";
  if (std::holds_alternative<BoolValueSpec>(value_spec)) return "checkbox";
  if (std::holds_alternative<ChoiceValueSpec>(value_spec)) return "dropdown";
  return "xy_pad";
}

std::string ControlSpec::presentation_problem() const {
  if (!presentation || !presentation->kind || *presentation->kind == fitting_kind()) return {};
  if (*presentation->kind == "slider" && std::holds_alternative<ScalarValueSpec>(value_spec)) return {};
  return "control '" + id + "' cannot be shown as '" + *presentation->kind + "': its value needs '" +
         std::string(fitting_kind()) + "'";
}

bool GridSliceOperatorSpec::fits(std::string_view surface_field_id,
                                 const std::optional<std::string>& surface_geometry_id) const {
  return field_id == surface_field_id && (!geometry_id || !surface_geometry_id || *geometry_id == *surface_geometry_id);
}

PanelSpec* LayoutSpec::find_panel(std::string_view panel_id) {
  const auto found = std::ranges::find(panels, panel_id, &PanelSpec::id);
  return found == panels.end() ? nullptr : &*found;
}
const PanelSpec* LayoutSpec::find_panel(std::string_view panel_id) const {
  const auto found = std::ranges::find(panels, panel_id, &PanelSpec::id);
  return found == panels.end() ? nullptr : &*found;
}

const std::string& view_id(const ViewSpec& view) {
  return std::visit([](const auto& v) -> const std::string& { return v.id; }, view);
}
const std::string& operator_id(const OperatorSpec& op) {
  return std::visit([](const auto& v) -> const std::string& { return v.id; }, op);
}
const std::string& view_title(const ViewSpec& view) {
  return std::visit([](const auto& v) -> const std::string& { return v.title; }, view);
}
std::string_view panel_kind_for(const ViewSpec& view) {
  if (std::holds_alternative<LinePlotViewSpec>(view)) return panel_kind_line_plot;
  if (std::holds_alternative<StateGraphViewSpec>(view)) return panel_kind_state_graph;
  if (std::holds_alternative<HeatMapViewSpec>(view)) return panel_kind_heat_map;
  return panel_kind_view_3d;
}

namespace {
ControlSpec scalar_control(std::string id, std::string label, Value value, Limits range, std::string type,
                           ControlPresentationSpec shown, std::string unit) {
  return {.id = std::move(id),
          .label = std::move(label),
          .value_spec = ScalarValueSpec{.default_value = std::move(value),
                                        .min = range.first,
                                        .max = range.second,
                                        .value_type = std::move(type)},
          .presentation = std::move(shown),
          .send_to_session = true,
          .unit = std::move(unit)};
}
}  // namespace

ControlSpec slider(std::string id, std::string label, double value, Limits range, std::string unit,
                   std::int64_t steps) {
  return scalar_control(std::move(id), std::move(label), value, range, "float", {.kind = "slider", .steps = steps},
                        std::move(unit));
}
ControlSpec log_slider(std::string id, std::string label, double value, Limits range, std::string unit,
                       std::int64_t steps) {
  return scalar_control(std::move(id), std::move(label), value, range, "float",
                        {.kind = "slider", .steps = steps, .scale = "log"}, std::move(unit));
}
ControlSpec spin_box(std::string id, std::string label, std::int64_t value, std::pair<std::int64_t, std::int64_t> range,
                     std::string unit) {
  return scalar_control(std::move(id), std::move(label), value,
                        {static_cast<double>(range.first), static_cast<double>(range.second)}, "int",
                        {.kind = "spinbox"}, std::move(unit));
}
ControlSpec checkbox(std::string id, std::string label, bool value) {
  return {.id = std::move(id), .label = std::move(label), .value_spec = BoolValueSpec{value}, .send_to_session = true};
}
ControlSpec dropdown(std::string id, std::string label, std::string value, std::vector<std::string> options) {
  return {.id = std::move(id),
          .label = std::move(label),
          .value_spec = ChoiceValueSpec{std::move(value), std::move(options)},
          .send_to_session = true};
}

template class OneOf<MorphologyViewSpec, SurfaceViewSpec, LinePlotViewSpec, StateGraphViewSpec, HeatMapViewSpec>;
template class OneOf<GridSliceOperatorSpec>;
template class OneOf<ScalarValueSpec, ChoiceValueSpec, BoolValueSpec, XYValueSpec>;

}  // namespace cnv
