// A field to type a number in: exact entry, right-aligned, Enter or leaving the field commits, Escape takes it back.
// Used by slider, spin box and time bar. GUI thread.
#pragma once

#include <QLineEdit>

#include <optional>

#include "cnv/desktop/wheel.hpp"

namespace cnv::desktop {

// "0.6", "1e-3", "1,5" and "−3" are numbers; empty when the text is none or not finite.
std::optional<double> parse_number(const QString& text);

// `decimals` fixed when that shows the value to 7 digits, else as many digits as needed for that; with a power of ten
// where that is shorter than a long row of digits; with a true minus.
QString number_text(double value, int decimals);

// "0.6 nA" with a thin space; the number alone without a unit.
QString with_unit(const QString& number, const QString& unit);

class NumberField : public QLineEdit {
  Q_OBJECT

 public:
  explicit NumberField(QWidget* parent = nullptr);
  // Shows the value; while the user types, only what Escape goes back to changes.
  void set_value(double value, int decimals);
  void set_text_value(const QString& text);  // words such as "max"
  double value() const { return value_; }
  const QString& typed() const { return typed_; }  // the text of the last committed()
  // Enter and Escape also leave the field, so that keys are the window's again.
  void set_leaves(bool leaves) { leaves_ = leaves; }
  // Width at which this text, and every text that stood here before, can be read whole: 64 to 160.
  void make_room_for(const QString& text);
  int wanted_width() const { return wanted_width_; }

 Q_SIGNALS:
  // wanted_width() has grown.
  void outgrown();
  // The user typed another number and pressed Enter or left the field.
  void committed(double value);
  // The user typed something that is no number and left the field; the field shows its value again.
  void rejected(const QString& text);
  // Up, Down and, with the focus, the wheel: +1 or −1, times ten with Page keys. What was typed is committed first.
  void stepped(int steps);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void commit();
  void step(int steps);
  void show_held();

  double value_ = 0;
  bool leaves_ = false;
  int wanted_width_;
  WheelNotches wheel_;
  QString held_, typed_;
};

}  // namespace cnv::desktop
