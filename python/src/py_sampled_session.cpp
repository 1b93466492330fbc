#include "py_sampled_session.hpp"

#include "cnv/backends/jaxley/jaxley_session.hpp"
#include "cnv/backends/neuron/neuron_session.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "link.hpp"
#include "options.hpp"
#include "py_session.hpp"

namespace cnv::python {
namespace {

constexpr const char* hook_names[] = {"control_specs",
                                      "action_specs",
                                      "control_order",
                                      "action_order",
                                      "display_field_id",
                                      "history_field_id",
                                      "display_unit",
                                      "history_unit",
                                      "morphology_color_map",
                                      "morphology_color_limits",
                                      "morphology_color_norm",
                                      "shows_trace",
                                      "trace_title",
                                      "trace_y_label",
                                      "trace_y_unit",
                                      "trace_view_updates",
                                      "build_scene",
                                      "apply_action",
                                      "on_action",
                                      "on_key_press",
                                      "on_entity_clicked",
                                      "should_capture_trace_on_click",
                                      "on_recorded_samples",
                                      "steps_per_update",
                                      "_sample_step",
                                      "_emit_batch"};
static_assert(std::size(hook_names) == sampled_hook_count);

// Specs from a dict or any iterable.
template <class T>
std::vector<T> specs_of(const char* hook, nb::handle result) {
  if (result.is_none()) throw TypeError(std::string(hook) + "() returned None, not a list; is a `return` missing?");
  const bool is_dict = nb::hasattr(result, "values");
  auto specs =
      from_python<std::vector<T>>(nb::list(is_dict ? nb::object(result.attr("values")()) : nb::borrow(result)));
  if (!is_dict) return specs;
  std::size_t i = 0;
  for (nb::handle key : nb::list(result.attr("keys")())) {
    const std::string name = nb::str(key).c_str(), &id = specs.at(i++).id;
    if (name != id)
      throw ValueError(std::string(hook) + "() has '" + id + "' under the key '" + name + "': both must be the same");
  }
  return specs;
}

}  // namespace

SampledOptions sampled_options(nb::dict given) {
  SampledOptions options;
  read_option(given, "dt", options.dt);
  read_option(given, "v_init", options.v_init);
  read_option(given, "max_samples", options.max_samples);
  read_option(given, "display_dt", options.display_dt);
  read_option(given, "title", options.title);
  bool full = false;
  read_option(given, "full_history", full);
  if (full) options.history_capture_mode = HistoryCaptureMode::full;
  return options;
}

template <class Base>
void PySampledSession<Base>::find_hooks() {
  const auto found = find_overrides(self_, hook_names);
  for (std::size_t i = 0; i < found.size(); ++i) overridden_[i] = found[i];
  hooks_known_ = true;
}

template <class Base>
template <class T, class Fn>
T PySampledSession<Base>::ask(SampledHook hook, Fn&& otherwise) {
  if (!overridden_[hook]) return otherwise();
  return call_user_code(hook_names[hook], [&] {
    nb::object result = self_.attr(hook_names[hook])();
    try {
      return from_python<T>(result);
    } catch (const TypeError&) {
      rethrow_at(std::string(hook_names[hook]) + "()");
    }
  });
}

template <class Base>
template <class... Arguments>
bool PySampledSession<Base>::ask_truth(SampledHook hook, bool otherwise, Arguments&&... arguments) {
  if (!overridden_[hook]) return otherwise;
  return call_user_code(hook_names[hook], [&] { return truth(self_.attr(hook_names[hook])(arguments()...)); });
}

template <class Base>
void PySampledSession<Base>::attach(SessionLink* link) {
  Base::attach(link);
  if (!link) return;
  find_hooks();
  // Driven by hand: emitted updates go to the session's own store too.
  if (nb::object present = self_.attr("_cnv_link"); present.is_none()) {
    Link own;
    own.attach(link);
    self_.attr("_cnv_link") = nb::cast(own);
  }
}

template <class Base>
nb::object PySampledSession<Base>::read_display_values() {
  std::vector<float> values(static_cast<std::size_t>(this->entity_count()));
  if (built_) this->sample_entities(values.data());
  return numpy_copy(values, {static_cast<std::int64_t>(values.size())});
}

template <class Base>
nb::object PySampledSession<Base>::geometry_object() {
  if (geometry_object_.is_valid()) return geometry_object_;
  if (!shared_geometry_) return nb::none();
  return geometry_object_ = to_python(shared_geometry_);
}

// ---- description hooks -------------------------------------------------------------------------------------------

template <class Base>
std::vector<ControlSpec> PySampledSession<Base>::control_specs() {
  if (!overridden_[control_specs_hook]) return {};
  return call_user_code("control_specs",
                        [&] { return specs_of<ControlSpec>("control_specs", self_.attr("control_specs")()); });
}
template <class Base>
std::vector<ActionSpec> PySampledSession<Base>::action_specs() {
  if (!overridden_[action_specs_hook]) return {};
  return call_user_code("action_specs",
                        [&] { return specs_of<ActionSpec>("action_specs", self_.attr("action_specs")()); });
}
template <class Base>
std::optional<std::vector<std::string>> PySampledSession<Base>::control_order() {
  return ask<std::optional<std::vector<std::string>>>(control_order_hook, [&] { return Base::control_order(); });
}
template <class Base>
std::optional<std::vector<std::string>> PySampledSession<Base>::action_order() {
  return ask<std::optional<std::vector<std::string>>>(action_order_hook, [&] { return Base::action_order(); });
}
template <class Base>
std::string PySampledSession<Base>::display_field_id() {
  return ask<std::string>(display_field_id_hook, [&] { return Base::display_field_id(); });
}
template <class Base>
std::string PySampledSession<Base>::history_field_id() {
  return ask<std::string>(history_field_id_hook, [&] { return Base::history_field_id(); });
}
template <class Base>
std::string PySampledSession<Base>::display_unit() {
  return ask<std::optional<std::string>>(display_unit_hook, [&] { return Base::display_unit(); }).value_or("");
}
template <class Base>
std::string PySampledSession<Base>::history_unit() {
  return ask<std::optional<std::string>>(history_unit_hook, [&] { return Base::history_unit(); }).value_or("");
}
template <class Base>
std::string PySampledSession<Base>::morphology_color_map() {
  return ask<std::string>(color_map_hook, [&] { return Base::morphology_color_map(); });
}
template <class Base>
std::optional<Limits> PySampledSession<Base>::morphology_color_limits() {
  return ask<std::optional<Limits>>(color_limits_hook, [&] { return Base::morphology_color_limits(); });
}
template <class Base>
std::string PySampledSession<Base>::morphology_color_norm() {
  return ask<std::string>(color_norm_hook, [&] { return Base::morphology_color_norm(); });
}
template <class Base>
bool PySampledSession<Base>::shows_trace() {
  return ask<bool>(shows_trace_hook, [&] { return Base::shows_trace(); });
}
template <class Base>
std::string PySampledSession<Base>::trace_title() {
  return ask<std::string>(trace_title_hook, [&] { return Base::trace_title(); });
}
template <class Base>
std::string PySampledSession<Base>::trace_y_label() {
  return ask<std::string>(trace_y_label_hook, [&] { return Base::trace_y_label(); });
}
template <class Base>
std::string PySampledSession<Base>::trace_y_unit() {
  return ask<std::optional<std::string>>(trace_y_unit_hook, [&] { return Base::trace_y_unit(); }).value_or("");
}
template <class Base>
Dict PySampledSession<Base>::trace_view_updates() {
  return ask<Dict>(trace_view_updates_hook, [&] { return Base::trace_view_updates(); });
}
template <class Base>
std::int64_t PySampledSession<Base>::steps_per_update() {
  return ask<std::int64_t>(steps_per_update_hook, [&] { return Base::steps_per_update(); });
}

template <class Base>
Scene PySampledSession<Base>::build_scene(GeometryPtr geometry, std::span<const float> display, double time_ms) {
  if (!overridden_[build_scene_hook]) return Base::build_scene(std::move(geometry), display, time_ms);
  return call_user_code("build_scene", [&] {
    nb::object values = numpy_copy(display, {static_cast<std::int64_t>(display.size())});
    return from_python<Scene>(self_.attr("build_scene")(
        nb::arg("geometry") = geometry_object(), nb::arg("display_values") = values, nb::arg("time_value") = time_ms));
  });
}

template <class Base>
std::string PySampledSession<Base>::default_text(const std::string& hook) {
  if (hook == "display_field_id") return Base::display_field_id();
  if (hook == "history_field_id") return Base::history_field_id();
  if (hook == "display_unit") return Base::display_unit();
  if (hook == "history_unit") return Base::history_unit();
  if (hook == "morphology_color_map") return Base::morphology_color_map();
  if (hook == "morphology_color_norm") return Base::morphology_color_norm();
  if (hook == "trace_title") return Base::trace_title();
  if (hook == "trace_y_label") return Base::trace_y_label();
  if (hook == "trace_y_unit") return Base::trace_y_unit();
  throw KeyError("no hook '" + hook + "'");
}

template <class Base>
nb::object PySampledSession<Base>::default_scene_of(nb::handle geometry, nb::handle display_values, double time_value) {
  if (!hooks_known_) find_hooks();  // called before initialize()
  const Array values = array_from_python(display_values).astype(DType::f32);
  return to_python(Base::build_scene(from_python<GeometryPtr>(geometry), values.as<float>(), time_value));
}

// ---- reactions ---------------------------------------------------------------------------------------------------

template <class Base>
bool PySampledSession<Base>::apply_control(std::string_view control_id, const Value& value) {
  return call_user_code("apply_control", [&] {
    nb::object accepted = self_.attr("apply_control")(control_id, to_python(value));
    return accepted.is_none() || truth(accepted);
  });
}
template <class Base>
bool PySampledSession<Base>::apply_action(std::string_view action_id, const Dict& payload) {
  if (!overridden_[apply_action_hook]) return Base::apply_action(action_id, payload);
  return ask_truth(apply_action_hook, false, [&] { return action_id; }, [&] { return to_python(payload); });
}
template <class Base>
bool PySampledSession<Base>::on_action(std::string_view action_id, const Dict& payload, InteractionContext&) {
  return ask_truth(
      on_action_hook, false, [&] { return action_id; }, [&] { return to_python(payload); }, [&] { return context(); });
}
template <class Base>
bool PySampledSession<Base>::on_key_press(std::string_view key, InteractionContext&) {
  return ask_truth(on_key_press_hook, false, [&] { return key; }, [&] { return context(); });
}
template <class Base>
bool PySampledSession<Base>::on_entity_clicked(std::string_view entity_id, InteractionContext&) {
  return ask_truth(on_entity_clicked_hook, false, [&] { return entity_id; }, [&] { return context(); });
}
template <class Base>
bool PySampledSession<Base>::should_capture_trace_on_click(std::string_view entity_id, InteractionContext&) {
  return ask_truth(should_capture_hook, true, [&] { return entity_id; }, [&] { return context(); });
}

template <class Base>
nb::object PySampledSession<Base>::control_target(const std::string& control_id) {
  const auto* control = this->link() ? this->store().scene().controls.find(control_id) : nullptr;
  return control ? to_python(control->target) : nb::none();
}

template <class Base>
nb::object PySampledSession<Base>::field_object(const std::string& field_id) {
  const auto* field = this->link() ? this->store().find_field(field_id) : nullptr;
  return field ? to_python(field->snapshot()) : nb::none();
}

// ---- stepping ----------------------------------------------------------------------------------------------------

template <class Base>
bool PySampledSession<Base>::advance_with_hooks(std::int64_t count) {
  if (!hooks_known_) find_hooks();
  if (default_sampling()) return false;
  std::vector<double> times;
  nb::list samples;
  for (std::int64_t i = 0; i < count; ++i) {
    times.push_back(this->take_step());
    if (overridden_[sample_step_hook])
      call_user_code("_sample_step", [&] { samples.append(self_.attr("_sample_step")()); });
    else samples.append(read_display_values());
    this->after_step();
  }
  nb::object times_array = numpy_copy(std::span<const double>(times), {count});
  call_user_code("_emit_batch", [&] { self_.attr("_emit_batch")(times_array, samples); });
  this->after_batch(times);
  return true;
}

template <class Base>
void PySampledSession<Base>::emit_samples(nb::handle times, nb::handle samples) {
  const Array t = array_from_python(times).astype(DType::f64);
  std::vector<float> values;
  for (nb::handle sample : samples) {
    const Array row = array_from_python(sample);
    if (row.is_string() || row.size() != this->entity_count())
      throw ValueError("_sample_step() gives something other than one value per entity: override _emit_batch() too");
    const Array floats = row.astype(DType::f32);
    values.insert(values.end(), floats.as<float>().begin(), floats.as<float>().end());
  }
  this->emit_default_batch(t.as<double>(), values);
}

template class PySampledSession<NeuronSession>;
template class PySampledSession<JaxleySession>;

}  // namespace cnv::python
