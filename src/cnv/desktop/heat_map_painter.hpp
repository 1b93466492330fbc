// Paints a finished heat map: to its panel, to a picture and to PDF, all with the same strokes. GUI thread.
#pragma once

#include <memory>

#include "cnv/desktop/picture_file.hpp"
#include "cnv/view/heat_map_view.hpp"

namespace cnv::desktop {

// `whole_texts`: each text is one piece, for files whose text can be searched and edited.
void paint_heat_map(QPainter& painter, const HeatMapPicture& picture, const Background& background,
                    const std::string& message, bool whole_texts = false);

// What the heat map shows, without the cursor, in the colours of a theme, with finer cells than in the window; it stays
// as it is while the one in the window goes on.
class HeatMapExport {
 public:
  HeatMapExport(const HeatMapView& shown, const SceneStore& store, Theme theme);
  FilePicture picture() const { return picture(screen_); }
  // Laid out anew; a picture made before stays as it is.
  FilePicture picture(const FigureLayout& layout) const;
  const FigureLayout& screen() const { return screen_; }

 private:
  std::shared_ptr<HeatMapView> view_;
  FigureLayout screen_;
  PlotMargins screen_margins_;
};

}  // namespace cnv::desktop
