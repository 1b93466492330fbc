// MorphologyPanel: one 3-D view of a cell: its picture, the overlay (colour bar, scale bar, axes, rings, tooltip), and
// what clicks on segments mean. GUI thread.
#pragma once

#include "cnv/desktop/image_host.hpp"
#include "cnv/desktop/view3d_panel.hpp"

namespace cnv::desktop {

class MorphologyPanel : public View3dPanel {
  Q_OBJECT
 public:
  MorphologyPanel(SceneModel& model, ImageHost& host, std::string panel_id, std::string view_id,
                  QWidget* parent = nullptr);

  QString refresh() override;
  std::unique_ptr<View3dFigure> take_figure(Theme theme) override;
  QString hover_text() const override;
  // Beyond the panel where there is no room for the sign.
  QPointF axes_origin() const override;
  MorphologyCounters counters() const { return image_.counters(); }

 Q_SIGNALS:
  void entity_clicked(const QString& entity_id, bool add);
  // A click with the right button on a place of the cell.
  void place_menu_requested(const cnv::MorphologyHover& place, QPoint global_place);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  bool find_hover(QPointF place) override;
  void forget_hover() override { hover_.reset(); }
  bool has_hover() const override { return hover_.has_value(); }
  void click_at(QPointF place, bool add) override;
  void ask_menu(QPointF place) override;

 private:
  ImageHost& host_;
  MorphologyImage image_;
  std::optional<MorphologyHover> hover_;
};

}  // namespace cnv::desktop
