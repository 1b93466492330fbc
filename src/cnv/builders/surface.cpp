#include "cnv/builders/surface.hpp"

#include <algorithm>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {
constexpr double surface_distance = 30.0;
}

std::pair<Field, GridGeometry> grid_field(std::string field_id, const Array& values, const Array& x_coords,
                                          const Array& y_coords, std::string x_dim, std::string y_dim,
                                          std::string unit) {
  const Array x = x_coords.astype(DType::f32), y = y_coords.astype(DType::f32);
  Field field{field_id, values.astype(DType::f32), {y_dim, x_dim}, {{y_dim, y}, {x_dim, x}}, std::move(unit), {}};
  field.check();
  GridGeometry grid{field_id + "-grid", {y_dim, x_dim}, {{y_dim, y}, {x_dim, x}}, {}};
  grid.check();
  return {std::move(field), std::move(grid)};
}

std::vector<std::string> fitting_operators(const OrderedMap<OperatorSpec>& operators, std::string_view field_id,
                                           const std::optional<std::string>& geometry_id) {
  std::vector<std::string> out;
  for (const auto& [id, op] : operators) {
    const auto* slice = std::get_if<GridSliceOperatorSpec>(&op);
    if (slice && slice->fits(field_id, geometry_id)) out.push_back(id);
  }
  return out;
}

std::vector<PanelSpec> surface_panels(const std::string& surface_view_id, const std::vector<std::string>& line_view_ids,
                                      const std::vector<std::string>& operator_ids, bool has_controls,
                                      std::vector<PanelSpec> given) {
  if (given.empty()) {
    given.push_back({.id = surface_view_id + "-panel",
                     .kind = std::string(panel_kind_view_3d),
                     .view_ids = {surface_view_id},
                     .operator_ids = operator_ids,
                     .camera_distance = surface_distance});
    for (const auto& id : line_view_ids)
      given.push_back({.id = id + "-panel", .kind = std::string(panel_kind_line_plot), .view_ids = {id}});
    if (has_controls) given.push_back({.id = "controls-panel", .kind = std::string(panel_kind_controls)});
    return given;
  }
  for (auto& panel : given)
    if (panel.kind == panel_kind_view_3d && panel.operator_ids.empty() &&
        std::find(panel.view_ids.begin(), panel.view_ids.end(), surface_view_id) != panel.view_ids.end())
      panel.operator_ids = operator_ids;
  return given;
}

AppSpec build_surface_app(SurfaceParts parts) {
  if (parts.field.dims.size() != 2)
    throw ValueError("field '" + parts.field.id + "' has " + plain_text(parts.field.dims.size()) +
                     " dims; a surface needs two");
  const std::optional<std::string> geometry_id = parts.geometry ? std::optional(parts.geometry->id) : std::nullopt;
  Scene scene;
  SurfaceViewSpec surface = parts.surface_view.value_or(
      SurfaceViewSpec{.id = "surface", .title = parts.title, .field_id = parts.field.id, .geometry_id = geometry_id});
  const auto operators = fitting_operators(parts.operators, parts.field.id, geometry_id);
  std::vector<std::string> line_ids;
  scene.views.set(surface.id, surface);
  for (auto& view : parts.line_views) {
    line_ids.push_back(view.id);
    scene.views.set(line_ids.back(), std::move(view));
  }
  if (parts.geometry)
    scene.geometries.set(*geometry_id, std::make_shared<const AnyGeometry>(std::move(*parts.geometry)));
  scene.layout = {
      .title = parts.title,
      .panels = surface_panels(surface.id, line_ids, operators, !parts.controls.empty(), std::move(parts.panels)),
      .panel_grid = std::move(parts.panel_grid)};
  const std::string field_id = parts.field.id;
  scene.fields.set(field_id, std::move(parts.field));
  scene.operators = std::move(parts.operators);
  scene.controls = std::move(parts.controls);
  scene.normalize();
  return {.scene = std::move(scene), .title = parts.title};
}

}  // namespace cnv
