// The default scene of sessions that sample a morphology: the cell, one trace, controls. Used by SampledSession and by
// the scene builders of the backends.
#pragma once

#include "cnv/core/scene.hpp"

namespace cnv {

// What the default scene is made of; backends fill it from the session's hooks.
struct DefaultSceneParts {
  GeometryPtr geometry;                                   // a MorphologyGeometry
  Field display;                                          // dims ("segment",)
  Field history;                                          // dims ("segment", "time")
  std::optional<Field> detail;                            // dims ("compartment",): colours pieces
  std::string color_map = "scalar";                       // of the view "morphology", as in MorphologyViewSpec
  std::optional<Limits> color_limits;                     // none: from the data
  std::string color_norm = "auto";                        // as in MorphologyViewSpec
  bool trace = true;                                      // with a view "trace"; the history is there without it too
  std::string trace_title = "Trace";                      // of the view "trace"
  std::string trace_y_label = "Value";                    // at its y axis
  std::string trace_y_unit;                               // of its values
  Dict trace_view_updates;                                // property → value, set last
  std::vector<ControlSpec> controls;                      // in the controls panel
  std::vector<ActionSpec> actions;                        // buttons under them
  std::optional<std::vector<std::string>> control_order;  // order and choice; none: all
  std::optional<std::vector<std::string>> action_order;   // the same for actions
  std::string title = "CompNeuroVis";                     // of the layout
};

// Views "morphology" and "trace"; panels morphology-panel, trace-panel and, if there is anything in it, controls-panel.
// Without a trace neither its view nor its panel.
// Throws TypeError when trace_view_updates name no attribute of a line plot.
Scene default_scene(DefaultSceneParts parts);

}  // namespace cnv
