// InteractionTarget: an object of the app that sees events before the session does, and what it acts with. Owner thread
// only.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "cnv/core/scene_store.hpp"
#include "cnv/protocol/commands.hpp"

namespace cnv {

// What an interaction target reaches of the app. Valid inside its hooks.
class TargetContext {
 public:
  // The host's ways to act.
  struct Actions {
    std::function<void(Update)> emit;                                    // as a session does
    std::function<void(const Command&)> dispatch;                        // straight to the session
    std::function<void(std::string_view id, const Value&)> set_control;  // as if the user had changed it
  };
  // Refers to the store; for hosts and tests.
  TargetContext(const SceneStore& store, Actions actions) : store_(store), actions_(std::move(actions)) {}

  // Null before there is a scene.
  const Scene* scene() const { return store_.has_scene() ? &store_.scene() : nullptr; }
  // The scene with its fields.
  const SceneStore& store() const { return store_; }
  // None when the key is not set.
  std::optional<Value> state(std::string_view key) const;
  // Shown by every viewer; nothing goes to the session.
  void set_state(std::string_view key, Value value);
  // The entity clicked last; none: nothing is selected.
  std::optional<std::string> selected_entity_id() const;
  // index, entity_id, section_name, xloc, label of that or the selected entity, from any morphology; none when unknown.
  std::optional<Dict> entity_info(std::optional<std::string_view> entity_id = {}) const;
  // Gone after `timeout_ms`; none or 0: shown until replaced.
  void show_status(std::string message, std::optional<std::int64_t> timeout_ms = {});
  // Takes the status away.
  void clear_status() { show_status("", 0); }
  // Straight to the session: no target, no selection mode. Without payload the action's own, bindings resolved. False:
  // unknown.
  bool invoke_action(std::string_view action_id, std::optional<Dict> payload = {});
  // As if the user had changed the control: state, SetControl if it is wanted, refusal. False: unknown.
  bool set_control(std::string_view control_id, const Value& value);

 private:
  const SceneStore& store_;
  Actions actions_;
};

// True consumes the event: no shortcut, no selection mode, no command.
class InteractionTarget {
 public:
  virtual ~InteractionTarget() = default;
  // A key, as normalize_key() writes it: "A", "Shift+Left".
  virtual bool on_key_press(std::string_view /*key*/) { return false; }
  // A button or shortcut of the scene; bindings in the payload are resolved.
  virtual bool on_action(std::string_view /*action_id*/, const Dict& /*payload*/) { return false; }
  // The state holds the selection already.
  virtual bool on_entity_clicked(std::string_view /*entity_id*/) { return false; }

  // The host sets a context before the first event and clears it at the end.
  virtual void attach(TargetContext* context) { context_ = context; }

 protected:
  // Inside hooks only.
  TargetContext& context() const { return *context_; }

 private:
  TargetContext* context_ = nullptr;
};

// The payload of an action with its bindings replaced by present state; null for what is not set.
Dict resolved_payload(const SceneStore& store, const ActionSpec& action);

}  // namespace cnv
