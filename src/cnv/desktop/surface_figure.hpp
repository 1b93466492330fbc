// A surface as it was at one moment, to be drawn in any size. GUI thread.
#pragma once

#include "cnv/desktop/surface_image.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/view3d_figure.hpp"

namespace cnv::desktop {

class SurfaceFigure final : public View3dFigure {
 public:
  // The host outlives it.
  SurfaceFigure(SurfaceView taken, ImageHost& host, const Camera& camera, glm::vec2 shown_px);
  OverlayStrips strips() const override {
    return surface_strips(view_.room(), view_.axes_style().place != AxesPlace::none);
  }
  int largest_side_px() const override { return host_.largest_side_px(); }
  const Background& background() const override { return view_.background(); }
  QString draw(const Camera& camera, const Pixels& pixels) override;
  void paint(QPainter& painter, const Sight& sight) override;

 private:
  ImageHost& host_;
  SurfaceView view_;
  SurfaceImage drawer_;
  QtFontMetrics metrics_;
};

}  // namespace cnv::desktop
