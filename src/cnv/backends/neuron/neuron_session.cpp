#include "cnv/backends/neuron/neuron_session.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "cnv/backends/neuron/display_variables.hpp"
#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/backends/neuron/missing_value.hpp"
#include "cnv/backends/neuron/simulation.hpp"
#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

constexpr const char* nothing_to_show =
    "build_sections() returned no sections: there is nothing to simulate or to show. Return the list of sections, in "
    "display order.";

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
  if (sections_.empty() && !nrn::all_sections().empty()) throw ValueError(nothing_to_show);
  link()->progress("Set up model", plain_text(sections_.size()) + (sections_.size() == 1 ? " section" : " sections"));
  in_hook("setup_model", [&] { setup_model(sections_); });
  known_sections_ = nrn::all_sections();
  // A network of artificial cells has no section, and yet events.
  if (sections_.empty() && !nrn::has_artificial_cells()) throw ValueError(nothing_to_show);
  link()->progress("Geometry", "");
  require_variable();
  morphology_ = sections_.empty() ? nrn::Morphology() : nrn::build_morphology(sections_, detail_);
  entity_sampler_ = std::make_unique<nrn::Sampler>(morphology_.entity_places, variable_);
  const bool finer = detail_ == nrn::Detail::points;
  if (finer) compartment_sampler_ = std::make_unique<nrn::Sampler>(morphology_.compartment_places, variable_);
  in_hook("prepare_recorders", [&] { prepare_recorders(); });
  take_neurons_own();
  structure_.mark();
  nseg_.clear();
  for (const auto& section : sections_) nseg_.push_back(section.nseg());
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

// The message names what the sections have, of which a person chooses.
void NeuronSession::require_variable() const {
  if (sections_.empty() || nrn::RangeVariable::exists(variable_)) return;
  std::vector<std::string> offered;
  for (const auto& each : nrn::display_variables(sections_)) offered.push_back(each.name);
  try {
    const nrn::RangeVariable unknown(variable_);
  } catch (const nrn::NeuronError& error) {
    throw nrn::NeuronError(std::string(error.what()) + ". These sections have: " + nrn::listed(offered));
  }
}

void NeuronSession::initialize_state() {
  if (!std::exchange(settings_said_, true)) {
    link()->progress("Initialise", settings());
    if (dt_from_ == Origin::neuron || v_init_from_ == Origin::neuron) emit(Status{settings(), 10000});
    // A mechanism that uses one ends the process in the next call: this is the last that is seen of it.
    if (const auto unset = unset_pointers(); !unset.empty())
      link()->report({Severity::warning, "unset pointers",
                      "a POINTER is not set (" + nrn::listed(unset) +
                          "): a mechanism that reads it ends the program. Set it with h.setpointer in setup_model()."});
  }
  nrn::set_dt_ms(options.dt);
  nrn::finitialize(options.v_init);
}

void NeuronSession::step() { nrn::fadvance(); }
double NeuronSession::time_ms() { return nrn::time_ms(); }
void NeuronSession::sample_entities(float* out) { entity_sampler_->sample(out); }

std::vector<nrn::Segment> NeuronSession::places_of(std::span<const std::int64_t> entities) const {
  std::vector<nrn::Segment> places;
  for (const auto entity : entities) places.push_back(morphology_.entity_places[static_cast<std::size_t>(entity)]);
  return places;
}

void NeuronSession::sample_some(std::span<const std::int64_t> entities, float* out) {
  if (!some_sampler_ || !std::equal(entities.begin(), entities.end(), some_.begin(), some_.end())) {
    some_.assign(entities.begin(), entities.end());
    some_sampler_ = std::make_unique<nrn::Sampler>(places_of(entities), variable_);
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

std::vector<DisplayVariable> NeuronSession::display_variables() {
  auto variables = nrn::display_variables(sections_);
  nrn::tell_places(variables, morphology_.entity_places);
  return variables;
}

VariableReader NeuronSession::variable_reader(const std::string& variable, bool compartments) {
  const auto& places = compartments ? morphology_.compartment_places : morphology_.entity_places;
  auto sampler = std::make_shared<nrn::Sampler>(places, variable);
  return [sampler](float* out) { sampler->sample(out); };
}

VariableReader NeuronSession::variable_reader_at(const std::string& variable, std::span<const std::int64_t> entities) {
  auto sampler = std::make_shared<nrn::Sampler>(places_of(entities), variable);
  return [sampler](float* out) { sampler->sample(out); };
}

std::vector<std::string> NeuronSession::unset_pointers() { return nrn::unset_pointers(sections_); }

std::string NeuronSession::cause_of_missing(std::int64_t entity) {
  std::string cause =
      nrn::cause_of_missing(sections_, morphology_.entity_places[static_cast<std::size_t>(entity)], variable_);
  if (!cause.empty()) return cause;
  const auto unset = unset_pointers();
  return unset.empty() ? "" : "a POINTER is not set (" + nrn::listed(unset) + "); set it with h.setpointer";
}

bool NeuronSession::apply_control(std::string_view control_id, const Value& value) {
  const bool accepted = SampledSession::apply_control(control_id, value);
  if (accepted && control_id == "dt") nrn::set_dt_ms(options.dt);
  return accepted;
}

// ---- recording ---------------------------------------------------------------------------------------------------

template <class... What>
void NeuronSession::record_new(const std::string& name, const What&... what) {
  if (const auto index = recorder_.find(name); index && recorded_places_.is_gone(*index)) {
    recorded_places_.replace(*index, what...);
    recorded_gone_.clear();
    return;
  }
  recorder_.require_new(name);
  recorded_places_.add(what...);
  recorder_.add(name);
}

void NeuronSession::record(const std::string& name, const nrn::Segment& place, const std::string& variable) {
  record_new(name, place, variable);
}

void NeuronSession::record(const std::string& name, const nrn::PointProcess& process, const std::string& property) {
  record_new(name, process, property);
}

void NeuronSession::plot(const std::string& title, const std::vector<Trace>& traces, const std::string& unit,
                         const std::string& y_label, double window_ms) {
  RecordedPlot made{.title = title, .labels = {}, .unit = unit, .y_label = y_label, .window_ms = window_ms};
  for (const auto& trace : traces) made.labels.push_back(trace.label);
  const std::vector<std::string> names = plots_.add(std::move(made));
  for (std::size_t i = 0; i < names.size(); ++i) record(names[i], traces[i].place, traces[i].variable);
}

Scene NeuronSession::build_scene(GeometryPtr geometry, std::span<const float> display_values, double time_ms) {
  Scene scene = SampledSession::build_scene(std::move(geometry), display_values, time_ms);
  if (!plots_.empty()) plots_.add_to(scene, recorded_values(), time_ms);
  return scene;
}

void NeuronSession::after_restart() {
  if (plots_.empty()) return;
  plots_.restart(recorded_values(), time_ms(),
                 [this](const std::string& id, Update update) { emit_plot(id, std::move(update)); });
}

// A program may build a scene of its own, without what the default one has.
void NeuronSession::emit_plot(const std::string& field_id, Update update) {
  if (store().find_field(field_id)) return emit(std::move(update));
  if (link())
    link()->report(
        {Severity::warning, "plot " + field_id,
         "plot '" + field_id +
             "' is not shown: the scene that build_scene() returned has no field of that name. Begin with the "
             "scene of the base class (super().build_scene(…)), which has it."});
}

void NeuronSession::forget_recorded() {
  recorder_.clear();
  plots_.clear();
  recorded_places_ = {};
  recorded_gone_.clear();
}

void NeuronSession::sample_recorded(double* out, nrn::Moment moment) {
  recorded_places_.sample(out, moment);
  const auto& names = recorder_.names();
  recorded_gone_.resize(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!std::isnan(out[i]) || recorded_gone_[i] || !recorded_places_.is_gone(i)) continue;
    recorded_gone_[i] = true;
    link()->report({Severity::warning, "recorded " + names[i],
                    "what is recorded as '" + names[i] +
                        "' has left the model: its values are NaN from t = " + general_text(nrn::time_ms(), 6) +
                        " ms. Call record() again with this name to record something else."});
  }
}

void NeuronSession::sample_recorded_step(nrn::Moment moment) {
  recorded_.resize(recorder_.names().size());
  sample_recorded(recorded_.data(), moment);
}

OrderedMap<double> NeuronSession::recorded_values() {
  OrderedMap<double> out;
  if (recorder_.names().empty()) return out;
  sample_recorded_step(nrn::Moment::now);
  for (std::size_t i = 0; i < recorded_.size(); ++i) out.set(recorder_.names()[i], recorded_[i]);
  return out;
}

void NeuronSession::after_step() {
  if (recorder_.names().empty() || !(wants_recorded_samples() || has_plots())) return;
  sample_recorded_step(nrn::Moment::step);
  recorder_.take_step(recorded_);
}

void NeuronSession::after_batch(std::span<const double> times) {
  if (!structure_.current()) notice_changes();
  if (!recorder_.has_samples()) return;
  const std::vector<float> t(times.begin(), times.end());
  recorded_times_ = times;
  const auto values = recorder_.take_batch(times.size());
  plots_.append(
      times, values, [this](double window_ms) { return samples_kept(window_ms); },
      [this](const std::string& id, Update update) { emit_plot(id, std::move(update)); });
  if (wants_recorded_samples()) on_recorded_samples(t, values);
  recorded_times_ = {};
}

void NeuronSession::notice_changes() {
  structure_.mark();
  tell_new_sections();
  tell_new_divisions();
}

// The picture is made once; values of places go on to be those of the segments that are there.
void NeuronSession::tell_new_divisions() {
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    if (!sections_[i].valid()) continue;
    const int now = sections_[i].nseg(), before = std::exchange(nseg_[i], now);
    if (now == before) continue;
    link()->report({Severity::warning, "nseg of " + sections_[i].name(),
                    "nseg of " + sections_[i].name() + " went from " + plain_text(before) + " to " + plain_text(now) +
                        " while the model ran: the window keeps the segments of the start, each with the value of the "
                        "one that is there now. Set nseg in build_sections() or setup_model() to see the new ones."});
  }
}

// Handles of the known ones are kept, so that NEURON gives none of their addresses to a new section.
void NeuronSession::tell_new_sections() {
  std::vector<nrn::Section> now = nrn::all_sections();
  std::unordered_set<const nrn::raw::Section*> known;
  for (const auto& section : known_sections_) known.insert(section.get());
  std::vector<std::string> names;
  for (const auto& section : now) {
    if (known.contains(section.get())) continue;
    names.push_back(section.name());
    known_sections_.push_back(section);
  }
  if (names.empty()) return;
  constexpr std::size_t most_named = 3;
  const std::size_t count = names.size();
  if (count > most_named) names.resize(most_named);
  const std::string which = nrn::listed(names) + (count > most_named ? ", …" : "");
  link()->report({Severity::warning, "new sections",
                  plain_text(count) + (count == 1 ? " section was" : " sections were") + " made while the model ran (" +
                      which + "): the model goes on with " + (count == 1 ? "it" : "them") +
                      ", but the window shows what build_sections() returned. Make " + (count == 1 ? "it" : "them") +
                      " there to see " + (count == 1 ? "it" : "them") + "."});
}

void NeuronSession::shutdown() {
  entity_sampler_.reset();
  compartment_sampler_.reset();
  some_sampler_.reset();
  forget_recorded();
  morphology_ = {};
  known_sections_.clear();
  std::vector<nrn::Section> alive;
  if (owns_sections())
    for (const auto& section : sections_)
      if (section.valid()) alive.push_back(section);
  sections_.clear();
  if (!alive.empty()) nrn::delete_sections(alive);
}

}  // namespace cnv
