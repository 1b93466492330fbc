// A whole number: label, field with small arrows, unit, undo arrow. GUI thread.
#pragma once

#include <optional>

#include "cnv/desktop/controls/control.hpp"
#include "cnv/desktop/number_field.hpp"

namespace cnv::desktop {

class FieldRow;

struct SpinSpec {
  QString id, label, unit;
  std::optional<qlonglong> min, max;
  qlonglong default_value = 0;
};

// A number field with two arrows at its right end.
class SpinField : public NumberField {
  Q_OBJECT

 public:
  explicit SpinField(QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
};

class SpinControl : public Control {
  Q_OBJECT

 public:
  explicit SpinControl(SpinSpec spec, QWidget* parent = nullptr);
  int unit_width() const override;
  void set_unit_width(int width) override;
  int width_beside() const override;
  void set_label_above(bool above) override;
  QString value_text(const QVariant& value) const override;
  NumberField* field() const { return field_; }
  std::vector<QWidget*> tab_stops() const override;

 protected:
  QVariant accepted(const QVariant& value) const override;
  void show_value() override;

 private:
  SpinSpec spec_;
  SpinField* field_;
  FieldRow* row_;
};

}  // namespace cnv::desktop
