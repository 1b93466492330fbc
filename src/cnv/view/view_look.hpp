// ViewLook: colours, colour bar and background of a 3-D view: what the app asks for and what the person at the window
// chose. Used by the classes of 3-D views and their menus; GUI thread only.
#pragma once

#include <string>
#include <vector>

#include "cnv/draw/color_bar.hpp"
#include "cnv/view/color_look.hpp"
#include "cnv/view/view_colors.hpp"

namespace cnv {

class ViewLook {
 public:
  // The app's background; null: as the window. Comes before update_colors(): it decides which of the two looks is
  // readable. Empty text, or what is wrong with the colour.
  std::string update_background(const Value& given, Theme theme);
  // Values that colour the view; `version` tells that they changed. Empty text, or what is wrong with the map's name.
  const std::string& update_colors(const std::string& quantity, std::span<const float> values, std::uint64_t version,
                                   AppColors app);

  const Background& background() const { return background_; }
  const ColorTable& table() const { return table_; }
  ColorScale scale() const { return scale_; }
  // Grows when the table or the scale changes.
  std::uint64_t version() const { return version_; }
  ColorBar bar(std::string title) const;

  // ---- what the person at the window chooses; kept while the view lives, not sent. Takes effect with the next update
  // ------
  ColorLook& colors() { return colors_; }
  const ColorLook& colors() const { return colors_; }
  bool color_bar_shown() const { return color_bar_shown_; }
  void show_color_bar(bool shown) { color_bar_shown_ = shown; }
  // Light on round bodies; without it a cell has exactly the colours of its bar.
  bool relief_shown() const { return relief_shown_; }
  void show_relief(bool shown) { relief_shown_ = shown; }
  std::vector<Choice> background_choices() const;
  // Unknown ids change nothing.
  void choose_background(std::string_view id);
  // Map, limits, colour bar, light and background as the app says.
  void reset();

 private:
  ColorLook colors_;
  bool color_bar_shown_ = true;
  bool relief_shown_ = true;
  std::string background_choice_;  // empty: as the app says
  Background background_;
  ColorTable table_{};
  ColorScale scale_;
  std::uint64_t version_ = 0;
  // What the table was made from.
  std::string map_name_, map_problem_;
  bool reversed_ = false;
  Theme table_theme_ = Theme::light;
};

}  // namespace cnv
