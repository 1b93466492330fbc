// Text on the window: labels in a colour token, and numbers whose width is reserved. GUI thread.
#pragma once

#include <QLabel>
#include <QWidget>

#include "cnv/draw/palette.hpp"

namespace cnv::desktop {

using Token = std::uint32_t Tokens::*;

// One line or wrapped text in a token's colour; follows the theme and fades when disabled.
class TextLabel : public QLabel {
  Q_OBJECT

 public:
  TextLabel(const QString& text, Token token, double size_px = 12, int weight = 400, QWidget* parent = nullptr);
  void set_token(Token token);
  // Where there is not enough room the text ends in "…" and the tooltip has all of it.
  void set_elided(bool elided);
  QSize minimumSizeHint() const override;

 protected:
  void changeEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void recolor();
  Token token_;
  bool elided_ = false;
};

// A number that changes often: tabular figures, right-aligned in the width of `widest`, with an optional unit after it
// and words before it. Repaints only when its text changes.
class NumberLabel : public QWidget {
  Q_OBJECT

 public:
  NumberLabel(const QString& widest, double size_px, int weight, Token token, QWidget* parent = nullptr);
  void set_prefix(const QString& prefix);  // 12 px, text 2
  void set_unit(const QString& unit);      // 12 px, text 2
  void set_text(const QString& text);
  const QString& text() const { return text_; }
  void set_alignment(Qt::Alignment alignment) {
    alignment_ = alignment;
    update();
  }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString widest_, prefix_, unit_, text_;
  QFont font_;
  Token token_;
  Qt::Alignment alignment_ = Qt::AlignRight;
};

// A 1-px line in `sep`.
class Line : public QWidget {
  Q_OBJECT

 public:
  explicit Line(Qt::Orientation orientation, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace cnv::desktop
