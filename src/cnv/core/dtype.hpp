// Element types of arrays: the ones that are stored, sent and written to files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cnv {

// Types of elements, those of numpy.
enum class DType : std::uint8_t { boolean, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, string };

// Bytes of one element; 0 for strings.
std::size_t item_size(DType dtype);
// numpy's name: "bool", "int8" … "float64", "str".
std::string_view dtype_name(DType dtype);
// The type of that name; none when there is no such type.
std::optional<DType> dtype_from_name(std::string_view name);
// The type numpy gives to a concatenation of both. A string with anything is a string.
DType promote(DType a, DType b);
// float32 or float64.
inline bool is_float(DType d) { return d == DType::f32 || d == DType::f64; }
// Anything but text; bool is numeric.
inline bool is_numeric(DType d) { return d != DType::string; }

template <class T>
struct DTypeOf;
template <>
struct DTypeOf<bool> {
  static constexpr DType value = DType::boolean;
};
template <>
struct DTypeOf<std::int8_t> {
  static constexpr DType value = DType::i8;
};
template <>
struct DTypeOf<std::int16_t> {
  static constexpr DType value = DType::i16;
};
template <>
struct DTypeOf<std::int32_t> {
  static constexpr DType value = DType::i32;
};
template <>
struct DTypeOf<std::int64_t> {
  static constexpr DType value = DType::i64;
};
template <>
struct DTypeOf<std::uint8_t> {
  static constexpr DType value = DType::u8;
};
template <>
struct DTypeOf<std::uint16_t> {
  static constexpr DType value = DType::u16;
};
template <>
struct DTypeOf<std::uint32_t> {
  static constexpr DType value = DType::u32;
};
template <>
struct DTypeOf<std::uint64_t> {
  static constexpr DType value = DType::u64;
};
template <>
struct DTypeOf<float> {
  static constexpr DType value = DType::f32;
};
template <>
struct DTypeOf<double> {
  static constexpr DType value = DType::f64;
};

// Calls fn with a value of the element type: visit_dtype(d, [&](auto zero) { using T = decltype(zero); … }).
// Strings are not visited.
template <class Fn>
decltype(auto) visit_dtype(DType dtype, Fn&& fn) {
  switch (dtype) {
    case DType::boolean: return fn(bool{});
    case DType::i8: return fn(std::int8_t{});
    case DType::i16: return fn(std::int16_t{});
    case DType::i32: return fn(std::int32_t{});
    case DType::i64: return fn(std::int64_t{});
    case DType::u8: return fn(std::uint8_t{});
    case DType::u16: return fn(std::uint16_t{});
    case DType::u32: return fn(std::uint32_t{});
    case DType::u64: return fn(std::uint64_t{});
    case DType::f32: return fn(float{});
    default: return fn(double{});
  }
}

}  // namespace cnv
