// Colours as plain values and their text and tuple forms. Used by every part that draws; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "cnv/base/result.hpp"

namespace cnv {

// Channels 0..1, not premultiplied, sRGB-encoded as on screen.
struct Rgba {
  float r = 0, g = 0, b = 0, a = 1;
  friend bool operator==(const Rgba&, const Rgba&) = default;
};

// Channels 0..255; the layout of an RGBA8 pixel.
struct Rgba8 {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  friend bool operator==(const Rgba8&, const Rgba8&) = default;
};

// Which of the two looks a picture is drawn for.
enum class Theme : std::uint8_t { light, dark };

// Nearest 8-bit colour; channels outside 0..1 are clipped.
Rgba8 to_rgba8(Rgba color);
Rgba to_rgba(Rgba8 color);

// Names of CSS ("orange"), one letter of "rgbcmykw", #rgb, #rrggbb, #rrggbbaa; case and outer blanks are ignored.
Result<Rgba> parse_color(std::string_view text);

// 3 or 4 channels 0..1, as scripts give them to 3-D views, surfaces, overlays, state graphs and ramps.
Result<Rgba> color_from_floats(std::span<const double> channels);

// 3 or 4 channels 0..255, as scripts give them to line plots.
Result<Rgba> color_from_bytes(std::span<const double> channels);

// The same hue in linear light: sRGB decoding and encoding of one channel 0..1.
float srgb_to_linear(float channel);
float linear_to_srgb(float channel);
// Between two sRGB channels, in linear light; `t` 0…1.
float mix_in_light(float a, float b, float t);

}  // namespace cnv
