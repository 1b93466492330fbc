// What stands around and over the picture of a surface: grid and axes, slices, colour bar. The same for the panel and
// for figures. GUI thread.
#pragma once

#include "cnv/desktop/view3d_overlay.hpp"
#include "cnv/view/surface_view.hpp"

namespace cnv::desktop {

// Below the surface.
void paint_surface_grid(QPainter& painter, const SurfaceView& view, const SurfaceAxes& axes);
void paint_surface_axes(QPainter& painter, const SurfaceView& view, const SurfaceAxes& axes);
// The plane and its cut, without the handle.
void paint_surface_slice(QPainter& painter, const SurfaceSlice& slice, const Projection& projection,
                         const QColor& background);
// At the upper right, with a mark at a value; empty where there is none.
QRectF paint_surface_bar(QPainter& painter, const SurfaceView& view, const Sight& sight,
                         std::optional<double> marked = {});

}  // namespace cnv::desktop
