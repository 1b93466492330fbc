#include "cnv/view/view_colors.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace cnv {
namespace {

Result<std::vector<double>> channels_of(const Value& value) {
  const Value plain = list_from_array(value);
  const auto* list = plain.get_if<List>();
  if (!list) return Error{"a colour is text or a tuple of 3 or 4 numbers, not " + value.repr()};
  std::vector<double> out;
  for (const auto& item : *list) {
    if (!item.is_number()) return Error{"a colour is text or a tuple of 3 or 4 numbers, not " + value.repr()};
    out.push_back(item.as_double());
  }
  return out;
}

Result<Rgba8> as_bytes(const Result<Rgba>& color) {
  if (!color) return Error{color.error()};
  return to_rgba8(*color);
}

double luminance(Rgba8 c) {
  return 0.2126 * srgb_to_linear(c.r / 255.0F) + 0.7152 * srgb_to_linear(c.g / 255.0F) +
         0.0722 * srgb_to_linear(c.b / 255.0F);
}

Rgba8 mixed(Rgba8 a, Rgba8 b, double t) {
  const auto one = [&](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(x + (y - x) * t));
  };
  return {one(a.r, b.r), one(a.g, b.g), one(a.b, b.b), a.a};
}

const LinePlotViewSpec* plot_of_selection(const SceneStore& store) {
  for (const auto& [id, view] : store.scene().views)
    if (const auto* plot = std::get_if<LinePlotViewSpec>(&view); plot && !selection_dim(*plot).empty()) return plot;
  return nullptr;
}

}  // namespace

Result<Rgba8> plot_color(const Value& value, Theme theme) {
  if (const auto* text = value.get_if<std::string>()) return as_bytes(parse_color(*text));
  if (const auto* hue = value.get_if<std::int64_t>()) {
    if (*hue < 0) return Error{"a hue number is not negative, but " + value.repr()};
    return rgba8(trace_look(theme, static_cast<std::size_t>(*hue)).rgb);
  }
  if (const auto* grey = value.get_if<double>()) {
    const double g[] = {*grey, *grey, *grey};
    return as_bytes(color_from_floats(g));
  }
  const auto channels = channels_of(value);
  if (!channels) return Error{channels.error()};
  return as_bytes(color_from_bytes(*channels));
}

Result<Rgba8> scene_color(const Value& value) {
  if (const auto* text = value.get_if<std::string>()) return as_bytes(parse_color(*text));
  const auto channels = channels_of(value);
  if (!channels) return Error{channels.error()};
  return as_bytes(color_from_floats(*channels));
}

bool is_white(Rgba8 c) { return c.r == 255 && c.g == 255 && c.b == 255 && c.a == 255; }

double contrast(Rgba8 a, Rgba8 b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Rgba8 readable_on(Rgba8 color, Rgba8 background, double least) {
  if (contrast(color, background) >= least) return color;
  const Rgba8 goal = luminance(background) < 0.18 ? Rgba8{255, 255, 255, 255} : Rgba8{0, 0, 0, 255};
  double low = 0, high = 1;
  for (int i = 0; i < 12; ++i) {
    const double middle = (low + high) / 2;
    (contrast(mixed(color, goal, middle), background) >= least ? high : low) = middle;
  }
  return mixed(color, goal, high);
}

Background background_for(Rgba8 given, Theme theme) {
  if (is_white(given)) return {rgba8(tokens(theme).panel), theme, true};
  return {given, luminance(given) < 0.18 ? Theme::dark : Theme::light, false};
}

bool is_default_pen(const Value& pen) {
  const auto* text = pen.get_if<std::string>();
  return text && (*text == "k" || *text == "#1f3c88");
}

std::string_view selection_dim(const LinePlotViewSpec& spec) {
  if (spec.series_dim) return {};
  for (const auto& [dim, selector] : spec.selectors)
    if (const auto* binding = selector.get_if<StateBinding>(); binding && binding->key == selected_entity_key)
      return dim;
  return {};
}

Rgba8 fan_color(Theme theme, std::size_t index, std::size_t count) {
  constexpr std::size_t order[] = {6, 0, 5, 2, 4, 1, 3};  // violet, blue, sky, green, ochre, vermilion, magenta
  constexpr std::size_t spans = std::size(order) - 1;
  const double t = count > 1 ? static_cast<double>(std::min(index, count - 1)) / static_cast<double>(count - 1) : 0;
  const auto span = std::min(static_cast<std::size_t>(t * spans), spans - 1);
  const auto part = static_cast<float>(t * spans - static_cast<double>(span));
  const Rgba8 a = rgba8(trace_look(theme, order[span]).rgb), b = rgba8(trace_look(theme, order[span + 1]).rgb);
  const auto mixed = [part](std::uint8_t from, std::uint8_t to) {
    const float light = mix_in_light(static_cast<float>(from) / 255, static_cast<float>(to) / 255, part);
    return static_cast<std::uint8_t>(std::lround(255 * light));
  };
  return {mixed(a.r, b.r), mixed(a.g, b.g), mixed(a.b, b.b), 255};
}

Rgba8 selection_color(const SceneStore& store, Theme theme, int number) {
  const auto* plot = plot_of_selection(store);
  if (!plot || number < 0) return rgba8(tokens(theme).text1);
  const Value& pen = resolve(plot->pen, store.state());
  if (number == 0 && !pen.is_null() && !is_default_pen(pen))
    if (const auto color = plot_color(pen, theme)) return readable_on(*color, rgba8(tokens(theme).panel));
  return rgba8(trace_look(theme, static_cast<std::size_t>(number)).rgb);
}

}  // namespace cnv
