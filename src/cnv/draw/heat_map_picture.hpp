// HeatMapPicture: a heat map as plain data in logical pixels, and the layout of what stands around its cells. Made by
// `view`, drawn by `desktop`; any thread.
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
  std::optional<double> widest_row;  // widest_row_label() of these texts, where it is known
  std::vector<double> row_numbers;   // of the rows when they descend from the top, for round ticks; else empty
  AxisRange shown_rows{
      0, 0};  // upper edge of the first and lower edge of the last row in view; parts of rows count; empty: all
  std::optional<ColorBar> bar;
  std::optional<PlotCursor> cursor;
  std::optional<int> cursor_row;  // where the cursor has its ring
  PlotMargins least_margins;      // of the cells; on the right, colour bar and last label of x need some
};

struct HeatMapPicture {
  // x axis, quantities and texts; frame.plot is where the cells go, frame.own_margins those of the whole heat map.
  PlotPicture frame;
  std::vector<PlotText>
      row_labels;                   // in the middle of their rows; where not all fit: round numbers, or every n-th text
  std::vector<PlotLine> row_ticks;  // at round numbers
  std::optional<PlotRect> bar;      // low end at the bottom
  std::vector<PlotLine> bar_ticks;
  std::vector<PlotText> bar_texts;  // tick labels and title
  ColorTable bar_colors{};
  std::optional<PlotPoint> ring;  // of the cursor, in the middle of its row; radius 4
  // Colours of cells, row-major from the top left, to be stretched over cells_area without smoothing, and cut to
  // frame.plot.
  int columns = 0, rows = 0;
  std::vector<Rgba8> cells;
  PlotRect cells_area;  // of the rows that are in view at least in part

  std::size_t row_count = 0;   // of the data
  AxisRange shown_rows{0, 0};  // as asked for, within the data
  int first_row() const { return static_cast<int>(shown_rows.low); }
  int end_row() const;  // one past the last row in view
  // The row under a height, or -1 outside the cells; the same with its part; the height of a place among the rows.
  int row_at(double py) const;
  double row_place(double py) const {
    return shown_rows.low + (py - frame.plot.y) / frame.plot.height * shown_rows.span();
  }
  double row_y(double place) const {
    return frame.plot.y + (place - shown_rows.low) / shown_rows.span() * frame.plot.height;
  }
};

// The widest of the labels of rows, in pixels. Measuring many texts takes longer than the layout, and they change
// rarely.
double widest_row_label(const std::vector<std::string>& rows, const FontMetrics& metrics);

// Labels of rows are cut with "…" where they would take more than a third of the width. The colour bar vanishes where
// the cells would get less than 120 px.
HeatMapPicture layout_heat_map(const HeatMapRequest& request, const FontMetrics& metrics);

}  // namespace cnv
