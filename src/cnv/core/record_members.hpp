// What record.hpp promises of each record, for the files that compile it: CNV_RECORD(type) after the table of the type.
#pragma once

#include "cnv/core/member_count.hpp"
#include "cnv/core/record.hpp"

#define CNV_RECORD(type)                                                       \
  static_assert(cnv::has_members<type, cnv::row_count<type>>());               \
  template cnv::Value cnv::to_value<type>(const type&);                        \
  template bool cnv::from_value<type>(const cnv::Value&, type&, std::string&); \
  template bool cnv::set_property<type>(type&, std::string_view, const cnv::Value&, std::string&);

namespace cnv {

template <Record T>
Value to_value(const T& record) {
  Dict dict;
  for_each_row<T>([&](const auto& r) { dict.set(r.name, to_value(record.*(r.member))); });
  return dict;
}

template <Record T>
bool set_property(T& record, std::string_view name, const Value& value, std::string& problem) {
  bool known = false, good = false;
  for_each_row<T>([&](const auto& r) {
    if (known || r.name != name) return;
    known = true;
    good = from_value(value, record.*(r.member), problem);
  });
  if (!known) problem = std::string(Table<T>::name) + " has no attribute '" + std::string(name) + "'";
  else if (!good) problem = std::string(Table<T>::name) + "." + std::string(name) + ": " + problem;
  return good;
}

template <Record T>
bool from_value(const Value& v, T& out, std::string& problem) {
  const auto* dict = v.get_if<Dict>();
  if (!dict) return problem = std::string(Table<T>::name) + ": " + expected("a dict", v), false;
  for (const auto& [key, item] : *dict)
    if (key != "type" && !set_property(out, key, item, problem)) return false;
  return true;
}

}  // namespace cnv
