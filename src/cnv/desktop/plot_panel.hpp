// PlotPanel: one line plot: traces, axes, legend, cursor, and the gestures: wheel zooms, drag pans, right drag scales,
// double click shows all, a legend row toggles its series, the wheel scrolls a long legend; a measuring cursor is
// dragged, and moved by the arrow keys. Its actions() are the menu that a right click opens. GUI thread.
#pragma once

#include <QImage>
#include <optional>

#include "cnv/desktop/flat_panel.hpp"
#include "cnv/draw/polyline.hpp"

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
  void use_automatic_y();
  // Two cursors into the view; away with them where they are.
  void toggle_cursors();
  // The spike at the place of the menu, else at the pointer, else in the middle.
  void measure_spike();
  // To the clipboard.
  void copy_measurement();
  // False where nothing is measured.
  bool remove_measurement();
  QSize minimumSizeHint() const override { return {180, 140}; }
  QSize sizeHint() const override { return {340, 280}; }

 Q_SIGNALS:
  // What a person should know of what was just asked for.
  void remarked(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void open_menu(QPoint place);
  QString tip_at(QPointF place);
  PlotPoint data_at(const LinePlotView& view, QPointF place) const;
  void show_pointer(const LinePlotView& view, QPointF place);
  void press_button(const std::string& id);

  QImage traces_;
  QPointF press_place_;
  bool dragged_ = false;
  int grabbed_ = -1;                     // measuring cursor
  std::optional<QPointF> pointer_;       // where the pointer was last over the data
  std::optional<PlotPoint> menu_place_;  // while the menu of the right button is open, in units of the data
};

}  // namespace cnv::desktop
