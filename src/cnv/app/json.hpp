// Values and records as JSON, for reports and dumps.
#pragma once

#include <QJsonValue>

#include "cnv/core/value.hpp"

namespace cnv::app {

// Numbers that JSON cannot hold become null; arrays {"dtype", "shape"}; bindings {"binding": key}.
QJsonValue to_json(const Value& value);

}  // namespace cnv::app
