// Yes or no: a check box with its label. GUI thread.
#pragma once

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/controls/control.hpp"

namespace cnv::desktop {

struct CheckSpec {
  QString id, label;
  bool default_value = false;
};

class CheckBox : public WindowButton {
  Q_OBJECT

 public:
  explicit CheckBox(const QString& label, QWidget* parent = nullptr);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {40, 24}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
};

class CheckControl : public Control {
  Q_OBJECT

 public:
  explicit CheckControl(CheckSpec spec, QWidget* parent = nullptr);
  CheckBox* box() const { return box_; }
  std::vector<QWidget*> tab_stops() const override;
  QString value_text(const QVariant& value) const override { return value.toBool() ? tr("on") : tr("off"); }

 protected:
  QVariant accepted(const QVariant& value) const override { return value.toBool(); }
  void show_value() override { box_->setChecked(value().toBool()); }

 private:
  CheckBox* box_;
};

}  // namespace cnv::desktop
