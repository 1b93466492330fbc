// SampledSession: what users do, and what hooks get to answer with.
#include "cnv/core/texts.hpp"
#include "cnv/runtime/sampled_session.hpp"

namespace cnv {

void SampledSession::handle(const Command& command) {
  InteractionContext context(*this);
  if (std::holds_alternative<Reset>(command)) {
    if (!on_action("reset", {}, context)) reset();
  } else if (const auto* control = std::get_if<SetControl>(&command)) {
    if (chooses_display(*control)) return;
    unhandled_ = false;
    if (apply_control(control->control_id, control->value)) return;
    if (!unhandled_) throw ControlRefused(control->control_id);
    remark_unhandled("control", control->control_id, "apply_control()");
    throw ControlRefused(control->control_id, "nothing in the session takes '" + control->control_id +
                                                  "'; apply_control() is the place for it");
  } else if (const auto* action = std::get_if<InvokeAction>(&command)) {
    unhandled_ = false;
    if (!dispatch_action(action->action_id, action->payload) && unhandled_)
      remark_unhandled("action", action->action_id, "apply_action()");
  } else if (const auto* key = std::get_if<KeyPressed>(&command)) {
    on_key_press(key->key, context);
  } else if (const auto* clicked = std::get_if<EntityClicked>(&command)) {
    click(clicked->entity_id);
  }
}

void SampledSession::remark_unhandled(const std::string& kind, const std::string& id, const std::string& hook) {
  if (link())
    link()->report({Severity::warning, "unhandled " + kind + " " + id,
                    "The " + kind + " '" + id + "' does nothing: no hook of the session takes it. " + hook +
                        " is the place for it."});
}

bool SampledSession::click(const std::string& entity_id) {
  if (!geometry()) return false;
  const auto entity = geometry()->find_entity(entity_id);
  if (entity < 0) return false;
  InteractionContext context(*this);
  ui_state_.set(selected_entity_key, entity_id);
  ui_state_.set(selected_label_key, geometry()->label_at(entity));
  if (wants_trace(entity_id, context)) {
    trace_at(entity);
    plot_what_is_shown();
  }
  return on_entity_clicked(entity_id, context);
}

// A selection that a window has from before this session: nobody clicks, but traces show it.
void SampledSession::take_selection(std::string_view key, const Value& value) {
  ui_state_.set(key, value);
  if (!geometry()) return;
  InteractionContext context(*this);
  const auto* one = key == selected_entity_key ? value.get_if<std::string>() : nullptr;
  for (const auto& id : one ? std::vector{*one} : texts_of(value))
    if (const auto entity = geometry()->find_entity(id); entity >= 0 && wants_trace(id, context)) trace_at(entity);
}

// With a full history all have one.
bool SampledSession::wants_trace(std::string_view entity_id, InteractionContext& context) {
  return options.history_capture_mode == HistoryCaptureMode::full || should_capture_trace_on_click(entity_id, context);
}

bool SampledSession::dispatch_action(std::string_view action_id, const Dict& payload) {
  InteractionContext context(*this);
  return on_action(action_id, payload, context) || apply_action(action_id, payload);
}

bool SampledSession::apply_control(std::string_view control_id, const Value& value) {
  if (control_id == "display_dt" && value.is_number() && value.as_double() > 0)
    return options.display_dt = value.as_double(), true;
  if (control_id == "dt" && value.is_number() && value.as_double() > 0) return options.dt = value.as_double(), true;
  if (control_id == "v_init" && value.is_number()) return options.v_init = value.as_double(), true;
  unhandled_ = true;
  return false;
}
bool SampledSession::apply_action(std::string_view, const Dict&) {
  unhandled_ = !takes_actions();
  return false;
}
bool SampledSession::on_action(std::string_view, const Dict&, InteractionContext&) { return false; }
bool SampledSession::on_key_press(std::string_view, InteractionContext&) { return false; }
bool SampledSession::on_entity_clicked(std::string_view, InteractionContext&) { return false; }
bool SampledSession::should_capture_trace_on_click(std::string_view, InteractionContext&) { return true; }

// ---- context -----------------------------------------------------------------------------------------------------

Value InteractionContext::state(std::string_view key) const {
  const auto* found = session_.ui_state_.find(key);
  return found ? *found : Value();
}
void InteractionContext::set_state(std::string_view key, Value value) {
  session_.ui_state_.set(key, value);
  session_.emit(StatePatch{Dict{{std::string(key), std::move(value)}}});
}
std::optional<std::string> InteractionContext::selected_entity_id() const {
  const Value v = state(selected_entity_key);
  if (const auto* text = v.get_if<std::string>()) return *text;
  return std::nullopt;
}
std::optional<Dict> InteractionContext::entity_info(std::optional<std::string_view> entity_id) const {
  const auto selected = selected_entity_id();
  if (!entity_id && selected) entity_id = *selected;
  if (!entity_id || !session_.geometry()) return std::nullopt;
  const auto i = session_.geometry()->find_entity(*entity_id);
  if (i < 0) return std::nullopt;
  return session_.geometry()->entity_info_at(i);
}
void InteractionContext::show_status(std::string message, std::optional<std::int64_t> timeout_ms) {
  session_.emit(Status{std::move(message), timeout_ms});
}
void InteractionContext::clear_status() { session_.emit(Status{"", 0}); }
bool InteractionContext::invoke_action(std::string_view action_id, const Dict& payload) {
  return session_.dispatch_action(action_id, payload);
}

}  // namespace cnv
