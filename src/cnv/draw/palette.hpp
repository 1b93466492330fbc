// Colours of the window as constants: tokens for light and dark, and the trace palette. Used by `view` and `desktop`;
// any thread. All values are 0xRRGGBB; contrast of text on `panel` and `window` is at least 4.5, of `edge` 3.0.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cnv/draw/color.hpp"

namespace cnv {

struct Tokens {
  std::uint32_t window, panel, field, hover, sep, edge;
  std::uint32_t text1, text2, text3;
  std::uint32_t accent, on_accent, accent_soft;
  std::uint32_t warning, error, error_soft, done;
  std::uint32_t tip, tip_text;
  std::uint32_t grid;
};

inline constexpr Tokens light_tokens{.window = 0xF3F4F6,
                                     .panel = 0xFFFFFF,
                                     .field = 0xFFFFFF,
                                     .hover = 0xE7E9ED,
                                     .sep = 0xDADDE2,
                                     .edge = 0x858B95,
                                     .text1 = 0x1A1D22,
                                     .text2 = 0x545B66,
                                     .text3 = 0x666D78,
                                     .accent = 0x1D5FD1,
                                     .on_accent = 0xFFFFFF,
                                     .accent_soft = 0xE3ECFB,
                                     .warning = 0x8A5A00,
                                     .error = 0xB3261E,
                                     .error_soft = 0xFCEDEB,
                                     .done = 0x1B7A4B,
                                     .tip = 0x22262C,
                                     .tip_text = 0xF5F6F7,
                                     .grid = 0xE9EBEE};

inline constexpr Tokens dark_tokens{.window = 0x1E2126,
                                    .panel = 0x16181C,
                                    .field = 0x121417,
                                    .hover = 0x2A2E35,
                                    .sep = 0x33373E,
                                    .edge = 0x727A85,
                                    .text1 = 0xE8EAED,
                                    .text2 = 0xA9B0BA,
                                    .text3 = 0x8B939E,
                                    .accent = 0x7AABFF,
                                    .on_accent = 0x0F1114,
                                    .accent_soft = 0x22324D,
                                    .warning = 0xE3B341,
                                    .error = 0xFF8A80,
                                    .error_soft = 0x35201F,
                                    .done = 0x6FCF97,
                                    .tip = 0x2B3037,
                                    .tip_text = 0xF0F2F4,
                                    .grid = 0x26292F};

constexpr const Tokens& tokens(Theme theme) { return theme == Theme::dark ? dark_tokens : light_tokens; }

// Opacity of everything that is disabled.
inline constexpr double disabled_opacity = 0.45;

inline constexpr std::size_t trace_hues = 10;
// Blue, vermilion, green, magenta, ochre, sky, violet, slate, rose, olive.
inline constexpr std::uint32_t light_traces[trace_hues] = {0x3870EE, 0xCD3000, 0x0D7B4B, 0xA01685, 0xA98F58,
                                                           0x1B9AC6, 0x5E48BA, 0x404D5C, 0xBE567E, 0x494400};
inline constexpr std::uint32_t dark_traces[trace_hues] = {0x71A0FF, 0xEE6C4E, 0x92DCAF, 0xCE79B6, 0xE2AE27,
                                                          0x70C5EA, 0x7C6BDF, 0xCFDEF0, 0xA76C80, 0xE3DA6E};

// Colour and dashes of series `index` (0-based): ten hues, then the same ten dashed, then again from the start.
struct TraceLook {
  std::uint32_t rgb;
  bool dashed;
};
constexpr TraceLook trace_look(Theme theme, std::size_t index) {
  const auto& hues = theme == Theme::dark ? dark_traces : light_traces;
  return {hues[index % trace_hues], index / trace_hues % 2 == 1};
}

constexpr Rgba8 rgba8(std::uint32_t rgb, std::uint8_t alpha = 255) {
  return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8), static_cast<std::uint8_t>(rgb),
          alpha};
}

}  // namespace cnv
