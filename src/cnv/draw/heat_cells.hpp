// How many samples become one cell of a heat map. Used by HeatMapView; any thread.
//
// Where a pixel holds more samples than one, it shows the extreme that departs farther from the rest of its row, the median of
// the middles of the row's pixels. A mean would make a spike of one sample vanish, the maximum alone would hide dips such as
// inhibition, and min/max side by side would need two pixels; so the largest departure in view is shown at every zoom.
#pragma once

#include <span>

#include "cnv/draw/pyramid.hpp"

namespace cnv {

// Median of (lo + hi) / 2 over the pixels that have values; NaN without any.
double row_rest(std::span<const ColumnRange> pixels);
// lo or hi, whichever is farther from `rest`; hi when they are equally far. NaN where the pixel has no value.
double shown_extreme(const ColumnRange& pixel, double rest);

}  // namespace cnv
