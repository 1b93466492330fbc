// StateGraphPanel: one state graph with its live values, and the gestures: hover reads a state or an edge, drag pans,
// wheel zooms, double click fits. GUI thread.
#pragma once

#include "cnv/desktop/flat_panel.hpp"

namespace cnv::desktop {

class StateGraphPanel : public FlatPanel {
  Q_OBJECT
 public:
  StateGraphPanel(SceneModel& model, std::string view_id, QWidget* parent = nullptr);

  void refresh() override;
  void fit() override;
  QSize minimumSizeHint() const override { return {180, 140}; }
  QSize sizeHint() const override { return {360, 280}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
};

}  // namespace cnv::desktop
