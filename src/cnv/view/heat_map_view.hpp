// HeatMapView: a HeatMapViewSpec and the store → one finished heat map (HeatMapPicture). Columns that are appended are
// taken in without reading the others again, and a picture that grows or rolls costs its new columns of pixels. GUI
// thread only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cnv/draw/heat_cells.hpp"
#include "cnv/draw/heat_map_picture.hpp"
#include "cnv/view/series_select.hpp"
#include "cnv/view/trace_data.hpp"
#include "cnv/view/view_look.hpp"

namespace cnv {

// The same rows as traces of a line plot, x_dim and series_dim as the heat map resolves them: for selection and tables.
LinePlotViewSpec rows_as_traces(const HeatMapViewSpec& spec, const SceneStore& store);

class HeatMapView {
 public:
  // Takes in what is new, and colours by what is in view.
  void update(const HeatMapViewSpec& spec, const SceneStore& store, const ViewState& view_state, Theme theme);
  // For a size in logical pixels, after update(). Rows of text run from the top, numbers ascend from the bottom. See
  // heat_cells.hpp for pixels that hold several cells. Cells without a value are grey. Files, which are looked at
  // enlarged, may have more cells than pixels.
  const HeatMapPicture& layout(double width, double height, const FontMetrics& metrics, double cells_per_px = 1);
  const HeatMapPicture& picture() const { return picture_; }
  // Takes over what is in view and the colours that were chosen, for the same heat map in another look. Before
  // update().
  void show_like(const HeatMapView& other);

  const std::string& title() const { return title_; }
  // One quiet sentence instead of cells, or empty.
  const std::string& message() const { return message_; }
  const std::vector<Problem>& problems() const { return problems_; }
  const HeatMapViewSpec& spec() const { return spec_; }
  const std::string& unit() const { return selection_.unit; }
  const std::string& x_dim() const { return selection_.x_dim; }
  const Background& background() const { return look_.background(); }
  ViewLook& look() { return look_; }
  const ViewLook& look() const { return look_; }
  // Room beside the cells: what the last layout would need by itself, and the least that the next ones leave.
  PlotMargins own_margins() const { return {picture_.frame.own_margins.left, right_room_}; }
  const PlotMargins& least_margins() const { return least_margins_; }
  void set_least_margins(const PlotMargins& margins) { least_margins_ = margins; }
  // Values and coordinates read from the field since the object was made.
  std::uint64_t cells_read() const { return data_.samples_read(); }
  // Work of the pictures since the object was made: HeatCells::reduced(), HeatCells::colored().
  std::uint64_t cells_reduced() const { return cells_.reduced(); }
  std::uint64_t cells_colored() const { return cells_.colored(); }

  // ---- the pointer and what is in view; pixels are logical, from the top left corner -----------------------------
  // The cursor for a pointer at a place, with the row there, or nothing outside the cells. The picture's cursor is
  // labelled "107.10 ms", and with the value where a row is meant: the one under the pointer, here or in another heat
  // map with the same rows, else that of the entity selected last, else the only one: "107.10 ms   cell 3   −32.0 mV".
  std::optional<Cursor> cursor_at(double px, double py) const;
  // What is in view moves with the pointer; rows only where not all are in view.
  void pan(double dx_px, double dy_px);
  // The place under the pointer stays; factors > 1 come closer, 1 leaves an axis as it is. At least one row stays in
  // view.
  void zoom_at(double px, double py, double factor_x, double factor_y);
  // All columns, or the rolling window, and all rows are in view again.
  void fit() {
    zoom_.reset();
    row_zoom_.reset();
  }
  bool fitted() const { return !zoom_ && !row_zoom_; }
  // Of the traces of rows_as_traces(), that of a row counted from the top.
  std::size_t series_of(std::size_t row_from_top) const {
    return numeric_rows_ ? selection_.series.size() - 1 - row_from_top : row_from_top;
  }

 private:
  AxisRange x_range() const;
  AxisRange wanted_x_range() const;
  AxisRange columns_range() const;
  void update_grid();
  void layout_around(double width, double height, const FontMetrics& metrics);
  bool has_cells() const { return message_.empty(); }
  void update_rows();
  void update_colors(const SceneStore& store, Theme theme);
  void fill_cells(double cells_per_px);
  AxisRange shown_rows() const;
  std::optional<int> cursor_row() const;
  PlotCursor labelled_cursor() const;
  std::vector<SampleSpan> column_samples() const;

  HeatMapViewSpec spec_;
  SelectionStamp stamp_;
  bool stamped_ = false;
  LinePlotViewSpec traces_;
  SeriesSelection selection_;
  TraceData data_;
  ColumnGrid grid_;
  std::uint64_t grid_data_ = 0;  // generation of the data that the grid follows
  HeatCells cells_;
  ViewLook look_;
  std::vector<std::string> rows_;     // from the top
  std::optional<double> widest_row_;  // of their labels, once measured
  std::vector<double> row_numbers_;   // likewise, when they descend from the top
  bool numeric_rows_ = false;
  std::vector<float> extremes_;  // of each row in view
  std::uint64_t version_ = 0;
  std::optional<AxisRange> zoom_, row_zoom_;  // rows from the top, as in HeatMapPicture::shown_rows
  std::optional<Cursor> cursor_;
  std::string selected_;  // entity selected last
  double x_step_ = 0;
  // The most room right of the cells since the size changed or the bar came or went: else the cells would change their
  // width with every label that comes or goes.
  double right_room_ = 0;
  bool bar_shown_ = true;
  PlotMargins least_margins_;
  std::string title_, message_;
  std::vector<Problem> problems_;
  HeatMapPicture picture_;
};

}  // namespace cnv
