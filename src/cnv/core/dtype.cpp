#include "cnv/core/dtype.hpp"

#include <array>

namespace cnv {
namespace {
struct Info {
  std::string_view name;
  std::size_t size;
};
constexpr std::array<Info, 12> infos{{{"bool", 1},
                                      {"int8", 1},
                                      {"int16", 2},
                                      {"int32", 4},
                                      {"int64", 8},
                                      {"uint8", 1},
                                      {"uint16", 2},
                                      {"uint32", 4},
                                      {"uint64", 8},
                                      {"float32", 4},
                                      {"float64", 8},
                                      {"str", 0}}};
bool is_signed_int(DType d) { return d >= DType::i8 && d <= DType::i64; }
bool is_unsigned(DType d) { return d >= DType::u8 && d <= DType::u64; }
DType signed_of_size(std::size_t bytes) {
  return bytes <= 1 ? DType::i8 : bytes <= 2 ? DType::i16 : bytes <= 4 ? DType::i32 : DType::i64;
}
}  // namespace

std::size_t item_size(DType dtype) { return infos[static_cast<std::size_t>(dtype)].size; }
std::string_view dtype_name(DType dtype) { return infos[static_cast<std::size_t>(dtype)].name; }

std::optional<DType> dtype_from_name(std::string_view name) {
  for (std::size_t i = 0; i < infos.size(); ++i)
    if (infos[i].name == name) return static_cast<DType>(i);
  return std::nullopt;
}

DType promote(DType a, DType b) {
  if (a == b) return a;
  if (a == DType::string || b == DType::string) return DType::string;
  if (a == DType::boolean) return b;
  if (b == DType::boolean) return a;
  if (a == DType::f64 || b == DType::f64) return DType::f64;
  if (a == DType::f32 || b == DType::f32) {
    const DType other = a == DType::f32 ? b : a;
    return item_size(other) <= 2 ? DType::f32 : DType::f64;
  }
  if (is_signed_int(a) == is_signed_int(b)) return item_size(a) >= item_size(b) ? a : b;
  const DType s = is_signed_int(a) ? a : b, u = is_unsigned(a) ? a : b;
  if (item_size(s) > item_size(u)) return s;
  if (u == DType::u64) return DType::f64;
  return signed_of_size(2 * item_size(u));
}

}  // namespace cnv
