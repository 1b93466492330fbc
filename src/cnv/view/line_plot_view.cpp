#include "cnv/view/line_plot_view.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "cnv/draw/number_format.hpp"
#include "cnv/draw/polyline.hpp"
#include "cnv/view/measurement_text.hpp"

namespace cnv {
namespace {

constexpr double first_samples = 20;                    // of a plot that grows: room for them from the beginning on
constexpr std::size_t distinct_looks = 2 * trace_hues;  // solid and dashed; the next would look like the first
constexpr int clear_hues = 5;                // of the palette; the others are hard to tell apart by colour alone
constexpr double vector_columns_per_px = 4;  // a vector picture is looked at enlarged
// A part of x that a new run comes to within so many times its width is waited for.
constexpr double widths_waited_for = 10;
constexpr double near_px = 6;  // a trace passes a place within so many columns of it

}  // namespace

void LinePlotView::add_problem(std::string cause, std::string message) {
  problems_.push_back({Severity::error, std::move(cause), std::move(message)});
}

void LinePlotView::update(const LinePlotViewSpec& spec, const SceneStore& store, const ViewState& view_state,
                          Theme theme) {
  problems_.clear();
  update_selection(spec, store);
  data_.sync(selected_, spec.trim_to_rolling_window && spec.rolling_window && *spec.rolling_window > 0
                            ? spec.rolling_window
                            : std::nullopt);
  meet_new_run();
  update_background(spec, store, theme);
  update_looks(spec, store);
  cursor_ = cursor_for(view_state, selected_.x_dim);
  if (measures()) measurement_.follow(measured_plot());
  title_ = !spec.title.empty() ? spec.title : selected_.title.empty() ? spec.id : selected_.title;
  message_ = !selected_.problem.empty() ? "This plot cannot show its data." : selected_.message;
  if (message_.empty() && data_.axis().empty()) message_ = "No samples yet.";
  if (message_.empty() && shows_what_is_gone())
    message_ = "The samples of this stretch are no longer kept; max_samples says how many are.";
}

// A zoom stays where it is while the oldest samples go.
bool LinePlotView::shows_what_is_gone() const {
  return frozen_x_ && !waits_ && grows() && data_.axis().monotone() && !data_.axis().empty() &&
         frozen_x_->high < data_.x_low();
}

void LinePlotView::update_selection(const LinePlotViewSpec& spec, const SceneStore& store) {
  SelectionStamp stamp = selection_stamp(spec, store);
  const bool same_spec = spec == spec_;
  if (!stamp_ || !(*stamp_ == stamp) || !same_spec) {
    if (!same_spec &&
        (spec.field_id != spec_.field_id || spec.operator_id != spec_.operator_id || spec.x_dim != spec_.x_dim))
      go_live();
    spec_ = spec;
    stamp_ = std::move(stamp);
    selected_ = select_series(spec, store);
    name_axes();
    ++selections_made_;
  }
  if (!selected_.problem.empty()) add_problem("plot " + spec.id + " " + selected_.problem, selected_.problem);
}

// A slice changes what lies along x: the spec's defaults, "x" and "y", would name the wrong things.
void LinePlotView::name_axes() {
  const LinePlotViewSpec plain;
  const auto named = [&](const std::string& label, const std::string& plain_label) {
    return !label.empty() && !(spec_.operator_id && label == plain_label);
  };
  x_name_ = {spec_.x_label, spec_.x_unit};
  if (!named(spec_.x_label, plain.x_label))
    x_name_ = spec_.x_unit.empty() && !selected_.x_name.label.empty() ? selected_.x_name
                                                                      : AxisName{selected_.x_dim, spec_.x_unit};
  y_name_ = {spec_.y_label, spec_.y_unit};
  if (spec_.operator_id && !named(spec_.y_label, plain.y_label))
    y_name_ = {selected_.y_name.label, spec_.y_unit.empty() ? selected_.y_name.unit : spec_.y_unit};
}

void LinePlotView::update_background(const LinePlotViewSpec& spec, const SceneStore& store, Theme theme) {
  const Value& given = resolve(spec.background_color, store.state());
  if (!given.is_null()) last_background_ = given;  // no value: the previous background stays
  background_ = background_for({255, 255, 255, 255}, theme);
  if (!last_background_) return;
  if (const auto color = plot_color(*last_background_, theme)) background_ = background_for(*color, theme);
  else add_problem("background " + spec.id, "view '" + spec.id + "': background_color: " + color.error());
}

// ---- colours -----------------------------------------------------------------------------------------------------

bool LinePlotView::in_fan() const { return !selected_.follows_selection && selected_.series.size() > distinct_looks; }

LinePlotView::Look LinePlotView::palette_look(int number) const {
  if (in_fan())
    return {fan_color(background_.look, static_cast<std::size_t>(std::max(number, 0)), selected_.series.size()), false,
            true};
  const auto look = trace_look(background_.look, static_cast<std::size_t>(std::max(number, 0)));
  return {rgba8(look.rgb), look.dashed, true};
}

LinePlotView::Look LinePlotView::literal_look(const Value& value, const std::string& place) {
  if (value.is_null()) return {{}, false, false};
  const auto color = plot_color(value, background_.look);
  if (color) return {readable_on(*color, background_.color), false, true};
  add_problem("color " + spec_.id + " " + place, "view '" + spec_.id + "': " + place + ": " + color.error());
  return palette_look(0);
}

LinePlotView::Look LinePlotView::look_of(const SelectedSeries& series, const LinePlotViewSpec& spec,
                                         const SceneStore& store) {
  const auto& state = store.state();
  const bool named_series = spec.series_dim.has_value();
  if (named_series || selected_.follows_selection)
    if (const auto* own = spec.series_colors.find(series.key))
      return literal_look(resolve(*own, state), "series_colors['" + series.key + "']");
  if ((named_series || series.number > 0) && !spec.series_palette.empty())
    return literal_look(
        resolve(spec.series_palette[static_cast<std::size_t>(series.number) % spec.series_palette.size()], state),
        "series_palette");
  const Value& pen = resolve(spec.pen, state);
  if (is_default_pen(pen) || (selected_.follows_selection && series.number > 0)) return palette_look(series.number);
  return literal_look(pen, "pen");
}

void LinePlotView::update_looks(const LinePlotViewSpec& spec, const SceneStore& store) {
  looks_.clear();
  bold_.clear();
  const Selection selected = selection(store.state());
  for (const auto& series : selected_.series) {
    looks_.push_back(look_of(series, spec, store));
    // In a plot of the selection alone only the latest stands out.
    bold_.push_back(series.selected && selected_.series.size() > 1 &&
                    (!selected_.follows_selection || series.key == selected.latest));
  }
}

// ---- ranges ------------------------------------------------------------------------------------------------------

bool LinePlotView::is_hidden(std::size_t i) const {
  return !looks_[i].drawn || std::find(hidden_.begin(), hidden_.end(), selected_.series[i].key) != hidden_.end();
}

// All of it; a curve that turns has air round its turns.
AxisRange LinePlotView::all_x() const {
  return data_.axis().monotone() ? full_x_range(data_.x_low(), data_.x_high()) : y_range(data_.x_low(), data_.x_high());
}

// Of a plot that grows, in steps of 1, 2, 5: its axis stands still between them.
double LinePlotView::width_of_growing() const {
  const auto& axis = data_.axis();
  const double span = data_.x_high() - data_.x_low();
  const auto samples = static_cast<double>(axis.end() - axis.begin());
  if (!(span > 0) || samples < 2) return 0;
  const double first = span / (samples - 1) * first_samples;
  return nice_step(std::max(span, first) * (1 - 1e-6));
}

AxisRange LinePlotView::automatic_x() const {
  double width = spec_.rolling_window && *spec_.rolling_window > 0 ? *spec_.rolling_window : 0;
  const auto& axis = data_.axis();
  if (axis.empty() || !(data_.x_low() <= data_.x_high())) return {0, width > 0 ? width : 1};
  if (width <= 0 && grows() && axis.monotone() && data_.sweeps().size() < 2) width = width_of_growing();
  if (width <= 0) return all_x();
  const double newest = std::isfinite(axis.last()) ? axis.last() : data_.x_high();
  return rolling_x_range(std::min(data_.x_low(), newest), newest, width);
}

// What the user chose; until a new run has come there, the run.
AxisRange LinePlotView::shown_x() const { return frozen_x_ && !waits_ ? *frozen_x_ : automatic_x(); }

// A place of the last run that the new one comes to soon is kept, as for trials that are looked at in turn; any other
// would show nothing.
void LinePlotView::meet_new_run() {
  const auto& axis = data_.axis();
  if (axis.empty() || !axis.monotone()) return;
  const double newest = axis.last(), before = std::exchange(newest_x_, newest);
  // A field that a Reset replaced grows with the next batch only.
  const bool runs = std::exchange(grew_, grows()) || grew_ || selected_.x_dim == "time";
  if (!frozen_x_ || newest >= frozen_x_->low) waits_ = false;
  else if (newest < before && runs) waits_ = true;
  if (waits_ && frozen_x_->low - newest > widths_waited_for * frozen_x_->span()) follow_x();
}

void LinePlotView::include_values(std::size_t i, const AxisRange& x, double& low, double& high) const {
  for (const auto& sweep : data_.sweeps()) include_values(sweep.axis, sweep.series[i], x, low, high);
}

void LinePlotView::include_values(const SampleAxis& axis, const Pyramid& y, const AxisRange& x, double& low,
                                  double& high) {
  SampleNumber from = axis.begin(), to = axis.end();
  if (axis.monotone()) {
    from = axis.lower_bound(x.low);
    to = axis.upper_bound(x.high);
    if (from >= to) {  // between two samples: the line that crosses the view
      from = from > axis.begin() ? from - 1 : from;
      to = std::min(to + 1, axis.end());
    }
  }
  const ColumnRange range = y.range(from, to);
  if (!range.has_values()) return;
  low = std::min(low, range.lo);
  high = std::max(high, range.hi);
}

AxisRange LinePlotView::automatic_y(const AxisRange& x) const {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (std::size_t i = 0; i < selected_.series.size(); ++i)
    if (!is_hidden(i)) include_values(i, x, low, high);
  return y_range(low, high, {.y_min = spec_.y_min, .y_max = spec_.y_max});
}

// Limits from the script bound zooming and panning.
AxisRange LinePlotView::kept_y(AxisRange y) const {
  if (!spec_.y_min || !spec_.y_max || !(*spec_.y_min < *spec_.y_max)) return y;
  const double span = std::min(y.span(), *spec_.y_max - *spec_.y_min);
  y.low = std::clamp(y.low, *spec_.y_min, *spec_.y_max - span);
  y.high = y.low + span;
  return y;
}

// ---- what is in view ---------------------------------------------------------------------------------------------

bool LinePlotView::grows() const {
  if (spec_.rolling_window || !selected_.field || data_.axis().empty()) return true;
  return selected_.field->growing() && selected_.field->append_axis() == selected_.x_axis;
}

void LinePlotView::follow_x() {
  frozen_x_.reset();
  waits_ = false;
}

void LinePlotView::freeze_x(const AxisRange& range) {
  frozen_x_ = range;
  waits_ = false;
}

void LinePlotView::go_live() {
  follow_x();
  frozen_y_.reset();
}

void LinePlotView::show_all() {
  frozen_y_.reset();
  freeze_x(data_.axis().empty() ? automatic_x() : all_x());
}

namespace {
AxisRange zoomed(const AxisRange& range, double at, double factor) {
  return {at - (at - range.low) / factor, at + (range.high - at) / factor};
}

// Zooming ends where doubles can no longer tell neighbouring pixels apart, and at a thousand times everything.
bool usable(const AxisRange& range, double all) {
  const double magnitude = std::max({std::fabs(range.low), std::fabs(range.high), 1e-300});
  return std::isfinite(range.low) && std::isfinite(range.high) && range.span() > 1e-11 * magnitude &&
         range.span() <= 1000 * all;
}
}  // namespace

void LinePlotView::zoom_at(double px, double py, double factor_x, double factor_y) {
  if (picture_.plot.width <= 0 || picture_.plot.height <= 0) return;
  if (factor_x > 0 && factor_x != 1) {
    const AxisRange x = zoomed(picture_.x_range, picture_.x_at(px), factor_x);
    const double all = std::max(data_.x_high() - data_.x_low(), picture_.x_range.span());
    if (usable(x, all)) freeze_x(x);
  }
  if (factor_y > 0 && factor_y != 1) {
    const AxisRange y = kept_y(zoomed(picture_.y_range, picture_.y_at(py), factor_y));
    if (usable(y, picture_.y_range.span())) frozen_y_ = y;
  }
}

void LinePlotView::pan(double dx_px, double dy_px) {
  if (picture_.plot.width <= 0 || picture_.plot.height <= 0) return;
  if (dx_px != 0) {
    const AxisRange x = frozen_x_ && !waits_ ? *frozen_x_ : picture_.x_range;
    const double d = dx_px / picture_.plot.width * x.span();
    freeze_x({x.low - d, x.high - d});
  }
  if (dy_px != 0) {
    const AxisRange y = frozen_y_.value_or(picture_.y_range);
    const double d = dy_px / picture_.plot.height * y.span();
    frozen_y_ = kept_y({y.low + d, y.high + d});
  }
}

void LinePlotView::zoom_to_box(double px0, double py0, double px1, double py1) {
  if (picture_.plot.width <= 0 || picture_.plot.height <= 0) return;
  const AxisRange x{picture_.x_at(std::min(px0, px1)), picture_.x_at(std::max(px0, px1))};
  const AxisRange y{picture_.y_at(std::max(py0, py1)), picture_.y_at(std::min(py0, py1))};
  if (usable(x, picture_.x_range.span())) freeze_x(x);
  if (usable(y, picture_.y_range.span())) frozen_y_ = kept_y(y);
}

Result<void> LinePlotView::show_x(const AxisRange& range) {
  if (!usable(range, range.span())) return Error{"The end must be after the start."};
  freeze_x(range);
  return {};
}

Result<void> LinePlotView::show_y(const AxisRange& range) {
  if (!usable(range, range.span())) return Error{"The highest must be more than the lowest."};
  const int decimals = decimals_for_range(spec_.y_min.value_or(0), spec_.y_max.value_or(0));
  if (!(kept_y(range) == range))
    return Error{"The script limits this axis to " + format_fixed(*spec_.y_min, decimals) + " … " +
                 format_fixed(*spec_.y_max, decimals) + "."};
  frozen_y_ = range;
  return {};
}

void LinePlotView::toggle_series(std::size_t i) {
  if (i >= selected_.series.size()) return;
  const auto& key = selected_.series[i].key;
  const auto found = std::find(hidden_.begin(), hidden_.end(), key);
  if (found != hidden_.end()) hidden_.erase(found);
  else hidden_.push_back(key);
}

void LinePlotView::show_only(std::size_t i) {
  if (i >= selected_.series.size()) return;
  std::vector<std::string> others;
  for (const auto& series : selected_.series)
    if (series.key != selected_.series[i].key) others.push_back(series.key);
  if (hidden_ == others) hidden_.clear();
  else hidden_ = std::move(others);
}

void LinePlotView::scroll_legend(int rows) {
  const auto first = static_cast<std::int64_t>(picture_.legend_first) + rows;  // what the last layout made of it
  legend_first_ = static_cast<std::size_t>(std::max<std::int64_t>(0, first));
}

void LinePlotView::show_like(const LinePlotView& other) {
  least_margins_ = other.least_margins_;
  measurement_ = other.measurement_;
  hidden_ = other.hidden_;
  legend_first_ = other.legend_first_;
  freeze_x(other.picture_.x_range);
  frozen_y_ = other.picture_.y_range;
  picture_.x_step = other.picture_.x_step;
  picture_.y_step = other.picture_.y_step;
  picture_.width = other.picture_.width;
  picture_.height = other.picture_.height;
}

void LinePlotView::show_as_figure() {
  is_figure_ = true;
  bold_.assign(bold_.size(), false);
}

std::optional<Cursor> LinePlotView::cursor_at(double px, double py) const {
  const auto& plot = picture_.plot;
  if (selected_.x_dim.empty() || px < plot.x || px > plot.right() || py < plot.y || py > plot.bottom() ||
      plot.width <= 0)
    return std::nullopt;
  return Cursor{selected_.x_dim, picture_.x_at(px)};
}

// ---- the picture -------------------------------------------------------------------------------------------------

// Along an orbit or a slice no sample is the newest, and an orbit has no place that x alone tells.
bool LinePlotView::reads_values() const {
  return data_.axis().monotone() && (cursor_ || grows() || selected_.x_dim == "time");
}

// The sample that the legend reads: at the cursor, else the newest. end() where there is none.
SampleNumber LinePlotView::shown_sample() const {
  const auto& axis = data_.axis();
  if (axis.empty() || !reads_values()) return axis.end();
  if (!cursor_) return axis.end() - 1;
  if (cursor_->x < axis.first() || cursor_->x > axis.last()) return axis.end();
  return axis.nearest(cursor_->x);
}

std::optional<double> LinePlotView::cursor_x() const {
  if (!cursor_) return std::nullopt;
  const auto sample = shown_sample();
  return sample < data_.axis().end() ? data_.axis()[sample] : cursor_->x;
}

// The last finite value in view, not far before the border: a series that has ended long ago has no name at the border.
std::optional<double> LinePlotView::value_at_end(std::size_t i, const AxisRange& x) const {
  constexpr SampleNumber searched = 256;
  const auto& axis = data_.axis();
  const auto& y = data_.series(i);
  if (!axis.monotone()) return std::nullopt;
  const SampleNumber end = axis.upper_bound(x.high);
  for (SampleNumber n = end; n > axis.begin() && end - n < searched && axis[n - 1] >= x.low; --n)
    if (const double value = y[n - 1]; std::isfinite(value)) return value;
  return std::nullopt;
}

PlotSeries LinePlotView::plot_series(std::size_t i, int decimals, const AxisRange& x) const {
  PlotSeries out{.label = series_name(i),
                 .value = {},
                 .unit = y_name_.unit,
                 .color = looks_[i].color,
                 .dashed = looks_[i].dashed,
                 .bold = bold_[i],
                 .visible = !is_hidden(i)};
  const auto sample = shown_sample();
  const auto& y = data_.series(i);
  const double value = sample >= y.begin() && sample < y.end() ? y[sample] : std::numeric_limits<double>::quiet_NaN();
  if (!is_figure_ && (reads_values() || data_.axis().empty())) out.value = format_readable(value, decimals);
  else out.unit.clear();
  if (cursor_ && std::isfinite(value)) out.cursor_y = value;
  const std::size_t count = selected_.series.size();
  out.end_label = selected_.series_mode &&
                  (in_fan() ? i == 0 || i + 1 == count : selected_.series[i].number % trace_hues >= clear_hues);
  if (out.end_label) out.end_y = value_at_end(i, x);
  return out;
}

std::string LinePlotView::series_name(std::size_t i) const {
  const std::string& label = selected_.series[i].label;
  return label.empty() ? y_name_.label : label;
}

// ---- what is measured --------------------------------------------------------------------------------------------

MeasuredPlot LinePlotView::measured_plot() const {
  MeasuredPlot out{.data = data_, .traces = {}, .x = x_name_, .y = {y_name_.label, value_unit()}, .time_unit = {}};
  // A model's time is in ms where nothing else is said.
  out.time_unit = x_name_.unit.empty() && selected_.x_dim == "time" ? "ms" : x_name_.unit;
  for (std::size_t i = 0; i < selected_.series.size() && i < data_.series_count(); ++i)
    out.traces.push_back({selected_.series[i].key, series_name(i), !is_hidden(i)});
  return out;
}

Result<void> LinePlotView::put_cursors() { return measurement_.put_cursors(measured_plot(), picture_.x_range); }

void LinePlotView::move_cursor(int cursor, double px) {
  if (picture_.plot.width <= 0) return;
  const double inside = std::clamp(px, picture_.plot.x, picture_.plot.right());
  measurement_.move(cursor, picture_.x_at(inside), measured_plot());
}

// How far above or below a place a trace passes; infinite where it does not come near.
double LinePlotView::distance_px(const SampleAxis& axis, const Pyramid& y, double px, double py) const {
  constexpr double far = std::numeric_limits<double>::infinity();
  if (!axis.monotone() || axis.empty()) return far;
  double low = far, high = -far;
  include_values(axis, y, {picture_.x_at(px - near_px), picture_.x_at(px + near_px)}, low, high);
  if (!(low <= high)) return far;
  return std::max({0.0, picture_.py(high) - py, py - picture_.py(low)});
}

Result<void> LinePlotView::measure_spike(double x, double y) {
  const MeasuredPlot plot = measured_plot();
  const double px = picture_.px(x), py = picture_.py(y);
  std::vector<std::pair<double, Measurement::Where>> near;
  for (std::size_t k = data_.sweeps().size(); k-- > 0;)
    for (std::size_t i = 0; i < plot.traces.size(); ++i) {
      const auto& sweep = data_.sweeps()[k];
      if (plot.traces[i].visible) near.push_back({distance_px(sweep.axis, sweep.series[i], px, py), {i, k}});
    }
  std::ranges::stable_sort(near, {}, [](const auto& entry) { return entry.first; });
  std::vector<Measurement::Where> traces;
  for (const auto& entry : near) traces.push_back(entry.second);
  return measurement_.measure_spike(plot, traces, picture_.x_range, x);
}

PlotRequest LinePlotView::request(double width, double height) const {
  PlotRequest out{.width = width, .height = height};
  out.least_margins = least_margins_;
  out.x.range = shown_x();
  out.y.range = frozen_y_.value_or(automatic_y(out.x.range));
  out.x.label = x_name_.label;
  out.x.unit = x_name_.unit;
  out.y.label = y_name_.label;
  out.y.unit = y_name_.unit;
  out.x.major_spacing = spec_.x_major_tick_spacing;
  out.x.minor_spacing = spec_.x_minor_tick_spacing;
  if (spec_.x_major_tick_spacing && !spec_.x_minor_tick_spacing) out.x.minor_spacing = *spec_.x_major_tick_spacing / 5;
  // A new size has room for other ticks, and a range that jumped needs others.
  const auto near = [](const AxisRange& now, const AxisRange& before) {
    return now.span() < 1.25 * before.span() && before.span() < 1.25 * now.span();
  };
  if (picture_.x_step > 0 && picture_.width == width && near(out.x.range, picture_.x_range))
    out.x.previous_step = picture_.x_step;
  if (picture_.y_step > 0 && picture_.height == height && near(out.y.range, picture_.y_range))
    out.y.previous_step = picture_.y_step;
  const int decimals = decimals_for_range(out.y.range.low, out.y.range.high);
  for (std::size_t i = 0; i < selected_.series.size(); ++i) out.series.push_back(plot_series(i, decimals, out.x.range));
  out.show_legend = spec_.show_legend && selected_.series_mode && !out.series.empty();
  out.legend_first = legend_first_;
  if (measures()) {
    out.measures = measures_of(measured(), out.x.range, out.y.range);
    if (is_figure_) {
      out.measures.readout.buttons.clear();
      for (auto& cursor : out.measures.cursors) cursor.focused = false;
    }
  }
  if (const auto x = cursor_x()) {
    out.cursor = PlotCursor{
        *x, with_unit(format_readable(*x, decimals_for_range(out.x.range.low, out.x.range.high)), x_name_.unit)};
    // Without a legend the value has no other place.
    if (!out.show_legend && out.series.size() == 1 && out.series[0].cursor_y)
      out.cursor->label += "   " + with_unit(format_readable(*out.series[0].cursor_y, decimals), y_name_.unit);
  }
  return out;
}

const PlotPicture& LinePlotView::layout(double width, double height, const FontMetrics& metrics) {
  picture_ = layout_plot(request(width, height), metrics);
  return picture_;
}

PlotPicture LinePlotView::vector_picture() const {
  PlotPicture out = picture_;
  const auto columns = std::max(1, static_cast<int>(out.plot.width * vector_columns_per_px));
  const auto lines_of = [&](const SampleAxis& axis, const Pyramid& y) {
    auto lines =
        axis.monotone() ? reduce_series(axis, y, out.x_range.low, out.x_range.high, columns) : unbroken_lines(axis, y);
    for (auto& line : lines)
      for (auto& point : line) point = {out.px(point.x), out.py(point.y)};
    return clipped_lines(lines, out.plot.x, out.plot.y, out.plot.right(), out.plot.bottom());
  };
  for (std::size_t i = 0; i < out.series.size() && i < data_.series_count(); ++i) {
    if (is_hidden(i)) continue;
    for (const auto& sweep : data_.earlier()) {
      auto lines = lines_of(sweep.axis, sweep.series[i]);
      std::move(lines.begin(), lines.end(), std::back_inserter(out.series[i].earlier_lines));
    }
    out.series[i].lines = lines_of(data_.axis(), data_.series(i));
  }
  return out;
}

void LinePlotView::stroke(PixelBuffer& target, double scale) {
  const PlotWindow window{.rect = {0, 0, target.width, target.height},
                          .x0 = picture_.x_range.low,
                          .x1 = picture_.x_range.high,
                          .y0 = picture_.y_range.low,
                          .y1 = picture_.y_range.high};
  if (data_.axis().empty() || !(window.x1 > window.x0) || !(window.y1 > window.y0)) return;
  for (const auto& sweep : data_.earlier()) stroke_sweep(target, window, sweep, scale, earlier_sweep_opacity);
  stroke_sweep(target, window, data_.newest(), scale, 1);
}

void LinePlotView::stroke_sweep(PixelBuffer& target, const PlotWindow& window, const TraceData::Sweep& sweep,
                                double scale, double opacity) {
  const SampleAxis& axis = sweep.axis;
  if (axis.monotone()) stroker_.begin(window, axis);
  for (std::size_t i = 0; i < sweep.series.size(); ++i) {
    if (is_hidden(i)) continue;
    StrokeStyle style{.color = looks_[i].color,
                      .width_px = bold_[i] ? 2.0F : 1.5F,
                      .dashed = looks_[i].dashed,
                      .scale = static_cast<float>(scale)};
    style.color.a = static_cast<std::uint8_t>(std::lround(style.color.a * opacity));
    if (axis.monotone()) stroker_.series(target, sweep.series[i], style);
    else stroke_points(target, window, axis, sweep.series[i], style);
  }
}

void LinePlotView::stroke_points(PixelBuffer& target, const PlotWindow& window, const SampleAxis& axis,
                                 const Pyramid& y, const StrokeStyle& style) {
  points_.clear();
  for (auto n = axis.begin(); n < axis.end(); ++n)
    points_.push_back({static_cast<float>(window.px(axis[n])), static_cast<float>(window.py(y[n]))});
  stroker_.polyline(target, window.rect, points_, style);
}

}  // namespace cnv
