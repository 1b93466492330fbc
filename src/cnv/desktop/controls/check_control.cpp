#include "cnv/desktop/controls/check_control.hpp"

#include <QHBoxLayout>
#include <QPainter>

#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {
constexpr double side = 14, text_left = 22;
}

CheckBox::CheckBox(const QString& label, QWidget* parent) : WindowButton(parent) {
  setText(label);
  setAccessibleName(label);
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setFixedHeight(24);
  setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize CheckBox::sizeHint() const {
  return {static_cast<int>(std::ceil(text_left + text_width(text(), ui_font(12)))) + 2, 24};
}

void CheckBox::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const QRectF box(0, (height() - side) / 2, side, side);
  painter.setPen(QPen(ink(isChecked() ? &Tokens::accent : &Tokens::edge), 1));
  painter.setBrush(ink(isChecked() ? &Tokens::accent : &Tokens::field));
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
  if (isChecked()) {
    painter.setPen(QPen(ink(&Tokens::on_accent), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF check[] = {box.topLeft() + QPointF(3.4, 7.2), box.topLeft() + QPointF(6, 9.8),
                             box.topLeft() + QPointF(10.8, 4.6)};
    painter.drawPolyline(check, 3);
  }
  painter.setPen(ink(&Tokens::text1));
  const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, static_cast<int>(width() - text_left));
  draw_text(painter, QRectF(text_left, 0, width() - text_left, height()), Qt::AlignLeft, shown, ui_font(12));
}

CheckControl::CheckControl(CheckSpec spec, QWidget* parent)
    : Control(spec.id, spec.label, spec.default_value, parent), box_(new CheckBox(spec.label, this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(box_);
  row->addStretch(1);
  row->addWidget(undo_button());
  // clicked() comes from the user only; setChecked() does not send it.
  connect(box_, &QAbstractButton::clicked, this, [this](bool on) { change_by_user(on); });
  set_value(spec.default_value);
}

std::vector<QWidget*> CheckControl::tab_stops() const { return {box_, undo_button()}; }

}  // namespace cnv::desktop
