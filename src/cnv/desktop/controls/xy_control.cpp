#include "cnv/desktop/controls/xy_control.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/draw/number_format.hpp"

namespace cnv::desktop {
namespace {

constexpr int pad_height = 150, least_pad_width = 160, values_gap = 8;
constexpr double reach = 11, ring_radius = 9;
constexpr double key_step = 0.02, fine_key_step = 0.002;

// Three digits of the range.
QString coordinate_text(const QString& label, double value, double low, double high, const QString& unit) {
  const double magnitude = std::max({std::abs(low), std::abs(high), 1e-12});
  const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(magnitude))), 0, 9);
  return label + u' ' + QString::fromStdString(format_with_unit(value, decimals, unit.toStdString()));
}

QPointF xy_point(const QVariant& value) {
  const QVariantMap map = value.toMap();
  return {map.value(QStringLiteral("x")).toDouble(), map.value(QStringLiteral("y")).toDouble()};
}

}  // namespace

QVariantMap xy_variant(QPointF value) { return {{QStringLiteral("x"), value.x()}, {QStringLiteral("y"), value.y()}}; }

QPointF xy_inside(const XySpec& spec, QPointF value) {
  const QPointF half((spec.x_max - spec.x_min) / 2, (spec.y_max - spec.y_min) / 2);
  const QPointF center(spec.x_min + half.x(), spec.y_min + half.y());
  if (spec.round && half.x() > 0 && half.y() > 0) {
    const QPointF unit((value.x() - center.x()) / half.x(), (value.y() - center.y()) / half.y());
    const double radius = std::hypot(unit.x(), unit.y());
    if (radius > 1) return center + QPointF(unit.x() / radius * half.x(), unit.y() / radius * half.y());
  }
  return {std::clamp(value.x(), std::min(spec.x_min, spec.x_max), std::max(spec.x_min, spec.x_max)),
          std::clamp(value.y(), std::min(spec.y_min, spec.y_max), std::max(spec.y_min, spec.y_max))};
}

XyPad::XyPad(const XySpec& spec, QWidget* parent) : QWidget(parent), spec_(spec), value_(spec.default_value) {
  setFocusPolicy(Qt::StrongFocus);
  setProperty("own_focus_sign", true);
  setFixedHeight(pad_height);
  setMinimumWidth(least_pad_width);
  setAccessibleName(spec.label);
}

void XyPad::set_value(QPointF value) {
  value_ = value;
  update();
}

QRectF XyPad::frame() const {
  const QRectF all = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  if (!spec_.round) return all;
  const double side = std::min(all.width(), all.height());
  return {all.center() - QPointF(side / 2, side / 2), QSizeF(side, side)};
}

QRectF XyPad::area() const { return frame().adjusted(reach, reach, -reach, -reach); }

QPointF XyPad::to_pixel(QPointF value) const {
  const QRectF box = area();
  const auto part = [](double v, double low, double high) { return high != low ? (v - low) / (high - low) : 0.5; };
  return {box.left() + part(value.x(), spec_.x_min, spec_.x_max) * box.width(),
          box.bottom() - part(value.y(), spec_.y_min, spec_.y_max) * box.height()};
}

QPointF XyPad::from_pixel(QPointF pixel) const {
  const QRectF box = area();
  return {spec_.x_min + (pixel.x() - box.left()) / box.width() * (spec_.x_max - spec_.x_min),
          spec_.y_min + (box.bottom() - pixel.y()) / box.height() * (spec_.y_max - spec_.y_min)};
}

void XyPad::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  Q_EMIT
  moved(from_pixel(event->position()));
}

void XyPad::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) Q_EMIT
  moved(from_pixel(event->position()));
}

void XyPad::keyPressEvent(QKeyEvent* event) {
  const double part = event->modifiers() & Qt::ShiftModifier ? fine_key_step : key_step;
  const QPointF step(part * (spec_.x_max - spec_.x_min), part * (spec_.y_max - spec_.y_min));
  switch (event->key()) {
    case Qt::Key_Left:
      Q_EMIT
      moved(value_ - QPointF(step.x(), 0));
      break;
    case Qt::Key_Right:
      Q_EMIT
      moved(value_ + QPointF(step.x(), 0));
      break;
    case Qt::Key_Down:
      Q_EMIT
      moved(value_ - QPointF(0, step.y()));
      break;
    case Qt::Key_Up:
      Q_EMIT
      moved(value_ + QPointF(0, step.y()));
      break;
    case Qt::Key_Home:
      Q_EMIT
      moved({spec_.x_min, value_.y()});
      break;
    case Qt::Key_End:
      Q_EMIT
      moved({spec_.x_max, value_.y()});
      break;
    case Qt::Key_PageUp:
      Q_EMIT
      moved({value_.x(), spec_.y_max});
      break;
    case Qt::Key_PageDown:
      Q_EMIT
      moved({value_.x(), spec_.y_min});
      break;
    default: event->ignore();
  }
}

// Quarters of the ranges, and a cross through the handle.
void XyPad::paint_lines(QPainter& painter, const QPointF& handle) const {
  const QRectF box = frame(), inner = area();
  const auto vertical = [&](double x) {
    painter.drawLine(QPointF(std::floor(x) + 0.5, box.top()), QPointF(std::floor(x) + 0.5, box.bottom()));
  };
  const auto horizontal = [&](double y) {
    painter.drawLine(QPointF(box.left(), std::floor(y) + 0.5), QPointF(box.right(), std::floor(y) + 0.5));
  };
  painter.setPen(QPen(ink(&Tokens::grid), 1));
  for (int i = 0; i <= 4; ++i) {
    vertical(inner.left() + inner.width() * i / 4);
    horizontal(inner.top() + inner.height() * i / 4);
  }
  painter.setPen(QPen(ink(&Tokens::accent), 1));
  vertical(handle.x());
  horizontal(handle.y());
}

void XyPad::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  QPainterPath outline;
  spec_.round ? outline.addEllipse(frame()) : outline.addRoundedRect(frame(), 3, 3);
  painter.fillPath(outline, ink(&Tokens::field));
  const QPointF handle = to_pixel(value_);
  painter.save();
  painter.setClipPath(outline);
  paint_lines(painter, handle);
  painter.restore();
  painter.setPen(QPen(ink(&Tokens::edge), 1));
  painter.drawPath(outline);
  // The lines must not shine through a faded handle.
  painter.setOpacity(1);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink(&Tokens::field));
  painter.drawEllipse(handle, 6, 6);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  painter.setPen(QPen(ink(&Tokens::accent), 2));
  painter.drawEllipse(handle, 5, 5);
  if (!hasFocus()) return;
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(handle, ring_radius, ring_radius);
}

XyControl::XyControl(XySpec spec, QWidget* parent)
    : Control(spec.id, spec.label, xy_variant(spec.default_value), parent),
      spec_(std::move(spec)),
      head_(new QHBoxLayout),
      column_(new QVBoxLayout(this)) {
  auto* name = new TextLabel(spec_.label, &Tokens::text2, 11, 600, this);
  name->set_elided(true);
  name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  QString widest;
  for (const double x : {spec_.x_min, spec_.x_max})
    for (const double y : {spec_.y_min, spec_.y_max})
      if (const QString text = text_of({x, y}); text_width(text, ui_font(11)) > text_width(widest, ui_font(11)))
        widest = text;
  values_ = new NumberLabel(widest, 11, 400, &Tokens::text1, this);
  pad_ = new XyPad(spec_, this);
  head_->setContentsMargins(0, 0, 0, 0);
  head_->setSpacing(values_gap);
  head_->addWidget(name, 1);
  head_->addWidget(undo_button());
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(4);
  column_->addLayout(head_);
  column_->addWidget(pad_);
  head_->addWidget(values_);
  connect(pad_, &XyPad::moved, this, [this](QPointF value) { change_by_user(xy_variant(value)); });
  set_value(xy_variant(spec_.default_value));
}

std::vector<QWidget*> XyControl::tab_stops() const { return {undo_button(), pad_}; }

// The values stand beside the label where both fit, else below the pad.
void XyControl::place_values() {
  const double label_width = text_width(spec_.label, ui_font(11, 600));
  const bool beside = label_width + undo_button()->width() + values_->sizeHint().width() + 2 * values_gap <= width();
  if (beside == (head_->indexOf(values_) >= 0)) return;
  head_->removeWidget(values_);
  column_->removeWidget(values_);
  if (beside) head_->addWidget(values_);
  else column_->addWidget(values_);
  updateGeometry();
}

void XyControl::resizeEvent(QResizeEvent* event) {
  Control::resizeEvent(event);
  place_values();
}

QVariant XyControl::accepted(const QVariant& value) const {
  const QVariantMap map = value.toMap();
  bool x_ok = false, y_ok = false;
  const QPointF point(map.value(QStringLiteral("x")).toDouble(&x_ok), map.value(QStringLiteral("y")).toDouble(&y_ok));
  if (!x_ok || !y_ok || !std::isfinite(point.x()) || !std::isfinite(point.y()))
    return xy_variant(xy_inside(spec_, spec_.default_value));
  return xy_variant(xy_inside(spec_, point));
}

QString XyControl::text_of(QPointF value) const {
  return coordinate_text(spec_.x_label, value.x(), spec_.x_min, spec_.x_max, spec_.x_unit) + QStringLiteral("   ") +
         coordinate_text(spec_.y_label, value.y(), spec_.y_min, spec_.y_max, spec_.y_unit);
}

QString XyControl::value_text(const QVariant& value) const { return text_of(xy_point(value)); }

void XyControl::show_value() {
  pad_->set_value(xy_point(value()));
  const QString text = value_text(value());
  values_->set_text(text);
  pad_->setAccessibleDescription(text);
}

}  // namespace cnv::desktop
