#include "cnv/view/view_look.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cnv {
namespace {

// Backgrounds to choose from beside the app's own.
struct OwnBackground {
  std::string_view id, label;
  Rgba8 color;
  Theme look = Theme::light;
  bool follows_theme = false;
};
constexpr OwnBackground own_backgrounds[] = {{"panel", "As the window", {255, 255, 255, 255}, Theme::light, true},
                                             {"white", "White", {255, 255, 255, 255}, Theme::light, false},
                                             {"grey", "Grey", {58, 62, 69, 255}, Theme::dark, false},
                                             {"black", "Black", {0, 0, 0, 255}, Theme::dark, false}};
constexpr std::string_view app_background = "app";

const OwnBackground* find_background(std::string_view id) {
  const auto found = std::find_if(std::begin(own_backgrounds), std::end(own_backgrounds),
                                  [&](const auto& own) { return own.id == id; });
  return found == std::end(own_backgrounds) ? nullptr : found;
}

}  // namespace

std::string ViewLook::update_background(const Value& given, Theme theme) {
  const Background of_window = background_for({255, 255, 255, 255}, theme);
  if (const auto* own = find_background(background_choice_)) {
    background_ = own->follows_theme ? of_window : Background{own->color, own->look, false};
    return {};
  }
  background_ = of_window;
  if (given.is_null()) return {};
  const auto color = scene_color(given);
  if (!color) return color.error();
  background_ = background_for(*color, theme);
  return {};
}

const std::string& ViewLook::update_colors(const std::string& quantity, std::span<const float> values,
                                           std::uint64_t values_version, AppColors app) {
  colors_.show(quantity, values, values_version);
  colors_.set_app(std::move(app));
  const std::string& name = colors_.map_name();
  if (name != map_name_ || colors_.reversed() != reversed_ || background_.look != table_theme_ || version_ == 0) {
    ColorMap map = color_map(name, background_.look);
    table_ = map.table;
    reversed_ = colors_.reversed();
    if (reversed_) std::reverse(table_.begin(), table_.end());
    map_problem_ = std::move(map.problem);
    map_name_ = name;
    table_theme_ = background_.look;
    ++version_;
  }
  if (const ColorScale scale = colors_.scale(); !(scale == scale_)) {
    scale_ = scale;
    ++version_;
  }
  return map_problem_;
}

ColorBar ViewLook::bar(std::string title) const {
  return {
      .title = std::move(title), .scale = scale_, .table = table_, .ticks = color_bar_ticks(scale_.low, scale_.high)};
}

std::vector<Choice> ViewLook::background_choices() const {
  std::vector<Choice> out{{.id = std::string(app_background),
                           .label = "As the app says",
                           .detail = {},
                           .chosen = background_choice_.empty(),
                           .colors = {},
                           .inner = {}}};
  for (const auto& own : own_backgrounds)
    out.push_back({.id = std::string(own.id),
                   .label = std::string(own.label),
                   .detail = {},
                   .chosen = background_choice_ == own.id,
                   .colors = {},
                   .inner = {}});
  return out;
}

void ViewLook::choose_background(std::string_view id) {
  if (id == app_background || find_background(id)) background_choice_ = id == app_background ? std::string_view() : id;
}

void ViewLook::reset() {
  colors_.reset();
  color_bar_shown_ = true;
  relief_shown_ = true;
  background_choice_.clear();
}

}  // namespace cnv
