// The window's own icons: 16 × 16, stroke 1.4, round ends, painted in any colour. GUI thread.
#pragma once

#include <QColor>
#include <QPainter>
#include <QPainterPath>

namespace cnv::desktop {

enum class Icon {
  none,
  run,
  pause,
  step,
  reset,
  fit,
  color_bar,
  more,
  close,
  undo,
  check,
  error,
  warning,
  copy,
  chevron_down,
  chevron_right,
  chevron_up,
  float_out,
  dot,
  circle,
};

// Strokes of the icon in a 16 × 16 box.
QPainterPath icon_path(Icon icon);
// Paints the icon with its box at `top_left`, scaled from 16 to `size` px.
void paint_icon(QPainter& painter, Icon icon, QPointF top_left, const QColor& color, double size = 16);

}  // namespace cnv::desktop
