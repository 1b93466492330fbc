#include "cnv/draw/color_map.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

#include "cnv/draw/sampled_maps.hpp"

namespace cnv {
namespace {

constexpr std::string_view menu_names[] = {"voltage",   "signed",      "scalar",      "bwr",          "grayscale",
                                           "fire",      "state-fire",  "mpl:viridis", "mpl:plasma",   "mpl:inferno",
                                           "mpl:magma", "mpl:cividis", "mpl:turbo",   "mpl:coolwarm", "mpl:gray",
                                           "mpl:hot",   "mpl:jet"};

// The first third is where membranes spend their time: rest differs from hyperpolarised in hue too, also for people who
// see fewer hues.
constexpr Rgba8 voltage_light[] = {
    {0x4F, 0x9F, 0x8F}, {0x8A, 0x52, 0xCC}, {0xA4, 0x32, 0x8E}, {0xA0, 0x14, 0x34}, {0x65, 0x0C, 0x1A}};
constexpr Rgba8 voltage_dark[] = {
    {0x56, 0x60, 0x9C}, {0x38, 0x9F, 0xAE}, {0x5C, 0xC4, 0xA4}, {0xFF, 0xD6, 0x6B}, {0xFF, 0xF8, 0xDC}};
// Zero is quiet, both directions stand out, and neither end is lost in the ground.
constexpr Rgba8 signed_light[] = {
    {0x0B, 0x2F, 0x7A}, {0x35, 0x6F, 0xC8}, {0x87, 0x8E, 0x99}, {0xC4, 0x50, 0x2E}, {0x74, 0x12, 0x08}};
constexpr Rgba8 signed_dark[] = {
    {0xB4, 0xDC, 0xFF}, {0x3C, 0x8B, 0xD6}, {0x5A, 0x61, 0x6D}, {0xD9, 0x76, 0x3A}, {0xFF, 0xDF, 0xB0}};
constexpr Rgba8 state_fire[] = {{0xFF, 0xFF, 0xFF}, {0xFF, 0xE4, 0x5C}, {0xF1, 0x8F, 0x01}, {0x8F, 0x05, 0x00}};
constexpr Rgba8 blue_white_red[] = {{0, 0, 255}, {255, 255, 255}, {255, 0, 0}};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n\f\v");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n\f\v") - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// The table of a function of t = 0..1 that gives an Rgba.
template <class Function>
ColorTable table_of(Function color_at) {
  ColorTable table;
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = to_rgba8(color_at(static_cast<float>(i) / 255));
  return table;
}

float mix(float a, float b, float t) { return a + (b - a) * t; }

// Evenly spaced stops; `channel` mixes r, g and b, alpha is always linear.
ColorTable table_through(std::span<const Rgba> stops, float (*channel)(float, float, float) = mix) {
  const std::size_t last = stops.size() - 1;
  return table_of([&](float t) {
    const float place = t * static_cast<float>(last);
    const std::size_t k = std::min(static_cast<std::size_t>(place), last > 0 ? last - 1 : 0);
    const float u = place - static_cast<float>(k);
    const Rgba &a = stops[k], &b = stops[std::min(k + 1, last)];
    return Rgba{channel(a.r, b.r, u), channel(a.g, b.g, u), channel(a.b, b.b, u), mix(a.a, b.a, u)};
  });
}

ColorTable table_through(std::span<const Rgba8> stops, float (*channel)(float, float, float) = mix) {
  std::vector<Rgba> colors;
  for (const Rgba8 stop : stops) colors.push_back(to_rgba(stop));
  return table_through(std::span<const Rgba>(colors), channel);
}

ColorTable bwr() { return table_through(std::span<const Rgba8>(blue_white_red)); }

ColorMap failed(std::string problem) { return {bwr(), std::move(problem)}; }

// "C1:C2:…" to a table.
ColorMap ramp(std::string_view list, bool one_is_enough, std::string_view name) {
  std::vector<Rgba> stops;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t to = std::min(list.find(':', from), list.size());
    Result<Rgba> color = parse_color(list.substr(from, to - from));
    if (!color) return failed("colour map '" + std::string(name) + "': " + color.error());
    stops.push_back(*color);
    from = to + 1;
  }
  if (stops.size() == 1 && !one_is_enough)
    return failed("colour map '" + std::string(name) + "' needs at least two colours");
  if (stops.size() == 1) {
    const Rgba c = stops[0];
    stops.insert(stops.begin(), Rgba{1 - 0.2f * (1 - c.r), 1 - 0.2f * (1 - c.g), 1 - 0.2f * (1 - c.b), c.a});
  }
  return {table_through(std::span<const Rgba>(stops)), {}};
}

ColorTable table_of_samples(const SampledMap& map, bool reversed) {
  ColorTable table;
  const auto stops = std::span(sampled_stops).subspan(map.first, map.count);
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    const std::uint32_t a = stops[i], b = stops[i + 1];
    const std::uint32_t from = a >> 24, to = b >> 24;
    for (std::uint32_t k = from; k <= to; ++k) {
      const float t = static_cast<float>(k - from) / static_cast<float>(to - from);
      const auto channel = [&](int shift) {
        return mix(static_cast<float>((a >> shift) & 255), static_cast<float>((b >> shift) & 255), t) / 255;
      };
      table[k] = to_rgba8({channel(16), channel(8), channel(0), 1});
    }
  }
  if (reversed) std::reverse(table.begin(), table.end());
  return table;
}

ColorMap sampled(std::string_view name) {
  const bool reversed = name.ends_with("_r");
  const std::string_view base = reversed ? name.substr(0, name.size() - 2) : name;
  for (const SampledMap& map : sampled_maps)
    if (map.name == base) return {table_of_samples(map, reversed), {}};
  return failed("colour map 'mpl:" + std::string(name) +
                "' is not one of matplotlib's; its names keep their case, as in mpl:RdBu_r");
}

float clip(float value) { return std::clamp(value, 0.0f, 1.0f); }

}  // namespace

ColorMap color_map(std::string_view full_name, Theme theme) {
  const std::string_view name = trimmed(full_name);
  const std::string folded = lower(name);
  if (folded == "voltage") {
    const std::span<const Rgba8> stops = theme == Theme::light ? voltage_light : voltage_dark;
    return {table_through(stops, mix_in_light), {}};
  }
  if (folded == "signed")
    return {table_through(std::span<const Rgba8>(theme == Theme::light ? signed_light : signed_dark), mix_in_light),
            {}};
  if (folded == "scalar") return {table_of([](float t) { return Rgba{t, 0.2f, 1 - t}; }), {}};
  if (folded == "bwr") return {bwr(), {}};
  if (folded == "grayscale") return {table_of([](float t) { return Rgba{t, t, t}; }), {}};
  if (folded == "fire")
    return {table_of([](float t) { return Rgba{clip(1.5f * t), clip(2 * t - 0.4f), clip(4 * t - 3)}; }), {}};
  if (folded == "state-fire" || folded == "white-fire") return {table_through(std::span<const Rgba8>(state_fire)), {}};
  if (folded.starts_with("ramp:")) return ramp(name.substr(5), true, name);
  if (folded.starts_with("mpl-ramp:")) return ramp(name.substr(9), false, name);
  if (folded.starts_with("mpl:")) return sampled(trimmed(name.substr(4)));
  return failed("unknown colour map '" + std::string(name) + "'; bwr is used");
}

std::span<const std::string_view> color_map_names() { return menu_names; }

float ColorScale::normalized(float value) const {
  if (high == low) return std::isnan(value) ? value : if_equal;
  const float u = (value - low) / (high - low);
  return u < 0 ? 0 : u > 1 ? 1 : u;  // NaN stays NaN
}

int ColorScale::entry(float value) const {
  const float u = normalized(value);
  return std::isnan(u) ? -1 : static_cast<int>(255 * u);
}

ColorScale scale_from_data(std::span<const float> values) {
  float low = std::numeric_limits<float>::infinity(), high = -low;
  for (const float v : values) {
    if (!std::isfinite(v)) continue;
    low = std::min(low, v);
    high = std::max(high, v);
  }
  return low <= high ? ColorScale{low, high, 0} : ColorScale{0, 0, 0};
}

ColorScale symmetric_scale(std::span<const float> values) {
  float largest = 0;
  for (const float v : values)
    if (std::isfinite(v)) largest = std::max(largest, std::fabs(v));
  return {-largest, largest, 0.5f};
}

Rgba8 neutral_color(Theme theme) { return theme == Theme::light ? Rgba8{163, 168, 176} : Rgba8{94, 101, 112}; }

}  // namespace cnv
