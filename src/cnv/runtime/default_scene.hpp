// The default scene of sessions that sample a morphology: the cell, one trace, controls. Used by SampledSession and by the
// scene builders of the backends.
#pragma once

#include "cnv/core/scene.hpp"

namespace cnv {

struct DefaultSceneParts {
  GeometryPtr geometry;            // a MorphologyGeometry
  Field display;                   // dims ("segment",)
  Field history;                   // dims ("segment", "time")
  std::optional<Field> detail;     // dims ("compartment",): colours pieces
  std::string color_map = "scalar";
  std::optional<Limits> color_limits;
  std::string color_norm = "auto";
  bool trace = true;               // with a view "trace"; the history is there without it too
  std::string trace_title = "Trace";
  std::string trace_y_label = "Value";
  std::string trace_y_unit;
  Dict trace_view_updates;
  std::vector<ControlSpec> controls;
  std::vector<ActionSpec> actions;
  std::optional<std::vector<std::string>> control_order;  // order and choice; none: all
  std::optional<std::vector<std::string>> action_order;
  std::string title = "CompNeuroVis";
};

// Views "morphology" and "trace"; panels morphology-panel, trace-panel and, if there is anything in it, controls-panel.
// Without a trace neither its view nor its panel.
// Throws TypeError when trace_view_updates name no attribute of a line plot.
Scene default_scene(DefaultSceneParts parts);

}  // namespace cnv
