#include "cnv/view/view_state.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/core/display_variable.hpp"
#include "cnv/core/texts.hpp"

namespace cnv {

namespace {
const Value null_value;
}  // namespace

std::string text_or_empty(const Dict& state, std::string_view key) {
  const auto* text = state_value(state, key).get_if<std::string>();
  return text ? *text : std::string();
}

std::string quantity_label(const StoredField& field) {
  const std::string label = text_or_empty(field.attrs(), "label");
  return label.empty() ? field.id() : label;
}

std::optional<Limits> limits_attr(const StoredField& field, std::string_view name) {
  const auto* pair = state_value(field.attrs(), name).get_if<List>();
  if (!pair || pair->size() != 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number()) return std::nullopt;
  const Limits limits{(*pair)[0].as_double(), (*pair)[1].as_double()};
  if (!std::isfinite(limits.first) || !std::isfinite(limits.second)) return std::nullopt;
  return limits;
}

const Value& state_value(const Dict& state, std::string_view key) {
  const auto* found = state.find(key);
  return found ? *found : null_value;
}

const Value& resolve(const Value& value, const Dict& state) {
  const auto* binding = value.get_if<StateBinding>();
  if (!binding) return value;
  const Value& found = state_value(state, binding->key);
  return found.is<StateBinding>() ? null_value : found;
}

Value list_from_array(const Value& value) {
  const auto* array = value.get_if<Array>();
  if (!array || array->ndim() != 1 || array->is_string()) return value;
  List list;
  for (std::int64_t i = 0; i < array->size(); ++i) list.emplace_back(array->number_at(i));
  return list;
}

std::optional<Limits> resolve_limits(const Bindable<std::optional<Limits>>& limits, const Dict& state) {
  const auto found = resolve(limits, state);
  if (!found || !*found || !std::isfinite((*found)->first) || !std::isfinite((*found)->second)) return std::nullopt;
  return *found;
}

std::vector<std::string> plotted_variables(const Dict& state) {
  return texts_of(state_value(state, plotted_variables_key));
}

int Selection::number(std::string_view entity_id) const {
  const auto found = std::find(entity_ids.begin(), entity_ids.end(), entity_id);
  return found == entity_ids.end() ? -1 : static_cast<int>(found - entity_ids.begin());
}

Selection selection(const Dict& state) {
  Selection out;
  out.latest = text_or_empty(state, selected_entity_key);
  out.entity_ids = texts_of(state_value(state, selected_traces_key));
  if (!out.latest.empty() && out.number(out.latest) < 0) out.entity_ids = {out.latest};
  return out;
}

Dict selection_updates(const SceneStore& store, std::string_view entity_id, bool add) {
  List traces;
  if (add)
    for (const auto& id : selection(store.state()).entity_ids) traces.emplace_back(id);
  if (std::find(traces.begin(), traces.end(), Value(entity_id)) == traces.end()) traces.emplace_back(entity_id);
  std::string label(entity_id);
  for (const auto& [id, geometry] : store.scene().geometries)
    if (const auto* morphology = std::get_if<MorphologyGeometry>(geometry.get()))
      if (const auto i = morphology->find_entity(entity_id); i >= 0) label = morphology->label_at(i);
  return {{std::string(selected_entity_key), entity_id},
          {std::string(selected_label_key), label},
          {std::string(selected_traces_key), std::move(traces)}};
}

std::optional<Cursor> cursor_for(const ViewState& view_state, std::string_view x_dim) {
  if (view_state.cursor && view_state.cursor->dim == x_dim) return view_state.cursor;
  if (view_state.time_shown && x_dim == "time") return Cursor{"time", *view_state.time_shown};
  return std::nullopt;
}

}  // namespace cnv
