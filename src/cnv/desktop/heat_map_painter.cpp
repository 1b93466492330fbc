#include "cnv/desktop/heat_map_painter.hpp"

#include <QBuffer>
#include <QImage>
#include <algorithm>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/draw/heat_map_svg.hpp"

namespace cnv::desktop {
namespace {

constexpr double least_cells_per_px_in_files = 4, ring_radius = 4;

QRectF rect_of(const PlotRect& r) { return {r.x, r.y, r.width, r.height}; }

// Of the picture's own memory.
QImage cell_image(const HeatMapPicture& picture) {
  if (picture.cells.empty()) return {};
  return QImage(reinterpret_cast<const uchar*>(picture.cells.data()), picture.columns, picture.rows,
                4 * picture.columns, QImage::Format_RGBA8888);
}

void paint_cells(QPainter& painter, const HeatMapPicture& picture) {
  painter.save();
  painter.setClipRect(rect_of(picture.frame.plot));
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  painter.drawImage(rect_of(picture.cells_area), cell_image(picture));
  painter.restore();
}

void paint_ticks(QPainter& painter, const std::vector<PlotLine>& ticks, const Tokens& ink) {
  painter.setPen(QPen(to_qcolor(ink.edge), 1));
  for (const auto& tick : ticks) painter.drawLine(QLineF(tick.x0, tick.y0, tick.x1, tick.y1));
}

void paint_bar(QPainter& painter, const HeatMapPicture& picture, const Tokens& ink, bool whole_texts) {
  const auto& table = picture.bar_colors;
  QImage ramp(1, static_cast<int>(table.size()), QImage::Format_RGB32);
  for (std::size_t i = 0; i < table.size(); ++i)
    ramp.setPixelColor(0, static_cast<int>(table.size() - 1 - i), to_qcolor(table[i]));
  painter.drawImage(rect_of(*picture.bar), ramp);
  paint_ticks(painter, picture.bar_ticks, ink);
  for (const auto& text : picture.bar_texts) paint_text(painter, text, ink, whole_texts);
}

// The cursor on cells of any colour: its line and ring have a border in the colour of the ground.
void paint_cursor_ground(QPainter& painter, const HeatMapPicture& picture, const QColor& ground, const Tokens& ink) {
  const auto& mark = *picture.frame.cursor;
  painter.setPen(QPen(ground, 3, Qt::SolidLine, Qt::FlatCap));
  painter.drawLine(QLineF(mark.line.x0, picture.frame.plot.y, mark.line.x1, mark.line.y1));
  if (!picture.ring) return;
  const QPointF middle(picture.ring->x, picture.ring->y);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(ground, 4));
  painter.drawEllipse(middle, ring_radius, ring_radius);
  painter.setPen(QPen(to_qcolor(ink.text1), 1.5));
  painter.drawEllipse(middle, ring_radius, ring_radius);
}

}  // namespace

void paint_heat_map(QPainter& painter, const HeatMapPicture& picture, const Background& background,
                    const std::string& message, bool whole_texts) {
  const Tokens& ink = tokens(background.look);
  paint_plot_around(painter, picture.frame, background, message, whole_texts, [&] {
    if (!picture.cells.empty()) paint_cells(painter, picture);
    if (picture.frame.cursor) paint_cursor_ground(painter, picture, to_qcolor(background.color), ink);
    paint_ticks(painter, picture.row_ticks, ink);
    for (const auto& label : picture.row_labels) paint_text(painter, label, ink, whole_texts);
    if (picture.bar) paint_bar(painter, picture, ink, whole_texts);
  });
}

HeatMapExport::HeatMapExport(const HeatMapView& shown, const SceneStore& store, Theme theme)
    : view_(std::make_shared<HeatMapView>()),
      screen_(layout_on_screen(shown.picture().frame.width, shown.picture().frame.height)),
      screen_margins_(shown.least_margins()) {
  view_->show_like(shown);
  view_->update(shown.spec(), store, {}, theme);
}

FilePicture HeatMapExport::picture(const FigureLayout& layout) const {
  struct Taken {
    HeatMapPicture picture;
    Background background;
    std::string message;
  };
  view_->set_least_margins(is_size_of(layout, screen_) ? screen_margins_ : PlotMargins{});
  view_->layout(layout.width_px, layout.height_px, QtFontMetrics(),
                std::max(least_cells_per_px_in_files, layout.dots_per_px()));
  const auto taken = std::make_shared<Taken>(Taken{view_->picture(), view_->background(), view_->message()});
  const auto paint = [taken](QPainter& painter, std::optional<double> ratio) {
    paint_heat_map(painter, taken->picture, taken->background, taken->message, !ratio);
  };
  const auto svg = [taken, mm_per_px = layout.mm_per_px()](std::string_view title) {
    QByteArray png;
    QBuffer file(&png);
    cell_image(taken->picture).save(&file, "PNG");
    return heat_map_svg(taken->picture, {png.constData(), static_cast<std::size_t>(png.size())},
                        taken->background.color, tokens(taken->background.look), title, taken->message, mm_per_px);
  };
  return {layout, paint, svg, {}};
}

}  // namespace cnv::desktop
