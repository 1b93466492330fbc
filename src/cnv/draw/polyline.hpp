// A series reduced to the few points that a vector picture (SVG, PDF) needs at a given size. Used by `view`; any
// thread.
#pragma once

#include <vector>

#include "cnv/draw/pyramid.hpp"
#include "cnv/draw/sample_axis.hpp"

namespace cnv {

struct PlotPoint {
  double x = 0, y = 0;  // data units, or pixels
};

// A sample without a neighbour to be joined to is a dot of this radius, in logical pixels, that an eye finds.
inline constexpr double lone_dot_px = 2.25;

// Unbroken lines, one per run between gaps. At most four points per column (first, smallest, largest, last) unless it
// has a gap, so the shape at `columns` columns is that of the full data; few samples are all kept. The samples next to
// [x0, x1] are included, so that the line enters and leaves at the border. `axis` must be monotone.
std::vector<std::vector<PlotPoint>> reduce_series(const SampleAxis& axis, const Pyramid& y, double x0, double x1,
                                                  int columns);

// All samples of a series whose x is not monotone, broken at gaps.
std::vector<std::vector<PlotPoint>> unbroken_lines(const SampleAxis& axis, const Pyramid& y);

// The parts of lines inside [x0, x1] × [y0, y1]; a line of one point stays when it lies inside.
std::vector<std::vector<PlotPoint>> clipped_lines(const std::vector<std::vector<PlotPoint>>& lines, double x0,
                                                  double y0, double x1, double y1);

}  // namespace cnv
