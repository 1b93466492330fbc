// Colours as scripts give them, made fit for the theme: white backgrounds follow it, dark lines stay readable on dark.
// Used by every view class; any thread.
#pragma once

#include "cnv/base/result.hpp"
#include "cnv/core/scene_store.hpp"
#include "cnv/core/value.hpp"
#include "cnv/draw/palette.hpp"
#include "cnv/view/view_state.hpp"

namespace cnv {

// A colour of a line plot: text, (r, g, b[, a]) of 0…255, a float 0…1 for grey, an integer for a trace hue.
Result<Rgba8> plot_color(const Value& value, Theme theme);
// A colour of a 3-D view or state graph: text, or (r, g, b[, a]) of 0…1.
Result<Rgba8> scene_color(const Value& value);

// White in any form of text or tuple: it stands for "the background of the window".
bool is_white(Rgba8 color);

// WCAG 2 contrast of two opaque colours, 1…21.
double contrast(Rgba8 a, Rgba8 b);
// The colour, or the nearest mix with white or black that has `least` contrast to the background.
Rgba8 readable_on(Rgba8 color, Rgba8 background, double least = 3.0);

// A background and the theme whose tokens are readable on it.
struct Background {
  Rgba8 color;
  Theme look = Theme::light;
  bool follows_theme = true;
};
Background background_for(Rgba8 given, Theme theme);

// True for the pens that the library itself gives to single traces ("k", "#1f3c88"): they stand for "no wish", and the
// trace palette takes their place.
bool is_default_pen(const Value& pen);

// Colour of the trace of a selected entity, 0-based number in the selection: the pen of the plot that follows the
// selection for the first, the palette for the others; text 1 when no plot follows the selection.
Rgba8 selection_color(const SceneStore& store, Theme theme, int number);
// Colour `index` of so many that hues alone cannot tell apart: from the first to the last they run through the palette
// in the order of a rainbow, so that neighbours are alike and the ends differ.
Rgba8 fan_color(Theme theme, std::size_t index, std::size_t count);
// The selector of a plot that follows the selected entity: its dim, or empty.
std::string_view selection_dim(const LinePlotViewSpec& spec);

}  // namespace cnv
