// LinePlotView: a LinePlotViewSpec, the store and the viewer's state → one finished plot (PlotPicture) and its traces
// as pixels. Owns the part of the data that is in view (following or frozen). GUI thread only.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "cnv/draw/plot_picture.hpp"
#include "cnv/draw/stroker.hpp"
#include "cnv/view/measurement.hpp"
#include "cnv/view/trace_data.hpp"
#include "cnv/view/view_colors.hpp"

namespace cnv {

class LinePlotView {
 public:
  // Brings selection, samples and colours up to date. Costs what is new: appended samples, or changed selectors.
  void update(const LinePlotViewSpec& spec, const SceneStore& store, const ViewState& view_state, Theme theme);

  // Ranges, ticks, legend and cursor for a size in logical pixels. After update(); kept for the gestures below.
  const PlotPicture& layout(double width, double height, const FontMetrics& metrics);
  const PlotPicture& picture() const { return picture_; }
  // Draws the traces of the last layout(): the buffer covers exactly picture().plot at `scale` device pixels per
  // logical pixel. What is below (background, grid) must be there already.
  void stroke(PixelBuffer& target, double scale);
  // The last picture with its traces as lines in logical pixels, cut at the plot's border, for SVG and PDF.
  PlotPicture vector_picture() const;
  // Takes over ranges, hidden series, place in the legend and what is measured, for the same plot in another look.
  void show_like(const LinePlotView& other);
  // For a file: without the values of the moment and without marks of the selection. After update().
  void show_as_figure();

  // The plotted field or slice; for the panel's title when the view has none.
  const std::string& title() const { return title_; }
  // One quiet sentence instead of traces, or empty.
  const std::string& message() const { return message_; }
  const Background& background() const { return background_; }
  const std::string& x_dim() const { return selected_.x_dim; }
  // What stands at the axes.
  const AxisName& x_name() const { return x_name_; }
  const AxisName& y_name() const { return y_name_; }
  // Of its values: that at the axis, else the field's.
  const std::string& value_unit() const { return y_name_.unit.empty() ? selected_.unit : y_name_.unit; }
  // Room beside the data: what the last layout would need by itself, and the least that the next ones leave.
  const PlotMargins& own_margins() const { return picture_.own_margins; }
  const PlotMargins& least_margins() const { return least_margins_; }
  void set_least_margins(const PlotMargins& margins) { least_margins_ = margins; }
  const SeriesSelection& selected() const { return selected_; }
  const std::vector<Problem>& problems() const { return problems_; }

  // ---- what is in view; pixels are logical, from the top left corner of the picture ------------------------------
  // Whether x follows the newest samples; false once the user moved the plot along x. Limits of y that the user chose
  // have no part in it.
  bool following() const { return !frozen_x_; }
  bool has_automatic_y() const { return !frozen_y_; }
  // True while newer samples can come at the end of x, also before there are any.
  bool grows() const;
  void go_live();
  // y is as wide as what is in view again.
  void use_automatic_y() { frozen_y_.reset(); }
  // Everything that is stored, frozen along x.
  void show_all();
  // The place under the pointer stays; factors > 1 come closer, 1 leaves an axis as it is.
  void zoom_at(double px, double py, double factor_x, double factor_y);
  // The data moves with the pointer.
  void pan(double dx_px, double dy_px);
  void zoom_to_box(double px0, double py0, double px1, double py1);
  // Exactly this part of an axis, frozen; y only within limits of the script. Says why when it cannot be.
  Result<void> show_x(const AxisRange& range);
  Result<void> show_y(const AxisRange& range);
  // A legend row was clicked.
  void toggle_series(std::size_t series);
  // Hides all others; all come back when it is the only one already.
  void show_only(std::size_t series);
  // Moves the rows of a legend that has no room for all.
  void scroll_legend(int rows);
  // The cursor for a pointer at px, or nothing outside the plot.
  std::optional<Cursor> cursor_at(double px, double py) const;

  // ---- what a person measures in it, see measurement.hpp; of the last layout --------------------------------------
  // Says why there can be no cursors.
  Result<void> put_cursors();
  void remove_cursors() { measurement_.remove_cursors(); }
  void remove_measurement() { measurement_.clear(); }
  bool has_cursors() const { return measurement_.has_cursors(); }
  bool measures() const { return !measurement_.empty(); }
  // 0 is A, 1 is B; to the sample nearest to px.
  void move_cursor(int cursor, double px);
  void focus_cursor(int cursor) { measurement_.focus(cursor); }
  int focused_cursor() const { return measurement_.focused(); }
  // The focused one, by samples, or to the first or last sample in view.
  void step_cursor(std::int64_t samples) { measurement_.step(samples, measured_plot()); }
  void step_cursor_to_end(bool last) { measurement_.step_to_end(last, measured_plot(), picture_.x_range); }
  // The spike nearest to a place in units of the data, of the trace that passes nearest to it. Says why there is none.
  Result<void> measure_spike(double x, double y);
  MeasuredNumbers measured() const { return measurement_.numbers(measured_plot()); }

  // x of the newest sample; nothing without samples.
  const TraceData& data() const { return data_; }
  const LinePlotViewSpec& spec() const { return spec_; }
  // How often the selectors were looked up anew.
  std::uint64_t selections_made() const { return selections_made_; }

 private:
  struct Look {
    Rgba8 color;
    bool dashed = false;
    bool drawn = true;  // false: bound to no colour
  };
  void update_selection(const LinePlotViewSpec& spec, const SceneStore& store);
  void update_looks(const LinePlotViewSpec& spec, const SceneStore& store);
  void update_background(const LinePlotViewSpec& spec, const SceneStore& store, Theme theme);
  Look look_of(const SelectedSeries& series, const LinePlotViewSpec& spec, const SceneStore& store);
  Look literal_look(const Value& color, const std::string& place);
  Look palette_look(int number) const;
  // So many series that their colours run through the palette.
  bool in_fan() const;
  void add_problem(std::string cause, std::string message);

  bool is_hidden(std::size_t series) const;
  AxisRange automatic_x() const;
  double width_of_growing() const;
  bool shows_what_is_gone() const;
  AxisRange all_x() const;
  AxisRange shown_x() const;
  void meet_new_run();
  void freeze_x(const AxisRange& range);
  void follow_x();
  AxisRange automatic_y(const AxisRange& x) const;
  AxisRange kept_y(AxisRange y) const;
  void include_values(std::size_t series, const AxisRange& x, double& low, double& high) const;
  static void include_values(const SampleAxis& axis, const Pyramid& y, const AxisRange& x, double& low, double& high);
  std::optional<double> value_at_end(std::size_t series, const AxisRange& x) const;
  SampleNumber shown_sample() const;
  std::optional<double> cursor_x() const;
  PlotSeries plot_series(std::size_t i, int decimals, const AxisRange& x) const;
  MeasuredPlot measured_plot() const;
  double distance_px(const SampleAxis& axis, const Pyramid& y, double px, double py) const;
  std::string series_name(std::size_t i) const;
  PlotRequest request(double width, double height) const;
  void stroke_sweep(PixelBuffer& target, const PlotWindow& window, const TraceData::Sweep& sweep, double scale,
                    double opacity);
  void stroke_points(PixelBuffer& target, const PlotWindow& window, const SampleAxis& axis, const Pyramid& y,
                     const StrokeStyle& style);

  LinePlotViewSpec spec_;
  std::optional<SelectionStamp> stamp_;
  SeriesSelection selected_;
  std::uint64_t selections_made_ = 0;
  TraceData data_;
  std::vector<Look> looks_;
  std::vector<bool> bold_;
  bool is_figure_ = false;
  bool reads_values() const;
  void name_axes();
  AxisName x_name_, y_name_;
  std::vector<std::string> hidden_;  // keys
  std::size_t legend_first_ = 0;
  Background background_{};
  std::optional<Value> last_background_;
  std::optional<Cursor> cursor_;
  Measurement measurement_;
  std::optional<AxisRange> frozen_x_, frozen_y_;
  double newest_x_ = -std::numeric_limits<double>::infinity();  // of the last update
  bool grew_ = false;                                           // at the last update
  bool waits_ = false;                                          // a new run has not come to frozen_x_ yet
  std::string title_, message_;
  std::vector<Problem> problems_;
  PlotMargins least_margins_;
  PlotPicture picture_;
  Stroker stroker_;
  std::vector<PixelPoint> points_;
};

}  // namespace cnv
