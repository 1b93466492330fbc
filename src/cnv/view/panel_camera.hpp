// Where the camera of a 3-D panel starts, for cells and surfaces. Used by SceneModel; any thread.
#pragma once

#include "cnv/core/specs.hpp"
#include "cnv/draw/camera.hpp"

namespace cnv {

// A distance other than a default is kept, around the model's centre; otherwise the model fits the view, beside the
// colour bar if there is one. Angles other than the default are kept; otherwise the side that shows most is chosen.
Camera initial_camera(const PanelSpec& panel, const FitPoints& points, glm::vec2 size_px, bool has_bar = false);
// As fitted(); where a part of the cell would lie under the colour bar at the lower right, the cell stands left of it;
// where one would lie under the scale bar at the lower left, above it.
Camera fitted_cell(Camera camera, const FitPoints& points, glm::vec2 size_px, bool has_bar);

// What a fit of a surface leaves free for what stands around it.
struct SurfaceRoom {
  float margin = 0.08f;  // share of the picture, for numbers and labels
  float right_px = 0;    // for the colour bar
};

// A surface stands upright: default angles show it from above and aside.
Camera initial_surface_camera(const PanelSpec& panel, const Bounds& bounds, glm::vec2 size_px, SurfaceRoom room);
Camera fitted_surface(Camera camera, const Bounds& bounds, glm::vec2 size_px, SurfaceRoom room);

// What is drawn over a picture: strips at its edges, in logical pixels.
struct OverlayStrips {
  float right_px = 0, bottom_px = 0, left_px = 0;
};
OverlayStrips cell_strips(bool has_bar);
// With axes, for their numbers and names too.
OverlayStrips surface_strips(SurfaceRoom room, bool has_axes);

// A figure shows what the window shows: the same direction and perspective, all that was in the picture of `shown_px`
// in that of `size_px`, and what lay beside the strips beside them again, although they take a larger share of a small
// picture. So many pixels of the figure stand for one of the window.
float figure_scale(glm::vec2 shown_px, glm::vec2 size_px, OverlayStrips strips);
Camera figure_camera(Camera camera, glm::vec2 shown_px, glm::vec2 size_px, OverlayStrips strips, float scale);

}  // namespace cnv
