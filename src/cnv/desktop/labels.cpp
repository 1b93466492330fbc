#include "cnv/desktop/labels.hpp"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {
constexpr double part_gap = 5;
}

TextLabel::TextLabel(const QString& text, Token token, double size_px, int weight, QWidget* parent)
    : QLabel(text, parent), token_(token) {
  setFont(ui_font(size_px, weight));
  setTextFormat(Qt::PlainText);
  setForegroundRole(QPalette::WindowText);  // else it follows the background role of the panel around it
  recolor();
}

void TextLabel::set_token(Token token) {
  token_ = token;
  recolor();
}

void TextLabel::set_elided(bool elided) {
  elided_ = elided;
  updateGeometry();
}

QSize TextLabel::minimumSizeHint() const {
  const QSize all = QLabel::minimumSizeHint();
  return elided_ ? QSize(std::min(all.width(), 24), all.height()) : all;
}

void TextLabel::paintEvent(QPaintEvent* event) {
  if (has_symbols(text())) {
    QPainter painter(this);
    painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, QPalette::WindowText));
    setToolTip(elided_ && text_width(text(), font()) > width() ? text() : QString());
    return draw_text(painter, QRectF(rect()), Qt::AlignLeft, text(), font());
  }
  if (!elided_) return QLabel::paintEvent(event);
  const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, width());
  setToolTip(shown == text() ? QString() : text());
  QPainter painter(this);
  painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, QPalette::WindowText));
  painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, shown);
}

void TextLabel::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::StyleChange) recolor();
}

void TextLabel::recolor() {
  const QColor color = ink(token_);
  QColor faded = color;
  faded.setAlphaF(static_cast<float>(disabled_opacity));
  if (palette().color(QPalette::Normal, QPalette::WindowText) == color) return;
  QPalette colors = palette();
  colors.setColor(QPalette::WindowText, color);
  colors.setColor(QPalette::Disabled, QPalette::WindowText, faded);
  setPalette(colors);
}

NumberLabel::NumberLabel(const QString& widest, double size_px, int weight, Token token, QWidget* parent)
    : QWidget(parent), widest_(widest), font_(ui_font(size_px, weight)), token_(token) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void NumberLabel::set_prefix(const QString& prefix) {
  prefix_ = prefix;
  updateGeometry();
  update();
}

void NumberLabel::set_unit(const QString& unit) {
  if (unit == unit_) return;
  unit_ = unit;
  updateGeometry();
  update();
}

void NumberLabel::set_text(const QString& text) {
  if (text == text_) return;
  const double before = text_width(text_, font_), after = text_width(text, font_);
  text_ = text;
  setAccessibleName((prefix_ + u' ' + text_ + u' ' + unit_).trimmed());
  // Wider than reserved: keep that width from now on, so that it grows at most once per digit.
  if (after > before && after > text_width(widest_, font_)) {
    widest_ = text_;
    updateGeometry();
  }
  update();
}

QSize NumberLabel::sizeHint() const {
  double width = text_width(widest_, font_);
  if (!prefix_.isEmpty()) width += text_width(prefix_, ui_font(12)) + part_gap;
  if (!unit_.isEmpty()) width += text_width(unit_, ui_font(12)) + part_gap;
  return {static_cast<int>(std::ceil(width)), static_cast<int>(std::ceil(QFontMetricsF(font_).height()))};
}

void NumberLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (!isEnabled()) painter.setOpacity(disabled_opacity);
  const double baseline = std::round(height() / 2.0 + QFontMetricsF(font_).capHeight() / 2);
  double left = 0;
  painter.setPen(ink(&Tokens::text2));
  if (!prefix_.isEmpty()) {
    draw_text(painter, QPointF(0, baseline), prefix_, ui_font(12));
    left = text_width(prefix_, ui_font(12)) + part_gap;
  }
  const double reserved = std::max(text_width(widest_, font_), text_width(text_, font_));
  if (!unit_.isEmpty()) draw_text(painter, QPointF(left + reserved + part_gap, baseline), unit_, ui_font(12));
  painter.setPen(ink(token_));
  const double x = alignment_ & Qt::AlignRight ? left + reserved - text_width(text_, font_) : left;
  draw_text(painter, QPointF(x, baseline), text_, font_);
}

Line::Line(Qt::Orientation orientation, QWidget* parent) : QWidget(parent) {
  orientation == Qt::Horizontal ? setFixedHeight(1) : setFixedWidth(1);
}

void Line::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), ink(&Tokens::sep)); }

}  // namespace cnv::desktop
