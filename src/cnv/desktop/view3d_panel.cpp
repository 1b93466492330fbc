#include "cnv/desktop/view3d_panel.hpp"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <cmath>

#include "cnv/desktop/wheel.hpp"
#include "cnv/draw/axes_sign.hpp"

namespace cnv::desktop {
namespace {
constexpr double click_slack_px = 5;
}

View3dPanel::View3dPanel(SceneModel& model, std::string panel_id, std::string view_id, QWidget* parent)
    : QWidget(parent), model_(model), panel_id_(std::move(panel_id)), view_id_(std::move(view_id)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setProperty("leaves_keys", true);  // arrow keys are the model's
  setAttribute(Qt::WA_OpaquePaintEvent);
  setProperty("own_focus_sign", true);
}

QSize View3dPanel::device_size() const {
  const double ratio = devicePixelRatioF();
  return {static_cast<int>(std::lround(width() * ratio)), static_cast<int>(std::lround(height() * ratio))};
}

glm::vec2 View3dPanel::room_vec() const {
  if (!room_) return size_vec();
  const QSize room = room_();
  return {static_cast<float>(room.width()), static_cast<float>(room.height())};
}

void View3dPanel::fit(bool) {
  model_.fit_camera(panel_id_, room_vec());
  Q_EMIT
  moved();
}

void View3dPanel::look_along(int axis) {
  camera().look_along(axis);
  forget_hover();
  Q_EMIT
  moved();
}

void View3dPanel::set_orthographic(bool parallel) {
  if (camera().orthographic == parallel) return;
  camera().orthographic = parallel;
  Q_EMIT
  moved();
}

void View3dPanel::set_chip(const QString& chip) {
  chip_ = chip;
  update();
}

void View3dPanel::look_at(glm::vec3 point) {
  camera().center = point;
  forget_hover();
  Q_EMIT
  moved();
}

std::optional<int> View3dPanel::axis_under(QPointF place) { return axis_at(camera(), vec(place - axes_origin())); }

void View3dPanel::resizeEvent(QResizeEvent*) {
  Q_EMIT
  moved();
}

void View3dPanel::mousePressEvent(QMouseEvent* event) {
  press_place_ = last_place_ = event->position();
  pressed_ = true;
  dragged_ = false;
  part_drags_ = event->button() == Qt::LeftButton && !(event->modifiers() & Qt::ShiftModifier) &&
                !color_bar_area_.contains(event->position()) && take_drag(event->position());
}

void View3dPanel::swallow_click(QPointF place) {
  press_place_ = last_place_ = place;
  pressed_ = dragged_ = true;
  part_drags_ = false;
}

void View3dPanel::mouseMoveEvent(QMouseEvent* event) {
  if (!pressed_) return hover_at(event->position());
  if (!dragged_ && !part_drags_ && (event->position() - press_place_).manhattanLength() <= click_slack_px) return;
  dragged_ = true;
  if (part_drags_) return drag_part(event->position());
  const QPointF delta = event->position() - last_place_;
  last_place_ = event->position();
  const bool shift = event->modifiers() & Qt::ShiftModifier;
  if (event->buttons() & Qt::MiddleButton || (event->buttons() & Qt::LeftButton && shift))
    camera().pan(vec(delta), size_vec());
  else if (event->buttons() & Qt::LeftButton) camera().orbit(vec(delta));
  else if (event->buttons() & Qt::RightButton && shift) camera().change_fov(static_cast<float>(-delta.y()) * 0.25f);
  else if (event->buttons() & Qt::RightButton) camera().dolly(static_cast<float>(-delta.y()) / 20.0f);
  forget_hover();
  Q_EMIT
  moved();
}

void View3dPanel::mouseReleaseEvent(QMouseEvent* event) {
  if (event->buttons() != Qt::NoButton) return;
  pressed_ = false;
  if (std::exchange(part_drags_, false)) {
    end_drag();
    return hover_at(event->position());
  }
  if (dragged_) return hover_at(event->position());
  if (event->button() == Qt::RightButton && !color_bar_area_.contains(event->position()))
    return ask_menu(event->position());
  if (color_bar_area_.contains(event->position())) return Q_EMIT
  colors_requested(mapToGlobal(event->position().toPoint()));
  if (const auto axis = axis_under(event->position())) return look_along(*axis);
  click_at(event->position(), event->modifiers() & Qt::ShiftModifier);
}

// The right button zooms, and opens a menu where it was not moved; the menu key opens the colours.
void View3dPanel::contextMenuEvent(QContextMenuEvent* event) {
  if (event->reason() != QContextMenuEvent::Keyboard) return;
  Q_EMIT
  colors_requested(mapToGlobal(color_bar_area_.isEmpty() ? rect().center() : color_bar_area_.topLeft().toPoint()));
}

void View3dPanel::wheelEvent(QWheelEvent* event) {
  double notches = wheel_notches(*event);
  if (notches == 0 && !event->pixelDelta().isNull()) notches = event->pixelDelta().y() / 40.0;
  camera().zoom_at(static_cast<float>(notches), vec(event->position()), size_vec());
  event->accept();
  Q_EMIT
  moved();
}

bool View3dPanel::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto axis = axis_under(help->pos());
    const QString text = color_bar_area_.contains(help->pos()) ? tr("Colour map and limits")
                         : axis ? tr("Look along %1; again: from the other end").arg(QLatin1Char("xyz"[*axis]))
                                : QString();
    if (text.isEmpty()) QToolTip::hideText();
    else QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  if (event->type() == QEvent::NativeGesture) {
    auto* gesture = static_cast<QNativeGestureEvent*>(event);
    if (gesture->gestureType() == Qt::ZoomNativeGesture) {
      camera().zoom_at(static_cast<float>(gesture->value() * 10), vec(gesture->position()), size_vec());
      Q_EMIT
      moved();
      return true;
    }
  }
  return QWidget::event(event);
}

void View3dPanel::hover_at(QPointF place) {
  const bool before = has_hover();
  const auto axis_before = axis_hover_;
  hover_place_ = place;
  const bool on_bar = color_bar_area_.contains(place);
  axis_hover_ = on_bar ? std::nullopt : axis_under(place);
  bool found = false;
  if (on_bar || axis_hover_) forget_hover();
  else found = find_hover(place);
  if (on_bar || axis_hover_) setCursor(Qt::PointingHandCursor);
  else if (!found) setCursor(Qt::ArrowCursor);
  if (found || before || axis_before != axis_hover_) update();
}

void View3dPanel::leaveEvent(QEvent*) {
  if (!has_hover() && !axis_hover_) return;
  forget_hover();
  axis_hover_.reset();
  update();
}

}  // namespace cnv::desktop
