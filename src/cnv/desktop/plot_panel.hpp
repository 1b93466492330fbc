// PlotPanel: one line plot: traces, axes, legend, cursor, and the gestures: wheel zooms, drag pans, right drag scales, double
// click shows all, a legend row toggles its series, the wheel scrolls a long legend. Its actions() are the menu that a right
// click opens. GUI thread.
#pragma once

#include <QImage>
#include <QWidget>

#include "cnv/desktop/text.hpp"
#include "cnv/view/scene_model.hpp"

namespace cnv::desktop {

class PlotPanel : public QWidget {
  Q_OBJECT
 public:
  PlotPanel(SceneModel& model, std::string view_id, QWidget* parent = nullptr);

  // Takes the view's present state and draws the traces.
  void refresh();
  bool following() const;
  void go_live();
  const std::string& view_id() const { return view_id_; }
  QSize minimumSizeHint() const override { return {180, 140}; }
  QSize sizeHint() const override { return {340, 280}; }

 Q_SIGNALS:
  // A gesture changed what is in view, or the size changed.
  void moved();
  // The pointer is at this place of the x axis, or left (no value).
  void cursor_moved(std::optional<cnv::Cursor> cursor);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void open_menu(QPoint place);
  QString tip_at(QPointF place);

  SceneModel& model_;
  std::string view_id_;
  QtFontMetrics metrics_;
  QImage traces_;
  QPointF press_place_, last_place_;
  bool pressed_ = false, dragged_ = false;
};

}  // namespace cnv::desktop
