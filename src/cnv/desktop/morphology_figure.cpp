#include "cnv/desktop/morphology_figure.hpp"

#include <algorithm>

#include "cnv/desktop/morphology_overlay.hpp"
#include "cnv/desktop/plot_painter.hpp"
#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
namespace {

// The screen needs bolder lines for what is thinner than its pixels. Print shows it as it is down to the thinnest line
// that journals take.
constexpr double least_neurite_pt = 0.25;

// What a pixel lets through of a white ground and not of a black one is the share of the ground in it. Premultiplied.
QImage without_ground(const QImage& on_white, QImage on_black) {
  on_black = std::move(on_black).convertToFormat(QImage::Format_ARGB32_Premultiplied);
  for (int y = 0; y < on_black.height(); ++y) {
    const auto* white = reinterpret_cast<const QRgb*>(on_white.constScanLine(y));
    auto* line = reinterpret_cast<QRgb*>(on_black.scanLine(y));
    for (int x = 0; x < on_black.width(); ++x) {
      const int opaque = std::clamp(255 - (qGreen(white[x]) - qGreen(line[x])), 0, 255);
      line[x] = qRgba(std::min(qRed(line[x]), opaque), std::min(qGreen(line[x]), opaque),
                      std::min(qBlue(line[x]), opaque), opaque);
    }
  }
  return on_black;
}

}  // namespace

MorphologyFigure::MorphologyFigure(MorphologyView taken, ImageHost& host, const Camera& camera, glm::vec2 shown_px)
    : View3dFigure(camera, shown_px), host_(host), view_(std::move(taken)), drawer_(host) {}

QString MorphologyFigure::draw(const Camera& camera, const Pixels& pixels) {
  picture_ = {};
  if (!view_.tree() || !view_.message().empty()) return {};
  const auto on = [&](Rgba8 ground) -> Result<QImage> {
    const auto drawn = drawer_.draw(view_, camera, pixels.size_px, pixels.device_pixel_ratio, view_.background().look,
                                    ground, least_neurite_pt / pixels.pt_per_px);
    if (!drawn) return Error{drawn.error()};
    return drawer_.image().copy();
  };
  auto picture = on(pixels.transparent ? Rgba8{255, 255, 255, 255} : view_.background().color);
  if (!picture) return to_qtext(picture.error());
  picture_ = std::move(*picture);
  if (!pixels.transparent) return {};
  auto on_black = on({0, 0, 0, 255});
  if (!on_black) return to_qtext(on_black.error());
  picture_ = without_ground(picture_, std::move(*on_black));
  picture_.setDevicePixelRatio(pixels.device_pixel_ratio);
  return {};
}

void MorphologyFigure::paint(QPainter& painter, const Sight& sight) {
  if (!view_.message().empty()) {
    const QRectF area(0, 0, static_cast<double>(sight.size_px.x), static_cast<double>(sight.size_px.y));
    return paint_message(painter, area, view_.message(), tokens(sight.look()));
  }
  painter.drawImage(QPointF(0, 0), picture_);
  paint_place_marks(painter, view_, sight);
  paint_cell_bar(painter, view_, sight);
  paint_scale_bar(painter, view_, sight);
  paint_cell_sign(painter, view_, sight);
}

}  // namespace cnv::desktop
