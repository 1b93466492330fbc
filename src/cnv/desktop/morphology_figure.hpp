// A cell as it was at one moment, to be drawn in any size. GUI thread.
#pragma once

#include "cnv/desktop/view3d_figure.hpp"
#include "cnv/view/morphology_view.hpp"

namespace cnv::desktop {

class MorphologyFigure final : public View3dFigure {
 public:
  // The host outlives it.
  MorphologyFigure(MorphologyView taken, ImageHost& host, const Camera& camera, glm::vec2 shown_px);
  OverlayStrips strips() const override { return cell_strips(view_.color_bar().has_value()); }
  // The painter without OpenGL has none.
  int largest_side_px() const override { return host_.largest_side_px(); }
  const Background& background() const override { return view_.background(); }
  QString draw(const Camera& camera, const Pixels& pixels) override;
  void paint(QPainter& painter, const Sight& sight) override;

 private:
  ImageHost& host_;
  MorphologyView view_;
  MorphologyImage drawer_;
  QImage picture_;
};

}  // namespace cnv::desktop
