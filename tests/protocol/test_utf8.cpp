#include "cnv/protocol/utf8.hpp"

#include <gtest/gtest.h>

namespace cnv::protocol {
namespace {

// By the definition: decode with the length that the lead byte announces and look at the code point.
bool valid_by_definition(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const auto lead = static_cast<unsigned char>(s[i]);
    const std::size_t n = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    if (n == 0 || i + n > s.size()) return false;
    std::uint32_t point = n == 1 ? lead : lead & (0x7Fu >> n);
    for (std::size_t k = 1; k < n; ++k) {
      const auto byte = static_cast<unsigned char>(s[i + k]);
      if (byte >> 6 != 2) return false;
      point = point << 6 | (byte & 0x3F);
    }
    const std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[n] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return false;
    i += n;
  }
  return true;
}

TEST(Utf8, agrees_with_the_definition_for_all_short_byte_sequences) {
  // All pairs of bytes, then all triples and fours of the bytes at which something changes.
  for (int a = 0; a < 256; ++a)
    for (int b = 0; b < 256; ++b) {
      const std::string s{static_cast<char>(a), static_cast<char>(b)};
      ASSERT_EQ(is_valid_utf8(s), valid_by_definition(s)) << a << " " << b;
    }
  const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
                                 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
  for (const char a : edges)
    for (const char b : edges)
      for (const char c : edges) {
        ASSERT_EQ(is_valid_utf8(std::string{a, b, c}), valid_by_definition(std::string{a, b, c}));
        for (const char d : edges)
          ASSERT_EQ(is_valid_utf8(std::string{a, b, c, d}), valid_by_definition(std::string{a, b, c, d}));
      }
}

TEST(Utf8, finds_a_bad_byte_at_every_place_of_a_long_text) {
  const std::string good(40, 'a');
  EXPECT_TRUE(is_valid_utf8(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = '\xFF';
    EXPECT_FALSE(is_valid_utf8(bad)) << i;
  }
}

TEST(Utf8, repair_keeps_what_is_valid) {
  EXPECT_EQ(repaired_utf8("µm 膜 😀"), "µm 膜 😀");
  EXPECT_EQ(repaired_utf8("caf\xE9!"), "caf\uFFFD!");
  EXPECT_EQ(repaired_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(repaired_utf8(""), "");
}

}  // namespace
}  // namespace cnv::protocol
