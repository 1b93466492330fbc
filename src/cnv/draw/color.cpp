#include "cnv/draw/color.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>

#include "cnv/base/numbers.hpp"
#include "cnv/draw/color_names.hpp"

namespace cnv {
namespace {

std::string folded(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

Rgba from_hex(std::uint32_t rgb) {
  return to_rgba(
      {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8), static_cast<std::uint8_t>(rgb), 255});
}

std::optional<Rgba> letter_color(char letter) {
  switch (letter) {
    case 'r': return from_hex(0xFF0000);
    case 'g': return from_hex(0x00FF00);
    case 'b': return from_hex(0x0000FF);
    case 'c': return from_hex(0x00FFFF);
    case 'm': return from_hex(0xFF00FF);
    case 'y': return from_hex(0xFFFF00);
    case 'k': return from_hex(0x000000);
    case 'w': return from_hex(0xFFFFFF);
    default: return std::nullopt;
  }
}

std::optional<Rgba> hex_color(std::string_view digits) {
  const bool one_digit = digits.size() == 3;
  if (!one_digit && digits.size() != 6 && digits.size() != 8) return std::nullopt;
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  const std::size_t step = one_digit ? 1 : 2;
  std::uint8_t channel[4] = {0, 0, 0, 255};
  for (std::size_t i = 0; i < digits.size() / step; ++i) {
    const int high = digit(digits[i * step]), low = digit(digits[i * step + step - 1]);
    if (high < 0 || low < 0) return std::nullopt;
    channel[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return to_rgba({channel[0], channel[1], channel[2], channel[3]});
}

std::optional<Rgba> named_color(std::string_view name) {
  const auto end = std::end(css_colors);
  const auto at = std::lower_bound(std::begin(css_colors), end, name,
                                   [](const NamedColor& c, std::string_view n) { return c.name < n; });
  return at != end && at->name == name ? std::optional(from_hex(at->rgb)) : std::nullopt;
}

Result<Rgba> from_channels(std::span<const double> channels, double full) {
  const std::string count = plain_text(channels.size());
  if (channels.size() != 3 && channels.size() != 4) return Error{"a colour needs 3 or 4 numbers, not " + count};
  float c[4] = {0, 0, 0, 1};
  for (std::size_t i = 0; i < channels.size(); ++i) {
    if (!(channels[i] >= 0 && channels[i] <= full))
      return Error{"colour number " + plain_text(channels[i]) + " is not within 0 … " + (full > 1 ? "255" : "1")};
    c[i] = static_cast<float>(channels[i] / full);
  }
  return Rgba{c[0], c[1], c[2], c[3]};
}

}  // namespace

Rgba8 to_rgba8(Rgba color) {
  const auto byte = [](float c) { return static_cast<std::uint8_t>(std::lround(std::clamp(c, 0.0f, 1.0f) * 255)); };
  return {byte(color.r), byte(color.g), byte(color.b), byte(color.a)};
}

Rgba to_rgba(Rgba8 color) {
  return {static_cast<float>(color.r) / 255, static_cast<float>(color.g) / 255, static_cast<float>(color.b) / 255,
          static_cast<float>(color.a) / 255};
}

Result<Rgba> parse_color(std::string_view text) {
  const std::string name = folded(text);
  std::optional<Rgba> color;
  if (name.size() == 1) {
    color = letter_color(name[0]);
  } else if (!name.empty() && name[0] == '#') {
    color = hex_color(std::string_view(name).substr(1));
  } else {
    color = named_color(name);
  }
  if (color) return *color;
  return Error{"'" + std::string(text) +
               "' is not a colour; use a name such as \"orange\", a letter of rgbcmykw, "
               "#rgb, #rrggbb or #rrggbbaa"};
}

Result<Rgba> color_from_floats(std::span<const double> channels) { return from_channels(channels, 1); }

Result<Rgba> color_from_bytes(std::span<const double> channels) { return from_channels(channels, 255); }

float srgb_to_linear(float c) { return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f); }

float linear_to_srgb(float c) { return c <= 0.0031308f ? c * 12.92f : 1.055f * std::pow(c, 1 / 2.4f) - 0.055f; }

float mix_in_light(float a, float b, float t) {
  const float from = srgb_to_linear(a), to = srgb_to_linear(b);
  return linear_to_srgb(from + (to - from) * t);
}

}  // namespace cnv
