// Reader: a received message as values and records, read from the tape by the records' tables. Used by codec.cpp, one
// per message. read() gives false when something does not fit; problem() then names message, property and reason.
#pragma once

#include <array>
#include <unordered_set>

#include "cnv/base/numbers.hpp"
#include "cnv/core/record.hpp"
#include "cnv/protocol/payload.hpp"

namespace cnv::protocol {

class Reader {
 public:
  explicit Reader(const Payload& payload) : payload_(payload) {}

  const Token& peek() const { return payload_.tape[at_]; }
  const Token& next() { return payload_.tape[at_++]; }
  std::size_t position() const { return at_; }
  void seek(std::size_t position) { at_ = position; }
  const Token& token(std::size_t position) const { return payload_.tape[position]; }
  // Past the item at this position.
  std::size_t after(std::size_t position) const {
    const Token& t = token(position);
    return t.kind == Token::Kind::list || t.kind == Token::Kind::dict ? t.end : position + 1;
  }
  const std::vector<Array>& arrays() const { return payload_.arrays; }

  const std::string& problem() const { return problem_; }
  bool fail(std::string problem) { return problem_ = std::move(problem), false; }
  // Puts where it happened before the problem.
  bool within(std::string_view place) { return problem_ = std::string(place) + ": " + problem_, false; }
  // The present item is not what is wanted.
  bool not_expected(std::string_view what);

 private:
  const Payload& payload_;
  std::size_t at_ = 0;
  std::string problem_;
};

template <Record T>
bool read(Reader& r, T& out);
template <class T>
bool read(Reader& r, std::optional<T>& out);
template <class T>
bool read(Reader& r, std::vector<T>& out);
template <class T>
bool read(Reader& r, OrderedMap<T>& out);
template <class T>
bool read(Reader& r, Bindable<T>& out);
template <class A, class B>
bool read(Reader& r, std::pair<A, B>& out);
template <class... Ts>
bool read(Reader& r, std::tuple<Ts...>& out);
template <class... Ts>
bool read(Reader& r, std::variant<Ts...>& out);
bool read(Reader& r, Value& out);
bool read(Reader& r, bool& out);
bool read(Reader& r, std::int64_t& out);
bool read(Reader& r, std::uint64_t& out);
bool read(Reader& r, double& out);
bool read(Reader& r, std::string& out);
bool read(Reader& r, Array& out);
bool read(Reader& r, StateBinding& out);
bool read(Reader& r, AttributeRef& out);
bool read(Reader& r, GeometryPtr& out);
bool is_binding(const Token& token);

// Keys of one dict, each once: linear while there are few.
class KeySet {
 public:
  template <class T>
  bool add(const OrderedMap<T>& map, std::string_view key) {
    if (map.size() < 16) return !map.contains(key);
    if (map.size() == 16)
      for (const auto& entry : map) many_.insert(std::string(entry.first));
    return many_.insert(std::string(key)).second;
  }

 private:
  std::unordered_set<std::string> many_;
};

// How each row of a record is read; the place in the table is the place in the array.
template <Record T>
struct RowReaders {
  using Fn = bool (*)(Reader&, T&);
  static constexpr std::size_t count = row_count<T>;
  static_assert(count <= 64);
  static constexpr auto rows = Table<T>::rows();
  static constexpr auto names = rows.names();
  static constexpr auto fns = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<Fn, count>{[](Reader& r, T& out) { return read(r, out.*(row_at<I>(rows).member)); }...};
  }(std::make_index_sequence<count>());
  // Records are written in the order of the table, so the guess nearly always holds.
  static std::size_t find(std::string_view name, std::size_t guess) {
    if (guess < count && names[guess] == name) return guess;
    for (std::size_t i = 0; i < count; ++i)
      if (names[i] == name) return i;
    return count;
  }
};

template <Record T>
bool read(Reader& r, T& out) {
  const Token& dict = r.peek();
  if (dict.kind != Token::Kind::dict) return r.not_expected("a dict"), r.within(Table<T>::name);
  r.next();
  std::uint64_t seen = 0;
  std::size_t guess = 0;
  for (std::uint32_t i = 0; i < dict.size; ++i) {
    if (r.peek().kind != Token::Kind::text) return r.not_expected("the name of a property"), r.within(Table<T>::name);
    const std::string_view name = r.next().text();
    if (name == "type") {
      r.seek(r.after(r.position()));
      continue;
    }
    const std::size_t row = RowReaders<T>::find(name, guess);
    if (row == RowReaders<T>::count)
      return r.fail(std::string(Table<T>::name) + " has no attribute '" + std::string(name) + "'");
    const std::uint64_t bit = std::uint64_t{1} << row;
    if (seen & bit) return r.fail(std::string(Table<T>::name) + "." + std::string(name) + " is given twice");
    seen |= bit;
    if constexpr (RowReaders<T>::count > 0)
      if (!RowReaders<T>::fns[row](r, out)) return r.within(std::string(Table<T>::name) + "." + std::string(name));
    guess = row + 1;
  }
  return true;
}
template <class T>
bool read(Reader& r, std::optional<T>& out) {
  if (r.peek().kind == Token::Kind::null) return r.next(), out.reset(), true;
  return read(r, out.emplace());
}
template <class T>
bool read(Reader& r, std::vector<T>& out) {
  const Token& list = r.peek();
  if (list.kind != Token::Kind::list) return r.not_expected("a list");
  r.next();
  out.clear();
  out.reserve(list.size);
  for (std::uint32_t i = 0; i < list.size; ++i)
    if (!read(r, out.emplace_back())) return r.within("entry " + plain_text(i));
  return true;
}
template <class T>
bool read(Reader& r, OrderedMap<T>& out) {
  const Token& dict = r.peek();
  if (dict.kind != Token::Kind::dict) return r.not_expected("a dict");
  r.next();
  out.clear();
  KeySet keys;
  for (std::uint32_t i = 0; i < dict.size; ++i) {
    if (r.peek().kind != Token::Kind::text) return r.not_expected("a text as key");
    const std::string_view key = r.next().text();
    if (!keys.add(out, key)) return r.fail("the key '" + std::string(key) + "' is given twice");
    if (!read(r, out.append_new(key))) return r.within("'" + std::string(key) + "'");
  }
  return true;
}
template <class T>
bool read(Reader& r, Bindable<T>& out) {
  if (is_binding(r.peek())) return read(r, out.v.template emplace<1>());
  return read(r, out.v.template emplace<0>());
}
template <class A, class B>
bool read(Reader& r, std::pair<A, B>& out) {
  if (r.peek().kind != Token::Kind::list || r.peek().size != 2) return r.not_expected("two values");
  r.next();
  return read(r, out.first) && read(r, out.second);
}
template <class... Ts>
bool read(Reader& r, std::tuple<Ts...>& out) {
  if (r.peek().kind != Token::Kind::list || r.peek().size != sizeof...(Ts))
    return r.not_expected(plain_text(sizeof...(Ts)) + " values");
  r.next();
  return std::apply([&](auto&... item) { return (read(r, item) && ...); }, out);
}

// The text under "type" of the dict that comes next; empty when there is none.
std::string_view record_type(const Reader& r);

template <class... Ts>
bool read(Reader& r, std::variant<Ts...>& out) {
  const std::string_view type = record_type(r);
  if (type.empty()) return r.not_expected("a record with a type");
  bool known = false, good = false;
  const auto attempt = [&]<class T>() {
    if (known || type != Table<T>::name) return;
    known = true;
    good = read(r, out.template emplace<T>());
  };
  (attempt.template operator()<Ts>(), ...);
  return known ? good : r.fail("unknown record type '" + std::string(type) + "'");
}

}  // namespace cnv::protocol
