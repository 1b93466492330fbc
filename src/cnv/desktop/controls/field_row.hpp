// The row that number controls share: label, undo arrow, field and unit in columns of common width. The label
// stands beside the field or above it. GUI thread.
#pragma once

#include <QWidget>

class QGridLayout;

namespace cnv::desktop {

class NumberField;
class TextLabel;

class FieldRow : public QWidget {
  Q_OBJECT

 public:
  FieldRow(const QString& label, QWidget* undo, NumberField* field, const QString& unit, QWidget* parent);
  int unit_width() const;
  void set_unit_width(int width);
  int field_width() const;
  void set_field_width(int width);
  // Width of all in one line.
  int width_beside() const;
  void set_label_above(bool above);

 private:
  TextLabel* name_;
  TextLabel* unit_;
  QWidget* undo_;
  NumberField* field_;
  QGridLayout* grid_;
};

}  // namespace cnv::desktop
