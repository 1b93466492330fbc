// HeatMapPanel: one heat map, and the gestures: hover reads a cell and moves the cursor of all plots, drag pans, wheel
// zooms along x (Shift: rows, Ctrl: both), double click shows all. Its menus choose colour map and limits; its
// actions() are what a right click opens. GUI thread.
#pragma once

#include <QMenu>

#include "cnv/desktop/flat_panel.hpp"

namespace cnv::desktop {

class HeatMapPanel : public FlatPanel {
  Q_OBJECT
 public:
  HeatMapPanel(SceneModel& model, std::string view_id, QWidget* parent = nullptr);

  void refresh() override;
  void fit() override;
  std::optional<Margins> margins() const override;
  void set_least_margins(const PlotMargins& margins) override;
  QSize minimumSizeHint() const override { return {180, 120}; }
  QSize sizeHint() const override { return {480, 280}; }

  // Each empties the menu first.
  void fill_color_map(QMenu& menu);
  void fill_limits(QMenu& menu);
  void fill_background(QMenu& menu);
  void reset_look();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void type_limits();
  template <class Change>
  void change(Change&& change);
};

}  // namespace cnv::desktop
