// The legend above a plot: rows of swatch, label, value and unit, in as many columns as fit. Used by layout_plot only.
#pragma once

#include "cnv/draw/plot_picture.hpp"

namespace cnv {

inline constexpr double legend_row_height = 22;

// Fills picture.legend and legend_rest from picture.series within left … right, from `top` down, using at most
// max_height. Returns the height used.
double layout_legend(PlotPicture& picture, double left, double right, double top, double max_height,
                     const FontMetrics& metrics);

// `text`, shortened with "…" to fit into `room`; empty if not even that fits.
std::string elided(std::string_view text, double room, double size_px, int weight, const FontMetrics& metrics);

}  // namespace cnv
