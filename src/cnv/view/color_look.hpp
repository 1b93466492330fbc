// ColorLook: how a cell's values become colours: the app's wishes, the person's (for each quantity its own), and what
// the data have shown so far. Used by MorphologyView; GUI thread only.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cnv/base/result.hpp"
#include "cnv/core/specs.hpp"
#include "cnv/view/choice.hpp"

namespace cnv {

// Where colour limits come from.
enum class LimitsFrom : std::uint8_t {
  app,               // as the app says
  data_now,          // smallest to largest value in view now
  symmetric,         // −m … m with m the largest magnitude now
  data_so_far,       // smallest to largest value since the quantity was chosen, or since a restart
  symmetric_so_far,  // likewise, −m … m
  typed,
};

// Wishes of the person at the window; they win over the spec and are not sent.
struct ColorWishes {
  std::optional<std::string> color_map;
  bool reversed = false;
  LimitsFrom from = LimitsFrom::app;
  Limits typed{0, 1};
  friend bool operator==(const ColorWishes&, const ColorWishes&) = default;
};

// What the app asks for; `limits` only with LimitsFrom::typed.
struct AppColors {
  std::string color_map;
  LimitsFrom from = LimitsFrom::data_now;
  Limits limits{0, 1};

  // Limits that would follow the data are those of all frames, where these are known.
  void know_beforehand(const std::optional<Limits>& all_frames) {
    if (!all_frames || from == LimitsFrom::typed) return;
    const double most = std::max(std::abs(all_frames->first), std::abs(all_frames->second));
    const bool symmetric = from == LimitsFrom::symmetric || from == LimitsFrom::symmetric_so_far;
    limits = symmetric ? Limits{-most, most} : *all_frames;
    from = LimitsFrom::typed;
  }
};

class ColorLook {
 public:
  // Call when values changed: `version` tells that they did. Another quantity starts with wishes of its own.
  void show(const std::string& quantity, std::span<const float> values, std::uint64_t version);
  const AppColors& app() const { return app_; }
  void set_app(AppColors app) { app_ = std::move(app); }

  const ColorWishes& wishes() const;
  const std::string& map_name() const { return wishes().color_map ? *wishes().color_map : app_.color_map; }
  bool reversed() const { return wishes().reversed; }
  ColorScale scale();
  // The data have shown values below and above 0 since the quantity was chosen, or since a restart.
  bool has_both_signs() const { return so_far_.low < 0 && so_far_.high > 0 && so_far_.low <= so_far_.high; }
  // "Data so far" begins anew with the values in view.
  void restart_so_far();

  // ---- menus; ids are what choose_…() take -----------------------------------------------------------------------
  std::vector<Choice> map_choices(Theme theme) const;
  std::vector<Choice> limits_choices() const;
  // Unknown ids change nothing.
  void choose_map(std::string_view id);
  void choose_limits(std::string_view id);
  // Two different finite numbers; otherwise the text says what is wrong and nothing changes.
  Result<void> set_limits(double low, double high);
  void reset() { wishes_.erase(quantity_); }

 private:
  ColorScale scale_from(LimitsFrom from, const Limits& typed);

  std::string quantity_;
  std::span<const float> values_;
  std::uint64_t version_ = 0, symmetric_version_ = 0;
  ColorScale now_, so_far_, symmetric_;
  AppColors app_;
  std::map<std::string, ColorWishes> wishes_;  // by quantity
};

// Id of the entry that opens fields to type limits in.
inline constexpr std::string_view typed_limits_id = "typed";

}  // namespace cnv
