// Two numbers at once: a square or round pad with a handle, arrow keys, and the values above it. GUI thread.
#pragma once

#include <QPointF>
#include <QWidget>

#include "cnv/desktop/controls/control.hpp"

namespace cnv::desktop {

struct XySpec {
  QString id, label;
  QString x_label = QStringLiteral("x"), y_label = QStringLiteral("y"), unit;
  double x_min = 0, x_max = 1, y_min = 0, y_max = 1;
  QPointF default_value{0.5, 0.5};
  bool round = false;  // the corners of the ranges cannot be reached
};

// (x, y) brought into the ranges, and in a round pad into the ellipse that the ranges span.
QPointF xy_inside(const XySpec& spec, QPointF value);

class XyPad : public QWidget {
  Q_OBJECT

 public:
  XyPad(const XySpec& spec, QWidget* parent);
  void set_value(QPointF value);

 Q_SIGNALS:
  void moved(QPointF value);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QRectF area() const;
  QPointF to_pixel(QPointF value) const;
  QPointF from_pixel(QPointF pixel) const;

  const XySpec& spec_;
  QPointF value_;
};

class XyControl : public Control {
  Q_OBJECT

 public:
  explicit XyControl(XySpec spec, QWidget* parent = nullptr);
  bool full_width() const override { return true; }
  XyPad* pad() const { return pad_; }

 protected:
  QVariant accepted(const QVariant& value) const override;
  void show_value() override;
  void paintEvent(QPaintEvent* event) override;

 private:
  XySpec spec_;
  XyPad* pad_;
};

QVariantMap xy_variant(QPointF value);

}  // namespace cnv::desktop
