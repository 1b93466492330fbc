// SampledSession: the variables that colour the cell, and values that are none.
#include <cmath>
#include <numeric>

#include "cnv/base/numbers.hpp"
#include "cnv/core/texts.hpp"
#include "cnv/runtime/sampled_session.hpp"

namespace cnv {

VariableReader SampledSession::reader_of(const std::string& variable, bool compartments) {
  if (variable != initial_display_variable()) return variable_reader(variable, compartments);
  if (compartments) return [this](float* out) { sample_compartments(out); };
  return [this](float* out) { sample_entities(out); };
}

void SampledSession::describe_display(Scene& scene) {
  displays_.clear();
  displays_.set_variables(default_sampling() ? in_hook("display_variables", [&] { return display_variables(); })
                                             : std::vector<DisplayVariable>());
  const std::string variable = initial_display_variable(), key(display_variable_key);
  displays_.add({.field_id = display_field_id(),
                 .key = key,
                 .variable = variable,
                 .count = entities_,
                 .read = reader_of(variable, false)});
  if (compartments_ > 0)
    displays_.add({.field_id = std::string(detail_field_id),
                   .key = key,
                   .variable = variable,
                   .compartments = true,
                   .count = compartments_,
                   .read = reader_of(variable, true)});
  displays_.describe(scene, entities_, compartments_,
                     [this](const std::string& name, bool compartments) { return reader_of(name, compartments); });
}

// A control whose state key is that of a display field chooses its variable.
bool SampledSession::chooses_display(const SetControl& command) {
  const auto* name = command.value.get_if<std::string>();
  const auto* spec = name && !displays_.all().empty() ? store().scene().controls.find(command.control_id) : nullptr;
  return spec && displays_.variable_of(spec->resolved_state_key()) &&
         set_display_variable(*name, spec->resolved_state_key());
}

std::string SampledSession::display_variable(std::string_view key) const {
  const auto* shown = displays_.variable_of(key);
  return shown ? *shown : std::string();
}

bool SampledSession::set_display_variable(const std::string& name, std::string_view key) {
  bind_fields();
  auto updates = displays_.choose(
      key, name, [this](const std::string& variable, bool compartments) { return reader_of(variable, compartments); });
  if (!updates) return false;
  for (auto& update : *updates) emit(std::move(update));
  return true;
}

void SampledSession::state_changed(std::string_view key, const Value& value) {
  if (key == plotted_variables_key) {
    set_plotted(texts_of(value));
    return tell_plotted();
  }
  if (key == selected_entity_key || key == selected_label_key || key == selected_traces_key)
    return take_selection(key, value);
  if (!displays_.variable_of(key)) return;
  const auto* name = value.get_if<std::string>();
  if (name && set_display_variable(*name, key)) return;
  emit(StatePatch{Dict{{std::string(key), display_variable(key)}}});
  emit(Status{"This model cannot show " + value.repr() + "; it goes on to show " + display_variable(key), 5000});
}

bool SampledSession::unexpected(std::int64_t entity, float value) const {
  return !std::isfinite(value) && (missing_at_start_.empty() || !missing_at_start_[static_cast<std::size_t>(entity)]);
}

SampledSession::Missing SampledSession::missing_in(std::span<const float> values, double t) const {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (unexpected(static_cast<std::int64_t>(i), values[i])) return {static_cast<std::int64_t>(i), t};
  return {};
}

// The first of the samples that are kept: of all entities where these have a past, else of those with a trace.
SampledSession::Missing SampledSession::first_missing(const Missing& now) const {
  const auto entities = static_cast<std::size_t>(entities_);
  if (recent_) {
    for (auto s = recent_->begin(); s < recent_->end(); ++s) {
      const std::span values(reinterpret_cast<const float*>(recent_->slice(s)), entities);
      const double t = *reinterpret_cast<const double*>(recent_times_->slice(s));
      if (auto found = missing_in(values, t); found.entity >= 0) {
        found.earlier = s == recent_->begin() && s > 0;
        return found;
      }
    }
    return now;
  }
  Missing out = now;
  out.earlier = true;
  if (!history_ || !history_->growing()) return out;
  const bool full = options.history_capture_mode == HistoryCaptureMode::full;
  const Array times = history_->coord(1);
  const auto rows = full ? entities_ : static_cast<std::int64_t>(captured_.size());
  std::int64_t n = 0;
  for (auto sample = history_->begin_sample(); sample < history_->end_sample(); ++sample, ++n) {
    const Array slice = history_->values_between(sample, sample + 1).row_major();
    const auto values = slice.as<float>();
    for (std::int64_t row = 0; row < rows; ++row) {
      const auto entity = full ? row : captured_[static_cast<std::size_t>(row)];
      if (!unexpected(entity, values[static_cast<std::size_t>(row)])) continue;
      return {entity, times.number_at(n), !full || (n == 0 && sample > 0)};
    }
  }
  return out;
}

void SampledSession::check_finite(const float* values, double t) {
  // A product with zero is NaN when the value is not finite; eight sums keep the additions independent of each other.
  float sums[8] = {};
  std::int64_t i = 0;
  for (; i + 8 <= entities_; i += 8)
    for (int k = 0; k < 8; ++k) sums[k] += values[i + k] * 0.0f;
  for (; i < entities_; ++i) sums[0] += values[i] * 0.0f;
  const bool all_finite = std::accumulate(sums, sums + 8, 0.0f) == 0.0f;
  const Missing now =
      all_finite || !geometry() ? Missing{} : missing_in({values, static_cast<std::size_t>(entities_)}, t);
  if (now.entity < 0) return missing_text_.clear();
  if (missing_text_.empty()) {
    const Missing first = first_missing(now);
    std::string cause;
    try {
      cause = cause_of_missing(first.entity);
    } catch (const std::exception&) {
      // A model in such a state may not answer; what is seen is said all the same.
    }
    cause = cause.empty()
                ? ". A smaller dt, or a look at the mechanism's parameters there, may help; Reset starts again."
                : ": " + cause + ".";
    missing_text_ = "the value of section '" + std::string(geometry()->section_names.string_at(first.entity)) +
                    "' is not a number at x = " + general_text(held_.x_of(first.entity), 5) +
                    " from t = " + general_text(first.time_ms, 6) + " ms" + (first.earlier ? " or before" : "") + cause;
  }
  link()->report({Severity::warning, "not finite", missing_text_});
}

}  // namespace cnv
