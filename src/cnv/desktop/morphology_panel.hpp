// MorphologyPanel: one 3-D view of a cell: its picture, the overlay (colour bar, scale bar, axes, rings, tooltip), and the
// gestures: orbit, pan, zoom to the pointer, hover, click, double click to centre, clicks on colour bar and axes. GUI thread.
#pragma once

#include <QWidget>

#include "cnv/desktop/image_host.hpp"
#include "cnv/view/scene_model.hpp"

namespace cnv::desktop {

class MorphologyPanel : public QWidget {
  Q_OBJECT
 public:
  MorphologyPanel(SceneModel& model, ImageHost* host, std::string panel_id, std::string view_id, QWidget* parent = nullptr);

  // Takes the view's present state and draws the picture. An error text, or empty.
  QString refresh();
  void fit(bool glide);
  const std::string& view_id() const { return view_id_; }
  // From the axis' positive end; again: from the other end.
  void look_along(int axis);
  bool orthographic() { return camera().orthographic; }
  void set_orthographic(bool parallel);
  // Where the colour bar and its numbers are; empty when there is none.
  QRectF color_bar_area() const;
  // Middle of the sign of the axes.
  QPointF axes_origin() const { return {width() - 52.0, 52.0}; }
  // Shown over the last picture when the model stopped; empty: nothing.
  void set_chip(const QString& text);
  MorphologyCounters counters() const { return image_.has_value() ? image_->counters() : MorphologyCounters{}; }
  QSize minimumSizeHint() const override { return {240, 180}; }
  QSize sizeHint() const override { return {760, 560}; }

 Q_SIGNALS:
  // The camera moved or the size changed: the view must be painted.
  void moved();
  void entity_clicked(const QString& entity_id, bool add);
  // The colours are to be chosen: a click on the colour bar, or the menu key.
  void colors_requested(QPoint global_place);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  glm::vec2 size_vec() const { return {static_cast<float>(width()), static_cast<float>(height())}; }
  Camera& camera() { return model_.camera(panel_id_, size_vec()); }
  void hover_at(QPointF place);
  void click_at(QPointF place, bool add);
  std::optional<int> axis_under(QPointF place);
  void paint_color_bar(QPainter& painter, const MorphologyView& view);
  void paint_scale_bar(QPainter& painter);
  void paint_axes(QPainter& painter);
  void paint_marks(QPainter& painter, const MorphologyView& view);
  void paint_tooltip(QPainter& painter);

  SceneModel& model_;
  std::string panel_id_, view_id_;
  std::optional<MorphologyImage> image_;
  Theme look_ = Theme::light;  // whose tokens are readable on the background
  std::optional<MorphologyHover> hover_;
  QPointF hover_place_, press_place_, last_place_;
  bool pressed_ = false, dragged_ = false;
  QRectF color_bar_area_;  // as painted last
  std::optional<int> axis_hover_;
  QString chip_;
};

}  // namespace cnv::desktop
