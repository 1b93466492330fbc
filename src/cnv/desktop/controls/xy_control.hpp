// Two numbers at once: a square or round pad with a handle, arrow keys, and the values above it. GUI thread.
#pragma once

#include <QPointF>

#include "cnv/desktop/controls/control.hpp"

class QHBoxLayout;
class QVBoxLayout;

namespace cnv::desktop {

struct XySpec {
  QString id, label;
  QString x_label = QStringLiteral("x"), y_label = QStringLiteral("y"), x_unit, y_unit;
  double x_min = 0, x_max = 1, y_min = 0, y_max = 1;
  QPointF default_value{0.5, 0.5};
  bool round = false;  // the corners of the ranges cannot be reached
};

// (x, y) brought into the ranges, and in a round pad into the ellipse that the ranges span.
QPointF xy_inside(const XySpec& spec, QPointF value);

class NumberLabel;

class XyPad : public QWidget {
  Q_OBJECT

 public:
  XyPad(const XySpec& spec, QWidget* parent);
  void set_value(QPointF value);
  // Where a value is drawn; the handle stays far enough inside for its focus ring.
  QPointF to_pixel(QPointF value) const;

 Q_SIGNALS:
  void moved(QPointF value);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QRectF frame() const;
  QRectF area() const;
  void paint_lines(QPainter& painter, const QPointF& handle) const;
  QPointF from_pixel(QPointF pixel) const;

  const XySpec& spec_;
  QPointF value_;
};

class XyControl : public Control {
  Q_OBJECT

 public:
  explicit XyControl(XySpec spec, QWidget* parent = nullptr);
  bool full_width() const override { return true; }
  QString value_text(const QVariant& value) const override;
  std::vector<QWidget*> tab_stops() const override;
  XyPad* pad() const { return pad_; }

 protected:
  QVariant accepted(const QVariant& value) const override;
  void show_value() override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QString text_of(QPointF value) const;
  void place_values();

  XySpec spec_;
  QHBoxLayout* head_;
  QVBoxLayout* column_;
  NumberLabel* values_;
  XyPad* pad_;
};

QVariantMap xy_variant(QPointF value);

}  // namespace cnv::desktop
