#include "cnv/desktop/morphology_panel.hpp"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/draw/axes_sign.hpp"
#include "cnv/draw/scale_bar.hpp"

namespace cnv::desktop {
namespace {

constexpr double click_slack_px = 5;
constexpr double bar_width = 12, bar_height = 176, margin = 20;

// A ring with a gap of the background inside and outside, readable on anything.
void paint_ring(QPainter& painter, QPointF at, double radius, const QColor& color, const QColor& background) {
  painter.setPen(QPen(background, 4));
  painter.setBrush(background);
  painter.drawEllipse(at, radius, radius);
  painter.setPen(QPen(color, 2));
  painter.setBrush(background);
  painter.drawEllipse(at, radius, radius);
}

}  // namespace

MorphologyPanel::MorphologyPanel(SceneModel& model, ImageHost* host, std::string panel_id, std::string view_id, QWidget* parent)
    : QWidget(parent), model_(model), panel_id_(std::move(panel_id)), view_id_(std::move(view_id)) {
  if (host) image_.emplace(*host);
  setMouseTracking(true);
  setFocusPolicy(Qt::ClickFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setProperty("own_focus_sign", true);
  setAccessibleName(tr("Morphology: the cell in 3-D"));
}

QString MorphologyPanel::refresh() {
  auto* view = model_.morphology(view_id_);
  if (!view || !image_ || width() <= 0 || height() <= 0) return {};
  const double ratio = devicePixelRatioF();
  look_ = view->background().look;
  const auto drawn = image_->draw(*view, camera(), QSize(static_cast<int>(std::lround(width() * ratio)), static_cast<int>(std::lround(height() * ratio))), ratio, look_);
  if (hover_ && underMouse()) hover_ = view->hover(camera(), size_vec(), {static_cast<float>(hover_place_.x()), static_cast<float>(hover_place_.y())});
  update();
  return drawn ? QString() : to_qtext(drawn.error());
}

void MorphologyPanel::fit(bool) {
  model_.fit_camera(panel_id_, size_vec());
  Q_EMIT moved();
}

void MorphologyPanel::look_along(int axis) {
  camera().look_along(axis);
  hover_.reset();
  Q_EMIT moved();
}

void MorphologyPanel::set_orthographic(bool parallel) {
  if (camera().orthographic == parallel) return;
  camera().orthographic = parallel;
  Q_EMIT moved();
}

QRectF MorphologyPanel::color_bar_area() const { return color_bar_area_; }

void MorphologyPanel::set_chip(const QString& chip) {
  chip_ = chip;
  update();
}

// ---- painting ---------------------------------------------------------------------------------------------------------

void MorphologyPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto* view = model_.morphology(view_id_);
  const Tokens& tokens_of_look = tokens(look_);
  painter.fillRect(rect(), view ? to_qcolor(view->background().color) : to_qcolor(tokens_of_look.panel));
  if (!view) return;
  if (image_ && view->tree() && !image_->image().isNull()) painter.drawImage(QRectF(rect()), image_->image());
  if (!view->message().empty()) {
    painter.setPen(to_qcolor(tokens_of_look.text3));
    draw_text(painter, QRectF(rect()), Qt::AlignCenter, to_qtext(view->message()), ui_font(12));
    return;
  }
  paint_marks(painter, *view);
  paint_color_bar(painter, *view);
  paint_scale_bar(painter);
  paint_axes(painter);
  if (hover_) paint_tooltip(painter);
  if (chip_.isEmpty()) return;
  const QFont font = ui_font(12);
  const QRectF box(12, 12, text_width(chip_, font) + 16, 20);
  painter.setPen(QPen(to_qcolor(tokens_of_look.edge), 1));
  painter.setBrush(to_qcolor(tokens_of_look.panel));
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  painter.setPen(to_qcolor(tokens_of_look.text1));
  draw_text(painter, box, Qt::AlignCenter, chip_, font);
}

void MorphologyPanel::paint_marks(QPainter& painter, const MorphologyView& view) {
  const auto screen = [&](glm::vec3 point) { return project(camera(), size_vec(), point); };
  const QColor background = to_qcolor(view.background().color);
  for (const auto& mark : view.place_marks())
    if (const auto p = screen(mark.point); p.z > 0) paint_ring(painter, {p.x, p.y}, 4, to_qcolor(mark.color), background);
  if (hover_)
    if (const auto p = screen(hover_->point); p.z > 0) paint_ring(painter, {p.x, p.y}, 4, to_qcolor(tokens(look_).text1), background);
}

void MorphologyPanel::paint_color_bar(QPainter& painter, const MorphologyView& view) {
  const auto bar = view.color_bar();
  color_bar_area_ = {};
  if (!bar || height() < bar_height + 70) return;
  const Tokens& t = tokens(look_);
  const QFont ticks = ui_font(11);
  const double x = width() - margin - bar_width, top = height() - margin - bar_height - 34;
  color_bar_area_ = QRectF(x - 68, top - 24, bar_width + 68 + 8, bar_height + 32);
  QImage ramp(1, 256, QImage::Format_RGB32);
  for (int i = 0; i < 256; ++i) ramp.setPixelColor(0, 255 - i, to_qcolor(bar->table[static_cast<std::size_t>(i)]));
  painter.drawImage(QRectF(x, top, bar_width, bar_height), ramp);
  painter.setPen(to_qcolor(t.text1));
  const QString title = to_qtext(bar->title);
  draw_text(painter, QRectF(x + bar_width - 120, top - 24, 120, 16), Qt::AlignRight | Qt::AlignVCenter, title, ui_font(11));
  for (const auto& tick : bar->ticks) {
    const double y = std::round(top + (1 - static_cast<double>(tick.position)) * bar_height) + 0.5;
    painter.setPen(QPen(to_qcolor(t.edge), 1));
    painter.drawLine(QPointF(x - 5, y), QPointF(x - 1, y));
    painter.setPen(to_qcolor(t.text2));
    draw_text(painter, QRectF(x - 68, y - 8, 60, 16), Qt::AlignRight | Qt::AlignVCenter, to_qtext(tick.label), ticks);
  }
  if (!hover_ || !hover_->value) return;
  const auto scale = bar->scale;
  const double u = scale.high > scale.low ? std::clamp((*hover_->value - scale.low) / (scale.high - scale.low), 0.0, 1.0) : 0;
  const double y = top + (1 - u) * bar_height;
  QPainterPath mark;
  mark.moveTo(x + bar_width + 2, y);
  mark.lineTo(x + bar_width + 8, y - 4);
  mark.lineTo(x + bar_width + 8, y + 4);
  mark.closeSubpath();
  painter.fillPath(mark, to_qcolor(t.text1));
}

void MorphologyPanel::paint_scale_bar(QPainter& painter) {
  const auto bar = scale_bar(camera().pixels_per_um(size_vec()), 150);
  if (bar.label.empty()) return;
  const Tokens& t = tokens(look_);
  const double y = height() - margin - 2.5, x = margin + 0.5, w = std::round(static_cast<double>(bar.width_px));
  painter.setPen(QPen(to_qcolor(t.text1), 1));
  painter.drawLine(QPointF(x, y), QPointF(x + w, y));
  painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 1));
  painter.drawLine(QPointF(x + w, y - 4), QPointF(x + w, y + 1));
  draw_text(painter, QRectF(x - 40, y - 22, w + 80, 16), Qt::AlignCenter, to_qtext(bar.label), ui_font(11));
}

void MorphologyPanel::paint_axes(QPainter& painter) {
  const auto marks = axes_sign(camera());
  const Tokens& t = tokens(look_);
  const QPointF origin = axes_origin();
  const char* names[] = {"x", "y", "z"};
  for (int i = 0; i < 3; ++i) {
    const auto& mark = marks[static_cast<std::size_t>(i)];
    const bool under = axis_hover_ == i;
    painter.setPen(QPen(to_qcolor(under ? t.text1 : t.text2), under ? 1.8 : 1.2));
    if (mark.towards) {
      painter.setBrush(to_qcolor(under ? t.text1 : t.text2));
      painter.drawEllipse(origin, 1.5, 1.5);
      continue;
    }
    painter.drawLine(origin, origin + QPointF(mark.end.x, mark.end.y));
    const QPointF label = origin + QPointF(mark.label.x, mark.label.y);
    draw_text(painter, QRectF(label.x() - 8, label.y() - 8, 16, 16), Qt::AlignCenter, names[i], ui_font(11, under ? 600 : 400));
  }
}

std::optional<int> MorphologyPanel::axis_under(QPointF place) {
  const QPointF from = place - axes_origin();
  return axis_at(camera(), {static_cast<float>(from.x()), static_cast<float>(from.y())});
}

void MorphologyPanel::paint_tooltip(QPainter& painter) {
  const Tokens& t = tokens(look_);
  const QFont small = ui_font(12), large = ui_font(13, 600);
  const QString place = to_qtext(hover_->place_text), value = to_qtext(hover_->value_text), diameter = to_qtext(hover_->diameter_text);
  const double value_width = text_width(value, large);
  const double w = std::max(text_width(place, small), value_width + 8 + text_width(diameter, small)) + 20, h = 46;
  QPointF at = hover_place_ + QPointF(16, 16);
  if (at.x() + w > width() - 4) at.setX(hover_place_.x() - w - 12);
  if (at.y() + h > height() - 4) at.setY(hover_place_.y() - h - 12);
  const QRectF box(std::round(at.x()), std::round(at.y()), w, h);
  painter.setPen(Qt::NoPen);
  painter.setBrush(to_qcolor(t.tip));
  painter.drawRoundedRect(box, 4, 4);
  painter.setPen(to_qcolor(t.tip_text));
  draw_text(painter, QRectF(box.x() + 10, box.y() + 5, w, 16), Qt::AlignLeft | Qt::AlignVCenter, place, small);
  draw_text(painter, QRectF(box.x() + 10, box.y() + 24, w, 16), Qt::AlignLeft | Qt::AlignVCenter, value, large);
  QColor quiet = to_qcolor(t.tip_text);
  quiet.setAlphaF(0.75f);
  painter.setPen(quiet);
  draw_text(painter, QRectF(box.x() + 18 + value_width, box.y() + 24, w, 16), Qt::AlignLeft | Qt::AlignVCenter, diameter, small);
}

// ---- gestures -----------------------------------------------------------------------------------------------------------

void MorphologyPanel::resizeEvent(QResizeEvent*) { Q_EMIT moved(); }

void MorphologyPanel::mousePressEvent(QMouseEvent* event) {
  press_place_ = last_place_ = event->position();
  pressed_ = true;
  dragged_ = false;
}

void MorphologyPanel::mouseMoveEvent(QMouseEvent* event) {
  if (!pressed_) return hover_at(event->position());
  if (!dragged_ && (event->position() - press_place_).manhattanLength() <= click_slack_px) return;
  dragged_ = true;
  const QPointF delta = event->position() - last_place_;
  last_place_ = event->position();
  const glm::vec2 drag(static_cast<float>(delta.x()), static_cast<float>(delta.y()));
  const bool shift = event->modifiers() & Qt::ShiftModifier;
  if (event->buttons() & Qt::MiddleButton || (event->buttons() & Qt::LeftButton && shift)) camera().pan(drag, size_vec());
  else if (event->buttons() & Qt::LeftButton) camera().orbit(drag);
  else if (event->buttons() & Qt::RightButton && shift) camera().change_fov(static_cast<float>(-delta.y()) * 0.25f);
  else if (event->buttons() & Qt::RightButton) camera().dolly(static_cast<float>(-delta.y()) / 20.0f);
  hover_.reset();
  Q_EMIT moved();
}

void MorphologyPanel::mouseReleaseEvent(QMouseEvent* event) {
  if (event->buttons() != Qt::NoButton) return;
  pressed_ = false;
  if (dragged_) return hover_at(event->position());
  click_at(event->position(), event->modifiers() & Qt::ShiftModifier);
}

void MorphologyPanel::click_at(QPointF place, bool add) {
  if (color_bar_area_.contains(place)) return Q_EMIT colors_requested(mapToGlobal(place.toPoint()));
  if (const auto axis = axis_under(place)) return look_along(*axis);
  auto* view = model_.morphology(view_id_);
  if (!view) return;
  const auto hit = view->hover(camera(), size_vec(), {static_cast<float>(place.x()), static_cast<float>(place.y())});
  if (hit && hit->entity >= 0) Q_EMIT entity_clicked(to_qtext(hit->entity_id), add);
}

// The first of the two clicks has selected the segment; the second brings it to the middle.
void MorphologyPanel::mouseDoubleClickEvent(QMouseEvent* event) {
  if (color_bar_area_.contains(event->position()) || axis_under(event->position())) return mousePressEvent(event);
  auto* view = model_.morphology(view_id_);
  const auto hit = view && event->button() == Qt::LeftButton ? view->hover(camera(), size_vec(), {static_cast<float>(event->position().x()), static_cast<float>(event->position().y())}) : std::nullopt;
  if (!hit) return mousePressEvent(event);
  camera().center = hit->point;
  pressed_ = dragged_ = true;  // its release is no click
  press_place_ = last_place_ = event->position();
  hover_.reset();
  Q_EMIT moved();
}

// The right button zooms; the menu key opens the colours.
void MorphologyPanel::contextMenuEvent(QContextMenuEvent* event) {
  if (event->reason() != QContextMenuEvent::Keyboard) return;
  Q_EMIT colors_requested(mapToGlobal(color_bar_area_.isEmpty() ? rect().center() : color_bar_area_.topLeft().toPoint()));
}

void MorphologyPanel::wheelEvent(QWheelEvent* event) {
  double notches = event->angleDelta().y() / 120.0;
  if (notches == 0 && !event->pixelDelta().isNull()) notches = event->pixelDelta().y() / 40.0;
  camera().zoom_at(static_cast<float>(notches), {static_cast<float>(event->position().x()), static_cast<float>(event->position().y())}, size_vec());
  event->accept();
  Q_EMIT moved();
}

bool MorphologyPanel::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto axis = axis_under(help->pos());
    const QString text = color_bar_area_.contains(help->pos()) ? tr("Colour map and limits") : axis ? tr("Look along %1; again: from the other end").arg(QLatin1Char("xyz"[*axis])) : QString();
    if (text.isEmpty()) QToolTip::hideText();
    else QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  if (event->type() == QEvent::NativeGesture) {
    auto* gesture = static_cast<QNativeGestureEvent*>(event);
    if (gesture->gestureType() == Qt::ZoomNativeGesture) {
      camera().zoom_at(static_cast<float>(gesture->value() * 10), {static_cast<float>(gesture->position().x()), static_cast<float>(gesture->position().y())}, size_vec());
      Q_EMIT moved();
      return true;
    }
  }
  return QWidget::event(event);
}

void MorphologyPanel::hover_at(QPointF place) {
  auto* view = model_.morphology(view_id_);
  if (!view) return;
  const bool before = hover_.has_value();
  const auto axis_before = axis_hover_;
  hover_place_ = place;
  const bool on_bar = color_bar_area_.contains(place);
  axis_hover_ = on_bar ? std::nullopt : axis_under(place);
  hover_ = on_bar || axis_hover_ ? std::nullopt : view->hover(camera(), size_vec(), {static_cast<float>(place.x()), static_cast<float>(place.y())});
  setCursor(hover_ || on_bar || axis_hover_ ? Qt::PointingHandCursor : Qt::ArrowCursor);
  if (hover_ || before || axis_before != axis_hover_) update();
}

void MorphologyPanel::leaveEvent(QEvent*) {
  if (!hover_ && !axis_hover_) return;
  hover_.reset();
  axis_hover_.reset();
  update();
}

}  // namespace cnv::desktop
