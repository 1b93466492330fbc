// The one converter between Python records and C++ records, driven by the field tables. Call with the GIL held. What
// does not fit throws TypeError with the path of the attribute: "LinePlotViewSpec 'trace'.pen: …".
#pragma once

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include "arrays.hpp"
#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "record_classes.hpp"

namespace cnv::python {

[[noreturn]] void refuse(std::string_view wanted, nb::handle got);
// Rethrows the present exception with `where` in front.
[[noreturn]] void rethrow_at(const std::string& where);

// ---- to C++ ------------------------------------------------------------------------------------------------------

void from_python(nb::handle object, Value& out);
void from_python(nb::handle object, bool& out);
void from_python(nb::handle object, std::int64_t& out);
void from_python(nb::handle object, std::uint64_t& out);
void from_python(nb::handle object, double& out);
void from_python(nb::handle object, std::string& out);
void from_python(nb::handle object, StateBinding& out);
void from_python(nb::handle object, AttributeRef& out);
inline void from_python(nb::handle object, Array& out) { out = array_from_python(object); }
void from_python(nb::handle object, GeometryPtr& out);
template <Record T>
void from_python(nb::handle object, T& out);
template <class T>
void from_python(nb::handle object, std::optional<T>& out);
template <class T>
void from_python(nb::handle object, std::vector<T>& out);
template <class T>
void from_python(nb::handle object, OrderedMap<T>& out);
template <class T>
void from_python(nb::handle object, Bindable<T>& out);
template <class A, class B>
void from_python(nb::handle object, std::pair<A, B>& out);
template <class... Ts>
void from_python(nb::handle object, std::tuple<Ts...>& out);
template <class... Ts>
void from_python(nb::handle object, std::variant<Ts...>& out);

// A list, tuple, array or other sequence that is not text; throws otherwise.
nb::object sequence(nb::handle object);
// The items of a mapping as a dict; throws otherwise.
nb::dict mapping(nb::handle object);
std::string key_text(nb::handle key);
// "LinePlotViewSpec 'trace'", for messages.
std::string record_label(std::string_view name, nb::handle object);

// Whether Python takes the object for true. Throws what its __bool__ raises.
bool truth(nb::handle object);

template <class T>
T from_python(nb::handle object) {
  T out{};
  from_python(object, out);
  return out;
}

template <Record T>
void from_python(nb::handle object, T& out) {
  if (!is_instance(object, record_class<T>())) refuse(Table<T>::name, object);
  std::size_t i = 0;
  for_each_row<T>([&](const auto& r) {
    nb::object attribute = nb::getattr(object, attribute_name<T>(i++));
    try {
      from_python(attribute, out.*(r.member));
    } catch (const TypeError&) {
      rethrow_at(record_label(Table<T>::name, object) + "." + std::string(r.name));
    }
  });
}
template <class T>
void from_python(nb::handle object, std::optional<T>& out) {
  if (object.is_none()) return out.reset();
  from_python(object, out.emplace());
}
template <class T>
void from_python(nb::handle object, std::vector<T>& out) {
  nb::object items = sequence(object);
  out.clear();
  for (nb::handle item : items) from_python(item, out.emplace_back());
}
template <class T>
void from_python(nb::handle object, OrderedMap<T>& out) {
  out.clear();
  for (auto [key, item] : mapping(object)) {
    const std::string name = key_text(key);
    try {
      from_python(item, out[name]);
    } catch (const TypeError&) {
      rethrow_at("['" + name + "']");
    }
  }
}
template <class T>
void from_python(nb::handle object, Bindable<T>& out) {
  if (is_instance(object, binding_class())) out.v = from_python<StateBinding>(object);
  else out.v = from_python<T>(object);
}
template <class A, class B>
void from_python(nb::handle object, std::pair<A, B>& out) {
  nb::list items(sequence(object));
  if (items.size() != 2) refuse("two values", object);
  from_python(items[0], out.first);
  from_python(items[1], out.second);
}
template <class... Ts>
void from_python(nb::handle object, std::tuple<Ts...>& out) {
  nb::list items(sequence(object));
  if (items.size() != sizeof...(Ts)) refuse(plain_text(sizeof...(Ts)) + " values", object);
  std::size_t i = 0;
  std::apply([&](auto&... item) { (from_python(items[i++], item), ...); }, out);
}
template <class... Ts>
void from_python(nb::handle object, std::variant<Ts...>& out) {
  bool known = false;
  const auto attempt = [&]<class T>() {
    if (known || !is_instance(object, record_class<T>())) return;
    known = true;
    out = from_python<T>(object);
  };
  (attempt.template operator()<Ts>(), ...);
  if (known) return;
  std::string names;
  ((names += (names.empty() ? "" : " or ") + std::string(Table<Ts>::name)), ...);
  refuse(names, object);
}

// ---- to Python ---------------------------------------------------------------------------------------------------

nb::object to_python(const Value& value);
inline nb::object to_python(bool v) { return nb::bool_(v); }
inline nb::object to_python(std::int64_t v) { return nb::int_(v); }
inline nb::object to_python(std::uint64_t v) { return nb::int_(v); }
inline nb::object to_python(double v) { return nb::float_(v); }
inline nb::object to_python(const std::string& v) { return nb::str(v.data(), v.size()); }
inline nb::object to_python(const Array& v) { return array_to_python(v); }
nb::object to_python(const StateBinding& v);
nb::object to_python(const AttributeRef& v);
nb::object to_python(const GeometryPtr& v);
template <Record T>
nb::object to_python(const T& record);
template <class T>
nb::object to_python(const std::optional<T>& v);
template <class T>
nb::object to_python(const std::vector<T>& v);
template <class T>
nb::object to_python(const OrderedMap<T>& v);
template <class T>
nb::object to_python(const Bindable<T>& v);
template <class A, class B>
nb::object to_python(const std::pair<A, B>& v);
template <class... Ts>
nb::object to_python(const std::tuple<Ts...>& v);
template <class... Ts>
nb::object to_python(const std::variant<Ts...>& v);

template <Record T>
nb::object to_python(const T& record) {
  constexpr std::size_t count = row_count<T>;
  nb::object arguments = nb::steal(PyTuple_New(count));
  std::size_t i = 0;
  for_each_row<T>(
      [&](const auto& r) { PyTuple_SET_ITEM(arguments.ptr(), i++, to_python(record.*(r.member)).release().ptr()); });
  PyObject* made = PyObject_Call(record_class<T>().ptr(), arguments.ptr(), nullptr);
  if (!made) throw nb::python_error();
  return nb::steal(made);
}
template <class T>
nb::object to_python(const std::optional<T>& v) {
  return v ? to_python(*v) : nb::none();
}
template <class T>
nb::object to_python(const std::vector<T>& v) {
  nb::list items;
  for (const auto& item : v) items.append(to_python(item));
  return nb::tuple(items);
}
template <class T>
nb::object to_python(const OrderedMap<T>& v) {
  nb::dict dict;
  for (const auto& [key, item] : v) dict[nb::str(key.data(), key.size())] = to_python(item);
  return dict;
}
template <class T>
nb::object to_python(const Bindable<T>& v) {
  return v.is_binding() ? to_python(v.binding()) : to_python(v.value());
}
template <class A, class B>
nb::object to_python(const std::pair<A, B>& v) {
  return nb::make_tuple(to_python(v.first), to_python(v.second));
}
template <class... Ts>
nb::object to_python(const std::tuple<Ts...>& v) {
  return std::apply([](const auto&... item) -> nb::object { return nb::make_tuple(to_python(item)...); }, v);
}
template <class... Ts>
nb::object to_python(const std::variant<Ts...>& v) {
  return std::visit([](const auto& record) { return to_python(record); }, v);
}

}  // namespace cnv::python
