// What the views read of the viewer's state: bindings, the selection, the time shown, pointer and cursor. Used by every
// view class and by SceneModel; GUI thread only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cnv/core/record.hpp"
#include "cnv/core/scene_store.hpp"
#include "cnv/core/stored_field.hpp"

namespace cnv {

// The state's value of a key; null when the key is missing.
const Value& state_value(const Dict& state, std::string_view key);
// Also of a field's attributes; empty when it is no text.
std::string text_or_empty(const Dict& state, std::string_view key);
// What the values of a field are called: its attribute "label", or its id.
std::string quantity_label(const StoredField& field);
// An attribute of two finite numbers.
std::optional<Limits> limits_attr(const StoredField& field, std::string_view name);
// The value itself, or what it is bound to; never a binding (a binding that leads to a binding counts as null).
const Value& resolve(const Value& value, const Dict& state);
// Two numbers in a one-dimensional array are as good as a list.
Value list_from_array(const Value& value);

// The literal, or the state's value. Nothing when that is null or not a T; then each place has its own rule.
template <class T>
std::optional<T> resolve(const Bindable<T>& property, const Dict& state) {
  if (!property.is_binding()) return property.value();
  const Value value = list_from_array(state_value(state, property.binding().key));
  std::string problem;
  T out{};
  if (value.is_null() || !from_value(value, out, problem)) return std::nullopt;
  return out;
}
inline const Value& resolve(const Bindable<Value>& property, const Dict& state) {
  return property.is_binding() ? resolve(state_value(state, property.binding().key), state)
                               : resolve(property.value(), state);
}

// Limits as two finite numbers, low first; nothing when there are none or they are not two numbers.
std::optional<Limits> resolve_limits(const Bindable<std::optional<Limits>>& limits, const Dict& state);

// Selected entities in the order of their trace numbers; `latest` is one of them or empty. The list of the state counts
// only while it contains the latest entity: a program that sets the latest alone means that one.
struct Selection {
  std::vector<std::string> entity_ids;
  std::string latest;

  // Trace number of an entity, or -1.
  int number(std::string_view entity_id) const;
  friend bool operator==(const Selection&, const Selection&) = default;
};
Selection selection(const Dict& state);

// The state that a click leads to: keys and values for a click on an entity, alone or added to what is selected.
Dict selection_updates(const SceneStore& store, std::string_view entity_id, bool add);

// Variables that have plots of their own beside the default trace.
std::vector<std::string> plotted_variables(const Dict& state);

// A place on an x axis, shared by all plots and heat maps whose x dim has this name.
struct Cursor {
  std::string dim;
  double x = 0;
  std::string row_dim = {}, row = {};  // the row of a heat map under the pointer, for others with the same dim of rows
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// The entity under the pointer, shown in all views.
struct Hover {
  std::string view_id;
  std::string entity_id;
  friend bool operator==(const Hover&, const Hover&) = default;
};

// What only this viewer knows; none of it is sent.
struct ViewState {
  std::optional<double> time_shown;  // ms; nothing: live
  std::optional<Cursor> cursor;
  std::optional<Hover> hover;
};

// The cursor of a view with this x dim: that of the pointer, else the time shown.
std::optional<Cursor> cursor_for(const ViewState& view_state, std::string_view x_dim);

}  // namespace cnv
