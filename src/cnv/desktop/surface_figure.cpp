#include "cnv/desktop/surface_figure.hpp"

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/surface_marks.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {

SurfaceFigure::SurfaceFigure(SurfaceView taken, ImageHost& host, const Camera& camera, glm::vec2 shown_px)
    : View3dFigure(camera, shown_px), host_(host), view_(std::move(taken)), drawer_(host) {}

// The picture of a surface has no ground of its own.
QString SurfaceFigure::draw(const Camera& camera, const Pixels& pixels) {
  if (!view_.has_surface()) return {};
  const auto drawn = drawer_.draw(view_, camera, pixels.size_px, pixels.device_pixel_ratio, true);
  return drawn ? QString() : to_qtext(drawn.error());
}

void SurfaceFigure::paint(QPainter& painter, const Sight& sight) {
  const QRectF area(0, 0, static_cast<double>(sight.size_px.x), static_cast<double>(sight.size_px.y));
  if (!view_.message().empty()) return paint_message(painter, area, view_.message(), tokens(sight.look()));
  const Projection seen = view_.projection(sight.camera, sight.size_px);
  const SurfaceAxes axes = view_.axes(seen, metrics_);
  paint_surface_grid(painter, view_, axes);
  painter.drawImage(QPointF(0, 0), drawer_.image());
  paint_surface_axes(painter, view_, axes);
  for (const auto& slice : view_.slices())
    paint_surface_slice(painter, slice, seen, to_qcolor(view_.background().color));
  paint_surface_bar(painter, view_, sight);
  if (view_.axes_style().place == AxesPlace::none)
    paint_axes_sign(painter, sight.camera, {52, area.height() - 52}, -1, sight.look());
}

}  // namespace cnv::desktop
