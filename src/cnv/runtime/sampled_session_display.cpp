// SampledSession: the variables that colour the cell, and values that are none.
#include <cmath>
#include <numeric>

#include "cnv/base/numbers.hpp"
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
  if (!displays_.variable_of(key)) return;
  const auto* name = value.get_if<std::string>();
  if (name && set_display_variable(*name, key)) return;
  emit(StatePatch{Dict{{std::string(key), display_variable(key)}}});
  emit(Status{"This model cannot show " + value.repr() + "; it goes on to show " + display_variable(key), 5000});
}

void SampledSession::check_finite(const float* values, double t) {
  const auto unexpected = [&](std::int64_t i) {
    return !std::isfinite(values[i]) && (missing_at_start_.empty() || !missing_at_start_[static_cast<std::size_t>(i)]);
  };
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
  const std::string place =
      " at x = " + general_text(geometry()->xlocs.number_at(bad), 5) + " from t = " + general_text(first, 6) + " ms";
  link()->report({Severity::warning, "not finite",
                  "the value of section '" + std::string(geometry()->section_names.string_at(bad)) +
                      "' is not a number" + place +
                      ". A smaller dt, or a look at the mechanism's parameters there, may help; Reset starts again."});
}

}  // namespace cnv
