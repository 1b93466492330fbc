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
  using Entry = std::pair<std::string, T>;
  using value_type = Entry;

  OrderedMap() = default;
  OrderedMap(std::initializer_list<Entry> entries) {
    for (const auto& e : entries) set(e.first, e.second);
  }

  T* find(std::string_view key) {
    for (auto& e : entries_)
      if (e.first == key) return &e.second;
    return nullptr;
  }
  const T* find(std::string_view key) const { return const_cast<OrderedMap*>(this)->find(key); }
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  // The present value, or a new one at the end.
  T& operator[](std::string_view key) {
    if (T* found = find(key)) return *found;
    return entries_.emplace_back(std::string(key), T{}).second;
  }
  void set(std::string_view key, T value) {
    if (T* found = find(key)) *found = std::move(value);
    else entries_.emplace_back(std::string(key), std::move(value));
  }
  // A new value at the end; the caller knows that the key is not there yet.
  T& append_new(std::string_view key) { return entries_.emplace_back(std::string(key), T{}).second; }
  bool erase(std::string_view key) {
    for (auto it = entries_.begin(); it != entries_.end(); ++it)
      if (it->first == key) return entries_.erase(it), true;
    return false;
  }

  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  void clear() { entries_.clear(); }
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

  friend bool operator==(const OrderedMap& a, const OrderedMap& b) { return a.entries_ == b.entries_; }

 private:
  std::vector<Entry> entries_;
};

}  // namespace cnv
