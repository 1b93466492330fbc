// EventRouter: turns raw events of a viewer into commands, in the one order that holds everywhere: interaction target →
// shortcut of a scene action → selection mode (Esc ends it) → Space is Reset → the command. Owner thread only.
#pragma once

#include "cnv/protocol/host_messages.hpp"
#include "cnv/runtime/interaction_target.hpp"

namespace cnv {

class EventRouter {
 public:
  explicit EventRouter(SceneStore& store, InteractionTarget* target = nullptr) : store_(store), target_(target) {}

  // At most one command each; the state of the store follows selection and controls.
  std::optional<Command> route(const KeyEvent& event);
  std::optional<Command> route(const ActionEvent& event);
  std::optional<Command> route(const EntityEvent& event);
  std::optional<Command> route(const ControlEvent& event, std::string_view viewer);

  // A text for the status bar that the last event gave rise to; taken by the caller.
  std::optional<Status> take_status() { return std::exchange(status_, std::nullopt); }
  const std::string& armed_action() const { return armed_; }
  // A new scene ends the selection mode.
  void scene_changed();

 private:
  std::optional<Command> fire(const ActionSpec& action);
  void arm(const ActionSpec& action);
  void disarm(const std::string& label);
  void select(const std::string& entity_id, bool add);

  SceneStore& store_;
  InteractionTarget* target_;
  std::string armed_;
  std::optional<Status> status_;
};

}  // namespace cnv
