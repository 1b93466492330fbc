#include "cnv/runtime/interaction_target.hpp"

namespace cnv {

std::optional<Value> TargetContext::state(std::string_view key) const {
  const auto* found = store_.state().find(key);
  return found ? std::optional(*found) : std::nullopt;
}

void TargetContext::set_state(std::string_view key, Value value) {
  actions_.emit(StatePatch{Dict{{std::string(key), std::move(value)}}});
}

std::optional<std::string> TargetContext::selected_entity_id() const {
  const auto* found = store_.state().find(selected_entity_key);
  const auto* text = found ? found->get_if<std::string>() : nullptr;
  return text ? std::optional(*text) : std::nullopt;
}

std::optional<Dict> TargetContext::entity_info(std::optional<std::string_view> entity_id) const {
  const auto selected = selected_entity_id();
  if (!entity_id && selected) entity_id = *selected;
  if (!entity_id) return std::nullopt;
  for (const auto& [id, geometry] : store_.scene().geometries)
    if (const auto* morphology = std::get_if<MorphologyGeometry>(geometry.get()))
      if (const auto i = morphology->find_entity(*entity_id); i >= 0) return morphology->entity_info_at(i);
  return std::nullopt;
}

void TargetContext::show_status(std::string message, std::optional<std::int64_t> timeout_ms) {
  actions_.emit(Status{std::move(message), timeout_ms});
}

bool TargetContext::invoke_action(std::string_view action_id, std::optional<Dict> payload) {
  const auto* action = store_.scene().actions.find(action_id);
  if (!action) return false;
  if (action_id == "reset") actions_.dispatch(Reset{});
  else
    actions_.dispatch(
        InvokeAction{std::string(action_id), payload ? std::move(*payload) : resolved_payload(store_, *action)});
  return true;
}

bool TargetContext::set_control(std::string_view control_id, const Value& value) {
  if (!store_.scene().controls.find(control_id)) return false;
  actions_.set_control(control_id, value);
  return true;
}

Dict resolved_payload(const SceneStore& store, const ActionSpec& action) {
  Dict payload = action.payload;
  for (auto& [key, value] : payload)
    if (const auto* binding = value.get_if<StateBinding>()) {
      const auto* present = store.state().find(binding->key);
      value = present ? *present : Value();
    }
  return payload;
}

}  // namespace cnv
