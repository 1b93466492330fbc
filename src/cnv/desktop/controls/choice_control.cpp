#include "cnv/desktop/controls/choice_control.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {

ChoiceBox::ChoiceBox(QWidget* parent) : QComboBox(parent) {
  setFixedHeight(24);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumContentsLength(4);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ChoiceBox::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  painter.setPen(QPen(ink(&Tokens::edge), 1));
  painter.setBrush(ink(isEnabled() && underMouse() ? &Tokens::hover : &Tokens::field));
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  paint_icon(painter, Icon::chevron_down, {width() - 21.0, 4}, ink(&Tokens::text2));
  painter.setPen(ink(&Tokens::text1));
  const QRectF area(9, 0, width() - 33, height());
  draw_text(painter, area, Qt::AlignLeft,
            fontMetrics().elidedText(currentText(), Qt::ElideRight, static_cast<int>(area.width())), ui_font(12));
}

void ChoiceBox::wheelEvent(QWheelEvent* event) { hasFocus() ? QComboBox::wheelEvent(event) : event->ignore(); }

// Space is a key of the whole window (Reset); Enter opens the list.
void ChoiceBox::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space) return event->ignore();
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return showPopup();
  QComboBox::keyPressEvent(event);
}

ChoiceControl::ChoiceControl(ChoiceSpec spec, QWidget* parent)
    : Control(spec.id, spec.label, spec.default_value, parent), spec_(std::move(spec)), box_(new ChoiceBox(this)) {
  box_->addItems(spec_.options);
  box_->setAccessibleName(spec_.label);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(0, 0, 0, 0);
  auto* label = new TextLabel(spec_.label, &Tokens::text1, 12, 400, this);
  label->set_elided(true);
  label->setBuddy(box_);
  label->setFixedHeight(24);
  head->addWidget(label, 1);
  head->addWidget(undo_button());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(box_);
  // activated() comes from the user only.
  connect(box_, &QComboBox::activated, this, [this](int index) { change_by_user(box_->itemText(index)); });
  set_value(spec_.default_value);
}

std::vector<QWidget*> ChoiceControl::tab_stops() const { return {undo_button(), box_}; }

QVariant ChoiceControl::accepted(const QVariant& value) const {
  const QString text = value.toString();
  if (spec_.options.contains(text) || spec_.options.isEmpty()) return text;
  return spec_.options.first();
}

void ChoiceControl::show_value() { box_->setCurrentIndex(spec_.options.indexOf(value().toString())); }

}  // namespace cnv::desktop
