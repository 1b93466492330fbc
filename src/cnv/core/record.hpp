// Records by their tables: every spec and message lists its fields once (spec_tables.hpp, protocol/message_tables.hpp);
// reading, writing, patching by property name and documentation are derived here. What is made of each record is
// compiled once: record.cpp and protocol/message_records.cpp include record_members.hpp.
#pragma once

#include <concepts>
#include <string>
#include <tuple>
#include <variant>

#include "cnv/base/numbers.hpp"
#include "cnv/core/row_list.hpp"
#include "cnv/core/scene.hpp"

namespace cnv {

// What a change of a property makes necessary in the viewer.
enum class Refresh : std::uint8_t {
  nothing,  // not visible by itself
  paint,    // the view is drawn again
  data,     // the view takes its data again
  rebuild,  // the view or widget is made again
};

template <class T, class M>
struct Row {
  std::string_view name;
  M T::* member;
  std::string_view doc;
  Refresh refresh = Refresh::paint;
};
template <class T, class M>
constexpr Row<T, M> row(std::string_view name, M T::* member, std::string_view doc, Refresh refresh = Refresh::paint) {
  return {name, member, doc, refresh};
}

// Specialised for each record: `name`, `doc`, and `rows()` (a RowList of Row).
template <class T>
struct Table;

template <class T>
concept Record = requires { Table<T>::name; };

template <class T, class Fn>
constexpr void for_each_row(Fn&& fn) {
  Table<T>::rows().for_each(fn);
}
template <class T>
inline constexpr std::size_t row_count = decltype(Table<T>::rows())::size;

// ---- to a Value -------------------------------------------------------------------------------------------------

template <Record T>
Value to_value(const T& record);
inline Value to_value(const Value& v) { return v; }
inline Value to_value(bool v) { return v; }
inline Value to_value(std::int64_t v) { return v; }
inline Value to_value(std::uint64_t v) { return static_cast<std::int64_t>(v); }
inline Value to_value(double v) { return v; }
inline Value to_value(const std::string& v) { return v; }
inline Value to_value(const Array& v) { return v; }
inline Value to_value(const Dict& v) { return v; }
inline Value to_value(const StateBinding& v) { return v; }
inline Value to_value(const AttributeRef& v) { return v; }
template <class T>
Value to_value(const std::optional<T>& v);
template <class T>
Value to_value(const std::vector<T>& v);
template <class T>
  requires(!std::same_as<T, Value>)
Value to_value(const OrderedMap<T>& v);
template <class T>
Value to_value(const Bindable<T>& v);
template <class A, class B>
Value to_value(const std::pair<A, B>& v);
template <class... Ts>
Value to_value(const std::tuple<Ts...>& v);
template <class... Ts>
Value to_value(const std::variant<Ts...>& v);
inline Value to_value(const GeometryPtr& v);

template <class T>
Value to_value(const std::optional<T>& v) {
  return v ? to_value(*v) : Value();
}
template <class T>
Value to_value(const std::vector<T>& v) {
  List list;
  list.reserve(v.size());
  for (const auto& item : v) list.push_back(to_value(item));
  return list;
}
template <class T>
  requires(!std::same_as<T, Value>)
Value to_value(const OrderedMap<T>& v) {
  Dict dict;
  for (const auto& [key, item] : v) dict.set(key, to_value(item));
  return dict;
}
template <class T>
Value to_value(const Bindable<T>& v) {
  return v.is_binding() ? Value(v.binding()) : to_value(v.value());
}
template <class A, class B>
Value to_value(const std::pair<A, B>& v) {
  return List{to_value(v.first), to_value(v.second)};
}
template <class... Ts>
Value to_value(const std::tuple<Ts...>& v) {
  return std::apply([](const auto&... item) { return Value(List{to_value(item)...}); }, v);
}
// A variant of records is a dict with the record's name under "type".
template <class... Ts>
Value to_value(const std::variant<Ts...>& v) {
  return std::visit(
      [](const auto& record) {
        Value value = to_value(record);
        Dict tagged{{"type", Table<std::decay_t<decltype(record)>>::name}};
        for (auto& [key, item] : *value.template get_if<Dict>()) tagged.set(key, std::move(item));
        return Value(std::move(tagged));
      },
      v);
}
inline Value to_value(const GeometryPtr& v) { return v ? to_value(*v) : Value(); }

// ---- from a Value -----------------------------------------------------------------------------------------------
// False, and `problem` names the property and what was wrong. `out` may then be half changed: read into a copy.

template <Record T>
bool from_value(const Value& v, T& out, std::string& problem);
bool from_value(const Value& v, Value& out, std::string& problem);
bool from_value(const Value& v, bool& out, std::string& problem);
bool from_value(const Value& v, std::int64_t& out, std::string& problem);
bool from_value(const Value& v, std::uint64_t& out, std::string& problem);
bool from_value(const Value& v, double& out, std::string& problem);
bool from_value(const Value& v, std::string& out, std::string& problem);
bool from_value(const Value& v, Array& out, std::string& problem);
bool from_value(const Value& v, Dict& out, std::string& problem);
bool from_value(const Value& v, StateBinding& out, std::string& problem);
bool from_value(const Value& v, AttributeRef& out, std::string& problem);
template <class T>
bool from_value(const Value& v, std::optional<T>& out, std::string& problem);
template <class T>
bool from_value(const Value& v, std::vector<T>& out, std::string& problem);
template <class T>
  requires(!std::same_as<T, Value>)
bool from_value(const Value& v, OrderedMap<T>& out, std::string& problem);
template <class T>
bool from_value(const Value& v, Bindable<T>& out, std::string& problem);
template <class A, class B>
bool from_value(const Value& v, std::pair<A, B>& out, std::string& problem);
template <class... Ts>
bool from_value(const Value& v, std::tuple<Ts...>& out, std::string& problem);
template <class... Ts>
bool from_value(const Value& v, std::variant<Ts...>& out, std::string& problem);
inline bool from_value(const Value& v, GeometryPtr& out, std::string& problem);

// "expected a number, got 'x'"
std::string expected(std::string_view what, const Value& got);

// Sets one property by name. Unknown names are a problem.
template <Record T>
bool set_property(T& record, std::string_view name, const Value& value, std::string& problem);

template <class T>
bool from_value(const Value& v, std::optional<T>& out, std::string& problem) {
  if (v.is_null()) return out.reset(), true;
  T item{};
  if (!from_value(v, item, problem)) return false;
  out = std::move(item);
  return true;
}
template <class T>
bool from_value(const Value& v, std::vector<T>& out, std::string& problem) {
  const auto* list = v.get_if<List>();
  if (!list) return problem = expected("a list", v), false;
  std::vector<T> items(list->size());
  for (std::size_t i = 0; i < items.size(); ++i)
    if (!from_value((*list)[i], items[i], problem)) return false;
  out = std::move(items);
  return true;
}
template <class T>
  requires(!std::same_as<T, Value>)
bool from_value(const Value& v, OrderedMap<T>& out, std::string& problem) {
  const auto* dict = v.get_if<Dict>();
  if (!dict) return problem = expected("a dict", v), false;
  OrderedMap<T> items;
  for (const auto& [key, item] : *dict) {
    T value{};
    if (!from_value(item, value, problem)) return problem = "'" + key + "': " + problem, false;
    items.set(key, std::move(value));
  }
  out = std::move(items);
  return true;
}
template <class T>
bool from_value(const Value& v, Bindable<T>& out, std::string& problem) {
  if (const auto* binding = v.get_if<StateBinding>()) return out = Bindable<T>(*binding), true;
  T value{};
  if (!from_value(v, value, problem)) return false;
  out = Bindable<T>(std::move(value));
  return true;
}
template <class A, class B>
bool from_value(const Value& v, std::pair<A, B>& out, std::string& problem) {
  const auto* list = v.get_if<List>();
  if (!list || list->size() != 2) return problem = expected("two values", v), false;
  return from_value((*list)[0], out.first, problem) && from_value((*list)[1], out.second, problem);
}
template <class... Ts>
bool from_value(const Value& v, std::tuple<Ts...>& out, std::string& problem) {
  const auto* list = v.get_if<List>();
  if (!list || list->size() != sizeof...(Ts))
    return problem = expected(plain_text(sizeof...(Ts)) + " values", v), false;
  std::size_t i = 0;
  return std::apply([&](auto&... item) { return (from_value((*list)[i++], item, problem) && ...); }, out);
}
template <class... Ts>
bool from_value(const Value& v, std::variant<Ts...>& out, std::string& problem) {
  const auto* dict = v.get_if<Dict>();
  const auto* type = dict ? dict->find("type") : nullptr;
  const auto* name = type ? type->get_if<std::string>() : nullptr;
  if (!name) return problem = expected("a record with a type", v), false;
  bool known = false, good = false;
  const auto attempt = [&]<class T>() {
    if (known || *name != Table<T>::name) return;
    known = true;
    T record{};
    good = from_value(v, record, problem);
    if (good) out = std::move(record);
  };
  (attempt.template operator()<Ts>(), ...);
  if (!known) problem = "unknown record type '" + *name + "'";
  return good;
}
inline bool from_value(const Value& v, GeometryPtr& out, std::string& problem) {
  AnyGeometry geometry;
  if (!from_value(v, geometry, problem)) return false;
  out = std::make_shared<const AnyGeometry>(std::move(geometry));
  return true;
}

}  // namespace cnv

#include "cnv/core/spec_tables.hpp"
