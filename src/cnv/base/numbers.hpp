// Numbers as text and back, the same in every locale: what a script or a toolkit chooses with setlocale reaches none of
// it. A check (tools/check_numbers.py) keeps the functions of C and C++ that follow the locale out of this tree.
#pragma once

#include <locale.h>
#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace cnv {

// The shortest text that reads back as the value: "0.025", "20", "1e-07", "nan".
std::string plain_text(double value);
std::string plain_text(float value);
template <std::integral T>
  requires(!std::same_as<T, bool>)
std::string plain_text(T value) {
  char buffer[24];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

// printf's %.*f, %.*g and %.*e, always with a point.
std::string fixed_text(double value, int decimals);
std::string general_text(double value, int digits);
std::string power_text(double value, int decimals);

// All of `text` as a number, with or without a sign; nothing for anything else, and for what no double holds.
std::optional<double> number_from(std::string_view text);

// Letters A to Z; every other character stays.
std::string lower_ascii(std::string_view text);
std::string upper_ascii(std::string_view text);
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// While it lives, the C functions that others call in this thread read and write numbers with a point. Other threads
// and the locale of the program stay as they are.
class ClassicNumbers {
 public:
  ClassicNumbers();
  ~ClassicNumbers();
  ClassicNumbers(const ClassicNumbers&) = delete;
  ClassicNumbers& operator=(const ClassicNumbers&) = delete;

 private:
  locale_t own_ = nullptr, before_ = nullptr;
};

}  // namespace cnv
