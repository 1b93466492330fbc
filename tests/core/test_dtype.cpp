#include "cnv/core/dtype.hpp"

#include <gtest/gtest.h>

namespace cnv {
namespace {

constexpr std::size_t count = 12;
constexpr std::string_view names[count] = {"bool",   "int8",   "int16",  "int32",   "int64",   "uint8",
                                           "uint16", "uint32", "uint64", "float32", "float64", "str"};

// numpy.concatenate([zeros(1, row), zeros(1, column)]).dtype, numpy 2.4.6; rows and columns in the order of `names`.
constexpr std::string_view numpy_result[count][count] = {
    {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "str"},
    {"int8", "int8", "int16", "int32", "int64", "int16", "int32", "int64", "float64", "float32", "float64", "str"},
    {"int16", "int16", "int16", "int32", "int64", "int16", "int32", "int64", "float64", "float32", "float64", "str"},
    {"int32", "int32", "int32", "int32", "int64", "int32", "int32", "int64", "float64", "float64", "float64", "str"},
    {"int64", "int64", "int64", "int64", "int64", "int64", "int64", "int64", "float64", "float64", "float64", "str"},
    {"uint8", "int16", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "str"},
    {"uint16", "int32", "int32", "int32", "int64", "uint16", "uint16", "uint32", "uint64", "float32", "float64", "str"},
    {"uint32", "int64", "int64", "int64", "int64", "uint32", "uint32", "uint32", "uint64", "float64", "float64", "str"},
    {"uint64", "float64", "float64", "float64", "float64", "uint64", "uint64", "uint64", "uint64", "float64", "float64",
     "str"},
    {"float32", "float32", "float32", "float64", "float64", "float32", "float32", "float64", "float64", "float32",
     "float64", "str"},
    {"float64", "float64", "float64", "float64", "float64", "float64", "float64", "float64", "float64", "float64",
     "float64", "str"},
    {"str", "str", "str", "str", "str", "str", "str", "str", "str", "str", "str", "str"},
};

TEST(DType, names_are_those_of_numpy_and_read_back) {
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(dtype_name(static_cast<DType>(i)), names[i]);
    EXPECT_EQ(dtype_from_name(names[i]), static_cast<DType>(i));
  }
  EXPECT_FALSE(dtype_from_name("float16"));
  EXPECT_FALSE(dtype_from_name(""));
}

TEST(DType, promotes_as_numpy_concatenates) {
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = 0; b < count; ++b)
      EXPECT_EQ(dtype_name(promote(static_cast<DType>(a), static_cast<DType>(b))), numpy_result[a][b])
          << names[a] << " and " << names[b];
}

TEST(DType, sizes_are_those_of_the_elements) {
  for (std::size_t i = 0; i + 1 < count; ++i)
    visit_dtype(static_cast<DType>(i), [&](auto zero) {
      EXPECT_EQ(item_size(static_cast<DType>(i)), sizeof zero);
      EXPECT_EQ(DTypeOf<decltype(zero)>::value, static_cast<DType>(i));
    });
  EXPECT_EQ(item_size(DType::string), 0u);
}

}  // namespace
}  // namespace cnv
