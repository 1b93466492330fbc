#include "cnv/desktop/buttons.hpp"

#include <QKeyEvent>

#include <algorithm>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr double button_height = 28, pad_with_icon = 10, pad = 12, gap = 8, icon_size = 16;
const auto hint_font = [] { return ui_font(11); };

void paint_box(QPainter& painter, const QRectF& area, double radius, const QColor& edge, const QColor& fill) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(edge, 1));
  painter.setBrush(fill);
  painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

}  // namespace

double key_hint_width(const QString& hint) { return std::max(16.0, std::ceil(text_width(hint, hint_font())) + 10); }

void paint_key_hint(QPainter& painter, double right, double middle_y, const QString& hint, const QColor& text,
                    const QColor& edge) {
  const double width = key_hint_width(hint);
  const QRectF box(right - width, middle_y - 8, width, 16);
  paint_box(painter, box, 3, edge, Qt::transparent);
  painter.setPen(text);
  draw_text(painter, box, Qt::AlignHCenter, hint, hint_font());
}

void WindowButton::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) click();
  else event->ignore();
}

PushButton::PushButton(const QString& text, QWidget* parent) : WindowButton(parent) {
  setText(text);  // also what a screen reader says, also after it changes
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

void PushButton::set_icon(Icon icon) {
  icon_ = icon;
  updateGeometry();
  update();
}
void PushButton::set_key_hint(const QString& hint) {
  key_hint_ = hint;
  updateGeometry();
  update();
}
void PushButton::set_main(bool main) {
  main_ = main;
  update();
}
void PushButton::set_flat(bool flat) {
  flat_ = flat;
  updateGeometry();
  update();
}
void PushButton::set_spread(bool spread) {
  spread_ = spread;
  update();
}
void PushButton::set_on(bool on) {
  if (on == on_) return;
  on_ = on;
  setAccessibleDescription(on ? tr("on") : QString());
  update();
}
void PushButton::reserve_texts(const QStringList& texts) {
  reserved_ = texts;
  updateGeometry();
}

QFont PushButton::words_font() const { return ui_font(12, flat_ ? 400 : 500); }

double PushButton::words_width() const {
  double width = text_width(text(), words_font());
  for (const QString& other : reserved_) width = std::max(width, text_width(other, words_font()));
  return std::ceil(width);
}

double PushButton::hint_width() const { return key_hint_.isEmpty() ? 0 : gap + key_hint_width(key_hint_); }

QSize PushButton::sizeHint() const {
  const double left = icon_ == Icon::none ? pad : pad_with_icon + icon_size + gap;
  return {static_cast<int>(std::ceil(left + words_width() + hint_width() + pad)), static_cast<int>(button_height)};
}

void PushButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const bool hover = isEnabled() && underMouse();
  QColor fill = main_ ? ink(&Tokens::accent) : ink(isDown() || hover ? &Tokens::hover : &Tokens::field);
  if (main_ && (isDown() || hover)) fill = current_theme() == Theme::light ? fill.darker(112) : fill.lighter(108);
  const QColor words = main_ ? ink(&Tokens::on_accent) : ink(&Tokens::text1);
  if (on_) {
    fill = ink(&Tokens::accent_soft);
    paint_box(painter, rect(), 4, ink(&Tokens::accent), fill);
  } else if (!flat_ || hover) {
    paint_box(painter, rect(), 4, flat_ || main_ ? fill : ink(&Tokens::edge), fill);
  }
  double x = icon_ == Icon::none ? pad : pad_with_icon;
  if (icon_ != Icon::none) {
    paint_icon(painter, icon_, {x, (QWidget::height() - icon_size) / 2.0}, words);
    x += icon_size + gap;
  }
  painter.setPen(words);
  draw_text(painter, QRectF(x, 0, width() - x, QWidget::height()), Qt::AlignLeft, text(), words_font());
  if (key_hint_.isEmpty()) return;
  const double right = spread_ ? width() - pad - 1 : x + text_width(text(), words_font()) + hint_width();
  paint_key_hint(painter, std::round(right), QWidget::height() / 2.0, key_hint_, main_ ? words : ink(&Tokens::text2),
                 main_ ? words : ink(&Tokens::sep));
}

ToolButton::ToolButton(Icon icon, const QString& name, QWidget* parent) : WindowButton(parent), icon_(icon) {
  set_name(name);
  setFocusPolicy(Qt::TabFocus);
  setAttribute(Qt::WA_Hover);
  setFixedSize(24, 24);
}

void ToolButton::set_name(const QString& name) {
  setAccessibleName(name);
  setToolTip(name);
}

void ToolButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const bool active = isEnabled() && (underMouse() || isDown() || isChecked());
  if (active) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink(&Tokens::hover));
    painter.drawRoundedRect(rect(), 4, 4);
  }
  paint_icon(painter, icon_, {4, 4}, ink(active ? &Tokens::text1 : &Tokens::text2));
}

Chip::Chip(const QString& text, QWidget* parent) : WindowButton(parent) {
  setText(text);
  setFocusPolicy(Qt::TabFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::set_live(bool live) {
  live_ = live;
  updateGeometry();
  update();
}

QSize Chip::sizeHint() const {
  const double words = std::ceil(text_width(text(), ui_font(11, live_ ? 500 : 400)));
  return {static_cast<int>(words + (live_ ? 30 : 18)), 20};
}

void Chip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const bool hover = isEnabled() && underMouse() && focusPolicy() != Qt::NoFocus;
  paint_box(painter, rect(), 4, ink(live_ ? &Tokens::accent : &Tokens::sep),
            ink(hover ? &Tokens::hover : &Tokens::panel));
  QRectF area = QRectF(rect()).adjusted(9, 0, -9, 0);
  if (live_) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink(&Tokens::accent));
    painter.drawEllipse(QPointF(12, QWidget::height() / 2.0), 3, 3);
    area.setLeft(21);
  }
  painter.setPen(ink(live_ ? &Tokens::accent : &Tokens::text2));
  draw_text(painter, area, Qt::AlignLeft, text(), ui_font(11, live_ ? 500 : 400));
}

MenuButton::MenuButton(const QString& name, QWidget* parent) : WindowButton(parent), name_(name) {
  setFocusPolicy(Qt::TabFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAccessibleName(name);
  setToolTip(name);
}

void MenuButton::set_words(const QString& words) {
  if (words == text()) return;
  setText(words);
  setAccessibleName(name_ + ": " + words);
  updateGeometry();
  update();
}

QSize MenuButton::sizeHint() const { return {static_cast<int>(std::ceil(text_width(text(), ui_font(12)))) + 32, 20}; }

void MenuButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const bool active = isEnabled() && (underMouse() || isDown());
  paint_box(painter, rect(), 4, ink(&Tokens::edge), ink(active ? &Tokens::hover : &Tokens::field));
  painter.setPen(ink(&Tokens::text1));
  draw_text(painter, QRectF(rect()).adjusted(8, 0, -22, 0), Qt::AlignLeft, text(), ui_font(12));
  paint_icon(painter, Icon::chevron_down, {width() - 19.0, (height() - 12) / 2.0 + 0.5},
             ink(active ? &Tokens::text1 : &Tokens::text2), 12);
}

void MenuButton::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Down) click();
  else WindowButton::keyPressEvent(event);
}

}  // namespace cnv::desktop
