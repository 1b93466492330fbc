#include "py_target.hpp"

#include "convert.hpp"
#include "errors.hpp"

namespace cnv::python {
namespace {

// Arguments are made with the GIL held, so they come from a function.
template <class Arguments>
bool ask(nb::handle target, const char* method, Arguments&& arguments) {
  return call_user_code(method, [&] {
    nb::object hook = nb::getattr(target, method, nb::none());
    return !hook.is_none() && truth(arguments(hook));
  });
}

}  // namespace

nb::object TargetAccess::scene() const {
  return context_ && context_->scene() ? to_python(context_->store().snapshot()) : nb::none();
}

nb::object TargetAccess::state(const std::string& key, nb::object missing) const {
  const auto found = context_ ? context_->state(key) : std::nullopt;
  return found ? to_python(*found) : missing;
}

void TargetAccess::set_state(const std::string& key, nb::handle value) {
  if (context_) context_->set_state(key, from_python<Value>(value));
}

nb::object TargetAccess::entity_info(const std::optional<std::string>& entity_id) const {
  const auto info = context_ ? context_->entity_info(entity_id) : std::nullopt;
  return info ? to_python(*info) : nb::none();
}

void TargetAccess::show_status(const std::string& message, std::optional<std::int64_t> timeout_ms) {
  if (context_) context_->show_status(message, timeout_ms);
}

bool TargetAccess::invoke_action(const std::string& action_id, nb::handle payload) {
  return context_ && context_->invoke_action(
                         action_id, payload.is_none() ? std::nullopt : std::optional(from_python<Dict>(payload)));
}

bool TargetAccess::set_control(const std::string& control_id, nb::handle value) {
  return context_ && context_->set_control(control_id, from_python<Value>(value));
}

PyInteractionTarget::PyInteractionTarget(nb::object target)
    : target_(std::move(target)), access_(nb::cast(TargetAccess())) {
  context_ = lookup("compneurovis.frontends.vispy.interaction_context", "FrontendInteractionContext")(access_);
}
PyInteractionTarget::~PyInteractionTarget() {
  nb::gil_scoped_acquire gil;
  target_.reset();
  context_.reset();
  access_.reset();
}
void PyInteractionTarget::attach(TargetContext* context) {
  InteractionTarget::attach(context);
  nb::gil_scoped_acquire gil;
  nb::cast<TargetAccess*>(access_)->attach(context);
}
bool PyInteractionTarget::on_key_press(std::string_view key) {
  return ask(target_, "on_key_press", [&](nb::handle hook) { return hook(key, context_); });
}
bool PyInteractionTarget::on_action(std::string_view action_id, const Dict& payload) {
  return ask(target_, "on_action", [&](nb::handle hook) { return hook(action_id, to_python(payload), context_); });
}
bool PyInteractionTarget::on_entity_clicked(std::string_view entity_id) {
  return ask(target_, "on_entity_clicked", [&](nb::handle hook) { return hook(entity_id, context_); });
}

}  // namespace cnv::python
