// Paints a finished heat map: to its panel, to a picture and to PDF, all with the same strokes. GUI thread.
#pragma once

#include "cnv/desktop/picture_file.hpp"
#include "cnv/view/heat_map_view.hpp"

namespace cnv::desktop {

// `whole_texts`: each text is one piece, for files whose text can be searched and edited.
void paint_heat_map(QPainter& painter, const HeatMapPicture& picture, const Background& background,
                    const std::string& message, bool whole_texts = false);

// The heat map as last laid out, without the cursor, in the colours of a theme, with finer cells than in the window; it
// stays as it is while the one in the window goes on.
FilePicture heat_map_file(const HeatMapView& shown, const SceneStore& store, Theme theme);

}  // namespace cnv::desktop
