#include "cnv/core/scene.hpp"

#include <algorithm>

#include "cnv/base/exceptions.hpp"
#include "cnv/core/record.hpp"
#include "cnv/core/spec_check.hpp"

namespace cnv {
namespace {

// Applies all updates to a copy first, so that a bad one changes nothing.
template <class T>
void replace_record(OrderedMap<T>& map, std::string_view kind, std::string_view id, const Dict& updates) {
  T* target = map.find(id);
  if (!target) throw KeyError("there is no " + std::string(kind) + " '" + std::string(id) + "'");
  T changed = *target;
  const auto patch = [&](auto& record) {
    for (const auto& [name, value] : updates) {
      std::string problem;
      if (!set_property(record, name, value, problem))
        throw TypeError(std::string(kind) + " '" + std::string(id) + "': " + problem);
    }
  };
  if constexpr (Record<T>) patch(changed);
  else std::visit(patch, changed);
  if constexpr (requires { problem_of(changed); })
    if (const auto problem = problem_of(changed); !problem.empty()) throw ValueError(problem);
  *target = std::move(changed);
}

bool mentions(const Value& value, std::string_view key) {
  if (const auto* binding = value.get_if<StateBinding>()) return binding->key == key;
  if (const auto* list = value.get_if<List>())
    return std::any_of(list->begin(), list->end(), [&](const Value& item) { return mentions(item, key); });
  const auto* dict = value.get_if<Dict>();
  return dict && std::any_of(dict->begin(), dict->end(), [&](const auto& entry) {
           const auto* text =
               entry.first.ends_with("state_key") ? entry.second.template get_if<std::string>() : nullptr;
           return (text && *text == key) || mentions(entry.second, key);
         });
}

}  // namespace

bool binds(const Scene& scene, std::string_view key) {
  return mentions(to_value(scene.views), key) || mentions(to_value(scene.operators), key) ||
         mentions(to_value(scene.actions), key);
}

bool operator==(const Scene& a, const Scene& b) {
  const auto same_geometry = [](const auto& x, const auto& y) {
    return x.first == y.first && (x.second == y.second || (x.second && y.second && *x.second == *y.second));
  };
  return a.fields == b.fields &&
         std::equal(a.geometries.begin(), a.geometries.end(), b.geometries.begin(), b.geometries.end(),
                    same_geometry) &&
         a.views == b.views && a.operators == b.operators && a.controls == b.controls && a.actions == b.actions &&
         a.layout == b.layout && a.metadata == b.metadata;
}

void Scene::replace_view(std::string_view id, const Dict& updates) { replace_record(views, "view", id, updates); }
void Scene::replace_operator(std::string_view id, const Dict& updates) {
  replace_record(operators, "operator", id, updates);
}
void Scene::replace_control(std::string_view id, const Dict& updates) {
  replace_record(controls, "control", id, updates);
}

}  // namespace cnv
