#include "cnv/runtime/sampled_session.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/runtime/default_scene.hpp"
#include "cnv/runtime/store_host.hpp"
#include "cnv/runtime/trace_rows.hpp"

namespace cnv {

// Stands in for a host when a program drives the session by hand.
class SampledSession::OwnHost : public StoreHost {
 public:
  std::vector<Update> take() { return outbox_.next(store()); }
  void scene_was_returned() { (void)outbox_.next(store()); }

 private:
  void on_message(const Update& update) override {
    if (const auto* status = std::get_if<Status>(&update)) outbox_.add_message(*status);
    else outbox_.add_message(std::get<ErrorReport>(update));
  }
  void on_new_problem(const Problem& problem) override { outbox_.add_message(ErrorReport{problem.message}); }
  Outbox outbox_;
};

SampledSession::SampledSession(SampledOptions given) : options(std::move(given)) {}
SampledSession::~SampledSession() = default;

SceneStore& SampledSession::store() { return link()->store(); }

void SampledSession::attach(SessionLink* link) {
  BufferedSession::attach(link);
  display_ = history_ = nullptr;
  fields_revision_ = 0;
}

std::int64_t SampledSession::steps_per_update() {
  if (!options.display_dt) return 1;
  if (!(*options.display_dt > 0))
    throw ValueError("display_dt must be positive, not " + plain_text(*options.display_dt) + " ms");
  if (!(options.dt > 0)) throw ValueError("dt must be positive, not " + plain_text(options.dt) + " ms");
  // 0.3 / 0.1 is a little more than 3 in floating point.
  const double ratio = *options.display_dt / options.dt;
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(ratio * (1 - 1e-9) - 1e-9)));
}

std::optional<Scene> SampledSession::initialize() {
  if (!link()) {
    own_ = std::make_unique<OwnHost>();
    attach(own_.get());
  }
  Built built = build();
  geometry_ = std::move(built.geometry);
  compartments_ = built.compartments;
  entities_ = geometry() ? geometry()->size() : 0;
  held_ = geometry() ? Compartments(*geometry()) : Compartments();
  missing_text_.clear();
  link()->progress("Initialise", "");
  initialize_state();
  std::vector<float> display(static_cast<std::size_t>(entities_));
  sample_entities(display.data());
  last_time_ = time_ms();
  initialized_ = true;
  captured_ = initial_traces(this->geometry());
  start_recent(display);
  // Where only some have no value, the others' is shown without a warning for these.
  missing_at_start_.clear();
  const auto finite = std::count_if(display.begin(), display.end(), [](float v) { return std::isfinite(v); });
  if (finite > 0 && finite < entities_)
    for (const float v : display) missing_at_start_.push_back(!std::isfinite(v));
  Scene scene = in_hook("build_scene", [&] { return build_scene(geometry_, display, last_time_); });
  describe_display(scene);
  history_limit_ = resolve_history_limit(scene);
  if (own_) {
    own_->set_scene(scene);
    own_->scene_was_returned();
  }
  if (entities_ > 0) {
    const std::string id(geometry()->entity_ids.string_at(0));
    const std::string label = geometry()->label_at(0);
    ui_state_.set(selected_entity_key, id);
    emit(StatePatch{Dict{{std::string(selected_entity_key), id}, {std::string(selected_label_key), label}}});
    if (!displays_.variables().empty()) tell_plotted();
  }
  return scene;
}

void SampledSession::add_recent(double t, const float* entities) {
  if (!recent_) return;
  recent_->append(entities, 1);
  recent_times_->append(&t, 1);
}

Scene SampledSession::build_scene(GeometryPtr geometry, std::span<const float> display, double time_ms) {
  const auto* morphology = geometry ? std::get_if<MorphologyGeometry>(geometry.get()) : nullptr;
  DefaultSceneParts parts;
  parts.geometry = geometry;
  parts.display = {display_field_id(),
                   Array::copy_of(display),
                   {"segment"},
                   {{"segment", morphology ? morphology->entity_ids : Array::strings(std::span<const std::string>{})}},
                   display_unit(),
                   {}};
  parts.history = history_field(morphology, display, time_ms);
  if (compartments_ > 0 && default_sampling()) {
    std::vector<float> detail(static_cast<std::size_t>(compartments_));
    sample_compartments(detail.data());
    std::vector<std::int32_t> index(detail.size());
    for (std::size_t i = 0; i < index.size(); ++i) index[i] = static_cast<std::int32_t>(i);
    parts.detail = Field{std::string(detail_field_id),
                         Array::copy_of(detail),
                         {"compartment"},
                         {{"compartment", Array::copy_of(index)}},
                         display_unit(),
                         {}};
  }
  parts.color_map = morphology_color_map();
  parts.color_limits = morphology_color_limits();
  parts.color_norm = morphology_color_norm();
  parts.trace = shows_trace();
  parts.trace_title = trace_title();
  parts.trace_y_label = trace_y_label();
  parts.trace_y_unit = trace_y_unit();
  parts.trace_view_updates = trace_view_updates();
  parts.controls = control_specs();
  parts.actions = resolved_action_specs();
  parts.control_order = control_order();
  parts.action_order = action_order();
  parts.title = options.title;
  return default_scene(std::move(parts));
}

std::vector<ActionSpec> SampledSession::resolved_action_specs() {
  auto actions = action_specs();
  if (std::none_of(actions.begin(), actions.end(), [](const ActionSpec& a) { return a.id == "reset"; }))
    actions.push_back({.id = "reset", .label = "Reset", .shortcuts = {"Space"}});
  return actions;
}

void SampledSession::bind_fields() {
  auto& truth = store();
  if (fields_revision_ == truth.scene_revision()) return;
  fields_revision_ = truth.scene_revision();
  const auto usable = [&](std::string_view id, const Shape& shape, bool growing_time) -> StoredField* {
    auto* field = truth.find_field(id);
    if (!field || field->dtype() != DType::f32) return nullptr;
    Shape present = field->shape();
    if (growing_time && present.size() == 2) present[1] = shape[1];
    return present == shape ? field : nullptr;
  };
  displays_.bind(truth);
  traces_.bind(truth);
  for (auto& update : displays_.catch_up()) emit(std::move(update));
  display_ = usable(display_field_id(), {entities_}, false);
  const bool full = options.history_capture_mode == HistoryCaptureMode::full;
  history_ = usable(history_field_id(), {full ? entities_ : static_cast<std::int64_t>(captured_.size()), 0}, true);
  if (!plots_wanted_.empty() && truth.has_scene()) set_plotted(std::exchange(plots_wanted_, {}));
}

void SampledSession::add_history(double t, const float* entities) {
  float* row = history_ ? next_column(*history_, t, history_limit_, store()) : nullptr;
  if (!row) return;
  if (options.history_capture_mode == HistoryCaptureMode::full) std::copy(entities, entities + entities_, row);
  else
    for (const auto entity : captured_) *row++ = entities[entity];
}

void SampledSession::record_step(double t) {
  if (!traces_.empty()) traces_.push(t, history_limit_, store());
  if (options.history_capture_mode == HistoryCaptureMode::full && history_) {
    if (float* row = next_column(*history_, t, history_limit_, store())) sample_entities(row);
    return;
  }
  if (!recent_) {
    if (float* row = history_ ? next_column(*history_, t, history_limit_, store()) : nullptr)
      sample_some(captured_, row);
    return;
  }
  auto* row = reinterpret_cast<float*>(recent_->push());
  *reinterpret_cast<double*>(recent_times_->push()) = t;
  sample_entities(row);
  add_history(t, row);
}

void SampledSession::sample_some(std::span<const std::int64_t> entities, float* out) {
  scratch_.resize(static_cast<std::size_t>(entities_));
  sample_entities(scratch_.data());
  for (const auto entity : entities) *out++ = scratch_[static_cast<std::size_t>(entity)];
}

double SampledSession::take_step() {
  // A hook initialised the simulator again: the histories begin with the state that it left.
  if (time_ms() < last_time_) restart_histories();
  step();
  ++steps_;
  const double t = time_ms();
  // A step went back: the histories would run backwards.
  if (t < last_time_) restart_histories();
  return last_time_ = t;
}

void SampledSession::advance() {
  const std::int64_t n = one_step_ ? 1 : steps_per_update();
  if (advance_with_hooks(n)) return;
  bind_fields();
  times_.clear();
  const auto step_directly = [&] {
    times_.push_back(take_step());
    record_step(times_.back());
    after_step();
  };
  if (has_sample_hook_ || !hook_known_) {
    std::vector<StepSample> samples;
    for (std::int64_t i = 0; i < n; ++i) {
      times_.push_back(take_step());
      auto sample = sample_step();
      hook_known_ = true;
      if (!sample) {  // not overridden: this batch and all that follow take the direct way
        has_sample_hook_ = false;
        record_step(times_.back());
        after_step();
        for (++i; i < n; ++i) step_directly();
        break;
      }
      has_sample_hook_ = true;
      after_step();
      samples.push_back(std::move(*sample));
    }
    if (has_sample_hook_) emit_batch(times_, samples);
  } else {
    for (std::int64_t i = 0; i < n; ++i) step_directly();
  }
  display_stale_ = default_sampling();
  after_batch(times_);
}

void SampledSession::advance_step() {
  struct Once {
    bool& flag;
    explicit Once(bool& value) : flag(value) { flag = true; }
    ~Once() { flag = false; }
  } once(one_step_);
  advance();
}

StepTimes SampledSession::step_times() {
  return {options.dt, std::max(options.dt, options.display_dt.value_or(options.dt))};
}

void SampledSession::emit_batch(std::span<const double> times, std::span<const StepSample> steps) {
  // Overridden samples with the default emission: their first entry is taken as the values per entity.
  std::vector<float> values;
  for (const auto& step : steps) {
    if (step.empty() || static_cast<std::int64_t>(step.begin()->second.size()) != entities_)
      throw ValueError("sample_step() gives something other than one value per entity: override emit_batch() too");
    values.insert(values.end(), step.begin()->second.begin(), step.begin()->second.end());
  }
  emit_default_batch(times, values);
}

void SampledSession::emit_default_batch(std::span<const double> times, std::span<const float> samples) {
  bind_fields();
  if (times.empty()) return;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const float* entities = samples.data() + i * static_cast<std::size_t>(entities_);
    add_recent(times[i], entities);
    add_history(times[i], entities);
  }
  const float* latest = samples.data() + (times.size() - 1) * static_cast<std::size_t>(entities_);
  if (display_) {
    std::copy(latest, latest + entities_, display_->begin_replace());
    display_->commit_replace(store().next_revision());
  }
  check_finite(latest, times.back());
}

void SampledSession::publish() {
  if (!display_stale_) return;
  display_stale_ = false;
  bind_fields();
  for (auto& shown : displays_.all()) {
    if (!shown.field) continue;
    float* out = shown.field->begin_replace();
    shown.read(out);
    if (shown.field == display_ && shown.initial) check_finite(out, last_time_);
    shown.field->commit_replace(store().next_revision());
  }
}

std::vector<Update> SampledSession::read_updates() {
  if (!own_) return BufferedSession::read_updates();
  publish();
  return own_->take();
}

}  // namespace cnv
