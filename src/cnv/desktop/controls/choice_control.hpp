// One of several texts: label above a drop-down list. GUI thread.
#pragma once

#include <QComboBox>
#include <QStringList>

#include "cnv/desktop/controls/control.hpp"

namespace cnv::desktop {

struct ChoiceSpec {
  QString id, label;
  QStringList options;
  QString default_value;
};

// A drop-down list in the window's look.
class ChoiceBox : public QComboBox {
  Q_OBJECT

 public:
  explicit ChoiceBox(QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
};

class ChoiceControl : public Control {
  Q_OBJECT

 public:
  explicit ChoiceControl(ChoiceSpec spec, QWidget* parent = nullptr);
  ChoiceBox* box() const { return box_; }
  std::vector<QWidget*> tab_stops() const override;
  QString value_text(const QVariant& value) const override { return value.toString(); }

 protected:
  // A text that is no option shows the first one.
  QVariant accepted(const QVariant& value) const override;
  void show_value() override;

 private:
  ChoiceSpec spec_;
  ChoiceBox* box_;
};

}  // namespace cnv::desktop
