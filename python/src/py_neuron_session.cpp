#include "py_neuron_session.hpp"

#include <nanobind/stl/vector.h>

#include <algorithm>

#include "cnv/backends/neuron/api.hpp"
#include "cnv/backends/neuron/receiver.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "convert.hpp"
#include "errors.hpp"

namespace cnv::python {

nb::handle neuron_helper(const char* name) { return lookup("compneurovis.backends.neuron._neuron", name); }

void open_neuron() {
  neuron_helper("hoc")();
  nrn::Runtime::open();
  nrn::register_receivers();
}

std::vector<nrn::Section> take_sections(nb::handle sections) {
  open_neuron();
  neuron_helper("pass_sections")(sections);
  auto taken = nrn::take_sections();
  if (taken.size() != nb::len(sections))
    throw ValueError("of " + std::to_string(nb::len(sections)) + " sections NEURON knows " +
                     std::to_string(taken.size()));
  return taken;
}

// ---- building ----------------------------------------------------------------------------------------------------

SampledSession::Built PyNeuronSession::build() {
  open_neuron();
  if (built()) {
    names_.clear();
    references_.reset();
    recorder_filled_ = false;
  }
  begin_build();
  building_ = true;
  Built made = NeuronSession::build();
  end_build(made.geometry);
  return made;
}

std::vector<nrn::Section> PyNeuronSession::build_sections() {
  return call_user_code("build_sections", [&] {
    nb::object given = self().attr("build_sections")();
    if (!nb::isinstance<nb::sequence>(given) && !nb::hasattr(given, "__iter__"))
      throw TypeError("build_sections() returned " + nb::cast<std::string>(nb::repr(given)) +
                      ": it must return the list of sections to show");
    nb::list sections(given);
    self().attr("sections") = sections;
    return take_sections(sections);
  });
}
void PyNeuronSession::setup_model(std::span<nrn::Section>) {
  call_user_code("setup_model", [&] {
    try {
      self().attr("_runtime_handles") = self().attr("setup_model")(self().attr("sections"));
    } catch (nb::python_error& raised) {
      nb::python_error error = normalized(raised);
      neuron_helper("explain")(error.value());
      throw error;
    }
  });
}
void PyNeuronSession::prepare_recorders() {
  call_user_code("_prepare_recorders", [&] { self().attr("_prepare_recorders")(); });
}

void PyNeuronSession::prepare_display() {
  nb::object sections = self().attr("sections");
  if (building_ || built() || sections.is_none()) return;
  own_sampler_ = std::make_unique<nrn::Sampler>(nrn::build_morphology(take_sections(sections)).entity_places, "v");
}

nb::object PyNeuronSession::read_display_values() {
  if (!own_sampler_) return PySampledSession::read_display_values();
  std::vector<float> values(own_sampler_->size());
  own_sampler_->sample(values.data());
  return numpy_copy(values, {static_cast<std::int64_t>(values.size())});
}

void PyNeuronSession::set_dt_ms(double dt) {
  options.dt = dt;
  if (built()) nrn::set_dt_ms(dt);
}

// ---- recording ---------------------------------------------------------------------------------------------------

void PyNeuronSession::record(const std::string& name, nb::handle reference) {
  if (std::find(names_.begin(), names_.end(), name) != names_.end())
    throw ValueError("this session already records '" + name + "'");
  if (!references_.is_valid()) references_ = nb::list();
  names_.push_back(name);
  references_.attr("append")(reference);
  recorder_filled_ = false;
}

void PyNeuronSession::record_many(const std::vector<std::string>& names, nb::handle references) {
  if (names.size() != nb::len(references))
    throw ValueError("names and refs must have the same length, not " + std::to_string(names.size()) + " and " +
                     std::to_string(nb::len(references)));
  for (const auto& name : names) {
    if (std::count(names.begin(), names.end(), name) > 1)
      throw ValueError("recorded names must be unique: '" + name + "' repeats");
    if (std::find(names_.begin(), names_.end(), name) != names_.end())
      throw ValueError("this session already records '" + name + "'");
  }
  std::size_t i = 0;
  for (nb::handle reference : references) record(names[i++], reference);
}

void PyNeuronSession::fill_recorder() {
  if (recorder_filled_) return;
  open_neuron();
  neuron_helper("pass_references")(references_);
  recorder_ = nrn::PointerSampler::adopt(nrn::take_object());
  recorder_filled_ = true;
}

nb::dict PyNeuronSession::recorded_values() {
  nb::dict values;
  if (names_.empty()) return values;
  fill_recorder();
  std::vector<double> present(names_.size());
  sample_recorded(present.data());
  for (std::size_t i = 0; i < present.size(); ++i) values[names_[i].c_str()] = present[i];
  return values;
}

void PyNeuronSession::after_step() {
  if (names_.empty() || !overridden(recorded_samples_hook)) return;
  fill_recorder();
  recorded_.resize(recorded_.size() + names_.size());
  sample_recorded(recorded_.data() + recorded_.size() - names_.size());
}

void PyNeuronSession::sample_recorded(double* out) {
  try {
    recorder_.sample(out);
  } catch (const nrn::NeuronError& error) {
    std::string names;
    for (const auto& name : names_) names += (names.empty() ? "" : ", ") + name;
    throw ValueError("a recorded variable is gone (recorded here: " + names +
                     "): its section was deleted or divided anew (nseg), or its mechanism removed. Record it again "
                     "after such a change. NEURON says: " +
                     error.what());
  }
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
    self().attr("on_recorded_samples")(numpy_copy_f32(times), values);
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
