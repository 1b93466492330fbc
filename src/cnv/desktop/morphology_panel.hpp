// MorphologyPanel: one 3-D view of a cell: its picture, the overlay (colour bar, scale bar, axes, rings, tooltip), and
// what clicks on segments mean. GUI thread.
#pragma once

#include "cnv/desktop/image_host.hpp"
#include "cnv/desktop/view3d_panel.hpp"

namespace cnv::desktop {

class MorphologyPanel : public View3dPanel {
  Q_OBJECT
 public:
  MorphologyPanel(SceneModel& model, ImageHost* host, std::string panel_id, std::string view_id,
                  QWidget* parent = nullptr);

  QString refresh() override;
  QString hover_text() const override;
  MorphologyCounters counters() const { return image_.has_value() ? image_->counters() : MorphologyCounters{}; }

 Q_SIGNALS:
  void entity_clicked(const QString& entity_id, bool add);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  bool find_hover(QPointF place) override;
  void forget_hover() override { hover_.reset(); }
  bool has_hover() const override { return hover_.has_value(); }
  void click_at(QPointF place, bool add) override;

 private:
  void paint_bar(QPainter& painter, const MorphologyView& view);
  void paint_scale_bar(QPainter& painter, const MorphologyView& view);
  void paint_marks(QPainter& painter, const MorphologyView& view);

  std::optional<MorphologyImage> image_;
  std::optional<MorphologyHover> hover_;
};

}  // namespace cnv::desktop
