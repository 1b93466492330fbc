#include "cnv/core/value.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "cnv/base/exceptions.hpp"

namespace cnv {
namespace {

TEST(Value, numbers_convert_where_nothing_is_lost) {
  EXPECT_EQ(Value(3).as_double(), 3.0);
  EXPECT_EQ(Value(true).as_double(), 1.0);
  EXPECT_EQ(Value(3.0).as_int(), 3);
  EXPECT_THROW((void)Value(3.5).as_int(), TypeError);
  EXPECT_THROW((void)Value(std::nan("")).as_int(), TypeError);
  EXPECT_THROW((void)Value(HUGE_VAL).as_int(), TypeError);
  EXPECT_THROW((void)Value("3").as_double(), TypeError);
  EXPECT_THROW((void)Value(3).as_string(), TypeError);
}

TEST(Value, kinds_are_kept_apart) {
  EXPECT_FALSE(Value(1) == Value(1.0));
  EXPECT_FALSE(Value(1) == Value(true));
  EXPECT_FALSE(Value() == Value(0));
  EXPECT_EQ(Value("a"), Value(std::string("a")));
}

TEST(Value, truth_is_that_of_python) {
  for (const auto& v :
       {Value(), Value(false), Value(0), Value(0.0), Value(""), Value(List{}), Value(Dict{}), Value(Array())})
    EXPECT_FALSE(v.truthy()) << v.repr();
  for (const auto& v : {Value(true), Value(-1), Value(0.1), Value("0"), Value(List{0}), Value(Dict{{"a", 0}}),
                        Value(Array::scalar(0)), Value(StateBinding{""})})
    EXPECT_TRUE(v.truthy()) << v.repr();
}

TEST(Value, is_shown_as_python_shows_it) {
  EXPECT_EQ(Value(List{Value(), true, 1, 1.0, "a"}).repr(), "[None, True, 1, 1.0, 'a']");
  EXPECT_EQ(Value(Dict{{"a", 1}, {"b", List{}}}).repr(), "{'a': 1, 'b': []}");
  EXPECT_EQ(Value(StateBinding{"k"}).repr(), "StateBinding('k')");
  EXPECT_EQ(Value(AttributeRef{"o", "a"}).repr(), "AttributeRef('o', 'a')");
  EXPECT_EQ(Value(Slice{1, {}, -1}).repr(), "slice(1, None, -1)");
  EXPECT_EQ(Value(Array()).repr(), "array(0,)");
  EXPECT_LE(Value(List(1000, Value(12345))).repr().size(), 80u);
}

TEST(Dict, keeps_the_order_of_insertion) {
  Dict d{{"z", 1}, {"a", 2}};
  d.set("m", 3);
  d.set("z", 4);
  std::string keys;
  for (const auto& [key, value] : d) keys += key;
  EXPECT_EQ(keys, "zam");
  EXPECT_EQ(*d.find("z"), Value(4));
  EXPECT_TRUE(d.erase("a"));
  EXPECT_FALSE(d.erase("a"));
  EXPECT_EQ(d.find("a"), nullptr);
  EXPECT_FALSE((d == Dict{{"m", 3}, {"z", 4}})) << "order counts";
}

}  // namespace
}  // namespace cnv
