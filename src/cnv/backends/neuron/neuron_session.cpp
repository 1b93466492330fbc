#include "cnv/backends/neuron/neuron_session.hpp"

#include <algorithm>

#include "cnv/backends/neuron/display_variables.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "cnv/base/exceptions.hpp"

namespace cnv {
namespace {

SampledOptions sampled(const NeuronOptions& o) {
  return {.dt = o.dt,
          .v_init = o.v_init,
          .max_samples = o.max_samples,
          .display_dt = o.display_dt,
          .history_capture_mode = o.history_capture_mode,
          .title = o.title};
}

}  // namespace

MorphologyGeometry morphology_geometry(const nrn::Morphology& m) { return shape::morphology_geometry(m, m.pieces); }

NeuronSession::NeuronSession(NeuronOptions options)
    : SampledSession(sampled(options)), detail_(options.detail), variable_(options.variable) {}
NeuronSession::~NeuronSession() = default;

SampledSession::Built NeuronSession::build() {
  sections_ = in_hook("build_sections", [&] { return build_sections(); });
  if (sections_.empty())
    throw ValueError(
        "build_sections() returned no sections: there is nothing to simulate or to show. Return the list of sections, "
        "in display order.");
  link()->progress("Set up model",
                   std::to_string(sections_.size()) + (sections_.size() == 1 ? " section" : " sections"));
  in_hook("setup_model", [&] { setup_model(sections_); });
  link()->progress("Geometry", "");
  morphology_ = nrn::build_morphology(sections_, detail_);
  entity_sampler_ = std::make_unique<nrn::Sampler>(morphology_.entity_places, variable_);
  const bool finer = detail_ == nrn::Detail::points;
  if (finer) compartment_sampler_ = std::make_unique<nrn::Sampler>(morphology_.compartment_places, variable_);
  in_hook("prepare_recorders", [&] { prepare_recorders(); });
  auto geometry = std::make_shared<const AnyGeometry>(morphology_geometry(morphology_));
  return {std::move(geometry), finer ? static_cast<std::int64_t>(morphology_.compartment_count()) : 0};
}

void NeuronSession::initialize_state() {
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

void NeuronSession::require_new_name(const std::string& name) const {
  if (std::find(recorded_names_.begin(), recorded_names_.end(), name) != recorded_names_.end())
    throw ValueError("this session already records '" + name + "'");
}

void NeuronSession::record(const std::string& name, const nrn::Segment& place, const std::string& variable) {
  require_new_name(name);
  recorder_.add(place, variable);
  recorded_names_.push_back(name);
}

void NeuronSession::record(const std::string& name, const nrn::PointProcess& process, const std::string& property) {
  require_new_name(name);
  recorder_.add(process, property);
  recorded_names_.push_back(name);
}

OrderedMap<double> NeuronSession::recorded_values() {
  OrderedMap<double> out;
  if (recorded_names_.empty()) return out;
  std::vector<double> values(recorded_names_.size());
  recorder_.sample(values.data());
  for (std::size_t i = 0; i < values.size(); ++i) out.set(recorded_names_[i], values[i]);
  return out;
}

void NeuronSession::after_step() {
  if (recorded_names_.empty()) return;
  recorded_.resize(recorded_.size() + recorded_names_.size());
  recorder_.sample(recorded_.data() + recorded_.size() - recorded_names_.size());
}

void NeuronSession::after_batch(std::span<const double> times) {
  if (recorded_names_.empty() || recorded_.empty()) return;
  const std::vector<float> t(times.begin(), times.end());
  OrderedMap<std::vector<float>> values;
  for (std::size_t k = 0; k < recorded_names_.size(); ++k) {
    auto& column = values[recorded_names_[k]];
    for (std::size_t i = k; i < recorded_.size(); i += recorded_names_.size())
      column.push_back(static_cast<float>(recorded_[i]));
  }
  recorded_.clear();
  on_recorded_samples(t, values);
}

void NeuronSession::shutdown() {
  entity_sampler_.reset();
  compartment_sampler_.reset();
  some_sampler_.reset();
  recorder_ = {};
  recorded_names_.clear();
  morphology_ = {};
  std::vector<nrn::Section> alive;
  if (owns_sections())
    for (const auto& section : sections_)
      if (section.valid()) alive.push_back(section);
  sections_.clear();
  if (!alive.empty()) nrn::delete_sections(alive);
}

}  // namespace cnv
