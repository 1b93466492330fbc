#include "cnv/core/display_variable.hpp"

#include <cmath>

namespace cnv {
namespace {

Value limits_value(const std::optional<Limits>& limits) {
  return limits ? Value(List{limits->first, limits->second}) : Value();
}

std::optional<Limits> limits_of(const Value& value) {
  const auto* pair = value.get_if<List>();
  if (!pair || pair->size() != 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number()) return std::nullopt;
  const Limits limits{(*pair)[0].as_double(), (*pair)[1].as_double()};
  if (!std::isfinite(limits.first) || !std::isfinite(limits.second)) return std::nullopt;
  return limits;
}

std::string text_of(const Dict& from, std::string_view key) {
  const auto* value = from.find(key);
  const auto* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : std::string();
}

}  // namespace

Dict shown_variable_attrs(const DisplayVariable& shown) {
  return {{std::string(variable_attr), shown.name},
          {std::string(variable_unit_attr), shown.unit},
          {std::string(variable_limits_attr), limits_value(shown.limits)}};
}

Value variables_value(const std::vector<DisplayVariable>& variables) {
  List out;
  for (const auto& variable : variables)
    out.emplace_back(Dict{{"name", variable.name},
                          {"unit", variable.unit},
                          {"group", variable.group},
                          {"limits", limits_value(variable.limits)}});
  return out;
}

std::vector<DisplayVariable> variables_of(const Value& value) {
  std::vector<DisplayVariable> out;
  const auto* list = value.get_if<List>();
  if (!list) return out;
  for (const auto& item : *list) {
    const auto* entry = item.get_if<Dict>();
    if (!entry || text_of(*entry, "name").empty()) continue;
    const auto* limits = entry->find("limits");
    out.push_back({text_of(*entry, "name"), text_of(*entry, "unit"), text_of(*entry, "group"),
                   limits ? limits_of(*limits) : std::nullopt});
  }
  return out;
}

}  // namespace cnv
