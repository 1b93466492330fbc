#include "cnv/desktop/number_field.hpp"

#include <QKeyEvent>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/draw/number_format.hpp"

namespace cnv::desktop {

std::optional<double> parse_number(const QString& text) {
  QString plain = text.trimmed();
  plain.replace(QChar(0x2212), u'-');
  plain.replace(u',', u'.');
  bool ok = false;
  const double value = plain.toDouble(&ok);
  if (!ok || !std::isfinite(value)) return std::nullopt;
  return value;
}

QString number_text(double value, int decimals) {
  constexpr qsizetype long_text = 9;
  // "3.5e-07" as people write it: 3.5e−7.
  const auto general = [&] {
    QString text = QString::number(value, 'g', 7);
    static const QRegularExpression padded(QStringLiteral("e([+-])0+(\\d)"));
    text.replace(padded, QStringLiteral("e\\1\\2")).replace(QStringLiteral("e+"), QStringLiteral("e"));
    return text.replace(u'-', QChar(0x2212));
  };
  QString text = QString::fromStdString(format_fixed(value, decimals));
  const std::optional<double> read = parse_number(text);
  const bool exact = !read || std::abs(*read - value) <= 5e-8 * std::abs(value);
  if (exact && text.size() <= long_text) return text;
  QString other = general();
  return exact && text.size() <= other.size() ? text : other;
}

QString with_unit(const QString& number, const QString& unit) {
  return unit.isEmpty() ? number : number + QChar(0x2009) + unit;
}

namespace {
constexpr int least_width = 64, most_width = 160;
constexpr int frame = 14;  // what QLineEdit keeps beside its text
}  // namespace

NumberField::NumberField(QWidget* parent) : QLineEdit(parent), wanted_width_(least_width) {
  connect(this, &QLineEdit::textEdited, this, &NumberField::make_room_for);
  setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  setFixedHeight(24);
  setContextMenuPolicy(Qt::DefaultContextMenu);
}

void NumberField::set_value(double value, int decimals) {
  value_ = value;
  set_text_value(number_text(value, decimals));
}

// In steps, so that a column of fields does not move with each digit.
void NumberField::make_room_for(const QString& text) {
  constexpr int step_px = 8;
  const QMargins margins = textMargins();
  const double needed = text_width(text, font()) + frame + margins.left() + margins.right();
  const int wanted = std::clamp(static_cast<int>(std::ceil(needed / step_px)) * step_px, least_width, most_width);
  if (wanted <= wanted_width_) return;
  wanted_width_ = wanted;
  Q_EMIT
  outgrown();
}

void NumberField::set_text_value(const QString& text) {
  make_room_for(text);
  held_ = text;
  if (hasFocus() && isModified()) return;
  show_held();
}

void NumberField::show_held() {
  if (text() != held_) setText(held_);
  setModified(false);
}

void NumberField::commit() {
  if (!isModified()) return;
  const QString typed = text();
  setModified(false);
  const std::optional<double> number = parse_number(typed);
  if (!number) {
    show_held();
    Q_EMIT
    rejected(typed);
    return;
  }
  typed_ = typed;
  Q_EMIT
  committed(*number);
  show_held();
}

void NumberField::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
      commit();
      leaves_ ? clearFocus() : selectAll();
      break;
    case Qt::Key_Escape:
      if (!isModified() && !leaves_) return event->ignore();
      show_held();
      leaves_ ? clearFocus() : selectAll();
      break;
    case Qt::Key_Up: step(1); break;
    case Qt::Key_Down: step(-1); break;
    case Qt::Key_PageUp: step(10); break;
    case Qt::Key_PageDown: step(-10); break;
    default: QLineEdit::keyPressEvent(event);
  }
}

void NumberField::step(int steps) {
  commit();
  Q_EMIT
  stepped(steps);
}

// Only with the focus, so that scrolling a panel never changes a value under the pointer.
void NumberField::wheelEvent(QWheelEvent* event) {
  if (!hasFocus()) return event->ignore();
  if (const int notches = wheel_.take(*event); notches != 0) step(notches);
}

void NumberField::focusOutEvent(QFocusEvent* event) {
  commit();
  QLineEdit::focusOutEvent(event);
}

}  // namespace cnv::desktop
