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
    return !hook.is_none() && PyObject_IsTrue(arguments(hook).ptr()) == 1;
  });
}

}  // namespace

PyInteractionTarget::PyInteractionTarget(nb::object target, nb::object link) : target_(std::move(target)) {
  context_ = lookup("compneurovis.frontends.vispy.interaction_context", "FrontendInteractionContext")(link);
}
PyInteractionTarget::~PyInteractionTarget() {
  nb::gil_scoped_acquire gil;
  target_.reset();
  context_.reset();
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
