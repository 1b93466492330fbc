#include "cnv/runtime/event_router.hpp"

#include <algorithm>

#include "cnv/core/keys.hpp"

namespace cnv {

std::optional<Command> EventRouter::route(const KeyEvent& event) {
  if (target_ && target_->on_key_press(event.key)) return std::nullopt;
  const std::string key = normalize_key(event.key);
  for (const auto& [id, action] : store_.scene().actions)
    for (const auto& shortcut : action.shortcuts)
      if (!key.empty() && normalize_key(shortcut) == key) return fire(action);
  if (key == "Esc" && !armed_.empty()) {
    const auto* action = store_.scene().actions.find(armed_);
    disarm(action ? action->label : armed_);
    return std::nullopt;
  }
  if (key == "Space") return Reset{};
  return KeyPressed{event.key};
}

std::optional<Command> EventRouter::route(const ActionEvent& event) {
  const auto* action = store_.scene().actions.find(event.action_id);
  return action ? fire(*action) : std::nullopt;
}

std::optional<Command> EventRouter::fire(const ActionSpec& action) {
  const Dict payload = resolved_payload(store_, action);
  if (target_ && target_->on_action(action.id, payload)) return std::nullopt;
  if (action.selection_mode) {
    if (armed_ == action.id) disarm(action.label);
    else arm(action);
    return std::nullopt;
  }
  if (action.id == "reset") return Reset{};
  return InvokeAction{action.id, payload};
}

void EventRouter::arm(const ActionSpec& action) {
  armed_ = action.id;
  store_.set_state(armed_action_key, armed_);
  status_ = Status{action.label + ": on. Click a segment; Esc or the action again ends it.", 0};
}

void EventRouter::disarm(const std::string& label) {
  armed_.clear();
  store_.set_state(armed_action_key, armed_);
  status_ = Status{label + ": off.", 3000};
}

void EventRouter::scene_changed() {
  if (armed_.empty()) return;
  armed_.clear();
  store_.set_state(armed_action_key, armed_);
}

void EventRouter::select(const std::string& entity_id, bool add) {
  std::string label = entity_id;
  for (const auto& [id, geometry] : store_.scene().geometries)
    if (const auto* morphology = std::get_if<MorphologyGeometry>(geometry.get()))
      if (const auto i = morphology->find_entity(entity_id); i >= 0) label = morphology->label_at(i);
  List traces;
  if (const auto* present = store_.state().find(selected_traces_key); add && present && present->is<List>())
    traces = *present->get_if<List>();
  else if (const auto* selected = store_.state().find(selected_entity_key);
           add && selected && selected->is<std::string>())
    traces = {*selected};
  if (std::find(traces.begin(), traces.end(), Value(entity_id)) == traces.end()) traces.emplace_back(entity_id);
  store_.set_state(selected_entity_key, entity_id);
  store_.set_state(selected_label_key, label);
  store_.set_state(selected_traces_key, std::move(traces));
}

std::optional<Command> EventRouter::route(const EntityEvent& event) {
  const auto& geometries = store_.scene().geometries;
  const bool known = std::any_of(geometries.begin(), geometries.end(), [&](const auto& g) {
    const auto* morphology = std::get_if<MorphologyGeometry>(g.second.get());
    return morphology && morphology->find_entity(event.entity_id) >= 0;
  });
  if (!known) return std::nullopt;
  select(event.entity_id, event.add);
  if (target_ && target_->on_entity_clicked(event.entity_id)) return std::nullopt;
  if (const auto* action = store_.scene().actions.find(armed_); !armed_.empty() && action) {
    Dict payload = resolved_payload(store_, *action);
    payload.set(action->selection_payload_key, event.entity_id);
    return InvokeAction{action->id, std::move(payload)};
  }
  return EntityClicked{event.entity_id};
}

std::optional<Command> EventRouter::route(const ControlEvent& event, std::string_view viewer) {
  const auto* control = store_.scene().controls.find(event.control_id);
  if (!control) return std::nullopt;
  store_.set_state(control->resolved_state_key(), event.value, viewer);
  if (!control->send_to_session) return std::nullopt;
  return SetControl{event.control_id, event.value};
}

}  // namespace cnv
