// SurfacePanel: one surface in 3-D: its picture, axes and grid, slices that can be dragged or moved with the arrow
// keys, colour bar, and the value under the pointer. GUI thread.
#pragma once

#include <QTimer>

#include "cnv/desktop/surface_image.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/view3d_panel.hpp"

namespace cnv::desktop {

class SurfacePanel : public View3dPanel {
  Q_OBJECT
 public:
  SurfacePanel(SceneModel& model, ImageHost& host, std::string panel_id, std::string view_id,
               QWidget* parent = nullptr);

  QString refresh() override;
  QString refresh_finely() override;
  std::unique_ptr<View3dFigure> take_figure(Theme theme) override;
  QString hover_text() const override;
  // Middle of a slice's handle; none behind the eye.
  std::optional<QPointF> handle_place(const SurfaceSlice& slice);
  // Of the last picture with something new in it.
  const SurfaceCounters& counters() const { return counters_; }
  // Present only without axes in the picture.
  QPointF axes_origin() const override;
  QPoint limits_box_place() const override { return {width() - 96, 280}; }
  bool is_fine() const { return image_.is_fine(); }

 Q_SIGNALS:
  // The slice is to be at a position 0 … 1.
  void slice_moved(const QString& operator_id, double position);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool find_hover(QPointF place) override;
  void forget_hover() override;
  bool has_hover() const override { return hover_.has_value() || !slice_hover_.empty(); }
  void click_at(QPointF, bool) override {}
  bool take_drag(QPointF place) override;
  void drag_part(QPointF place) override;
  void end_drag() override;

 private:
  QString draw(bool fine);
  Projection projection(const SurfaceView& view) { return view.projection(camera(), size_vec()); }
  const SurfaceSlice* find_slice(const SurfaceView& view, std::string_view operator_id) const;
  void paint_handle(QPainter& painter, const SurfaceSlice& slice, const Projection& projection,
                    const QColor& background);

  ImageHost& host_;
  SurfaceImage image_;
  QtFontMetrics metrics_;
  QTimer refine_;  // once nothing moves any more
  bool keyboard_focus_ = false;
  SurfaceCounters counters_;
  std::optional<SurfaceHover> hover_;
  std::string slice_hover_;   // operator id
  std::string latest_slice_;  // operator id: what the keys move
  std::optional<SliceGrab> grab_;
};

}  // namespace cnv::desktop
