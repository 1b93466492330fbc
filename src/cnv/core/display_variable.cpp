#include "cnv/core/display_variable.hpp"

#include <algorithm>
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

Value runs_value(const EntityRuns& runs) {
  List out;
  for (const auto& [first, end] : runs) out.emplace_back(List{first, end});
  return out;
}

EntityRuns runs_of(const Value* value) {
  EntityRuns out;
  const auto* list = value ? value->get_if<List>() : nullptr;
  if (!list) return out;
  for (const auto& item : *list)
    if (const auto* run = item.get_if<List>();
        run && run->size() == 2 && (*run)[0].is<std::int64_t>() && (*run)[1].is<std::int64_t>())
      out.emplace_back((*run)[0].as_int(), (*run)[1].as_int());
  return out;
}

}  // namespace

EntityRuns runs_where(std::int64_t count, const std::function<bool(std::int64_t)>& has) {
  EntityRuns runs;
  for (std::int64_t i = 0; i < count; ++i) {
    if (!has(i)) continue;
    if (!runs.empty() && runs.back().second == i) ++runs.back().second;
    else runs.emplace_back(i, i + 1);
  }
  if (runs.empty()) return {{0, 0}};
  return runs.front() == EntityRuns::value_type{0, count} ? EntityRuns{} : runs;
}

bool DisplayVariable::is_at(std::int64_t entity) const {
  return entities.empty() ||
         std::ranges::any_of(entities, [&](const auto& run) { return run.first <= entity && entity < run.second; });
}

Dict shown_variable_attrs(const DisplayVariable& shown) {
  return {{std::string(variable_attr), shown.name},
          {std::string(variable_unit_attr), shown.unit},
          {std::string(variable_limits_attr), limits_value(shown.limits)}};
}

Value variables_value(const std::vector<DisplayVariable>& variables) {
  List out;
  for (const auto& variable : variables) {
    Dict entry{{"name", variable.name},
               {"unit", variable.unit},
               {"group", variable.group},
               {"limits", limits_value(variable.limits)}};
    if (!variable.entities.empty()) entry.set("entities", runs_value(variable.entities));
    out.emplace_back(std::move(entry));
  }
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
                   limits ? limits_of(*limits) : std::nullopt, runs_of(entry->find("entities"))});
  }
  return out;
}

}  // namespace cnv
