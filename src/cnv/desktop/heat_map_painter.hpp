// Paints a finished heat map. GUI thread.
#pragma once

#include <QPainter>

#include "cnv/view/heat_map_view.hpp"

namespace cnv::desktop {

void paint_heat_map(QPainter& painter, const HeatMapView& view);

}  // namespace cnv::desktop
