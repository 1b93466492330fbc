// Apps around one height field, and grids from plain arrays. A scene and no session: controls act on state only.
#pragma once

#include <utility>

#include "cnv/runtime/app_spec.hpp"

namespace cnv {

// A field of float32 with dims (y_dim, x_dim) and its geometry "<field id>-grid". `values`: (len(y), len(x));
// coordinates are one-dimensional numbers. Throws ValueError when the shapes do not agree.
std::pair<Field, GridGeometry> grid_field(std::string field_id, const Array& values, const Array& x_coords,
                                          const Array& y_coords, std::string x_dim = "x", std::string y_dim = "y",
                                          std::string unit = {});

// What a surface app shows.
struct SurfaceParts {
  Field field;                                  // two dims
  std::optional<GridGeometry> geometry;         // of the field; none: its coordinates
  std::string title = "Surface";                // of the window, the layout and the default view
  std::optional<SurfaceViewSpec> surface_view;  // none: id "surface", for field and geometry
  std::vector<LinePlotViewSpec> line_views;     // plots beside the surface, such as that of a slice
  OrderedMap<OperatorSpec> operators;           // by id; those that fit lie on the surface
  OrderedMap<ControlSpec> controls;             // by id; they act on the state
  std::vector<PanelSpec> panels;                // none: the surface, each plot, controls if there are any
  PanelGrid panel_grid;                         // rows of panel ids; empty: derived
};

// An app with this scene and no session. Throws ValueError when the field does not have two dims, or when parts do not
// fit.
AppSpec build_surface_app(SurfaceParts parts);

// Grid slices of this field that may lie over a surface with this geometry (none: over any).
std::vector<std::string> fitting_operators(const OrderedMap<OperatorSpec>& operators, std::string_view field_id,
                                           const std::optional<std::string>& geometry_id);
// The panels of a surface app. Given ones are taken over; a 3-D panel of the surface view without operators gets all
// fitting ones.
std::vector<PanelSpec> surface_panels(const std::string& surface_view_id, const std::vector<std::string>& line_view_ids,
                                      const std::vector<std::string>& operator_ids, bool has_controls,
                                      std::vector<PanelSpec> given);

}  // namespace cnv
