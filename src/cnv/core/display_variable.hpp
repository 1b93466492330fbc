// A quantity that can colour a cell, and the attributes of a field that tell a viewer which one it shows and which
// others there are. Written by sessions, read by views; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cnv/core/specs.hpp"

namespace cnv {

// Numbers of entities as ranges [first, end), in the order of the geometry.
using EntityRuns = std::vector<std::pair<std::int64_t, std::int64_t>>;
// Those of 0 … count − 1 for which `has` holds; empty when it holds for all, and one empty range when for none.
EntityRuns runs_where(std::int64_t count, const std::function<bool(std::int64_t)>& has);

// One of the quantities that a person can choose.
struct DisplayVariable {
  std::string name;              // "v", "ina", "m_hh"
  std::string unit;              // as shown: "mV", "mA/cm²"; empty: none
  std::string group;             // what it belongs to, for menus: "hh", "na_ion"; empty: the model as a whole
  std::optional<Limits> limits;  // colour limits that suit it; none: from the data seen so far
  EntityRuns entities;           // that have it; empty: all
  // Whether an entity has it.
  bool is_at(std::int64_t entity) const;
  friend bool operator==(const DisplayVariable&, const DisplayVariable&) = default;
};

// State key of the choice for the default display field.
inline constexpr std::string_view display_variable_key = "display_variable";
// State key with the list of variables that have plots of their own, besides the one of the default trace.
inline constexpr std::string_view plotted_variables_key = "plotted_variables";

// Names of the attributes of a field that shows a variable.
inline constexpr std::string_view variable_attr = "variable";  // name of the one shown
inline constexpr std::string_view initial_variable_attr =
    "initial_variable";                                                // the one that the view's own limits are for
inline constexpr std::string_view variable_key_attr = "variable_key";  // state key that chooses
inline constexpr std::string_view variables_attr = "variables";        // all that can be chosen
inline constexpr std::string_view variable_unit_attr =
    "variable_unit";  // of the one shown, instead of the field's unit
inline constexpr std::string_view variable_limits_attr = "variable_limits";  // of the one shown: (low, high) or None

// Attributes that say that `shown` is shown now.
Dict shown_variable_attrs(const DisplayVariable& shown);
// The list of all, as an attribute, and back; entries that are none are left out.
Value variables_value(const std::vector<DisplayVariable>& variables);
std::vector<DisplayVariable> variables_of(const Value& value);

}  // namespace cnv
