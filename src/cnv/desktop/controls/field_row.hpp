// The row that number controls share: label, undo arrow, field 64 × 24, unit in a column of common width. GUI thread.
#pragma once

#include <QWidget>

namespace cnv::desktop {

class NumberField;
class TextLabel;

class FieldRow : public QWidget {
  Q_OBJECT

 public:
  FieldRow(const QString& label, QWidget* undo, NumberField* field, const QString& unit, QWidget* parent);
  int unit_width() const;
  void set_unit_width(int width);

 private:
  TextLabel* unit_;
};

}  // namespace cnv::desktop
