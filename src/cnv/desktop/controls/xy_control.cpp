#include "cnv/desktop/controls/xy_control.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QHBoxLayout>
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

constexpr int header_height = 24, pad_height = 150;
constexpr double key_step = 0.02;

// Three digits of the range.
QString coordinate_text(const QString& label, double value, double low, double high, const QString& unit) {
  const double magnitude = std::max({std::abs(low), std::abs(high), 1e-12});
  const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(magnitude))), 0, 9);
  return label + u' ' + QString::fromStdString(format_with_unit(value, decimals, unit.toStdString()));
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
  setAccessibleName(spec.label);
}

void XyPad::set_value(QPointF value) {
  value_ = value;
  update();
}

QRectF XyPad::area() const {
  const QRectF all = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  if (!spec_.round) return all;
  const double side = std::min(all.width(), all.height());
  return {all.center() - QPointF(side / 2, side / 2), QSizeF(side, side)};
}

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
  if (event->button() == Qt::LeftButton) Q_EMIT moved(from_pixel(event->position()));
}

void XyPad::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) Q_EMIT moved(from_pixel(event->position()));
}

void XyPad::keyPressEvent(QKeyEvent* event) {
  const QPointF step(key_step * (spec_.x_max - spec_.x_min), key_step * (spec_.y_max - spec_.y_min));
  switch (event->key()) {
    case Qt::Key_Left: Q_EMIT moved(value_ - QPointF(step.x(), 0)); break;
    case Qt::Key_Right: Q_EMIT moved(value_ + QPointF(step.x(), 0)); break;
    case Qt::Key_Down: Q_EMIT moved(value_ - QPointF(0, step.y())); break;
    case Qt::Key_Up: Q_EMIT moved(value_ + QPointF(0, step.y())); break;
    default: event->ignore();
  }
}

void XyPad::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const QRectF box = area();
  QPainterPath outline;
  spec_.round ? outline.addEllipse(box) : outline.addRoundedRect(box, 3, 3);
  painter.fillPath(outline, ink(&Tokens::field));
  painter.save();
  painter.setClipPath(outline);
  painter.setPen(QPen(ink(&Tokens::grid), 1));
  for (int i = 1; i < 4; ++i) {
    const double x = std::floor(box.left() + box.width() * i / 4) + 0.5, y = std::floor(box.top() + box.height() * i / 4) + 0.5;
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
  }
  const QPointF handle = to_pixel(value_);
  painter.setPen(QPen(ink(&Tokens::accent), 1));
  painter.drawLine(QPointF(std::floor(handle.x()) + 0.5, box.top()), QPointF(std::floor(handle.x()) + 0.5, box.bottom()));
  painter.drawLine(QPointF(box.left(), std::floor(handle.y()) + 0.5), QPointF(box.right(), std::floor(handle.y()) + 0.5));
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
  painter.drawEllipse(handle, 9, 9);
}

XyControl::XyControl(XySpec spec, QWidget* parent)
    : Control(spec.id, xy_variant(spec.default_value), parent), spec_(std::move(spec)), pad_(new XyPad(spec_, this)) {
  auto* head = new QHBoxLayout;
  head->setContentsMargins(0, 0, 0, 0);
  head->addStretch(1);
  head->addWidget(undo_button());
  head->addSpacing(120);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addLayout(head);
  column->addWidget(pad_);
  connect(pad_, &XyPad::moved, this, [this](QPointF value) { change_by_user(xy_variant(value)); });
  set_value(xy_variant(spec_.default_value));
}

QVariant XyControl::accepted(const QVariant& value) const {
  const QVariantMap map = value.toMap();
  bool x_ok = false, y_ok = false;
  const QPointF point(map.value(QStringLiteral("x")).toDouble(&x_ok), map.value(QStringLiteral("y")).toDouble(&y_ok));
  if (!x_ok || !y_ok || !std::isfinite(point.x()) || !std::isfinite(point.y())) return default_value();
  return xy_variant(xy_inside(spec_, point));
}

void XyControl::show_value() {
  const QVariantMap map = value().toMap();
  pad_->set_value({map[QStringLiteral("x")].toDouble(), map[QStringLiteral("y")].toDouble()});
  update();
}

void XyControl::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const QVariantMap map = value().toMap();
  const QRectF head(0, 0, width(), header_height);
  painter.setPen(ink(&Tokens::text2));
  draw_text(painter, head, Qt::AlignLeft, spec_.label, ui_font(11, 600));
  painter.setPen(ink(&Tokens::text1));
  const QString values =
      coordinate_text(spec_.x_label, map[QStringLiteral("x")].toDouble(), spec_.x_min, spec_.x_max, spec_.unit) +
      QStringLiteral("   ") +
      coordinate_text(spec_.y_label, map[QStringLiteral("y")].toDouble(), spec_.y_min, spec_.y_max, spec_.unit);
  draw_text(painter, head, Qt::AlignRight, values, ui_font(11));
}

}  // namespace cnv::desktop
