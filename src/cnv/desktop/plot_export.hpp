// A line plot as a file: its picture as PNG, SVG or PDF, its samples as CSV. Used by the window's menus and by dumps; GUI
// thread only.
#pragma once

#include <QImage>
#include <QString>
#include <memory>

#include "cnv/view/scene_model.hpp"
#include "cnv/view/trace_csv.hpp"

namespace cnv::desktop {

// A name for a file from a title or an id, which may hold what a file name may not.
QString file_name(std::string_view text);

// The plot as last laid out, at its size, without the cursor of the pointer, in the colours of a theme. A copy of its samples:
// it stays as it is while the one in the window goes on.
class PlotExport {
 public:
  PlotExport(const SceneModel& model, const LinePlotView& shown, Theme theme);

  QImage image(double device_pixels_per_px);
  // By the name's ending: .png (300 dots per inch), .svg, .pdf (text stays text, traces are lines). An empty text, or what
  // could not be written and what to do.
  QString write_picture(const QString& path, const QString& title);
  // As write_csv(); "stored" is everything since the last reset, also where the plot itself is trimmed to its window.
  QString write_table(const QString& path, CsvPart part) const;

 private:
  QString write_png(const QString& path);
  QString write_svg(const QString& path, const QString& title) const;
  QString write_pdf(const QString& path, const QString& title);

  LinePlotView view_;
  std::unique_ptr<LinePlotView> untrimmed_;  // where the plot is trimmed
};

}  // namespace cnv::desktop
