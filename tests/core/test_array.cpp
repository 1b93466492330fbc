#include "cnv/core/array.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "cnv/base/exceptions.hpp"

namespace cnv {
namespace {

using testing::ElementsAre;

Array range(Shape shape, int outer_axis = 0) {
  std::vector<double> values(static_cast<std::size_t>(element_count(shape)));
  std::iota(values.begin(), values.end(), 0.0);
  return Array::copy_of(values, std::move(shape)).with_outer_axis(outer_axis);
}
std::vector<double> numbers(const Array& a) {
  std::vector<double> out;
  for (std::int64_t i = 0; i < a.size(); ++i) out.push_back(a.number_at(i));
  return out;
}

TEST(Array, refuses_a_shape_for_another_number_of_values) {
  EXPECT_EQ(Array::copy_of(std::vector{1.0, 2.0, 3.0}).shape(), (Shape{3}));
  EXPECT_EQ(Array::copy_of(std::vector{1.0, 2.0}, {2, 1}).shape(), (Shape{2, 1}));
  EXPECT_THROW(Array::copy_of(std::vector{1.0, 2.0}, {3}), ValueError);
  EXPECT_THROW(Array::strings(std::vector<std::string>{"a"}, {2}), ValueError);
}

TEST(Array, an_empty_one_is_one_dimensional_float64) {
  const Array a;
  EXPECT_EQ(a.shape(), Shape{0});
  EXPECT_EQ(a.dtype(), DType::f64);
  EXPECT_EQ(a, Array::copy_of(std::vector<double>{}));
}

TEST(Array, copies_what_it_is_given) {
  std::vector<float> values{1, 2, 3};
  const Array a = Array::copy_of(values);
  values[0] = 9;
  EXPECT_THAT(a.as<float>(), ElementsAre(1, 2, 3));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(a.data()) % 64, 0u);
}

TEST(Array, elements_are_addressed_row_major_in_every_memory_order) {
  const Shape shape{2, 3, 4};
  const Array plain = range(shape);
  for (int axis = 0; axis < 3; ++axis) {
    const Array turned = plain.with_outer_axis(axis);
    EXPECT_EQ(turned.outer_axis(), axis);
    EXPECT_EQ(numbers(turned), numbers(plain));
    EXPECT_EQ(turned, plain);
    for (int other = 0; other < 3; ++other) EXPECT_EQ(numbers(turned.with_outer_axis(other)), numbers(plain));
    // In memory: the outer axis slowest, the others in order.
    std::size_t at = 0;
    const auto memory = turned.as<double>();
    const std::array<int, 3> order = axis == 0   ? std::array{0, 1, 2}
                                     : axis == 1 ? std::array{1, 0, 2}
                                                 : std::array{2, 0, 1};
    std::array<std::int64_t, 3> i{};
    for (i[order[0]] = 0; i[order[0]] < shape[order[0]]; ++i[order[0]])
      for (i[order[1]] = 0; i[order[1]] < shape[order[1]]; ++i[order[1]])
        for (i[order[2]] = 0; i[order[2]] < shape[order[2]]; ++i[order[2]])
          EXPECT_EQ(memory[at++], plain.number_at((i[0] * 3 + i[1]) * 4 + i[2]));
  }
}

TEST(Array, turns_elements_of_every_size) {
  for (int d = 0; d < static_cast<int>(DType::string); ++d) {
    const Array a = range({3, 5}).astype(static_cast<DType>(d));
    EXPECT_EQ(a.with_outer_axis(1).row_major(), a) << dtype_name(a.dtype());
    EXPECT_EQ(numbers(a.with_outer_axis(1)), numbers(a));
  }
}

TEST(Array, takes_positions_along_any_axis) {
  for (int order = 0; order < 3; ++order) {
    const Array a = range({2, 3, 4}, order);
    for (int axis = 0; axis < 3; ++axis) {
      const std::vector<std::int64_t> wanted{1, 0, 1};
      const Array taken = a.take(axis, wanted);
      Shape shape{2, 3, 4};
      shape[static_cast<std::size_t>(axis)] = 3;
      ASSERT_EQ(taken.shape(), shape);
      std::int64_t n = 0;
      for (std::int64_t i = 0; i < shape[0]; ++i)
        for (std::int64_t j = 0; j < shape[1]; ++j)
          for (std::int64_t k = 0; k < shape[2]; ++k) {
            std::array<std::int64_t, 3> from{i, j, k};
            from[static_cast<std::size_t>(axis)] =
                wanted[static_cast<std::size_t>(from[static_cast<std::size_t>(axis)])];
            EXPECT_EQ(taken.number_at(n++), a.number_at((from[0] * 3 + from[1]) * 4 + from[2]));
          }
    }
  }
  const Array one = range({2, 3}).take_one(0, 1);
  EXPECT_EQ(one.shape(), Shape{3});
  EXPECT_EQ(numbers(one), (std::vector<double>{3, 4, 5}));
  EXPECT_EQ(range({3}).take_one(0, 2).shape(), Shape{});
  const Array names = Array::strings(std::vector<std::string>{"a", "b", "c", "d"}, {2, 2});
  EXPECT_EQ(names.take_one(1, 1), Array::strings(std::vector<std::string>{"b", "d"}));
}

TEST(Array, joins_along_any_axis_and_promotes) {
  for (int order = 0; order < 2; ++order) {
    const Array rows = concatenate(range({2, 2}, order), range({1, 2}).astype(DType::f32), 0);
    EXPECT_EQ(rows, Array::copy_of(std::vector<double>{0, 1, 2, 3, 0, 1}, {3, 2}));
    const Array columns = concatenate(range({2, 2}, order), range({2, 1}), 1);
    EXPECT_EQ(columns, Array::copy_of(std::vector<double>{0, 1, 0, 2, 3, 1}, {2, 3}));
  }
  EXPECT_EQ(concatenate(range({0}), range({2}), 0), range({2}));
  EXPECT_EQ(concatenate(Array::strings(std::vector<std::string>{"a"}), Array::copy_of(std::vector<double>{1, 0.5}), 0),
            Array::strings(std::vector<std::string>{"a", "1.0", "0.5"}));
}

TEST(Array, equality_is_of_type_shape_and_elements_and_nan_equals_nan) {
  const double nan = std::nan("");
  EXPECT_EQ(Array::copy_of(std::vector<double>{1, nan}), Array::copy_of(std::vector<double>{1, -nan}));
  EXPECT_EQ(Array::copy_of(std::vector<double>{0.0}), Array::copy_of(std::vector<double>{-0.0}));
  EXPECT_FALSE(Array::copy_of(std::vector<double>{1, nan}) == Array::copy_of(std::vector<double>{nan, 1}));
  EXPECT_FALSE(range({2, 3}) == range({3, 2}));
  EXPECT_FALSE(range({2}) == range({2}).astype(DType::f32));
  EXPECT_FALSE(Array::strings(std::vector<std::string>{"ab", "c"}) ==
               Array::strings(std::vector<std::string>{"a", "bc"}));
  EXPECT_EQ(range({0, 3}), range({0, 3}));
}

TEST(Array, elements_as_text_are_as_numpy_prints_them) {
  const auto text = [](auto value) { return Array::copy_of(std::vector<decltype(value)>{value}).text_at(0); };
  EXPECT_EQ(text(1.0), "1.0");
  EXPECT_EQ(text(0.1), "0.1");
  EXPECT_EQ(text(0.1f), "0.1");
  EXPECT_EQ(text(-2.5f), "-2.5");
  EXPECT_EQ(text(1e16), "1e+16");
  EXPECT_EQ(text(1e-5), "1e-05");
  EXPECT_EQ(text(1.5e300), "1.5e+300");
  EXPECT_EQ(text(123456789.0), "123456789.0");
  EXPECT_EQ(text(std::nan("")), "nan");
  EXPECT_EQ(text(-HUGE_VAL), "-inf");
  EXPECT_EQ(text(std::int8_t{-7}), "-7");
  EXPECT_EQ(text(std::uint64_t{18446744073709551615u}), "18446744073709551615");
  const bool flags[] = {true, false};
  EXPECT_EQ(Array::copy_of(std::span<const bool>(flags)).text_at(0), "True");
  EXPECT_EQ(Array::copy_of(std::span<const bool>(flags)).text_at(1), "False");
}

TEST(Array, refuses_shapes_that_do_not_fit) {
  EXPECT_THROW((void)range({6}).reshaped({4, 2}), ValueError);
  EXPECT_EQ(range({6}).reshaped({2, 3}), range({2, 3}));
  EXPECT_EQ(range({2, 3}, 1).reshaped({6}), range({6}));
  EXPECT_THROW((void)Array::strings(std::vector<std::string>{"a"}, {2}), ValueError);
  EXPECT_THROW((void)Array::strings(std::vector<std::string>{"a"}).astype(DType::f64), TypeError);
  EXPECT_EQ(shape_text({}), "()");
  EXPECT_EQ(shape_text({3}), "(3,)");
  EXPECT_EQ(shape_text({3, 40}), "(3, 40)");
}

TEST(Array, converts_numbers_in_their_memory_order) {
  const Array a = range({2, 3}, 1).astype(DType::i16);
  EXPECT_EQ(a.outer_axis(), 1);
  EXPECT_EQ(numbers(a), numbers(range({2, 3})));
}

}  // namespace
}  // namespace cnv
