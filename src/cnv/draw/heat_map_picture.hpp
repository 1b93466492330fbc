// HeatMapPicture: a heat map as plain data in logical pixels, and the layout of what stands around its cells. Made by `view`,
// drawn by `desktop`; any thread.
#pragma once

#include "cnv/draw/color_bar.hpp"
#include "cnv/draw/plot_picture.hpp"

namespace cnv {

// What a heat map shows, before layout. Sizes in logical pixels.
struct HeatMapRequest {
  double width = 0, height = 0;
  PlotAxisSpec x;
  std::string y_label, y_unit;
  std::vector<std::string> rows;     // one text per row, from the top
  std::vector<double> row_numbers;   // of the rows when they descend from the top, for round ticks; else empty
  std::optional<ColorBar> bar;
};

struct HeatMapPicture {
  PlotPicture frame;                 // x axis, quantities and texts; frame.plot is where the cells go
  std::vector<PlotText> row_labels;  // in the middle of their rows; where not all fit: round numbers, or every n-th text
  std::vector<PlotLine> row_ticks;   // at round numbers
  std::optional<PlotRect> bar;       // low end at the bottom
  std::vector<PlotLine> bar_ticks;
  std::vector<PlotText> bar_texts;   // tick labels and title
  // Colours of cells, row-major from the top left, to be stretched over frame.plot without smoothing.
  int columns = 0, rows = 0;
  std::vector<Rgba8> cells;

  std::size_t row_count = 0;  // of the data
  // The row under a height, or -1 outside the cells.
  int row_at(double py) const;
};

// Labels of rows are cut with "…" where they would take more than a third of the width. The colour bar vanishes where the
// cells would get less than 120 px.
HeatMapPicture layout_heat_map(const HeatMapRequest& request, const FontMetrics& metrics);

}  // namespace cnv
