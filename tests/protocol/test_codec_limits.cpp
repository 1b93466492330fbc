// What the codec refuses: limits, and payloads that no encoder writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cnv/base/exceptions.hpp"
#include "cnv/protocol/limits.hpp"
#include "protocol/delivered.hpp"
#include "protocol/random_records.hpp"

namespace cnv::test {
namespace {

using testing::HasSubstr;

// A payload put together by hand: MessagePack texts for the message and for the table, bytes for the arrays.
struct Parts {
  std::string message, table{"\x90", 1}, data;
  std::uint32_t arrays = 0, reserved = 0;

  Delivered delivered() const {
    const std::uint32_t prelude[4] = {static_cast<std::uint32_t>(message.size()),
                                      static_cast<std::uint32_t>(table.size()), arrays, reserved};
    std::string all(reinterpret_cast<const char*>(prelude), sizeof prelude);
    all += message + table;
    all.resize((all.size() + 63) / 64 * 64);
    all += data;
    return test::delivered(std::as_bytes(std::span(all)));
  }
  std::string problem() const {
    const auto decoded = decode(delivered(), Command());
    return decoded ? "" : decoded.error();
  }
};

std::string u32(std::uint32_t v) {
  return {static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8), static_cast<char>(v)};
}
std::string u64(std::uint64_t v) {
  return u32(static_cast<std::uint32_t>(v >> 32)) + u32(static_cast<std::uint32_t>(v));
}
std::string integer(std::uint64_t v) { return "\xcf" + u64(v); }
std::string text(const std::string& v) { return "\xdb" + u32(static_cast<std::uint32_t>(v.size())) + v; }
std::string list(std::initializer_list<std::string> items) {
  std::string out = "\xdd" + u32(static_cast<std::uint32_t>(items.size()));
  for (const auto& item : items) out += item;
  return out;
}
std::string ext(int type, const std::string& body) {
  return "\xc9" + u32(static_cast<std::uint32_t>(body.size())) + static_cast<char>(type) + body;
}
std::string little(std::uint64_t v, std::size_t bytes) { return {reinterpret_cast<const char*>(&v), bytes}; }
std::string array_ref(std::uint32_t index) { return ext(1, little(index, 4)); }
// SetControl with this value.
std::string command(const std::string& value) {
  return "\x82" + text("type") + text("SetControl") + text("value") + value;
}

// A SetControl with one array of this table entry and data.
std::string array_problem(std::uint64_t dtype, std::initializer_list<std::uint64_t> extents, std::uint64_t outer,
                          std::uint64_t offset, std::uint64_t length, const std::string& data) {
  std::string shape = "\xdd" + u32(static_cast<std::uint32_t>(extents.size()));
  for (const auto extent : extents) shape += integer(extent);
  return Parts{command(array_ref(0)),
               list({list({integer(dtype), shape, integer(outer), integer(offset), integer(length)})}), data, 1}
      .problem();
}
constexpr int f64 = static_cast<int>(DType::f64), boolean = 0, string = static_cast<int>(DType::string);
std::string strings(std::initializer_list<std::uint64_t> offsets, const std::string& bytes) {
  std::string out;
  for (const auto offset : offsets) out += little(offset, 8);
  return out + bytes;
}

TEST(CodecLimits, payloads_made_by_hand_are_understood) {
  EXPECT_EQ(Parts{command(integer(7))}.problem(), "");
  EXPECT_EQ(array_problem(f64, {1}, 0, 0, 8, std::string(8, '\0')), "");
  EXPECT_EQ(array_problem(string, {2}, 0, 0, 27, strings({0, 1, 3}, "a\xC2\xB5")), "");
  EXPECT_EQ(array_problem(f64, {0, 1u << 30}, 0, 0, 0, ""), "");
}

TEST(CodecLimits, a_header_that_is_not_what_it_says_is_refused) {
  EXPECT_THAT(Parts{""}.problem(), HasSubstr("ends early"));
  EXPECT_THAT(Parts{"\xc1"}.problem(), HasSubstr("not MessagePack"));
  EXPECT_THAT(Parts{command(integer(7)) + "\xc0"}.problem(), HasSubstr("more bytes"));
  EXPECT_THAT(Parts{"\xdd\xff\xff\xff\xff"}.problem(), HasSubstr("ends early")) << "a list of 4 G entries";
  EXPECT_THAT(Parts{"\xdf\xff\xff\xff\xff"}.problem(), HasSubstr("ends early")) << "a dict of 4 G entries";
  EXPECT_THAT(Parts{"\xdb\xff\xff\xff\xff"}.problem(), HasSubstr("ends early")) << "a text of 4 GiB";
  EXPECT_THAT(Parts{"\xc9\xff\xff\xff\xff\x01"}.problem(), HasSubstr("ends early")) << "an extension of 4 GiB";
  EXPECT_THAT(Parts{command(std::string("\xc4\x01x"))}.problem(), HasSubstr("byte string"));
  EXPECT_THAT(Parts{command(integer(~0ull))}.problem(), HasSubstr("63 bits"));
  EXPECT_THAT(Parts{command(text("\xC3"))}.problem(), HasSubstr("UTF-8"));
  Parts reserved{command(integer(7))};
  reserved.reserved = 1;
  EXPECT_THAT(reserved.problem(), HasSubstr("reserved"));
  Parts trailing{command(integer(7))};
  trailing.data = "x";
  EXPECT_THAT(trailing.problem(), HasSubstr("does not account"));
}

TEST(CodecLimits, claims_of_the_prelude_are_checked_first) {
  Parts many{command(integer(7))};
  many.arrays = 4097;
  EXPECT_THAT(many.problem(), HasSubstr("4096 arrays"));
  auto d = Parts{command(integer(7))}.delivered();
  for (const std::size_t at : {0u, 4u}) {
    auto broken = delivered(d.bytes());
    std::memset(broken.data.get() + at, 0xFF, 4);
    EXPECT_THAT(decode(broken, Command()).error(), HasSubstr("longer than 1 MiB"));
  }
}

TEST(CodecLimits, bytes_that_are_not_aligned_are_refused) {
  auto d = Parts{command(integer(7))}.delivered();
  auto larger = delivered(std::vector<std::byte>(d.size + 8));
  std::memcpy(larger.data.get() + 8, d.data.get(), d.size);
  EXPECT_FALSE(protocol::decode_command({larger.data.get() + 8, d.size}, larger.data));
}

TEST(CodecLimits, nesting_ends_at_sixteen_on_both_sides) {
  const auto nested = [](int depth) {
    Value v = 1;
    for (int i = 0; i < depth; ++i) v = List{v};
    return Command(SetControl{"c", v});
  };
  EXPECT_TRUE(decode(delivered(protocol::encode(nested(15))), Command()));
  EXPECT_THROW((void)protocol::encode(nested(16)), ValueError);
  EXPECT_THAT(Parts{command(std::string(16, '\x91') + "\x01")}.problem(), HasSubstr("nested"));
  EXPECT_THAT(Parts{std::string(100000, '\x91') + "\x01"}.problem(), HasSubstr("nested"));
}

TEST(CodecLimits, an_update_that_no_batch_can_carry_is_told_before) {
  for (const int depth : {10, 11, 12, 13, 14}) {
    Value v = 1;
    for (int i = 0; i < depth; ++i) v = List{v};
    const Update update = StatePatch{{{"k", v}}};
    const std::string problem = protocol::sending_problem(update);
    if (problem.empty()) EXPECT_NO_THROW((void)protocol::encode(HostMessage(Batch{.updates = {update}})));
    else EXPECT_THROW((void)protocol::encode(HostMessage(Batch{.updates = {update}})), ValueError);
    EXPECT_EQ(problem.empty(), depth <= 12) << depth;
  }
  EXPECT_THAT(protocol::sending_problem(Status{std::string(2 << 20, 'x'), {}}), HasSubstr("Status cannot be sent"));
  EXPECT_EQ(protocol::sending_problem(FieldReplace{"f", Array::copy_of(std::vector<double>(1000000, 1.0)), {}, {}}),
            "");
}

TEST(CodecLimits, a_long_header_is_refused_on_both_sides) {
  try {
    (void)protocol::encode(Command(SetControl{"c", std::string(1 << 20, 'x')}));
    FAIL();
  } catch (const ValueError& e) {
    EXPECT_THAT(e.what(), HasSubstr("SetControl"));
    EXPECT_THAT(e.what(), HasSubstr("1 MiB"));
  }
  EXPECT_THROW((void)protocol::encode(Command(SetControl{"c", List(300000, Value(1))})), ValueError);
  EXPECT_NO_THROW((void)protocol::encode(Command(SetControl{"c", List(200000, Value(1))})));
  EXPECT_THAT(Parts{command("\xdd" + u32(300000) + std::string(300000, '\x01'))}.problem(), HasSubstr("values"));
}

TEST(CodecLimits, too_many_arrays_are_refused_on_both_sides) {
  const auto arrays = [](std::size_t n) {
    List list;
    for (std::size_t i = 0; i < n; ++i) list.push_back(Array::copy_of(std::vector<double>{static_cast<double>(i)}));
    return Command(SetControl{"c", list});
  };
  EXPECT_TRUE(decode(delivered(protocol::encode(arrays(4096))), Command()));
  EXPECT_THROW((void)protocol::encode(arrays(4097)), ValueError);
}

TEST(CodecLimits, rank_ends_at_eight_on_both_sides) {
  EXPECT_NO_THROW(
      (void)protocol::encode(Command(SetControl{"c", Array::copy_of(std::vector<double>{1}, Shape(8, 1))})));
  EXPECT_THROW((void)protocol::encode(Command(SetControl{"c", Array::copy_of(std::vector<double>{1}, Shape(9, 1))})),
               ValueError);
  EXPECT_THAT(array_problem(f64, {1, 1, 1, 1, 1, 1, 1, 1, 1}, 0, 0, 8, std::string(8, '\0')),
              HasSubstr("9 dimensions"));
}

TEST(CodecLimits, extents_are_checked_against_the_bytes) {
  const std::string eight(8, '\0');
  EXPECT_THAT(array_problem(f64, {2}, 0, 0, 8, eight), HasSubstr("has 8 bytes"));
  EXPECT_THAT(array_problem(f64, {1}, 0, 0, 16, eight), HasSubstr("beyond"));
  EXPECT_THAT(array_problem(f64, {1}, 0, 64, 8, eight), HasSubstr("does not start"));
  EXPECT_THAT(array_problem(f64, {1u << 31, 1u << 31, 1u << 31}, 0, 0, 8, eight), HasSubstr("too large"));
  EXPECT_THAT(array_problem(f64, {0, 1ull << 41}, 0, 0, 0, ""), HasSubstr("too large"))
      << "zero extents do not hide an overflow";
  EXPECT_THAT(array_problem(f64, {1ull << 61, 1}, 0, 0, 8, eight), HasSubstr("too large"))
      << "2^61 · 8 bytes is 0 modulo 2^64";
  EXPECT_THAT(array_problem(12, {1}, 0, 0, 8, eight), HasSubstr("dtype"));
  EXPECT_THAT(array_problem(f64, {1}, 1, 0, 8, eight), HasSubstr("outer axis"));
}

TEST(CodecLimits, a_bool_other_than_0_and_1_is_refused) {
  EXPECT_EQ(array_problem(boolean, {2}, 0, 0, 2, std::string("\0\1", 2)), "");
  EXPECT_THAT(array_problem(boolean, {2}, 0, 0, 2, "\1\7"), HasSubstr("neither 0 nor 1"));
}

TEST(CodecLimits, offsets_of_texts_are_checked) {
  EXPECT_THAT(array_problem(string, {2}, 0, 0, 25, strings({1, 1, 1}, "a")), HasSubstr("span"));
  EXPECT_THAT(array_problem(string, {2}, 0, 0, 25, strings({0, 1, 2}, "a")), HasSubstr("span"));
  EXPECT_THAT(array_problem(string, {3}, 0, 0, 34, strings({0, 2, 1, 2}, "ab")), HasSubstr("order"));
  EXPECT_THAT(array_problem(string, {3}, 0, 0, 34, strings({0, ~0ull, 1, 2}, "ab")), HasSubstr("order"));
  EXPECT_THAT(array_problem(string, {2}, 0, 0, 26, strings({0, 1, 2}, "\xC2\xB5")), HasSubstr("inside a character"));
  EXPECT_THAT(array_problem(string, {1}, 0, 0, 17, strings({0, 1}, "\xC2")), HasSubstr("UTF-8"));
  EXPECT_THAT(array_problem(string, {1ull << 40}, 0, 0, 16, strings({0, 0}, "")), HasSubstr("only 16 bytes"));
  EXPECT_THAT(array_problem(string, {0}, 0, 0, 0, ""), HasSubstr("only 0 bytes"));
}

TEST(CodecLimits, references_are_checked) {
  EXPECT_THAT(Parts{command(array_ref(0))}.problem(), HasSubstr("array 0 is not in the message"));
  EXPECT_THAT(Parts{command(ext(1, "abc"))}.problem(), HasSubstr("four bytes"));
  EXPECT_THAT(Parts{command(ext(2, "\xFF"))}.problem(), HasSubstr("UTF-8"));
  EXPECT_THAT(Parts{command(ext(3, "abc"))}.problem(), HasSubstr("ends early"));
  EXPECT_THAT(Parts{command(ext(3, little(4, 4) + "abc"))}.problem(), HasSubstr("ends early"));
  EXPECT_THAT(Parts{command(ext(4, "abc"))}.problem(), HasSubstr("25 bytes"));
  EXPECT_THAT(Parts{command(ext(9, "abc"))}.problem(), HasSubstr("unknown extension 9"));
}

TEST(CodecLimits, problems_name_message_and_property) {
  EXPECT_THAT(Parts{"\x82" + text("type") + text("SetControl") + text("control_id") + integer(3)}.problem(),
              HasSubstr("SetControl.control_id: expected text, got 3"));
  EXPECT_THAT(Parts{"\x82" + text("type") + text("SetControl") + text("colour") + integer(3)}.problem(),
              HasSubstr("SetControl has no attribute 'colour'"));
  EXPECT_THAT(
      Parts{"\x83" + text("type") + text("SetControl") + text("value") + integer(3) + text("value") + integer(3)}
          .problem(),
      HasSubstr("SetControl.value is given twice"));
  EXPECT_THAT(Parts{"\x81" + text("type") + text("Explode")}.problem(), HasSubstr("unknown record type 'Explode'"));
  EXPECT_THAT(Parts{integer(3)}.problem(), HasSubstr("expected a record with a type, got 3"));
  EXPECT_THAT(Parts{"\x82" + text("type") + text("SetControl") + integer(3) + integer(3)}.problem(),
              HasSubstr("SetControl: expected the name of a property"));
  EXPECT_THAT(Parts{command("\x82" + text("a") + integer(3) + text("a") + integer(3))}.problem(),
              HasSubstr("SetControl.value: the key 'a' is given twice"));
}

TEST(CodecLimits, a_key_given_twice_is_found_in_large_dicts_too) {
  std::string dict = "\xdf" + u32(101);
  for (int i = 0; i < 100; ++i) dict += text(std::to_string(i)) + integer(1);
  EXPECT_THAT(Parts{command(dict + text("50") + integer(1))}.problem(), HasSubstr("'50' is given twice"));
  EXPECT_EQ(Parts{command(dict + text("100") + integer(1))}.problem(), "");
}

// ---- damage ------------------------------------------------------------------------------------------------------

HostMessage sample(std::uint32_t seed) {
  Random random(seed);
  Batch batch;
  fill(random, batch);
  for (auto& update : batch.updates)
    if (std::holds_alternative<SceneReady>(update)) update = Status{"ready", {}};
  batch.updates.push_back(FieldReplace{
      "f", random_array(random, DType::string, {3}), {}, {{"note", random_array(random, DType::boolean, {2, 2})}}});
  batch.updates.push_back(FieldAppend{
      "f", "time", random_array(random, DType::f32, {3, 2}, 1), random_array(random, DType::f64, {2}), 10, {}});
  return batch;
}

TEST(CodecDamage, a_payload_cut_anywhere_is_refused) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    const Delivered whole = delivered(protocol::encode(sample(seed)));
    for (std::size_t size = 0; size < whole.size; ++size)
      ASSERT_FALSE(decode(delivered(whole.bytes().first(size)), HostMessage()))
          << "seed " << seed << ", " << size << " of " << whole.size << " bytes";
  }
}

TEST(CodecDamage, a_flipped_bit_is_refused_or_gives_a_message_that_can_be_sent) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    const Delivered whole = delivered(protocol::encode(sample(seed)));
    for (std::size_t bit = 0; bit < 8 * whole.size; ++bit) {
      const Delivered damaged = delivered(whole.bytes());
      damaged.data.get()[bit / 8] ^= std::byte(1 << bit % 8);
      if (const auto decoded = decode(damaged, HostMessage())) (void)protocol::encode(*decoded);
    }
  }
}

}  // namespace
}  // namespace cnv::test
