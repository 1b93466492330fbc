#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <locale>
#include <random>
#include <string>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

namespace fs = std::filesystem;

// The program's locale while a test runs; made with localedef, as a machine need not have it.
class Numbers : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string name = GetParam();
    if (name != "C") {
      const fs::path folder = fs::temp_directory_path() / "cnv-locales";
      fs::create_directories(folder);
      const std::string made = (folder / (name + ".UTF-8")).string();
      if (!fs::exists(made)) {
        ASSERT_EQ(std::system(("localedef -i " + name + " -f UTF-8 " + made).c_str()), 0);
      }
      ::setenv("LOCPATH", folder.c_str(), 1);
      ASSERT_NE(std::setlocale(LC_ALL, (name + ".UTF-8").c_str()), nullptr);
      if (name == "de_DE") std::locale::global(std::locale(name + ".UTF-8"));
    }
  }
  void TearDown() override {
    std::locale::global(std::locale::classic());
    std::setlocale(LC_ALL, "C");
  }

  static std::string in_c(const char* format, int precision, double value) {
    const std::string before = std::setlocale(LC_NUMERIC, nullptr);
    std::setlocale(LC_NUMERIC, "C");
    char text[512];
    std::snprintf(text, sizeof text, format, precision, value);
    std::setlocale(LC_NUMERIC, before.c_str());
    return text;
  }
};

TEST_P(Numbers, are_written_as_printf_writes_them_in_c) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> mantissa(-1, 1);
  std::uniform_int_distribution<int> exponent(-300, 300), precision(0, 17);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::ldexp(mantissa(random), exponent(random));
    const int digits = precision(random);
    EXPECT_EQ(fixed_text(value, digits), in_c("%.*f", digits, value));
    EXPECT_EQ(general_text(value, digits), in_c("%.*g", digits, value));
    EXPECT_EQ(power_text(value, digits), in_c("%.*e", digits, value));
    EXPECT_EQ(number_from(plain_text(value)), value);
    EXPECT_EQ(number_from(general_text(value, 17)), value);
  }
  EXPECT_EQ(plain_text(0.025), "0.025");
  EXPECT_EQ(plain_text(0.1f), "0.1");
  EXPECT_EQ(plain_text(1234567), "1234567");
  EXPECT_EQ(plain_text(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(fixed_text(std::numeric_limits<double>::max(), 3), in_c("%.*f", 3, std::numeric_limits<double>::max()));
}

TEST_P(Numbers, are_read_whole_or_not_at_all) {
  EXPECT_EQ(number_from("2.5"), 2.5);
  EXPECT_EQ(number_from("+2.5e-3"), 2.5e-3);
  EXPECT_EQ(number_from("-.5"), -0.5);
  for (const char* text : {"", "+", "2,5", "2.5 ", " 2.5", "2.5mV", "+-2", "1e999", "0x10", "1.234,5"})
    EXPECT_EQ(number_from(text), std::nullopt) << text;
}

TEST_P(Numbers, letters_outside_ascii_stay) {
  EXPECT_EQ(lower_ascii("IİÄ F12"), "iİÄ f12");
  EXPECT_EQ(upper_ascii("iıä f12"), "Iıä F12");
}

TEST_P(Numbers, foreign_functions_read_and_write_a_point_in_a_scope) {
  const std::string before = ::localeconv()->decimal_point;
  {
    const ClassicNumbers as_in_c;
    char text[16];
    std::snprintf(text, sizeof text, "%g", 0.5);
    EXPECT_STREQ(text, "0.5");
    EXPECT_EQ(std::strtod("0.5", nullptr), 0.5);
    const ClassicNumbers again;
    EXPECT_EQ(std::strtod("0.25", nullptr), 0.25);
  }
  EXPECT_EQ(::localeconv()->decimal_point, before);
}

INSTANTIATE_TEST_SUITE_P(Locale, Numbers, testing::Values("C", "de_DE", "tr_TR", "fr_FR"),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
}  // namespace cnv
