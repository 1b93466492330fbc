// View3dPanel: what panels of cells and surfaces share: the camera and its gestures (orbit, pan, zoom to the pointer),
// hover, clicks on colour bar and axes sign, the chip of a stopped model. GUI thread.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <optional>

#include "cnv/desktop/text.hpp"
#include "cnv/view/scene_model.hpp"

namespace cnv::desktop {

class View3dFigure;

class View3dPanel : public QWidget {
  Q_OBJECT
 public:
  View3dPanel(SceneModel& model, std::string panel_id, std::string view_id, QWidget* parent = nullptr);

  // Takes the view's present state and draws the picture. An error text, or empty.
  virtual QString refresh() = 0;
  // As refresh(), for a picture that stays: with everything that a moving one leaves out.
  virtual QString refresh_finely() { return refresh(); }
  // What the panel shows now, in the colours of a theme, to be drawn in any size; null while there is nothing to draw.
  virtual std::unique_ptr<View3dFigure> take_figure(Theme theme) = 0;
  void fit(bool glide);
  Camera present_camera() { return camera(); }
  // Views that share a camera fit the model into the same room: this one; none: the view's own size.
  void share_room(std::function<QSize()> room) { room_ = std::move(room); }
  const std::string& view_id() const { return view_id_; }
  // From the axis' positive end; again: from the other end.
  void look_along(int axis);
  // The point comes to the middle.
  void look_at(glm::vec3 point_um);
  bool orthographic() { return camera().orthographic; }
  void set_orthographic(bool parallel);
  // Where the colour bar and its numbers are; empty when there is none.
  QRectF color_bar_area() const { return color_bar_area_; }
  // Middle of the sign of the axes.
  virtual QPointF axes_origin() const { return {width() - 52.0, 52.0}; }
  // Where fields to type colour limits in open, beside the colour bar.
  virtual QPoint limits_box_place() const { return {width() - 96, height() - 40}; }
  // Shown over the last picture when the model stopped; empty: nothing.
  void set_chip(const QString& text);
  // Place and value under the pointer, or empty.
  virtual QString hover_text() const = 0;
  const QString& chip() const { return chip_; }
  QSize minimumSizeHint() const override { return {240, 180}; }
  QSize sizeHint() const override { return {760, 560}; }

 Q_SIGNALS:
  // The camera moved or the size changed: the view must be painted.
  void moved();
  // The colours are to be chosen: a click on the colour bar, or the menu key.
  void colors_requested(QPoint global_place);

 protected:
  // ---- what the kinds of views add --------------------------------------------------------------------------------
  // The pointer is over the picture, away from colour bar and axes sign: true when something lies under it.
  virtual bool find_hover(QPointF place) = 0;
  virtual void forget_hover() = 0;
  virtual bool has_hover() const = 0;
  // A click with the left button; `add`: with Shift.
  virtual void click_at(QPointF place, bool add) = 0;
  // A click with the right button.
  virtual void ask_menu(QPointF /*place*/) {}
  // A part of the picture takes the drag that begins there, instead of the camera.
  virtual bool take_drag(QPointF) { return false; }
  virtual void drag_part(QPointF) {}
  virtual void end_drag() {}

  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;

  glm::vec2 size_vec() const { return {static_cast<float>(width()), static_cast<float>(height())}; }
  static glm::vec2 vec(QPointF place) { return {static_cast<float>(place.x()), static_cast<float>(place.y())}; }
  QSize device_size() const;
  Camera& camera() { return model_.camera(panel_id_, room_vec()); }
  std::optional<int> axis_under(QPointF place);
  // What is under the pointer, of a view that says it as place_text and value_text.
  template <class Hover>
  static QString text_of(const std::optional<Hover>& hover) {
    return hover ? to_qtext(hover->place_text + "   " + hover->value_text) : QString();
  }
  // A press whose release is no click.
  void swallow_click(QPointF place);

  SceneModel& model_;
  std::string panel_id_, view_id_;
  Theme look_ = Theme::light;  // whose tokens are readable on the background
  QPointF hover_place_;
  QRectF color_bar_area_;  // as painted last
  std::optional<int> axis_hover_;
  QString chip_;

 private:
  glm::vec2 room_vec() const;
  void hover_at(QPointF place);
  std::function<QSize()> room_;
  QPointF press_place_, last_place_;
  bool pressed_ = false, dragged_ = false, part_drags_ = false;
};

}  // namespace cnv::desktop
