// The samples of a line plot as a table in text, one row per x, for files. Called by `desktop` and `app`; GUI thread
// only.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cnv/view/line_plot_view.hpp"

namespace cnv {

enum class CsvPart {
  shown,   // visible series, samples within the x range of the last layout
  stored,  // all series of the plot and every sample that it holds
};

// Comma-separated, UTF-8. The first row names x and each series with its unit: "t (ms)", "soma(0.5) (mV)". Numbers are
// the shortest that read back as the same float32 or float64; "nan" where a series has no value. Where x started again,
// the sweeps follow each other, and a last column "sweep" counts them from 1. Nothing is thinned out. Text comes in
// pieces of some hundred kilobytes.
void write_csv(const LinePlotView& view, CsvPart part, const std::function<void(std::string_view)>& sink);

}  // namespace cnv
