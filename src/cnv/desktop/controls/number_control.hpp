// What controls of one number share: the row with label, undo arrow, field and unit, and what is typed there. GUI
// thread.
#pragma once

#include "cnv/desktop/controls/control.hpp"

class QVBoxLayout;

namespace cnv::desktop {

class FieldRow;
class NumberField;

class NumberControl : public Control {
  Q_OBJECT

 public:
  NumberField* field() const { return field_; }
  int unit_width() const override;
  void set_unit_width(int width) override;
  int field_width() const override;
  void set_field_width(int width) override;
  int width_beside() const override;
  void set_label_above(bool above) override;
  std::vector<QWidget*> tab_stops() const override;

 protected:
  // Takes the field, which a subclass may make of a class of its own.
  NumberControl(const QString& id, const QString& label, const QVariant& default_value, const QString& unit,
                NumberField* field, QWidget* parent);

  // An arrow key in the field, or an arrow of the field: so many steps up.
  virtual void step(int steps) = 0;
  // Subclasses add what stands below the row.
  QVBoxLayout* column() const { return column_; }

 private:
  NumberField* field_;
  FieldRow* row_;
  QVBoxLayout* column_;
};

}  // namespace cnv::desktop
