// A whole number: label, field with small arrows, unit, undo arrow. GUI thread.
#pragma once

#include <optional>

#include "cnv/desktop/controls/number_control.hpp"
#include "cnv/desktop/number_field.hpp"

namespace cnv::desktop {

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

class SpinControl : public NumberControl {
  Q_OBJECT

 public:
  explicit SpinControl(SpinSpec spec, QWidget* parent = nullptr);
  QString value_text(const QVariant& value) const override;

 protected:
  QVariant accepted(const QVariant& value) const override;
  void show_value() override;
  void step(int steps) override { change_by_user(value().toLongLong() + steps); }

 private:
  SpinSpec spec_;
};

}  // namespace cnv::desktop
