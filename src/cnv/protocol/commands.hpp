// The six commands that a session's handle() sees.
#pragma once

#include <variant>

#include "cnv/core/one_of.hpp"
#include "cnv/core/value.hpp"

namespace cnv {

struct Reset {
  friend bool operator==(const Reset&, const Reset&) = default;
};
struct SetControl {
  std::string control_id;
  Value value;
  friend bool operator==(const SetControl&, const SetControl&) = default;
};
struct InvokeAction {
  std::string action_id;
  Dict payload;
  friend bool operator==(const InvokeAction&, const InvokeAction&) = default;
};
struct KeyPressed {
  std::string key;
  friend bool operator==(const KeyPressed&, const KeyPressed&) = default;
};
struct EntityClicked {
  std::string entity_id;
  friend bool operator==(const EntityClicked&, const EntityClicked&) = default;
};
struct StopSession {
  friend bool operator==(const StopSession&, const StopSession&) = default;
};

// Any of the six.
using Command = OneOf<Reset, SetControl, InvokeAction, KeyPressed, EntityClicked, StopSession>;

}  // namespace cnv
