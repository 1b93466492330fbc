#include "link.hpp"

#include "convert.hpp"

namespace cnv::python {

void Link::attach(SessionLink* host, Session* session) {
  host_ = host;
  session_ = session;
  owner_ = std::this_thread::get_id();
}

bool Link::emit(nb::handle update) {
  if (!host_ || std::this_thread::get_id() != owner_) return false;
  host_->emit(from_python<Update>(update));
  return true;
}

void Link::progress(const std::string& name, const std::string& detail) {
  if (host_ && std::this_thread::get_id() == owner_) host_->progress(name, detail);
}

nb::object Link::scene() const { return host_ && host_->store().has_scene() ? to_python(host_->store().snapshot()) : nb::none(); }

nb::object Link::state(const std::string& key, nb::object missing) const {
  const auto* found = host_ ? host_->store().state().find(key) : nullptr;
  return found ? to_python(*found) : missing;
}

void Link::set_state(const std::string& key, nb::handle value) {
  if (host_) host_->emit(StatePatch{Dict{{key, from_python<Value>(value)}}});
}

nb::object Link::entity_info(const std::string& entity_id) const {
  if (host_)
    for (const auto& [id, geometry] : host_->store().scene().geometries)
      if (const auto* morphology = std::get_if<MorphologyGeometry>(geometry.get()))
        if (const auto i = morphology->find_entity(entity_id); i >= 0) return to_python(morphology->entity_info_at(i));
  return nb::none();
}

Dict Link::resolved_payload(const ActionSpec& action) const {
  Dict payload = action.payload;
  for (auto& [key, value] : payload)
    if (const auto* binding = value.get_if<StateBinding>()) {
      const auto* present = host_->store().state().find(binding->key);
      value = present ? *present : Value();
    }
  return payload;
}

bool Link::invoke_action(const std::string& action_id, nb::handle payload) {
  const auto* action = host_ ? host_->store().scene().actions.find(action_id) : nullptr;
  if (!action || !session_) return false;
  Dict sent = payload.is_none() ? resolved_payload(*action) : from_python<Dict>(payload);
  session_->handle(action_id == "reset" ? Command(Reset{}) : Command(InvokeAction{action_id, std::move(sent)}));
  return true;
}

bool Link::set_control(const std::string& control_id, nb::handle value) {
  const auto* control = host_ ? host_->store().scene().controls.find(control_id) : nullptr;
  if (!control) return false;
  const Value wanted = from_python<Value>(value);
  const bool send = control->send_to_session && session_;
  host_->emit(StatePatch{Dict{{control->resolved_state_key(), wanted}}});
  if (send) session_->handle(SetControl{control_id, wanted});
  return true;
}

}  // namespace cnv::python
