// Control widgets and buttons from the scene's specs, and values on their way between widgets and the scene. GUI
// thread.
#pragma once

#include <QVariant>

#include "cnv/base/result.hpp"
#include "cnv/core/specs.hpp"
#include "cnv/desktop/controls/action_button.hpp"
#include "cnv/desktop/controls/control.hpp"

namespace cnv::desktop {

// The widget that the spec asks for; an error names the control and the kind that does not fit it.
Result<Control*> make_control(const ControlSpec& spec);
ActionButton* make_action_button(const ActionSpec& spec);

// What a widget shows for a value of the scene, and back.
QVariant widget_value(const Value& value);
Value scene_value(const QVariant& value);

}  // namespace cnv::desktop
