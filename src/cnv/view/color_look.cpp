#include "cnv/view/color_look.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "cnv/draw/number_format.hpp"

namespace cnv {
namespace {

constexpr std::string_view app_id = "app", reversed_id = "reversed";

struct NamedLimits {
  LimitsFrom from;
  std::string_view id, label;
};
constexpr NamedLimits named_limits[] = {{LimitsFrom::app, app_id, "As the app says"},
                                        {LimitsFrom::data_now, "now", "Data in view now"},
                                        {LimitsFrom::data_so_far, "so far", "Data so far"},
                                        {LimitsFrom::symmetric, "symmetric", "Symmetric about 0"},
                                        {LimitsFrom::typed, typed_limits_id, "Numbers…"}};

struct NamedMap {
  std::string_view name, label;
};
struct MapGroup {
  std::string_view label;
  std::span<const NamedMap> maps;
};
constexpr NamedMap panel_maps[] = {{"voltage", "Quiet to active"}};
constexpr NamedMap even_maps[] = {{"mpl:viridis", "viridis"},
                                  {"mpl:cividis", "cividis"},
                                  {"mpl:plasma", "plasma"},
                                  {"mpl:inferno", "inferno"},
                                  {"mpl:magma", "magma"}};
constexpr NamedMap middle_maps[] = {
    {"signed", "negative, zero, positive"}, {"mpl:coolwarm", "coolwarm"}, {"bwr", "blue, white, red"}};
constexpr NamedMap other_maps[] = {
    {"grayscale", "grey"}, {"scalar", "blue to red"}, {"fire", "fire"},  {"state-fire", "white to fire"},
    {"mpl:hot", "hot"},    {"mpl:turbo", "turbo"},    {"mpl:jet", "jet"}};
constexpr MapGroup map_groups[] = {{"For this window", panel_maps},
                                   {"Even steps, safe for colour blindness", even_maps},
                                   {"Around a middle", middle_maps},
                                   {"Others", other_maps}};

ColorScale joined(ColorScale a, ColorScale b) { return {std::min(a.low, b.low), std::max(a.high, b.high), 0}; }

bool any_finite(std::span<const float> values) {
  return std::any_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

std::string range_text(ColorScale scale) {
  const int decimals = decimals_for_range(scale.low, scale.high);
  return format_fixed(scale.low, decimals) + " … " + format_fixed(scale.high, decimals);
}

}  // namespace

void ColorLook::show(const std::string& quantity, std::span<const float> values, std::uint64_t version) {
  values_ = values;
  const bool other = quantity != quantity_;
  if (!other && version == version_) return;
  quantity_ = quantity;
  version_ = version;
  const bool first = other || now_.low > now_.high;
  if (!any_finite(values)) {
    now_ = {1, 0, 0};  // nothing yet
    return;
  }
  now_ = scale_from_data(values);
  so_far_ = first ? now_ : joined(so_far_, now_);
}

const ColorWishes& ColorLook::wishes() const {
  static const ColorWishes none;
  const auto found = wishes_.find(quantity_);
  return found == wishes_.end() ? none : found->second;
}

ColorScale ColorLook::scale() {
  const auto& wished = wishes();
  return wished.from == LimitsFrom::app ? scale_from(app_.from, app_.limits) : scale_from(wished.from, wished.typed);
}

ColorScale ColorLook::scale_from(LimitsFrom from, const Limits& typed) {
  const bool nothing = now_.low > now_.high;
  switch (from) {
    case LimitsFrom::typed: return {static_cast<float>(typed.first), static_cast<float>(typed.second), 0};
    case LimitsFrom::symmetric:
      if (std::exchange(symmetric_version_, version_) != version_ || version_ == 0)
        symmetric_ = symmetric_scale(values_);
      return symmetric_;
    case LimitsFrom::data_so_far: return nothing ? ColorScale{0, 0, 0} : so_far_;
    case LimitsFrom::symmetric_so_far: {
      const float most = nothing ? 0 : std::max(std::fabs(so_far_.low), std::fabs(so_far_.high));
      return {-most, most, 0.5f};
    }
    default: return nothing ? ColorScale{0, 0, 0} : now_;
  }
}

void ColorLook::restart_so_far() { so_far_ = now_; }

std::vector<Choice> ColorLook::map_choices(Theme theme) const {
  const auto& wished = wishes().color_map;
  std::vector<Choice> out{{.id = std::string(app_id),
                           .label = "As the app says",
                           .detail = {},
                           .chosen = !wished,
                           .colors = color_map(app_.color_map, theme).table,
                           .inner = {}}};
  for (const auto& group : map_groups) {
    Choice heading{
        .id = {}, .label = std::string(group.label), .detail = {}, .chosen = false, .colors = {}, .inner = {}};
    for (const auto& map : group.maps)
      heading.inner.push_back({.id = std::string(map.name),
                               .label = std::string(map.label),
                               .detail = {},
                               .chosen = wished == map.name,
                               .colors = color_map(map.name, theme).table,
                               .inner = {}});
    out.push_back(std::move(heading));
  }
  out.push_back({.id = {},
                 .label = "Direction",
                 .detail = {},
                 .chosen = false,
                 .colors = {},
                 .inner = {{.id = std::string(reversed_id),
                            .label = "Reversed",
                            .detail = {},
                            .chosen = wishes().reversed,
                            .colors = {},
                            .inner = {}}}});
  return out;
}

std::vector<Choice> ColorLook::limits_choices() const {
  std::vector<Choice> out;
  const bool known = now_.low <= now_.high;
  for (const auto& entry : named_limits) {
    Choice choice{.id = std::string(entry.id),
                  .label = std::string(entry.label),
                  .detail = {},
                  .chosen = wishes().from == entry.from,
                  .colors = {},
                  .inner = {}};
    if (known && entry.from == LimitsFrom::data_so_far) choice.detail = range_text(so_far_);
    if (entry.from == LimitsFrom::app && app_.from == LimitsFrom::typed)
      choice.detail = range_text({static_cast<float>(app_.limits.first), static_cast<float>(app_.limits.second), 0});
    out.push_back(std::move(choice));
  }
  return out;
}

void ColorLook::choose_map(std::string_view id) {
  if (id == reversed_id) {
    auto& wished = wishes_[quantity_];
    wished.reversed = !wished.reversed;
    return;
  }
  const bool known =
      id == app_id || std::any_of(std::begin(map_groups), std::end(map_groups), [&](const auto& group) {
        return std::any_of(group.maps.begin(), group.maps.end(), [&](const auto& map) { return map.name == id; });
      });
  if (!known) return;
  auto& wished = wishes_[quantity_];
  wished.color_map = id == app_id ? std::nullopt : std::optional(std::string(id));
}

void ColorLook::choose_limits(std::string_view id) {
  const auto found =
      std::find_if(std::begin(named_limits), std::end(named_limits), [&](const auto& entry) { return entry.id == id; });
  if (found == std::end(named_limits)) return;
  auto& wished = wishes_[quantity_];
  if (found->from == LimitsFrom::typed && wished.from != LimitsFrom::typed) {
    const auto present = scale();
    wished.typed = {present.low, present.high};
  }
  wished.from = found->from;
}

Result<void> ColorLook::set_limits(double low, double high) {
  if (!std::isfinite(low) || !std::isfinite(high)) return Error{"Colour limits are two numbers."};
  if (!(low < high))
    return Error{"The lower limit must be below the upper one; " + format_fixed(low, 3) + " is not below " +
                 format_fixed(high, 3) + "."};
  auto& wished = wishes_[quantity_];
  wished.from = LimitsFrom::typed;
  wished.typed = {low, high};
  return {};
}

}  // namespace cnv
