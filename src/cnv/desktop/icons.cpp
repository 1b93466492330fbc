#include "cnv/desktop/icons.hpp"

namespace cnv::desktop {
namespace {

void line(QPainterPath& path, std::initializer_list<QPointF> points) {
  bool first = true;
  for (const QPointF point : points) {
    first ? path.moveTo(point) : path.lineTo(point);
    first = false;
  }
}

QPainterPath fit_path() {
  QPainterPath p;
  line(p, {{2, 5}, {2, 2}, {5, 2}});
  line(p, {{11, 2}, {14, 2}, {14, 5}});
  line(p, {{14, 11}, {14, 14}, {11, 14}});
  line(p, {{5, 14}, {2, 14}, {2, 11}});
  p.addEllipse(QPointF(8, 8), 2.4, 2.4);
  return p;
}

QPainterPath turn_back_path() {  // an open circle with an arrow at its start
  QPainterPath p;
  p.arcMoveTo(QRectF(3, 3, 10, 10), 160);
  p.arcTo(QRectF(3, 3, 10, 10), 160, -320);
  line(p, {{3.2, 2.6}, {3.2, 6.1}, {6.7, 6.1}});
  return p;
}

QPainterPath undo_path() {
  QPainterPath p;
  line(p, {{5.6, 3.4}, {2.8, 6.2}, {5.6, 9}});
  p.moveTo(2.8, 6.2);
  p.lineTo(9.8, 6.2);
  p.arcTo(QRectF(6.6, 6.2, 6.4, 6.4), 90, -180);
  p.lineTo(6.4, 12.6);
  return p;
}

QPainterPath copy_path() {
  QPainterPath p;
  p.addRoundedRect(QRectF(5.5, 5.5, 8, 8), 1.5, 1.5);
  line(p, {{10.5, 3}, {10.5, 2.5}, {2.5, 2.5}, {2.5, 10.5}, {3, 10.5}});
  return p;
}

QPainterPath color_bar_path() {
  QPainterPath p;
  p.addRoundedRect(QRectF(5.2, 2, 5.6, 12), 1, 1);
  for (const double y : {5.0, 8.0, 11.0}) line(p, {{5.2, y}, {10.8, y}});
  return p;
}

QPainterPath error_path() {
  QPainterPath p;
  p.addEllipse(QPointF(8, 8), 6, 6);
  line(p, {{8, 4.8}, {8, 8.6}});
  line(p, {{8, 11}, {8, 11.05}});
  return p;
}

QPainterPath warning_path() {
  QPainterPath p;
  line(p, {{8, 2.2}, {14.2, 13.4}, {1.8, 13.4}, {8, 2.2}});
  line(p, {{8, 6.6}, {8, 9.4}});
  line(p, {{8, 11.4}, {8, 11.45}});
  return p;
}

QPainterPath float_path() {
  QPainterPath p;
  line(p, {{9.5, 2.5}, {13.5, 2.5}, {13.5, 6.5}});
  line(p, {{13.2, 2.8}, {8, 8}});
  line(p, {{6.5, 3.5}, {2.5, 3.5}, {2.5, 13.5}, {12.5, 13.5}, {12.5, 9.5}});
  return p;
}

}  // namespace

QPainterPath icon_path(Icon icon) {
  QPainterPath p;
  switch (icon) {
    case Icon::none: break;
    case Icon::run: line(p, {{4, 2.8}, {12.6, 8}, {4, 13.2}, {4, 2.8}}); break;
    case Icon::pause:
      line(p, {{5.2, 3.2}, {5.2, 12.8}});
      line(p, {{10.8, 3.2}, {10.8, 12.8}});
      break;
    case Icon::step:
      line(p, {{3.4, 3.2}, {10, 8}, {3.4, 12.8}, {3.4, 3.2}});
      line(p, {{12.6, 3.2}, {12.6, 12.8}});
      break;
    case Icon::reset: return turn_back_path();
    case Icon::fit: return fit_path();
    case Icon::color_bar: return color_bar_path();
    case Icon::more:
      for (const double x : {3.0, 8.0, 13.0}) line(p, {{x, 8}, {x + 0.05, 8}});
      break;
    case Icon::close:
      line(p, {{3.6, 3.6}, {12.4, 12.4}});
      line(p, {{12.4, 3.6}, {3.6, 12.4}});
      break;
    case Icon::undo: return undo_path();
    case Icon::check: line(p, {{3.4, 8.4}, {6.6, 11.6}, {12.6, 4.8}}); break;
    case Icon::error: return error_path();
    case Icon::warning: return warning_path();
    case Icon::copy: return copy_path();
    case Icon::chevron_down: line(p, {{4, 6.2}, {8, 10.2}, {12, 6.2}}); break;
    case Icon::chevron_right: line(p, {{6, 4}, {10, 8}, {6, 12}}); break;
    case Icon::chevron_up: line(p, {{4, 9.8}, {8, 5.8}, {12, 9.8}}); break;
    case Icon::float_out: return float_path();
    case Icon::dot: p.addEllipse(QPointF(8, 8), 2.6, 2.6); break;
    case Icon::circle: p.addEllipse(QPointF(8, 8), 2.8, 2.8); break;
  }
  return p;
}

void paint_icon(QPainter& painter, Icon icon, QPointF top_left, const QColor& color, double size) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(top_left);
  painter.scale(size / 16, size / 16);
  const double width = icon == Icon::more ? 1.8 : 1.4;
  painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(icon == Icon::dot ? QBrush(color) : QBrush(Qt::NoBrush));
  painter.drawPath(icon_path(icon));
  painter.restore();
}

}  // namespace cnv::desktop
