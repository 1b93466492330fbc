#include "cnv/desktop/view3d_overlay.hpp"

#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/draw/axes_sign.hpp"

namespace cnv::desktop {

void paint_ring(QPainter& painter, QPointF at, double radius, const QColor& color, const QColor& background) {
  painter.setPen(QPen(background, 4));
  painter.setBrush(background);
  painter.drawEllipse(at, radius, radius);
  painter.setPen(QPen(color, 2));
  painter.setBrush(background);
  painter.drawEllipse(at, radius, radius);
}

void paint_backing(QPainter& painter, const QRectF& area, const Background& background) {
  if (background.color.a == 0) return;
  QColor color = to_qcolor(background.color);
  color.setAlphaF(0.75);
  QPainterPath path;
  path.addRoundedRect(area, 4, 4);
  painter.fillPath(path, color);
}

double bar_height(const Sight& sight, double around_px) {
  constexpr double least = 44;  // two numbers, one above the other
  constexpr double title = 12;  // of it, what would be cut in the smallest panel with a bar
  const double room = static_cast<double>(sight.size_px.y) - around_px - title;
  if (room >= color_bar_height) return color_bar_height;
  return room >= least ? std::floor(room) : 0;
}

namespace {
// As many as stand so far from each other; two where none do.
std::vector<ColorBarTick> spaced_ticks(const ColorBar& bar, float least_distance) {
  constexpr int most = 8;
  std::vector<ColorBarTick> ticks;
  for (int wanted = most; wanted >= 2; --wanted) {
    auto fewer = color_bar_ticks(static_cast<double>(bar.scale.low), static_cast<double>(bar.scale.high), wanted);
    if (fewer.size() < 2 && !ticks.empty()) break;
    ticks = std::move(fewer);
    if (ticks.size() < 2 || std::abs(ticks[1].position - ticks[0].position) >= least_distance) break;
  }
  return ticks;
}
}  // namespace

QRectF paint_color_bar(QPainter& painter, const ColorBar& bar, QPointF top_left, double h, std::optional<double> marked,
                       const Background& background) {
  constexpr double w = color_bar_width, least_tick_distance = 15;
  const auto ticks = h < color_bar_height ? spaced_ticks(bar, static_cast<float>(least_tick_distance / h)) : bar.ticks;
  const Tokens& t = tokens(background.look);
  const QFont font = ui_font(11);
  const double x = top_left.x(), top = top_left.y();
  const QString title = to_qtext(bar.title);
  double label_width = text_width(title, font) - w;
  for (const auto& tick : ticks) label_width = std::max(label_width, 8 + text_width(to_qtext(tick.label), font));
  paint_backing(painter, {x - label_width - 4, top - 26, label_width + w + 10, h + 36}, background);
  QImage ramp(1, 256, QImage::Format_RGB32);
  for (int i = 0; i < 256; ++i) ramp.setPixelColor(0, 255 - i, to_qcolor(bar.table[static_cast<std::size_t>(i)]));
  painter.drawImage(QRectF(x, top, w, h), ramp);
  painter.setPen(to_qcolor(t.text1));
  draw_text(painter, QRectF(x + w - 160, top - 24, 160, 16), Qt::AlignRight | Qt::AlignVCenter, title, font);
  for (const auto& tick : ticks) {
    const double y = std::round(top + (1 - static_cast<double>(tick.position)) * h) + 0.5;
    painter.setPen(QPen(to_qcolor(t.edge), 1));
    painter.drawLine(QPointF(x - 5, y), QPointF(x - 1, y));
    painter.setPen(to_qcolor(t.text2));
    draw_text(painter, QRectF(x - 68, y - 8, 60, 16), Qt::AlignRight | Qt::AlignVCenter, to_qtext(tick.label), font);
  }
  const QRectF area(x - 68, top - 24, w + 68 + 8, h + 32);
  if (!marked) return area;
  const double u = bar.scale.high > bar.scale.low
                       ? std::clamp((*marked - bar.scale.low) / (bar.scale.high - bar.scale.low), 0.0, 1.0)
                       : 0;
  const double y = top + (1 - u) * h;
  QPainterPath mark;
  mark.moveTo(x + w + 2, y);
  mark.lineTo(x + w + 8, y - 4);
  mark.lineTo(x + w + 8, y + 4);
  mark.closeSubpath();
  painter.fillPath(mark, to_qcolor(t.text1));
  return area;
}

void paint_value_tooltip(QPainter& painter, const QRectF& area, QPointF pointer, const QString& place,
                         const QString& value, const QString& quiet, Theme look) {
  const Tokens& t = tokens(look);
  const QFont small = ui_font(12), large = ui_font(13, 600);
  const double value_width = text_width(value, large);
  const double w = std::max(text_width(place, small),
                            value_width + (quiet.isEmpty() ? 0 : 8 + text_width(quiet, small))) +
                   20,
               h = 46;
  QPointF at = pointer + QPointF(16, 16);
  if (at.x() + w > area.right() - 4) at.setX(pointer.x() - w - 12);
  if (at.y() + h > area.bottom() - 4) at.setY(pointer.y() - h - 12);
  const QRectF box(std::round(at.x()), std::round(at.y()), w, h);
  painter.setPen(Qt::NoPen);
  painter.setBrush(to_qcolor(t.tip));
  painter.drawRoundedRect(box, 4, 4);
  painter.setPen(to_qcolor(t.tip_text));
  draw_text(painter, QRectF(box.x() + 10, box.y() + 5, w, 16), Qt::AlignLeft | Qt::AlignVCenter, place, small);
  draw_text(painter, QRectF(box.x() + 10, box.y() + 24, w, 16), Qt::AlignLeft | Qt::AlignVCenter, value, large);
  QColor faint = to_qcolor(t.tip_text);
  faint.setAlphaF(0.75f);
  painter.setPen(faint);
  draw_text(painter, QRectF(box.x() + 18 + value_width, box.y() + 24, w, 16), Qt::AlignLeft | Qt::AlignVCenter, quiet,
            small);
}

void paint_chip(QPainter& painter, const QString& text, Theme look) {
  if (text.isEmpty()) return;
  const Tokens& t = tokens(look);
  const QFont font = ui_font(12);
  const QRectF box(12, 12, text_width(text, font) + 16, 20);
  painter.setPen(QPen(to_qcolor(t.edge), 1));
  painter.setBrush(to_qcolor(t.panel));
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  painter.setPen(to_qcolor(t.text1));
  draw_text(painter, box, Qt::AlignCenter, text, font);
}

void paint_axes_sign(QPainter& painter, const Camera& camera, QPointF origin, int hovered, Theme look) {
  const auto marks = axes_sign(camera);
  const Tokens& t = tokens(look);
  const char* names[] = {"x", "y", "z"};
  for (int i = 0; i < 3; ++i) {
    const auto& mark = marks[static_cast<std::size_t>(i)];
    const bool under = hovered == i;
    painter.setPen(QPen(to_qcolor(under ? t.text1 : t.text2), under ? 1.8 : 1.2));
    if (mark.towards) {
      painter.setBrush(to_qcolor(under ? t.text1 : t.text2));
      painter.drawEllipse(origin, 1.5, 1.5);
      continue;
    }
    painter.drawLine(origin, origin + QPointF(mark.end.x, mark.end.y));
    const QPointF label = origin + QPointF(mark.label.x, mark.label.y);
    draw_text(painter, QRectF(label.x() - 8, label.y() - 8, 16, 16), Qt::AlignCenter, names[i],
              ui_font(11, under ? 600 : 400));
  }
}

}  // namespace cnv::desktop
