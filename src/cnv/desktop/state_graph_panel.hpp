// StateGraphPanel: one state graph with its live values, and the gestures: hover reads a state or an edge, drag pans, wheel
// zooms, double click fits. GUI thread.
#pragma once

#include <QWidget>

#include "cnv/desktop/text.hpp"
#include "cnv/view/scene_model.hpp"

namespace cnv::desktop {

class StateGraphPanel : public QWidget {
  Q_OBJECT
 public:
  StateGraphPanel(SceneModel& model, std::string view_id, QWidget* parent = nullptr);

  // Takes the view's present state.
  void refresh();
  // All states are in view again.
  void fit();
  const std::string& view_id() const { return view_id_; }
  QSize minimumSizeHint() const override { return {180, 140}; }
  QSize sizeHint() const override { return {360, 280}; }

 Q_SIGNALS:
  // A gesture changed what is in view, or the size changed.
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
  SceneModel& model_;
  std::string view_id_;
  QtFontMetrics metrics_;
  QPointF last_place_;
  bool pressed_ = false;
};

}  // namespace cnv::desktop
