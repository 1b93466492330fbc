// Scene: everything a window shows, by id. The store keeps one; SceneReady carries one.
#pragma once

#include "cnv/core/field.hpp"
#include "cnv/core/geometry.hpp"
#include "cnv/core/specs.hpp"

namespace cnv {

struct Scene {
  OrderedMap<Field> fields;
  OrderedMap<GeometryPtr> geometries;
  OrderedMap<ViewSpec> views;
  OrderedMap<OperatorSpec> operators;
  OrderedMap<ControlSpec> controls;
  OrderedMap<ActionSpec> actions;
  LayoutSpec layout;
  Dict metadata;

  // Checks every part and derives or cleans the panels. Throws ValueError; call before the scene is used.
  void normalize();
  // Changes properties of a view, operator or control by name. Throws KeyError (no such id), TypeError (property or its
  // value), ValueError (they do not agree with each other: spec_check.hpp).
  void replace_view(std::string_view view_id, const Dict& updates);
  void replace_operator(std::string_view operator_id, const Dict& updates);
  void replace_control(std::string_view control_id, const Dict& updates);
  // Geometries by value.
  friend bool operator==(const Scene& a, const Scene& b);
};

// Whether a view, an operator or an action follows the state `key`.
bool binds(const Scene& scene, std::string_view key);
// Panels for views, controls and actions: derived when there are none, else checked and cleaned. Throws ValueError.
void normalize_panels(LayoutSpec& layout, const OrderedMap<ViewSpec>& views, const OrderedMap<ControlSpec>& controls,
                      const OrderedMap<ActionSpec>& actions);
// The rows in which panels are shown: panel_grid without unknown ids, or the derived rows.
PanelGrid resolved_grid(const LayoutSpec& layout);
// Whether the grid asks for nothing of its own: none is given, or a scene and a plot with controls beside or below
// them, which is what sessions without a layout of their own have.
bool has_plain_grid(const LayoutSpec& layout);

}  // namespace cnv
