#include "cnv/desktop/spec_widgets.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/core/spec_check.hpp"
#include "cnv/desktop/controls/check_control.hpp"
#include "cnv/desktop/controls/choice_control.hpp"
#include "cnv/desktop/controls/slider_control.hpp"
#include "cnv/desktop/controls/spin_control.hpp"
#include "cnv/desktop/controls/xy_control.hpp"
#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
namespace {

// A missing end is that of the usual range, moved where the given end leaves no room.
Limits full_range(const ScalarValueSpec& scalar, double width) {
  const double low = scalar.min.value_or(scalar.max ? std::min(0.0, *scalar.max - width) : 0.0);
  return {low, scalar.max.value_or(low < width ? width : low + width)};
}

Control* scalar_control(const ControlSpec& spec, const ScalarValueSpec& scalar, const ControlPresentationSpec& shown) {
  const Value start = spec.default_value();
  const double value = start.is_number() ? start.as_double() : 0;
  const bool whole = scalar.value_type == "int";
  if (whole && shown.kind.value_or("spinbox") == "spinbox") {
    const Limits range = full_range(scalar, 100);
    return new SpinControl({.id = to_qtext(spec.id),
                            .label = to_qtext(spec.label),
                            .unit = to_qtext(spec.unit),
                            .min = static_cast<qlonglong>(std::ceil(range.first)),
                            .max = static_cast<qlonglong>(std::floor(range.second)),
                            .default_value = static_cast<qlonglong>(value)});
  }
  Limits range = full_range(scalar, whole ? 100 : 1);
  if (whole) range = {std::ceil(range.first), std::floor(range.second)};
  return new SliderControl({.id = to_qtext(spec.id),
                            .label = to_qtext(spec.label),
                            .unit = to_qtext(spec.unit),
                            .min = range.first,
                            .max = range.second,
                            .default_value = value,
                            .steps = static_cast<int>(shown.steps.value_or(100)),
                            .log = shown.scale == "log",
                            .whole = whole});
}

Control* xy_control(const ControlSpec& spec, const XYValueSpec& xy, const ControlPresentationSpec& shown) {
  const Value start = spec.default_value();
  const auto part = [&](std::string_view key) { return start.get_if<Dict>()->find(key)->as_double(); };
  const auto unit = [&](const std::string& own) { return to_qtext(own.empty() ? spec.unit : own); };
  return new XyControl({.id = to_qtext(spec.id),
                        .label = to_qtext(spec.label),
                        .x_label = to_qtext(xy.x_label),
                        .y_label = to_qtext(xy.y_label),
                        .x_unit = unit(xy.x_unit),
                        .y_unit = unit(xy.y_unit),
                        .x_min = xy.x_range.first,
                        .x_max = xy.x_range.second,
                        .y_min = xy.y_range.first,
                        .y_max = xy.y_range.second,
                        .default_value = {part("x"), part("y")},
                        .round = shown.shape == "circle"});
}

}  // namespace

Result<Control*> make_control(const ControlSpec& spec) {
  if (auto problem = problem_of(spec); !problem.empty()) return Error{std::move(problem)};
  const ControlPresentationSpec shown = spec.presentation.value_or(ControlPresentationSpec{});
  if (const auto* scalar = std::get_if<ScalarValueSpec>(&spec.value_spec)) return scalar_control(spec, *scalar, shown);
  if (const auto* flag = std::get_if<BoolValueSpec>(&spec.value_spec))
    return static_cast<Control*>(new CheckControl({to_qtext(spec.id), to_qtext(spec.label), flag->default_value}));
  if (const auto* choice = std::get_if<ChoiceValueSpec>(&spec.value_spec)) {
    QStringList options;
    for (const auto& option : choice->options) options << to_qtext(option);
    return static_cast<Control*>(
        new ChoiceControl({to_qtext(spec.id), to_qtext(spec.label), options, to_qtext(choice->default_value)}));
  }
  return xy_control(spec, std::get<XYValueSpec>(spec.value_spec), shown);
}

ActionButton* make_action_button(const ActionSpec& spec) {
  QStringList shortcuts;
  for (const auto& shortcut : spec.shortcuts) shortcuts << to_qtext(shortcut);
  return new ActionButton({to_qtext(spec.id), to_qtext(spec.label), shortcuts});
}

QVariant widget_value(const Value& value) {
  if (const auto* v = value.get_if<bool>()) return *v;
  if (const auto* v = value.get_if<std::int64_t>()) return static_cast<qlonglong>(*v);
  if (const auto* v = value.get_if<double>()) return *v;
  if (const auto* v = value.get_if<std::string>()) return to_qtext(*v);
  if (const auto* v = value.get_if<Dict>()) {
    QVariantMap map;
    for (const auto& [key, item] : *v) map.insert(to_qtext(key), widget_value(item));
    return map;
  }
  return {};
}

Value scene_value(const QVariant& value) {
  switch (value.typeId()) {
    case QMetaType::Bool: return value.toBool();
    case QMetaType::Int:
    case QMetaType::LongLong: return static_cast<std::int64_t>(value.toLongLong());
    case QMetaType::Double: return value.toDouble();
    case QMetaType::QString: return value.toString().toStdString();
    case QMetaType::QVariantMap: {
      Dict dict;
      const auto map = value.toMap();
      for (auto it = map.begin(); it != map.end(); ++it) dict.set(it.key().toStdString(), scene_value(it.value()));
      return dict;
    }
    default: return {};
  }
}

}  // namespace cnv::desktop
