#include "cnv/runtime/display_fields.hpp"

#include <algorithm>

namespace cnv {
namespace {

std::string attr_text(const Dict& attrs, std::string_view name) {
  const auto* value = attrs.find(name);
  const auto* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : std::string();
}

// Whether a view of the field has limits of its own: then they are for the variable of the beginning.
bool has_limits(const Scene& scene, const std::string& field_id) {
  for (const auto& [id, view] : scene.views)
    if (const auto* cell = std::get_if<MorphologyViewSpec>(&view);
        cell && (cell->color_field_id == field_id || cell->detail_field_id == field_id))
      if (cell->color_limits.is_binding() || cell->color_limits.value() || cell->color_norm != "auto") return true;
  return false;
}

}  // namespace

const DisplayVariable* DisplayFields::find(std::string_view name) const {
  const auto found = std::find_if(variables_.begin(), variables_.end(), [&](const auto& v) { return v.name == name; });
  return found == variables_.end() ? nullptr : &*found;
}

DisplayFields::Shown* DisplayFields::find_field(std::string_view field_id) {
  const auto found = std::find_if(shown_.begin(), shown_.end(), [&](const auto& s) { return s.field_id == field_id; });
  return found == shown_.end() ? nullptr : &*found;
}

void DisplayFields::describe(Scene& scene, std::int64_t entities, std::int64_t compartments,
                             const ReaderOf& reader_of) {
  if (variables_.empty()) return;
  for (auto& [id, field] : scene.fields) {
    auto* shown = find_field(id);
    const bool own_field = !shown;
    if (!shown) {
      Shown own{.field_id = id,
                .key = attr_text(field.attrs, variable_key_attr),
                .variable = attr_text(field.attrs, variable_attr)};
      if (own.variable.empty() || field.dims.size() != 1 || !find(own.variable)) continue;
      own.compartments = field.dims[0] == "compartment";
      own.count = own.compartments ? compartments : entities;
      own.read = reader_of(own.variable, own.compartments);
      if (own.key.empty()) own.key = display_variable_key;
      if (!own.read) continue;
      if (field.values.dtype() != DType::f32) field.values = field.values.astype(DType::f32);
      shown_.push_back(std::move(own));
      shown = &shown_.back();
    }
    const auto* variable = find(shown->variable);
    if (!variable) continue;
    for (auto& [name, value] : shown_variable_attrs(*variable)) field.attrs.set(name, std::move(value));
    // A field that only names its variable gets the variable's limits.
    field.attrs.set(initial_variable_attr, !own_field || has_limits(scene, id) ? shown->variable : std::string());
    field.attrs.set(variable_key_attr, shown->key);
    field.attrs.set(variables_attr, variables_value(variables_));
  }
}

void DisplayFields::Shown::note_initial() {
  const Value* first = field ? field->attrs().find(initial_variable_attr) : nullptr;
  if (field) initial = !first || *first == Value(variable);
}

FieldReplace DisplayFields::Shown::present(const DisplayVariable& described) const {
  std::vector<float> values(static_cast<std::size_t>(count));
  read(values.data());
  return {field_id, Array::copy_of(values), std::nullopt, shown_variable_attrs(described)};
}

void DisplayFields::bind(SceneStore& store) {
  for (auto& shown : shown_) {
    auto* field = store.find_field(shown.field_id);
    shown.field = field && field->dtype() == DType::f32 && field->shape() == Shape{shown.count} ? field : nullptr;
    shown.note_initial();
  }
}

std::vector<Update> DisplayFields::catch_up() const {
  std::vector<Update> updates;
  for (const auto& shown : shown_) {
    const auto* variable = find(shown.variable);
    if (!shown.field || !variable || attr_text(shown.field->attrs(), variable_attr) == shown.variable) continue;
    updates.emplace_back(shown.present(*variable));
  }
  return updates;
}

const std::string* DisplayFields::variable_of(std::string_view key) const {
  const auto found = std::find_if(shown_.begin(), shown_.end(), [&](const auto& s) { return s.key == key; });
  return found == shown_.end() ? nullptr : &found->variable;
}

std::optional<std::vector<Update>> DisplayFields::choose(std::string_view key, const std::string& variable,
                                                         const ReaderOf& reader_of) {
  const auto* wanted = find(variable);
  if (!wanted || !variable_of(key)) return std::nullopt;
  std::vector<VariableReader> readers;
  for (const auto& shown : shown_) {
    readers.push_back(shown.key == key ? reader_of(variable, shown.compartments) : VariableReader());
    if (shown.key == key && !readers.back()) return std::nullopt;
  }
  std::vector<Update> updates;
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    auto& shown = shown_[i];
    if (shown.key != key) continue;
    shown.variable = variable;
    shown.read = std::move(readers[i]);
    shown.note_initial();
    if (!shown.field) continue;
    updates.emplace_back(shown.present(*wanted));
  }
  updates.emplace_back(StatePatch{Dict{{std::string(key), variable}}});
  return updates;
}

}  // namespace cnv
