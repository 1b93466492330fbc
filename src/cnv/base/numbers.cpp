#include "cnv/base/numbers.hpp"

#include <algorithm>
#include <new>
#include <string>

namespace cnv {
namespace {

template <class T>
std::string shortest(T value) {
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

std::string formatted(double value, std::chars_format format, int precision) {
  // The largest double has 309 digits before the point.
  std::string text(static_cast<std::size_t>(330 + std::max(precision, 0)), '\0');
  text.resize(static_cast<std::size_t>(
      std::to_chars(text.data(), text.data() + text.size(), value, format, precision).ptr - text.data()));
  return text;
}

template <char First, char Last, char To>
std::string moved(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= First && c <= Last) c = static_cast<char>(c - First + To);
  return out;
}

}  // namespace

std::string plain_text(double value) { return shortest(value); }
std::string plain_text(float value) { return shortest(value); }

std::string fixed_text(double value, int decimals) { return formatted(value, std::chars_format::fixed, decimals); }
std::string general_text(double value, int digits) { return formatted(value, std::chars_format::general, digits); }
std::string power_text(double value, int decimals) { return formatted(value, std::chars_format::scientific, decimals); }

std::optional<double> number_from(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string lower_ascii(std::string_view text) { return moved<'A', 'Z', 'a'>(text); }
std::string upper_ascii(std::string_view text) { return moved<'a', 'z', 'A'>(text); }

ClassicNumbers::ClassicNumbers() {
  const lconv* here = ::localeconv();
  if (here->decimal_point == std::string_view(".") && here->thousands_sep == std::string_view()) return;
  const locale_t base = ::duplocale(::uselocale(nullptr));
  own_ = ::newlocale(LC_NUMERIC_MASK, "C", base);
  if (!own_) {
    if (base) ::freelocale(base);
    throw std::bad_alloc();
  }
  before_ = ::uselocale(own_);
}

ClassicNumbers::~ClassicNumbers() {
  if (!own_) return;
  ::uselocale(before_);
  ::freelocale(own_);
}

}  // namespace cnv
