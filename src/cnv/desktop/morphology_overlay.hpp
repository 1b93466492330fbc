// What stands over the picture of a cell: rings at recorded places, colour bar, scale bar. The same for the panel and
// for figures. GUI thread.
#pragma once

#include "cnv/desktop/view3d_overlay.hpp"
#include "cnv/view/morphology_view.hpp"

namespace cnv::desktop {

void paint_place_marks(QPainter& painter, const MorphologyView& view, const Sight& sight);
// At the lower right, with a mark at a value; empty where there is none.
QRectF paint_cell_bar(QPainter& painter, const MorphologyView& view, const Sight& sight,
                      std::optional<double> marked = {});
// At the upper right, above the colour bar; not where there is no room for both.
bool has_cell_sign(const MorphologyView& view, const Sight& sight);
void paint_cell_sign(QPainter& painter, const MorphologyView& view, const Sight& sight);
// At the lower left.
void paint_scale_bar(QPainter& painter, const MorphologyView& view, const Sight& sight);

}  // namespace cnv::desktop
