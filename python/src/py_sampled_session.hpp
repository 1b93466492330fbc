// PySampledSession<Base>: what the C++ cores of Python sessions of all simulators share. Hooks that the Python class or
// instance overrides are found once, when a host or a program attaches; only those are called. With default hooks no
// Python runs per step or per batch. Everything is called with the GIL held, on the host's thread.
#pragma once

#include <nanobind/nanobind.h>

#include <bitset>

#include "cnv/runtime/sampled_session.hpp"

namespace cnv::python {

namespace nb = nanobind;

enum SampledHook {
  control_specs_hook,
  action_specs_hook,
  control_order_hook,
  action_order_hook,
  display_field_id_hook,
  history_field_id_hook,
  display_unit_hook,
  history_unit_hook,
  color_map_hook,
  color_limits_hook,
  color_norm_hook,
  shows_trace_hook,
  trace_title_hook,
  trace_y_label_hook,
  trace_y_unit_hook,
  trace_view_updates_hook,
  build_scene_hook,
  apply_action_hook,
  on_action_hook,
  on_key_press_hook,
  on_entity_clicked_hook,
  should_capture_hook,
  recorded_samples_hook,
  steps_per_update_hook,
  sample_step_hook,
  emit_batch_hook,
  sampled_hook_count
};

// Base: NeuronSession or JaxleySession. Their instances are made in py_sampled_session.cpp.
template <class Base>
class PySampledSession : public Base {
 public:
  using Base::Base;

  // The Python session; it owns this object, so only a borrowed reference is kept.
  void bind(nb::handle self) { self_ = self; }

  // ---- hooks -----------------------------------------------------------------------------------------------------
  std::vector<ControlSpec> control_specs() override;
  std::vector<ActionSpec> action_specs() override;
  std::optional<std::vector<std::string>> control_order() override;
  std::optional<std::vector<std::string>> action_order() override;
  std::string display_field_id() override;
  std::string history_field_id() override;
  std::string display_unit() override;
  std::string history_unit() override;
  std::string morphology_color_map() override;
  std::optional<Limits> morphology_color_limits() override;
  std::string morphology_color_norm() override;
  bool shows_trace() override;
  std::string trace_title() override;
  std::string trace_y_label() override;
  std::string trace_y_unit() override;
  Dict trace_view_updates() override;
  Scene build_scene(GeometryPtr geometry, std::span<const float> display_values, double time_ms) override;
  bool apply_control(std::string_view control_id, const Value& value) override;
  bool apply_action(std::string_view action_id, const Dict& payload) override;
  bool on_action(std::string_view action_id, const Dict& payload, InteractionContext& context) override;
  bool on_key_press(std::string_view key, InteractionContext& context) override;
  bool on_entity_clicked(std::string_view entity_id, InteractionContext& context) override;
  bool should_capture_trace_on_click(std::string_view entity_id, InteractionContext& context) override;
  std::int64_t steps_per_update() override;
  void attach(SessionLink* link) override;

  // ---- what the Python class calls -------------------------------------------------------------------------------
  // What a hook gives when Python does not override it: the text of the hook of this name; KeyError for another name.
  std::string default_text(const std::string& hook);
  std::optional<Limits> default_color_limits() { return Base::morphology_color_limits(); }
  std::int64_t default_steps_per_update() { return Base::steps_per_update(); }
  nb::object default_scene_of(nb::handle geometry, nb::handle display_values, double time_value);
  // (entities,) float32, new memory; empty before there is a model.
  virtual nb::object read_display_values();
  // Updates from one array per step, as the default hooks make them.
  void emit_samples(nb::handle times, nb::handle samples);
  nb::object geometry_object();
  void set_geometry(nb::object geometry) { geometry_object_ = std::move(geometry); }
  // The reference that a control of the present scene names as its target, or None.
  nb::object control_target(const std::string& control_id);
  // A snapshot of a field of the present scene, or None.
  nb::object field_object(const std::string& field_id);
  virtual void set_dt_ms(double dt) { this->options.dt = dt; }
  virtual void set_v_init_mV(double v_init) { this->options.v_init = v_init; }

 protected:
  bool advance_with_hooks(std::int64_t steps) override;
  bool takes_actions() const override { return overridden(on_action_hook) || overridden(apply_action_hook); }
  bool default_sampling() const override { return !overridden(sample_step_hook) && !overridden(emit_batch_hook); }
  bool overridden(SampledHook hook) const { return overridden_[hook]; }
  bool built() const { return built_; }
  // To be called by build(), with the geometry as the scene gets it.
  void begin_build() { geometry_object_.reset(); }
  void end_build(GeometryPtr geometry) { built_ = true, shared_geometry_ = std::move(geometry); }
  nb::handle self() const { return self_; }

 private:
  void find_hooks();
  // The result of a hook as T, or what `otherwise` gives when it is not overridden.
  template <class T, class Fn>
  T ask(SampledHook hook, Fn&& otherwise);
  template <class... Arguments>
  bool ask_truth(SampledHook hook, bool otherwise, Arguments&&... arguments);
  nb::object context() { return self_.attr("_interaction_context")(); }

  nb::handle self_;
  std::bitset<sampled_hook_count> overridden_;
  bool hooks_known_ = false, built_ = false;
  GeometryPtr shared_geometry_;
  nb::object geometry_object_;
};

// The options that all simulators' sessions share, from a dict by name. Throws TypeError with the name in front.
SampledOptions sampled_options(nb::dict given);

}  // namespace cnv::python
