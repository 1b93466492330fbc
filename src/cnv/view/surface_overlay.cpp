// SurfaceView: what lies over the picture: axes, slices, and what is under the pointer.
#include <algorithm>
#include <cmath>

#include "cnv/base/numbers.hpp"
#include "cnv/draw/number_format.hpp"
#include "cnv/view/surface_choices.hpp"
#include "cnv/view/surface_view.hpp"

namespace cnv {
namespace {

// Texts of the window stand for the record's default sizes in points.
constexpr double tick_px = 5, tick_text_px = 11, label_text_px = 12, smallest_text_px = 6, largest_text_px = 48;
constexpr double plane_px = 1, plane_opacity_light = 0.10, plane_opacity_dark = 0.16;

std::uint8_t opacity_byte(double opacity) {
  return static_cast<std::uint8_t>(std::lround(255 * std::clamp(opacity, 0.0, 1.0)));
}

}  // namespace

// ---- axes --------------------------------------------------------------------------------------------------------

void SurfaceView::update_axes(const SurfaceViewSpec& spec, const SceneStore& store) {
  const auto& state = store.state();
  const SurfaceViewSpec plain;
  const std::string owner = "view '" + spec.id + "'";
  const Tokens& t = tokens(look_.background().look);
  const Rgba8 ground = look_.background().color;
  AxesStyle style;
  if (const auto* own = find_named(named_axes, axes_choice_)) style.place = own->value;
  else if (resolve(spec.render_axes, state).value_or(plain.render_axes.value()))
    style.place = resolve(spec.axes_in_middle, state).value_or(plain.axes_in_middle.value()) ? AxesPlace::middle
                                                                                             : AxesPlace::edges;
  style.tick_count = static_cast<int>(
      std::clamp<std::int64_t>(resolve(spec.tick_count, state).value_or(plain.tick_count.value()), 0, 50));
  const auto points = [&](const Bindable<double>& given, double plain_points, double px) {
    return std::clamp(resolve(given, state).value_or(plain_points) / plain_points * px, smallest_text_px,
                      largest_text_px);
  };
  style.tick_length_px = std::clamp(resolve(spec.tick_length_scale, state).value_or(1.0), 0.0, 20.0) * tick_px;
  style.tick_text_px = points(spec.tick_label_size, plain.tick_label_size.value(), tick_text_px);
  style.label_text_px = points(spec.axis_label_size, plain.axis_label_size.value(), label_text_px);
  style.line = readable_on(
      wished_color(owner, "axis_color", spec.axis_color, plain.axis_color, state).value_or(rgba8(t.edge)), ground);
  const auto text = wished_color(owner, "text_color", spec.text_color, plain.text_color, state);
  style.tick_text = readable_on(text.value_or(rgba8(t.text2)), ground, 4.5);
  style.label_text = readable_on(text.value_or(rgba8(t.text1)), ground, 4.5);
  style.opacity = std::clamp(resolve(spec.axis_alpha, state).value_or(1.0), 0.0, 1.0);
  if (spec.axis_labels && spec.axis_labels->size() == 3)
    std::copy(spec.axis_labels->begin(), spec.axis_labels->end(), style.labels.begin());
  else if (spec.axis_labels)
    add_problem("axis_labels " + spec.id, owner + ": axis_labels are three texts, for x, y and the height; not " +
                                              plain_text(spec.axis_labels->size()));
  if (!spec.axis_labels || spec.axis_labels->size() != 3)
    style.labels = {x_dim_, y_dim_, label_with_unit(quantity_, unit_)};
  if (style == axes_style_) return;
  axes_style_ = std::move(style);
  ++axes_version_;
}

SurfaceAxes SurfaceView::axes(const Projection& projection, const FontMetrics& metrics) {
  if (!has_surface()) return {};
  SurfaceAxes made = layout_surface_axes({.box = axes_box_,
                                          .space = grid_.space,
                                          .place = axes_style_.place,
                                          .tick_count = axes_style_.tick_count,
                                          .tick_length_px = axes_style_.tick_length_px,
                                          .tick_text_px = axes_style_.tick_text_px,
                                          .label_text_px = axes_style_.label_text_px,
                                          .labels = axes_style_.labels,
                                          .previous_steps = tick_steps_},
                                         projection, metrics);
  tick_steps_ = made.steps;
  return made;
}

// ---- slices ------------------------------------------------------------------------------------------------------

void SurfaceView::update_slices(const SurfaceViewSpec& spec, const SceneStore& store) {
  slices_.clear();
  if (!has_surface()) return;
  for (const auto* op : slices_over(spec, store))
    if (const auto place = slice_place(*op, *field_, store.state())) {
      SurfaceSlice slice = make_slice(*op, *place);
      color_slice(slice, *op, store);
      slices_.push_back(std::move(slice));
    }
}

SurfaceSlice SurfaceView::make_slice(const GridSliceOperatorSpec& op, const SlicePlace& place) const {
  SurfaceSlice out;
  const bool fixes_x = (place.axis == 0) == transposed_;
  const auto& fixed = fixes_x ? grid_.x : grid_.y;
  const auto& along = fixes_x ? grid_.y : grid_.x;
  out.operator_id = op.id;
  out.position_key = *op.position_state_key;
  out.axis = fixes_x ? 0 : 1;
  out.index = place.index;
  out.count = static_cast<std::int64_t>(fixed.size());
  const double at = fixed[static_cast<std::size_t>(place.index)];
  const ValueRange range = finite_range(std::span<const double>(fixed)),
                   width = finite_range(std::span<const double>(along));
  out.label = format_coordinate(axes_style_.labels[fixes_x ? 0 : 1], at, range.low, range.high);
  const auto point = [&](double fixed_at, double along_at, double height) {
    return grid_.space.drawn(fixes_x ? glm::dvec3(fixed_at, along_at, height) : glm::dvec3(along_at, fixed_at, height));
  };
  const ValueRange z = axes_box_.z.empty() ? ValueRange{grid_.space.origin.z, grid_.space.origin.z} : axes_box_.z;
  out.corners = {point(at, width.low, z.low), point(at, width.high, z.low), point(at, width.high, z.high),
                 point(at, width.low, z.high)};
  out.first = point(fixed.front(), width.low, z.low);
  out.last = point(fixed.back(), width.low, z.low);
  const double way = fixed.back() - fixed.front();
  for (const double f : fixed) out.stops.push_back(way != 0 ? static_cast<float>((f - fixed.front()) / way) : 0.0f);
  for (std::size_t k = 0; k < along.size(); ++k) {
    const auto i = static_cast<std::int64_t>(k);
    out.line.push_back(
        point(at, along[k], heights_[fixes_x ? grid_.index(place.index, i) : grid_.index(i, place.index)]));
  }
  return out;
}

// Where the app has no wish the plane is quiet in the accent, and the cut has the colour of the plot that shows it.
void SurfaceView::color_slice(SurfaceSlice& slice, const GridSliceOperatorSpec& op, const SceneStore& store) {
  const auto& state = store.state();
  const GridSliceOperatorSpec plain;
  const Theme look = look_.background().look;
  const std::string owner = "operator '" + op.id + "'";
  const auto wished = wished_color(owner, "color", op.color, plain.color, state);
  const Rgba8 base = wished.value_or(rgba8(tokens(look).accent));
  const double fill = resolve(op.fill_alpha, state).value_or(0.0),
               width = resolve(op.width, state).value_or(plain.width.value());
  slice.frame = slice.fill = slice.cut = base;
  slice.frame.a = opacity_byte(resolve(op.alpha, state).value_or(plain.alpha.value()));
  slice.fill.a =
      opacity_byte(!wished && fill == 0 ? (look == Theme::dark ? plane_opacity_dark : plane_opacity_light) : fill);
  slice.frame_px = width == plain.width.value() ? plane_px : std::clamp(width, 0.0, 20.0);
  if (wished) return;
  for (const auto& [id, view] : store.scene().views) {
    const auto* plot = std::get_if<LinePlotViewSpec>(&view);
    if (!plot || plot->operator_id != op.id) continue;
    const Value& pen = resolve(plot->pen, state);
    const auto color =
        pen.is_null() || is_default_pen(pen) ? Result<Rgba8>(rgba8(trace_look(look, 0).rgb)) : plot_color(pen, look);
    if (color) slice.cut = readable_on(*color, look_.background().color);
    return;
  }
}

// ---- pointer -----------------------------------------------------------------------------------------------------

std::optional<SurfaceHover> SurfaceView::hover(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel) const {
  if (!has_surface()) return std::nullopt;
  const auto hit = pick_surface(grid_, heights_, ray_under(projection(camera, size_px), pixel));
  if (!hit) return std::nullopt;
  SurfaceHover out{.column = hit->column, .row = hit->row};
  out.x = grid_.x[static_cast<std::size_t>(hit->column)];
  out.y = grid_.y[static_cast<std::size_t>(hit->row)];
  const float height = heights_[grid_.index(hit->column, hit->row)];
  out.value = height;
  out.point = grid_.place(hit->column, hit->row, height);
  const ValueRange &x = axes_box_.x, &y = axes_box_.y, &z = axes_box_.z;
  out.place_text = format_coordinate(axes_style_.labels[0], out.x, x.low, x.high) + "   " +
                   format_coordinate(axes_style_.labels[1], out.y, y.low, y.high);
  out.value_text = format_with_unit(height, decimals_for_range(z.low, z.high), unit_);
  return out;
}

}  // namespace cnv
