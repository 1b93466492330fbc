#include "cnv/runtime/sampled_session.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "cnv/base/exceptions.hpp"
#include "cnv/runtime/default_scene.hpp"
#include "cnv/runtime/store_host.hpp"

namespace cnv {
namespace {
// The recent ring stays small enough for a processor's cache, where it costs the model least; large cells still keep
// some slices.
constexpr std::size_t recent_cached_bytes = std::size_t{4} << 20, recent_most_bytes = std::size_t{64} << 20, recent_least_slices = 64;
}

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
  if (!(*options.display_dt > 0)) throw ValueError("display_dt must be positive, not " + std::to_string(*options.display_dt) + " ms");
  if (!(options.dt > 0)) throw ValueError("dt must be positive, not " + std::to_string(options.dt) + " ms");
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
  link()->progress("Initialise", "");
  initialize_state();
  std::vector<float> display(static_cast<std::size_t>(entities_));
  sample_entities(display.data());
  last_time_ = time_ms();
  initialized_ = true;
  captured_ = initial_traces();
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
  }
  return scene;
}

std::vector<std::int64_t> SampledSession::initial_traces() const {
  std::vector<std::int64_t> out;
  const auto add = [&](const Value& id) {
    if (!id.is<std::string>() || !geometry()) return;
    const auto i = geometry()->find_entity(id.as_string());
    if (i >= 0 && std::find(out.begin(), out.end(), i) == out.end()) out.push_back(i);
  };
  if (const auto* traces = ui_state_.find(selected_traces_key))
    if (const auto* list = traces->get_if<List>())
      for (const auto& id : *list) add(id);
  if (const auto* selected = ui_state_.find(selected_entity_key)) add(*selected);
  if (out.empty() && entities_ > 0) out.push_back(0);
  return out;
}

std::int64_t SampledSession::resolve_history_limit(const Scene& scene) {
  std::int64_t limit = options.max_samples;
  if (limit < 1) throw ValueError("max_samples, the number of samples kept per trace, must be at least 1, not " + std::to_string(limit));
  if (!(options.dt > 0)) return limit;
  for (const auto& [id, view] : scene.views) {
    const auto* plot = std::get_if<LinePlotViewSpec>(&view);
    if (plot && plot->field_id == history_field_id() && plot->rolling_window && (!plot->x_dim || *plot->x_dim == "time"))
      limit = std::max(limit, static_cast<std::int64_t>(std::ceil(*plot->rolling_window / options.dt)) + 1);
  }
  return limit;
}

void SampledSession::start_recent(std::span<const float> display) {
  recent_.reset();
  recent_times_.reset();
  if (options.history_capture_mode == HistoryCaptureMode::full || entities_ == 0) return;
  const auto slice = static_cast<std::size_t>(entities_) * sizeof(float);
  recent_ = std::make_unique<Ring>(slice);
  recent_times_ = std::make_unique<Ring>(sizeof(double));
  const std::size_t room = std::max(recent_cached_bytes / slice, std::min(recent_least_slices, recent_most_bytes / slice));
  const std::size_t limit = std::clamp<std::size_t>(room, 1, static_cast<std::size_t>(std::max<std::int64_t>(1, options.max_samples)));
  recent_->set_max_size(limit);
  recent_times_->set_max_size(limit);
  add_recent(last_time_, display.data());
}

void SampledSession::add_recent(double t, const float* entities) {
  if (!recent_) return;
  recent_->append(entities, 1);
  recent_times_->append(&t, 1);
}

Field SampledSession::history_field(std::span<const float> display) {
  const bool full = options.history_capture_mode == HistoryCaptureMode::full;
  const std::int64_t rows = full ? entities_ : static_cast<std::int64_t>(captured_.size());
  std::vector<float> values(static_cast<std::size_t>(rows));
  for (std::int64_t i = 0; i < rows; ++i) values[static_cast<std::size_t>(i)] = display[static_cast<std::size_t>(full ? i : captured_[static_cast<std::size_t>(i)])];
  const Array ids = !geometry() ? Array::strings(std::span<const std::string>{}) : full ? geometry()->entity_ids : geometry()->entity_ids.take(0, captured_);
  return {history_field_id(), Array::copy_of(values, {rows, 1}), {"segment", "time"}, {{"segment", ids}, {"time", Array::copy_of(std::vector<double>{last_time_})}}, history_unit(), {}};
}

Scene SampledSession::build_scene(GeometryPtr geometry, std::span<const float> display, double) {
  DefaultSceneParts parts;
  parts.geometry = std::move(geometry);
  parts.display = {display_field_id(), Array::copy_of(display), {"segment"}, {{"segment", this->geometry() ? this->geometry()->entity_ids : Array::strings(std::span<const std::string>{})}}, display_unit(), {}};
  parts.history = history_field(display);
  if (compartments_ > 0 && default_sampling()) {
    std::vector<float> detail(static_cast<std::size_t>(compartments_));
    sample_compartments(detail.data());
    std::vector<std::int32_t> index(detail.size());
    for (std::size_t i = 0; i < index.size(); ++i) index[i] = static_cast<std::int32_t>(i);
    parts.detail = Field{std::string(detail_field_id), Array::copy_of(detail), {"compartment"}, {{"compartment", Array::copy_of(index)}}, display_unit(), {}};
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
  display_ = usable(display_field_id(), {entities_}, false);
  const bool full = options.history_capture_mode == HistoryCaptureMode::full;
  history_ = usable(history_field_id(), {full ? entities_ : static_cast<std::int64_t>(captured_.size()), 0}, true);
}

void SampledSession::add_history(double t, const float* entities) {
  if (!history_) return;
  if (!history_->growing() || history_->max_length() != history_limit_) history_->prepare_push(1, history_limit_, store().next_revision());
  float* row = history_->push(t, store().next_revision());
  if (!row) return;
  if (options.history_capture_mode == HistoryCaptureMode::full) std::copy(entities, entities + entities_, row);
  else
    for (const auto entity : captured_) *row++ = entities[entity];
}

void SampledSession::record_step(double t) {
  if (options.history_capture_mode == HistoryCaptureMode::full && history_) {
    if (!history_->growing() || history_->max_length() != history_limit_) history_->prepare_push(1, history_limit_, store().next_revision());
    if (float* row = history_->push(t, store().next_revision())) sample_entities(row);
    return;
  }
  if (!recent_) return;
  auto* row = reinterpret_cast<float*>(recent_->push());
  *reinterpret_cast<double*>(recent_times_->push()) = t;
  sample_entities(row);
  add_history(t, row);
}

double SampledSession::take_step() {
  step();
  ++steps_;
  const double t = time_ms();
  // A hook initialised the simulator again: the histories would run backwards.
  if (t < last_time_) restart_histories();
  return last_time_ = t;
}

void SampledSession::advance() {
  const std::int64_t n = steps_per_update();
  if (advance_with_hooks(n)) return;
  bind_fields();
  times_.clear();
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
        for (++i; i < n; ++i) {
          times_.push_back(take_step());
          record_step(times_.back());
          after_step();
        }
        break;
      }
      has_sample_hook_ = true;
      after_step();
      samples.push_back(std::move(*sample));
    }
    if (has_sample_hook_) emit_batch(times_, samples);
  } else {
    for (std::int64_t i = 0; i < n; ++i) {
      const double t = take_step();
      record_step(t);
      after_step();
      times_.push_back(t);
    }
  }
  display_stale_ = default_sampling();
  after_batch(times_);
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

// ---- what the display shows -----------------------------------------------------------------------------------------

VariableReader SampledSession::reader_of(const std::string& variable, bool compartments) {
  if (variable != initial_display_variable()) return variable_reader(variable, compartments);
  if (compartments) return [this](float* out) { sample_compartments(out); };
  return [this](float* out) { sample_entities(out); };
}

void SampledSession::describe_display(Scene& scene) {
  displays_.clear();
  displays_.set_variables(default_sampling() ? in_hook("display_variables", [&] { return display_variables(); }) : std::vector<DisplayVariable>());
  const std::string variable = initial_display_variable(), key(display_variable_key);
  displays_.add({.field_id = display_field_id(), .key = key, .variable = variable, .count = entities_, .read = reader_of(variable, false)});
  if (compartments_ > 0) displays_.add({.field_id = std::string(detail_field_id), .key = key, .variable = variable, .compartments = true, .count = compartments_, .read = reader_of(variable, true)});
  displays_.describe(scene, entities_, compartments_, [this](const std::string& name, bool compartments) { return reader_of(name, compartments); });
}

// A control whose state key is that of a display field chooses its variable.
bool SampledSession::chooses_display(const SetControl& command) {
  const auto* name = command.value.get_if<std::string>();
  const auto* spec = name && !displays_.all().empty() ? store().scene().controls.find(command.control_id) : nullptr;
  return spec && displays_.variable_of(spec->resolved_state_key()) && set_display_variable(*name, spec->resolved_state_key());
}

std::string SampledSession::display_variable(std::string_view key) const {
  const auto* shown = displays_.variable_of(key);
  return shown ? *shown : std::string();
}

bool SampledSession::set_display_variable(const std::string& name, std::string_view key) {
  bind_fields();
  auto updates = displays_.choose(key, name, [this](const std::string& variable, bool compartments) { return reader_of(variable, compartments); });
  if (!updates) return false;
  for (auto& update : *updates) emit(std::move(update));
  return true;
}

void SampledSession::state_changed(std::string_view key, const Value& value) {
  if (!displays_.variable_of(key)) return;
  const auto* name = value.get_if<std::string>();
  if (name && set_display_variable(*name, key)) return;
  emit(StatePatch{Dict{{std::string(key), display_variable(key)}}});
  emit(Status{"This model cannot show " + value.repr() + "; it goes on to show " + display_variable(key), 5000});
}

void SampledSession::check_finite(const float* values, double t) {
  const auto unexpected = [&](std::int64_t i) { return !std::isfinite(values[i]) && (missing_at_start_.empty() || !missing_at_start_[static_cast<std::size_t>(i)]); };
  // A product with zero is NaN when the value is not finite; eight sums keep the additions independent of each other.
  float sums[8] = {};
  std::int64_t i = 0;
  for (; i + 8 <= entities_; i += 8)
    for (int k = 0; k < 8; ++k) sums[k] += values[i + k] * 0.0f;
  for (; i < entities_; ++i) sums[0] += values[i] * 0.0f;
  if (std::accumulate(sums, sums + 8, 0.0f) == 0.0f || !geometry()) return;
  std::int64_t bad = 0;
  while (bad < entities_ && !unexpected(bad)) ++bad;
  if (bad == entities_) return;
  double first = t;
  if (recent_)
    for (auto s = recent_->begin(); s < recent_->end(); ++s)
      if (!std::isfinite(reinterpret_cast<const float*>(recent_->slice(s))[bad])) {
        first = *reinterpret_cast<const double*>(recent_times_->slice(s));
        break;
      }
  char place[96];
  std::snprintf(place, sizeof place, " at x = %.5g from t = %.6g ms", geometry()->xlocs.number_at(bad), first);
  link()->report({Severity::warning, "not finite", "the value of section '" + std::string(geometry()->section_names.string_at(bad)) + "' is not a number" + place +
                                                       ". A smaller dt, or a look at the mechanism's parameters there, may help; Reset starts again."});
}

std::vector<Update> SampledSession::read_updates() {
  if (!own_) return BufferedSession::read_updates();
  publish();
  return own_->take();
}

std::vector<std::string> SampledSession::captured_entities() const {
  std::vector<std::string> out;
  for (const auto i : captured_) out.emplace_back(geometry()->entity_ids.string_at(i));
  return out;
}

bool SampledSession::capture_trace(std::string_view entity_id) {
  if (!geometry() || options.history_capture_mode == HistoryCaptureMode::full) return false;
  const auto entity = geometry()->find_entity(entity_id);
  if (entity < 0 || std::find(captured_.begin(), captured_.end(), entity) != captured_.end()) return false;
  add_history_row(entity);
  return true;
}

void SampledSession::add_history_row(std::int64_t entity) {
  bind_fields();
  captured_.push_back(entity);
  auto* field = history_ ? history_ : store().find_field(history_field_id());
  if (!field || field->ndim() != 2 || !recent_) return;
  const Array old = field->values().row_major(), times = field->coord(1).astype(DType::f64);
  const std::int64_t rows = old.extent(0), samples = old.extent(1);
  std::vector<float> values(static_cast<std::size_t>((rows + 1) * samples), std::numeric_limits<float>::quiet_NaN());
  if (old.size()) std::copy_n(old.as<float>().data(), old.size(), values.data());
  // The past of the new row: the recent values that have one of the history's times.
  auto s = recent_->begin();
  for (std::int64_t k = 0; k < samples; ++k) {
    const double t = times.as<double>()[static_cast<std::size_t>(k)];
    while (s < recent_->end() && *reinterpret_cast<const double*>(recent_times_->slice(s)) < t) ++s;
    if (s < recent_->end() && *reinterpret_cast<const double*>(recent_times_->slice(s)) == t)
      values[static_cast<std::size_t>(rows * samples + k)] = reinterpret_cast<const float*>(recent_->slice(s))[entity];
  }
  Coords coords{{field->dims()[0], geometry()->entity_ids.take(0, captured_)}, {field->dims()[1], times}};
  emit(FieldReplace{field->id(), Array::copy_of(values, {rows + 1, samples}), coords, {}});
  fields_revision_ = 0;
  bind_fields();
}

void SampledSession::reset() {
  initialize_state();
  restart_histories();
}

void SampledSession::restart_histories() {
  last_time_ = time_ms();
  std::vector<float> display(static_cast<std::size_t>(entities_));
  sample_entities(display.data());
  start_recent(display);
  const Field history = history_field(display);
  bind_fields();
  for (auto& shown : displays_.all()) {
    if (!shown.field) continue;
    std::vector<float> values(static_cast<std::size_t>(shown.count));
    shown.read(values.data());
    emit(FieldReplace{shown.field_id, Array::copy_of(values), std::nullopt, {}});
  }
  if (store().find_field(history.id)) emit(FieldReplace{history.id, history.values, history.coords, {}});
  display_stale_ = default_sampling();
  fields_revision_ = 0;
}

// ---- commands -------------------------------------------------------------------------------------------------------

void SampledSession::handle(const Command& command) {
  InteractionContext context(*this);
  if (std::holds_alternative<Reset>(command)) {
    if (!on_action("reset", {}, context)) reset();
  } else if (const auto* control = std::get_if<SetControl>(&command)) {
    if (chooses_display(*control)) return;
    if (!apply_control(control->control_id, control->value)) throw ControlRefused(control->control_id);
  } else if (const auto* action = std::get_if<InvokeAction>(&command)) {
    dispatch_action(action->action_id, action->payload);
  } else if (const auto* key = std::get_if<KeyPressed>(&command)) {
    on_key_press(key->key, context);
  } else if (const auto* clicked = std::get_if<EntityClicked>(&command)) {
    click(clicked->entity_id);
  }
}

bool SampledSession::click(const std::string& entity_id) {
  if (!geometry()) return false;
  const auto entity = geometry()->find_entity(entity_id);
  if (entity < 0) return false;
  InteractionContext context(*this);
  ui_state_.set(selected_entity_key, entity_id);
  ui_state_.set(selected_label_key, geometry()->label_at(entity));
  if (options.history_capture_mode == HistoryCaptureMode::on_demand && should_capture_trace_on_click(entity_id, context)) capture_trace(entity_id);
  return on_entity_clicked(entity_id, context);
}

bool SampledSession::dispatch_action(std::string_view action_id, const Dict& payload) {
  InteractionContext context(*this);
  return on_action(action_id, payload, context) || apply_action(action_id, payload);
}

bool SampledSession::apply_control(std::string_view control_id, const Value& value) {
  if (control_id == "display_dt" && value.is_number() && value.as_double() > 0) return options.display_dt = value.as_double(), true;
  if (control_id == "dt" && value.is_number() && value.as_double() > 0) return options.dt = value.as_double(), true;
  if (control_id == "v_init" && value.is_number()) return options.v_init = value.as_double(), true;
  return false;
}
bool SampledSession::apply_action(std::string_view, const Dict&) { return false; }
bool SampledSession::on_action(std::string_view, const Dict&, InteractionContext&) { return false; }
bool SampledSession::on_key_press(std::string_view, InteractionContext&) { return false; }
bool SampledSession::on_entity_clicked(std::string_view, InteractionContext&) { return false; }
bool SampledSession::should_capture_trace_on_click(std::string_view, InteractionContext&) { return true; }

// ---- context --------------------------------------------------------------------------------------------------------

Value InteractionContext::state(std::string_view key) const {
  const auto* found = session_.ui_state_.find(key);
  return found ? *found : Value();
}
void InteractionContext::set_state(std::string_view key, Value value) {
  session_.ui_state_.set(key, value);
  session_.emit(StatePatch{Dict{{std::string(key), std::move(value)}}});
}
std::optional<std::string> InteractionContext::selected_entity_id() const {
  const Value v = state(selected_entity_key);
  if (const auto* text = v.get_if<std::string>()) return *text;
  return std::nullopt;
}
std::optional<Dict> InteractionContext::entity_info(std::optional<std::string_view> entity_id) const {
  const auto selected = selected_entity_id();
  if (!entity_id && selected) entity_id = *selected;
  if (!entity_id || !session_.geometry()) return std::nullopt;
  const auto i = session_.geometry()->find_entity(*entity_id);
  if (i < 0) return std::nullopt;
  return session_.geometry()->entity_info_at(i);
}
void InteractionContext::show_status(std::string message, std::optional<std::int64_t> timeout_ms) { session_.emit(Status{std::move(message), timeout_ms}); }
void InteractionContext::clear_status() { session_.emit(Status{"", 0}); }
bool InteractionContext::invoke_action(std::string_view action_id, const Dict& payload) { return session_.dispatch_action(action_id, payload); }

}  // namespace cnv
