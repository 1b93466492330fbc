// OrderedMap: a small map that keeps the order of insertion, as Python's dict does. Linear search: scenes are small.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cnv {

template <class T>
class OrderedMap {
 public:
  // Key and value: what iteration gives.
  using Entry = std::pair<std::string, T>;
  using value_type = Entry;

  OrderedMap() = default;
  // Of two entries of one key the last value counts.
  OrderedMap(std::initializer_list<Entry> entries) {
    for (const auto& e : entries) set(e.first, e.second);
  }

  // Null when the key is not there. Valid until an entry is added or erased.
  T* find(std::string_view key) { return find_in(entries_, key); }
  const T* find(std::string_view key) const { return find_in(entries_, key); }
  // Whether the key is there.
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  // The present value, or a new one at the end.
  T& operator[](std::string_view key) {
    if (T* found = find(key)) return *found;
    return entries_.emplace_back(std::string(key), T{}).second;
  }
  // Replaces the value of a key, or adds it at the end.
  void set(std::string_view key, T value) {
    if (T* found = find(key)) *found = std::move(value);
    else entries_.emplace_back(std::string(key), std::move(value));
  }
  // A new value at the end; the caller knows that the key is not there yet.
  T& append_new(std::string_view key) { return entries_.emplace_back(std::string(key), T{}).second; }
  // False when the key was not there.
  bool erase(std::string_view key) {
    for (auto it = entries_.begin(); it != entries_.end(); ++it)
      if (it->first == key) return entries_.erase(it), true;
    return false;
  }

  // Number of entries.
  std::size_t size() const { return entries_.size(); }
  // True without entries.
  bool empty() const { return entries_.empty(); }
  // Removes all entries.
  void clear() { entries_.clear(); }
  // Entries in the order in which their keys came.
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

  friend bool operator==(const OrderedMap& a, const OrderedMap& b) { return a.entries_ == b.entries_; }

 private:
  template <class Entries>
  static auto find_in(Entries& entries, std::string_view key) -> decltype(&entries.front().second) {
    for (auto& e : entries)
      if (e.first == key) return &e.second;
    return nullptr;
  }

  std::vector<Entry> entries_;
};

}  // namespace cnv
