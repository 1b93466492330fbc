// Buttons of the window: with words, icon and key hint; small tool buttons; chips in title bars. GUI thread.
#pragma once

#include <QAbstractButton>

#include "cnv/desktop/icons.hpp"

namespace cnv::desktop {

// Space is a key of the whole window (Reset): Enter presses the button that has the focus.
class WindowButton : public QAbstractButton {
  Q_OBJECT

 public:
  using QAbstractButton::QAbstractButton;

 protected:
  void keyPressEvent(QKeyEvent* event) override;
};

// 28 px high: icon, words, key hint in a box. At most one with `main` per window.
class PushButton : public WindowButton {
  Q_OBJECT

 public:
  explicit PushButton(const QString& text, QWidget* parent = nullptr);
  void set_icon(Icon icon);
  void set_key_hint(const QString& hint);
  const QString& key_hint() const { return key_hint_; }
  void set_main(bool main);
  // No box until the pointer is over it; words in regular weight.
  void set_flat(bool flat);
  // Words at the left and the key hint at the right edge; otherwise all in a row.
  void set_spread(bool spread);
  // Outlined in accent while what it began goes on; the accessible description says so too.
  void set_on(bool on);
  bool is_on() const { return on_; }
  // Room for the widest of several texts that the button takes in turn.
  void reserve_texts(const QStringList& texts);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QFont words_font() const;
  double words_width() const;
  double hint_width() const;

  Icon icon_ = Icon::none;
  QString key_hint_;
  QStringList reserved_;
  bool main_ = false;
  bool flat_ = false;
  bool spread_ = false;
  bool on_ = false;
};

// 24 × 24, an icon only: the tooltip and accessible name carry the words.
class ToolButton : public WindowButton {
  Q_OBJECT

 public:
  ToolButton(Icon icon, const QString& name, QWidget* parent = nullptr);
  // Tooltip and accessible name.
  void set_name(const QString& name);
  QSize sizeHint() const override { return {24, 24}; }
  QSize minimumSizeHint() const override { return {24, 24}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  Icon icon_;
};

// 20 px high state in a title bar: quiet, or live with an accent dot and outline.
class Chip : public WindowButton {
  Q_OBJECT

 public:
  explicit Chip(const QString& text, QWidget* parent = nullptr);
  void set_live(bool live);
  bool is_live() const { return live_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  bool live_ = false;
};

// 20 px high in a title bar: words and a chevron; opens a list below itself.
class MenuButton : public WindowButton {
  Q_OBJECT

 public:
  // `name` is what a screen reader says before the words.
  explicit MenuButton(const QString& name, QWidget* parent = nullptr);
  void set_words(const QString& words);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QString name_;
};

// The box with a key's name; returns its width. Right edge at `right`, centred on `middle_y`.
double key_hint_width(const QString& hint);
void paint_key_hint(QPainter& painter, double right, double middle_y, const QString& hint, const QColor& text,
                    const QColor& edge);

}  // namespace cnv::desktop
