#include "cnv/backends/neuron/neuron_session.hpp"

#include <algorithm>
#include <utility>

#include "cnv/backends/neuron/display_variables.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

SampledOptions sampled(const NeuronOptions& o) {
  const SampledOptions ours;
  return {.dt = o.dt.value_or(ours.dt),
          .v_init = o.v_init.value_or(ours.v_init),
          .max_samples = o.max_samples,
          .display_dt = o.display_dt,
          .history_capture_mode = o.history_capture_mode,
          .title = o.title};
}

}  // namespace

MorphologyGeometry morphology_geometry(const nrn::Morphology& m) { return shape::morphology_geometry(m, m.pieces); }

NeuronSession::NeuronSession(NeuronOptions options)
    : SampledSession(sampled(options)),
      dt_from_(options.dt ? Origin::given : Origin::ours),
      v_init_from_(options.v_init ? Origin::given : Origin::ours),
      detail_(options.detail),
      variable_(options.variable) {}
NeuronSession::~NeuronSession() = default;

SampledSession::Built NeuronSession::build() {
  sections_ = in_hook("build_sections", [&] { return build_sections(); });
  if (sections_.empty())
    throw ValueError(
        "build_sections() returned no sections: there is nothing to simulate or to show. Return the list of sections, "
        "in display order.");
  link()->progress("Set up model", plain_text(sections_.size()) + (sections_.size() == 1 ? " section" : " sections"));
  in_hook("setup_model", [&] { setup_model(sections_); });
  link()->progress("Geometry", "");
  morphology_ = nrn::build_morphology(sections_, detail_);
  entity_sampler_ = std::make_unique<nrn::Sampler>(morphology_.entity_places, variable_);
  const bool finer = detail_ == nrn::Detail::points;
  if (finer) compartment_sampler_ = std::make_unique<nrn::Sampler>(morphology_.compartment_places, variable_);
  in_hook("prepare_recorders", [&] { prepare_recorders(); });
  take_neurons_own();
  auto geometry = std::make_shared<const AnyGeometry>(morphology_geometry(morphology_));
  return {std::move(geometry), finer ? static_cast<std::int64_t>(morphology_.compartment_count()) : 0};
}

// What a program sets for NEURON is meant for this run too; what it never touched stays our own.
void NeuronSession::take_neurons_own() {
  const SampledOptions ours;
  const auto take = [](Origin& from, double& value, double our_value, std::optional<double> neurons, double untouched) {
    if (from == Origin::ours && value != our_value) from = Origin::given;
    if (from == Origin::given || !neurons || *neurons == untouched) return;
    from = Origin::neuron;
    value = *neurons;
  };
  take(dt_from_, options.dt, ours.dt, nrn::dt_ms(), nrn::default_dt_ms);
  take(v_init_from_, options.v_init, ours.v_init, nrn::v_init_mV(), nrn::default_v_init_mV);
}

std::string NeuronSession::settings() const {
  const auto from = [](Origin origin, const char* in_neuron) {
    return origin == Origin::neuron ? std::string(in_neuron)
                                    : std::string(origin == Origin::given ? "given to the session" : "default");
  };
  return "dt = " + general_text(options.dt, 6) + " ms (" + from(dt_from_, "from h.dt") +
         "), v_init = " + general_text(options.v_init, 6) + " mV (" + from(v_init_from_, "from h.v_init") + ")";
}

void NeuronSession::initialize_state() {
  if (!std::exchange(settings_said_, true)) {
    link()->progress("Initialise", settings());
    if (dt_from_ == Origin::neuron || v_init_from_ == Origin::neuron) emit(Status{settings(), 10000});
  }
  nrn::set_dt_ms(options.dt);
  nrn::finitialize(options.v_init);
}

void NeuronSession::step() { nrn::fadvance(); }
double NeuronSession::time_ms() { return nrn::time_ms(); }
void NeuronSession::sample_entities(float* out) { entity_sampler_->sample(out); }

void NeuronSession::sample_some(std::span<const std::int64_t> entities, float* out) {
  if (!some_sampler_ || !std::equal(entities.begin(), entities.end(), some_.begin(), some_.end())) {
    some_.assign(entities.begin(), entities.end());
    std::vector<nrn::Segment> places;
    for (const auto entity : some_) places.push_back(morphology_.entity_places[static_cast<std::size_t>(entity)]);
    some_sampler_ = std::make_unique<nrn::Sampler>(std::move(places), variable_);
  }
  some_sampler_->sample(out);
}

void NeuronSession::sample_compartments(float* out) { compartment_sampler_->sample(out); }

std::optional<Limits> NeuronSession::morphology_color_limits() {
  return variable_ == "v" ? SampledSession::morphology_color_limits() : nrn::display_variable(variable_).limits;
}

std::string NeuronSession::display_unit() {
  return variable_ == "v" ? SampledSession::display_unit() : nrn::display_variable(variable_).unit;
}

std::vector<DisplayVariable> NeuronSession::display_variables() { return nrn::display_variables(sections_); }

VariableReader NeuronSession::variable_reader(const std::string& variable, bool compartments) {
  const auto& places = compartments ? morphology_.compartment_places : morphology_.entity_places;
  auto sampler = std::make_shared<nrn::Sampler>(places, variable);
  return [sampler](float* out) { sampler->sample(out); };
}

bool NeuronSession::apply_control(std::string_view control_id, const Value& value) {
  const bool accepted = SampledSession::apply_control(control_id, value);
  if (accepted && control_id == "dt") nrn::set_dt_ms(options.dt);
  return accepted;
}

// ---- recording ---------------------------------------------------------------------------------------------------

void NeuronSession::record(const std::string& name, const nrn::Segment& place, const std::string& variable) {
  recorder_.require_new(name);
  recorded_places_.add(place, variable);
  recorder_.add(name);
}

void NeuronSession::record(const std::string& name, const nrn::PointProcess& process, const std::string& property) {
  recorder_.require_new(name);
  recorded_places_.add(process, property);
  recorder_.add(name);
}

void NeuronSession::forget_recorded() {
  recorder_.clear();
  recorded_places_ = {};
}

void NeuronSession::sample_recorded_step() {
  recorded_.resize(recorder_.names().size());
  sample_recorded(recorded_.data());
}

OrderedMap<double> NeuronSession::recorded_values() {
  OrderedMap<double> out;
  if (recorder_.names().empty()) return out;
  sample_recorded_step();
  for (std::size_t i = 0; i < recorded_.size(); ++i) out.set(recorder_.names()[i], recorded_[i]);
  return out;
}

void NeuronSession::after_step() {
  if (recorder_.names().empty() || !wants_recorded_samples()) return;
  sample_recorded_step();
  recorder_.take_step(recorded_);
}

void NeuronSession::after_batch(std::span<const double> times) {
  if (!recorder_.has_samples()) return;
  const std::vector<float> t(times.begin(), times.end());
  on_recorded_samples(t, recorder_.take_batch(times.size()));
}

void NeuronSession::shutdown() {
  entity_sampler_.reset();
  compartment_sampler_.reset();
  some_sampler_.reset();
  forget_recorded();
  morphology_ = {};
  std::vector<nrn::Section> alive;
  if (owns_sections())
    for (const auto& section : sections_)
      if (section.valid()) alive.push_back(section);
  sections_.clear();
  if (!alive.empty()) nrn::delete_sections(alive);
}

}  // namespace cnv
