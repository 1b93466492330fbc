// A line plot as a file: its picture for PNG, SVG and PDF, its samples as CSV. Used by the window's menus and by dumps;
// GUI thread only.
#pragma once

#include <memory>

#include "cnv/desktop/picture_file.hpp"
#include "cnv/view/scene_model.hpp"
#include "cnv/view/trace_csv.hpp"

namespace cnv::desktop {

// What the plot shows, without the cursor of the pointer, in the colours of a theme. A copy of its samples: it stays as
// it is while the one in the window goes on.
class PlotExport {
 public:
  PlotExport(const SceneModel& model, const LinePlotView& shown, Theme theme);

  // At the size of the plot as last laid out in the window.
  FilePicture picture() const { return picture(screen_); }
  // Laid out anew: a picture made before shows the same then. In vector files text stays text and traces are lines.
  FilePicture picture(const FigureLayout& layout) const;
  const FigureLayout& screen() const { return screen_; }
  // As write_csv(); "stored" is everything since the last reset, also where the plot itself is trimmed to its window.
  QString write_table(const QString& path, CsvPart part) const;

 private:
  std::shared_ptr<LinePlotView> view_;
  FigureLayout screen_;
  PlotMargins screen_margins_;
  std::unique_ptr<LinePlotView> untrimmed_;  // where the plot is trimmed
};

}  // namespace cnv::desktop
