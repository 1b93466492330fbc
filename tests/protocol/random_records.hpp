// Random values and records, made by the tables: every property of every message and spec gets something other than its
// default. Deterministic by seed.
#pragma once

#include <random>

#include "cnv/protocol/message_tables.hpp"

namespace cnv::test {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  // Uniform in low … high, both included.
  std::int64_t integer(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(int percent) { return integer(0, 99) < percent; }
  double number() { return static_cast<double>(integer(-1000000, 1000000)) / 64.0; }
  std::string text() {
    static const char* const pieces[] = {"",   "soma", "v",         "µm", "Na⁺", "膜",
                                         "😀", " ",    "x[0](0.5)", "\n", "\"",  "längerer Text mit mehr als 31 Bytes"};
    std::string out;
    for (auto n = integer(0, 3); n > 0; --n) out += pieces[integer(0, std::size(pieces) - 1)];
    return out;
  }

 private:
  std::mt19937 engine_;
};

// A dtype of numbers.
inline DType random_number_dtype(Random& random) {
  return static_cast<DType>(random.integer(0, static_cast<std::int64_t>(DType::f64)));
}

inline Array random_array(Random& random, DType dtype, Shape shape, int outer_axis = 0) {
  if (dtype == DType::string) {
    std::vector<std::string> texts;
    for (auto n = element_count(shape); n > 0; --n) texts.push_back(random.text());
    return Array::strings(texts).reshaped(shape);
  }
  void* memory = nullptr;
  Array array = Array::allocate(dtype, std::move(shape), &memory, outer_axis);
  visit_dtype(dtype, [&](auto zero) {
    using T = decltype(zero);
    auto* out = static_cast<T*>(memory);
    for (std::int64_t i = 0; i < array.size(); ++i) {
      if constexpr (std::is_same_v<T, bool>) out[i] = random.chance(50);
      else if constexpr (std::is_floating_point_v<T>) out[i] = static_cast<T>(random.number());
      else out[i] = static_cast<T>(random.integer(-1000, 1000));
    }
  });
  return array;
}

inline Array random_array(Random& random) {
  const DType dtype = random.chance(20) ? DType::string : random_number_dtype(random);
  Shape shape(static_cast<std::size_t>(random.integer(dtype == DType::string ? 1 : 0, 4)));
  for (auto& extent : shape) extent = random.integer(random.chance(10) ? 0 : 1, 4);
  return random_array(random, dtype, shape,
                      shape.size() > 1 && dtype != DType::string
                          ? static_cast<int>(random.integer(0, static_cast<std::int64_t>(shape.size()) - 1))
                          : 0);
}

inline Value random_value(Random& random, int depth) {
  switch (random.integer(0, depth > 0 ? 10 : 8)) {
    case 0: return {};
    case 1: return random.chance(50);
    case 2: return random.integer(-5, 300);
    case 3:
      return random.integer(0, 1) ? std::numeric_limits<std::int64_t>::min() + random.integer(0, 9)
                                  : std::numeric_limits<std::int64_t>::max() - random.integer(0, 9);
    case 4: return random.number();
    case 5: return random.text();
    case 6: return random_array(random);
    case 7:
      return random.chance(50) ? Value(StateBinding{random.text()}) : Value(AttributeRef{random.text(), random.text()});
    case 8: {
      const auto part = [&] {
        return random.chance(50) ? std::optional<std::int64_t>(random.integer(-9, 9)) : std::nullopt;
      };
      return Slice{part(), part(), part()};
    }
    case 9: {
      List list;
      for (auto n = random.integer(0, 4); n > 0; --n) list.push_back(random_value(random, depth - 1));
      return list;
    }
    default: {
      Dict dict;
      for (auto n = random.integer(0, 20); n > 0; --n)
        dict.set(random.text() + std::to_string(n), random_value(random, 0));
      return dict;
    }
  }
}

template <Record T>
void fill(Random& random, T& out);
inline void fill(Random& random, Value& out) { out = random_value(random, 2); }
inline void fill(Random& random, bool& out) { out = random.chance(50); }
inline void fill(Random& random, std::int64_t& out) { out = random.integer(-100000, 100000); }
inline void fill(Random& random, std::uint64_t& out) { out = static_cast<std::uint64_t>(random.integer(0, 1000000)); }
inline void fill(Random& random, double& out) { out = random.number(); }
inline void fill(Random& random, std::string& out) { out = random.text(); }
inline void fill(Random& random, Array& out) { out = random_array(random); }
inline void fill(Random& random, StateBinding& out) { out.key = random.text(); }
inline void fill(Random& random, AttributeRef& out) { out = {random.text(), random.text()}; }
template <class T>
void fill(Random& random, std::optional<T>& out);
template <class T>
void fill(Random& random, std::vector<T>& out);
template <class T>
void fill(Random& random, OrderedMap<T>& out);
template <class T>
void fill(Random& random, Bindable<T>& out);
template <class A, class B>
void fill(Random& random, std::pair<A, B>& out);
template <class... Ts>
void fill(Random& random, std::tuple<Ts...>& out);
template <class... Ts>
void fill(Random& random, std::variant<Ts...>& out);
inline void fill(Random& random, GeometryPtr& out);

template <Record T>
void fill(Random& random, T& out) {
  for_each_row<T>([&](const auto& r) { fill(random, out.*(r.member)); });
}
template <class T>
void fill(Random& random, std::optional<T>& out) {
  if (random.chance(30)) out.reset();
  else fill(random, out.emplace());
}
template <class T>
void fill(Random& random, std::vector<T>& out) {
  out.clear();
  for (auto n = random.integer(0, 3); n > 0; --n) fill(random, out.emplace_back());
}
template <class T>
void fill(Random& random, OrderedMap<T>& out) {
  out.clear();
  for (auto n = random.integer(0, 3); n > 0; --n) fill(random, out[random.text() + std::to_string(n)]);
}
template <class T>
void fill(Random& random, Bindable<T>& out) {
  if (random.chance(30)) fill(random, out.v.template emplace<1>());
  else {
    fill(random, out.v.template emplace<0>());
    // A value that is a binding reads back as the binding that it is.
    if constexpr (std::is_same_v<T, Value>)
      if (out.value().template is<StateBinding>()) out = Bindable<T>(Value("white"));
  }
}
template <class A, class B>
void fill(Random& random, std::pair<A, B>& out) {
  fill(random, out.first);
  fill(random, out.second);
}
template <class... Ts>
void fill(Random& random, std::tuple<Ts...>& out) {
  std::apply([&](auto&... item) { (fill(random, item), ...); }, out);
}
template <std::size_t I, class V>
void fill_alternative(Random& random, V& out) {
  if constexpr (I < std::variant_size_v<V>) fill(random, out.template emplace<I>());
}
template <class... Ts>
void fill(Random& random, std::variant<Ts...>& out) {
  const auto chosen = static_cast<std::size_t>(random.integer(0, sizeof...(Ts) - 1));
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((I == chosen ? fill_alternative<I>(random, out) : void()), ...);
  }(std::index_sequence_for<Ts...>());
}
inline void fill(Random& random, GeometryPtr& out) {
  AnyGeometry geometry;
  fill(random, geometry);
  out = std::make_shared<const AnyGeometry>(std::move(geometry));
}

}  // namespace cnv::test
