// SampledSession: which entities have a past, and where it is kept.
#include <algorithm>
#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/core/texts.hpp"
#include "cnv/runtime/sampled_session.hpp"
#include "cnv/runtime/trace_rows.hpp"

namespace cnv {
namespace {
// Recent values of all entities are read at each step, which costs the model little only while they and the ring stay
// in a processor's cache. Of a larger cell the ring would hold a few ms and cost 3 to 5 % of each step: it keeps none.
constexpr std::size_t recent_bytes = std::size_t{4} << 20, recent_least_slices = 256;
}  // namespace

std::vector<std::int64_t> SampledSession::initial_traces(const MorphologyGeometry* geometry) const {
  std::vector<std::int64_t> out;
  const auto add = [&](std::string_view id) {
    const auto i = geometry ? geometry->find_entity(id) : -1;
    if (i >= 0 && std::find(out.begin(), out.end(), i) == out.end()) out.push_back(i);
  };
  if (const auto* traces = ui_state_.find(selected_traces_key))
    for (const auto& id : texts_of(*traces)) add(id);
  if (const auto* selected = ui_state_.find(selected_entity_key); selected && selected->is<std::string>())
    add(selected->as_string());
  if (out.empty() && geometry && geometry->size() > 0) out.push_back(0);
  return out;
}

// The captured entities as a scene with this geometry has them: the session's own, the same entities of another one, or
// those it will begin with.
std::vector<std::int64_t> SampledSession::traces_of(const MorphologyGeometry* geometry) const {
  if (!initialized_) return initial_traces(geometry);
  if (geometry == this->geometry()) return captured_;
  std::vector<std::int64_t> out;
  for (const auto& id : captured_entities())
    if (const auto i = geometry ? geometry->find_entity(id) : -1; i >= 0) out.push_back(i);
  return out;
}

std::int64_t SampledSession::samples_kept(double window_ms) const {
  return std::max(options.max_samples, static_cast<std::int64_t>(std::ceil(window_ms / options.dt)) + 1);
}

std::int64_t SampledSession::resolve_history_limit(const Scene& scene) {
  std::int64_t limit = options.max_samples;
  if (limit < 1)
    throw ValueError("max_samples, the number of samples kept per trace, must be at least 1, not " + plain_text(limit));
  if (!(options.dt > 0)) return limit;
  for (const auto& [id, view] : scene.views) {
    const auto* plot = std::get_if<LinePlotViewSpec>(&view);
    if (plot && plot->field_id == history_field_id() && plot->rolling_window &&
        (!plot->x_dim || *plot->x_dim == "time"))
      limit = std::max(limit, samples_kept(*plot->rolling_window));
  }
  return limit;
}

void SampledSession::start_recent(std::span<const float> display) {
  recent_.reset();
  recent_times_.reset();
  if (options.history_capture_mode == HistoryCaptureMode::full || entities_ == 0) return;
  const auto slice = static_cast<std::size_t>(entities_) * sizeof(float);
  if (recent_bytes / slice < recent_least_slices) return;
  recent_ = std::make_unique<Ring>(slice);
  recent_times_ = std::make_unique<Ring>(sizeof(double));
  const std::size_t limit = std::clamp<std::size_t>(
      recent_bytes / slice, 1, static_cast<std::size_t>(std::max<std::int64_t>(1, options.max_samples)));
  recent_->set_max_size(limit);
  recent_times_->set_max_size(limit);
  add_recent(last_time_, display.data());
}

Field SampledSession::history_field(const MorphologyGeometry* geometry, std::span<const float> display,
                                    double time_ms) {
  const auto entities = geometry ? geometry->size() : 0;
  if (static_cast<std::int64_t>(display.size()) != entities)
    throw ValueError(plain_text(display.size()) + " display values for a geometry of " + plain_text(entities) +
                     " entities");
  const bool full = options.history_capture_mode == HistoryCaptureMode::full;
  const auto traces = full ? std::vector<std::int64_t>() : traces_of(geometry);
  std::vector<float> values;
  if (full) values.assign(display.begin(), display.end());
  for (const auto entity : traces) values.push_back(display[static_cast<std::size_t>(entity)]);
  const Array ids = !geometry ? Array::strings(std::span<const std::string>{})
                    : full    ? geometry->entity_ids
                              : geometry->entity_ids.take(0, traces);
  return {history_field_id(),  Array::copy_of(values, {static_cast<std::int64_t>(values.size()), 1}),
          {"segment", "time"}, {{"segment", ids}, {"time", Array::copy_of(std::vector<double>{time_ms})}},
          history_unit(),      {}};
}

std::vector<std::string> SampledSession::captured_entities() const {
  std::vector<std::string> out;
  for (const auto i : captured_) out.emplace_back(geometry()->entity_ids.string_at(i));
  return out;
}

bool SampledSession::capture_trace(std::string_view entity_id) {
  if (!geometry() || options.history_capture_mode == HistoryCaptureMode::full) return false;
  const auto entity = geometry()->find_entity(entity_id);
  if (entity < 0) return false;
  if (is_held(captured_, entity)) return false;
  add_history_row(entity);
  return true;
}

// Two entities of one compartment have one trace.
bool SampledSession::is_held(std::span<const std::int64_t> traced, std::int64_t entity) const {
  const auto compartment = held_.of_entity(entity);
  return std::ranges::any_of(traced, [&](std::int64_t other) {
    return other == entity || (compartment >= 0 && held_.of_entity(other) == compartment);
  });
}

// The past of a row: the recent values that have one of the history's times.
void SampledSession::add_recent_values(std::int64_t entity, std::span<const double> times, float* row) {
  auto s = recent_->begin();
  for (const double t : times) {
    while (s < recent_->end() && *reinterpret_cast<const double*>(recent_times_->slice(s)) < t) ++s;
    if (s < recent_->end() && *reinterpret_cast<const double*>(recent_times_->slice(s)) == t)
      *row = reinterpret_cast<const float*>(recent_->slice(s))[entity];
    ++row;
  }
}

void SampledSession::add_history_row(std::int64_t entity) {
  bind_fields();
  captured_.push_back(entity);
  auto* field = history_ ? history_ : store().find_field(history_field_id());
  if (!field || field->ndim() != 2) return;
  emit(with_row(*field, geometry()->entity_ids.take(0, captured_),
                [&](std::span<const double> times, std::span<float> row) {
                  if (recent_) add_recent_values(entity, times, row.data());
                  else if (!times.empty() && times.back() == last_time_) sample_some({&entity, 1}, &row.back());
                }));
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
  const Field history = history_field(geometry(), display, last_time_);
  bind_fields();
  for (auto& shown : displays_.all()) {
    if (!shown.field) continue;
    std::vector<float> values(static_cast<std::size_t>(shown.count));
    shown.read(values.data());
    emit(FieldReplace{shown.field_id, Array::copy_of(values), std::nullopt, {}});
  }
  if (store().find_field(history.id)) emit(FieldReplace{history.id, history.values, history.coords, {}});
  if (!traces_.empty())
    for (auto& update : traces_.restart(last_time_, frame())) emit(std::move(update));
  display_stale_ = default_sampling();
  fields_revision_ = 0;
  after_restart();
}

// ---- further variables -------------------------------------------------------------------------------------------

VariableReader SampledSession::variable_reader_at(const std::string& variable, std::span<const std::int64_t> entities) {
  auto all = variable_reader(variable, false);
  if (!all) return {};
  return [all = std::move(all), chosen = std::vector(entities.begin(), entities.end()),
          values = std::vector<float>(static_cast<std::size_t>(entities_))](float* out) mutable {
    all(values.data());
    for (const auto entity : chosen) *out++ = values[static_cast<std::size_t>(entity)];
  };
}

VariableTraces::ReaderAt SampledSession::reader_at() {
  return [this](const std::string& variable, std::span<const std::int64_t> entities) {
    return variable_reader_at(variable, entities);
  };
}

void SampledSession::plot_variables(const std::vector<std::string>& names) {
  if (!initialized_) return void(plots_wanted_ = names);
  for (const auto& name : names)
    if (std::ranges::none_of(displays_.variables(), [&](const auto& offered) { return offered.name == name; }))
      throw ValueError("'" + name + "' cannot be plotted: it is not one of display_variables()");
  if (store().has_scene()) set_plotted(names);
  else plots_wanted_ = names;
}

// A new scene tells viewers of fields, views and panels that come and go.
void SampledSession::set_plotted(const std::vector<std::string>& names) {
  std::vector<DisplayVariable> wanted;
  for (const auto& offered : displays_.variables())
    if (offered.name != initial_display_variable() && std::ranges::find(names, offered.name) != names.end())
      wanted.push_back(offered);
  const auto before = traces_.variables();
  if (!geometry()) return;
  if (traces_.empty())
    traces_.set_entities(options.history_capture_mode == HistoryCaptureMode::full ? initial_traces(geometry())
                                                                                  : captured_);
  Scene scene = store().snapshot();
  traces_.set(std::move(wanted), scene, last_time_, frame(), reader_at());
  if (traces_.variables() == before) return;
  emit(SceneReady{std::move(scene)});
  tell_plotted();
  fields_revision_ = 0;
  bind_fields();
}

void SampledSession::tell_plotted() {
  List plotted;
  for (const auto& name : traces_.variables()) plotted.emplace_back(name);
  ui_state_.set(plotted_variables_key, plotted);
  emit(StatePatch{Dict{{std::string(plotted_variables_key), std::move(plotted)}}});
}

// A row for the entity in the history and in the plots of further variables.
void SampledSession::trace_at(std::int64_t entity) {
  capture_trace(geometry()->entity_ids.string_at(entity));
  bind_fields();
  if (traces_.empty() || is_held(traces_.entities(), entity)) return;
  for (auto& update : traces_.add_entity(entity, last_time_, frame(), reader_at())) emit(std::move(update));
  fields_revision_ = 0;
}

void SampledSession::plot_what_is_shown() {
  const std::string shown = display_variable();
  auto names = traces_.variables();
  if (shown.empty() || shown == initial_display_variable() || std::ranges::find(names, shown) != names.end()) return;
  names.push_back(shown);
  set_plotted(names);
}

}  // namespace cnv
