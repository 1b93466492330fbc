// The tables of the specs, the scene and the updates: name, member, documentation, what a change refreshes. The order
// of rows is the order of constructor parameters in Python. Included by record.hpp.
#pragma once

#include "cnv/core/record.hpp"
#include "cnv/core/updates.hpp"

// A row per line.
// clang-format off
namespace cnv {

// Rows are made where they are used: reading this file costs a compiler little.
#define CNV_TABLE(type, text)                       \
  template <>                                       \
  struct Table<type> {                              \
    using R = type;                                 \
    static constexpr std::string_view name = #type; \
    static constexpr std::string_view doc = text;   \
    template <class = void>                         \
    static constexpr auto rows() {                  \
      return rows_of(
#define CNV_END );  }  };

CNV_TABLE(Field, "A dense array with a name for each axis and one coordinate vector for each axis.")
  row("id", &R::id, "Identifier."),
  row("values", &R::values, "Array of rank len(dims)."),
  row("dims", &R::dims, "One name per axis."),
  row("coords", &R::coords, "Name of the dim → one-dimensional array of numbers or text."),
  row("unit", &R::unit, "Unit of the values, for display."),
  row("attrs", &R::attrs, "Free metadata.")
CNV_END

CNV_TABLE(PieceTable, "Entities cut at compartment borders: what is drawn.")
  row("start", &R::start, "(m, 3) float32, µm."),
  row("end", &R::end, "(m, 3) float32, µm."),
  row("start_radius", &R::start_radius, "(m,) float32, µm."),
  row("end_radius", &R::end_radius, "(m,) float32, µm."),
  row("entity", &R::entity, "(m,) int32: index of the entity that the piece belongs to."),
  row("compartment", &R::compartment, "(m,) int32: index into the values of the view's detail field."),
  row("section", &R::section, "(m,) int32: pieces of one section share it."),
  row("parent", &R::parent, "(m,) int32: the piece that this one continues, or -1.")
CNV_END

CNV_TABLE(MorphologyGeometry, "One cylinder per entity (segment), and the finer pieces that are drawn.")
  row("id", &R::id, "Identifier."),
  row("positions", &R::positions, "(n, 3) float32: centres, µm."),
  row("orientations", &R::orientations, "(n, 3, 3) float32: rotation that turns local +z into the axis."),
  row("radii", &R::radii, "(n,) float32, µm."),
  row("lengths", &R::lengths, "(n,) float32, µm."),
  row("entity_ids", &R::entity_ids, "n unique names."),
  row("section_names", &R::section_names, "n names of sections."),
  row("xlocs", &R::xlocs, "(n,) float32: location on the section, 0…1."),
  row("colors", &R::colors, "(n, 4) float32 RGBA 0…1, used while no colour field applies."),
  row("labels", &R::labels, "n texts shown to people; empty: the ids."),
  row("metadata", &R::metadata, "Free metadata."),
  row("pieces", &R::pieces, "Finer pieces for drawing; none: one per entity.")
CNV_END

CNV_TABLE(GridGeometry, "A rectangular grid; dims are (rows = y, columns = x).")
  row("id", &R::id, "Identifier."),
  row("dims", &R::dims, "Two names."),
  row("coords", &R::coords, "Name → one-dimensional array."),
  row("metadata", &R::metadata, "Free metadata.")
CNV_END

CNV_TABLE(MorphologyViewSpec, "A cell in 3-D, coloured by a field.")
  row("id", &R::id, "Identifier.", Refresh::rebuild),
  row("title", &R::title, "Title of the panel."),
  row("geometry_id", &R::geometry_id, "A MorphologyGeometry.", Refresh::rebuild),
  row("color_field_id", &R::color_field_id, "Field with one value per entity.", Refresh::data),
  row("entity_dim", &R::entity_dim, "Dim of the field that enumerates entities.", Refresh::data),
  row("sample_dim", &R::sample_dim, "If the field has this dim, its last sample is shown.", Refresh::data),
  row("color_map", &R::color_map, "Name of a colour map."),
  row("color_limits", &R::color_limits, "(low, high), or None for automatic limits. May be bound."),
  row("color_norm", &R::color_norm, "Automatic limits: \"auto\" (min…max) or \"symmetric\"."),
  row("background_color", &R::background_color, "Colour; white follows the theme. May be bound."),
  row("max_refresh_hz", &R::max_refresh_hz, "None: default cap; positive: that cap; ≤ 0: no cap.", Refresh::nothing),
  row("detail_field_id", &R::detail_field_id,
      "Field with one value per compartment; colours the pieces.", Refresh::data)
CNV_END

CNV_TABLE(SurfaceViewSpec, "A height field in 3-D.")
  row("id", &R::id, "Identifier.", Refresh::rebuild),
  row("title", &R::title, "Title of the panel."),
  row("field_id", &R::field_id, "Two-dimensional field of heights.", Refresh::data),
  row("geometry_id", &R::geometry_id, "A GridGeometry; None: the field's own coordinates.", Refresh::rebuild),
  row("color_map", &R::color_map, "Name of a colour map. May be bound."),
  row("color_limits", &R::color_limits, "(low, high), or None: min…max of the heights. May be bound."),
  row("color_by", &R::color_by, "\"height\", or anything else for surface_color. May be bound."),
  row("surface_color", &R::surface_color, "Uniform colour. May be bound."),
  row("surface_shading", &R::surface_shading, "\"unlit\", \"lit\"/\"smooth\" or \"flat\". May be bound."),
  row("surface_alpha", &R::surface_alpha, "Opacity. May be bound."),
  row("background_color", &R::background_color, "Colour. May be bound."),
  row("render_axes", &R::render_axes, "Draw the axes. May be bound."),
  row("axes_in_middle", &R::axes_in_middle, "Axes cross in the middle of the bounds. May be bound."),
  row("tick_count", &R::tick_count, "Ticks per axis. May be bound."),
  row("tick_length_scale", &R::tick_length_scale, "Factor on tick length. May be bound."),
  row("tick_label_size", &R::tick_label_size, "Points. May be bound."),
  row("axis_label_size", &R::axis_label_size, "Points. May be bound."),
  row("axis_color", &R::axis_color, "Colour of the lines. May be bound."),
  row("text_color", &R::text_color, "Colour of the texts. May be bound."),
  row("axis_alpha", &R::axis_alpha, "Opacity of lines and texts. May be bound."),
  row("axis_labels", &R::axis_labels, "Three texts; None: (x dim, y dim, field id)."),
  row("max_refresh_hz", &R::max_refresh_hz, "None: default cap; positive: that cap; ≤ 0: no cap.", Refresh::nothing)
CNV_END

CNV_TABLE(LinePlotViewSpec, "Traces of a field.")
  row("id", &R::id, "Identifier.", Refresh::rebuild),
  row("title", &R::title, "Title of the panel."),
  row("field_id", &R::field_id, "Source field; ignored when operator_id is set.", Refresh::data),
  row("operator_id", &R::operator_id, "Grid-slice operator whose result is plotted.", Refresh::data),
  row("x_dim", &R::x_dim, "Dim along x; None: last dim after selection.", Refresh::data),
  row("series_dim", &R::series_dim, "Dim that enumerates series; None: single trace.", Refresh::data),
  row("selectors", &R::selectors, "Dim → selector or binding, applied first.", Refresh::data),
  row("x_label", &R::x_label, "Quantity along x."),
  row("y_label", &R::y_label, "Quantity along y."),
  row("x_unit", &R::x_unit, "Unit, shown as given."),
  row("y_unit", &R::y_unit, "Unit, shown as given."),
  row("pen", &R::pen, "Colour of a single trace. May be bound."),
  row("background_color", &R::background_color, "Colour; white follows the theme. May be bound."),
  row("show_legend", &R::show_legend, "Legend, series mode only."),
  row("series_colors", &R::series_colors, "Series label → colour; values may be bound."),
  row("series_palette", &R::series_palette, "Colours by series index, repeated; entries may be bound."),
  row("rolling_window", &R::rolling_window, "Width of the x range that follows the newest sample."),
  row("trim_to_rolling_window", &R::trim_to_rolling_window, "Drop older samples before drawing."),
  row("max_refresh_hz", &R::max_refresh_hz, "None: default cap; positive: that cap; ≤ 0: no cap.", Refresh::nothing),
  row("y_min", &R::y_min, "Fixed lower bound."),
  row("y_max", &R::y_max, "Fixed upper bound."),
  row("x_major_tick_spacing", &R::x_major_tick_spacing, "Labelled ticks at multiples."),
  row("x_minor_tick_spacing", &R::x_minor_tick_spacing, "Unlabelled ticks; None: a fifth of the major spacing.")
CNV_END

CNV_TABLE(StateGraphViewSpec, "States as nodes, transitions as edges.")
  row("id", &R::id, "Identifier.", Refresh::rebuild),
  row("title", &R::title, "Title of the panel."),
  row("node_field_id", &R::node_field_id, "Field with dims (\"state\",).", Refresh::data),
  row("edge_field_id", &R::edge_field_id, "Field with dims (\"edge\",).", Refresh::data),
  row("node_positions", &R::node_positions, "(state name, x, y), x and y in 0…1, y upwards.", Refresh::rebuild),
  row("edges", &R::edges, "(source, target, edge id).", Refresh::rebuild),
  row("node_color_map", &R::node_color_map, "Name of a colour map."),
  row("edge_color_map", &R::edge_color_map, "Name of a colour map."),
  row("node_color_limits", &R::node_color_limits, "(low, high)."),
  row("edge_color_limits", &R::edge_color_limits, "(low, high)."),
  row("node_size", &R::node_size, "Diameter in pixels."),
  row("background_color", &R::background_color, "Colour."),
  row("max_refresh_hz", &R::max_refresh_hz, "None: default cap; positive: that cap; ≤ 0: no cap.", Refresh::nothing),
  row("open_states", &R::open_states, "Names of the states that conduct; they are outlined.")
CNV_END

CNV_TABLE(HeatMapViewSpec,
          "A two-dimensional field as coloured cells: one row per neuron or place, columns along time.")
  row("id", &R::id, "Identifier.", Refresh::rebuild),
  row("title", &R::title, "Title of the panel."),
  row("field_id", &R::field_id, "Field that has two dims once the selectors are applied.", Refresh::data),
  row("x_dim", &R::x_dim, "Dim along x; None: the last dim after selection.", Refresh::data),
  row("y_dim", &R::y_dim, "Dim of the rows; None: the other dim.", Refresh::data),
  row("selectors", &R::selectors,
      "Dim → one position or label, or a binding; fixes the dims beyond x and y.", Refresh::data),
  row("color_map", &R::color_map, "Name of a colour map. May be bound."),
  row("color_limits", &R::color_limits, "(low, high), or None for automatic limits. May be bound."),
  row("color_norm", &R::color_norm, "Automatic limits: \"auto\" (min…max) or \"symmetric\"."),
  row("x_label", &R::x_label, "Quantity along x; empty: the name of the dim."),
  row("y_label", &R::y_label, "What the rows are; empty: the name of the dim."),
  row("x_unit", &R::x_unit, "Unit, shown as given."),
  row("y_unit", &R::y_unit, "Unit, shown as given."),
  row("rolling_window", &R::rolling_window, "Width of the x range that follows the newest column; None: all columns."),
  row("max_refresh_hz", &R::max_refresh_hz, "None: default cap; positive: that cap; ≤ 0: no cap.", Refresh::nothing),
  row("background_color", &R::background_color, "Colour; white follows the theme. May be bound.")
CNV_END

CNV_TABLE(GridSliceOperatorSpec, "A line through a two-dimensional field at a position chosen in state.")
  row("id", &R::id, "Identifier.", Refresh::rebuild),
  row("field_id", &R::field_id, "Source field.", Refresh::data),
  row("geometry_id", &R::geometry_id, "Restricts the overlay to surfaces with this geometry.", Refresh::data),
  row("axis_state_key", &R::axis_state_key, "State key with the dim that is fixed.", Refresh::data),
  row("position_state_key", &R::position_state_key, "State key with the position, 0…1 along that dim.", Refresh::data),
  row("color", &R::color, "Colour of the overlay. May be bound."),
  row("alpha", &R::alpha, "Opacity of the outline. May be bound."),
  row("fill_alpha", &R::fill_alpha, "Opacity of the filled plane; 0: no fill. May be bound."),
  row("width", &R::width, "Width of the outline, pixels. May be bound.")
CNV_END

CNV_TABLE(ScalarValueSpec, "A number.")
  row("default", &R::default_value, "Start value."),
  row("min", &R::min, "Lower end of the widget's range."),
  row("max", &R::max, "Upper end of the widget's range."),
  row("value_type", &R::value_type, "\"float\" or \"int\".", Refresh::rebuild)
CNV_END
CNV_TABLE(ChoiceValueSpec, "One of several texts.")
  row("default", &R::default_value, "Start value."),
  row("options", &R::options, "The texts.")
CNV_END
CNV_TABLE(BoolValueSpec, "True or false.")
  row("default", &R::default_value, "Start value.")
CNV_END
CNV_TABLE(XYValueSpec, "A point, {\"x\": float, \"y\": float}.")
  row("default", &R::default_value, "Start value; a missing component is 0.5."),
  row("x_range", &R::x_range, "(low, high)."),
  row("y_range", &R::y_range, "(low, high)."),
  row("x_label", &R::x_label, "Name of x."),
  row("y_label", &R::y_label, "Name of y."),
  row("x_unit", &R::x_unit, "Unit of x; empty: that of the control."),
  row("y_unit", &R::y_unit, "Unit of y; empty: that of the control.")
CNV_END
CNV_TABLE(ControlPresentationSpec, "A hint for the widget.")
  row("kind", &R::kind, "\"slider\", \"spinbox\", \"checkbox\", \"dropdown\" or \"xy_pad\"; None: by value."),
  row("steps", &R::steps, "Steps of a slider; None: 100."),
  row("scale", &R::scale, "\"linear\" or \"log\"."),
  row("shape", &R::shape, "\"circle\" draws a round pad."),
  row("group", &R::group, "Heading: neighbours in the panel with the same group stand together below it.")
CNV_END
CNV_TABLE(ControlSpec, "A value that the user sets.")
  row("id", &R::id, "Identifier, also the name sent in SetControl.", Refresh::rebuild),
  row("label", &R::label, "Text beside the widget.", Refresh::rebuild),
  row("value_spec", &R::value_spec, "Kind of value, range and default.", Refresh::rebuild),
  row("presentation", &R::presentation, "Hint for the widget.", Refresh::rebuild),
  row("state_key", &R::state_key, "Key in state; None or empty: the id.", Refresh::rebuild),
  row("send_to_session", &R::send_to_session, "Send SetControl on every change.", Refresh::nothing),
  row("target", &R::target, "AttributeRef for the session's own use.", Refresh::nothing),
  row("unit", &R::unit, "Unit shown behind the number.", Refresh::rebuild)
CNV_END
CNV_TABLE(ActionSpec, "A button.")
  row("id", &R::id, "Identifier; \"reset\" is sent as Reset.", Refresh::rebuild),
  row("label", &R::label, "Text on the button.", Refresh::rebuild),
  row("payload", &R::payload, "Sent along; values may be bound.", Refresh::nothing),
  row("shortcuts", &R::shortcuts, "Key texts, such as \"Space\" or \"Ctrl+R\".", Refresh::rebuild),
  row("selection_mode", &R::selection_mode,
      "Firing toggles a mode in which each click fires the action.", Refresh::nothing),
  row("selection_payload_key", &R::selection_payload_key, "Payload key that receives the clicked id.", Refresh::nothing)
CNV_END
CNV_TABLE(PanelSpec, "One visible frame.")
  row("id", &R::id, "Unique, not blank.", Refresh::rebuild),
  row("kind", &R::kind, "\"view_3d\", \"line_plot\", \"controls\", \"state_graph\" or \"heat_map\".", Refresh::rebuild),
  row("view_ids", &R::view_ids, "Hosted views.", Refresh::rebuild),
  row("control_ids", &R::control_ids, "Controls, in order.", Refresh::rebuild),
  row("action_ids", &R::action_ids, "Buttons, in order.", Refresh::rebuild),
  row("operator_ids", &R::operator_ids, "Grid slices drawn over the hosted surface.", Refresh::data),
  row("host_kind", &R::host_kind, "\"independent_canvas\".", Refresh::rebuild),
  row("title", &R::title, "Frame title; None: the view's."),
  row("camera_distance", &R::camera_distance, "Start distance, µm; None or the default: fit.", Refresh::nothing),
  row("camera_elevation", &R::camera_elevation, "Degrees above the xy plane.", Refresh::nothing),
  row("camera_azimuth", &R::camera_azimuth, "Degrees around +z.", Refresh::nothing)
CNV_END
CNV_TABLE(LayoutSpec, "Title, panels and their grid.")
  row("title", &R::title, "Window title when the app gives none."),
  row("panels", &R::panels, "Panels; none: derived from the views.", Refresh::rebuild),
  row("panel_grid", &R::panel_grid, "Rows of panel ids; none: derived.", Refresh::rebuild)
CNV_END
CNV_TABLE(Scene, "Everything a window shows.")
  row("fields", &R::fields, "Id → Field."),
  row("geometries", &R::geometries, "Id → geometry."),
  row("views", &R::views, "Id → view."),
  row("operators", &R::operators, "Id → operator."),
  row("controls", &R::controls, "Id → control."),
  row("actions", &R::actions, "Id → action."),
  row("layout", &R::layout, "Panels and grid."),
  row("metadata", &R::metadata, "Free metadata.")
CNV_END

CNV_TABLE(SceneReady, "The scene is replaced; state is kept.")
  row("scene", &R::scene, "The new scene.")
CNV_END
CNV_TABLE(FieldReplace, "All values of a field are replaced.")
  row("field_id", &R::field_id, "Target."),
  row("values", &R::values, "Array of the field's rank."),
  row("coords", &R::coords, "None: the coordinates stay."),
  row("attrs_update", &R::attrs_update, "Merged over the field's attrs.")
CNV_END
CNV_TABLE(FieldAppend, "A field grows along one dim.")
  row("field_id", &R::field_id, "Target."),
  row("append_dim", &R::append_dim, "The dim that grows."),
  row("values", &R::values, "Array of the field's rank."),
  row("coord_values", &R::coord_values, "Coordinates of the new entries."),
  row("max_length", &R::max_length, "Only the last max_length entries stay; None: all."),
  row("attrs_update", &R::attrs_update, "Merged over the field's attrs.")
CNV_END
CNV_TABLE(ScenePatch, "Properties of views, operators and controls change; metadata is merged.")
  row("view_updates", &R::view_updates, "Id → {property: value}."),
  row("operator_updates", &R::operator_updates, "Id → {property: value}."),
  row("control_updates", &R::control_updates, "Id → {property: value}."),
  row("metadata_updates", &R::metadata_updates, "Merged.")
CNV_END
CNV_TABLE(StatePatch, "Keys of the state are set.")
  row("updates", &R::updates, "Key → value.")
CNV_END
CNV_TABLE(PanelPatch, "One panel's contents change; None leaves a member, an empty list clears it.")
  row("panel_id", &R::panel_id, "Target."),
  row("control_ids", &R::control_ids, "Controls, in order."),
  row("action_ids", &R::action_ids, "Buttons, in order."),
  row("view_ids", &R::view_ids, "Views."),
  row("title", &R::title, "Frame title.")
CNV_END
CNV_TABLE(LayoutReplace, "All panels and the grid are replaced.")
  row("panels", &R::panels, "The new panels."),
  row("panel_grid", &R::panel_grid, "Rows of panel ids; empty: derived.")
CNV_END
CNV_TABLE(Status, "A message for the status bar.")
  row("message", &R::message, "Empty clears."),
  row("timeout_ms", &R::timeout_ms, "0 or None: until replaced.")
CNV_END
template <>
struct Table<ErrorReport> {
  using R = ErrorReport;
  static constexpr std::string_view name = "Error";
  static constexpr std::string_view doc = "A problem that a person must see; the session goes on.";
  template <class = void>
  static constexpr auto rows() {
    return rows_of(row("message", &R::message, "What happened, where, what to do."));
  }
};

}  // namespace cnv
