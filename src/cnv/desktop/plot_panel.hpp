// PlotPanel: one line plot: traces, axes, legend, cursor, and the gestures: wheel zooms, drag pans, right drag scales,
// double click shows all, a legend row toggles its series, the wheel scrolls a long legend. Its actions() are the menu
// that a right click opens. GUI thread.
#pragma once

#include <QImage>

#include "cnv/desktop/flat_panel.hpp"

namespace cnv::desktop {

class PlotPanel : public FlatPanel {
  Q_OBJECT
 public:
  PlotPanel(SceneModel& model, std::string view_id, QWidget* parent = nullptr);

  void refresh() override;
  void fit() override;
  std::optional<Margins> margins() const override;
  void set_least_margins(const PlotMargins& margins) override;
  bool following() const;
  // Whether newer samples can come at the end of x.
  bool grows() const;
  void go_live();
  QSize minimumSizeHint() const override { return {180, 140}; }
  QSize sizeHint() const override { return {340, 280}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
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

  QImage traces_;
  QPointF press_place_;
  bool dragged_ = false;
};

}  // namespace cnv::desktop
