// HeatMapPanel: one heat map, and the gestures: hover reads a cell, drag pans along x, wheel zooms, double click shows all. Its
// menus choose colour map and limits. GUI thread.
#pragma once

#include <QMenu>
#include <QWidget>

#include "cnv/desktop/text.hpp"
#include "cnv/view/scene_model.hpp"

namespace cnv::desktop {

class HeatMapPanel : public QWidget {
  Q_OBJECT
 public:
  HeatMapPanel(SceneModel& model, std::string view_id, QWidget* parent = nullptr);

  // Takes the view's present state.
  void refresh();
  // All columns are in view again.
  void fit();
  const std::string& view_id() const { return view_id_; }
  const QString& tip() const { return tip_; }
  QSize minimumSizeHint() const override { return {180, 120}; }
  QSize sizeHint() const override { return {480, 280}; }

  // Each empties the menu first.
  void fill_color_map(QMenu& menu);
  void fill_limits(QMenu& menu);
  void fill_background(QMenu& menu);
  void reset_look();

 Q_SIGNALS:
  // A gesture or a choice changed what is shown, or the size changed.
  void moved();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void read_tip();
  void paint_tip(QPainter& painter, Theme look) const;
  void type_limits();
  template <class Change>
  void change(Change&& change);

  SceneModel& model_;
  std::string view_id_;
  QtFontMetrics metrics_;
  std::optional<QPointF> pointer_;
  QString tip_;
  bool pressed_ = false;
};

}  // namespace cnv::desktop
