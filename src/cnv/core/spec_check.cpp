#include "cnv/core/spec_check.hpp"

#include <cmath>
#include <set>

#include "cnv/base/numbers.hpp"
#include "cnv/core/one_of_members.hpp"

namespace cnv {
namespace {

std::string shown(double value) { return general_text(value, 12); }
std::string quoted(const std::string& text) { return "'" + text + "'"; }

std::string range_problem(const std::string& low_name, std::optional<double> low, const std::string& high_name,
                          std::optional<double> high) {
  for (const auto& [name, end] : {std::pair(low_name, low), std::pair(high_name, high)})
    if (end && !std::isfinite(*end)) return name + " is " + shown(*end) + ", not a finite number";
  if (low && high && *low > *high) return low_name + " " + shown(*low) + " is above " + high_name + " " + shown(*high);
  return {};
}

std::string pad_problem(const std::string& name, Limits range) {
  for (const double end : {range.first, range.second})
    if (!std::isfinite(end)) return name + " has the end " + shown(end) + ", which is not a finite number";
  if (range.first == range.second) return name + " is empty: both ends are " + shown(range.first);
  return {};
}

std::string problem_in(const ScalarValueSpec& spec, const ControlPresentationSpec& shown_as) {
  if (spec.value_type != "float" && spec.value_type != "int")
    return "value_type is " + quoted(spec.value_type) + "; it can be 'float' or 'int'";
  if (auto problem = range_problem("min", spec.min, "max", spec.max); !problem.empty()) return problem;
  if (spec.value_type == "int" && spec.min && spec.max && std::ceil(*spec.min) > std::floor(*spec.max))
    return "there is no whole number between min " + shown(*spec.min) + " and max " + shown(*spec.max);
  if (shown_as.scale == "log" && !(spec.min && *spec.min > 0))
    return "a log scale needs a min above 0, and min is " + (spec.min ? shown(*spec.min) : "not given") + " (max " +
           (spec.max ? shown(*spec.max) : "not given") + ")";
  return {};
}

std::string problem_in(const ChoiceValueSpec& spec, const ControlPresentationSpec&) {
  if (spec.options.empty()) return "it has no options";
  std::set<std::string> seen;
  for (const auto& option : spec.options)
    if (!seen.insert(option).second) return "the option " + quoted(option) + " is there twice";
  return {};
}

std::string problem_in(const BoolValueSpec&, const ControlPresentationSpec&) { return {}; }

// From -1 to 1 across a range.
double across(double value, Limits range) {
  return (2 * value - range.first - range.second) / (range.second - range.first);
}

std::string problem_in(const XYValueSpec& spec, const ControlPresentationSpec& shown_as) {
  for (const auto& [name, range] : {std::pair("x_range", spec.x_range), std::pair("y_range", spec.y_range)})
    if (auto problem = pad_problem(name, range); !problem.empty()) return problem;
  for (const auto& [name, value] : spec.default_value)
    if (name != "x" && name != "y") return "its default has a part " + quoted(name) + "; it has x and y";
  const auto *x = spec.default_value.find("x"), *y = spec.default_value.find("y");
  if (shown_as.shape != "circle" || !x || !y || !x->is_number() || !y->is_number()) return {};
  constexpr double rim = 1 + 1e-9;
  if (std::hypot(across(x->as_double(), spec.x_range), across(y->as_double(), spec.y_range)) <= rim) return {};
  return "its default (" + shown(x->as_double()) + ", " + shown(y->as_double()) +
         ") lies outside the circle in x_range " + shown(spec.x_range.first) + " … " + shown(spec.x_range.second) +
         " and y_range " + shown(spec.y_range.first) + " … " + shown(spec.y_range.second);
}

// The value as it was given, before missing parts are filled in and fractions cut.
Value given_default(const ControlSpec& control) {
  if (const auto* scalar = std::get_if<ScalarValueSpec>(&control.value_spec)) return scalar->default_value;
  const auto* xy = std::get_if<XYValueSpec>(&control.value_spec);
  if (!xy) return control.default_value();
  for (const auto& [key, value] : xy->default_value)
    if (!value.is_number()) return xy->default_value;
  return control.default_value();
}

// " ('none', 'TEA')" behind what is said of a choice; nothing for other values.
std::string options_text(const ControlSpec& control) {
  const auto* choice = std::get_if<ChoiceValueSpec>(&control.value_spec);
  if (!choice) return {};
  std::string out;
  for (const auto& option : choice->options) out += (out.empty() ? " (" : ", ") + quoted(option);
  return out + ")";
}

std::string problem_within(const ControlSpec& control) {
  if (control.id.empty()) return "its id is empty (label " + quoted(control.label) + ")";
  const ControlPresentationSpec shown_as = control.presentation.value_or(ControlPresentationSpec{});
  if (shown_as.scale != "linear" && shown_as.scale != "log")
    return "scale is " + quoted(shown_as.scale) + "; it can be 'linear' or 'log'";
  if (shown_as.steps && *shown_as.steps < 0)
    return "steps is " + plain_text(*shown_as.steps) + "; it can be 0 (any value) or more";
  if (auto problem = std::visit([&](const auto& spec) { return problem_in(spec, shown_as); }, control.value_spec);
      !problem.empty())
    return problem;
  if (auto problem = control.value_problem(given_default(control)); !problem.empty())
    return "its default " + problem + options_text(control);
  return {};
}

std::string problem_within(const LinePlotViewSpec& view) {
  if (auto problem = range_problem("y_min", view.y_min, "y_max", view.y_max); !problem.empty()) return problem;
  if (view.y_min && view.y_max && *view.y_min == *view.y_max) return "y_min and y_max are both " + shown(*view.y_min);
  for (const auto& [name, spacing] : {std::pair("x_major_tick_spacing", view.x_major_tick_spacing),
                                      std::pair("x_minor_tick_spacing", view.x_minor_tick_spacing)})
    if (spacing && !(*spacing > 0 && std::isfinite(*spacing)))
      return std::string(name) + " is " + shown(*spacing) + "; it is above 0";
  return {};
}
template <class View>
std::string problem_within(const View&) {
  return {};
}

template <class View>
std::string window_problem(const View& view) {
  if constexpr (requires { view.rolling_window; })
    if (view.rolling_window && !(*view.rolling_window >= 0 && std::isfinite(*view.rolling_window)))
      return "rolling_window is " + shown(*view.rolling_window) + "; it is a width: 0 or more";
  return {};
}

}  // namespace

std::string problem_of(const ControlSpec& control) {
  if (auto problem = control.presentation_problem(); !problem.empty()) return problem;
  const std::string problem = problem_within(control);
  return problem.empty() ? problem : "control " + quoted(control.id) + ": " + problem;
}

std::string problem_of(const ViewSpec& view) {
  const std::string problem = std::visit(
      [](const auto& spec) {
        auto found = window_problem(spec);
        return found.empty() ? problem_within(spec) : found;
      },
      view);
  return problem.empty() ? problem : "view " + quoted(view_id(view)) + ": " + problem;
}

std::string problem_of_shared_states(const OrderedMap<ControlSpec>& controls) {
  OrderedMap<const ControlSpec*> first;
  for (const auto& [id, control] : controls) {
    const auto* const* other = first.find(control.resolved_state_key());
    if (!other) first.set(control.resolved_state_key(), &control);
    else if ((*other)->default_value() != control.default_value())
      return "controls " + quoted((*other)->id) + " and " + quoted(control.id) + " set the same state " +
             quoted(control.resolved_state_key()) + ", but start with " + (*other)->default_value().repr() + " and " +
             control.default_value().repr();
  }
  return {};
}

}  // namespace cnv
