#include "cnv/draw/number_format.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

std::string with_true_minus(std::string text) {
  if (text.empty() || text[0] != '-') return text;
  text.erase(0, 1);
  const bool zero = text.find_first_not_of("0.") == std::string::npos;
  return zero ? text : std::string(minus_sign) + text;
}

}  // namespace

std::string format_fixed(double value, int decimals) {
  if (!std::isfinite(value)) return std::string(no_value);
  decimals = std::clamp(decimals, 0, 17);
  if (std::abs(value) >= 1e15) return format_power(value, std::min(decimals, 6));
  return with_true_minus(fixed_text(value, decimals));
}

std::string with_unit(std::string number, std::string_view unit) {
  if (unit.empty()) return number;
  if (unit != "%" && unit != "°") number += thin_space;
  return number.append(unit);
}

std::string format_with_unit(double value, int decimals, std::string_view unit) {
  return with_unit(format_fixed(value, decimals), unit);
}

int decimals_for_range(double low, double high) {
  double span = std::abs(high - low);
  if (!(span > 0)) span = std::max(std::abs(low), std::abs(high));
  if (!(span > 0) || !std::isfinite(span)) return 2;
  // A value shows at least one two-thousandth of the range.
  return std::clamp(static_cast<int>(std::ceil(-std::log10(span / 2000) - 1e-9)), 0, 12);
}

int decimals_for_two_digits(double value) { return 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))); }

std::string format_readable(double value, int decimals) {
  return decimals <= 6 ? format_fixed(value, decimals) : format_power(value, 3);
}

std::string format_coordinate(std::string_view name, double at, double low, double high) {
  const AxisName axis = axis_name(name);
  return axis.label + " = " + with_unit(format_readable(at, decimals_for_range(low, high)), axis.unit);
}

AxisName axis_name(std::string_view text) {
  const auto opened = text.rfind(" (");
  if (opened == std::string_view::npos || opened == 0 || text.back() != ')') return {std::string(text), {}};
  return {std::string(text.substr(0, opened)), std::string(text.substr(opened + 2, text.size() - opened - 3))};
}

std::string format_power(double value, int decimals) {
  if (!std::isfinite(value)) return std::string(no_value);
  if (value == 0) return "0";
  const std::string text = power_text(value, std::clamp(decimals, 0, 17));
  const auto e = text.find('e');
  int exponent = 0;
  const char* digits = text.data() + e + 1;
  std::from_chars(*digits == '+' ? digits + 1 : digits, text.data() + text.size(), exponent);
  static constexpr std::string_view superscripts[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string result = with_true_minus(text.substr(0, e)) + "×10" + (exponent < 0 ? "⁻" : "");
  for (const char digit : plain_text(std::abs(exponent))) result += superscripts[digit - '0'];
  return result;
}

std::string label_with_unit(std::string_view label, std::string_view unit) {
  std::string text(label);
  if (unit.empty()) return text;
  if (!text.empty()) text += ' ';
  return text.append("(").append(unit).append(")");
}

}  // namespace cnv
