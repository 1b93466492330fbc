// Numbers as a person reads them: true minus, fixed decimals, never "−0.00", an en dash where there is no value.
// Used wherever the window shows a number; any thread. All text is UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace cnv {

inline constexpr std::string_view minus_sign = "\u2212";
inline constexpr std::string_view no_value = "\u2013";
inline constexpr std::string_view thin_space = "\u2009";

// `decimals` (0…17) digits after the point; "–" when the value is not finite; nothing is grouped; from 1e15 on as a
// power.
std::string format_fixed(double value, int decimals);

// "−32.00 mV" with a thin space; "%" and "°" follow without one; an empty unit adds nothing.
std::string format_with_unit(double value, int decimals, std::string_view unit);

// The unit behind a number that is text already, by the same rule.
std::string with_unit(std::string number, std::string_view unit);

// Decimals for values of a quantity that runs over low … high, fine enough for 1/2000 of it: -80 … 50 -> 2, -1 … 1
// -> 3. Chosen once per quantity, so that nothing moves while numbers run.
int decimals_for_range(double low, double high);

// Decimals that show two significant figures of a finite value other than 0: 0.057 -> 3, 12 -> 0, 340 -> -1.
int decimals_for_two_digits(double value);

// As format_fixed; where that were more than 6 decimals, which nobody reads, as a power of ten.
std::string format_readable(double value, int decimals);

// "τ (ms)" as "τ" and "ms"; all of it, and no unit, where it does not end in one.
struct AxisName {
  std::string label, unit;
  friend bool operator==(const AxisName&, const AxisName&) = default;
};
AxisName axis_name(std::string_view label_with_unit);

// "tau = 7.41", or "τ = 7.41 ms" for a name with a unit: a place on an axis that runs over low … high.
std::string format_coordinate(std::string_view name, double at, double low, double high);

// Mantissa with `decimals` decimals times a power of ten: "1.5×10⁻⁷".
std::string format_power(double value, int decimals);

// "v (mV)", "v", "(mV)" or "".
std::string label_with_unit(std::string_view label, std::string_view unit);

}  // namespace cnv
