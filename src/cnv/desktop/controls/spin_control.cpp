#include "cnv/desktop/controls/spin_control.hpp"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "cnv/desktop/icons.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {
constexpr int arrows_width = 16;
constexpr double largest_whole = 9e15;  // that a double holds exactly
}  // namespace

SpinField::SpinField(QWidget* parent) : NumberField(parent) { setTextMargins(0, 0, arrows_width - 4, 0); }

void SpinField::paintEvent(QPaintEvent* event) {
  NumberField::paintEvent(event);
  QPainter painter(this);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const double left = width() - arrows_width - 1;
  paint_icon(painter, Icon::chevron_up, {left + 2, 2}, ink(&Tokens::text2), 10);
  paint_icon(painter, Icon::chevron_down, {left + 2, 12}, ink(&Tokens::text2), 10);
}

void SpinField::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && event->position().x() >= width() - arrows_width - 1) {
    Q_EMIT
    stepped(event->position().y() < height() / 2.0 ? 1 : -1);
    return;
  }
  NumberField::mousePressEvent(event);
}

void SpinField::mouseMoveEvent(QMouseEvent* event) {
  setCursor(event->position().x() >= width() - arrows_width - 1 ? Qt::ArrowCursor : Qt::IBeamCursor);
  NumberField::mouseMoveEvent(event);
}

SpinControl::SpinControl(SpinSpec spec, QWidget* parent)
    : NumberControl(spec.id, spec.label, spec.default_value, spec.unit, new SpinField, parent), spec_(std::move(spec)) {
  set_value(spec_.default_value);
}

QVariant SpinControl::accepted(const QVariant& value) const {
  bool ok = false;
  const double number = value.toDouble(&ok);
  if (!ok || !std::isfinite(number)) return spec_.default_value;
  qlonglong whole = std::llround(std::clamp(number, -largest_whole, largest_whole));
  if (spec_.min) whole = std::max(whole, *spec_.min);
  if (spec_.max) whole = std::min(whole, *spec_.max);
  return whole;
}

QString SpinControl::value_text(const QVariant& value) const {
  return with_unit(number_text(static_cast<double>(value.toLongLong()), 0), spec_.unit);
}

void SpinControl::show_value() { field()->set_value(static_cast<double>(value().toLongLong()), 0); }

}  // namespace cnv::desktop
