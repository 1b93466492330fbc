// Lays out what is measured in a plot: the read-out above the data, and handles, lines and places over it. Used by the
// layout of plots; any thread.
#pragma once

#include "cnv/draw/plot_measures.hpp"
#include "cnv/draw/plot_picture.hpp"

namespace cnv {

// Adds the read-out to picture.measures, between left and right below top. Returns the height it uses, at most
// max_height; lines without room are counted in the last one.
double layout_readout(PlotPicture& picture, const MeasureReadout& readout, double left, double right, double top,
                      double max_height, const FontMetrics& metrics);

// Adds the rest, once picture.plot and its ranges are known. The handle of a cursor that is out of view stays at the
// border, where it can be taken.
void layout_measures(PlotPicture& picture, const PlotMeasures& measures);

}  // namespace cnv
