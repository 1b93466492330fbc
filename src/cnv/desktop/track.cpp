#include "cnv/desktop/track.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr double handle_radius = 6, ring_radius = 9, reach = 10, middle = 10;
constexpr double rest_opacity = 0.55;
constexpr int default_steps = 100;

}  // namespace

Track::Track(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setProperty("own_focus_sign", true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Track::set_ticks(std::vector<TrackTick> ticks) {
  ticks_ = std::move(ticks);
  updateGeometry();
  update();
}

QSize Track::sizeHint() const { return {120, ticks_.empty() ? 20 : 32}; }

void Track::set_position(double position) {
  const double bounded = std::isfinite(position) ? std::clamp(position, 0.0, 1.0) : 0;
  if (bounded == position_) return;
  position_ = bounded;
  update();
}

// The handle stays far enough inside for its focus ring; the track itself reaches both edges.
double Track::x_of(double position) const { return reach + position * (width() - 2 * reach); }
double Track::position_of(double x) const {
  return std::clamp((x - reach) / std::max(1.0, width() - 2 * reach), 0.0, 1.0);
}

void Track::move_to(double position) {
  double wanted = std::clamp(position, 0.0, 1.0);
  if (steps_ > 0) wanted = std::round(wanted * steps_) / steps_;
  if (wanted == position_) return;
  position_ = wanted;
  update();
  Q_EMIT
  moved(position_);
}

void Track::step_by(int steps) {
  if (own_steps_) return own_steps_(steps);
  const double count = steps_ > 0 ? steps_ : default_steps;
  const double here = position_ * count;
  // From between two stops to the next stop in that direction.
  const double from = steps > 0 ? std::floor(here + 1e-9) : std::ceil(here - 1e-9);
  move_to((from + steps) / count);
}

void Track::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  dragging_ = true;
  move_to(position_of(event->position().x()));
}

void Track::mouseMoveEvent(QMouseEvent* event) {
  if (dragging_) move_to(position_of(event->position().x()));
}

void Track::mouseReleaseEvent(QMouseEvent*) { dragging_ = false; }

// Only with the focus, so that scrolling a panel never changes a value under the pointer.
void Track::wheelEvent(QWheelEvent* event) {
  if (!hasFocus()) return event->ignore();
  if (const int notches = wheel_.take(*event); notches != 0) step_by(notches);
}

void Track::keyPressEvent(QKeyEvent* event) {
  const int page = std::max(1, (steps_ > 0 ? steps_ : default_steps) / 10);
  switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Up: step_by(1); break;
    case Qt::Key_Left:
    case Qt::Key_Down: step_by(-1); break;
    case Qt::Key_PageUp: step_by(page); break;
    case Qt::Key_PageDown: step_by(-page); break;
    case Qt::Key_Home: move_to(0); break;
    case Qt::Key_End: move_to(1); break;
    default: event->ignore();
  }
}

void Track::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const double x = x_of(position_);
  QColor rest = ink(&Tokens::edge);
  rest.setAlphaF(static_cast<float>(rest_opacity));
  painter.fillRect(QRectF(x, middle - 1, width() - x, 2), rest);
  painter.fillRect(QRectF(0, middle - 1, x, 2), position_ > 0 ? ink(&Tokens::accent) : rest);
  for (const TrackTick& tick : ticks_) {
    const double at = std::floor(x_of(tick.position)) + 0.5;
    painter.setPen(QPen(ink(&Tokens::text3), 1));
    painter.drawLine(QPointF(at, middle + 5), QPointF(at, middle + 8));
    const double label_width = text_width(tick.label, ui_font(10));
    const double left = std::clamp(at - label_width / 2, 0.0, width() - label_width);
    painter.setPen(ink(&Tokens::text2));
    draw_text(painter, QPointF(left, middle + 19), tick.label, ui_font(10));
  }
  // What lies below the track must not shine through the handle, also where it is faded.
  painter.setOpacity(1);
  const QColor panel = palette().color(backgroundRole());
  painter.setPen(Qt::NoPen);
  painter.setBrush(panel);
  painter.drawEllipse(QPointF(x, middle), handle_radius, handle_radius);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  painter.setBrush(ink(&Tokens::panel));
  painter.setPen(QPen(ink(&Tokens::accent), 2));
  painter.drawEllipse(QPointF(x, middle), handle_radius - 1, handle_radius - 1);
  if (!hasFocus()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(ink(&Tokens::accent), 2));
  painter.drawEllipse(QPointF(x, middle), ring_radius, ring_radius);
}

}  // namespace cnv::desktop
