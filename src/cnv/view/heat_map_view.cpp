#include "cnv/view/heat_map_view.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cnv/draw/number_format.hpp"

namespace cnv {
namespace {

constexpr std::string_view apart = "   ";

const std::string& either(const std::string& given, const std::string& other) { return given.empty() ? other : given; }

// Numbers as an axis shows them; texts as they are.
std::vector<std::string> row_texts(const SeriesSelection& selection, int axis, bool numeric) {
  std::vector<std::string> out;
  std::vector<double> numbers;
  for (const auto& series : selection.series) {
    if (numeric) numbers.push_back(selection.field->coord_number(axis, series.index[static_cast<std::size_t>(axis)]));
    else out.push_back(series.label);
  }
  if (!numeric || numbers.empty()) return out;
  const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  const bool whole = std::all_of(numbers.begin(), numbers.end(), [](double v) { return v == std::floor(v); });
  const int decimals = whole ? 0 : std::max(0, decimals_for_range(*low, *high) - 1);
  for (const double number : numbers) out.push_back(format_fixed(number, decimals));
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

LinePlotViewSpec rows_as_traces(const HeatMapViewSpec& spec, const SceneStore& store) {
  LinePlotViewSpec out{.id = spec.id,
                       .title = spec.title,
                       .field_id = spec.field_id,
                       .selectors = spec.selectors,
                       .x_label = spec.x_label,
                       .x_unit = spec.x_unit};
  out.x_dim = spec.x_dim;
  out.series_dim = spec.y_dim;
  const auto* field = store.find_field(spec.field_id);
  if (!field) return out;
  for (const auto& dim : field->dims()) {
    if (spec.selectors.find(dim) && dim != spec.x_dim && dim != spec.y_dim) continue;
    if (!spec.x_dim && dim != spec.y_dim) out.x_dim = dim;  // the last one
  }
  for (const auto& dim : field->dims())
    if (!out.series_dim && dim != out.x_dim && !spec.selectors.find(dim)) out.series_dim = dim;
  out.x_label = either(spec.x_label, out.x_dim.value_or(""));
  return out;
}

void HeatMapView::update(const HeatMapViewSpec& spec, const SceneStore& store, const ViewState& view_state,
                         Theme theme) {
  spec_ = spec;
  problems_.clear();
  title_ = either(spec.title, spec.id);
  auto traces = rows_as_traces(spec, store);
  const bool same = stamped_ && traces == traces_;
  traces_ = std::move(traces);
  const auto stamp = selection_stamp(traces_, store);
  if (!same || !(stamp == stamp_)) {
    stamp_ = stamp;
    stamped_ = true;
    selection_ = select_series(traces_, store);
    update_rows();
  }
  data_.sync(selection_);
  cursor_ = cursor_for(view_state, selection_.x_dim);
  selected_ = selection(store.state()).latest;
  message_ = selection_.message;
  if (!store.find_field(spec.field_id)) {
    message_ = "There is no field '" + spec.field_id + "' to show as a heat map.";
  } else if (!selection_.problem.empty()) {
    problems_.push_back({Severity::error, "heat map " + spec.id, selection_.problem});
    message_ = "A heat map needs a field with two dims, or selectors for the others.";
  } else if (message_.empty() && (data_.axis().empty() || selection_.series.empty())) {
    message_ = "No columns yet.";
  } else if (message_.empty() && !data_.axis().monotone()) {
    message_ = "The columns are not in order: the coordinates along x must ascend.";
  }
  if (const auto over = data_.earlier().size(); over > 0)
    problems_.push_back({Severity::warning, "heat map sweeps " + spec.id,
                         "heat map '" + spec.id + "' shows the newest of " + plain_text(over + 1) +
                             " sweeps: its columns went back to a smaller " + selection_.x_dim +
                             ". A line plot shows them all."});
  update_grid();
  update_colors(store, theme);
}

void HeatMapView::update_rows() {
  rows_.clear();
  widest_row_.reset();
  row_numbers_.clear();
  numeric_rows_ = false;
  if (!selection_.field || selection_.x_axis < 0 || !traces_.series_dim) return;
  const int axis = selection_.field->find_axis(*traces_.series_dim);
  if (axis < 0) return;
  numeric_rows_ = selection_.field->coord_dtype(axis) != DType::string;
  rows_ = row_texts(selection_, axis, numeric_rows_);
  if (numeric_rows_)
    for (std::size_t row = 0; row < rows_.size(); ++row)
      row_numbers_.push_back(selection_.field->coord_number(
          axis, selection_.series[series_of(row)].index[static_cast<std::size_t>(axis)]));
  const bool descend = std::adjacent_find(row_numbers_.begin(), row_numbers_.end(),
                                          [](double a, double b) { return !(a > b); }) == row_numbers_.end();
  if (!descend || row_numbers_.size() < 2) row_numbers_.clear();
}

// Of all columns, with half a column at each end, so that the outer cells are as wide as the others.
AxisRange HeatMapView::columns_range() const {
  const auto& axis = data_.axis();
  const double first = axis.first(), last = axis.last();
  if (!(last > first)) return full_x_range(first, last);
  const double before = (axis[axis.begin() + 1] - first) / 2, after = (last - axis[axis.end() - 2]) / 2;
  return {first - before, last + after};
}

AxisRange HeatMapView::wanted_x_range() const {
  if (zoom_) return *zoom_;
  const auto& axis = data_.axis();
  return spec_.rolling_window && *spec_.rolling_window > 0
             ? rolling_x_range(axis.first(), axis.last(), *spec_.rolling_window)
             : columns_range();
}

AxisRange HeatMapView::x_range() const { return zoom_ || grid_.empty() ? wanted_x_range() : grid_.range(); }

// In as many columns as last time; how many there will be, the layout says.
void HeatMapView::update_grid() {
  const int most = grid_.most();
  if (!has_cells() || std::exchange(grid_data_, data_.generation()) != data_.generation()) grid_.reset();
  if (!has_cells() || most == 0) return;
  if (zoom_) grid_.fix(*zoom_, most);
  else grid_.follow(wanted_x_range(), most);
}

void HeatMapView::update_colors(const SceneStore& store, Theme theme) {
  const auto& state = store.state();
  if (const auto problem = look_.update_background(resolve(spec_.background_color, state), theme); !problem.empty())
    problems_.push_back(
        {Severity::warning, "background " + spec_.id, "view '" + spec_.id + "': background_color: " + problem});
  std::vector<float> extremes;
  if (has_cells()) {
    const auto range = x_range();
    const auto from = data_.axis().lower_bound(range.low), to = data_.axis().upper_bound(range.high);
    const auto shown = shown_rows();
    for (auto row = static_cast<std::size_t>(shown.low); static_cast<double>(row) < shown.high; ++row)
      if (const auto found = data_.series(series_of(row)).range(from, to); found.has_values())
        extremes.insert(extremes.end(), {static_cast<float>(found.lo), static_cast<float>(found.hi)});
  }
  if (extremes != extremes_) {
    extremes_ = std::move(extremes);
    ++version_;
  }
  AppColors app{.color_map = resolve(spec_.color_map, state).value_or("mpl:viridis"),
                .from = spec_.color_norm == "symmetric" ? LimitsFrom::symmetric : LimitsFrom::data_now};
  if (const auto limits = resolve_limits(spec_.color_limits, state)) app.from = LimitsFrom::typed, app.limits = *limits;
  if (const auto* field = store.find_field(spec_.field_id)) app.know_beforehand(limits_attr(*field, value_range_attr));
  if (const auto& problem = look_.update_colors(spec_.field_id, extremes_, version_, std::move(app)); !problem.empty())
    problems_.push_back(
        {Severity::warning, "color map " + look_.colors().map_name(), "view '" + spec_.id + "': " + problem});
}

const HeatMapPicture& HeatMapView::layout(double width, double height, const FontMetrics& metrics,
                                          double cells_per_px) {
  const auto& frame = picture_.frame;
  const bool bar_before = std::exchange(bar_shown_, look_.color_bar_shown());
  if (width != frame.width || height != frame.height || bar_shown_ != bar_before) right_room_ = 0;
  for (bool again = true; again;) {
    layout_around(width, height, metrics);
    const int columns = static_cast<int>(picture_.cells_area.width * cells_per_px);
    if (!has_cells() || columns < 1) {
      picture_.cells.clear();
      return picture_;
    }
    const auto laid_out = x_range();
    if (grid_.empty()) grid_.follow(laid_out, columns);
    if (zoom_) grid_.fix(*zoom_, columns);
    else grid_.resize(columns);
    again = !(x_range() == laid_out);  // another size shows the range exactly, and so does every further one
  }
  fill_cells(cells_per_px);
  return picture_;
}

void HeatMapView::layout_around(double width, double height, const FontMetrics& metrics) {
  if (!widest_row_) widest_row_ = widest_row_label(rows_, metrics);
  HeatMapRequest request{.width = width,
                         .height = height,
                         .x = {.range = {0, 0},
                               .label = traces_.x_label,
                               .unit = spec_.x_unit,
                               .major_spacing = {},
                               .minor_spacing = {},
                               .previous_step = {}},
                         .y_label = either(spec_.y_label, traces_.series_dim.value_or("")),
                         .y_unit = spec_.y_unit,
                         .rows = rows_,
                         .widest_row = widest_row_,
                         .row_numbers = row_numbers_,
                         .shown_rows = shown_rows(),
                         .bar = {},
                         .cursor = {},
                         .cursor_row = {}};
  if (has_cells()) {
    request.x.range = x_range();
    if (x_step_ > 0) request.x.previous_step = x_step_;
    if (cursor_) {
      request.cursor = labelled_cursor();
      request.cursor_row = cursor_row();
    }
    if (look_.color_bar_shown()) request.bar = look_.bar(label_with_unit(spec_.field_id, selection_.unit));
  }
  request.least_margins = {least_margins_.left, std::max(right_room_, least_margins_.right)};
  auto cells = std::move(picture_.cells);
  picture_ = layout_heat_map(request, metrics);
  picture_.cells = std::move(cells);
  x_step_ = picture_.frame.x_step;
  // A part of a pixel more is no reason for another width.
  if (picture_.frame.own_margins.right > right_room_ + 1) right_room_ = picture_.frame.own_margins.right;
}

// Of each column of pixels; where it holds none, the nearest sample.
std::vector<SampleSpan> HeatMapView::column_samples() const {
  const auto& axis = data_.axis();
  std::vector<SampleNumber> bounds;
  axis.column_bounds(grid_, bounds);
  const auto present = columns_range();
  const double least = 1e-6 * grid_.step();  // what is less is rounding
  std::vector<SampleSpan> out;
  for (int i = 0; i < grid_.columns(); ++i) {
    SampleSpan span{bounds[static_cast<std::size_t>(i)], bounds[static_cast<std::size_t>(i) + 1]};
    const double low = grid_.edge(grid_.first() + i), high = grid_.edge(grid_.first() + i + 1);
    if (span.empty() && high > present.low + least && low < present.high - least) {
      span.from = axis.nearest(std::clamp((low + high) / 2, present.low, present.high));
      span.to = span.from + 1;
    }
    out.push_back(span);
  }
  return out;
}

void HeatMapView::fill_cells(double cells_per_px) {
  const int first_row = picture_.first_row(), shown = picture_.end_row() - first_row;
  const int lines = std::min(shown, static_cast<int>(picture_.cells_area.height * cells_per_px));
  if (lines < 1) return picture_.cells.clear();
  picture_.columns = grid_.columns();
  picture_.rows = lines;
  const HeatRows rows{2 * data_.generation() + (numeric_rows_ ? 1 : 0), first_row, shown, lines};
  const HeatInks inks{look_.table(), look_.scale(), neutral_color(background().look), background().color};
  cells_.update(
      rows, grid_, column_samples(),
      [&](int row) -> const Pyramid& { return data_.series(series_of(static_cast<std::size_t>(first_row + row))); },
      inks, picture_.cells);
}

// ---- the pointer and what is in view -----------------------------------------------------------------------------

std::optional<Cursor> HeatMapView::cursor_at(double px, double py) const {
  const auto& plot = picture_.frame.plot;
  const int row = picture_.row_at(py);
  if (!has_cells() || row < 0 || px < plot.x || px >= plot.right()) return std::nullopt;
  return Cursor{selection_.x_dim, picture_.frame.x_at(px), traces_.series_dim.value_or(""),
                rows_[static_cast<std::size_t>(row)]};
}

std::optional<int> HeatMapView::cursor_row() const {
  const auto found = [this](auto&& is_meant) -> std::optional<int> {
    for (std::size_t row = 0; row < rows_.size(); ++row)
      if (is_meant(row)) return static_cast<int>(row);
    return std::nullopt;
  };
  if (traces_.series_dim && cursor_->row_dim == *traces_.series_dim)
    if (const auto row = found([this](std::size_t i) { return rows_[i] == cursor_->row; })) return row;
  if (!selected_.empty())
    if (const auto row = found([this](std::size_t i) { return selection_.series[series_of(i)].key == selected_; }))
      return row;
  return rows_.size() == 1 ? std::optional(0) : std::nullopt;
}

PlotCursor HeatMapView::labelled_cursor() const {
  const auto range = x_range(), present = columns_range();
  const bool known = cursor_->x >= present.low && cursor_->x <= present.high;
  const auto sample = data_.axis().nearest(cursor_->x);
  PlotCursor out{known ? data_.axis()[sample] : cursor_->x, {}};
  out.label = format_with_unit(out.x, decimals_for_range(range.low, range.high), spec_.x_unit);
  const auto row = cursor_row();
  if (!known || !row) return out;
  if (const auto& name = rows_[static_cast<std::size_t>(*row)]; !name.empty())
    out.label += std::string(apart) + with_unit(name, spec_.y_unit);
  const double value = data_.series(series_of(static_cast<std::size_t>(*row)))[sample];
  const auto scale = look_.scale();
  out.label += std::string(apart) +
               (std::isfinite(value)
                    ? format_with_unit(
                          value, decimals_for_range(static_cast<double>(scale.low), static_cast<double>(scale.high)),
                          selection_.unit)
                    : std::string(no_value));
  return out;
}

void HeatMapView::show_like(const HeatMapView& other) {
  least_margins_ = other.least_margins_;
  zoom_ = other.zoom_;
  row_zoom_ = other.row_zoom_;
  look_ = other.look_;
  x_step_ = other.x_step_;
}

AxisRange HeatMapView::shown_rows() const {
  const auto all = static_cast<double>(rows_.size());
  if (!row_zoom_) return {0, all};
  const double span = std::min(row_zoom_->span(), all), low = std::clamp(row_zoom_->low, 0.0, all - span);
  return {low, low + span};
}

void HeatMapView::pan(double dx_px, double dy_px) {
  const auto& plot = picture_.frame.plot;
  if (!has_cells() || plot.width <= 0 || plot.height <= 0) return;
  if (dx_px != 0) {
    const auto range = x_range();
    const double shift = dx_px / plot.width * range.span();
    zoom_ = AxisRange{range.low - shift, range.high - shift};
  }
  if (row_zoom_ && dy_px != 0) {
    const auto rows = shown_rows();
    const double shift = dy_px / plot.height * rows.span();
    row_zoom_ = AxisRange{rows.low - shift, rows.high - shift};
    row_zoom_ = shown_rows();
  }
}

void HeatMapView::zoom_at(double px, double py, double factor_x, double factor_y) {
  const auto& plot = picture_.frame.plot;
  if (!has_cells() || plot.width <= 0 || plot.height <= 0) return;
  const auto zoomed = [](const AxisRange& range, double at, double factor) {
    return AxisRange{at - (at - range.low) / factor, at + (range.high - at) / factor};
  };
  if (factor_x > 0 && factor_x != 1) {
    const auto range = zoomed(x_range(), picture_.frame.x_at(px), factor_x);
    const double least = 1e-9 * std::max({std::fabs(range.low), std::fabs(range.high), 1e-300});
    if (range.span() > least) zoom_ = range;
  }
  if (!(factor_y > 0) || factor_y == 1) return;
  const auto rows = zoomed(shown_rows(), picture_.row_place(py), factor_y);
  if (rows.span() >= static_cast<double>(rows_.size())) return row_zoom_.reset();
  if (rows.span() < 1) return;
  row_zoom_ = rows;
  row_zoom_ = shown_rows();
}

}  // namespace cnv
