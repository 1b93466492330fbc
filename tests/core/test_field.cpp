#include "cnv/core/field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "cnv/base/exceptions.hpp"

namespace cnv {
namespace {

using testing::HasSubstr;

template <class T>
Array a(std::initializer_list<T> values, Shape shape = {}) {
  return Array::copy_of(std::span(values.begin(), values.size()), std::move(shape));
}
Array texts(std::initializer_list<std::string> values) {
  return Array::strings(std::span(values.begin(), values.size()));
}

Field sample() {
  return {"v",
          a<float>({1, 2, 3, 4, 5, 6}, {2, 3}),
          {"segment", "time"},
          {{"segment", texts({"soma", "dend"})}, {"time", a<double>({0, 0.5, 1})}},
          "mV",
          {{"k", 1}}};
}
template <class E, class Fn>
std::string message_of(Fn fn) {
  try {
    fn();
  } catch (const E& e) {
    return e.what();
  }
  return "nothing was thrown";
}

TEST(Field, parts_that_do_not_agree_are_refused_in_the_order_of_the_specification) {
  Field f = sample();
  EXPECT_NO_THROW(f.check());
  f.coords.set("time", a<double>({0, 1}, {1, 2}));
  f.dims = {"segment"};
  EXPECT_THAT(message_of<ValueError>([&] { f.check(); }), HasSubstr("'time' must have one dimension"));
  f.coords.set("time", a<double>({0, 1}));
  EXPECT_THAT(message_of<ValueError>([&] { f.check(); }), HasSubstr("1 dims for values of shape (2, 3)"));
  f.dims = {"segment", "t"};
  EXPECT_THAT(message_of<ValueError>([&] { f.check(); }), HasSubstr("exactly the dims"));
  f.dims = {"segment", "time"};
  EXPECT_THAT(message_of<ValueError>([&] { f.check(); }), HasSubstr("'time' has 2 entries for an axis of 3"));
  f.dims = {"segment", "segment"};
  EXPECT_THROW(f.check(), ValueError);
  EXPECT_NO_THROW((Field{"scalar", Array::scalar(1), {}, {}, {}, {}}.check()));
}

TEST(Field, dims_are_found_by_name) {
  EXPECT_EQ(sample().axis_index("time"), 1);
  EXPECT_EQ(sample().coord("segment"), texts({"soma", "dend"}));
  EXPECT_THROW((void)sample().axis_index("x"), UnknownDimError);
  EXPECT_THROW((void)sample().coord("x"), UnknownDimError);
}

TEST(Field, with_values_replaces_values_and_merges_attrs) {
  const Dict attrs{{"k", 2}, {"new", true}};
  const Field f = sample().with_values(a<double>({6, 5, 4, 3, 2, 1}, {2, 3}), nullptr, &attrs);
  EXPECT_EQ(f.values.dtype(), DType::f64);
  EXPECT_EQ(f.coords, sample().coords);
  EXPECT_EQ(f.attrs, (Dict{{"k", 2}, {"new", true}}));
  EXPECT_EQ(f.unit, "mV");
  EXPECT_THROW((void)sample().with_values(a<double>({1, 2}, {2, 1})), ValueError);
  const Coords coords{{"segment", texts({"a"})}, {"time", a<double>({7})}};
  EXPECT_EQ(sample().with_values(a<float>({1}, {1, 1}), &coords).coords, coords);
}

TEST(Field, append_joins_values_and_coordinate) {
  const Field f = sample().append("time", a<float>({7, 8}, {2, 1}), a<double>({1.5}));
  EXPECT_EQ(f.values, a<float>({1, 2, 3, 7, 4, 5, 6, 8}, {2, 4}));
  EXPECT_EQ(f.coord("time"), a<double>({0, 0.5, 1, 1.5}));
  EXPECT_EQ(f.coord("segment"), sample().coord("segment"));
}

TEST(Field, append_keeps_only_the_last_entries) {
  const auto appended = [](std::optional<std::int64_t> max_length) {
    return sample().append("time", a<float>({7, 8}, {2, 1}), a<double>({1.5}), max_length);
  };
  EXPECT_EQ(appended(2).values, a<float>({3, 7, 6, 8}, {2, 2}));
  EXPECT_EQ(appended(2).coord("time"), a<double>({1, 1.5}));
  EXPECT_EQ(appended(0).values.shape(), (Shape{2, 0}));
  EXPECT_EQ(appended(-1).values.shape(), (Shape{2, 4}));
  EXPECT_EQ(appended(100).values.shape(), (Shape{2, 4}));
}

TEST(Field, append_promotes_and_turns_coordinates_into_text) {
  EXPECT_EQ(sample().append("time", a<double>({7, 8}, {2, 1}), a<std::int64_t>({2})).values.dtype(), DType::f64);
  EXPECT_EQ(sample().append("time", a<float>({7, 8}, {2, 1}), texts({"end"})).coord("time"),
            texts({"0.0", "0.5", "1.0", "end"}));
  EXPECT_EQ(sample().append("segment", a<float>({7, 8, 9}, {1, 3}), a<std::int64_t>({3})).coord("segment"),
            texts({"soma", "dend", "3"}));
}

TEST(Field, append_refuses_what_does_not_fit) {
  const Field f = sample();
  EXPECT_THROW((void)f.append("x", a<float>({7, 8}, {2, 1}), a<double>({1})), UnknownDimError);
  EXPECT_THROW((void)f.append("time", a<float>({7, 8}), a<double>({1})), ValueError) << "rank";
  EXPECT_THROW((void)f.append("time", a<float>({7}, {1, 1}), a<double>({1})), ValueError) << "another axis";
  EXPECT_THROW((void)f.append("time", a<float>({7, 8}, {2, 1}), a<double>({1, 2})), ValueError)
      << "number of coordinates";
  EXPECT_THROW((void)f.append("time", a<float>({7, 8}, {2, 1}), a<double>({1}, {1, 1})), ValueError)
      << "rank of the coordinates";
}

// ---- selectors ---------------------------------------------------------------------------------------------------

Array selected(const Array& coord, const Value& selector) {
  const auto n = coord.size();
  std::vector<std::int64_t> positions;
  for (std::int64_t i = 0; i < n; ++i) positions.push_back(i);
  return Field{"f", Array::copy_of(positions), {"d"}, {{"d", coord}}, {}, {}}.select({{"d", selector}}).values;
}
Array one(std::int64_t i) { return Array::copy_of(std::vector<std::int64_t>{i}).take_one(0, 0); }
Array many(std::vector<std::int64_t> v) { return Array::copy_of(v); }

const Array times = a<double>({0, 0.5, 1, 1.5});
const Array names = texts({"soma", "dend", "soma"});

TEST(FieldSelect, an_integer_is_a_position) {
  EXPECT_EQ(selected(times, 2), one(2));
  EXPECT_EQ(selected(times, -1), one(3));
  EXPECT_EQ(selected(times, true), one(1));
  EXPECT_EQ(selected(names, 0), one(0));
  EXPECT_THROW((void)selected(times, 4), IndexError);
  EXPECT_THROW((void)selected(times, -5), IndexError);
}

TEST(FieldSelect, a_number_is_the_nearest_coordinate) {
  EXPECT_EQ(selected(times, 0.9), one(2));
  EXPECT_EQ(selected(times, 0.75), one(1)) << "ties: the lower index";
  EXPECT_EQ(selected(times, 1e9), one(3));
  EXPECT_EQ(selected(times, std::nan("")), one(0));
  EXPECT_THROW((void)selected(names, 1.0), TypeError);
  EXPECT_THROW((void)selected(Array(), 1.0), IndexError);
}

TEST(FieldSelect, a_text_is_the_first_equal_label) {
  EXPECT_EQ(selected(names, "soma"), one(0));
  EXPECT_EQ(selected(times, "1.0"), one(2));
  EXPECT_EQ(selected(a<std::int64_t>({5, 7}), "7"), one(1));
  const std::string message = message_of<KeyError>([] { (void)selected(names, "axon"); });
  EXPECT_THAT(message, HasSubstr("'f'"));
  EXPECT_THAT(message, HasSubstr("'d'"));
  EXPECT_THAT(message, HasSubstr("'axon'"));
}

TEST(FieldSelect, a_slice_is_of_positions_as_in_python) {
  // Every slice of a sequence of four, against Python's rule written out.
  const std::optional<std::int64_t> bounds[] = {std::nullopt, -6, -4, -3, -1, 0, 1, 3, 4, 6};
  for (const auto start : bounds)
    for (const auto stop : bounds)
      for (const std::optional<std::int64_t> step :
           {std::optional<std::int64_t>(), std::optional<std::int64_t>(1), std::optional<std::int64_t>(2),
            std::optional<std::int64_t>(-1), std::optional<std::int64_t>(-3)}) {
        const std::int64_t n = 4, by = step.value_or(1);
        std::vector<std::int64_t> expected;
        const auto from = [&](std::optional<std::int64_t> v) { return *v < 0 ? *v + n : *v; };
        for (std::int64_t k = 0; k < 8; ++k) {
          const std::int64_t first = !start   ? (by > 0 ? 0 : n - 1)
                                     : by > 0 ? std::max<std::int64_t>(from(start), 0)
                                              : std::min(from(start), n - 1);
          const std::int64_t i = first + k * by;
          if (i < 0 || i >= n) break;
          if (stop && (by > 0 ? i >= from(stop) : i <= from(stop))) break;
          expected.push_back(i);
        }
        EXPECT_EQ(selected(times, Slice{start, stop, step}), many(expected));
      }
  EXPECT_THROW((void)selected(times, Slice{{}, {}, 0}), ValueError);
}

TEST(FieldSelect, extreme_slices_do_not_overflow) {
  constexpr auto low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(selected(times, Slice{1, {}, high}), many({1}));
  EXPECT_EQ(selected(times, Slice{{}, {}, low}), many({3}));
  EXPECT_EQ(selected(times, Slice{low, high, high - 1}), many({0}));
  EXPECT_EQ(selected(times, Slice{high, low, -1}), many({3, 2, 1, 0}));
}

TEST(FieldSelect, lists_and_arrays_select_in_their_order) {
  EXPECT_EQ(selected(times, List{2, 0, -1}), many({2, 0, 3}));
  EXPECT_EQ(selected(times, List{0.9, 0.1}), many({2, 0}));
  EXPECT_EQ(selected(names, List{"dend", "soma"}), many({1, 0}));
  EXPECT_EQ(selected(times, a<std::int32_t>({3, 1})), many({3, 1}));
  EXPECT_EQ(selected(times, a<float>({1.4f})), many({3}));
  EXPECT_EQ(selected(names, texts({"dend"})), many({1}));
  EXPECT_EQ(selected(times, List{}), many({}));
  EXPECT_EQ(selected(times, Array()), many({}));
  EXPECT_THROW((void)selected(names, List{0.5}), TypeError);
  EXPECT_THROW((void)selected(names, List{"axon"}), KeyError);
  EXPECT_THROW((void)selected(times, List{9}), IndexError);
  EXPECT_THROW((void)selected(times, a<double>({1, 2}, {2, 1})), TypeError);
  const bool flags[] = {true, false};
  EXPECT_EQ(selected(texts({"False", "True"}), Array::copy_of(std::span<const bool>(flags))), many({1, 0}))
      << "a boolean array is compared as text";
}

TEST(FieldSelect, anything_else_is_refused) {
  EXPECT_THROW((void)selected(times, Value()), TypeError);
  EXPECT_THROW((void)selected(times, Dict{}), TypeError);
  EXPECT_THROW((void)sample().select({{"x", 0}}), UnknownDimError);
}

TEST(FieldSelect, applies_one_dim_after_the_other_and_keeps_the_rest) {
  const Field f = sample().select({{"time", Slice{1, {}, {}}}, {"segment", "dend"}});
  EXPECT_EQ(f.dims, std::vector<std::string>{"time"});
  EXPECT_EQ(f.values, a<float>({5, 6}));
  EXPECT_EQ(f.coords, (Coords{{"time", a<double>({0.5, 1})}}));
  EXPECT_EQ(f.unit, "mV");
  EXPECT_EQ(f.attrs, sample().attrs);
  EXPECT_EQ(sample().select({{"segment", 0}, {"time", 0}}).values.ndim(), 0);
}

}  // namespace
}  // namespace cnv
