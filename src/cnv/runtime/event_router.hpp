// EventRouter: turns raw events of a viewer into commands, in the one order that holds everywhere: interaction target →
// shortcut of a scene action → selection mode → Space is Reset → the command. Owner thread only.
#pragma once

#include <functional>

#include "cnv/core/scene_store.hpp"
#include "cnv/protocol/commands.hpp"
#include "cnv/protocol/host_messages.hpp"

namespace cnv {

// An object of the app that sees events before the session; true consumes the event.
class InteractionTarget {
 public:
  virtual ~InteractionTarget() = default;
  virtual bool on_key_press(std::string_view) { return false; }
  virtual bool on_action(std::string_view, const Dict&) { return false; }
  virtual bool on_entity_clicked(std::string_view) { return false; }
};

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
  void scene_changed() { armed_.clear(); }

 private:
  std::optional<Command> fire(const ActionSpec& action);
  Dict resolved_payload(const ActionSpec& action) const;
  void select(const std::string& entity_id, bool add);

  SceneStore& store_;
  InteractionTarget* target_;
  std::string armed_;
  std::optional<Status> status_;
};

}  // namespace cnv
