#include "py_neuron_session.hpp"

#include <nanobind/stl/vector.h>

#include <algorithm>
#include <limits>

#include "cnv/backends/neuron/api.hpp"
#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/backends/neuron/receiver.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "cnv/base/numbers.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "py_session.hpp"

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
    throw ValueError("of " + plain_text(nb::len(sections)) + " sections NEURON knows " + plain_text(taken.size()));
  return taken;
}

// ---- building ----------------------------------------------------------------------------------------------------

SampledSession::Built PyNeuronSession::build() {
  open_neuron();
  if (built()) forget_recorded();
  begin_build();
  building_ = true;
  Built made = NeuronSession::build();
  end_build(made.geometry);
  return made;
}

std::vector<nrn::Section> PyNeuronSession::build_sections() {
  return call_user_code("build_sections", [&] {
    nb::object given = self().attr("build_sections")();
    if (nb::hasattr(given, "pt3dadd"))
      throw TypeError("build_sections() returned one section, " + nb::cast<std::string>(nb::str(given)) +
                      ", instead of a list: return [" + nb::cast<std::string>(nb::str(given)) + "]");
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
      if (link()) report_remarks(*link(), neuron_helper("lost")(self()));
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
  dt_is_given();
  if (built()) nrn::set_dt_ms(dt);
}

void PyNeuronSession::set_v_init_mV(double v_init) {
  options.v_init = v_init;
  v_init_is_given();
}

nb::object PyNeuronSession::default_scene_of(nb::handle geometry, nb::handle display_values, double time_value) {
  open_neuron();
  return PySampledSession::default_scene_of(geometry, display_values, time_value);
}

// ---- recording ---------------------------------------------------------------------------------------------------

bool PyNeuronSession::is_gone(std::size_t index) const {
  return !nb::cast<bool>(neuron_helper("is_alive")(references_[index]));
}

// Made at once: NEURON fills those that exist when it initialises.
nrn::ObjectRef PyNeuronSession::record_of(nb::handle reference) {
  open_neuron();
  neuron_helper("pass_record")(reference);
  return nrn::take_object();
}

void PyNeuronSession::record(const std::string& name, nb::handle reference) {
  if (const auto index = recorder().find(name); index && is_gone(*index)) {
    references_[*index] = nb::borrow(reference);
    records_[*index] = record_of(reference);
    gone_[*index] = false;
  } else {
    recorder().add(name);
    references_.append(reference);
    records_.push_back(record_of(reference));
    gone_.push_back(false);
  }
  pointers_filled_ = false;
}

void PyNeuronSession::record_many(const std::vector<std::string>& names, nb::handle references) {
  if (names.size() != nb::len(references))
    throw ValueError("names and refs must have the same length, not " + plain_text(names.size()) + " and " +
                     plain_text(nb::len(references)));
  for (const auto& name : names) {
    if (std::count(names.begin(), names.end(), name) > 1)
      throw ValueError("recorded names must be unique: '" + name + "' repeats");
    if (const auto index = recorder().find(name); !index || !is_gone(*index)) recorder().require_new(name);
  }
  std::size_t i = 0;
  for (nb::handle reference : references) record(names[i++], reference);
}

void PyNeuronSession::plot(const std::string& title, const std::vector<std::string>& labels, nb::handle references,
                           const std::string& unit, const std::string& y_label, double window_ms) {
  record_many(
      plot_recorded({.title = title, .labels = labels, .unit = unit, .y_label = y_label, .window_ms = window_ms}),
      references);
}

void PyNeuronSession::forget_recorded() {
  NeuronSession::forget_recorded();
  references_ = nb::list();
  gone_.clear();
  records_.clear();
  pointers_ = {};
  pointers_filled_ = false;
}

void PyNeuronSession::fill_pointers() {
  open_neuron();
  nb::list live;
  std::vector<nrn::ObjectRef> records;
  for (std::size_t i = 0; i < gone_.size(); ++i) {
    if (gone_[i]) continue;
    live.append(references_[i]);
    records.push_back(records_[i]);
  }
  neuron_helper("pass_references")(live);
  nrn::ObjectRef pointers = nrn::take_object();
  pointers_ = nrn::PointerSampler::adopt(std::move(pointers), std::move(records));
  pointers_filled_ = true;
}

std::vector<std::string> PyNeuronSession::mark_gone() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < gone_.size(); ++i) {
    if (gone_[i] || !is_gone(i)) continue;
    gone_[i] = true;
    names.push_back("'" + recorded_names()[i] + "'");
  }
  return names;
}

void PyNeuronSession::sample_recorded(double* out, nrn::Moment moment) {
  std::vector<std::string> names;
  if (!pointers_filled_) names = mark_gone();
  std::string reason;
  if (names.empty()) {
    if (!pointers_filled_) fill_pointers();
    try {
      std::vector<double> live(pointers_.size());
      if (!live.empty()) pointers_.sample(live.data(), moment);
      std::size_t next = 0;
      for (std::size_t i = 0; i < gone_.size(); ++i)
        out[i] = gone_[i] ? std::numeric_limits<double>::quiet_NaN() : live[next++];
      return;
    } catch (const nrn::NeuronError& error) {
      reason = error.what();
      names = mark_gone();
      if (names.empty()) throw;
    }
  }
  pointers_filled_ = false;
  throw ValueError("the recorded variable " + nrn::listed(names) +
                   " is gone: its section was deleted or divided anew (nseg), or its mechanism or point process "
                   "removed. Its values are NaN from here on; record() takes the same name again, for what is there "
                   "now." +
                   (reason.empty() ? "" : " NEURON says: " + reason));
}

void PyNeuronSession::on_recorded_samples(std::span<const float> times, const OrderedMap<std::vector<float>>& values) {
  call_user_code("on_recorded_samples", [&] {
    const auto steps = static_cast<std::int64_t>(times.size());
    nb::dict given;
    for (const auto& [name, column] : values) given[name.c_str()] = numpy_copy(column, {steps});
    self().attr("on_recorded_samples")(numpy_copy(times, {steps}), given);
  });
}

std::vector<std::string> PyNeuronSession::unset_pointers() {
  auto unset = NeuronSession::unset_pointers();
  for (const auto& name : nb::cast<std::vector<std::string>>(neuron_helper("unset_pointers")())) unset.push_back(name);
  return unset;
}

void PyNeuronSession::shutdown() {
  NeuronSession::shutdown();
  own_sampler_.reset();
}

}  // namespace cnv::python
