#include "cnv/desktop/heat_map_painter.hpp"

#include <QImage>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

QRectF rect_of(const PlotRect& r) { return {r.x, r.y, r.width, r.height}; }

void paint_bar(QPainter& painter, const HeatMapPicture& picture, const ColorTable& table, const Tokens& ink) {
  QImage ramp(1, static_cast<int>(table.size()), QImage::Format_RGB32);
  for (std::size_t i = 0; i < table.size(); ++i) ramp.setPixelColor(0, static_cast<int>(table.size() - 1 - i), to_qcolor(table[i]));
  painter.drawImage(rect_of(*picture.bar), ramp);
  painter.setPen(QPen(to_qcolor(ink.edge), 1));
  for (const auto& tick : picture.bar_ticks) painter.drawLine(QLineF(tick.x0, tick.y0, tick.x1, tick.y1));
}

}  // namespace

void paint_heat_map(QPainter& painter, const HeatMapView& view) {
  const auto& picture = view.picture();
  const Tokens& ink = tokens(view.background().look);
  // Axes, ticks and texts as a plot without traces has them.
  paint_plot(painter, picture.frame, view.background(), view.message(), QImage());
  if (!picture.cells.empty()) {
    const QImage cells(reinterpret_cast<const uchar*>(picture.cells.data()), picture.columns, picture.rows, 4 * picture.columns, QImage::Format_RGBA8888);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(rect_of(picture.frame.plot), cells);
    painter.restore();
  }
  painter.setPen(QPen(to_qcolor(ink.edge), 1));
  for (const auto& tick : picture.row_ticks) painter.drawLine(QLineF(tick.x0, tick.y0, tick.x1, tick.y1));
  for (const auto& label : picture.row_labels) paint_text(painter, label, ink, false);
  if (!picture.bar) return;
  paint_bar(painter, picture, view.look().table(), ink);
  for (const auto& text : picture.bar_texts) paint_text(painter, text, ink, false);
}

}  // namespace cnv::desktop
