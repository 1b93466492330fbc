// PyNeuronSession: the C++ core of the Python class NeuronSession. Hooks that the Python class or instance overrides are
// found once, when a host or a program attaches; only those are called. With default hooks no Python runs per step or per
// batch. Everything is called with the GIL held, on the owner thread of NEURON.
#pragma once

#include <nanobind/nanobind.h>

#include <bitset>

#include "cnv/backends/neuron/neuron_session.hpp"

namespace cnv::python {

namespace nb = nanobind;

class PyNeuronSession final : public NeuronSession {
 public:
  explicit PyNeuronSession(NeuronOptions options) : NeuronSession(std::move(options)) {}

  // The Python session; it owns this object, so only a borrowed reference is kept.
  void bind(nb::handle self) { self_ = self; }

  // ---- hooks ---------------------------------------------------------------------------------------------------------
  std::vector<nrn::Section> build_sections() override;
  void setup_model(std::span<nrn::Section> sections) override;
  void prepare_recorders() override;
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
  void shutdown() override;

  // ---- what the Python class calls -------------------------------------------------------------------------------------
  // The default of the hook prepare_recorders: makes display values readable for sessions that build everything themselves.
  void prepare_display();
  // (entities,) float32, new memory.
  nb::object read_display_values();
  // Updates from one array per step, as the default hooks make them.
  void emit_samples(nb::handle times, nb::handle samples);
  void record(const std::string& name, nb::handle reference);
  void record_many(const std::vector<std::string>& names, nb::handle references);
  nb::dict recorded_values();
  const std::vector<std::string>& recorded_names() const { return names_; }
  nb::object geometry_object();
  void set_geometry(nb::object geometry) { geometry_object_ = std::move(geometry); }
  // The reference that a control of the present scene names as its target, or None.
  nb::object control_target(const std::string& control_id);
  void set_dt_ms(double dt);
  SceneStore& present_store() { return store(); }
  bool has_store() const { return link() != nullptr; }

 protected:
  Built build() override;
  bool advance_with_hooks(std::int64_t steps) override;
  bool default_sampling() const override { return !overridden_[sample_step_hook] && !overridden_[emit_batch_hook]; }
  void after_step() override;
  void after_batch(std::span<const double> times) override;
  bool owns_sections() const override { return false; }

 private:
  enum Hook {
    control_specs_hook, action_specs_hook, control_order_hook, action_order_hook, display_field_id_hook, history_field_id_hook,
    display_unit_hook, history_unit_hook, color_map_hook, color_limits_hook, color_norm_hook, trace_title_hook, trace_y_label_hook,
    trace_y_unit_hook, trace_view_updates_hook, build_scene_hook, apply_action_hook, on_action_hook, on_key_press_hook,
    on_entity_clicked_hook, should_capture_hook, recorded_samples_hook, steps_per_update_hook, sample_step_hook, emit_batch_hook,
    hook_count
  };
  void find_hooks();
  // The result of a hook as T, or what `otherwise` gives when it is not overridden.
  template <class T, class Fn>
  T ask(Hook hook, Fn&& otherwise);
  template <class... Arguments>
  bool ask_truth(Hook hook, bool otherwise, Arguments&&... arguments);
  nb::object context() { return self_.attr("_interaction_context")(); }
  void fill_recorder();

  nb::handle self_;
  std::bitset<hook_count> overridden_;
  bool hooks_known_ = false, building_ = false, built_ = false;
  GeometryPtr shared_geometry_;
  nb::object geometry_object_, references_;
  std::unique_ptr<nrn::Sampler> own_sampler_;
  std::vector<std::string> names_;
  nrn::PointerSampler recorder_;
  bool recorder_filled_ = false;
  std::vector<double> recorded_;  // (steps, names) of the present batch
};

// The sections of a Python list, in order. Throws ValueError when one stands in it twice.
std::vector<nrn::Section> take_sections(nb::handle sections);

}  // namespace cnv::python
