#include "cnv/desktop/figure_preview.hpp"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "cnv/desktop/picture_file.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr int side = 360;
constexpr double square = 8;

// What shows through a transparent ground.
void paint_squares(QPainter& painter, const QRectF& area) {
  painter.fillRect(area, QColor(255, 255, 255));
  painter.save();
  painter.setClipRect(area);
  for (int row = 0; row * square < area.height(); ++row)
    for (int column = row % 2; column * square < area.width(); column += 2)
      painter.fillRect(QRectF(area.left() + column * square, area.top() + row * square, square, square),
                       QColor(224, 224, 224));
  painter.restore();
}

}  // namespace

FigurePreview::FigurePreview(QWidget* parent) : QWidget(parent) {
  setFixedSize(side, side);
  setAccessibleName(tr("Preview of the figure"));
}

void FigurePreview::show_picture(const FilePicture& picture) {
  const auto& layout = picture.layout;
  const double px = std::min((side - 2) / layout.width_px, (side - 2) / layout.height_px);
  image_ = picture_image(picture, px * devicePixelRatioF());
  update();
}

void FigurePreview::show_nothing() {
  image_ = {};
  update();
}

void FigurePreview::paintEvent(QPaintEvent*) {
  if (image_.isNull()) return;
  QPainter painter(this);
  const QSizeF size = QSizeF(image_.size()) / devicePixelRatioF();
  const QRectF area(QPointF(std::round((width() - size.width()) / 2), std::round((height() - size.height()) / 2)),
                    size);
  paint_squares(painter, area);
  painter.drawImage(area, image_);
  painter.setPen(QPen(ink(&Tokens::sep), 1));
  painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5));
}

}  // namespace cnv::desktop
