// The numbers of a measurement as people and programs take them: the read-out and the marks of the plot, the text for
// the clipboard, the dict of the window's report. Pure functions, used by LinePlotView and the window; any thread.
#pragma once

#include <string>

#include "cnv/core/value.hpp"
#include "cnv/draw/plot_measures.hpp"
#include "cnv/view/measurement.hpp"

namespace cnv {

// Rounded to what x and y show over these ranges and to the distance of samples.
PlotMeasures measures_of(const MeasuredNumbers& numbers, const AxisRange& x, const AxisRange& y);

// Separated by tabs: first a row with names and units, then rows of numbers, which read back exactly and have a point
// in every locale; what cannot be measured is empty. Cursors first, then, after an empty line, the spike.
std::string table_of(const MeasuredNumbers& numbers);

// {"cursors": {"a", "b": place, "dx", "values": {label: [a, b, b − a]}, …}, "spike": {…}}; what cannot be measured is
// null.
Dict dict_of(const MeasuredNumbers& numbers);

// What stands on the buttons of a read-out.
inline constexpr std::string_view copy_button = "copy", close_button = "close";

}  // namespace cnv
