#include "cnv/view/surface_view.hpp"

#include <algorithm>
#include <cmath>

#include <glm/common.hpp>

#include "cnv/base/numbers.hpp"
#include "cnv/draw/number_format.hpp"
#include "cnv/view/surface_choices.hpp"

namespace cnv {
namespace {

// Heights that grow by more than this share of the range in use get a new vertical scale.
constexpr double outgrown = 1.5;
constexpr float room_of_bar_px = 72;
constexpr double least_stretch = 1e-3, most_stretch = 1e3;
Choice plain_choice(std::string_view id, std::string_view label, bool chosen) {
  return {
      .id = std::string(id), .label = std::string(label), .detail = {}, .chosen = chosen, .colors = {}, .inner = {}};
}

// Coordinates as numbers; labels count from 0.
std::vector<double> numbers_of(const Array& coords) {
  std::vector<double> out(static_cast<std::size_t>(coords.size()));
  for (std::int64_t i = 0; i < coords.size(); ++i)
    out[static_cast<std::size_t>(i)] = coords.is_string() ? static_cast<double>(i) : coords.number_at(i);
  return out;
}

std::string size_text(std::int64_t columns, std::int64_t rows) {
  return plain_text(columns) + " × " + plain_text(rows);
}

// "12", "0.05": two significant figures.
std::string factor_text(double factor) {
  std::string text = format_fixed(factor, factor > 0 ? std::clamp(decimals_for_two_digits(factor), 0, 6) : 0);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

SurfaceShading shading_of(std::string_view name, bool& known) {
  known = true;
  if (name == "lit" || name == "smooth") return SurfaceShading::smooth;
  if (name == "flat") return SurfaceShading::flat;
  known = name.empty() || name == "unlit" || name == "none";
  return SurfaceShading::unlit;
}

bool same_table(const ColorTable& a, const ColorTable& b) { return std::equal(a.begin(), a.end(), b.begin()); }

}  // namespace

// Where grid and heights come from; x lies along columns, y along rows.
struct SurfaceView::Source {
  const StoredField* field = nullptr;
  GeometryPtr geometry;
  int x_axis = 1, y_axis = 0;
  const GridGeometry* grid() const { return geometry ? std::get_if<GridGeometry>(geometry.get()) : nullptr; }
};

void SurfaceView::add_problem(std::string cause, std::string message, Severity severity) {
  problems_.push_back({severity, std::move(cause), std::move(message)});
}

SurfaceView SurfaceView::taken() const {
  SurfaceView out(*this);
  if (heights_.data() == own_heights_.data()) out.heights_ = out.own_heights_;
  return out;
}

void SurfaceView::update(const SurfaceViewSpec& spec, const SceneStore& store, Theme theme) {
  problems_.clear();
  title_ = spec.title.empty() ? spec.id : spec.title;
  if (const auto source = find_source(spec, store)) {
    message_.clear();
    update_grid(*source, store);
    update_heights(*source);
  } else {
    clear(source.error());
    if (store.has_scene())
      add_problem("surface " + spec.id, "view '" + spec.id + "': " + source.error(), Severity::error);
  }
  update_colors(spec, store, theme);
  update_space(spec, store);
  update_axes(spec, store);
  update_slices(spec, store);
}

void SurfaceView::clear(std::string message) {
  message_ = std::move(message);
  if (!heights_.empty()) ++heights_version_;
  heights_ = {};
  field_ = nullptr;
  geometry_.reset();
  detail_.clear();
}

Result<SurfaceView::Source> SurfaceView::find_source(const SurfaceViewSpec& spec, const SceneStore& store) const {
  Source out;
  out.field = store.find_field(spec.field_id);
  if (!out.field) return Error{"There is no field '" + spec.field_id + "' to show as a surface."};
  const auto& field = *out.field;
  const std::string name = "Field '" + field.id() + "'";
  if (field.ndim() != 2)
    return Error{name + " has " + plain_text(field.ndim()) + (field.ndim() == 1 ? " dim" : " dims") +
                 "; a surface needs two: rows (y) and columns (x)."};
  if (field.dtype() == DType::string) return Error{name + " holds text; a surface needs numbers."};
  if (spec.geometry_id) {
    const auto* found = store.scene().geometries.find(*spec.geometry_id);
    if (!found || !std::holds_alternative<GridGeometry>(**found))
      return Error{"There is no grid geometry '" + *spec.geometry_id + "' for the surface."};
    out.geometry = *found;
    out.y_axis = field.find_axis(out.grid()->dims[0]);
    out.x_axis = field.find_axis(out.grid()->dims[1]);
    if (out.x_axis < 0 || out.y_axis < 0)
      return Error{name + " has the dims " + field.dims()[0] + " and " + field.dims()[1] + ", grid '" +
                   *spec.geometry_id + "' has " + out.grid()->dims[0] + " and " + out.grid()->dims[1] +
                   "; they must agree."};
    for (const int axis : {0, 1})
      if (const auto points = out.grid()->coords.find(field.dims()[static_cast<std::size_t>(axis)])->size();
          points != field.extent(axis))
        return Error{name + " has " + plain_text(field.extent(axis)) + " samples along " +
                     field.dims()[static_cast<std::size_t>(axis)] + ", grid '" + *spec.geometry_id + "' has " +
                     plain_text(points) + "; they must agree."};
  }
  const auto columns = field.extent(out.x_axis), rows = field.extent(out.y_axis);
  if (columns < 2 || rows < 2)
    return Error{name + " is " + size_text(columns, rows) + "; a surface needs at least 2 × 2 samples."};
  return out;
}

void SurfaceView::update_grid(const Source& source, const SceneStore& store) {
  const auto& field = *source.field;
  const bool same = field_ == source.field && field_id_ == field.id() && geometry_ == source.geometry &&
                    scene_revision_ == store.scene_revision() && transposed_ == (source.x_axis == 0) &&
                    x_revision_ == field.coord_revision(source.x_axis) &&
                    y_revision_ == field.coord_revision(source.y_axis) &&
                    grid_.columns() == field.extent(source.x_axis) && grid_.rows() == field.extent(source.y_axis);
  if (same) return;
  const bool other_shape = grid_.columns() != field.extent(source.x_axis) ||
                           grid_.rows() != field.extent(source.y_axis) || field_id_ != field.id();
  field_ = source.field;
  field_id_ = field.id();
  geometry_ = source.geometry;
  scene_revision_ = store.scene_revision();
  transposed_ = source.x_axis == 0;
  x_revision_ = field.coord_revision(source.x_axis);
  y_revision_ = field.coord_revision(source.y_axis);
  x_dim_ = field.dims()[static_cast<std::size_t>(source.x_axis)];
  y_dim_ = field.dims()[static_cast<std::size_t>(source.y_axis)];
  grid_.x = numbers_of(source.grid() ? *source.grid()->coords.find(x_dim_) : field.coord(source.x_axis));
  grid_.y = numbers_of(source.grid() ? *source.grid()->coords.find(y_dim_) : field.coord(source.y_axis));
  ++grid_version_;
  field_revision_ = 0;  // its heights are to be taken again
  heights_so_far_ = {};
  space_stale_ = true;
  frame_stale_ = frame_stale_ || other_shape;
}

void SurfaceView::update_heights(const Source& source) {
  const auto& field = *source.field;
  if (field_revision_ == field.changed_revision()) return;
  field_revision_ = field.changed_revision();
  unit_ = field.unit().value_or("");
  quantity_ = quantity_label(field);
  values_ = field.values().astype(DType::f32).row_major();
  heights_ = values_.as<float>();
  const bool infinite = std::any_of(heights_.begin(), heights_.end(), [](float v) { return std::isinf(v); });
  if (transposed_ || infinite) {
    const auto columns = static_cast<std::size_t>(grid_.columns()), rows = static_cast<std::size_t>(grid_.rows());
    std::vector<float> own(heights_.size());
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t column = 0; column < columns; ++column) {
        const float v = heights_[transposed_ ? column * rows + row : row * columns + column];
        own[row * columns + column] = std::isinf(v) ? std::nanf("") : v;
      }
    own_heights_ = std::move(own);
    heights_ = own_heights_;
  }
  height_range_ = finite_range(heights_);
  heights_so_far_ = joined(heights_so_far_, height_range_);
  recorded_ = limits_attr(field, value_range_attr);
  if (recorded_) heights_so_far_ = joined(heights_so_far_, {recorded_->first, recorded_->second});
  ++heights_version_;
}

// ---- space and camera --------------------------------------------------------------------------------------------

void SurfaceView::update_space(const SurfaceViewSpec& spec, const SceneStore& store) {
  if (!has_surface()) return;
  limits_ = resolve_limits(spec.color_limits, store.state());
  const ValueRange wished =
      limits_ && limits_->first < limits_->second ? ValueRange{limits_->first, limits_->second} : ValueRange{};
  const SurfaceBox box{finite_range(std::span<const double>(grid_.x)), finite_range(std::span<const double>(grid_.y)),
                       joined(wished, heights_so_far_)};
  if (!(box == axes_box_)) {
    axes_box_ = box;
    ++axes_version_;
  }
  const bool outgrew = box.z.span() > outgrown * space_range_.span() || (space_range_.empty() && !box.z.empty());
  if (space_stale_ || outgrew) {
    const auto* own = find_named(named_proportions, proportions_choice_);
    const SurfaceSpace space = surface_space(box, own ? own->value : Proportions::automatic, stretch_);
    if (!(space == grid_.space)) {
      grid_.space = space;
      ++grid_version_;
      ++axes_version_;
    }
    space_range_ = box.z;
    space_stale_ = false;
  }
  bounds_ = drawn_bounds(box, grid_.space);
  const glm::vec3 size = bounds_.high - bounds_.low;
  const float larger = std::max({size.x, size.y, size.z}),
              before = std::max({framed_size_.x, framed_size_.y, framed_size_.z});
  if (frame_stale_ || larger > 1.3f * before || larger < 0.6f * before) {
    framed_size_ = size;
    frame_stale_ = false;
    ++frame_version_;
  }
  detail_ = size_text(grid_.columns(), grid_.rows());
  if (stretch_ != 1) detail_ += ", heights × " + factor_text(stretch_);
}

SurfaceRoom SurfaceView::room() const {
  return {.margin = axes_style_.place == AxesPlace::none ? 0.08f : 0.20f,
          .right_px = color_bar() ? room_of_bar_px : 0.0f};
}

void SurfaceView::forget_heights() {
  heights_so_far_ = height_range_;
  space_stale_ = true;
}

// ---- colours -----------------------------------------------------------------------------------------------------

std::optional<Rgba8> SurfaceView::wished_color(const std::string& owner, const char* name, const Bindable<Value>& given,
                                               const Bindable<Value>& plain, const Dict& state) {
  if (given == plain) return std::nullopt;
  const Value& value = resolve(given, state);
  if (value.is_null() || value == plain.value()) return std::nullopt;
  const auto color = scene_color(value);
  if (color) return *color;
  add_problem(std::string(name) + " " + owner, owner + ": " + name + ": " + color.error());
  return std::nullopt;
}

void SurfaceView::update_colors(const SurfaceViewSpec& spec, const SceneStore& store, Theme theme) {
  const auto& state = store.state();
  const SurfaceViewSpec plain;
  const std::string owner = "view '" + spec.id + "'";
  if (const auto problem = look_.update_background(resolve(spec.background_color, state), theme); !problem.empty())
    add_problem("background " + spec.id, owner + ": background_color: " + problem);
  AppColors app{.color_map = resolve(spec.color_map, state).value_or(plain.color_map.value())};
  if (const auto limits = resolve_limits(spec.color_limits, state)) app.from = LimitsFrom::typed, app.limits = *limits;
  app.know_beforehand(recorded_);
  const std::string bar = spec.axis_labels && spec.axis_labels->size() == 3 ? (*spec.axis_labels)[2] : quantity_;
  if (const auto& problem = look_.update_colors(bar, heights_, heights_version_, std::move(app)); !problem.empty())
    add_problem("color map " + look_.colors().map_name(), owner + ": " + problem);
  bool known = true;
  const std::string shading = resolve(spec.surface_shading, state).value_or(plain.surface_shading.value());
  shading_ = shading_of(shading, known);
  if (!known)
    add_problem("surface_shading " + spec.id, owner + ": surface_shading is 'unlit', 'smooth' or 'flat', not '" +
                                                  shading + "'; the surface is unlit");
  opacity_ = std::clamp(resolve(spec.surface_alpha, state).value_or(1.0), 0.0, 1.0);
  const bool by_height = resolve(spec.color_by, state).value_or(plain.color_by.value()) == "height";
  const Rgba8 one = wished_color(owner, "surface_color", spec.surface_color, plain.surface_color, state)
                        .value_or(*scene_color(plain.surface_color.value()));
  ColorTable uniform;
  uniform.fill(one);
  if (by_height != colored_by_height_ || !same_table(uniform, uniform_) || look_version_ != look_.version()) {
    colored_by_height_ = by_height;
    uniform_ = uniform;
    look_version_ = look_.version();
    ++colors_version_;
  }
}

std::optional<ColorBar> SurfaceView::color_bar() const {
  if (!has_surface() || !colored_by_height_ || !look_.color_bar_shown()) return std::nullopt;
  const auto& label = axes_style_.labels[2];
  return look_.bar(label.empty() ? label_with_unit(quantity_, unit_) : label);
}

// ---- choices -----------------------------------------------------------------------------------------------------

std::vector<Choice> SurfaceView::proportions_choices() const {
  std::vector<Choice> out;
  for (const auto& one : named_proportions)
    out.push_back(plain_choice(
        one.id, one.label,
        one.id == proportions_choice_ || (proportions_choice_.empty() && one.value == Proportions::automatic)));
  return out;
}

void SurfaceView::choose_proportions(std::string_view id) {
  if (!find_named(named_proportions, id) || id == proportions_choice_) return;
  proportions_choice_ = id;
  space_stale_ = frame_stale_ = true;
}

std::vector<Choice> SurfaceView::axes_choices() const {
  std::vector<Choice> out{plain_choice(app_id, "As the app says", axes_choice_.empty())};
  for (const auto& one : named_axes) out.push_back(plain_choice(one.id, one.label, one.id == axes_choice_));
  return out;
}

void SurfaceView::choose_axes(std::string_view id) {
  if (id == app_id || find_named(named_axes, id)) axes_choice_ = id == app_id ? std::string_view() : id;
}

void SurfaceView::stretch_heights(double factor) {
  if (!(factor > 0)) return;
  stretch_ = std::clamp(stretch_ * factor, least_stretch, most_stretch);
  space_stale_ = true;
}

void SurfaceView::reset_look() {
  look_.reset();
  proportions_choice_.clear();
  axes_choice_.clear();
  stretch_ = 1;
  space_stale_ = frame_stale_ = true;
}

}  // namespace cnv
