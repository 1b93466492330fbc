#include "py_neuron_session.hpp"

#include <nanobind/stl/vector.h>

#include <algorithm>

#include "cnv/backends/neuron/api.hpp"
#include "cnv/backends/neuron/receiver.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "link.hpp"
#include "py_session.hpp"

namespace cnv::python {
namespace {

constexpr const char* hook_names[] = {
    "control_specs", "action_specs", "control_order", "action_order", "display_field_id", "history_field_id",
    "display_unit", "history_unit", "morphology_color_map", "morphology_color_limits", "morphology_color_norm", "trace_title", "trace_y_label",
    "trace_y_unit", "trace_view_updates", "build_scene", "apply_action", "on_action", "on_key_press",
    "on_entity_clicked", "should_capture_trace_on_click", "on_recorded_samples", "steps_per_update", "_sample_step", "_emit_batch"};

nb::handle helper(const char* name) { return lookup("compneurovis.backends.neuron._neuron", name); }

// NEURON as the Python program loads it, and the functions that take its objects.
void open_neuron() {
  helper("hoc")();
  nrn::Runtime::open();
  nrn::register_receivers();
}

// Specs from a dict or any iterable.
template <class T>
std::vector<T> specs_of(nb::handle result) {
  if (result.is_none()) return {};
  const bool is_dict = nb::hasattr(result, "values");
  return from_python<std::vector<T>>(nb::list(is_dict ? nb::object(result.attr("values")()) : nb::borrow(result)));
}

}  // namespace

std::vector<nrn::Section> take_sections(nb::handle sections) {
  open_neuron();
  helper("pass_sections")(sections);
  auto taken = nrn::take_sections();
  if (taken.size() != nb::len(sections)) throw ValueError("of " + std::to_string(nb::len(sections)) + " sections NEURON knows " + std::to_string(taken.size()));
  return taken;
}

void PyNeuronSession::find_hooks() {
  const auto found = find_overrides(self_, hook_names);
  for (std::size_t i = 0; i < found.size(); ++i) overridden_[i] = found[i];
  hooks_known_ = true;
}

template <class T, class Fn>
T PyNeuronSession::ask(Hook hook, Fn&& otherwise) {
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

template <class... Arguments>
bool PyNeuronSession::ask_truth(Hook hook, bool otherwise, Arguments&&... arguments) {
  if (!overridden_[hook]) return otherwise;
  return call_user_code(hook_names[hook], [&] { return PyObject_IsTrue(self_.attr(hook_names[hook])(arguments()...).ptr()) == 1; });
}

void PyNeuronSession::attach(SessionLink* link) {
  NeuronSession::attach(link);
  if (!link) return;
  find_hooks();
  // Driven by hand: emitted updates go to the session's own store too.
  if (nb::object present = self_.attr("_cnv_link"); present.is_none()) {
    Link own;
    own.attach(link, this);
    self_.attr("_cnv_link") = nb::cast(own);
  }
}

// ---- building ---------------------------------------------------------------------------------------------------------------

SampledSession::Built PyNeuronSession::build() {
  open_neuron();
  if (built_) {
    names_.clear();
    references_.reset();
    recorder_filled_ = false;
  }
  geometry_object_.reset();
  building_ = true;
  Built built = NeuronSession::build();
  built_ = true;
  shared_geometry_ = built.geometry;
  return built;
}

std::vector<nrn::Section> PyNeuronSession::build_sections() {
  return call_user_code("build_sections", [&] {
    nb::list sections(self_.attr("build_sections")());
    self_.attr("sections") = sections;
    return take_sections(sections);
  });
}
void PyNeuronSession::setup_model(std::span<nrn::Section>) {
  call_user_code("setup_model", [&] { self_.attr("_runtime_handles") = self_.attr("setup_model")(self_.attr("sections")); });
}
void PyNeuronSession::prepare_recorders() {
  call_user_code("_prepare_recorders", [&] { self_.attr("_prepare_recorders")(); });
}

void PyNeuronSession::prepare_display() {
  nb::object sections = self_.attr("sections");
  if (building_ || built_ || sections.is_none()) return;
  own_sampler_ = std::make_unique<nrn::Sampler>(nrn::build_morphology(take_sections(sections)).entity_places, "v");
}

nb::object PyNeuronSession::read_display_values() {
  std::vector<float> values(own_sampler_ ? own_sampler_->size() : static_cast<std::size_t>(entity_count()));
  if (own_sampler_) own_sampler_->sample(values.data());
  else if (built_) sample_entities(values.data());
  return numpy_copy(values, {static_cast<std::int64_t>(values.size())});
}

nb::object PyNeuronSession::geometry_object() {
  if (geometry_object_.is_valid()) return geometry_object_;
  if (!shared_geometry_) return nb::none();
  return geometry_object_ = to_python(shared_geometry_);
}

// ---- description hooks ------------------------------------------------------------------------------------------------------

std::vector<ControlSpec> PyNeuronSession::control_specs() {
  if (!overridden_[control_specs_hook]) return {};
  return call_user_code("control_specs", [&] { return specs_of<ControlSpec>(self_.attr("control_specs")()); });
}
std::vector<ActionSpec> PyNeuronSession::action_specs() {
  if (!overridden_[action_specs_hook]) return {};
  return call_user_code("action_specs", [&] { return specs_of<ActionSpec>(self_.attr("action_specs")()); });
}
std::optional<std::vector<std::string>> PyNeuronSession::control_order() { return ask<std::optional<std::vector<std::string>>>(control_order_hook, [&] { return NeuronSession::control_order(); }); }
std::optional<std::vector<std::string>> PyNeuronSession::action_order() { return ask<std::optional<std::vector<std::string>>>(action_order_hook, [&] { return NeuronSession::action_order(); }); }
std::string PyNeuronSession::display_field_id() { return ask<std::string>(display_field_id_hook, [&] { return NeuronSession::display_field_id(); }); }
std::string PyNeuronSession::history_field_id() { return ask<std::string>(history_field_id_hook, [&] { return NeuronSession::history_field_id(); }); }
std::string PyNeuronSession::display_unit() { return ask<std::optional<std::string>>(display_unit_hook, [&] { return NeuronSession::display_unit(); }).value_or(""); }
std::string PyNeuronSession::history_unit() { return ask<std::optional<std::string>>(history_unit_hook, [&] { return NeuronSession::history_unit(); }).value_or(""); }
std::string PyNeuronSession::morphology_color_map() { return ask<std::string>(color_map_hook, [&] { return NeuronSession::morphology_color_map(); }); }
std::optional<Limits> PyNeuronSession::morphology_color_limits() { return ask<std::optional<Limits>>(color_limits_hook, [&] { return NeuronSession::morphology_color_limits(); }); }
std::string PyNeuronSession::morphology_color_norm() { return ask<std::string>(color_norm_hook, [&] { return NeuronSession::morphology_color_norm(); }); }
std::string PyNeuronSession::trace_title() { return ask<std::string>(trace_title_hook, [&] { return NeuronSession::trace_title(); }); }
std::string PyNeuronSession::trace_y_label() { return ask<std::string>(trace_y_label_hook, [&] { return NeuronSession::trace_y_label(); }); }
std::string PyNeuronSession::trace_y_unit() { return ask<std::optional<std::string>>(trace_y_unit_hook, [&] { return NeuronSession::trace_y_unit(); }).value_or(""); }
Dict PyNeuronSession::trace_view_updates() { return ask<Dict>(trace_view_updates_hook, [&] { return NeuronSession::trace_view_updates(); }); }
std::int64_t PyNeuronSession::steps_per_update() { return ask<std::int64_t>(steps_per_update_hook, [&] { return NeuronSession::steps_per_update(); }); }

Scene PyNeuronSession::build_scene(GeometryPtr geometry, std::span<const float> display, double time_ms) {
  if (!overridden_[build_scene_hook]) return NeuronSession::build_scene(std::move(geometry), display, time_ms);
  return call_user_code("build_scene", [&] {
    nb::object values = numpy_copy(display, {static_cast<std::int64_t>(display.size())});
    return from_python<Scene>(self_.attr("build_scene")(nb::arg("geometry") = geometry_object(), nb::arg("display_values") = values, nb::arg("time_value") = time_ms));
  });
}

// ---- reactions --------------------------------------------------------------------------------------------------------------

bool PyNeuronSession::apply_control(std::string_view control_id, const Value& value) {
  return call_user_code("apply_control", [&] { return self_.attr("apply_control")(control_id, to_python(value)).ptr() != Py_False; });
}
bool PyNeuronSession::apply_action(std::string_view action_id, const Dict& payload) {
  return ask_truth(apply_action_hook, false, [&] { return action_id; }, [&] { return to_python(payload); });
}
bool PyNeuronSession::on_action(std::string_view action_id, const Dict& payload, InteractionContext&) {
  return ask_truth(on_action_hook, false, [&] { return action_id; }, [&] { return to_python(payload); }, [&] { return context(); });
}
bool PyNeuronSession::on_key_press(std::string_view key, InteractionContext&) {
  return ask_truth(on_key_press_hook, false, [&] { return key; }, [&] { return context(); });
}
bool PyNeuronSession::on_entity_clicked(std::string_view entity_id, InteractionContext&) {
  return ask_truth(on_entity_clicked_hook, false, [&] { return entity_id; }, [&] { return context(); });
}
bool PyNeuronSession::should_capture_trace_on_click(std::string_view entity_id, InteractionContext&) {
  return ask_truth(should_capture_hook, true, [&] { return entity_id; }, [&] { return context(); });
}

nb::object PyNeuronSession::control_target(const std::string& control_id) {
  const auto* control = link() ? store().scene().controls.find(control_id) : nullptr;
  return control ? to_python(control->target) : nb::none();
}

void PyNeuronSession::set_dt_ms(double dt) {
  options.dt = dt;
  if (built_) nrn::set_dt_ms(dt);
}

// ---- stepping ---------------------------------------------------------------------------------------------------------------

bool PyNeuronSession::advance_with_hooks(std::int64_t count) {
  if (!hooks_known_) find_hooks();
  if (default_sampling()) return false;
  std::vector<double> times;
  nb::list samples;
  for (std::int64_t i = 0; i < count; ++i) {
    times.push_back(take_step());
    if (overridden_[sample_step_hook]) call_user_code("_sample_step", [&] { samples.append(self_.attr("_sample_step")()); });
    else samples.append(read_display_values());
    after_step();
  }
  nb::object times_array = numpy_copy(std::span<const double>(times), {count});
  call_user_code("_emit_batch", [&] { self_.attr("_emit_batch")(times_array, samples); });
  after_batch(times);
  return true;
}

void PyNeuronSession::emit_samples(nb::handle times, nb::handle samples) {
  const Array t = array_from_python(times).astype(DType::f64);
  std::vector<float> values;
  for (nb::handle sample : samples) {
    const Array row = array_from_python(sample);
    if (row.is_string() || row.size() != entity_count())
      throw ValueError("_sample_step() gives something other than one value per entity: override _emit_batch() too");
    const Array floats = row.astype(DType::f32);
    values.insert(values.end(), floats.as<float>().begin(), floats.as<float>().end());
  }
  emit_default_batch(t.as<double>(), values);
}

void PyNeuronSession::record(const std::string& name, nb::handle reference) {
  if (std::find(names_.begin(), names_.end(), name) != names_.end()) throw ValueError("this session already records '" + name + "'");
  if (!references_.is_valid()) references_ = nb::list();
  names_.push_back(name);
  references_.attr("append")(reference);
  recorder_filled_ = false;
}

void PyNeuronSession::record_many(const std::vector<std::string>& names, nb::handle references) {
  if (names.size() != nb::len(references)) throw ValueError("names and refs must have the same length, not " + std::to_string(names.size()) + " and " + std::to_string(nb::len(references)));
  for (const auto& name : names) {
    if (std::count(names.begin(), names.end(), name) > 1) throw ValueError("recorded names must be unique: '" + name + "' repeats");
    if (std::find(names_.begin(), names_.end(), name) != names_.end()) throw ValueError("this session already records '" + name + "'");
  }
  std::size_t i = 0;
  for (nb::handle reference : references) record(names[i++], reference);
}

void PyNeuronSession::fill_recorder() {
  if (recorder_filled_) return;
  open_neuron();
  helper("pass_references")(references_);
  recorder_ = nrn::PointerSampler::adopt(nrn::take_object());
  recorder_filled_ = true;
}

nb::dict PyNeuronSession::recorded_values() {
  nb::dict values;
  if (names_.empty()) return values;
  fill_recorder();
  std::vector<double> present(names_.size());
  recorder_.sample(present.data());
  for (std::size_t i = 0; i < present.size(); ++i) values[names_[i].c_str()] = present[i];
  return values;
}

void PyNeuronSession::after_step() {
  if (names_.empty() || !overridden_[recorded_samples_hook]) return;
  fill_recorder();
  recorded_.resize(recorded_.size() + names_.size());
  recorder_.sample(recorded_.data() + recorded_.size() - names_.size());
}

void PyNeuronSession::after_batch(std::span<const double> times) {
  if (recorded_.empty() || names_.empty()) return;
  const std::vector<double> samples = std::exchange(recorded_, {});
  call_user_code("on_recorded_samples", [&] {
    nb::dict values;
    std::vector<double> column(samples.size() / names_.size());
    for (std::size_t k = 0; k < names_.size(); ++k) {
      for (std::size_t i = 0; i < column.size(); ++i) column[i] = samples[i * names_.size() + k];
      values[names_[k].c_str()] = numpy_copy_f32(column);
    }
    self_.attr("on_recorded_samples")(numpy_copy_f32(times), values);
  });
}

void PyNeuronSession::shutdown() {
  NeuronSession::shutdown();
  own_sampler_.reset();
  recorder_ = {};
  recorder_filled_ = false;
  references_.reset();
  names_.clear();
}

}  // namespace cnv::python
