#include "cnv/core/specs.hpp"

#include <cmath>

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

PanelSpec* LayoutSpec::find_panel(std::string_view panel_id) {
  for (auto& panel : panels)
    if (panel.id == panel_id) return &panel;
  return nullptr;
}
const PanelSpec* LayoutSpec::find_panel(std::string_view panel_id) const { return const_cast<LayoutSpec*>(this)->find_panel(panel_id); }

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
  return panel_kind_view_3d;
}

namespace {
ControlSpec scalar_control(std::string id, std::string label, Value value, Limits range, std::string type, ControlPresentationSpec shown, std::string unit) {
  return {.id = std::move(id),
          .label = std::move(label),
          .value_spec = ScalarValueSpec{.default_value = std::move(value), .min = range.first, .max = range.second, .value_type = std::move(type)},
          .presentation = std::move(shown),
          .send_to_session = true,
          .unit = std::move(unit)};
}
}  // namespace

ControlSpec slider(std::string id, std::string label, double value, Limits range, std::string unit, std::int64_t steps) {
  return scalar_control(std::move(id), std::move(label), value, range, "float", {.kind = "slider", .steps = steps}, std::move(unit));
}
ControlSpec log_slider(std::string id, std::string label, double value, Limits range, std::string unit, std::int64_t steps) {
  return scalar_control(std::move(id), std::move(label), value, range, "float", {.kind = "slider", .steps = steps, .scale = "log"}, std::move(unit));
}
ControlSpec spin_box(std::string id, std::string label, std::int64_t value, std::pair<std::int64_t, std::int64_t> range, std::string unit) {
  return scalar_control(std::move(id), std::move(label), value, {static_cast<double>(range.first), static_cast<double>(range.second)}, "int", {.kind = "spinbox"}, std::move(unit));
}
ControlSpec checkbox(std::string id, std::string label, bool value) {
  return {.id = std::move(id), .label = std::move(label), .value_spec = BoolValueSpec{value}, .send_to_session = true};
}
ControlSpec dropdown(std::string id, std::string label, std::string value, std::vector<std::string> options) {
  return {.id = std::move(id), .label = std::move(label), .value_spec = ChoiceValueSpec{std::move(value), std::move(options)}, .send_to_session = true};
}

}  // namespace cnv
